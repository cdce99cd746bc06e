"""What stands before everything the centre does over the network: limits, and plain manners.

Whatever comes from outside is bounded before anybody looks at it: how large a body may be, how
slowly it may come, how much of all bodies is in memory at once, how often one client may fail.
"""

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from counter_app.central import metrics
from counter_app.central.refusals import Refused, busy, nothing_here, refusal_of
from counter_app.wire.envelope import SIGNATURE_HEADER

MEMORY_KEY: Final = "counter_app.memory"
"""Where the scope of a request keeps its `Share` of the memory."""

MOST_BODY: Final[Mapping[str, int]] = {
    "/v1/push": 1024 * 1024,
    "/v1/enrol": 64 * 1024,
    "/v1/queue/count": 4 * 1024,
}
"""Bytes of a body as it is sent; at every other address there is none."""

MOST_MEMORY: Final = 64 * 1024 * 1024
MOST_MEMORY_EACH: Final = 16 * 1024 * 1024
MOST_AT_ONCE: Final = 128
"""Requests whose body has come, and which are not answered yet."""

BODY_SECONDS: Final = 10.0
SLOWEST: Final = 8 * 1024
"""A body has 10 seconds, and one more for each so many bytes that have come."""

_SIGNATURE: Final = SIGNATURE_HEADER.encode()
_NO_ROUTE: Final = "none"
_FAILURES: Final = frozenset({400, 401, 404, 405, 408, 413, 415, 429})
_WRONG_CODE: Final = (403, "/v1/enrol")  # a revoked desk's 403 elsewhere holds up no neighbour
_FOR_ALL: Final = ((b"cache-control", b"no-store"),)
_FOR_BROWSERS: Final = (
    *_FOR_ALL,
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
)


class Failures:
    """How often each client has failed of late: a bucket that fills slowly again.

    A client is an IPv4 address or an IPv6 network of 64 bits: who has one address there has all
    of them. Who only asks what is right is never held up, however often.
    """

    def __init__(
        self,
        *,
        most: int = 60,
        per_second: float = 1.0,
        clients: int = 20_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._per_second = per_second
        self._clients = clients
        self._clock = clock
        self._noted: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def are_too_many(self, client: str) -> bool:
        """Say whether the client has to wait."""
        return self._left(client) < 1

    def note(self, client: str) -> None:
        """Take one failure down; those of a client that has to wait anyway count no more."""
        self._noted[client] = max(self._left(client) - 1, 0.0), self._clock()
        self._noted.move_to_end(client)
        if len(self._noted) > self._clients:
            self._noted.popitem(last=False)

    def _left(self, client: str) -> float:
        left, at = self._noted.get(client, (float(self._most), 0.0))
        return min(self._most, left + (self._clock() - at) * self._per_second)


class Memory:
    """The bytes of bodies that are held at once, of all clients together and of each.

    Safe to use from several threads.
    """

    def __init__(self, *, most: int = MOST_MEMORY, each: int = MOST_MEMORY_EACH) -> None:
        self._most = most
        self._each = each
        self._held = 0
        self._held_by: dict[str, int] = {}
        self._lock = threading.Lock()

    def take(self, client: str, size: int) -> None:
        """Reserve `size` bytes more.

        Raises:
            Refused: there is no room, for now.
        """
        with self._lock:
            by = self._held_by.get(client, 0) + size
            if self._held + size > self._most or by > self._each:
                raise busy()
            self._held += size
            self._held_by[client] = by

    def give_back(self, client: str, size: int) -> None:
        """Let others have it."""
        with self._lock:
            self._held -= size
            left = self._held_by.pop(client, 0) - size
            if left:
                self._held_by[client] = left


class Share:
    """What one request holds of the memory."""

    def __init__(self, memory: Memory, client: str) -> None:
        self._memory = memory
        self.client: Final = client
        self._size = 0

    def take(self, size: int) -> None:
        """Reserve `size` bytes more, until the request has been answered.

        Raises:
            Refused: there is no room, for now.
        """
        self._memory.take(self.client, size)
        self._size += size

    def give_back(self) -> None:
        """Let others have all of it."""
        self._memory.give_back(self.client, self._size)
        self._size = 0


class Guards:
    """Lets through to `app` what is within the limits, with its body whole."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Collection[str],
        failures: Failures,
        memory: Memory,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._app = app
        self._routes = frozenset(routes)
        self._failures = failures
        self._memory = memory
        self._body_seconds = body_seconds
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        manners = _Manners(send, _FOR_ALL if _is_of_a_desk(scope) else _FOR_BROWSERS)
        share = Share(self._memory, client_of(scope))
        try:
            await self._answer(scope, receive, manners, share)
        except _Gone:
            return
        except Exception as error:  # the last place where anybody could answer
            refused = refusal_of(error)
            if not manners.status:
                await refused.send(manners.send, hang_up=not manners.has_read)
        finally:
            share.give_back()
            route = scope["path"] if scope["path"] in self._routes else _NO_ROUTE
            metrics.REQUESTS.labels(route=route, status=manners.status).inc()
            metrics.SECONDS.labels(route=route).observe(time.monotonic() - started)
            if manners.status in _FAILURES or (manners.status, route) == _WRONG_CODE:
                self._failures.note(share.client)

    async def _answer(
        self, scope: HTTPScope, receive: Receive, manners: "_Manners", share: Share
    ) -> None:
        if self._failures.are_too_many(share.client):
            raise Refused(429, "too_busy", "Too many requests have failed. Wait a while.")
        if scope["path"] not in self._routes:
            raise nothing_here()
        body = await self._body(scope, receive, share)
        manners.has_read = True
        if self._inside >= MOST_AT_ONCE:
            raise busy()
        self._inside += 1
        try:
            within: Any = {**scope, MEMORY_KEY: share}
            await self._app(within, whole(body, receive), manners.send)
        finally:
            self._inside -= 1

    async def _body(self, scope: HTTPScope, receive: Receive, share: Share) -> bytes:
        most = MOST_BODY.get(scope["path"], 0)
        too_large = Refused(413, "too_large", f"At this address a body has at most {most} bytes.")
        if _announced(scope) > most:
            raise too_large
        loop = asyncio.get_running_loop()
        until = loop.time() + self._body_seconds
        pieces: list[bytes] = []
        size = 0
        while True:
            message = await _next(receive, until + size / SLOWEST)
            piece = message["body"]
            size += len(piece)
            if size > most:
                raise too_large
            share.take(len(piece))
            pieces.append(piece)
            if not message["more_body"]:
                return b"".join(pieces)


class _Gone(Exception):
    """The client has hung up."""


class _Manners:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, send: Send, headers: Collection[tuple[bytes, bytes]]) -> None:
        self._send = send
        self._headers = headers
        self.status = 0
        self.has_read = False  # or the rest of the body would be taken for the next request

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = list(message.get("headers", ()))
            names = {name.lower() for name, _value in given}
            ours = [header for header in self._headers if header[0] not in names]
            message = {**message, "headers": [*given, *ours]}
        await self._send(message)


def whole(body: bytes, receive: Receive) -> Receive:
    """Return what gives `body` in one piece, and then what the client still says."""
    given = False

    async def once() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


def client_of(scope: HTTPScope) -> str:
    """Return the address, or for IPv6 the network, that a request comes from."""
    host = scope["client"][0] if scope["client"] else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), 64), strict=False))
    return str(address)


def _is_of_a_desk(scope: HTTPScope) -> bool:
    # What keeps a browser honest is a tenth of a small answer, on lines where that counts.
    return any(name == _SIGNATURE for name, _value in scope["headers"])


def _announced(scope: HTTPScope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


async def _next(receive: Receive, until: float) -> Any:
    try:
        async with asyncio.timeout_at(until):
            message = await receive()
    except TimeoutError:
        raise Refused(408, "bad_request", "The body did not come in time.") from None
    if message["type"] == "http.disconnect":
        raise _Gone
    return message
