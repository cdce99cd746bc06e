"""What the road does to what is sent over it: a proof is worth what its weather is."""

import http.server
import threading

import httpx
import pytest

from tests.proofs._road import CALM, ODDS, Road, Weather

ANSWER = b'{"stored": 1}'


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers everybody, and keeps what came."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["content-length"]))
        if len(raw) == int(self.headers["content-length"]):
            self.server.came.append(raw)
        self.send_response(200)
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_arguments):
        """Say nothing."""


class Centre(http.server.ThreadingHTTPServer):
    """Does not mind that somebody hangs up."""

    def handle_error(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def centre():
    """Somebody who answers at the end of the road."""
    server = Centre(("127.0.0.1", 0), Echo)
    server.came = []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def road(centre):
    """Lend a road on which the same always happens: `road(fault)`."""
    opened = []

    def road(fault, seed=1):
        odds = CALM if fault == "passed" else {fault: 1, "passed": 0}
        opened.append(Road(centre.server_port, seed, odds=odds))
        return opened[-1].__enter__()

    yield road
    for one in opened:
        one.__exit__()


def ask(road, client=httpx):
    """Return what comes back, or the error's name."""
    try:
        return client.post(f"{road.url}/v1/push", content=b"x" * 1000).content
    except httpx.TransportError as error:
        return type(error).__name__


def test_a_calm_road_passes_all_on_over_one_connection(centre, road):
    calm = road("passed")
    with httpx.Client() as client:
        assert [ask(calm, client) for _ in range(3)] == [ANSWER] * 3
    assert centre.came == [b"x" * 1000] * 3
    assert calm.weather.seen == {"passed": 3}
    assert calm.up > 3 * 1000


@pytest.mark.parametrize(("fault", "comes"), [("lost", 0), ("request cut", 0), ("reset", 1)])
def test_nothing_comes_back(centre, road, fault, comes):
    assert ask(road(fault)) in {"RemoteProtocolError", "ReadError"}
    assert len(centre.came) == comes


def test_an_answer_is_cut_after_the_request_has_come(centre, road):
    assert ask(road("answer cut")) == "RemoteProtocolError"
    assert len(centre.came) == 1


def test_a_request_comes_twice(centre, road):
    assert ask(road("sent twice")) == ANSWER
    assert len(centre.came) == 2


def test_a_request_comes_once_more_after_others(centre, road, qtbot):
    again = road("sent again later")
    assert ask(again) == ANSWER
    again.weather.odds = CALM
    assert ask(again) == ANSWER
    qtbot.waitUntil(lambda: len(centre.came) == 3)


def test_a_portal_answers_with_a_page_and_passes_nothing_on(centre, road):
    assert b"<h1>" in ask(road("portal"))
    assert centre.came == []


def test_an_answer_is_altered_in_one_bit(centre, road):
    given = ask(road("answer altered"))
    assert given != ANSWER
    assert sum((a ^ b).bit_count() for a, b in zip(given, ANSWER, strict=True)) == 1


def test_the_same_seed_makes_the_same_weather():
    def days(seed):
        weather = Weather(seed, ODDS)
        return [weather.next() for _ in range(100)]

    assert days("1 north") == days("1 north") != days("1 south")
    assert {fault for fault, _where, _delay in days(7) + days(8)} == set(ODDS)
