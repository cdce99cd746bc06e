"""What the home screen asks: the day's dossiers, and the tiles that count what is to be done."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from msgspec import Struct

from counter_app.domain.reports.daily import DUE_SOON
from counter_app.store.engine import driver
from counter_app.store.instants import to_micros
from counter_app.store.rows import SELECT, DossierRow, read_rows
from counter_app.store.search import MOST
from counter_app.store.tables import OPEN, TO_COLLECT

MOST_COUNTED: Final = 10_000
"""A tile counts no further: nobody works through more, and counting must not grow with years."""


class HomeList(StrEnum):
    """What a tile counts, and lists when it is pressed."""

    RECEIVED = "received"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    TO_COLLECT = "to_collect"


class Moment(Struct, frozen=True, kw_only=True):
    """The business date, and the instant with the offset of the office; they may disagree."""

    day: date
    now: datetime


class Tiles(Struct, frozen=True, kw_only=True):
    """How many dossiers each list holds, each counted up to MOST_COUNTED."""

    received: int
    due_today: int
    due_soon: int
    overdue: int
    to_collect: int


def day_page(
    connection: sa.Connection, day: date, *, before: int | None = None, limit: int = 50
) -> list[DossierRow]:
    """Return the dossiers received on `day`, the newest first, from those before row `before`."""
    below = (1 << 62) if before is None else before
    query = f"{SELECT} WHERE received_on = ? AND id < ? ORDER BY id DESC LIMIT ?"
    return read_rows(connection, query, (day.isoformat(), below, limit))


def listed(
    connection: sa.Connection, which: HomeList, moment: Moment, *, limit: int = MOST
) -> Sequence[int]:
    """Return the row ids of what a tile counts: the most urgent first, of the day's the newest."""
    where, order, parameters = _asked(which, moment)
    query = f"SELECT id FROM dossier WHERE {where} ORDER BY {order} LIMIT ?"
    found = driver(connection).execute(query, (*parameters, limit))
    return [row_id for (row_id,) in found]


def tiles(connection: sa.Connection, moment: Moment) -> Tiles:
    """Return what the tiles say at this moment."""
    return Tiles(**{which.value: _count(connection, which, moment) for which in HomeList})


def _count(connection: sa.Connection, which: HomeList, moment: Moment) -> int:
    where, _order, parameters = _asked(which, moment)
    query = f"SELECT count(*) FROM (SELECT 1 FROM dossier WHERE {where} LIMIT {MOST_COUNTED})"
    return int(driver(connection).execute(query, parameters).fetchone()[0])


def _asked(which: HomeList, moment: Moment) -> tuple[str, str, tuple[Any, ...]]:
    """Return condition, order and parameters of a list."""
    due = f"{OPEN} AND due_at >= ? AND due_at < ?"
    now = to_micros(moment.now)
    match which:
        case HomeList.RECEIVED:
            return "received_on = ?", "id DESC", (moment.day.isoformat(),)
        case HomeList.DUE_TODAY:
            dawn = datetime.combine(moment.day, time.min, moment.now.tzinfo)
            return due, "due_at, id", (to_micros(dawn), to_micros(dawn + timedelta(days=1)))
        case HomeList.DUE_SOON:
            return due, "due_at, id", (now, to_micros(moment.now + DUE_SOON))
        case HomeList.OVERDUE:
            return due, "due_at, id", (0, now)
        case HomeList.TO_COLLECT:
            return TO_COLLECT, "finished_at, id", ()
