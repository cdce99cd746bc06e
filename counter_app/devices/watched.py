"""The folder into which a scanner's own software drops what it has scanned.

A scanner writes while somebody else looks: a file is offered when two looks in a row have found it
of the same size and age. What was taken goes from the folder only after it is safe elsewhere, and
only if it is still what was taken.
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app.errors import UnreadableFile

MOST: Final = 200
"""Files that are offered at once; the others come when these are taken."""

TAKEN: Final = "da-nhan"
"""The folder within, for what was taken and is not to be deleted."""

_UNFINISHED: Final = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download")
_HIDDEN: Final = (".", "~", "$")

_Stamp = tuple[int, int, int]


class Dropped(Struct, frozen=True, kw_only=True):
    """A file that a scanner is done with, as it was when it was last looked at."""

    path: Path
    size: int
    stamp: tuple[int, int, int]


class WatchedFolder:
    """Looks into one folder now and then; who looks says when, and touches no clock."""

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder
        self._before: Mapping[str, _Stamp] = {}
        self._taken: set[tuple[str, _Stamp]] = set()

    def look(self) -> tuple[Dropped, ...]:
        """Return the files that have not changed since the last look, oldest first.

        Raises:
            UnreadableFile: the folder is not there, or cannot be read.
        """
        try:
            now = {entry.name: stamp for entry in os.scandir(self.folder) if (stamp := _of(entry))}
        except OSError as error:
            raise UnreadableFile(file=self.folder, reason=error) from error
        still = [
            Dropped(path=self.folder / name, size=stamp[1], stamp=stamp)
            for name, stamp in now.items()
            if self._before.get(name) == stamp and (name, stamp) not in self._taken
        ]
        self._before = now
        return tuple(sorted(still, key=lambda each: (each.stamp[0], each.path.name))[:MOST])

    def done_with(self, file: Dropped, *, delete: bool) -> bool:
        """Have a file out of the way that is safe elsewhere, and say whether that is so.

        It is deleted, or laid aside within. One that has changed since stays, and is offered
        again. One that cannot be moved stays too, and is offered again only by a program that
        does not know: somebody has to be told.
        """
        self._taken.add((file.path.name, file.stamp))
        if not is_as_it_was(file):
            return True
        try:
            if delete:
                file.path.unlink()
            else:
                aside = self.folder / TAKEN
                aside.mkdir(exist_ok=True)
                file.path.rename(_free(aside, file.path.name))
        except OSError:  # it may be shared, or open in the scanner's own program
            return False
        return True


def is_as_it_was(file: Dropped) -> bool:
    """Say whether a file is still the one that was looked at: a scanner may add pages to it."""
    return _stamp_of(file.path) == file.stamp


def _of(entry: "os.DirEntry[str]") -> _Stamp | None:
    """Return when and how large a file is; None for what is none, or still being written."""
    if entry.name.startswith(_HIDDEN) or entry.name.casefold().endswith(_UNFINISHED):
        return None
    with suppress(OSError):  # gone meanwhile
        told = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(told.st_mode) and told.st_size:
            return told.st_mtime_ns, told.st_size, told.st_ino
    return None


def _stamp_of(path: Path) -> _Stamp | None:
    with suppress(OSError):
        told = path.lstat()
        return told.st_mtime_ns, told.st_size, told.st_ino
    return None


def _free(folder: Path, name: str) -> Path:
    """Return a name that nothing in the folder has."""
    path = folder / name
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{number}-{name}"
    return path
