"""Everything that a push leaves behind, written in one statement: whole columns at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from counter_app.central.arriving import Arrived
from counter_app.central.columns import blobs, dates, flags, instants, numbers, texts, uuids
from counter_app.central.desks import EnrolledDesk
from counter_app.central.driver import Raw
from counter_app.central.feeds import Feed, FeedRow
from counter_app.central.judging import Entry
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import is_dossier_code
from counter_app.domain.receipt_code import packed_receipt

_LARGEST_VERSION: Final = 2**15 - 1

_STORE: Final = """
WITH chained AS (
  INSERT INTO chain (home, desk_id, epoch, seq, op_id, hash)
  SELECT %(home)s::int, %(desk)s::uuid, %(epoch)s::bytea, *
  FROM unnest(%(c_seq)s, %(c_op)s, %(c_hash)s)
), counted AS (
  INSERT INTO epoch (home, desk_id, epoch, high_water, head, first_seen)
  VALUES (%(home)s, %(desk)s, %(epoch)s, %(high_water)s::bigint, %(head)s, %(now)s)
  ON CONFLICT (home, desk_id, epoch)
  DO UPDATE SET high_water = excluded.high_water, head = excluded.head
), stored AS (
  INSERT INTO operation (home, op_id, desk_id, dossier_id, kind, version, business_date,
    header, op_hash, stored_at, verdict, reason, dossier_version)
  SELECT %(home)s, op_id, %(desk)s, dossier_id, kind, version, business_date,
    header, op_hash, %(now)s, verdict, reason, dossier_version
  FROM unnest(%(op)s, %(dossier)s, %(kind)s, %(version)s, %(date)s, %(header)s, %(op_hash)s,
    %(verdict)s, %(reason)s, %(place)s)
  AS new(op_id, dossier_id, kind, version, business_date, header, op_hash,
    verdict, reason, dossier_version)
), said AS (
  INSERT INTO operation_body (home, op_id, nonce, body)
  SELECT %(home)s, * FROM unnest(%(op)s, %(nonce)s, %(body)s)
)
UPDATE desk SET epoch = %(epoch)s
WHERE home = %(home)s AND desk_id = %(desk)s AND epoch <> %(epoch)s
"""

_TELL: Final = """
WITH told AS (
  INSERT INTO feed (agency_id, seq, home, op_id, dossier_id, dossier_version, verdict, whole, hash)
  SELECT agency_id, seq, home, op_id, dossier_id, dossier_version, verdict, true, hash
  FROM unnest(%s, %s, %s, %s, %s, %s, %s, %s)
  AS new(agency_id, seq, home, op_id, dossier_id, dossier_version, verdict, hash)
)
UPDATE agency SET feed_seq = seq, feed_hash = hash
FROM unnest(%s, %s, %s) AS new(agency_id, seq, hash) WHERE id = agency_id
"""

_JUDGED_AGAIN: Final = """
WITH settled AS (
  INSERT INTO settled (home, desk_id, op_id)
  SELECT home, desk_id, op_id FROM unnest(%(home)s, %(desk)s, %(op)s) AS new(home, desk_id, op_id)
  ORDER BY 1, 2, 3
  ON CONFLICT (home, desk_id, op_id) DO UPDATE SET told = NULL
)
UPDATE operation SET verdict = new.verdict, reason = new.reason, dossier_version = new.place
FROM unnest(%(home)s, %(op)s, %(verdict)s, %(reason)s, %(place)s)
AS new(home, op_id, verdict, reason, place)
WHERE operation.home = new.home AND operation.op_id = new.op_id
"""

_COLUMNS: Final = (
    "dossier_id, code, status, version, receiving, competent, received_at, due_at, finished_at, "
    "returned_at, receipt, practice, voided, needs_newer_program"
)
_INSERT: Final = f"""
INSERT INTO dossier (home, {_COLUMNS})
SELECT %s::int, * FROM unnest({", ".join(["%s"] * 14)}) ON CONFLICT DO NOTHING RETURNING dossier_id
"""
_UPDATE: Final = f"""
UPDATE dossier SET ({_COLUMNS}) = ROW(new.*) FROM unnest({", ".join(["%s"] * 14)})
AS new({_COLUMNS}) WHERE dossier.dossier_id = new.dossier_id
"""


class DossierRow(Struct, frozen=True):
    """Where a dossier stands, and who is told of it."""

    dossier: Dossier
    receiving: str
    competent: str


class Judged(Struct, frozen=True):
    """A row of the chain that brings an operation which was not stored before, judged."""

    arrived: Arrived
    entry: Entry


def insert_dossiers(raw: Raw, home: int, rows: Sequence[DossierRow]) -> set[UUID]:
    """Put in the dossiers that are not there, and return which; the rest is left as it is.

    In the order of their identities, as everybody locks them.
    """
    ordered = sorted(rows, key=lambda row: row.dossier.id)
    found = raw.execute(_INSERT, (home, *_dossier_columns(ordered)), prepare=True)
    return {dossier_id for (dossier_id,) in found}


def update_dossiers(raw: Raw, rows: Sequence[DossierRow]) -> None:
    """Write where dossiers stand whose locks are held."""
    raw.execute(_UPDATE, _dossier_columns(rows))


def store_rows(
    raw: Raw,
    desk: EnrolledDesk,
    rows: Sequence[Arrived],
    judged: Sequence[Judged],
    *,
    epoch: bytes,
    now: datetime,
) -> None:
    """Store rows of a desk's chain that follow its last, and the operations that are new."""
    entries = [one.entry for one in judged]
    headers = [entry.operation.header for entry in entries]
    sent = [one.arrived.row for one in judged]
    given: dict[str, Any] = {
        "home": desk.home,
        "desk": desk.id,
        "epoch": epoch,
        "now": now,
        "high_water": rows[-1].seq,
        "head": rows[-1].hash,
        "c_seq": numbers([row.seq for row in rows]),
        "c_op": uuids([row.op_id for row in rows]),
        "c_hash": blobs([row.hash for row in rows]),
        "op": uuids([header.op_id for header in headers]),
        "dossier": uuids([header.dossier_id for header in headers]),
        "kind": texts([header.kind for header in headers]),
        "version": numbers([_small(header.version) for header in headers]),
        "date": dates([header.business_date for header in headers]),
        "header": blobs([bytes(row.header) for row in sent]),
        "op_hash": blobs([entry.op_hash for entry in entries]),
        "nonce": blobs([row.nonce for row in sent]),
        "body": blobs([bytes(row.body) for row in sent]),
    }
    raw.execute(_STORE, given | _verdicts(entries), prepare=True)


def judge_again(raw: Raw, entries: Sequence[Entry]) -> None:
    """Write new verdicts on operations that were stored before, for their desks to be told."""
    given = {
        "home": numbers([entry.home for entry in entries]),
        "desk": uuids([entry.desk_id for entry in entries]),
        "op": uuids([entry.op_id for entry in entries]),
    }
    raw.execute(_JUDGED_AGAIN, given | _verdicts(entries))


def tell(raw: Raw, rows: Sequence[FeedRow], ends: Sequence[Feed]) -> None:
    """Add rows to the feeds whose locks are held, and note where these end."""
    entries = [row.entry for row in rows]
    given = (
        numbers([row.agency_id for row in rows]),
        numbers([row.seq for row in rows]),
        numbers([entry.home for entry in entries]),
        uuids([entry.op_id for entry in entries]),
        uuids([entry.operation.header.dossier_id for entry in entries]),
        numbers([entry.version or None for entry in entries]),
        texts([entry.verdict or "" for entry in entries]),
        blobs([row.hash for row in rows]),
        numbers([end.agency_id for end in ends]),
        numbers([end.seq for end in ends]),
        blobs([end.hash for end in ends]),
    )
    raw.execute(_TELL, given, prepare=True)


def _verdicts(entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "verdict": texts([entry.verdict or "" for entry in entries]),
        "reason": texts([entry.reason for entry in entries]),
        "place": numbers([entry.version or None for entry in entries]),
    }


def _dossier_columns(rows: Sequence[DossierRow]) -> tuple[Any, ...]:
    dossiers = [row.dossier for row in rows]
    received = [dossier.received for dossier in dossiers]
    return (
        uuids([dossier.id for dossier in dossiers]),
        texts([one.code if is_dossier_code(one.code) else "" for one in dossiers]),
        numbers([dossier.status for dossier in dossiers]),
        numbers([dossier.version for dossier in dossiers]),
        texts([row.receiving for row in rows]),
        texts([row.competent for row in rows]),
        instants([one.received_at if one else None for one in received]),
        instants([dossier.due_at for dossier in dossiers]),
        instants([dossier.finished_at for dossier in dossiers]),
        instants([dossier.returned_at for dossier in dossiers]),
        blobs([packed_receipt(one.receipt) if one else b"" for one in received]),
        flags([one is not None and one.practice for one in received]),
        flags([dossier.voided for dossier in dossiers]),
        flags([dossier.needs_newer_program for dossier in dossiers]),
    )


def _small(version: int) -> int:
    return max(-1, min(version, _LARGEST_VERSION))
