"""Going on from a backup: everything that it holds, sent once more under a new epoch.

What has happened at the desk since is not in it, and the centre may know some of that already:
only under a new epoch can the two be told apart.
"""

import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import sqlalchemy as sa
from msgspec.structs import replace

from counter_app.domain.desk_profile import DeskProfile
from counter_app.errors import ProfileExists, StoreDamaged
from counter_app.i18n import _
from counter_app.keys.backup import put_slots
from counter_app.settings import STORE_NAME
from counter_app.store.backup import (
    Manifest,
    chain_end,
    check_whole,
    manifest_in,
    opened_backup,
    read_slots,
    sha256_of,
)
from counter_app.store.desk_profile import profile_of
from counter_app.store.epochs import begin_epoch, new_epoch
from counter_app.store.files import begin_file, discard, publish
from counter_app.store.lock import ProfileLock
from counter_app.store.own_forms import unpack_forms
from counter_app.store.scan_backup import lay_aside, unpack_scans
from counter_app.store.scans import ScanFiles, SpokenOf, spoken_of
from counter_app.store.schema import SCHEMA
from counter_app.store.store import Store, new_contents, open_locked
from counter_app.store.trouble import disk_told
from counter_app.store.unit_of_work import UnitOfWork

Settle = Callable[[UnitOfWork, DeskProfile], None]
"""What belongs to going on besides, in the same transaction; told the profile of then."""


def restore(
    file: Path,
    folder: Path,
    key: bytes,
    *,
    settle: Settle = lambda _uow, _profile: None,
    let_in: Callable[[], object] = lambda: None,
) -> Store:
    """Make a desk in `folder` of the backup `file`, whose store's key is `key`.

    There is a whole desk afterwards or none: the store gets its name last, and before that the
    same call begins anew. Key slots without a store are what is left of one that was lost, and
    give way. The slots of the backup come with it; on another PC the passwords open nothing
    until `let_in` has bound them to it. Which numbers paper bears that the backup does not
    know, only a person can say: the counters are as they were, but for what `settle` does.
    What `settle` raises leaves the folder as it was. Scans come with it as far as they are
    whole in the backup or beside it: one that is lost is found by `verify`, and stops nothing.
    Those of a lost store are laid aside in the folder, in “left-1”. The office's own law comes
    with it unless there is some in `folder`: see `own_forms`.

    Raises:
        ProfileExists: there is a desk in `folder` already.
        UnreadableFile: this is no backup.
        StoreDamaged: it is not what was backed up, or `key` is not its key.
        StoreTooNew: made by a newer release.
    """
    path = folder / STORE_NAME
    if _is_taken(folder):
        raise ProfileExists(place=folder)
    unfinished = begin_file(path)
    lock = ProfileLock(folder)
    try:
        with opened_backup(file) as packed:
            manifest = manifest_in(packed, file)
            with disk_told():
                _unpack(packed, unfinished, manifest)
        with new_contents(unfinished, key, SCHEMA) as connection:
            profile = _go_on(connection, manifest)
            scans = list(spoken_of(connection))
            settle(UnitOfWork(connection, profile), profile)
        _bring_back(file, manifest, ScanFiles(folder, key), scans)
        put_slots(folder, read_slots(file))
        let_in()
        publish(unfinished, path)
    except BaseException:
        discard(unfinished)
        lock.release()
        raise
    return open_locked(folder, key, lock, SCHEMA)


def _is_taken(folder: Path) -> bool:
    """Say whether there is a store in `folder`, or the latest of one whose file was taken away.

    What SQLite keeps beside a database would be read into any other that got its name.
    """
    return any((folder / name).exists() for name in (STORE_NAME, f"{STORE_NAME}-wal"))


def _unpack(packed: zipfile.ZipFile, unfinished: Path, manifest: Manifest) -> None:
    with packed.open(STORE_NAME) as source, unfinished.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    if sha256_of(unfinished) != manifest.sha256:
        raise StoreDamaged(reason=_("the backup is not what was written"))


def _bring_back(
    file: Path, manifest: Manifest, files: ScanFiles, scans: Sequence[SpokenOf]
) -> None:
    """Bring scans and law of a backup back, and lay aside the scans of a store that was lost."""
    folder = files.folder.parent
    left = lay_aside(folder)
    beside = [file.parent, *([left] if left else [])]
    with opened_backup(file) as packed:
        unpack_scans(packed, beside, files, scans)
        unpack_forms(packed, manifest.own_forms, folder)


def _go_on(connection: sa.Connection, manifest: Manifest) -> DeskProfile:
    """Begin another epoch in what was restored, and return the profile with it."""
    check_whole(connection)
    profile = profile_of(connection)
    end = chain_end(connection, profile.id, profile.epoch)
    if (profile.id, profile.epoch, *end) != (
        manifest.desk_id,
        manifest.epoch,
        manifest.seq,
        manifest.head,
    ):
        raise StoreDamaged(reason=_("the backup is of another desk than it says"))
    renewed = replace(profile, epoch=new_epoch())
    begin_epoch(connection, profile, renewed)
    return renewed
