"""What a push brings, read and reckoned: rows that hang together, or a word why they do not."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from counter_app.domain.body import Body, Scope
from counter_app.domain.officer import Role
from counter_app.domain.operation import ClockQuality, Header, Operation, Unreadable
from counter_app.wire.codec import read_operation
from counter_app.wire.hashing import START, chain_hash, op_hash
from counter_app.wire.messages import PushBatch, SentRow

_MOST: Final = 2**63 - 1


class Fault(StrEnum):
    """Why what was sent is kept apart."""

    REVOKED = "revoked"
    FORKED = "forked"
    BROKEN_CHAIN = "broken_chain"
    UNREADABLE_HEADER = "unreadable_header"
    FOREIGN_OPERATION = "foreign_operation"
    OPERATION_CLASH = "operation_clash"


class Arrived(Struct, frozen=True):
    """One row as it came, with the hashes that the centre has reckoned itself."""

    seq: int
    hash: bytes
    op_hash: bytes
    operation: Operation
    row: SentRow

    @property
    def op_id(self) -> UUID:
        """The identity of the operation that it stands for."""
        return self.operation.header.op_id


class NotAChain(Exception):
    """What was sent does not hang together; never leaves the centre."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Final = fault


class _LooseHeader(Struct, frozen=True):
    """The least that any header has, whatever a newer release writes besides."""

    op_id: UUID
    desk_id: UUID
    kind: str
    version: int = 0
    dossier_id: UUID | None = None
    business_date: date = date.min


_loose_decoder: Final = msgspec.json.Decoder(_LooseHeader)
_NO_INSTANT: Final = datetime.min.replace(tzinfo=UTC)


def read_rows(batch: PushBatch) -> list[Arrived]:
    """Return the rows of a push that prove each other from `prev_hash` to `head`.

    Raises:
        NotAChain: a row is missing between, was touched, or is another desk's.
    """
    before, arrived = batch.prev_hash, []
    first = batch.rows[0].seq if batch.rows else 1
    if not 1 <= first <= _MOST - len(batch.rows) or not 0 <= batch.epoch < 2**64:
        raise NotAChain(Fault.BROKEN_CHAIN)
    if first == 1 and batch.rows and batch.prev_hash != START:
        raise NotAChain(Fault.BROKEN_CHAIN)
    for seq, row in enumerate(batch.rows, first):
        one = _read(row, batch, before)
        if row.seq != seq:
            raise NotAChain(Fault.BROKEN_CHAIN)
        arrived.append(one)
        before = one.hash
    if before != batch.head:
        raise NotAChain(Fault.BROKEN_CHAIN)
    return arrived


def read_stored(header: bytes, body: bytes) -> Operation:
    """Return an operation from its bytes; what this release cannot read comes as Unreadable.

    Raises:
        NotAChain: not even the identity can be told.
    """
    try:
        operation = read_operation(header, body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Operation(header=_stand_in(header), body=Unreadable())
    return operation if _has_its_dossier(operation) else _unread(operation)


def _read(row: SentRow, batch: PushBatch, before: bytes) -> Arrived:
    header, body = bytes(row.header), bytes(row.body)
    digest = op_hash(header, row.nonce, body)
    operation = read_stored(header, body)
    if operation.header.desk_id != batch.desk_id:
        raise NotAChain(Fault.FOREIGN_OPERATION)
    linked = chain_hash(batch.desk_id, batch.epoch, row.seq % 2**64, before, digest)
    return Arrived(row.seq, linked, digest, operation, row)


def _stand_in(header: bytes) -> Header:
    try:
        loose = _loose_decoder.decode(header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotAChain(Fault.UNREADABLE_HEADER) from error
    return Header(
        op_id=loose.op_id,
        kind=loose.kind,
        version=loose.version,
        dossier_id=loose.dossier_id,
        base_version=0,
        actor="",
        role=Role.RECEPTION,
        desk_id=loose.desk_id,
        business_date=loose.business_date,
        wall_utc=_NO_INSTANT,
        utc_offset=0,
        clock_quality=ClockQuality.DOUBTFUL,
    )


def _has_its_dossier(operation: Operation) -> bool:
    return operation.header.dossier_id is not None or not _scope_is_dossier(operation.body)


def _unread(operation: Operation) -> Operation:
    # What is done to a dossier says to which: without it, it is nothing that we understand.
    return Operation(header=operation.header, body=Unreadable())


def _scope_is_dossier(body: Body) -> bool:
    return body.scope is Scope.DOSSIER
