"""A date of which perhaps only the year or the month is known, as on the papers of the old."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from msgspec import Struct

from counter_app.errors import ImpossibleDate

EARLIEST_YEAR: Final = 1850  # a year before this is a slip of the finger

_ISO: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_TYPED: Final = re.compile(
    r"(?:(?:(?P<day>\d{1,2})[-/. ])?(?P<month>\d{1,2})[-/. ])?(?P<year>\d{4})"
)
_DIGITS: Final = re.compile(r"(?:(?P<day>\d{2})?(?P<month>\d{2}))?(?P<year>\d{4})")


class PartialDate(Struct, frozen=True, order=True):
    """A day, or only a month or a year; `month` and `day` are 0 where nobody knows."""

    year: int
    month: int = 0
    day: int = 0

    def iso(self) -> str:
        """Return it as it is stored: "1990", "1990-03" or "1990-03-15"."""
        parts = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])

    def __format__(self, spec: str) -> str:
        """Return it as it is written on paper: "1990", "03/1990" or "15/03/1990"."""
        return format("/".join(reversed(self.iso().split("-"))), spec)

    def __str__(self) -> str:
        """Return it as it is written on paper."""
        return f"{self}"

    def first_day(self) -> date:
        """Return the earliest day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def exact(self) -> date | None:
        """Return the day, if it is known."""
        return self.first_day() if self.day else None

    def in_future(self, today: date) -> bool:
        """Say whether all of it lies after `today`."""
        return self.first_day() > today


def parse_partial_date(text: str) -> PartialDate:
    """Read a date as officers type it, as cards print it, or as it is stored.

    "15/3/1990", "15-03-1990", "15.3.1990", "15031990", "03/1990", "1990", "1990-03-15";
    "00" for a day or month that is not known.

    Raises:
        ImpossibleDate: it is no date, or one that never was, as 30/02.
    """
    typed = text.strip()
    found = _ISO.fullmatch(typed) or _TYPED.fullmatch(typed) or _DIGITS.fullmatch(typed)
    if found is None or not typed.isascii():
        raise ImpossibleDate(text=typed)
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    if not _is_possible(year, month, day):
        raise ImpossibleDate(text=typed)
    return PartialDate(year, month, day)


def _is_possible(year: int, month: int, day: int) -> bool:
    if year < EARLIEST_YEAR or month > 12:
        return False
    if month == 0:
        return day == 0
    return day <= monthrange(year, month)[1]
