"""The scans in a backup, and beside those that the desk makes every hour.

A backup that somebody asks for carries all scans in its own file. The hourly ones share one
folder of them: a scan is sealed and never changes, so it stands there once, and takes no room of
its own where the disk lets two names have one file.
"""

import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app.keys.durable import make_folder, put, sync_folder
from counter_app.store.scans import FOLDER, ScanFiles, SpokenOf, State
from counter_app.store.trouble import disk_told

_PREFIX: Final = f"{FOLDER}/"


class Carried(Struct, frozen=True, kw_only=True):
    """Scans that went with a backup, their bytes, and how many are lost at the desk itself."""

    scans: int = 0
    size: int = 0
    lost: int = 0


def pack_scans(packed: zipfile.ZipFile, files: ScanFiles, spoken_of: Iterable[SpokenOf]) -> Carried:
    """Put the scans into a backup, each proved on the way; one that is lost stops nothing."""
    scans = size = lost = 0
    for each in spoken_of:
        path = files.path_of(each.sha256)
        if files.state_of(each.sha256) is not State.WHOLE:
            lost += 1
            continue
        packed.write(path, f"{_PREFIX}{path.stem}")
        scans, size = scans + 1, size + path.stat().st_size
    return Carried(scans=scans, size=size, lost=lost)


def share_scans(folder: Path, files: ScanFiles, spoken_of: Iterable[SpokenOf]) -> Carried:
    """See that all scans stand in the folder beside the hourly backups. Durable on return.

    Raises:
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    shared = ScanFiles.beside(folder, files)
    scans = size = lost = 0
    touched: set[Path] = set()
    for each in spoken_of:
        source, target = files.path_of(each.sha256), shared.path_of(each.sha256)
        if not source.exists():
            lost += 1
            continue
        if _is_behind(target, source):
            make_folder(target.parent, mode=0o700)
            _put_beside(source, target)
            touched.add(target.parent)
        scans, size = scans + 1, size + source.stat().st_size
    for parent in touched:  # once for all of it: a disk takes milliseconds for each
        sync_folder(parent)
    return Carried(scans=scans, size=size, lost=lost)


def unpack_scans(
    packed: zipfile.ZipFile,
    beside: Sequence[Path],
    files: ScanFiles,
    spoken_of: Iterable[SpokenOf],
) -> int:
    """Bring back what the journal speaks of, out of a backup or from folders beside it.

    Returns how many are whole nowhere. The names in the backup are not made paths of.

    Raises:
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    there = set(packed.namelist())
    shared = [ScanFiles.beside(folder, files) for folder in beside]
    lost = 0
    for each in spoken_of:
        for raw in _found(packed, there, files.name_of(each.sha256), shared):
            path = files.path_of(each.sha256)
            make_folder(path.parent, mode=0o700)
            put(path, raw)
            if files.state_of(each.sha256) is State.WHOLE:
                break
        else:
            lost += files.state_of(each.sha256) is not State.WHOLE
    return lost


def lay_aside(folder: Path) -> Path | None:
    """Move scans that lie in a profile without a store out of the way, and say where to.

    They are of a desk that was lost, and the backup may not know them all: nobody sweeps them.
    """
    there = folder / FOLDER
    if not there.exists():
        return None
    number = 1
    while (aside := folder / f"left-{number}").exists():
        number += 1
    make_folder(aside, mode=0o700)
    with disk_told():
        there.rename(aside / FOLDER)
    return aside


def _found(
    packed: zipfile.ZipFile, there: set[str], name: str, shared: Sequence[ScanFiles]
) -> Iterator[bytes]:
    """Return what may be a scan, likeliest first."""
    if f"{_PREFIX}{name}" in there:
        with suppress(zipfile.BadZipFile):  # told as lost, and no reason to lose the desk too
            yield packed.read(f"{_PREFIX}{name}")
    for files in shared:
        with suppress(OSError):
            yield files.place_of(name).read_bytes()


def _is_behind(target: Path, source: Path) -> bool:
    """Say whether a scan is not there yet, or was kept once more since: it may have been mended."""
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _put_beside(source: Path, target: Path) -> None:
    """Have a scan in both folders; its name there is durable only when the folder was synced."""
    unfinished = target.with_suffix(".new")
    with disk_told():
        unfinished.unlink(missing_ok=True)
        try:
            os.link(source, unfinished)
        except OSError:  # a disk, or a pair of disks, on which a file has but one name
            put(target, source.read_bytes())
        else:
            unfinished.replace(target)
