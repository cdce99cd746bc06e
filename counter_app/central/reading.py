"""What the centre holds already of that which a push touches: its desk, its rows, its dossiers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from counter_app.central.arriving import Arrived, read_stored
from counter_app.central.columns import texts, uuids
from counter_app.central.desks import EnrolledDesk, epoch_bytes
from counter_app.central.driver import Raw
from counter_app.central.judging import Entry
from counter_app.domain.judgement import Verdict
from counter_app.domain.lease import Lease, LeaseKind
from counter_app.wire.hashing import START
from counter_app.wire.messages import Judgement, PushBatch

# Each look-up is a subquery of its own for each identity: so PostgreSQL always goes by the
# index, also while it has no statistics yet of tables that fill fast.
_LOCK: Final = (
    "SELECT revoked_at, forked_at, epoch, lease_version FROM desk "
    "WHERE home = %s AND desk_id = %s FOR UPDATE"
)
_EPOCH: Final = "SELECT high_water, head FROM epoch WHERE home = %s AND desk_id = %s AND epoch = %s"
_CHAIN: Final = (
    "SELECT seq, hash FROM chain WHERE home = %s AND desk_id = %s AND epoch = %s "
    "AND seq BETWEEN %s AND %s"
)
_OPERATIONS: Final = """
SELECT found.* FROM unnest(%s) AS asked(op_id), LATERAL (
  SELECT op_id, op_hash, verdict, reason, dossier_version FROM operation
  WHERE home = %s AND op_id = asked.op_id LIMIT 1
) AS found
"""
_SETTLED: Final = """
SELECT op_id, told, verdict, reason, dossier_version FROM (
  SELECT * FROM settled WHERE home = %s AND desk_id = %s LIMIT 500
) AS later, LATERAL (
  SELECT verdict, reason, dossier_version, position FROM operation
  WHERE home = later.home AND op_id = later.op_id LIMIT 1
) AS found ORDER BY position
"""
LEASES: Final = (
    "SELECT code, lower(numbers), upper(numbers) - 1, lower(dates), upper(dates) - 1, kind, alone "
    "FROM lease JOIN agency ON agency.id = agency_id WHERE desk_id = %s ORDER BY lease.id"
)
"""A desk's leases, for `leased` to read."""
_ENDS: Final = (
    "SELECT feed_seq, feed_hash, reference_version FROM agency, centre WHERE agency.id = %s"
)
_DOSSIERS: Final = """
SELECT found.* FROM unnest(%s) AS asked(dossier_id), LATERAL (
  SELECT dossier_id, receiving, competent FROM dossier
  WHERE dossier_id = asked.dossier_id FOR UPDATE
) AS found
"""
_HISTORY: Final = """
SELECT asked.dossier_id, home, header, body, op_hash, verdict, reason,
  coalesce(dossier_version, 0)
FROM unnest(%s) AS asked(dossier_id), LATERAL (
  SELECT * FROM operation WHERE dossier_id = asked.dossier_id OFFSET 0
) AS done, LATERAL (
  SELECT body FROM operation_body WHERE home = done.home AND op_id = done.op_id LIMIT 1
) AS said ORDER BY position
"""
_WAITING: Final = """
SELECT DISTINCT dossier_id FROM operation
WHERE verdict = 'waiting' AND dossier_id IS NOT NULL AND dossier_id > %s
ORDER BY dossier_id LIMIT %s
"""
_UNREAD: Final = """
SELECT home, header, body, op_hash, verdict, reason, 0
FROM operation JOIN operation_body USING (home, op_id)
WHERE verdict = 'waiting' AND reason = 'newer_program'
"""
_CLASHING: Final = """
SELECT dossier_id, given, receiving, competent FROM unnest(%s) AS asked(given), LATERAL (
  SELECT * FROM dossier WHERE code = given OFFSET 0
) AS found
"""


class Known(Struct, frozen=True):
    """An operation that was stored before, by its hash, and what was made of it."""

    op_hash: bytes
    judgement: Judgement


class Settled(Struct, frozen=True):
    """What a desk has perhaps not heard yet; `told` as in the table."""

    told: int | None
    judgement: Judgement


class Held(Struct, frozen=True, kw_only=True):
    """All that is held of a desk, under its lock. `high_water` is None for an epoch not seen yet.

    `chain` has the hashes of the rows that were sent and are there already, and of the one
    before them.
    """

    revoked: bool
    forked: bool
    present: bytes
    high_water: int | None
    head: bytes
    chain: Mapping[int, bytes]
    operations: Mapping[UUID, Known]
    settled: tuple[Settled, ...]
    leases: tuple["Leased", ...]
    feed_seq: int
    feed_hash: bytes
    reference_version: int


class Leased(Struct, frozen=True):
    """A lease as it is kept; `alone`: the desk gave it itself before it was enrolled."""

    lease: Lease
    alone: bool


class KnownDossier(Struct, frozen=True):
    """A dossier that was there before: who is told of it, and all that was done to it."""

    receiving: str
    competent: str
    entries: tuple[Entry, ...]


class Clashing(Struct, frozen=True):
    """Another dossier with a code, who is told of it, and what was done to it."""

    code: str
    agencies: frozenset[str]
    entries: tuple[Entry, ...]


def hold(raw: Raw, desk: EnrolledDesk, batch: PushBatch, arrived: Sequence[Arrived]) -> Held:
    """Lock a desk until the commit, and return what is held of it and of what it sends."""
    place = desk.home, desk.id
    epoch = epoch_bytes(batch.epoch)
    first = arrived[0].seq if arrived else 1
    ids = uuids([one.op_id for one in arrived])
    # One journey for all of them; each still sees what was committed before it began, so that
    # all but the first see what the last holder of the lock has left.
    with raw.pipeline():
        locked = raw.execute(_LOCK, place, prepare=True)
        ended = raw.execute(_EPOCH, (*place, epoch), prepare=True)
        span = first - 1, first + len(arrived)
        chained = raw.execute(_CHAIN, (*place, epoch, *span), prepare=True)
        stored = raw.execute(_OPERATIONS, (ids, desk.home), prepare=True)
        settled = raw.execute(_SETTLED, place, prepare=True)
        leases = raw.execute(LEASES, (desk.id,), prepare=True)
        ends = raw.execute(_ENDS, (desk.home,), prepare=True)
    ((revoked_at, forked_at, present, lease_version),) = locked
    high_water, head = next(iter(ended), (None, START))
    ((feed_seq, feed_hash, reference_version),) = ends
    return Held(
        revoked=revoked_at is not None,
        forked=forked_at is not None,
        present=present,
        high_water=high_water,
        head=head,
        chain=dict(chained.fetchall()),
        operations={row[0]: Known(row[1], _judgement(row[0], *row[2:])) for row in stored},
        settled=tuple(Settled(row[1], _judgement(row[0], *row[2:])) for row in settled),
        leases=tuple(map(leased, leases)),
        feed_seq=feed_seq,
        feed_hash=feed_hash,
        reference_version=reference_version + lease_version,
    )


def lock_dossiers(raw: Raw, dossiers: Iterable[UUID]) -> dict[UUID, KnownDossier]:
    """Return dossiers that there are, with all that was done to them, locked until the commit."""
    wanted = uuids(sorted(dossiers))
    rows = raw.execute(_DOSSIERS, (wanted,), prepare=True).fetchall()
    entries = _histories(raw, [row[0] for row in rows])
    return {
        one: KnownDossier(receiving, competent, tuple(entries[one]))
        for one, receiving, competent in rows
    }


def waiting_dossiers(raw: Raw, after: UUID, most: int) -> list[UUID]:
    """Return dossiers on which something waits, in the order of their identities."""
    found = raw.execute(_WAITING, (after, most))
    return [dossier_id for (dossier_id,) in found]


def waiting_matters(raw: Raw) -> list[Entry]:
    """Return what waits and turns out to be a desk's own affair, now that it can be read."""
    found = [_entry(row) for row in raw.execute(_UNREAD)]
    return [one for one in found if one.readable and not one.concerns_dossier]


def clashing(raw: Raw, given: Mapping[str, Collection[UUID]]) -> list[Clashing]:
    """Return which dossiers bear a code besides those that it is `given` to.

    The locks of the agencies are held.
    """
    found = raw.execute(_CLASHING, (texts(list(given)),), prepare=True)
    rows = [row for row in found if row[0] not in given[row[1]]]
    entries = _histories(raw, [row[0] for row in rows]) if rows else {}
    return [
        Clashing(code, frozenset({receiving, competent}), tuple(entries[one]))
        for one, code, receiving, competent in rows
    ]


def _histories(raw: Raw, dossiers: Sequence[UUID]) -> dict[UUID, list[Entry]]:
    entries: dict[UUID, list[Entry]] = {dossier_id: [] for dossier_id in dossiers}
    found = raw.execute(_HISTORY, (uuids(dossiers),), prepare=True)
    for dossier_id, *row in found:
        entry = _entry(row)
        if entry.concerns_dossier:
            entries[dossier_id].append(entry)
    return entries


def _entry(row: Sequence[Any]) -> Entry:
    home, header, body, op_hash, verdict, reason, version = row
    operation = read_stored(header, body)
    return Entry(home, operation, op_hash, Verdict(verdict), reason, version)


def _judgement(op_id: UUID, verdict: str, reason: str, version: int | None) -> Judgement:
    return Judgement(op_id=op_id, verdict=Verdict(verdict), reason=reason, dossier_version=version)


def leased(row: Sequence[Any]) -> Leased:
    """Return what a row of LEASES says."""
    agency, lo, hi, from_date, to_date, kind, alone = row
    lease = Lease(
        agency=agency, lo=lo, hi=hi, from_date=from_date, to_date=to_date, kind=LeaseKind(kind)
    )
    return Leased(lease, alone)
