"""Serving the centre over HTTP: the socket, the server's limits, its log, and its stop."""

import asyncio
import logging.config
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import uvicorn
from litestar.types import ASGIApp
from msgspec import Struct

from counter_app.central.protocol import StrictProtocol
from counter_app.errors import AddressUnusable, UnreadableFile
from counter_app.i18n import N_, _

BACKLOG: Final = 2048
KEEP_ALIVE: Final = 75
"""Seconds that a desk's connection may rest: a push each half minute need not shake hands."""

LONGEST_STOP: Final = 30
"""Seconds in which what has begun may still end after the server was asked to stop."""

_HANDSHAKE: Final = 10.0
_FAREWELL: Final = 3.0
_ANY: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_FILES: Final = 8192
_GLANCE: Final = 0.02
_WANTS_PASSWORD: Final = N_("the private key wants a password; give one without")
_LOG: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {"uvicorn.error": {"level": "INFO"}},
}


class Listener(Struct, frozen=True, kw_only=True):
    """An open socket, and with what it is made safe."""

    socket: socket.socket
    certificate: Path | None
    private_key: Path | None

    @property
    def url(self) -> str:
        """Where it is reached."""
        host, port = self.socket.getsockname()[:2]
        host = _ANY.get(host, host)
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


@contextmanager
def listening(
    host: str, port: int, certificate: Path | None = None, private_key: Path | None = None
) -> Iterator[Listener]:
    """Listen at an address; port 0 takes a free one.

    With a certificate (PEM, with those above it) and its key it is https.

    Raises:
        AddressUnusable: nobody can listen there.
        UnreadableFile: the certificate or its key cannot be used.
    """
    if certificate is not None:
        _tls(certificate, private_key)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        opened = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise AddressUnusable(address=f"{host}:{port}", reason=error) from error
    with opened:
        yield Listener(socket=opened, certificate=certificate, private_key=private_key)


def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    certificate: Path | None = None,
    private_key: Path | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serve `app` until the program is asked to stop; `ready` is told the URL, once.

    Raises:
        AddressUnusable: nobody can listen there.
        UnreadableFile: the certificate or its key cannot be used.
    """
    with listening(host, port, certificate, private_key) as listener:
        serve_on(listener, app, ready=ready)


def serve_on(listener: Listener, app: ASGIApp, *, ready: Callable[[str], None]) -> None:
    """Serve `app` there until the program is asked to stop; what has begun is ended first."""
    _allow_connections()
    logging.config.dictConfig(_LOG)
    _Server(app, listener, ready).run([listener.socket])


@contextmanager
def in_background(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve `app` from another thread of this program, and yield the URL.

    Raises:
        AddressUnusable: nobody can listen there.
    """
    known = threading.Event()
    with listening(host, port) as listener:
        server = _Server(app, listener, lambda _url: known.set())
        thread = threading.Thread(target=server.run, args=([listener.socket],), name="centre")
        thread.start()
        try:
            while not known.wait(_GLANCE):
                if not thread.is_alive():
                    raise RuntimeError("the centre's server has not started")
            yield listener.url
        finally:
            server.should_exit = True
            thread.join()


class _Server(uvicorn.Server):
    """Uvicorn's server, which tells when it is ready, and returns when it was asked to stop."""

    def __init__(
        self,
        app: ASGIApp,
        listener: Listener,
        ready: Callable[[str], None],
    ) -> None:
        config = uvicorn.Config(
            app,
            http=StrictProtocol,
            ws="none",
            lifespan="on",
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=LONGEST_STOP,
            access_log=False,  # addresses hold what citizens have scanned
            log_config=None,  # a program that serves by the way has a log of its own
            server_header=False,
            ssl_certfile=listener.certificate,
            ssl_keyfile=listener.private_key,
        )
        super().__init__(config)
        self._listener = listener
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and tell it."""
        # Its own way of listening lets a client take a minute to shake hands, and half of one
        # to say good-bye, for which a stop would wait.
        await super().startup([])
        for one in sockets or ():
            self.servers.append(await self._listen(one))
        if self.started:
            self._ready(self._listener.url)

    async def _listen(self, listening: socket.socket) -> asyncio.Server:
        safe = self.config.ssl is not None
        return await asyncio.get_running_loop().create_server(
            self._connection,
            sock=listening,
            ssl=self.config.ssl,
            backlog=self.config.backlog,
            ssl_handshake_timeout=_HANDSHAKE if safe else None,
            ssl_shutdown_timeout=_FAREWELL if safe else None,
        )

    def _connection(self) -> StrictProtocol:
        return StrictProtocol(self.config, self.server_state, self.lifespan.state)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop when the program is asked to, and go on after that: there is more to be closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        # Imported here, as only the main thread has signals.
        import signal

        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _allow_connections() -> None:
    """Let this program open as many files as the system lets it: each connection is one."""
    if sys.platform == "win32":
        return
    # Windows has no such module.
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _tls(certificate: Path, private_key: Path | None) -> None:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            certificate, private_key, password=_no_password
        )
    except OSError as error:  # ssl.SSLError is one
        raise UnreadableFile(file=certificate, reason=error) from error


def _no_password() -> str:
    """Refuse a key that wants a password: nobody may be there to type it."""
    raise OSError(_(_WANTS_PASSWORD))
