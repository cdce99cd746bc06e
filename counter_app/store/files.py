"""The files of a store: made whole under another name, and only then given their own."""

import os
from pathlib import Path
from typing import Any, Final

from counter_app.errors import StoreFull
from counter_app.keys.durable import make_folder, move
from counter_app.store.engine import connect
from counter_app.store.trouble import disk_told, told

_BESIDE: Final = ("", "-wal", "-shm", "-journal")


def begin_file(path: Path) -> Path:
    """Return the name under which to make the file `path`: empty yet, and for its owner only.

    Raises:
        StoreFull, StoreReadOnly: the folder cannot be written.
    """
    unfinished = path.with_name(path.name + ".new")
    with disk_told():
        make_folder(path.parent, mode=0o700)
        discard(unfinished)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return unfinished


def publish(unfinished: Path, path: Path) -> None:
    """Give a finished and closed file its name. Durable on return.

    Raises:
        StoreFull: the disk was too full for a database to become one file when it was closed.
        StoreReadOnly: the folder cannot be written.
    """
    if unfinished.with_name(f"{unfinished.name}-wal").exists():
        raise StoreFull  # the last of it would stay behind
    with disk_told():
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        move(unfinished, path)


def discard(path: Path) -> None:
    """Remove a file that was not finished, with what SQLite keeps beside a database."""
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def copy_database(raw: Any, path: Path, key: bytes) -> None:
    """Copy what the connection `raw` shows into a database of its own, while others write.

    It is one file, with nothing beside it, and durable on return.
    """
    unfinished = begin_file(path)
    with told():
        target = connect(unfinished, key)
        try:
            raw.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
    publish(unfinished, path)
