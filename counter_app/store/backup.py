"""A backup: one file that holds the whole desk, proved when it is made and when it is used.

It is an uncompressed zip of the encrypted database, the key slots, a manifest, the scans, and in
the clear the office's own law and settings. With the recovery key it opens on any PC.
"""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from counter_app.errors import StoreDamaged, StoreTooNew, UnreadableFile, UnwritableFile
from counter_app.i18n import _
from counter_app.keys.backup import slots_for_backup
from counter_app.settings import BACKUPS, STORE_NAME, Settings, on_another_pc
from counter_app.settings import load as load_settings
from counter_app.store.engine import driver, reader_engine
from counter_app.store.files import begin_file, copy_database, discard, publish
from counter_app.store.own_forms import (
    CarriedForm,
    CarriedForms,
    FormsBroughtBack,
    compare_forms,
    own_forms,
    pack_forms,
)
from counter_app.store.scan_backup import Carried, pack_scans, share_scans
from counter_app.store.scans import SpokenOf, spoken_of
from counter_app.store.schema import SCHEMA
from counter_app.store.store import Store
from counter_app.store.trouble import disk_told, told
from counter_app.store.verify import journal_troubles
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START

ENDING: Final = ".backup"
HOURLY_KEPT: Final = 24
DAILY_KEPT: Final = 14

_FORMAT: Final = 1
_SLOTS: Final = "keys.json"
_MANIFEST: Final = "manifest.json"
_SETTINGS: Final = "settings.json"
_ENCRYPTED: Final = 1  # among the flags of a part: by zip's own cipher
_STAMP: Final = "%Y%m%d-%H%M%S"


_Kept = tuple[Store, Sequence[SpokenOf]]


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup says of itself: whose it is, up to which row of the chain, and its hash.

    `scans` stand in it or, with `scans_beside`, in the folder beside it; `scans_lost` were lost
    at the desk already. `forms` are the office's own law; `forms_left_out` could not be read.
    """

    format: int = _FORMAT
    schema: int
    desk_id: UUID
    epoch: int
    seq: int
    head: bytes
    sha256: str
    taken_at: datetime
    scans: int = 0
    scans_lost: int = 0
    scans_beside: bool = False
    forms: tuple[CarriedForm, ...] = ()
    forms_left_out: tuple[str, ...] = ()

    @property
    def own_forms(self) -> CarriedForms:
        """The office's own law that is in the backup, and of when."""
        return CarriedForms(files=self.forms, taken_at=self.taken_at)


class BackupSize(Struct, frozen=True, kw_only=True):
    """How large a backup is going to be, in bytes, and how much of that are scans."""

    size: int
    scans: int
    scans_size: int


class BackupInfo(Struct, frozen=True, kw_only=True):
    """A backup that has been made and proved; `size` in bytes."""

    file: Path
    manifest: Manifest
    size: int


def size_of_backup(store: Store) -> BackupSize:
    """Say beforehand how large a backup is going to be, but for what is written meanwhile."""
    with store.read() as connection:
        kept = [store.scans.path_of(each.sha256) for each in spoken_of(connection)]
    with disk_told():
        sizes = [path.stat().st_size for path in kept if path.exists()]
        whole = store.path.stat().st_size + sum(sizes)
    return BackupSize(size=whole, scans=len(sizes), scans_size=sum(sizes))


def backup(
    store: Store, destination: Path, *, taken_at: datetime, beside: Path | None = None
) -> BackupInfo:
    """Make a backup of the whole desk in the file `destination`, while the desk goes on.

    It has been opened and every hash in it reckoned before it gets its name, and is durable
    on return. The scans are in it, or in the folder `beside` it that several backups share.

    Raises:
        StoreDamaged: what would be backed up is not what was written.
        StoreFull, StoreReadOnly, UnwritableFile: the file cannot be written there.
    """
    if destination.resolve().parent == store.folder.resolve():
        reason = _("this is the folder of the desk itself; choose another")
        raise UnwritableFile(file=destination, reason=reason)
    slots = slots_for_backup(store.folder)
    copy = destination.with_name(destination.name + ".copy")
    unfinished = begin_file(destination)
    try:
        with store.read() as connection:
            copy_database(driver(connection), copy, store.key)
        manifest, scans = _proved(store, copy, taken_at)
        if beside is not None:
            shared = share_scans(beside, store.scans, scans)
            manifest = _with_scans(manifest, shared, beside=True)
        with disk_told():
            manifest = _pack(unfinished, copy, slots, manifest, (store, scans))
        _check_forms(unfinished, manifest)
        publish(unfinished, destination)
    finally:
        with disk_told():
            discard(copy)
            discard(unfinished)
    return BackupInfo(file=destination, manifest=manifest, size=destination.stat().st_size)


def backup_in_turn(store: Store, *, taken_at: datetime) -> BackupInfo:
    """Make a backup among the desk's own, and let go of those that are no longer needed.

    Kept are the latest 24, and the last of each of the latest 14 days.
    """
    folder = store.folder / BACKUPS
    file = folder / f"desk-{taken_at:{_STAMP}}{ENDING}"
    made = backup(store, file, taken_at=taken_at, beside=folder)
    with disk_told():
        for file in outlived(backups(folder)):
            file.unlink()
    return made


def backups(folder: Path) -> list[Path]:
    """Return the desk's own backups in `folder`, the latest first."""
    return sorted(folder.glob(f"desk-*{ENDING}"), key=lambda file: file.name, reverse=True)


def outlived(latest_first: Sequence[Path]) -> list[Path]:
    """Return those of the desk's own backups that need no longer be kept."""
    by_day: dict[str, Path] = {}
    for file in latest_first:
        by_day.setdefault(file.name[: len("desk-YYYYMMDD")], file)
    kept = {*latest_first[:HOURLY_KEPT], *list(by_day.values())[:DAILY_KEPT]}
    return [file for file in latest_first if file not in kept]


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises:
        UnreadableFile: this is no backup.
        StoreTooNew: made by a newer release.
    """
    with opened_backup(file) as packed:
        return manifest_in(packed, file)


def read_slots(file: Path) -> bytes:
    """Return the key slots in a backup: what the recovery key opens.

    Raises:
        UnreadableFile: this is no backup.
    """
    with opened_backup(file) as packed:
        return packed.read(_SLOTS)


def read_settings(file: Path) -> Settings | None:
    """Return what the office had chosen when a backup was made; None if it cannot be read.

    Raises:
        UnreadableFile: this is no backup.
    """
    with opened_backup(file) as packed:
        if _SETTINGS not in packed.namelist():
            return None
        with suppress(msgspec.MsgspecError):
            return on_another_pc(msgspec.json.decode(packed.read(_SETTINGS), type=Settings))
    return None


def forms_brought_back(file: Path, folder: Path) -> FormsBroughtBack:
    """Say what has become of the office's own law in a backup that `folder` has gone on from.

    Raises:
        UnreadableFile: this is no backup.
    """
    with opened_backup(file) as packed:
        return compare_forms(packed, manifest_in(packed, file).own_forms, folder)


@contextmanager
def opened_backup(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup file; whatever is wrong with it is an UnreadableFile."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a device is searched for its end for ever
            raise UnreadableFile(file=file, reason=_("the backup is not what was written"))
        with zipfile.ZipFile(file) as packed:
            if not all(map(_is_plain, packed.infolist())):
                raise UnreadableFile(file=file, reason=_("the backup is not what was written"))
            yield packed
    except zipfile.BadZipFile as error:
        raise UnreadableFile(file=file, reason=_("this is no backup")) from error
    except (OSError, KeyError, EOFError, NotImplementedError) as error:
        raise UnreadableFile(file=file, reason=error) from error


def _is_plain(part: zipfile.ZipInfo) -> bool:
    """Say whether a part is stored as it is, as all of ours are; other ways fail in their own."""
    return part.compress_type == zipfile.ZIP_STORED and not part.flag_bits & _ENCRYPTED


def manifest_in(packed: zipfile.ZipFile, file: Path) -> Manifest:
    """Return the manifest of an open backup."""
    try:
        manifest = msgspec.json.decode(packed.read(_MANIFEST), type=Manifest)
    except msgspec.MsgspecError as error:
        raise UnreadableFile(file=file, reason=error) from error
    if manifest.format > _FORMAT or manifest.schema > SCHEMA.version:
        raise StoreTooNew
    return manifest


def chain_end(connection: sa.Connection, desk_id: UUID, epoch: int) -> tuple[int, bytes]:
    """Return number and hash of the last row of a chain."""
    query = "SELECT seq, hash FROM chain WHERE desk_id = ? AND epoch = ? ORDER BY seq DESC LIMIT 1"
    row = connection.exec_driver_sql(query, (desk_id.bytes, epoch.to_bytes(8))).first()
    return (row[0], row[1]) if row else (0, START)


def check_whole(connection: sa.Connection) -> None:
    """Let a database pass whose pages, hashes and chain are what was written.

    Raises:
        StoreDamaged: with what is not, and where.
    """
    damaged = [page for (page,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    damaged += [f"{problem} ({where})" for problem, where in journal_troubles(connection)]
    if damaged:
        raise StoreDamaged(reason=damaged[0])


def sha256_of(file: Path) -> str:
    """Return the hash of a file, in hexadecimal."""
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _proved(store: Store, copy: Path, taken_at: datetime) -> tuple[Manifest, list[SpokenOf]]:
    """Look at all of a copy, and return what is said of it and the scans that belong to it."""
    engine = reader_engine(copy, store.key)
    profile = store.profile
    try:
        with told(), engine.begin() as connection:
            check_whole(connection)
            seq, head = chain_end(connection, profile.id, profile.epoch)
            scans = list(spoken_of(connection))
    finally:
        engine.dispose()
    with disk_told():
        digest = sha256_of(copy)
    manifest = Manifest(
        schema=SCHEMA.version,
        desk_id=profile.id,
        epoch=profile.epoch,
        seq=seq,
        head=head,
        sha256=digest,
        taken_at=taken_at,
    )
    return manifest, scans


def _with_scans(manifest: Manifest, carried: Carried, *, beside: bool) -> Manifest:
    return replace(manifest, scans=carried.scans, scans_lost=carried.lost, scans_beside=beside)


def _pack(unfinished: Path, copy: Path, slots: bytes, manifest: Manifest, kept: _Kept) -> Manifest:
    store, scans = kept
    forms = own_forms(store.folder)
    # Stored, not deflated: what is encrypted grows no smaller.
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(_SLOTS, slots)
        packed.write(copy, STORE_NAME)
        if not manifest.scans_beside:
            carried = pack_scans(packed, store.scans, scans)
            manifest = _with_scans(manifest, carried, beside=False)
        with suppress(UnreadableFile):  # somebody has edited them: the sign-in says so
            packed.writestr(_SETTINGS, encode(on_another_pc(load_settings(store.folder))))
        carried_forms = pack_forms(packed, forms.files)
        manifest = replace(manifest, forms=carried_forms, forms_left_out=forms.left_out)
        packed.writestr(_MANIFEST, encode(manifest))
    return manifest


def _check_forms(file: Path, manifest: Manifest) -> None:
    """Read the office's own law again in the backup that has just been written."""
    with opened_backup(file) as packed:
        if damaged := compare_forms(packed, manifest.own_forms, file.parent).damaged:
            raise StoreDamaged(reason=damaged[0])
