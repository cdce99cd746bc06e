"""Requests and answers as they go over the line, byte by byte."""

import asyncio
from typing import NamedTuple

MOST = 1 << 20
"""Bytes of a head, at most."""


class Message(NamedTuple):
    """A request or an answer: its head to the blank line, and what follows."""

    head: bytes
    body: bytes

    @property
    def raw(self):
        """The bytes as they go over the line."""
        return self.head + self.body

    @property
    def status(self):
        """An answer's number."""
        return int(self.head.split(b" ", 2)[1])

    def header(self, name):
        """Return what a header says, or ""."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _colon, value = line.partition(b":")
            if key.strip().lower() == name.encode():
                return value.strip().decode()
        return ""


def page(body):
    """Return a page as a portal gives it, whatever was asked for."""
    head = f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {len(body)}\r\n\r\n"
    return Message(head.encode(), body)


async def read_message(reader):
    """Return the next request or answer.

    Raises:
        EOFError: it stops in the middle.
        ValueError: it is none.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as error:
        raise ValueError("this is no head of a message") from error
    message = Message(head, b"")
    if message.header("transfer-encoding"):
        raise ValueError("nobody here sends without saying how much")
    size = int(message.header("content-length") or 0)
    if head.startswith(b"HTTP/") and message.status in {204, 304}:
        size = 0  # whatever it says: nothing follows
    return message._replace(body=await reader.readexactly(size))
