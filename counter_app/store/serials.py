"""Numbers that a desk counts for itself, from 1 each year: its receipts and its register."""

from enum import StrEnum
from typing import Any, Final


class Series(StrEnum):
    """What is counted."""

    REGISTER = "register"
    PAYMENT = "payment"
    HAND_OVER = "hand_over"


_NEXT: Final = (
    "INSERT INTO serial_counter (series, year, next) VALUES (?, ?, 2) "
    "ON CONFLICT (series, year) DO UPDATE SET next = next + 1 RETURNING next - 1"
)


_PASS: Final = (
    "INSERT INTO serial_counter (series, year, next) VALUES (?, ?, 1 + ?) "
    "ON CONFLICT (series, year) DO UPDATE SET next = next + excluded.next - 1 RETURNING next"
)


def pass_serials(raw: Any, series: Series, year: int, count: int) -> int:
    """Give out none of the next `count` numbers of `series`, and return which comes after them."""
    return int(raw.execute(_PASS, (series.value, year, count)).fetchone()[0])


def take_serial(raw: Any, series: Series, year: int) -> int:
    """Use up the next number of `series` in `year`, and return it."""
    return int(raw.execute(_NEXT, (series.value, year)).fetchone()[0])
