"""Care of the store: backups in turn, and the proof that nothing was altered."""

from datetime import datetime
from pathlib import Path
from typing import Final

from counter_app.desk import Desk
from counter_app.store.backup import ENDING, BackupInfo, backup, backup_in_turn
from counter_app.store.verify import VerifyReport, verify

BACKUPS: Final = "backups"
"""The folder in the profile where the hourly backups are; an office copies it elsewhere."""


def back_up(desk: Desk, file: Path) -> BackupInfo:
    """Make a backup in `file`, open it again and reckon every hash in it.

    Raises:
        StoreDamaged: what would be backed up is not what was written.
        StoreFull, StoreReadOnly: the file cannot be written there.
    """
    return backup(desk.store, file, taken_at=desk.clock.now())


def back_up_in_turn(desk: Desk) -> BackupInfo:
    """Make a backup among the hourly ones, and let go of those no longer needed.

    Raises:
        StoreDamaged: what would be backed up is not what was written.
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    folder = desk.store.folder / BACKUPS
    folder.mkdir(exist_ok=True)
    return backup_in_turn(desk.store, folder, taken_at=desk.clock.now())


def last_backup(folder: Path) -> datetime | None:
    """Return when the newest of the hourly backups in a profile was made, in the PC's time."""
    files = (folder / BACKUPS).glob(f"desk-*{ENDING}")
    newest = max((file.stat().st_mtime for file in files), default=None)
    return None if newest is None else datetime.fromtimestamp(newest).astimezone()


def look_over(desk: Desk, *, rebuild: bool = False) -> VerifyReport:
    """Look at every page, hash and row; with `rebuild` make the projections anew first."""
    return verify(desk.store, rebuild=rebuild)
