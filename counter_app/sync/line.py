"""One kept connection to a centre: signed requests go out, bounded answers come back.

What comes back is bytes of whoever answers; whose they are is for the caller to find out.
"""

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from msgspec import Struct

from counter_app import __version__
from counter_app.desk import Clock
from counter_app.domain.desk_profile import DeskProfile
from counter_app.errors import CentreNotTrusted, CentreUnreachable, CertificateNotInForce
from counter_app.i18n import N_, _, format_instant
from counter_app.sync.address import tls_context
from counter_app.wire.envelope import sign_request
from counter_app.wire.signing import SigningKey

TIME_HEADER: Final = "counter-time"
LARGEST_ANSWER: Final = 4 * 1024 * 1024

# Made for 64 kbit/s with a round trip of 0.6 s, a lost packet now and then, and TLS over it.
_TIMES: Final = httpx.Timeout(connect=15, read=60, write=60, pool=5)
_PATIENCE_S: Final = 120
_SLOWEST: Final = 4 * 1024  # bytes a second; who answers more slowly is not waited for
_KEPT_S: Final = 240

# OpenSSL's numbers of what it finds wrong with a certificate.
_NOT_YET_VALID: Final = 9
_EXPIRED: Final = 10


class Answer(Struct, frozen=True, kw_only=True):
    """What came back to the request with the signature `request`, whoever has answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    request: bytes


class Line:
    """The way to `address`, for one thread at a time; `close` may be called from any.

    With `blind`, TLS proves nothing: for asking what time it is, and for nothing else. With a
    `patience` in seconds no step of an exchange is waited for any longer.
    """

    def __init__(
        self,
        address: str,
        authority: str,
        *,
        profile: DeskProfile,
        key: SigningKey,
        clock: Clock,
        blind: bool = False,
        patience: float | None = None,
    ) -> None:
        self.address: Final = address
        self._profile = profile
        self._key = key
        self._clock = clock
        self._closed = False
        self._socket: socket.socket | None = None
        self._http = httpx.Client(
            http2=False,
            trust_env=False,  # no proxy, and no authority but the pinned one
            follow_redirects=False,
            verify=_blindfold() if blind else _tls(address, authority),
            timeout=_TIMES if patience is None else httpx.Timeout(patience),
            limits=httpx.Limits(
                max_connections=1, max_keepalive_connections=1, keepalive_expiry=_KEPT_S
            ),
            headers={
                "user-agent": f"counter-app/{__version__}",
                "accept-encoding": "identity",
            },
        )
        # What HTTP/1.1 means anyway is a twentieth of what one receipt takes on a slow line.
        for needless in ("accept", "connection"):
            del self._http.headers[needless]

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one signed request and return what came back, whole.

        Raises:
            CentreUnreachable: nothing did.
            CentreNotTrusted: it is no centre's, by TLS or by its size.
        CertificateNotInForce: by TLS, for its dates alone: perhaps by this PC's clock.
        """
        path = urlsplit(self.address).path + path
        request, signed = sign_request(
            self._key,
            method=method,
            path=path,
            desk_id=self._profile.id,
            epoch=self._profile.epoch,
            body=body,
        )
        told = {TIME_HEADER: self._clock.now().isoformat()}
        whole = {**(headers or {}), **told, **signed}
        try:
            with self._http.stream(
                method,
                self._url(path),
                content=body,
                headers=whole,
                extensions={"trace": self._look_on},
            ) as coming:
                read = b"".join(self._pieces(coming))
                return Answer(
                    status=coming.status_code, headers=coming.headers, body=read, request=request
                )
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise self._told(error) from error
        except (RuntimeError, OSError) as error:
            if not self._closed:
                raise
            raise CentreUnreachable(reason=_("the connection was closed")) from error

    def close(self) -> None:
        """Hang up; an exchange that is under way fails at once."""
        self._closed = True
        if self._socket is not None:
            with suppress(OSError):  # closed already, from the other side
                # Not the method of TLS, which would first say goodbye: closing alone would not
                # wake the thread that waits for an answer.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        self._http.close()

    def _look_on(self, event: str, info: Mapping[str, Any]) -> None:
        """Note by which socket the line goes; httpx tells of each of its steps."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")

    def _url(self, path: str) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}{path}"

    def _pieces(self, coming: httpx.Response) -> Iterator[bytes]:
        """Return the answer's bytes as they came: what is packed small could be endless."""
        begun, size = time.monotonic(), 0
        for piece in coming.iter_raw():
            size += len(piece)
            if size > LARGEST_ANSWER:
                raise self._not_trusted(_("its answer does not end"))
            if time.monotonic() - begun > _PATIENCE_S + size / _SLOWEST:
                raise CentreUnreachable(reason=_("it answers too slowly"))
            yield piece

    def _told(self, error: Exception) -> CentreUnreachable:
        for cause in _causes(error):
            if isinstance(cause, ssl.SSLCertVerificationError):
                if cause.verify_code in {_NOT_YET_VALID, _EXPIRED}:
                    here = format_instant(self._clock.now())
                    return CertificateNotInForce(address=self.address, here=here)
                words = _("its certificate is not right ({why})")
                return self._not_trusted(words.format(why=cause.verify_message))
        return CentreUnreachable(reason=_(_reason(error)))

    def _not_trusted(self, reason: str) -> CentreNotTrusted:
        return CentreNotTrusted(address=self.address, reason=reason)


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.InvalidURL):
        return N_("there is no connection to it")
    if isinstance(error, httpx.TimeoutException):
        return N_("it does not answer")
    return N_("the connection broke off")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _tls(address: str, authority: str) -> ssl.SSLContext:
    # Without an authority, as on this PC itself, TLS would trust nobody at all.
    return tls_context(authority, address) if authority else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _blindfold() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
