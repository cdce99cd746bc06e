"""What is still to be sent: how much it is, how old, and the next of it as it travels."""

from bisect import bisect_left
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from msgspec import Raw, Struct

from counter_app.domain.body import Scope
from counter_app.domain.desk_profile import DeskProfile
from counter_app.domain.operation import BODIES
from counter_app.store.engine import driver
from counter_app.store.instants import from_micros
from counter_app.wire.hashing import START
from counter_app.wire.messages import MOST_BYTES, MOST_ROWS, PushBatch, SentRow

MOST_COUNTED: Final = 10_000
"""Counted no further: at a desk that was never enrolled all of it waits, for years."""

_QUERY: Final = (
    "SELECT count, wall_utc FROM (SELECT count(*) AS count, min(position) AS first FROM "
    f"(SELECT position FROM delivery WHERE state = 'pending' ORDER BY position "
    f"LIMIT {MOST_COUNTED})) LEFT JOIN operation ON position = first"
)
_DESK_KINDS: Final = sorted({body.kind for body in BODIES.values() if body.scope is Scope.DESK})
_DOSSIERS: Final = (
    "SELECT count(DISTINCT dossier_id), min(wall_utc) FROM (SELECT position FROM delivery "
    f"WHERE state = 'pending' ORDER BY position LIMIT {MOST_COUNTED}) JOIN operation "
    "USING (position) WHERE dossier_id IS NOT NULL "
    f"AND kind NOT IN ({', '.join(repr(kind) for kind in _DESK_KINDS)})"
)

# What goes with a push, and with each row of it, besides headers and bodies: rather too much.
_AROUND: Final = 512
_AROUND_ROW: Final = 96

_END: Final = "SELECT max(seq) FROM chain WHERE desk_id = ? AND epoch = ?"
_AT: Final = "SELECT position, prev_hash, hash FROM chain WHERE (desk_id, epoch, seq) = (?, ?, ?)"
_ROWS: Final = (
    "SELECT seq, prev_hash, hash, nonce, header, body FROM chain JOIN operation USING (position) "
    "JOIN operation_body USING (position) "
    f"WHERE chain.desk_id = ? AND epoch = ? AND seq >= ? ORDER BY seq LIMIT {MOST_ROWS}"
)


class Unsent(Struct, frozen=True, kw_only=True):
    """How many operations the centre has not acknowledged, up to MOST_COUNTED.

    `oldest` is when the first of them was made.
    """

    operations: int
    oldest: datetime | None


class Waiting(Struct, frozen=True, kw_only=True):
    """How many dossiers have something that the centre has not acknowledged, since when."""

    dossiers: int
    oldest: datetime | None


def unsent(connection: sa.Connection) -> Unsent:
    """Return what is waiting to be sent."""
    count, oldest = connection.exec_driver_sql(_QUERY).one()
    return Unsent(operations=count, oldest=from_micros(oldest))


def waiting_dossiers(connection: sa.Connection) -> Waiting:
    """Return how many dossiers wait; of the first MOST_COUNTED operations, as in `unsent`.

    Who has looked at a dossier or signed in waits too, but nobody waits for that.
    """
    count, oldest = connection.exec_driver_sql(_DOSSIERS).one()
    return Waiting(dossiers=count, oldest=from_micros(oldest))


def next_batch(connection: sa.Connection, profile: DeskProfile) -> PushBatch:
    """Return the oldest rows of the present epoch that are not acknowledged, ready to be sent.

    They follow each other without a gap, no more than fit into a push; a row that is larger
    by itself goes alone. Without any, the push asks how far the centre has heard.
    """
    raw = driver(connection)
    place = profile.id.bytes, profile.epoch.to_bytes(8)
    first = _first_unsent(raw, place)
    found = _fitting(raw.execute(_ROWS, (*place, first)))
    if not found:
        end = _hash_at(raw, place, first - 1)
        return PushBatch(desk_id=profile.id, epoch=profile.epoch, prev_hash=end, head=end)
    return PushBatch(
        desk_id=profile.id,
        epoch=profile.epoch,
        prev_hash=found[0][1],
        head=found[-1][2],
        rows=tuple(
            SentRow(seq=seq, nonce=nonce, header=Raw(header), body=Raw(body))
            for seq, _prev_hash, _hash, nonce, header, body in found
        ),
    )


def _first_unsent(raw: Any, place: tuple[bytes, bytes]) -> int:
    """Return the number of the first row that is to be sent: one past the end if none is."""
    end = raw.execute(_END, place).fetchone()[0] or 0
    (first,) = raw.execute("SELECT min(position) FROM delivery WHERE state = 'pending'").fetchone()
    if first is None:
        return int(end) + 1
    # The chain and the journal grow together: a later row stands for a later operation.
    rows = range(1, end + 1)
    return 1 + bisect_left(rows, first, key=lambda seq: _row(raw, place, seq)[0])


def _fitting(rows: Any) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    size = _AROUND
    for row in rows:
        size += len(row[4]) + len(row[5]) + _AROUND_ROW
        if found and size > MOST_BYTES:
            break
        found.append(row)
    return found


def _hash_at(raw: Any, place: tuple[bytes, bytes], seq: int) -> bytes:
    return _row(raw, place, seq)[2] if seq else START


def _row(raw: Any, place: tuple[bytes, bytes], seq: int) -> tuple[int, bytes, bytes]:
    row: tuple[int, bytes, bytes] = raw.execute(_AT, (*place, seq)).fetchone()
    return row
