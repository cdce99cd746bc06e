"""Whatever answers in the centre's place is never believed, and nothing is lost by it."""

import gzip
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter_app import __version__
from counter_app.errors import (
    CentreNotTrusted,
    CentreUnreachable,
    CertificateNotInForce,
    ClockWrong,
    UnsafeAddress,
)
from counter_app.services.status import desk_status
from counter_app.sync import enrolling
from counter_app.sync.address import checked_address
from counter_app.sync.client import client_for
from counter_app.sync.exchange import exchange
from counter_app.sync.line import LARGEST_ANSWER
from counter_app.sync.push import push_all, take
from counter_app.wire.signing import SigningKey
from tests.office import MONDAY, is_sound, kinds, register
from tests.sync.fake_centre import Answer, FakeCentre, serving
from tests.sync.pki import Authority

YEAR = timedelta(days=365)


def all_waits(desk):
    return desk_status(desk).unsent == len(kinds(desk)) and is_sound(desk)


def html(_answer):
    return Answer(200, {"content-type": "text/html"}, b"<html>Please log in to the network</html>")


def unsigned(answer):
    return replace(answer, headers={"content-type": "application/json"})


def redirect(answer):
    return Answer(302, {"location": "https://example.vn/"}, b"")


def other_key(answer):
    from counter_app.wire.envelope import SIGNATURE_HEADER

    return replace(answer, headers=answer.headers | {SIGNATURE_HEADER: "A" * 86 + "=="})


def other_status(answer):
    return replace(answer, status=201)


def one_byte_more(answer):
    return replace(answer, body=answer.body + b" ")


def without_end(_answer):
    return Answer(200, {"content-length": str(1 << 30)}, bytes(LARGEST_ANSWER + 1), cut_at=1 << 30)


def bomb(answer):
    packed = gzip.compress(bytes(1 << 26))
    return replace(answer, headers=answer.headers | {"content-encoding": "gzip"}, body=packed)


def unavailable(_answer):
    return Answer(502, {"content-type": "text/html"}, b"Bad gateway")


@pytest.mark.parametrize(
    "twist",
    [
        html, unsigned, redirect, other_key, other_status, one_byte_more, without_end, bomb,
        unavailable,
    ],
    ids=lambda twist: twist.__name__,
)  # fmt: skip
def test_what_the_centre_has_not_signed_is_no_acknowledgement(enrolled, client, centre, twist):
    register(enrolled)
    centre.twist = twist
    with pytest.raises(CentreNotTrusted):
        push_all(enrolled, client)
    assert all_waits(enrolled)
    centre.twist = None
    push_all(enrolled, client)
    assert desk_status(enrolled).unsent == 0


def test_an_answer_to_another_question_is_no_answer(enrolled, client, centre):
    kept = []
    centre.twist = lambda answer: kept.append(answer) or answer
    push_all(enrolled, client)
    register(enrolled)
    before = desk_status(enrolled).unsent
    centre.twist = lambda _answer: kept[0]
    with pytest.raises(CentreNotTrusted):
        push_all(enrolled, client)
    assert desk_status(enrolled).unsent == before == 1


@pytest.mark.parametrize("size", [0, 1, 50])
def test_an_answer_that_was_cut_is_none(enrolled, client, centre, size):
    register(enrolled)
    centre.twist = lambda answer: replace(
        answer,
        headers=answer.headers | {"content-length": str(len(answer.body))},
        cut_at=size,
    )
    with pytest.raises(CentreUnreachable):
        push_all(enrolled, client)
    assert all_waits(enrolled)


def test_a_centre_that_hangs_up_without_a_word_is_not_there(enrolled, client, centre):
    centre.twist = lambda _answer: None
    with pytest.raises(CentreUnreachable) as told:
        push_all(enrolled, client)
    assert not isinstance(told.value, CentreNotTrusted)
    assert all_waits(enrolled)


@contextmanager
def a_listener(say):
    """Lend a port at which somebody says these bytes, whatever was asked, and hangs up."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        with server:
            while True:
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(5)
                    connection.recv(65536)
                    connection.sendall(say)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n", b"\0" * 99],
)
def test_who_speaks_no_http_is_not_the_centre(enrolled, said):
    with a_listener(said) as port:
        moved(enrolled, f"http://127.0.0.1:{port}")
        client = client_for(enrolled)
        with pytest.raises(CentreUnreachable):
            push_all(enrolled, client)
        client.close()
    assert all_waits(enrolled)


def moved(desk, url, authority=""):
    from msgspec.structs import replace

    with desk.store.begin() as uow:
        uow.move_centre(replace(desk.profile.centre, url=url, authority=authority))


def test_where_nobody_listens_is_no_centre_and_that_is_remembered(enrolled, clock):
    moved(enrolled, "http://127.0.0.1:9")
    client = client_for(enrolled)
    with pytest.raises(CentreUnreachable):
        exchange(enrolled, client)
    client.close()
    status = desk_status(enrolled)
    assert (status.trouble, status.trouble_at) == ("CentreUnreachable", MONDAY)
    assert all_waits(enrolled)


def test_a_closed_client_says_so(enrolled, client):
    client.close()
    with pytest.raises(CentreUnreachable):
        push_all(enrolled, client)


@pytest.mark.timeout(20)
def test_hanging_up_ends_what_is_under_way_at_once(enrolled):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        moved(enrolled, f"http://127.0.0.1:{silent.getsockname()[1]}")
        client, told = client_for(enrolled), []

        def wait():
            with pytest.raises(CentreUnreachable) as ended:
                client.push(take(enrolled))
            told.append(ended)

        thread = threading.Thread(target=wait)
        thread.start()
        asked, _address = silent.accept()
        with asked:
            assert asked.recv(65536)
            client.close()
            thread.join(10)
    assert len(told) == 1


def test_a_request_says_who_asks_and_what_time_it_is_there(enrolled, client, centre):
    push_all(enrolled, client)
    headers = centre.requests[-1].headers
    assert headers["user-agent"] == f"counter-app/{__version__}"
    assert datetime.fromisoformat(headers["counter-time"]) == MONDAY
    assert headers["accept-encoding"] == "identity"
    assert headers["counter-desk"] == str(enrolled.profile.id)


def test_no_proxy_of_the_environment_is_used(enrolled, client, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    again = client_for(enrolled)
    push_all(enrolled, again)
    again.close()


# TLS


@pytest.fixture
def tls(enrolled, centre, authority, tmp_path):
    """Have the centre answer over TLS; say how its certificate is, and get a client."""
    opened = []

    @contextmanager
    def tls(*, trusted=authority, vouching=authority, **certificate):
        file = vouching.vouch(tmp_path, **certificate)
        with serving(centre, file) as url:
            moved(enrolled, url, trusted.pem)
            client = client_for(enrolled)
            opened.append(client)
            yield client

    yield tls
    for client in opened:
        client.close()


def test_the_pinned_authority_is_believed(enrolled, tls):
    with tls() as client:
        push_all(enrolled, client)
    assert desk_status(enrolled).unsent == 0


def test_no_other_authority_is(enrolled, tls):
    with tls(trusted=Authority("Khác")) as client, pytest.raises(CentreNotTrusted):
        push_all(enrolled, client)
    assert all_waits(enrolled)


def test_a_certificate_of_another_host_is_refused(enrolled, tls, tmp_path, authority, centre):
    file = authority.vouch(tmp_path, host="tracuu.example.vn")
    with serving(centre, file) as url:
        moved(enrolled, url, authority.pem)
        client = client_for(enrolled)
        with pytest.raises(CentreNotTrusted) as told:
            push_all(enrolled, client)
        client.close()
    assert type(told.value) is CentreNotTrusted
    assert all_waits(enrolled)


def test_who_has_a_good_certificate_is_still_not_the_centre(enrolled, tls, centre):
    with tls() as client:
        centre.key = SigningKey.generate()
        with pytest.raises(CentreNotTrusted):
            push_all(enrolled, client)
    assert all_waits(enrolled)


def test_a_wrong_clock_of_the_pc_is_named_by_the_centres_own_word(enrolled, tls, centre):
    centre.now = MONDAY + timedelta(days=400)
    long_ago = datetime.now(UTC) - YEAR
    with tls(begin=long_ago - YEAR, end=long_ago) as client, pytest.raises(ClockWrong) as told:
        push_all(enrolled, client)
    assert "09:30 28/12/2027" in str(told.value)
    assert all_waits(enrolled)
    assert not any(request.path.endswith("push") for request in centre.requests)


def test_a_certificate_that_has_run_out_is_named_when_the_clock_is_right(enrolled, tls):
    soon = datetime.now(UTC) + timedelta(days=1)
    with (
        tls(begin=soon, end=soon + YEAR) as client,
        pytest.raises(CertificateNotInForce) as told,
    ):
        push_all(enrolled, client)
    assert "09:30 23/11/2026" in str(told.value)


def test_what_time_it_is_is_believed_from_the_centre_only(enrolled, tls, centre):
    centre.now = MONDAY + timedelta(days=400)
    centre.key = SigningKey.generate()
    long_ago = datetime.now(UTC) - YEAR
    with tls(begin=long_ago - YEAR, end=long_ago) as client, pytest.raises(CertificateNotInForce):
        push_all(enrolled, client)


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]:8080/centre/",
        "http://127.8.9.1",
    ],
)
def test_on_this_pc_http_will_do(url):
    assert checked_address(url, "") == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.vn",
        "http://10.0.0.1",
        "http://127.0.0.1.example.vn",
        "http://localhost@example.vn",
        "https://example.vn",
        "ftp://127.0.0.1",
        "127.0.0.1:8080",
        "",
        "http://",
        "http://127.0.0.1:99999",
        "http://127.0.0.1/?a=b",
        "http://127.0.0.1/#a",
        "http://127.0.0.1/ x",
        "http://[::1",
        "https://" + "a" * 300,
    ],
)
def test_over_what_others_could_read_nothing_is_sent(url):
    with pytest.raises(UnsafeAddress):
        checked_address(url, "")


@pytest.mark.parametrize("pem", ["x", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----"])
def test_what_is_no_certificate_vouches_for_nobody(pem):
    with pytest.raises(UnsafeAddress):
        checked_address("https://example.vn", pem)


def test_behind_a_prefix_the_whole_path_is_signed(desk, centre, url):
    met = enrolling.meet(desk, f"{url}/mot-cua", centre.code)
    enrolling.enrol(desk, met)
    client = client_for(desk)
    push_all(desk, client)
    client.close()
    assert centre.requests[-1].path == "/mot-cua/v1/push"


def test_another_centre_is_not_ours_whoever_it_is(enrolled, client, centre):
    other = FakeCentre()
    centre.key, centre.certificate = other.key, other.certificate
    with pytest.raises(CentreNotTrusted):
        push_all(enrolled, client)
