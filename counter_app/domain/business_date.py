"""The day that stands on paper: within which years a dossier can be numbered at all."""

from datetime import date
from typing import Final

from counter_app.errors import ImpossibleClock
from counter_app.i18n import format_date

FIRST_DAY: Final = date(2020, 1, 1)
"""The first day that the code on a receipt can tell."""

LAST_DAY: Final = date(2099, 12, 31)
"""A dossier code has two digits for the year: 2100 would be written like 2000."""


def check_business_date(day: date) -> None:
    """Let a day pass that a dossier can be received on.

    Raises:
        ImpossibleClock: no code can be printed for it; the PC's clock is far off.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ImpossibleClock(date=format_date(day), first=FIRST_DAY.year, last=LAST_DAY.year)
