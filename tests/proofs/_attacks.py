"""What somebody can send to a centre who means harm; each says how it was answered."""

import gzip
import random
import socket
import threading
from contextlib import suppress

import zstandard

from counter_app.wire.envelope import sign_request

GIGABYTE = 1 << 30
PUSH = "/v1/push"

_BLOCK = bytes(1 << 20)
_PATIENCE = 30  # seconds
_A_BYTE_EVERY = 1.0  # seconds


class Attacker:
    """Sends to `port`; what it signs, it signs with the key of `desk`, which was stolen."""

    def __init__(self, port, desk, gigabytes=1):
        self._port = port
        self._desk = desk
        self._size = int(gigabytes * GIGABYTE)
        self._rng = random.Random(port)

    def attacks(self):
        """Return all that it knows, by name."""
        return {
            "a gigabyte, as announced": lambda: self._endless(f"content-length: {self._size}"),
            "a gigabyte, in pieces": lambda: self._endless("transfer-encoding: chunked"),
            "a gigabyte of headers": self._headers,
            "a bomb of gzip": lambda: self._push(gzip.compress(bytes(self._size // 4)), "gzip"),
            "a bomb of zstd": lambda: self._zstd_bomb(told=True),
            "a bomb of zstd that does not tell": lambda: self._zstd_bomb(told=False),
            "deep lists": lambda: self._push(b"[" * 1_000_000),
            "deep objects, packed": lambda: self._push(_packed(b'{"rows":' * 400_000), "zstd"),
            "deep inside a row": lambda: self._push(_packed(self._deep_row()), "zstd"),
            "rows without end": lambda: self._push(_packed(self._many_rows()), "zstd"),
            "not HTTP": lambda: self._raw(random.Random(1).randbytes(100_000)),
        }

    def slow_connections(self, number):
        """Return so many connections on which a byte comes now and then: half of them in a body."""
        return SlowConnections(self._port, number)

    def _endless(self, size):
        chunk = f"{len(_BLOCK):x}\r\n".encode() + _BLOCK + b"\r\n"
        block = chunk if "chunked" in size else _BLOCK
        return self._raw(_head(size), block, self._size // len(_BLOCK))

    def _headers(self):
        line = b"x-a: " + b"a" * 65_536 + b"\r\n"
        return self._raw(b"POST /v1/push HTTP/1.1\r\n", line, self._size // len(line))

    def _zstd_bomb(self, *, told):
        compressor = zstandard.ZstdCompressor(level=3, write_content_size=told)
        blocks = self._size // len(_BLOCK)
        packing = compressor.compressobj(size=blocks * len(_BLOCK) if told else -1)
        packed = b"".join(packing.compress(_BLOCK) for _ in range(blocks)) + packing.flush()
        return self._push(packed, "zstd")

    def _push(self, body, encoding=""):
        _request, signed = sign_request(
            self._desk.key,
            method="POST",
            path=PUSH,
            desk_id=self._desk.profile.id,
            epoch=self._desk.profile.epoch,
            body=body,
        )
        headers = [f"{name}: {value}" for name, value in signed.items()]
        headers += [f"content-encoding: {encoding}"] if encoding else []
        return self._raw(_head(f"content-length: {len(body)}", *headers) + body)

    def _raw(self, head, block=b"", times=0):
        """Send until somebody answers or hangs up; return the status, or how it ended."""
        with _connected(self._port, self._somewhere()) as connection:
            try:
                connection.sendall(head)
                for _ in range(times):
                    connection.sendall(block)
            except OSError:
                pass  # it was hung up on; what was answered before may still be here
            with suppress(OSError):
                if answer := connection.recv(4096):
                    return answer.split(b" ", 2)[1].decode()
            return "hung up"

    def _deep_row(self):
        return self._rows(b"[" * 500_000 + b"]" * 500_000, 1)

    def _many_rows(self):
        return self._rows(b"{}", 60_000)

    def _rows(self, body, number):
        """Return a push in due form with so many rows of this body, which no desk has made."""
        place = f'{{"desk_id":"{self._desk.profile.id}","epoch":1,"prev_hash":"","head":"","rows":['
        row = b'{"seq":1,"nonce":"","header":{},"body":' + body + b"}"
        return place.encode() + b",".join([row] * number) + b"]}"

    def _somewhere(self):
        # Each time from elsewhere: who fails often is soon refused whatever it says.
        return f"127.{self._rng.randrange(1, 255)}.{self._rng.randrange(255)}.9"


class SlowConnections:
    """Connections that never come to an end by themselves."""

    def __init__(self, port, number):
        self._open = []
        for n in range(number):
            connection = _connected(port, f"127.9.{n % 250}.{1 + n // 250}")
            head = _head("content-length: 1000") if n % 2 else b"POST /v1/push HTTP/1.1\r\nx: "
            connection.sendall(head)
            self._open.append(connection)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._drip)
        self._thread.start()

    @property
    def alive(self):
        """How many of them still stand."""
        return len(self._open)

    def close(self):
        """Hang up."""
        self._stopping.set()
        self._thread.join()
        for connection in self._open:
            connection.close()

    def _drip(self):
        while not self._stopping.wait(_A_BYTE_EVERY):
            for connection in list(self._open):
                try:
                    connection.send(b"x")
                except OSError:
                    connection.close()
                    self._open.remove(connection)


def _connected(port, place):
    connection = socket.create_connection(
        ("127.0.0.1", port), timeout=_PATIENCE, source_address=(place, 0)
    )
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _head(*headers):
    lines = ("POST /v1/push HTTP/1.1", "host: x", "content-type: application/json", *headers)
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _packed(raw):
    return zstandard.ZstdCompressor(level=3).compress(raw)
