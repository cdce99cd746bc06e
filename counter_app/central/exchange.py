"""The signed exchange with desks: who asks is proved, and every answer proves who answers.

Answers are signed whatever they say, refusals too, as soon as a request tells its nonce: a desk
believes nothing that is not.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
from litestar.concurrency import sync_to_thread
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from msgspec import Struct

from counter_app.central.database import Database
from counter_app.central.desks import desk_of
from counter_app.central.guards import MEMORY_KEY, Share
from counter_app.central.identity import Centre
from counter_app.central.refusals import Refused, revoked_desk, unknown_desk, unreadable
from counter_app.wire.compression import unpack
from counter_app.wire.envelope import Signed, is_signed_by, read_signed, sign_answer
from counter_app.wire.messages import OLDEST_PROTOCOL, PROTOCOL, EnrolRequest

PUSH: Final = "/v1/push"
REFERENCE: Final = "/v1/reference"
TIME: Final = "/v1/time"
ENROL: Final = "/v1/enrol"
QUEUE: Final = "/v1/queue"
QUEUE_COUNT: Final = "/v1/queue/count"

HEARD_KEY: Final = "counter_app.heard"
"""Where the scope of a request keeps what was `Heard`."""

OLDEST_PROGRAM: Final = "0.1.0"
"""The first release of this program that speaks `OLDEST_PROTOCOL`."""

TIME_HEADER: Final = "counter-time"

MOST_UNPACKED: Final = {PUSH: 4 * 1024 * 1024, ENROL: 256 * 1024, QUEUE_COUNT: 4 * 1024}
_CHECKED: Final = frozenset(
    {
        ("POST", PUSH),
        ("GET", REFERENCE),
        ("GET", TIME),
        ("POST", ENROL),
        ("GET", QUEUE),
        ("POST", QUEUE_COUNT),
    }
)
_LOOKED_UP_LATER: Final = frozenset({PUSH, REFERENCE, QUEUE, QUEUE_COUNT})
_MOST_KEYS: Final = 20_000
_S = TypeVar("_S", bound=Struct)
_PROGRAM: Final = re.compile(r"counter-app/([0-9A-Za-z.+-]{1,40})")


class Heard(Struct, frozen=True, kw_only=True):
    """What a request says, and of the desk that has sent it, proved by its signature.

    `sent` is the body as it came, `body` unpacked. `clock_offset` is how far the desk's clock is
    ahead, in seconds; None if it does not say.
    """

    desk_id: UUID
    sent: bytes
    body: bytes
    program: str = ""
    clock_offset: float | None = None


class SignedAnswers:
    """Signs whatever `app` answers to a request that has a desk's headers."""

    def __init__(self, app: ASGIApp, centre: Centre) -> None:
        self._app = app
        self._centre = centre

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        signed = read_signed(_headers(scope)) if scope["type"] == ScopeType.HTTP else None
        if signed is None:
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Signing(self._centre, signed.signature, send).send)


class _Signing:
    """Holds an answer back until it is whole, and sends it signed."""

    def __init__(self, centre: Centre, request: bytes, send: Send) -> None:
        self._centre = centre
        self._request = request
        self._send = send
        self._start: Any = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message["body"]
        if not message.get("more_body"):
            body = bytes(self._body)
            self._start["headers"] = self._signed(body)
            await self._send(self._start)
            await self._send({**message, "body": body})

    def _signed(self, body: bytes) -> list[tuple[bytes, bytes]]:
        signature = sign_answer(
            self._centre.key,
            self._centre.certificate,
            request=self._request,
            status=self._start["status"],
            body=body,
        )
        ours = [(name.encode(), value.encode()) for name, value in signature.items()]
        return [*self._start["headers"], *ours]


class CheckedRequests:
    """Lets through to `app` what a desk has signed, and tells it what was `Heard`.

    What is asked without a signature goes through as it is: who may ask it is another's to say.
    """

    def __init__(self, app: ASGIApp, database: Database, now: Callable[[], datetime]) -> None:
        self._app = app
        self._database = database
        self._now = now
        self._keys: dict[UUID, bytes] = {}  # a desk keeps its key for ever

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request.

        Raises:
            Refused: nobody known has signed it, or its body cannot be read.
        """
        asked = (scope["method"], scope["path"]) if scope["type"] == ScopeType.HTTP else None
        if asked not in _CHECKED:
            await self._app(scope, receive, send)
            return
        message: Any = await receive()
        heard = await sync_to_thread(self._check, scope, message["body"])
        within: Any = {**scope, HEARD_KEY: heard}
        await self._app(within, receive, send)

    def _check(self, scope: Any, sent: bytes) -> Heard:
        headers = _headers(scope)
        signed = read_signed(headers)
        if signed is None:
            raise Refused(401, "bad_signature", "The request is not signed by a desk.")
        path = scope["path"]
        if path == ENROL:
            body = _unpacked(scope, headers, sent)
            _check_key(read_body(body, EnrolRequest).public_key, signed, scope, sent)
        else:
            self._check_desk(signed, scope, sent)
            body = _unpacked(scope, headers, sent)
        return Heard(
            desk_id=signed.desk_id,
            sent=sent,
            body=body,
            program=_program(headers),
            clock_offset=_offset(headers.get(TIME_HEADER, ""), self._now()),
        )

    def _check_desk(self, signed: Signed, scope: Any, sent: bytes) -> None:
        # Whether it was revoked is looked up where it matters, in the transaction that does it.
        public = self._keys.get(signed.desk_id) if scope["path"] in _LOOKED_UP_LATER else None
        _check_key(public or self._key_of(signed.desk_id, scope["path"]), signed, scope, sent)

    def _key_of(self, desk_id: UUID, path: str) -> bytes:
        with self._database.read() as connection:
            desk = desk_of(connection, desk_id)
        if desk is None:
            raise unknown_desk()
        if desk.revoked_at is not None and path not in _LOOKED_UP_LATER:
            raise revoked_desk()
        if len(self._keys) >= _MOST_KEYS:
            self._keys.clear()
        self._keys[desk_id] = desk.public_key
        return desk.public_key


def read_body(body: bytes, kind: type[_S]) -> _S:
    """Return what a body says.

    Raises:
        Refused: it does not say that.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    # The last two are Python's own: a text that is no UTF-8, and brackets without end.
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(error) from error


class _Spoken(Struct, frozen=True):
    """The one field that every release reads the same way."""

    protocol: int = PROTOCOL


def _unpacked(scope: Any, headers: dict[str, str], sent: bytes) -> bytes:
    if scope["path"] not in MOST_UNPACKED:
        return sent
    if headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refused(415, "bad_request", "The body has to be application/json.")
    match headers.get("content-encoding", "identity"):
        case "identity":
            body = sent
        case "zstd":
            body = _opened(sent, MOST_UNPACKED[scope["path"]])
            share: Share = scope[MEMORY_KEY]
            share.take(len(body))
        case _:
            raise Refused(415, "bad_request", "The body can be packed with zstd, or not at all.")
    _check_protocol(body)
    return body


def _opened(sent: bytes, most: int) -> bytes:
    try:
        return unpack(sent, most=most)
    except ValueError as error:
        raise Refused(400, "bad_request", f"The body cannot be unpacked: {error}.") from error


def _check_protocol(body: bytes) -> None:
    spoken = read_body(body, _Spoken).protocol
    if spoken < OLDEST_PROTOCOL:
        # The sentence is the desk's own; what it does not know is the release that it needs.
        raise Refused(426, "program_too_old", OLDEST_PROGRAM)
    if spoken > PROTOCOL:
        raise Refused(426, "bad_request", f"The centre does not speak protocol {spoken} yet.")


def _check_key(public: bytes, signed: Signed, scope: Any, sent: bytes) -> None:
    place = _asked(scope)
    if not is_signed_by(public, signed, method=scope["method"], path=place, body=sent):
        raise Refused(401, "bad_signature", "The signature is not that of this desk.")


def _asked(scope: HTTPScope) -> str:
    query = scope["query_string"]
    return (scope["raw_path"] + (b"?" + query if query else b"")).decode("latin-1")


def _headers(scope: Any) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _program(headers: dict[str, str]) -> str:
    found = _PROGRAM.match(headers.get("user-agent", ""))
    return found[1] if found else ""


def _offset(told: str, now: datetime) -> float | None:
    try:
        return (datetime.fromisoformat(told).astimezone(UTC) - now).total_seconds()
    except (ValueError, OverflowError):
        return None
