"""Care of the store: backups in turn, and the proof that nothing was altered."""

from datetime import datetime, tzinfo
from pathlib import Path

from counter_app.desk import Desk
from counter_app.errors import UnwritableFile
from counter_app.i18n import _
from counter_app.settings import BACKUPS
from counter_app.store.backup import (
    BackupInfo,
    BackupSize,
    backup,
    backup_in_turn,
    backups,
    size_of_backup,
)
from counter_app.store.scans import spoken_of
from counter_app.store.verify import VerifyReport, verify


def back_up(desk: Desk, file: Path) -> BackupInfo:
    """Make a backup in `file`, open it again and reckon every hash in it.

    Raises:
        StoreDamaged: what would be backed up is not what was written.
        UnwritableFile, StoreFull, StoreReadOnly: the file cannot be written there.
    """
    if file.exists() and not file.is_file():  # or the backup takes the place of a device
        raise UnwritableFile(file=file, reason=_("there is no plain file there"))
    return backup(desk.store, file, taken_at=desk.clock.now())


def back_up_in_turn(desk: Desk) -> BackupInfo:
    """Make a backup among the hourly ones, and let go of those no longer needed.

    Raises:
        StoreDamaged: what would be backed up is not what was written.
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    made = backup_in_turn(desk.store, taken_at=desk.clock.now())
    _sweep(desk)  # the journal has just been proved
    return made


def size_of_next(desk: Desk) -> BackupSize:
    """Say beforehand how large a backup of the whole desk is going to be."""
    return size_of_backup(desk.store)


def last_backup(folder: Path, zone: tzinfo | None = None) -> datetime | None:
    """Return when the newest of the hourly backups in a profile was made; None is the PC's zone."""
    latest = next(iter(backups(folder / BACKUPS)), None)
    return datetime.fromtimestamp(latest.stat().st_mtime).astimezone(zone) if latest else None


def look_over(desk: Desk, *, rebuild: bool = False) -> VerifyReport:
    """Look at every page, hash, row and scan; with `rebuild` make the projections anew first.

    If nothing is wrong, scans go that a crash has left more than a day ago.
    """
    report = verify(desk.store, rebuild=rebuild)
    if not report.findings:
        _sweep(desk)
    return report


def _sweep(desk: Desk) -> None:
    with desk.store.read() as connection:
        kept = list(spoken_of(connection))
    desk.store.scans.sweep(kept)
