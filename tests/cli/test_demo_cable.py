"""The cable of the demonstration carries both ways, and carries nothing once it is pulled."""

import socket
from threading import Thread

import pytest

from counter_app.cli.demo_cable import cable_to


@pytest.fixture
def echo():
    """A port of this PC that says again whatever it is told."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                near, _address = server.accept()
            except OSError:
                return
            Thread(target=again, args=(near,), daemon=True).start()

    def again(near):
        with near:
            while piece := near.recv(65536):
                near.sendall(piece)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1]
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def said(port, text):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(text)
        line.shutdown(socket.SHUT_WR)
        heard = b""
        while piece := line.recv(65536):
            heard += piece
        return heard


def test_it_carries_both_ways(echo):
    with cable_to(echo) as cable:
        assert said(cable.port, b"x" * 300_000) == b"x" * 300_000


def test_pulled_it_carries_nothing_and_plugged_it_carries_again(echo):
    with cable_to(echo) as cable:
        with socket.create_connection(("127.0.0.1", cable.port), timeout=5) as line:
            line.sendall(b"before")
            assert line.recv(100) == b"before"
            cable.pull()
            assert line.recv(100) == b""
        assert said(cable.port, b"") == b""
        cable.plug()
        assert said(cable.port, b"after") == b"after"


def test_whoever_calls_after_it_was_taken_away_reaches_nobody(echo):
    with cable_to(echo) as cable:
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", cable.port), timeout=5)
