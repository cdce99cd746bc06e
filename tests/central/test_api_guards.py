"""The limits before everything the centre answers, each for itself."""

import asyncio
import socket
import threading
from contextlib import ExitStack, contextmanager, suppress

import msgspec
import pytest

from counter_app.central.guards import Failures, Guards, Memory, client_of
from counter_app.central.protocol import StrictProtocol
from counter_app.central.refusals import Refused
from counter_app.wire.messages import Refusal
from tests.central.outside import in_a_thread, talk

PUSH = "/v1/push"
NAME = "Nguyễn Văn Thí Dụ"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


# How often one may fail.


def test_a_client_that_fails_too_often_waits_until_time_has_passed():
    clock = Clock()
    failures = Failures(most=3, per_second=0.5, clock=clock)
    for _ in range(3):
        assert not failures.are_too_many("192.0.2.1")
        failures.note("192.0.2.1")
    assert failures.are_too_many("192.0.2.1")
    assert not failures.are_too_many("192.0.2.2")
    clock.now = 2.0
    assert not failures.are_too_many("192.0.2.1")


def test_who_goes_on_failing_owes_no_more_than_at_the_first_refusal():
    clock = Clock()
    failures = Failures(most=3, per_second=0.5, clock=clock)
    for _ in range(10_000):
        failures.note("192.0.2.1")
    clock.now = 2.0
    assert not failures.are_too_many("192.0.2.1")


def test_only_so_many_clients_are_remembered():
    failures = Failures(most=1, per_second=0, clients=2)
    for client in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        failures.note(client)
    assert [failures.are_too_many(f"192.0.2.{n}") for n in (1, 2, 3)] == [False, True, True]


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("a socket", "a socket"),
    ],
)
def test_who_has_one_address_of_ipv6_has_a_network_of_them(host, client):
    assert client_of({"client": (host, 1)}) == client


def test_a_request_from_nowhere_has_a_client_too():
    assert client_of({"client": None}) == ""


# How much is held at once.


def test_memory_is_bounded_for_each_client_and_for_all():
    memory = Memory(most=100, each=60)
    memory.take("a", 60)
    with pytest.raises(Refused):
        memory.take("a", 1)
    memory.take("b", 40)
    with pytest.raises(Refused):
        memory.take("c", 1)
    memory.give_back("a", 60)
    memory.take("c", 60)


# A body, as it comes.


async def echo(scope, receive, send):
    """An application that says how long the body was."""
    said = str(len((await receive())["body"])).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": said, "more_body": False})


async def broken(scope, receive, send):
    if scope["type"] == "http":
        raise ZeroDivisionError(NAME)


def ask(guards, *messages, path=PUSH, headers=(), wait=0.0):
    """Return the status and the body that a request gets; the last message is waited for."""
    coming, sent = list(messages), []

    async def receive():
        if not coming:
            await asyncio.sleep(wait)
            return {"type": "http.disconnect"}
        return coming.pop(0)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": list(headers), "client": ("192.0.2.1", 1)}
    asyncio.run(guards(scope, receive, send))
    return (sent[0]["status"], sent[1]["body"]) if sent else None


def guards(app=echo, *, memory=None, seconds=10.0):
    memory = memory or Memory()
    return Guards(
        app, routes={PUSH, "/healthz"}, failures=Failures(), memory=memory, body_seconds=seconds
    )


def piece(body, *, more=False):
    return {"type": "http.request", "body": body, "more_body": more}


def reason(answer):
    return answer[0], msgspec.json.decode(answer[1], type=Refusal).reason


def test_a_body_in_pieces_comes_through_in_one():
    assert ask(guards(), piece(b"abc", more=True), piece(b"de")) == (200, b"5")


def test_a_body_that_stops_coming_is_not_waited_for():
    answer = ask(guards(seconds=0.05), piece(b"abc", more=True), wait=5)
    assert reason(answer) == (408, "bad_request")


def test_a_body_where_there_is_none_is_refused():
    answer = ask(guards(), piece(b"a"), path="/healthz")
    assert reason(answer) == (413, "too_large")


def test_only_whose_body_was_not_read_is_hung_up_on():
    with in_a_thread(guards(broken)) as url:
        whole = talk(url, b"GET /healthz HTTP/1.1\r\n\r\n", seconds=0.5)
        large = talk(url, b"GET /healthz HTTP/1.1\r\ncontent-length: 9\r\n\r\n")
    assert (whole.split()[1], b"connection: close" in whole) == (b"500", False)
    assert (large.split()[1], b"connection: close" in large) == (b"413", True)


def test_a_client_that_hangs_up_within_its_body_is_forgotten():
    memory = Memory(most=100, each=100)
    assert ask(guards(memory=memory), piece(b"abc", more=True)) is None
    memory.take("192.0.2.1", 100)


@pytest.mark.parametrize(("path", "is_counted"), [("/v1/enrol", True), ("/v1/reference", False)])
def test_a_refused_code_is_a_failure_and_a_revoked_desk_none(path, is_counted):
    async def refusing(scope, receive, send):
        raise Refused(403, "no", "")

    failures = Failures(most=1, per_second=0)
    guarded = Guards(refusing, routes={path}, failures=failures, memory=Memory())
    assert ask(guarded, piece(b""), path=path)[0] == 403
    assert failures.are_too_many("192.0.2.1") == is_counted


def test_when_no_memory_is_left_whoever_comes_is_told_to_come_again():
    memory = Memory(most=2, each=2)
    assert reason(ask(guards(memory=memory), piece(b"abc"))) == (503, "too_busy")
    assert ask(guards(memory=memory), piece(b"ab")) == (200, b"2")


def test_a_bug_is_told_to_nobody_but_the_log_and_there_without_anybodys_name(caplog):
    assert reason(ask(guards(broken), piece(b""))) == (500, "internal_error")
    assert "ZeroDivisionError" in caplog.text
    assert NAME not in caplog.text


# A connection.


class Hasty(StrictProtocol):
    head_seconds = 0.3
    exchange_seconds = 0.6

    def connection_lost(self, exc):
        super().connection_lost(exc)
        self.config.app.gone.set()


class Application:
    """Does the same for every request; `gone` is set when a client is."""

    def __init__(self, answer):
        self.answer = answer
        self.gone = threading.Event()

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            await self.answer(receive, send)


async def never(receive, send):
    while (await receive())["type"] != "http.disconnect":
        pass


async def much(_receive, send):
    """Answer with more than fits into a socket's buffers."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": bytes(1 << 24), "more_body": False})


async def at_once(_receive, send):
    """Answer without having read the body."""
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok", "more_body": False})


@contextmanager
def a_line(app):
    """Yield a connection to a server of `app`, which soon hangs up."""
    with in_a_thread(app, protocol=Hasty) as url, connected(url) as line:
        yield line


def connected(url):
    host, port = url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=2)


@pytest.mark.parametrize(
    ("sent", "drip"),
    [
        (b"", b""),
        (b"GET / HT", b""),
        (b"GET / HTTP/1.1\r\nx: ", b"a"),
        (b"", b"\r\n"),
        (b"GET / HTTP/1.1\r\n\r\n", b"\r\n"),
        (b"GET / HTTP/1.1\r\n\r\nGET / HT", b""),
        (b"POST / HTTP/1.1\r\ncontent-length: 9999\r\n\r\n", b"a"),
    ],
    ids=["nothing", "a start", "a slow head", "lines", "lines after", "a start after", "a body"],
)
def test_who_does_not_come_to_an_end_is_hung_up_on(sent, drip):
    app = Application(at_once)
    with a_line(app) as line:
        line.sendall(sent)
        for _ in range(30):
            if app.gone.wait(0.1):
                break
            with suppress(OSError):
                line.sendall(drip)
        assert app.gone.is_set()


def test_an_answer_that_never_comes_is_not_waited_for():
    app = Application(never)
    with a_line(app) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert app.gone.wait(3)


def test_who_does_not_take_the_answer_is_hung_up_on():
    app = Application(much)
    with a_line(app) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert app.gone.wait(3)


def test_a_connection_may_rest_between_two_requests():
    app = Application(at_once)
    with a_line(app) as line:
        for _ in range(2):
            line.sendall(b"GET / HTTP/1.1\r\n\r\n")
            came = b""
            while not came.endswith(b"ok"):
                came += line.recv(4096)
            assert not app.gone.wait(0.9)


class Small(StrictProtocol):
    places = staticmethod(lambda: 3)


def test_when_all_places_are_taken_whoever_has_asked_for_nothing_leaves_first():
    with in_a_thread(Application(at_once), protocol=Small) as url, ExitStack() as stack:
        lines = [stack.enter_context(connected(url)) for _ in range(3)]
        lines[0].sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert lines[0].recv(4096)
        newest = stack.enter_context(connected(url))
        assert lines[1].recv(4096) == b""
        for line in (newest, lines[2]):
            line.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert line.recv(4096)


def test_bad_http_is_refused_as_everything_else_is():
    with in_a_thread(Application(at_once), protocol=Hasty) as url:
        came = talk(url, b"what?\r\n\r\n")
    assert came.startswith(b"HTTP/1.1 400 ")
    assert msgspec.json.decode(came.split(b"\r\n\r\n")[1], type=Refusal).reason == "bad_request"
