"""What is written down for the support: where a bug happened, never with whom.

A traceback's own words may hold what an officer has typed. So only places in the program and
names of error classes are kept, and nothing is logged that was read from a field.
"""

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app import __version__, assets

FOLDER: Final = "logs"
_FILE: Final = "window.log"
_BYTES: Final = 1_000_000
_KEPT: Final = 9
_ROOT: Final = str(assets.RESOURCES.parent)

log: Final = logging.getLogger("counter_app.window")


class Incident(Struct, frozen=True, kw_only=True):
    """One bug: its number, which the officer can read out, and where it happened."""

    code: str
    kind: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        """Return what can be sent to the support as it is."""
        head = f"{self.code} · counter-app {__version__} · {sys.platform} · {self.kind}"
        return "\n".join((head, *self.places))


def incident_of(error: BaseException) -> Incident:
    """Return what may be said of `error`: no values, no message."""
    chain: list[str] = []
    known: BaseException | None = error
    while known is not None:
        chain.append(f"{type(known).__module__}.{type(known).__qualname__}")
        frames = traceback.extract_tb(known.__traceback__)
        chain += [f"  {_short(f.filename)}:{f.lineno} {f.name}" for f in frames]
        known = known.__cause__ or known.__context__
    code = os.urandom(2).hex().upper()  # to be read out, not to be kept secret
    return Incident(code=code, kind=type(error).__qualname__, places=tuple(chain))


def keep_log(folder: Path) -> None:
    """Write the log into the profile: ten files of a megabyte; nowhere if none can be written."""
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    log.setLevel(logging.INFO)
    log.propagate = False
    log.disabled = False  # a library that configures logging switches all others off
    log.addHandler(_handler(folder / FOLDER))


def _handler(place: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # half the network comes with it

    try:
        place.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            place / _FILE, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8"
        )
    except OSError:  # that the disk cannot be written is said where somebody works
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler


def _short(path: str) -> str:
    """Return where in the program or a library; a home folder may bear somebody's name."""
    if path.startswith(_ROOT):
        return path.removeprefix(_ROOT).lstrip("/\\")
    return "/".join(Path(path).parts[-3:])
