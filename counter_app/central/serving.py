"""Serving the centre over HTTP: the socket, the server's limits, its log, and its stop."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import uvicorn
from litestar.types import ASGIApp

from counter_app.central.protocol import StrictProtocol
from counter_app.errors import AddressUnusable, UnreadableFile
from counter_app.i18n import N_, _

BACKLOG: Final = 2048
KEEP_ALIVE: Final = 75
"""Seconds that a desk's connection may rest: a push each half minute need not shake hands."""

LONGEST_STOP: Final = 30
"""Seconds in which what has begun may still end after the server was asked to stop."""

_ANY: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_NOT_HERE: Final = N_("this address is not one of this PC's")
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

    Port 0 takes a free one. With a certificate (PEM, with those above it) and its key it is
    https. What has begun is ended before this returns.

    Raises:
        AddressUnusable: nobody can listen there.
        UnreadableFile: the certificate or its key cannot be used.
    """
    with _listening(host, port) as listener:
        server = _Server(app, listener, certificate, private_key, ready)
        server.run([listener])


@contextmanager
def in_background(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve `app` from another thread of this program, and yield the URL.

    Raises:
        AddressUnusable: nobody can listen there.
    """
    known = threading.Event()
    with _listening(host, port) as listener:
        server = _Server(app, listener, None, None, lambda _url: known.set())
        thread = threading.Thread(target=server.run, args=([listener],), name="centre")
        thread.start()
        try:
            while not known.wait(0.05):
                if not thread.is_alive():
                    raise RuntimeError("the centre's server has not started")
            yield server.url
        finally:
            server.should_exit = True
            thread.join()


class _Server(uvicorn.Server):
    """Uvicorn's server, which tells when it is ready, and returns when it was asked to stop."""

    def __init__(
        self,
        app: ASGIApp,
        listener: socket.socket,
        certificate: Path | None,
        private_key: Path | None,
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
            log_config=_LOG,
            server_header=False,
            ssl_certfile=certificate,
            ssl_keyfile=private_key,
        )
        if certificate is not None:
            _load(config, certificate)
        super().__init__(config)
        self.url: Final = _url(listener, "https" if certificate else "http")
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and tell it."""
        await super().startup(sockets)
        if self.started:
            self._ready(self.url)

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


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or _(_NOT_HERE)
        raise AddressUnusable(address=f"{host}:{port}", reason=reason) from error
    with listener:
        yield listener


def _load(config: uvicorn.Config, certificate: Path) -> None:
    try:
        config.load()
    except (OSError, ssl.SSLError, ValueError) as error:
        raise UnreadableFile(file=certificate, reason=error) from error
    if config.ssl is not None:
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2


def _url(listener: socket.socket, scheme: str) -> str:
    host, port = listener.getsockname()[:2]
    host = _ANY.get(host, host)
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
