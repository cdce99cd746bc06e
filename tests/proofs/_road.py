"""The road between a desk and the centre, in bad weather.

Whatever a network, a portal or a stranger on the way can do to a request or its answer is done
here by chance, and each number of a seed gives the same weather again.
"""

import asyncio
import socket
import struct
import threading
from collections import Counter
from contextlib import suppress
from random import Random

from tests.proofs._message import MOST, page, read_message
from tests.proofs._stranger import Stranger

ODDS = {
    "passed": 60,
    "lost": 6,
    "request cut": 5,
    "answer cut": 8,
    "sent twice": 5,
    "sent again later": 4,
    "reset": 4,
    "portal": 3,
    "answer of another": 4,
    "answer altered": 3,
    "answer forged": 4,
}
"""What happens to a request, and how often it happens beside the others."""

CALM = {"passed": 1}

_DELAYED = 0.1
_LONGEST = 0.2  # seconds
_A_WHILE = 0.3  # seconds until what was kept back comes after all
_A_MOMENT = 0.01  # seconds until what was hung up is closed
_TAPE = 200  # answers that are remembered, to be given for others
_PORTAL = (
    b"<!doctype html><title>Wi-Fi</title><h1>Xin ch\xc3\xa0o</h1><p>\xc4\x90\xc4\x83ng nh\xe1\xba"
    b"\xadp \xc4\x91\xe1\xbb\x83 d\xc3\xb9ng m\xe1\xba\xa1ng.</p>"
)


class Weather:
    """What happens to one request after the other; `seen` counts it."""

    def __init__(self, seed, odds):
        self.seen = Counter()
        self.odds = odds
        self._rng = Random(seed)

    def next(self):
        """Return what happens now, a number below 1 that says where, and the seconds it takes."""
        fault = self._rng.choices(list(self.odds), list(self.odds.values()))[0]
        delayed = self._rng.random() < _DELAYED and self.odds is not CALM
        self.seen[fault] += 1
        return fault, self._rng.random(), self._rng.uniform(0, _LONGEST) if delayed else 0


class Road:
    """A port on loopback, from which what desks ask comes to the centre's port or does not.

    `up` and `down` count the bytes. Roads that share a `tape` give each other's answers.
    """

    def __init__(self, port, seed, *, odds=ODDS, tape=None):
        self.weather = Weather(seed, odds)
        self.up = self.down = 0
        self._to = port
        self._tape = tape if tape is not None else []
        self._stranger = Stranger()
        self._later = set()

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MOST)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        return self

    def __exit__(self, *_exception):
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def url(self):
        """Where desks ask."""
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def lead_to(self, port):
        """Lead to another port from now on: the centre has been started again."""
        self._to = port

    async def _close(self):
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(_A_MOMENT)

    async def _serve(self, reader, writer):
        crossing = _Crossing(self, writer)
        try:
            while await crossing.pass_one(await read_message(reader)):
                pass
        except (OSError, EOFError, ValueError, asyncio.CancelledError):
            pass  # whoever stops in the middle, there is nobody left to tell
        finally:
            crossing.close()

    async def ask(self, message):
        """Return the centre's answer to `message`, over a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._to, limit=MOST)
        try:
            writer.write(message.raw)
            await writer.drain()
            answer = await read_message(reader)
        finally:
            writer.close()
        self.up += len(message.raw)
        self.down += len(answer.raw)
        return answer

    async def send_part(self, raw):
        """Send bytes to the centre and hang up."""
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", self._to)
            writer.write(raw)
            await writer.drain()
            writer.close()

    def send_later(self, message):
        """Have a request come to the centre once more, after those that follow it."""

        async def send():
            await asyncio.sleep(_A_WHILE)
            with suppress(OSError, EOFError, ValueError):
                await self.ask(message)

        task = self._loop.create_task(send())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    def remember(self, answer):
        """Keep an answer, to be given to another request."""
        self._tape.append(answer)
        del self._tape[:-_TAPE]

    def another(self, where):
        """Return an answer that somebody was given before, or None."""
        return self._tape[int(where * len(self._tape))] if self._tape else None

    def forge(self, request):
        """Return what a stranger would have the desk believe, or None."""
        return self._stranger.answer(request, self._tape[-1] if self._tape else None)


class _Crossing:
    """One desk's connection: passes one request after the other, until one breaks it."""

    def __init__(self, road, writer):
        self._road = road
        self._writer = writer

    async def pass_one(self, request):
        """Do to a request what chance says, and say whether the connection still stands."""
        road = self._road
        fault, where, delay = road.weather.next()
        await asyncio.sleep(delay)
        if fault == "lost":
            return False
        if fault == "request cut":
            await road.send_part(request.raw[: int(where * len(request.raw))])
            return False
        if fault == "portal":
            return await self._give(page(_PORTAL))
        if fault == "sent twice":
            await road.ask(request)
        if fault == "sent again later":
            road.send_later(request)
        if fault == "answer forged" and (forged := road.forge(request)):
            return await self._give(forged)
        return await self._answer(await road.ask(request), fault, where, request)

    async def _answer(self, answer, fault, where, request):
        road, other = self._road, self._road.another(where)
        road.remember(answer)
        if fault == "answer cut":
            self._writer.write(answer.raw[: int(where * len(answer.raw))])
            await self._writer.drain()
            return False
        if fault == "reset":
            self._reset()
            return False
        if fault == "answer of another" and other:
            return await self._give(other)
        if fault == "answer altered" and answer.body:
            return await self._give(altered(answer, where))
        return await self._give(answer)

    async def _give(self, answer):
        self._writer.write(answer.raw)
        await self._writer.drain()
        return "close" not in answer.header("connection").lower()

    def _reset(self):
        linger = struct.pack("ii", 1, 0)  # hang up at once: what is on its way is thrown away
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._writer.transport.abort()

    def close(self):
        """Hang up."""
        self._writer.close()


def altered(answer, where):
    """Return an answer with one bit changed, which no sum on the way has noticed."""
    body = bytearray(answer.body)
    body[int(where * len(body))] ^= 1 << int(where * 1000) % 8
    return answer._replace(body=bytes(body))
