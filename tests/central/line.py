"""Desks on a line: what they would push, chained and enrolled, without any store."""

import secrets
from datetime import UTC, date, timedelta
from itertools import count
from uuid import UUID

from msgspec import Raw
from msgspec.structs import replace

from counter_app.central.enrolment import desk_of, enrol, make_enrol_code
from counter_app.central.ingest import take_in
from counter_app.domain.enrol_code import read_enrol_code
from counter_app.domain.receipt_code import dossier_id_of, receipt_code_for
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START, chain_hash, op_hash
from counter_app.wire.messages import EnrolRequest, PushBatch, SentRow
from counter_app.wire.signing import SigningKey, sign_receipt
from tests.factories import AGENCY, DAY, NOON, a_code, a_received, an_office, an_operation

NOW = NOON.astimezone(UTC)
EPOCH = 0xFEDC_BA98_7654_3210
TRACKING = "HTTPS://TRACKING.EXAMPLE"

_ids = count(1)


class DeskOnTheLine:
    """One desk with its key and its chain; `lo` is the first number that it gives out."""

    def __init__(self, *, agency=AGENCY, epoch=EPOCH, key=None, desk_id=None, lo=1):
        self.id = desk_id or UUID(int=0xDE5C_0000 + next(_ids))
        self.key = key or SigningKey.generate()
        self.agency = agency
        self.epoch = epoch
        self.rows = []
        self.hashes = [START]
        self.serials = count(lo)

    @property
    def head(self):
        return self.hashes[-1]

    def copy(self, **changes):
        """Return the desk as it would go on from a copy of its data."""
        twin = DeskOnTheLine(
            agency=self.agency, epoch=self.epoch, key=self.key, desk_id=self.id, lo=5000
        )
        for name, value in changes.items():
            setattr(twin, name, value)
        if "epoch" not in changes:
            twin.rows, twin.hashes = list(self.rows), list(self.hashes)
        return twin

    def do(self, *operations):
        """Append operations to the chain, and return their rows."""
        return [self._append(operation) for operation in operations]

    def operation(self, body, on=None, **header):
        return an_operation(body, on=on, **{"desk_id": self.id} | header)

    def receive(self, serial=None, *, token=None, day=DAY, header=None, **changes):
        """Receive an application, and return the operation."""
        token = token or secrets.token_bytes(16)
        code = changes.pop("code", None) or a_code(serial or next(self.serials), day, self.agency)
        due_on = date(2026, 8, 6)
        unsigned = receipt_code_for(code, key_id=self.key.key_id, due_on=due_on, token=token)
        given = {
            "code": code,
            "receipt": f"{TRACKING}/T/{sign_receipt(self.key, unsigned).digits}",
            "office": an_office(code=self.agency),
        }
        body = a_received(**given | changes)
        operation = self.operation(body, on=dossier_id_of(token), **header or {})
        self.do(operation)
        return operation

    def act(self, body, on, **header):
        """Do something to the dossier of an operation (or of an identity); return what was done."""
        dossier_id = on if isinstance(on, UUID) else on.header.dossier_id
        operation = self.operation(body, on=dossier_id, **header)
        self.do(operation)
        return operation

    def batch(self, first=1, last=None):
        """Return the rows from `first` to `last` as they would be pushed."""
        last = len(self.rows) if last is None else last
        return PushBatch(
            desk_id=self.id,
            epoch=self.epoch,
            prev_hash=self.hashes[first - 1],
            head=self.hashes[last] if last >= first else self.hashes[first - 1],
            rows=tuple(self.rows[first - 1 : last]),
        )

    def reissue(self, epoch):
        """Return the desk after a restore: the same operations in a new chain."""
        restored = DeskOnTheLine(
            agency=self.agency, epoch=epoch, key=self.key, desk_id=self.id, lo=5000
        )
        for row in self.rows:
            restored._chain(row)
        return restored

    def _append(self, operation):
        header, body = encode(operation.header), encode(operation.body)
        return self._chain(raw_row(len(self.rows) + 1, header, body))

    def _chain(self, row):
        seq = len(self.rows) + 1
        digest = op_hash(bytes(row.header), row.nonce, bytes(row.body))
        self.rows.append(replace(row, seq=seq))
        self.hashes.append(chain_hash(self.id, self.epoch, seq, self.head, digest))
        return self.rows[-1]


def raw_row(seq, header, body, nonce=None):
    return SentRow(
        seq=seq, nonce=nonce or secrets.token_bytes(16), header=Raw(header), body=Raw(body)
    )


def a_chain(desk_key, operations, *, epoch=EPOCH):
    """Return one push of operations, all of the desk that the first of them names."""
    desk = DeskOnTheLine(key=desk_key, desk_id=operations[0].header.desk_id, epoch=epoch)
    desk.do(*operations)
    return desk.batch()


def an_enrol_request(desk, code, **changes):
    """Return what a desk asks with a code that was typed at it."""
    return EnrolRequest(
        **{
            "secret": read_enrol_code(code).secret,
            "desk_id": desk.id,
            "epoch": desk.epoch,
            "public_key": desk.key.public,
            "desk_name": "Quầy 1",
            "office": an_office(code=desk.agency),
            "practice": False,
            "today": DAY,
            "leases": (),
        }
        | changes
    )


def enrolled(database, centre, desk=None, *, now=NOW - timedelta(days=1), **changes):
    """Enrol a desk and return it; it gives out the numbers that it was leased."""
    desk = desk or DeskOnTheLine()
    with database.begin() as connection:
        code = make_enrol_code(
            connection, centre, agency_code=desk.agency, desk_name="Quầy 1", now=now
        )
        request = an_enrol_request(desk, code, **{"today": now.date()} | changes)
        answer = enrol(connection, centre, request, now)
    desk.leases = answer.leases
    desk.serials = count(next(lease.lo for lease in answer.leases if lease.agency == desk.agency))
    return desk


def push(database, centre, desk, batch=None, *, now=NOW):
    """Push rows, all of them unless told, in a transaction of their own; return the answer."""
    batch = desk.batch() if batch is None else batch
    with database.begin() as connection:
        known = desk_of(connection, desk.id)
        return take_in(connection, centre, known, batch, encode(batch), now)


def verdict_of(answer, operation):
    """Return verdict and reason that an answer has for an operation; None if it has none."""
    found = [one for one in answer.judgements if one.op_id == operation.header.op_id]
    return (found[0].verdict.value, found[0].reason) if found else None
