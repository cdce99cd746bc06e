"""What the queue's screens ask: what was done with the numbers of one day at this desk."""

from datetime import date
from typing import Final

import sqlalchemy as sa

from counter_app.domain.queue import Event, event_of
from counter_app.store.engine import driver
from counter_app.store.journal import COLUMNS, TABLES, entry_of
from counter_app.store.tables import TICKETS

_OF_DAY: Final = (
    f"SELECT {COLUMNS} FROM {TABLES} WHERE operation.business_date = ? AND {TICKETS} "
    "ORDER BY operation.position"
)


def ticket_events(connection: sa.Connection, day: date) -> list[Event]:
    """Return what this desk did with the numbers of `day`, in its order."""
    rows = driver(connection).execute(_OF_DAY, (day.isoformat(),))
    return [event_of(entry_of(row).operation) for row in rows]
