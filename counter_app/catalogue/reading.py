"""Reading one file of law: its bytes, what they say, and the place where they say it wrongly."""

from pathlib import Path
from typing import Final, TypeVar

import msgspec

from counter_app.domain.form_file import FormFile
from counter_app.domain.text import nfc
from counter_app.errors import InvalidForm

F = TypeVar("F", bound=FormFile)

LARGEST: Final = 16 * 1024 * 1024
"""Bytes; a longer file is no file of law."""


def read_bytes(path: Path) -> bytes:
    """Return what is in a file.

    Raises:
        InvalidForm: it cannot be read, or is too long.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)  # and not by its size: what a device holds has no end
    except OSError as error:
        raise InvalidForm(file=name_of(path), reason=error) from error
    if len(raw) > LARGEST:
        raise InvalidForm(file=name_of(path), reason=f"> {LARGEST >> 20} MiB")
    return raw


def decode_form(raw: bytes, kind: type[F], file: str) -> F:
    """Return what the bytes of a file say.

    Raises:
        InvalidForm: with the file and the place that is wrong, as in "$.fee[2].amount".
    """
    try:
        return msgspec.toml.decode(nfc(raw.decode("utf-8-sig")), type=kind)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise InvalidForm(file=file, reason=error) from error


def read_form(path: Path, kind: type[F]) -> F:
    """Return what a file says.

    Raises:
        InvalidForm: it cannot be read, or is not as it should be.
    """
    return decode_form(read_bytes(path), kind, name_of(path))


def name_of(path: Path) -> str:
    """Return how a file is called in messages: with its folder, as in "rules/calendar.toml"."""
    return f"{path.parent.name}/{path.name}"
