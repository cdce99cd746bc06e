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
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(file=path, reason=f"> {LARGEST >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file=path, reason=error.strerror or error) from error


def read_piped(source: BinaryIO) -> bytes:
    """Return what is piped in.

    Raises:
        UnreadableFile: it is too long.
    """
    raw = source.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise UnreadableFile(file="-", reason=f"> {LARGEST >> 20} MiB")
    return raw
