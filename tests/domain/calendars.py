"""The calendar that comes with the program, and instants written as an officer would."""

from datetime import datetime

import msgspec

from counter_app import assets
from counter_app.domain.calendar import WorkCalendar

CALENDAR_FILE = assets.FORMS / "rules" / "calendar.toml"
CALENDAR = msgspec.toml.decode(CALENDAR_FILE.read_bytes(), type=WorkCalendar)


def at(text, calendar=CALENDAR):
    """Return "2026-11-20 15:01" as an instant in the calendar's time zone."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)
