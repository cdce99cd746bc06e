"""Small files that are there whole or not at all, whatever happens to the power."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from counter_app.errors import StoreFull, StoreReadOnly

_UNFINISHED: Final = ".new"
_LOCK_NAME: Final = "keys.lock"
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY: Final = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def actionable() -> Iterator[None]:
    """Turn a full disk or a folder that cannot be written into an error that says what to do.

    Raises:
        StoreFull: the disk is full.
        StoreReadOnly: the file or its folder cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StoreFull from error
        if error.errno in _READ_ONLY:
            raise StoreReadOnly from error
        raise


def put(path: Path, content: bytes) -> None:
    """Replace the file at `path`, readable by its owner only. It is on the disk on return.

    Raises:
        StoreFull: the disk is full; the old content is still there.
        StoreReadOnly: the folder cannot be written.
    """
    unfinished = path.with_name(path.name + _UNFINISHED)
    with actionable():
        unfinished.unlink(missing_ok=True)  # what a crash left may have another owner or mode
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        move(unfinished, path)


def move(source: Path, target: Path) -> None:
    """Give a file another name in its folder, replacing what bore it. Durable on return."""
    with actionable():
        source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk on return; for many files this is done once."""
    with actionable():
        _sync_folder(folder)


def make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder, and those above it that are missing. Durable on return.

    A file that is synced is lost all the same if the folder that it stands in was not.

    Raises:
        StoreFull: the disk is full.
        StoreReadOnly: the folder cannot be made there.
    """
    with actionable():
        if folder.is_dir():
            return
        make_folder(folder.parent)
        folder.mkdir(mode=mode, exist_ok=True)
        _sync_folder(folder.parent)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other program or thread change the slots meanwhile; wait for one that does.

    Raises:
        StoreReadOnly: the folder cannot be written.
    """
    with actionable():
        descriptor = os.open(folder / _LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for_lock(descriptor)
        yield
    finally:
        os.close(descriptor)  # and with it goes the lock


if sys.platform == "win32":
    import msvcrt

    _BINARY: Final = os.O_BINARY

    def _sync_folder(folder: Path) -> None:
        """Do nothing: Windows opens no folder for writing, and NTFS journals the new name."""

    def _wait_for_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    _BINARY: Final = 0

    def _sync_folder(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _wait_for_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
