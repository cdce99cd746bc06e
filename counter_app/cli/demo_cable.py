"""The cable between the desk and the centre of the demonstration, which can be pulled."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import Final

_HERE: Final = "127.0.0.1"
_PIECE: Final = 64 * 1024
_SOON: Final = 5.0


class Cable:
    """Carries bytes between a port of its own and `to_port`, both on this PC."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._near = socket.create_server((_HERE, 0))
        self.port: Final[int] = self._near.getsockname()[1]
        self._plugged = True
        self._open: set[socket.socket] = set()
        self._guard = Lock()

    def pull(self) -> None:
        """Cut what is connected; whoever tries from now on is hung up on."""
        with self._guard:
            self._plugged = False
            self._hang_up()

    def plug(self) -> None:
        """Carry again."""
        with self._guard:
            self._plugged = True

    def carry(self) -> None:
        """Take whoever comes, until `close`."""
        with suppress(OSError):  # `close` was called
            while True:
                near, _address = self._near.accept()
                Thread(target=self._join, args=(near,), daemon=True).start()

    def close(self) -> None:
        """Take nobody any more."""
        with self._guard:
            self._plugged = False
            self._hang_up()
        # Closing alone does not wake whoever waits in `accept`.
        with suppress(OSError):
            self._near.shutdown(socket.SHUT_RDWR)
        self._near.close()

    def _join(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            far = socket.create_connection((_HERE, self._to_port), timeout=_SOON)
            with far:
                far.settimeout(None)
                with self._guard:
                    if not self._plugged:
                        return
                    self._open |= {near, far}
                try:
                    back = Thread(target=_pour, args=(far, near), daemon=True)
                    back.start()
                    _pour(near, far)
                    back.join()
                finally:
                    with self._guard:
                        self._open -= {near, far}

    def _hang_up(self) -> None:
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def cable_to(port: int) -> Iterator[Cable]:
    """Lay a cable to `port` of this PC, and lend it."""
    cable = Cable(port)
    carrier = Thread(target=cable.carry, daemon=True)
    carrier.start()
    try:
        yield cable
    finally:
        cable.close()
        carrier.join(_SOON)


def _pour(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
