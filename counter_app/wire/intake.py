"""Applications as they come in files."""

from pathlib import Path
from typing import Final

import msgspec

from counter_app.domain.intake import Intake
from counter_app.errors import UnreadableFile

_LARGEST: Final = 64 * 1024 * 1024
_decoder: Final = msgspec.json.Decoder(Intake)


def read_intake(path: Path) -> Intake:
    """Read an application from a JSON file.

    Raises:
        UnreadableFile: with the place that is wrong.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile(file=path, reason=f"{path.stat().st_size} bytes")
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file=path, reason=error.strerror or error) from error
    return decode_intake(raw, str(path))


def decode_intake(raw: bytes, name: str) -> Intake:
    """Return the application in `raw`; `name` is what an error calls the file.

    Raises:
        UnreadableFile: with the place that is wrong.
    """
    try:
        return _decoder.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFile(file=name, reason=error) from error
