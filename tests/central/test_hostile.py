"""Whoever means harm is refused early, at little cost, and keeps nobody else from being served."""

import contextlib
import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
import zstandard

from counter_app.central import tables
from counter_app.central.database import Database
from counter_app.central.identity import found_centre
from counter_app.wire.codec import encode
from counter_app.wire.envelope import sign_request
from counter_app.wire.messages import PushAnswer, Refusal, SentRow
from tests.central.alone import HEAD_SECONDS
from tests.central.line import DeskOnTheLine
from tests.central.outside import EPOCH, Caller, put_desk, talk
from tests.office import MONDAY

ROOT = Path(__file__).parents[2]
MEBIBYTE = 1 << 20
MOST_MEMORY = 256 * MEBIBYTE
GIGABYTE = 1 << 30


def head(*lines):
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


IN_PIECES = head("POST /v1/push HTTP/1.1", "host: x", "transfer-encoding: chunked")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")


@pytest.fixture(scope="module")
def database(cluster, template):
    name = cluster.make(template=template)
    database = Database(cluster.text(name))
    yield database
    database.close()
    cluster.drop(name)


@pytest.fixture(scope="module")
def centre(database):
    with database.begin() as connection:
        return found_centre(connection, tracking_url="https://tracking.example", now=MONDAY).centre


class Server:
    """The process, and what it has taken of memory at most."""

    def __init__(self, process, url):
        self.process = process
        self.url = url

    @property
    def peak(self):
        said = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in said.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024


@pytest.fixture(scope="module")
def server(database, centre):
    command = [sys.executable, "-m", "tests.central.alone", database.url]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        yield Server(process, process.stdout.readline().strip())
        process.terminate()


@pytest.fixture
def desk(server, centre, database):
    caller = Caller(server.url, centre)
    put_desk(database, caller)
    yield caller
    caller.close()


@pytest.fixture(autouse=True)
def _nobody_else_is_hurt(server, desk):
    """After whatever a test has done an honest desk is served, and the memory was bounded."""
    yield
    assert desk.send(desk.batch()).status == 200
    assert server.process.poll() is None
    assert server.peak < MOST_MEMORY


def a_line(server):
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def status_of(came):
    return int(came.split(b" ", 2)[1]) if came else None


def pour(server, start, block, most=GIGABYTE):
    """Send `start` and then `block` again and again; return how much was taken, and the answer."""
    sent = 0
    with a_line(server) as line:
        try:
            line.sendall(start)
            while sent < most:
                line.sendall(block)
                sent += len(block)
        except OSError:
            pass
        came = b""
        with contextlib.suppress(OSError):
            came = line.recv(65536)
    return sent, came


# Too much.


def test_a_gigabyte_that_is_announced_is_refused_before_it_comes(server):
    came = talk(
        server.url, head("POST /v1/push HTTP/1.1", "host: x", f"content-length: {GIGABYTE}")
    )
    assert status_of(came) == 413
    assert msgspec.json.decode(came.split(b"\r\n\r\n")[1], type=Refusal).reason == "too_large"


@pytest.mark.parametrize(
    "start",
    [
        IN_PIECES,
        head("POST /T/1 HTTP/1.1", "host: x", "transfer-encoding: chunked"),
        head("GET /v1/time HTTP/1.1", "host: x", "transfer-encoding: chunked"),
    ],
    ids=["push", "tracking", "get"],
)
def test_a_gigabyte_in_pieces_is_hung_up_on(server, start):
    sent, _came = pour(server, start, b"10000\r\n" + bytes(65536) + b"\r\n")
    assert sent < 32 * MEBIBYTE


@pytest.mark.parametrize(
    ("start", "block"),
    [
        (b"GET / HTTP/1.1\r\nx: ", b"a" * 65536),
        (b"GET /", b"a" * 65536),
        (b"GET / HTTP/1.1\r\n", b"a:b\r\n" * 8192),
        (b"", b"\r\n" * 32768),
        (IN_PIECES + b"0\r\nx: ", b"a" * 65536),
        (IN_PIECES + b"1;", b"a" * 65536),
        (IN_PIECES, b"1\r\na\r\n" * 8192),
        (head("GET / HTTP/1.1", "connection: upgrade", "upgrade: websocket"), b"a" * 65536),
    ],
    ids="header address headers lines trailer extension crumbs upgrade".split(),
)
def test_what_never_ends_is_hung_up_on(server, start, block):
    sent, _came = pour(server, start, block, most=256 * MEBIBYTE)
    assert sent < 32 * MEBIBYTE


def test_a_thousand_requests_at_once_on_one_line_are_not_queued(server):
    ask = head("GET /v1/centre HTTP/1.1", "host: x")
    sent, _came = pour(server, b"", ask * 1000, most=len(ask) * 100_000)
    assert sent < len(ask) * 100_000


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("path", ["/v1/push", "/v1/enrol"])
def test_a_bomb_is_not_unpacked(desk, path, told):
    packing = zstandard.ZstdCompressor(write_content_size=told).compressobj(
        size=512 * MEBIBYTE if told else -1
    )
    bomb = b"".join(packing.compress(bytes(MEBIBYTE)) for _ in range(512)) + packing.flush()
    answer = desk.ask("POST", path, bomb, content_encoding="zstd")
    assert (answer.status, answer.reason, answer.signed) == (400, "bad_request", True)


@pytest.mark.parametrize("path", ["/v1/push", "/v1/enrol"])
@pytest.mark.parametrize("deep", [b"[" * 60_000, b'{"a":' * 12_000, b'{"rows":' + b"[" * 50_000])
def test_brackets_without_end_are_refused(desk, path, deep):
    answer = desk.ask("POST", path, deep)
    assert (answer.status, answer.reason, answer.signed) == (400, "bad_request", True)


def test_brackets_without_end_inside_a_row_hurt_nobody(desk):
    deep = msgspec.Raw(b"[" * 100_000 + b"]" * 100_000)
    for header, body in ((deep, msgspec.Raw(b"{}")), (msgspec.Raw(b"{}"), deep)):
        row = SentRow(seq=1, nonce=bytes(16), header=header, body=body)
        answer = desk.send(desk.batch(row))
        assert answer.signed
        assert answer.status in {200, 400}  # kept apart, or not even JSON


# Too slow.


def test_five_hundred_who_drip_keep_nobody_from_being_served(server, desk):
    lines = [a_line(server) for _ in range(500)]
    try:
        for number, line in enumerate(lines):
            slow = head("POST /v1/push HTTP/1.1", "host: x", "content-length: 1000")
            line.sendall(slow if number % 5 == 0 else b"GET /v1/centre HTTP/1.1\r\nx-a: ")
        begun = time.monotonic()
        waited = []
        while time.monotonic() < begun + HEAD_SECONDS + 1:
            asked = time.monotonic()
            assert desk.send(desk.batch()).status == 200
            waited.append(time.monotonic() - asked)
            for line in lines:
                with contextlib.suppress(OSError):
                    line.send(b"a")
        assert max(waited) < 5
        assert sum(map(has_hung_up, lines)) >= 400
    finally:
        for line in lines:
            line.close()


def has_hung_up(line):
    line.setblocking(False)
    try:
        return line.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


# Not what it says it is.


def test_the_same_request_as_often_as_one_likes_is_stored_once(desk, database):
    line = DeskOnTheLine(epoch=EPOCH, key=desk.key, desk_id=desk.id)
    line.receive()
    body = encode(line.batch())
    _request, signed = sign_request(
        desk.key, method="POST", path="/v1/push", desk_id=desk.id, epoch=EPOCH, body=body
    )
    headers = signed | {"content-type": "application/json"}
    answers = [
        desk.bare("POST", "/v1/push", content=body, headers=headers).read(PushAnswer)
        for _ in range(30)
    ]
    assert {(answer.outcome, answer.standing.high_water) for answer in answers} == {("stored", 1)}
    with database.read() as connection:
        rows = tables.chain.select().where(tables.chain.c.desk_id == desk.id)
        assert len(connection.execute(rows).all()) == 1


def test_a_request_of_one_address_is_none_of_another(desk):
    nothing = b""
    _request, signed = sign_request(
        desk.key, method="GET", path="/v1/time", desk_id=desk.id, epoch=EPOCH, body=nothing
    )
    answer = desk.bare("GET", "/v1/reference", headers=signed)
    assert (answer.status, answer.reason) == (401, "bad_signature")


@pytest.mark.parametrize(
    "headers",
    [
        {"counter-epoch": "ff" * 400},
        {"counter-epoch": "-1"},
        {"counter-desk": "nobody"},
        {"counter-nonce": "AAAA"},
        {"counter-signature": "ÿ" * 80},
        {"counter-signature": ""},
    ],
    ids=" ".join,
)
def test_headers_that_cannot_be_read_are_no_signature(desk, headers):
    _request, signed = sign_request(
        desk.key, method="GET", path="/v1/time", desk_id=desk.id, epoch=EPOCH, body=b""
    )
    raw = {name: value.encode("latin-1") for name, value in (signed | headers).items()}
    answer = desk.bare("GET", "/v1/time", headers=raw)
    assert (answer.status, answer.reason) == (401, "bad_signature")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
def test_a_body_of_another_kind_is_not_read(desk, kind):
    answer = desk.ask("POST", "/v1/push", encode(desk.batch()), content_type=kind)
    assert (answer.status, answer.signed) == (415, True)


@pytest.mark.parametrize("packed", ["gzip", "br", "zstd, zstd", "identity, zstd"])
def test_a_body_that_is_packed_in_another_way_is_not_read(desk, packed):
    answer = desk.ask("POST", "/v1/push", encode(desk.batch()), content_encoding=packed)
    assert (answer.status, answer.signed) == (415, True)


@pytest.mark.parametrize("junk", [b"\xff\xfe", b"{", b"null", b"[]", b"{}", b'{"protocol":"1"}'])
def test_a_body_that_is_no_message_is_refused_with_its_place(desk, junk):
    answer = desk.ask("POST", "/v1/push", junk)
    assert (answer.status, answer.reason, answer.signed) == (400, "bad_request", True)


def test_a_body_that_is_cut_does_nothing(server):
    start = head("POST /v1/push HTTP/1.1", "host: x", "content-length: 1000")
    for rest in (b"", b"{", b"a" * 999):
        with a_line(server) as line:
            line.sendall(start + rest)


# Old, odd, and not HTTP at all.


def test_who_speaks_http_as_of_old_is_answered(server):
    came = talk(server.url, b"GET /v1/centre HTTP/1.0\r\n\r\n")
    assert status_of(came) == 200
    assert b"root_key" in came


def test_requests_in_a_row_are_answered_in_a_row(server):
    last = head("GET /v1/nothing HTTP/1.1", "host: x", "connection: close")
    came = talk(server.url, head("GET /v1/centre HTTP/1.1", "host: x") * 3 + last)
    assert [came.count(b"HTTP/1.1 200"), came.count(b"HTTP/1.1 404")] == [3, 1]
    assert came.rindex(b"HTTP/1.1 200") < came.index(b"HTTP/1.1 404")


@pytest.mark.parametrize(
    "sent",
    [
        head("GET / HTTP/1.1", "content-length: -1"),
        head("POST / HTTP/1.1", "content-length: 5", "content-length: 6") + b"hello",
        head("POST / HTTP/1.1", "content-length: 5", "transfer-encoding: chunked") + b"0\r\n\r\n",
        IN_PIECES + b"F" * 17 + b"\r\n",
        head("CONNECT centre.example:443 HTTP/1.1", "host: x"),
        head("GET http://[ HTTP/1.1", "host: x"),
        head("GET /ÿ HTTP/1.1", "host: x"),
        head("BREW / HTTP/1.1", "host: x"),
        head("GET / HTTP/9.9", "host: x"),
        b"GET / HTTP/1.1\r\nx\0y: z\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=lambda sent: sent[:40].decode("latin-1").split("\r")[0],
)
def test_what_is_no_good_http_is_refused(server, sent):
    came = talk(server.url, sent, seconds=HEAD_SECONDS + 3)
    assert status_of(came) in {None, 400, 404, 405}
    assert b"Traceback" not in came


def test_noise_is_refused(server):
    noise = random.Random(2026)
    for _ in range(60):
        start = noise.choice([b"", b"GET / HTTP/1.1\r\n", b"POST /v1/push HTTP/1.1\r\n"])
        with a_line(server) as line, contextlib.suppress(OSError):
            line.sendall(start + noise.randbytes(noise.randrange(2000)) + b"\r\n\r\n")
