"""HTTP as the centre speaks it to strangers: whoever is slow or endless is hung up on.

The server below reads a request's head for as long, and as much of it, as the client likes to
send. Here a head has a deadline and a size, an exchange has a deadline, few requests may queue
on one connection; and when all places are taken, the one who has asked for nothing makes room
for the next.
"""

import asyncio
import sys
from functools import cache
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from counter_app.wire.codec import encode
from counter_app.wire.messages import Refusal

MOST_HEAD_BYTES: Final = 32 * 1024
MOST_FRAMING_BYTES: Final = 256 * 1024
"""What may come with a body that is none: the sizes of its pieces, and headers after it."""

MOST_UNWANTED_BYTES: Final = 256 * 1024
"""What may still come of a body after the answer, before the client is hung up on."""

MOST_QUEUED: Final = 8
"""Requests on one connection that wait for the answer to the one before."""

MOST_CONNECTIONS: Final = 4000
_FILES_KEPT_FREE: Final = 128
_FEWEST_CONNECTIONS: Final = 64


class _Endless(Exception):
    """More than any honest client sends; the parser turns it into a refusal."""


class StrictProtocol(HttpToolsProtocol):
    """One connection; `uvicorn.Config(http=StrictProtocol)` makes the server use it.

    `head_seconds` pass at most from connecting, or from a request's first byte, to the end of
    its headers; `exchange_seconds` from there until the client has taken the whole answer. What
    a stranger holds is bounded: `MOST_CONNECTIONS` times a head, one reading of the socket, and
    the 64 KiB that the server reads ahead of whoever takes the body.
    """

    head_seconds = 10.0
    exchange_seconds = 150.0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._deadline: asyncio.TimerHandle | None = None
        self._idle_since = 0.0
        self._has_asked = False
        self._in_body = False
        self._head_begun = False
        self._head_is_timed = False
        self._header_bytes = 0
        self._unread = 0  # bytes since the message began, but for those of its body
        self._unwanted = 0

    @staticmethod
    def places() -> int:
        """Return how many clients can be connected at once."""
        return room_for_connections()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being done for this client."""
        return not self._has_asked or self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a client in; when the house is full, one that has asked for nothing goes."""
        super().connection_made(transport)
        self._idle_since = self.loop.time()
        self._time_head()
        if len(self.connections) > self.places():
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self._set_deadline(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, as long as it is no more than an honest client sends."""
        if not self._in_body:
            self._head_begun = True
            if self.is_idle and not self._head_is_timed:
                self._time_head()
        self._unread += len(data)
        super().data_received(data)
        most = MOST_FRAMING_BYTES if self._in_body else MOST_HEAD_BYTES
        if self._unread > most and not self.transport.is_closing():
            self.send_400_response("Too much before the end of the request.")

    def on_message_begin(self) -> None:
        """Count a new head from its first byte."""
        self._head_begun = True
        self._header_bytes = self._unread = self._unwanted = 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. Those that come after a body are counted, and not kept."""
        # In one reading of the socket there can be tens of thousands.
        self._header_bytes += len(name) + len(value)
        if self._header_bytes > MOST_HEAD_BYTES:
            raise _Endless
        if not self._in_body:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Have the request done."""
        if len(self.pipeline) >= MOST_QUEUED:
            raise _Endless
        self._in_body = True
        self._head_begun = False
        self._set_deadline(self.exchange_seconds)
        super().on_headers_complete()
        self._has_asked = True

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body; little of it, if the answer is there already."""
        self._unread -= len(body)
        if self.cycle.response_complete:
            self._unwanted += len(body)
            if self._unwanted > MOST_UNWANTED_BYTES:
                raise _Endless
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Look out for the next head."""
        self._in_body = False
        self._unread = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Time the next head from here, if it has begun to come already."""
        super().on_response_complete()
        self._idle_since = self.loop.time()
        if self._head_begun and self.is_idle:
            self._time_head()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP in the form that every refusal has, and hang up."""
        if self._in_body and self.is_idle:  # it has been answered already
            self.transport.abort()
            return
        body = encode(Refusal(reason="bad_request", message=msg))
        head = (
            b"HTTP/1.1 400 Bad Request\r\n"
            b"content-type: application/json\r\n"
            b"content-length: %d\r\n"
            b"connection: close\r\n\r\n"
        )
        self.transport.write(head % len(body) + body)
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        # The request is answered as if nothing else had been asked; what follows is no HTTP.
        self.cycle.keep_alive = False

    def _time_head(self) -> None:
        self._set_deadline(self.head_seconds, of_head=True)

    def _set_deadline(self, seconds: float | None, *, of_head: bool = False) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._head_is_timed = of_head
        self._deadline = self.loop.call_later(seconds, self._is_late) if seconds else None

    def _is_late(self) -> None:
        self._deadline = None
        # How long one may idle between two requests is another's business. But one who does not
        # take what was written for it would be waited for without end.
        idles = self.is_idle and not self._in_body and not self._is_unsent()
        if self._head_is_timed or self.transport.is_closing() or not idles:
            self.transport.abort()

    def _is_unsent(self) -> bool:
        return self.transport.get_write_buffer_size() > 0

    def _make_room(self) -> None:
        idle = [one for one in self.connections if isinstance(one, StrictProtocol) and one.is_idle]
        leaves = min(idle, key=lambda one: (one._is_kept(), one._idle_since))
        self.connections.discard(leaves)
        leaves.transport.abort()

    def _is_kept(self) -> bool:
        return self._has_asked and not self._head_begun


@cache
def room_for_connections() -> int:
    """Return how many clients can be connected at once, as far as the system lets us open files."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS
    # Windows has no such module.
    import resource

    files, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(_FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, files - _FILES_KEPT_FREE))
