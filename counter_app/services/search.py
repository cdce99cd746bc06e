"""Finding dossiers again: by code, ID number, phone, or name without accents."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.status import ENDED, Status
from counter_app.store.rows import DossierRow
from counter_app.store.search import MOST, find, rows

FIRST_PAGE: Final = 128  # rows that come at once with the ids, as many as any screen shows


class Only(StrEnum):
    """What of the dossiers found is wanted."""

    ALL = "all"
    TODAY = "today"
    OPEN = "open"
    OVERDUE = "overdue"
    TO_COLLECT = "to_collect"


class Found(Struct, frozen=True, kw_only=True):
    """What a search has found, as it stood at `now`; `rows` are the first of `ids`.

    `more`: so many match that only the newest were looked at.
    """

    now: datetime
    ids: Sequence[int]
    rows: Sequence[DossierRow]
    more: bool


def search(desk: Desk, text: str, only: Only = Only.ALL) -> Found:
    """Return the dossiers that match, the newest first; those with the accents typed lead."""
    now = desk.now()
    with desk.store.read() as connection:
        ids = find(connection, text)
        more = len(ids) >= MOST
        first = rows(connection, ids[:FIRST_PAGE] if only is Only.ALL else ids)
    if only is not Only.ALL:
        first = [row for row in first if _is_wanted(row, only, desk, now)]
        ids = [row.id for row in first]
    return Found(now=now, ids=ids, rows=first, more=more)


def search_ids(desk: Desk, text: str) -> Sequence[int]:
    """Return the row ids of all that match, the newest first: cheap, even for very many."""
    with desk.store.read() as connection:
        return find(connection, text)


def dossier_rows(desk: Desk, ids: Sequence[int]) -> Sequence[DossierRow]:
    """Return the rows with these ids, in their order."""
    with desk.store.read() as connection:
        return rows(connection, ids)


def search_dossiers(desk: Desk, text: str, *, limit: int) -> Sequence[DossierRow]:
    """Return the newest `limit` dossiers that match."""
    with desk.store.read() as connection:
        return rows(connection, find(connection, text)[:limit])


def _is_wanted(row: DossierRow, only: Only, desk: Desk, now: datetime) -> bool:
    is_open = row.status is not None and row.status not in ENDED | {Status.FINISHED}
    match only:
        case Only.TODAY:
            return row.received_on == desk.business_date
        case Only.OPEN:
            return is_open
        case Only.OVERDUE:
            return is_open and row.due_at is not None and row.due_at < now
        case Only.TO_COLLECT:
            return row.status is Status.FINISHED
        case _:
            return True
