"""The day at the desk: what came in, what is due, what waits to be fetched or to be finished."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.draft import Draft
from counter_app.errors import UnknownProcedure
from counter_app.store.drafts import drafts
from counter_app.store.guidance import was_told
from counter_app.store.home import MOST_COUNTED, HomeList, Moment, listed, tiles
from counter_app.store.rows import DossierRow, rows

FIRST_PAGE: Final = 128  # rows that come at once with a list, as many as any screen shows


class Pile(StrEnum):
    """What an officer asks for at the beginning of a day; each is one tile and one list."""

    RECEIVED = "received"
    DUE_TODAY = "due_today"
    PRESSING = "pressing"
    TO_COLLECT = "to_collect"


class Count(Struct, frozen=True, kw_only=True):
    """How many dossiers a pile holds; `late` of them are overdue.

    `more`: there are so many that they were not counted any further.
    """

    number: int
    late: int = 0
    more: bool = False


class Unfinished(Struct, frozen=True, kw_only=True):
    """A draft, and what its procedure is called; nothing if none was chosen yet."""

    draft: Draft
    procedure: str


class Day(Struct, frozen=True, kw_only=True):
    """What the desk has to do, as it stood at `now`; `rows` are the first of `ids`."""

    now: datetime
    counts: dict[Pile, Count]
    unfinished: Sequence[Unfinished]
    ids: Sequence[int]
    rows: Sequence[DossierRow]


def look_at_day(desk: Desk, pile: Pile) -> Day:
    """Return how the day stands, with the list of one pile."""
    now = desk.now()
    moment = Moment(day=desk.business_date, now=now)
    with desk.store.read() as connection:
        counted = tiles(connection, moment)
        lists = [listed(connection, which, moment) for which in _LISTS[pile]]
        ids = [row_id for found in lists for row_id in found]
        first = rows(connection, ids[:FIRST_PAGE])
        begun = [d for d in drafts(connection, desk.officer.id) if not was_told(connection, d)]
    return Day(
        now=now,
        counts={
            Pile.RECEIVED: _count(counted.received),
            Pile.DUE_TODAY: _count(counted.due_today),
            Pile.PRESSING: _count(counted.overdue + counted.due_soon, late=counted.overdue),
            Pile.TO_COLLECT: _count(counted.to_collect),
        },
        unfinished=[Unfinished(draft=d, procedure=_name_of(desk, d)) for d in begun],
        ids=ids,
        rows=first,
    )


# What is late already comes before what will be late soon: the one ends where the other begins.
_LISTS: Final = {
    Pile.RECEIVED: (HomeList.RECEIVED,),
    Pile.DUE_TODAY: (HomeList.DUE_TODAY,),
    Pile.PRESSING: (HomeList.OVERDUE, HomeList.DUE_SOON),
    Pile.TO_COLLECT: (HomeList.TO_COLLECT,),
}


def _count(number: int, *, late: int = 0) -> Count:
    return Count(number=number, late=late, more=max(number, late) >= MOST_COUNTED)


def _name_of(desk: Desk, draft: Draft) -> str:
    code = draft.intake.procedure
    try:
        return desk.catalogue.procedure(code, desk.business_date).form.name if code else ""
    except UnknownProcedure:  # its law has ended since; the intake will say so
        return code
