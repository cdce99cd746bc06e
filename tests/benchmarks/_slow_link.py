"""A rural link on loopback: slow, and with a long way to the other end."""

import asyncio
import threading

UP = 64_000
DOWN = 128_000
"""Bits a second, each way."""

ROUND_TRIP = 0.6
"""Seconds to the other end and back."""

_PACKET = 1200  # bytes of what is sent
_HEAD = 52  # bytes that each packet has besides


class SlowLink:
    """Leads from a port of its own to `port`; loses nothing, but takes its time."""

    def __init__(self, port):
        self._to = port
        self.up = self.down = 0

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        return self

    def __exit__(self, *_exception):
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def url(self):
        """Where the link begins."""
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _close(self):
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader, writer):
        await asyncio.sleep(ROUND_TRIP)  # until the connection stands
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        await asyncio.gather(
            self._carry(reader, far_writer, UP, "up"),
            self._carry(far_reader, writer, DOWN, "down"),
        )

    async def _carry(self, reader, writer, rate, way):
        """Give on what comes, each packet after the one before and half a round trip later."""
        packets = asyncio.Queue()
        giving = asyncio.ensure_future(_give(packets, writer))
        loop = asyncio.get_running_loop()
        free = loop.time()
        while packet := await reader.read(_PACKET):
            size = len(packet) + _HEAD
            setattr(self, way, getattr(self, way) + size)
            free = max(free, loop.time()) + size * 8 / rate
            packets.put_nowait((free + ROUND_TRIP / 2, packet))
        packets.put_nowait((free + ROUND_TRIP / 2, b""))
        await giving


async def _give(packets, writer):
    while True:
        at, packet = await packets.get()
        await asyncio.sleep(max(0, at - asyncio.get_running_loop().time()))
        if not packet:
            writer.close()
            return
        writer.write(packet)
