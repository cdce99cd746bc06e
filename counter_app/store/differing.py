"""Where the projections are not what the journal says, a window of positions at a time.

A dossier's row stands at the position of its first operation: a window of positions holds
whole dossiers, and after each window the projections are as true as before or truer. So it may
be given up at any moment.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct

from counter_app.errors import StoreDamaged
from counter_app.store.engine import driver
from counter_app.store.journal import COLUMNS, TABLES, entries_of, entry_of, in_order
from counter_app.store.projection import (
    Row,
    row_of,
    standing_of,
    words_of,
    write_row,
    write_words,
)

WINDOW: Final = 2000
"""Positions to a transaction: a registration waits for no more than these."""

_BEFORE_ALL: Final = -(1 << 62)
_WINDOW: Final = (
    f"SELECT dossier_id, {COLUMNS} FROM {TABLES} "
    "WHERE operation.position > ? AND operation.position <= ? AND dossier_id IS NOT NULL"
)
_SPAN: Final = "SELECT min(position), max(position) FROM operation WHERE dossier_id = ?"
_LAST: Final = (
    "SELECT max(coalesce((SELECT max(position) FROM operation), 0), "
    "coalesce((SELECT max(id) FROM dossier), 0), "
    "coalesce((SELECT max(rowid) FROM dossier_words), 0))"
)


class Projected(NamedTuple):
    """What the projections hold of one dossier: its row, and the words that find it."""

    row: Row | None
    words: str


class Difference(Struct, frozen=True, kw_only=True):
    """A row of the projections that is not what the journal says; None: there should be none.

    `words_right`: it is found by what it should be, and only the row is wrong.
    """

    id: int
    right: Projected | None
    words_right: bool = False


Progress = Callable[[int, int], None]
"""Told how many positions have been gone through, and of how many."""


def unseen(_done: int, _total: int) -> None:
    """Be told, and tell nobody."""


def bring_up_to_date(connection: sa.Connection, progress: Progress) -> None:
    """Make the projections of an older release what this one makes of the journal.

    For the transaction of a migration, which nobody else is at. Where the journal cannot be
    read they stay as they are: the desk opens all the same, and `verify` says what is wrong.
    """
    raw = driver(connection)
    with suppress(StoreDamaged):
        last = last_id(connection)
        for after, upto in windows(last, WINDOW):
            put_right(raw, list(differences(raw, after, upto)))
            progress(min(upto, last), last)


def last_id(connection: sa.Connection) -> int:
    """Return the highest position in the journal, or id in the projections."""
    return int(connection.exec_driver_sql(_LAST).scalar_one())


def windows(last: int, size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Return the windows to go through, each from after a position up to another."""
    after = _BEFORE_ALL
    for upto in range(size, last + size, size):
        yield after, upto
        after = upto


def differences(raw: Any, after: int, upto: int) -> Iterator[Difference]:
    """Return where, in one window, the projections are not what the journal says."""
    right, there = dict(_right(raw, after, upto)), _there(raw, after, upto)
    for row_id in sorted(right.keys() | there.keys()):
        should, is_ = right.get(row_id), there.get(row_id)
        if should != is_:
            same = should is not None and is_ is not None and should.words == is_.words
            yield Difference(id=row_id, right=should, words_right=same)


def _right(raw: Any, after: int, upto: int) -> Iterator[tuple[int, Projected]]:
    """Fold the dossiers whose first operation stands in the window."""
    found: dict[bytes, list[tuple[Any, ...]]] = {}
    for dossier_id, *row in raw.execute(_WINDOW, (after, upto)):
        found.setdefault(dossier_id, []).append(tuple(row))
    for dossier_id, rows in found.items():
        first, last = raw.execute(_SPAN, (dossier_id,)).fetchone()
        if first <= after:
            continue
        identity = UUID(bytes=dossier_id)
        whole = in_order(map(entry_of, rows)) if last <= upto else entries_of(raw, identity)
        standing = standing_of(identity, whole)
        if standing.known:
            yield first, Projected(row_of(standing), words_of(standing))


def _there(raw: Any, after: int, upto: int) -> dict[int, Projected]:
    rows = raw.execute("SELECT * FROM dossier WHERE id > ? AND id <= ?", (after, upto))
    query = "SELECT rowid, words FROM dossier_words WHERE rowid > ? AND rowid <= ?"
    words = dict(raw.execute(query, (after, upto)).fetchall())
    there = {row[0]: Projected(tuple(row), words.pop(row[0], "")) for row in rows}
    return there | {row_id: Projected(None, text) for row_id, text in words.items()}


def put_right(raw: Any, found: list[Difference]) -> None:
    """Make the rows what they should be."""
    for difference in found:  # all out before any goes in, or two rows meet in one place
        raw.execute("DELETE FROM dossier WHERE id = ?", (difference.id,))
        if not difference.words_right:
            raw.execute("DELETE FROM dossier_words WHERE rowid = ?", (difference.id,))
    for difference in found:
        if difference.right and difference.right.row:
            write_row(raw, difference.right.row)
            if difference.right.words and not difference.words_right:
                write_words(raw, difference.id, difference.right.words)
