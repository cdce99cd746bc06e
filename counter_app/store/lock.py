"""One program at a time: a lock on a file of the profile, gone when whoever held it is gone."""

import os
import sys
from pathlib import Path
from typing import Final

from counter_app.errors import StoreLocked
from counter_app.store.trouble import disk_told

LOCK_NAME: Final = "desk.lock"

_NOTHING: Final = -1

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProfileLock:
    """Holds a profile for this program until it is released, or the program ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            StoreLocked: another program has it.
            StoreReadOnly: the folder cannot be written.
        """
        with disk_told():
            self._descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise StoreLocked from error

    def release(self) -> None:
        """Let others have the profile; a second time changes nothing."""
        held, self._descriptor = self._descriptor, _NOTHING
        if held != _NOTHING:  # by now the number may be that of another file
            os.close(held)
