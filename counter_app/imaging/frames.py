"""How two programs talk over a pipe: a length of four bytes, then so many bytes.

With the few words that both have for what can be the matter.
"""

from typing import BinaryIO, Final

DAMAGED: Final = "damaged"
HEAVY: Final = "heavy"
DOTS: Final = "dots"
PAGES: Final = "pages"

_LENGTH: Final = 4


class Refused(Exception):
    """What was given is not opened: in one of the words above, why."""

    def __init__(self, why: str, **values: int) -> None:
        super().__init__(why)
        self.said = {"error": why, **values}


def write_frame(pipe: BinaryIO, content: bytes) -> None:
    """Say something."""
    pipe.write(len(content).to_bytes(_LENGTH) + content)


def read_frame(pipe: BinaryIO, most: int) -> bytes:
    """Hear something of at most so many bytes.

    Raises:
        EOFError: the other has stopped, or says more than that.
    """
    head = pipe.read(_LENGTH)
    length = int.from_bytes(head)
    if len(head) < _LENGTH or length > most:
        raise EOFError
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
