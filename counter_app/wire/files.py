"""Files that are given to the program: read whole, if that is no unreasonable length."""

from pathlib import Path
from typing import BinaryIO, Final

from counter_app.errors import UnreadableFile

LARGEST: Final = 64 * 1024 * 1024
"""Bytes; a longer file is not read."""


def read_whole(path: Path) -> bytes:
    """Return what the file at `path` holds.

    Raises:
        UnreadableFile: it is not there, cannot be read, or is too long.
    """
    try:
        with path.open("rb") as file:
            return read_piped(file, name=path)
    except OSError as error:
        raise UnreadableFile(file=path, reason=error) from error


def read_piped(source: BinaryIO, *, name: Path | str = "-") -> bytes:
    """Return what is piped in.

    Raises:
        UnreadableFile: it is too long.
    """
    raw = source.read(LARGEST + 1)  # and not by its size: what a device holds has no end
    if len(raw) > LARGEST:
        raise UnreadableFile(file=name, reason=f"> {LARGEST >> 20} MiB")
    return raw
