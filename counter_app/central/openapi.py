"""The description of what the centre answers over the network, for those who write to it.

Addresses and bodies are read off the code that serves them; what stands before it, signatures
and refusals, is added here. The document is docs/openapi.json, and is not served.
"""

import json
from datetime import UTC, date, datetime
from http import HTTPStatus
from inspect import cleandoc
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from msgspec import Struct

from counter_app.central.api import CENTRE, HANDLERS, HEALTH, METRICS, STATUS, Health
from counter_app.central.exchange import (
    ENROL,
    PUSH,
    QUEUE,
    QUEUE_COUNT,
    REFERENCE,
    TIME,
    TIME_HEADER,
)
from counter_app.central.guards import MOST_BODY
from counter_app.central.status import CentreStatus
from counter_app.domain.agency import Agency
from counter_app.domain.lease import Lease
from counter_app.domain.operation import TicketCalled
from counter_app.wire.codec import encode
from counter_app.wire.delivery import Verdict
from counter_app.wire.envelope import (
    CERTIFICATE_HEADER,
    DESK_HEADER,
    EPOCH_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
)
from counter_app.wire.messages import (
    PROTOCOL,
    CentreCard,
    Certificate,
    EnrolAnswer,
    EnrolRequest,
    Judgement,
    KnownDesk,
    PushAnswer,
    PushBatch,
    PushOutcome,
    QueueAnswer,
    QueueCount,
    QueueCountRequest,
    QueueRow,
    Reference,
    Refusal,
    SentRow,
    Standing,
    TimeAnswer,
)

_ABOUT: Final = (
    "What desks and the centre say to each other. Every request under /v1 but the card is signed "
    "by the desk (Ed25519 over method, path, desk, epoch, nonce and the hash of the body as it is "
    "sent), and every answer to it, refusals and 304 too, by the centre. A desk believes no "
    "answer whose signature does not hold. Bytes in JSON are base64. Bodies that are sent may be "
    "packed with zstd, with or without the dictionary that the program brings. Instants are "
    "ISO 8601 with an offset, days ISO dates."
)

_OPERATIONS: Final = {
    PUSH: (
        "Take rows of a desk's chain in",
        "All that can be read of a chain is stored before it is judged; the same rows again "
        "are simply known. 200 for every outcome, also for what is kept apart.",
    ),
    REFERENCE: (
        "What every desk has from the centre",
        "Its own numbers too; nothing if it has them already.",
    ),
    QUEUE: (
        "What the desks of an office did with the numbers of those who wait",
        "In the order that counts, after the row that the desk names; nothing if there is none.",
    ),
    QUEUE_COUNT: (
        "The office's next number of a group",
        "No other desk of the office gets it on that day.",
    ),
    TIME: ("What time it is", "For a PC whose clock is so wrong that TLS fails."),
    ENROL: (
        "Make a desk one of the centre's",
        "Signed with the key that is in the body, and done once for each code.",
    ),
    CENTRE: (
        "Who the centre says it is",
        "Asked before a desk trusts it: the root key is held against the enrolment code.",
    ),
    STATUS: ("How the centre stands, agency by agency", "For whoever has an account's token."),
    METRICS: ("What was counted, for Prometheus", "With a token, or from the same host."),
    HEALTH: ("Whether the centre can work", "200 if its database answers and is of this release."),
}

_REFUSALS: Final[dict[str, dict[int, str]]] = {
    PUSH: {
        400: "The body cannot be unpacked or read, or the rows are another desk's.",
        401: "Nobody known has signed it.",
        408: "The body did not come in time.",
        413: "More bytes or rows than the centre reads at once.",
        415: "Not JSON, or packed in another way than with zstd.",
        426: "The protocol is too old, or too new; `message` is the oldest release that will do.",
    },
    REFERENCE: {401: "Nobody known has signed it.", 403: "The desk was revoked."},
    QUEUE: {
        400: "The day or the row is none.",
        401: "Nobody known has signed it.",
        403: "The desk was revoked.",
    },
    QUEUE_COUNT: {
        400: "The body cannot be unpacked or read; no letter of a group, or a day far off.",
        401: "Nobody known has signed it.",
        403: "The desk was revoked.",
        408: "The body did not come in time.",
        413: "More bytes than the centre reads at once.",
        415: "Not JSON, or packed in another way than with zstd.",
        426: "The protocol is too old, or too new; `message` is the oldest release that will do.",
    },
    TIME: {401: "Nobody known has signed it.", 403: "The desk was revoked."},
    ENROL: {
        400: "The body cannot be unpacked or read.",
        401: "It is not signed with the key in the body.",
        403: "The code is used up, too old, or for another agency.",
        408: "The body did not come in time.",
        409: "Other desks hold all numbers of the agency.",
        413: "More bytes than the centre reads at once.",
        415: "Not JSON, or packed in another way than with zstd.",
        426: "The protocol is too old, or too new; `message` is the oldest release that will do.",
    },
    CENTRE: {},
    STATUS: {401: "No account has this token."},
    METRICS: {401: "No account has this token, and another host asks."},
    HEALTH: {},
}
_EVERYWHERE: Final = {
    429: "Too many requests of this client have failed. Wait as `retry-after` says.",
    500: "A mistake of the centre's. It has been noted, and nothing was stored.",
    503: "The centre cannot do it now. Nothing was stored; try again as `retry-after` says.",
}
_REASONS: Final = {
    400: "bad_request",
    401: "bad_signature",
    403: "revoked",
    408: "bad_request",
    409: "no_numbers",
    413: "too_large",
    415: "bad_request",
    426: "program_too_old",
    429: "too_busy",
    500: "internal_error",
    503: "too_busy",
}

_SIGNING: Final = {
    DESK_HEADER: "The desk's identity, a UUID.",
    EPOCH_HEADER: "The desk's present epoch, 16 hexadecimal digits.",
    NONCE_HEADER: "16 random bytes in base64, never the same twice.",
    SIGNATURE_HEADER: "The desk's signature, 64 bytes in base64.",
}
_TELLING: Final = {
    TIME_HEADER: "What time it is at the desk, ISO 8601.",
    "user-agent": "The desk's program: counter-app/ and its release.",
}
_SIGNED: Final = {
    SIGNATURE_HEADER: "The centre's signature over the request's, the status and the body's hash.",
    CERTIFICATE_HEADER: "By which the root vouches for the key: base64 of a Certificate.",
}
_OPEN: Final = frozenset({STATUS, METRICS, HEALTH})
_BY_TOKEN: Final = frozenset({STATUS, METRICS})
_SHOWN: Final[tuple[type[Struct], ...]] = (
    PushBatch, PushAnswer, Reference, QueueAnswer, QueueCountRequest, QueueCount, TimeAnswer,
    EnrolRequest, EnrolAnswer, CentreCard, CentreStatus, Certificate, Health, Refusal,
)  # fmt: skip


def document() -> dict[str, Any]:
    """Return the description of all addresses, as OpenAPI 3.1."""
    made = _read_off()
    for path, item in made["paths"].items():
        for operation in item.values():
            _complete(path, operation)
    _roots, schemas = msgspec.json.schema_components(
        _SHOWN, ref_template="#/components/schemas/{name}"
    )
    for schema in schemas.values():
        if "description" in schema:
            schema["description"] = cleandoc(schema["description"])
    made["components"] = {
        "schemas": dict(sorted(schemas.items())),
        "securitySchemes": {
            "desk": {"type": "apiKey", "in": "header", "name": SIGNATURE_HEADER},
            "account": {"type": "http", "scheme": "bearer"},
        },
    }
    return made


def text() -> str:
    """Return the description as docs/openapi.json holds it."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _read_off() -> dict[str, Any]:
    described = Litestar(
        HANDLERS,
        dependencies={
            "house": Provide(lambda: None, sync_to_thread=False),
            "heard": Provide(lambda: None, sync_to_thread=False),
        },
        openapi_config=OpenAPIConfig(
            title="Counter App: the centre", version=str(PROTOCOL), description=_ABOUT
        ),
    )
    made: dict[str, Any] = described.openapi_schema.to_schema()
    return made


def _complete(path: str, operation: dict[str, Any]) -> None:
    operation["summary"], operation["description"] = _OPERATIONS[path]
    operation["operationId"] = path.removeprefix("POST ").strip("/").replace("v1/", "")
    if path == QUEUE_COUNT:
        operation["operationId"] = "count"
    if path not in _OPEN:
        told = operation.setdefault("parameters", [])
        told += [_header(name, says, required=path != CENTRE) for name, says in _SIGNING.items()]
        told += [_header(name, says) for name, says in _TELLING.items()]
        operation["security"] = [{"desk": []}] if path != CENTRE else [{}, {"desk": []}]
    if path in _BY_TOKEN:
        operation["parameters"] = []  # the security scheme says it
        operation["security"] = [{"account": []}]
    if path in _ASKED:
        operation["requestBody"] = {
            "description": f"At most {MOST_BODY[path]} bytes as it is sent, packed or not.",
            "required": True,
            "content": _media(_ASKED[path]),
        }
        operation["parameters"].append(_header("content-encoding", "zstd, or nothing."))
    _complete_answers(path, operation["responses"])


def _complete_answers(path: str, answers: dict[str, Any]) -> None:
    answers.pop("400", None)  # the framework's own form of it, which is not ours
    good = answers["200"]
    good["description"] = "It is done."
    if path in _ANSWERED:
        good["content"] = _media(_ANSWERED[path])
    if path == REFERENCE:
        good["headers"] = {"etag": _told("The version, in quotation marks.")}
        answers["304"] = {"description": "The desk has it already."}
    if path == QUEUE:
        answers["304"] = {"description": "Nothing was done since."}
    refusals = _REFUSALS[path] | _EVERYWHERE
    for status, says in sorted(refusals.items()):
        answers[str(status)] = _refusal(path, status, says)
    if path not in _OPEN:
        for answer in answers.values():
            signed = {name: _told(said) for name, said in _SIGNED.items()}
            answer["headers"] = answer.get("headers", {}) | signed


def _refusal(path: str, status: int, says: str) -> dict[str, Any]:
    reason = _REASONS[status]
    if path == ENROL and status == HTTPStatus.FORBIDDEN:
        reason = "code_refused"
    if path in _BY_TOKEN and status == HTTPStatus.UNAUTHORIZED:
        reason = "unauthorized"
    return {"description": says, "content": _media(Refusal(reason=reason, message=says))}


def _header(name: str, says: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": says,
        "schema": {"type": "string"},
    }


def _told(says: str) -> dict[str, Any]:
    return {"description": says, "schema": {"type": "string"}}


def _media(example: Struct) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{type(example).__name__}"}
    return {"application/json": {"schema": schema, "example": msgspec.json.decode(encode(example))}}


# Of an office that there is not.
_DESK: Final = UUID("0192f0c1-0000-7000-8000-000000000001")
_CENTRE: Final = UUID("0192f0c1-0000-4000-8000-00000000000c")
_NOW: Final = datetime(2026, 8, 3, 1, 30, tzinfo=UTC)
_KEY: Final = bytes(range(32))
_OFFICE: Final = Agency(code="H57.132", name="UBND phường Thí Dụ")
_LEASE: Final = Lease(
    agency="H57.132", lo=1, hi=200, from_date=date(2026, 8, 3), to_date=date(2026, 11, 1)
)
_STANDING: Final = Standing(
    centre_id=_CENTRE,
    generation=1,
    now=_NOW,
    high_water=1,
    head=_KEY,
    feed_seq=7,
    feed_hash=_KEY,
    reference_version=12,
)
_ROW: Final = SentRow(
    seq=1,
    nonce=_KEY[:16],
    header=msgspec.Raw(b'{"kind":"shift_opened","version":1}'),
    body=msgspec.Raw(b"{}"),
)
_ASKED: Final[dict[str, Struct]] = {
    PUSH: PushBatch(desk_id=_DESK, epoch=1, prev_hash=bytes(32), head=_KEY, rows=(_ROW,)),
    ENROL: EnrolRequest(
        secret=_KEY[:14],
        desk_id=_DESK,
        epoch=1,
        public_key=_KEY,
        desk_name="Quầy 1",
        office=_OFFICE,
        practice=False,
        today=date(2026, 8, 3),
    ),
    QUEUE_COUNT: QueueCountRequest(day=date(2026, 8, 3), letter="A", above=12),
}
_ANSWERED: Final[dict[str, Struct]] = {
    PUSH: PushAnswer(
        outcome=PushOutcome.STORED,
        standing=_STANDING,
        judgements=(Judgement(op_id=_DESK, verdict=Verdict.APPLIED, dossier_version=1),),
    ),
    REFERENCE: Reference(
        version=12,
        standing=_STANDING,
        leases=(_LEASE,),
        desks=(KnownDesk(public_key=_KEY, desk_name="Quầy 1", agency="H57.132"),),
        agencies=(_OFFICE,),
        law=(),
    ),
    QUEUE: QueueAnswer(
        rows=(
            QueueRow(
                op_id=_DESK,
                desk_id=_DESK,
                at=_NOW,
                kind="ticket_called",
                version=1,
                body=msgspec.Raw(encode(TicketCalled(ticket=_DESK, place="Quầy 1"))),
            ),
        ),
        whole=True,
    ),
    QUEUE_COUNT: QueueCount(count=13),
    TIME: TimeAnswer(centre_id=_CENTRE, now=_NOW),
    ENROL: EnrolAnswer(
        centre_id=_CENTRE,
        generation=1,
        root_key=_KEY,
        tracking_url="https://tracking.example",
        standing=_STANDING,
        leases=(_LEASE,),
    ),
    CENTRE: CentreCard(centre_id=_CENTRE, root_key=_KEY),
    HEALTH: Health(),
}
