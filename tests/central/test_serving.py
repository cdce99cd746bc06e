"""Serving: where it listens, what it logs, and how what has begun is ended."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from counter_app.central.serving import in_background, listening
from counter_app.errors import AddressUnusable


class SlowApp:
    """Answers when it is told to; `asked` tells that a request has come."""

    def __init__(self):
        self.asked = threading.Event()
        self.may_answer = threading.Event()

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        self.asked.set()
        if scope["path"] == "/slow":
            self.may_answer.wait(20)
        headers = [(b"content-length", b"4")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"done"})

    async def _live(self, receive, send):
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def test_what_has_begun_is_ended_before_the_server_stops():
    app = SlowApp()
    with ThreadPoolExecutor(2) as threads:
        with in_background(app) as url:
            answer = threads.submit(httpx.get, f"{url}/slow", timeout=20, trust_env=False)
            app.asked.wait(20)
            threads.submit(app.may_answer.set)
        assert answer.result().text == "done"
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


def test_no_address_that_was_asked_for_is_logged(caplog):
    caplog.set_level("DEBUG", "uvicorn")
    with in_background(SlowApp()) as url:
        httpx.get(f"{url}/T/12345", trust_env=False)
    ours = [record.getMessage() for record in caplog.records if record.name != "httpx"]
    assert [message for message in ours if "12345" in message] == []
    assert any("Finished server process" in message for message in ours)


def test_the_server_does_not_say_what_it_is():
    with in_background(SlowApp()) as url:
        assert "server" not in httpx.get(url, trust_env=False).headers


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "http://127.0.0.1:"), ("0.0.0.0", "http://127.0.0.1:")]
)
def test_the_url_can_be_opened_on_this_pc(host, shown):
    with listening(host, 0) as listener:
        assert listener.url.startswith(shown)
        assert not listener.url.endswith(":0")


def test_an_address_of_the_sixth_version_is_shown_in_brackets():
    if not socket.has_ipv6:
        pytest.skip("this PC has no IPv6")
    try:
        with listening("::1", 0) as listener:
            assert listener.url.startswith("http://[::1]:")
    except AddressUnusable:
        pytest.skip("this PC has no IPv6")


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_of_another_pc_is_told(host):
    with pytest.raises(AddressUnusable, match=host), listening(host, 0):
        pass
