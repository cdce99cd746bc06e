"""A desk and a centre with keys that everybody knows: what they say to each other, to the bit.

docs/protocol.md shows it, and tests/wire/test_messages.py proves that it holds.
"""

import base64
import json
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

from msgspec import Raw, Struct

from counter_app.domain.agency import Agency
from counter_app.domain.enrol_code import print_enrol_code
from counter_app.domain.judgement import Verdict
from counter_app.domain.lease import Lease, LeaseKind
from counter_app.domain.officer import Role
from counter_app.domain.operation import Noted
from counter_app.wire import envelope as env
from counter_app.wire import messages as msg
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START, chain_hash, op_hash
from counter_app.wire.signing import SigningKey
from tests.factories import an_operation

DESK_KEY = SigningKey.from_seed(bytes(range(32)))
ROOT = SigningKey.from_seed(bytes(range(32, 64)))
ANSWERING = SigningKey.from_seed(bytes(range(64, 96)))
DESK_ID = UUID("0de50000-0000-4000-8000-000000000001")
CENTRE_ID = UUID("ce000000-0000-4000-8000-000000000001")
DOSSIER_ID = UUID("d0551e40-0000-8000-8000-000000000001")
EPOCH = 0x0123456789ABCDEF
SECRET = bytes(range(14))
NONCE = bytes(range(100, 116))
NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
GENERATION = 1

# As one release of zstd has made it; another may make other bytes of the same message.
PACKED = {
    "A push": (
        "KLUv/WIBgJ8BNQUAI4cWO7DBDnYggjCEQDShJeThEyCnHO2E2gKHAp3SV0tmzHZdlelDN0Kh+djARDRK"
        "Tjc3JayZRjvaSKOhhYhCQD5wULz0rCX5RjE5cY335/vSvWP2T0/0rZC1DL8IIPx748Z8NIDvMRXcAVCO"
        "xaFhYhFbaSaxhio7C6l8VCISmNvBjMOQ91aCbDLCPr/ketnUNzxjJF2fRJ6HQJwFJEoi7P+7IVWwEA=="
    ),
}


class Exchange(Struct, frozen=True, kw_only=True):
    """A request of the desk and the centre's answer; `sent` is the body as it travels."""

    title: str
    method: str
    path: str
    said: Struct | None
    sent: bytes
    headers: dict[str, str]
    status: int
    answer: Struct
    answered: bytes
    answer_headers: dict[str, str]


def certificate():
    """Return what the root says of the key that answers."""
    unsigned = msg.Certificate(
        centre_id=CENTRE_ID, public_key=ANSWERING.public, issued_at=NOW, signature=b""
    )
    return env.certify(ROOT, unsigned)


def enrol_code():
    """Return the code as it is shown at the centre."""
    return print_enrol_code(SECRET, ROOT.public)


def row():
    """Return the only row of the desk's chain: a note was written."""
    operation = an_operation(
        Noted(text="Gọi trước khi trả kết quả"),
        on=DOSSIER_ID,
        op_id=UUID("01a2063d-2440-7000-8000-000000000001"),
        desk_id=DESK_ID,
        base_version=1,
        role=Role.RECEPTION,
        business_date=NOW.date(),
        wall_utc=NOW,
    )
    header, body = encode(operation.header), encode(operation.body)
    return msg.SentRow(seq=1, nonce=bytes(16), header=Raw(header), body=Raw(body))


def head_of(batch):
    """Return the hash of the last row of a push, reckoned from what it says."""
    head = batch.prev_hash
    for each in batch.rows:
        digest = op_hash(bytes(each.header), each.nonce, bytes(each.body))
        head = chain_hash(batch.desk_id, batch.epoch, each.seq, head, digest)
    return head


def batch():
    """Return the first push of the desk."""
    rows = (row(),)
    blank = msg.PushBatch(desk_id=DESK_ID, epoch=EPOCH, prev_hash=START, head=b"", rows=rows)
    return msg.PushBatch(
        desk_id=DESK_ID, epoch=EPOCH, prev_hash=START, head=head_of(blank), rows=rows
    )


def standing(high_water=0, head=START):
    """Return where the centre stands with the desk."""
    return msg.Standing(
        centre_id=CENTRE_ID,
        generation=GENERATION,
        now=NOW,
        high_water=high_water,
        head=head,
        feed_seq=0,
        feed_hash=START,
        reference_version=1,
    )


def lease(lo, hi, kind=LeaseKind.LEASE):
    """Return numbers that the desk has for a month."""
    days = date(2026, 11, 24), date(2026, 12, 23)
    return Lease(agency="H57.132", lo=lo, hi=hi, from_date=days[0], to_date=days[1], kind=kind)


def exchanges():
    """Return all that is said, in its order."""
    asked = msg.EnrolRequest(
        secret=SECRET,
        desk_id=DESK_ID,
        epoch=EPOCH,
        public_key=DESK_KEY.public,
        desk_name="Quầy 1",
        office=Agency(code="H57.132", name="UBND phường Phú Thử"),
        practice=False,
        today=date(2026, 11, 23),
        leases=(lease(1, 9999),),
    )
    enrolled = msg.EnrolAnswer(
        centre_id=CENTRE_ID,
        generation=GENERATION,
        root_key=ROOT.public,
        tracking_url="https://tracuu.example.vn",
        standing=standing(),
        leases=(lease(1, 200), lease(9901, 9950, LeaseKind.RESERVE)),
    )
    push = batch()
    judged = msg.Judgement(
        op_id=UUID("01a2063d-2440-7000-8000-000000000001"),
        verdict=Verdict.APPLIED,
        dossier_version=2,
    )
    stored = msg.PushAnswer(
        outcome=msg.PushOutcome.STORED, standing=standing(1, push.head), judgements=(judged,)
    )
    card = msg.CentreCard(centre_id=CENTRE_ID, root_key=ROOT.public)
    refused = msg.Refusal(reason="bad_signature", message="The signature does not hold.")
    return (
        _exchange("Who are you?", "GET", "/v1/centre", None, card),
        _exchange("Enrolment", "POST", "/v1/enrol", asked, enrolled),
        _exchange("A push", "POST", "/v1/push", push, stored),
        _exchange("A refusal", "GET", "/v1/reference", None, refused, status=401),
    )


def page():
    """Return the exchanges as docs/protocol.md shows them."""
    return "\n".join(_shown(each) for each in exchanges())


def _exchange(title, method, path, said, answer, *, status=200):
    body = encode(said) if said else b""
    sent = base64.b64decode(PACKED[title]) if title in PACKED else body
    place = method.encode(), path.encode(), DESK_ID.bytes, EPOCH.to_bytes(8, "big")
    signature = DESK_KEY.sign(env.REQUEST_TAG, _framed(*place, NONCE, sha256(sent).digest()))
    answered = encode(answer)
    return Exchange(
        title=title,
        method=method,
        path=path,
        said=said,
        sent=sent,
        headers={
            env.DESK_HEADER: str(DESK_ID),
            env.EPOCH_HEADER: f"{EPOCH:016x}",
            env.NONCE_HEADER: base64.b64encode(NONCE).decode(),
            env.SIGNATURE_HEADER: base64.b64encode(signature).decode(),
        },
        status=status,
        answer=answer,
        answered=answered,
        answer_headers=env.sign_answer(
            ANSWERING, certificate(), request=signature, status=status, body=answered
        ),
    )


def _framed(*parts):
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _shown(each):
    is_packed = each.title in PACKED
    kind = {"content-type": "application/json"} if each.said else {}
    kind |= {"content-encoding": "zstd"} if is_packed else {}
    lines = [f"### {each.title}", "", "```http", f"{each.method} {each.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (kind | each.headers).items()]
    lines += ["```", ""]
    if each.said:
        lines += [_json(encode(each.said)), ""]
    if is_packed:
        sent = base64.b64encode(each.sent).decode()
        lines += ["as sent, in base64:", "", "```", *_wrapped(sent), "```", ""]
    lines += ["```http", f"HTTP/1.1 {each.status}", "content-type: application/json"]
    lines += [f"{name}: {value}" for name, value in each.answer_headers.items()]
    return "\n".join([*lines, "```", "", _json(each.answered), ""])


def _json(raw):
    # As it travels: whoever wants to check a signature needs these very bytes.
    assert json.loads(raw)
    return f"```json\n{raw.decode()}\n```"


def _wrapped(text, width=96):
    return [text[n : n + width] for n in range(0, len(text), width)]
