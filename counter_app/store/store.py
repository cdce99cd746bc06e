"""The desk's store: one encrypted file, made once, opened by one program at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from counter_app.domain.desk_profile import DeskProfile
from counter_app.errors import NotConfigured, ProfileExists, StoreDamaged, StoreError
from counter_app.i18n import _
from counter_app.settings import STORE_NAME
from counter_app.store.codes import keep_leases, standalone_leases
from counter_app.store.desk_profile import keep_profile, profile_of
from counter_app.store.differing import Progress, bring_up_to_date, last_id, unseen
from counter_app.store.engine import driver, reader_engine, writer_engine
from counter_app.store.files import begin_file, copy_database, publish
from counter_app.store.lock import ProfileLock
from counter_app.store.scans import ScanFiles
from counter_app.store.schema import SCHEMA, Schema, is_behind, migrate, version_of
from counter_app.store.trouble import told
from counter_app.store.unit_of_work import UnitOfWork


class Store:
    """The data of one desk.

    `begin` is for one thread at a time; `read` may go on beside it in others.
    """

    def __init__(self, folder: Path, key: bytes, lock: ProfileLock, profile: DeskProfile) -> None:
        self.folder: Final = folder
        self.key: Final = key
        self.scans: Final = ScanFiles(folder, key)
        self._profile = profile
        self._lock = lock
        self._writer = writer_engine(self.path, key)
        self._reader = reader_engine(self.path, key)
        self._closed = False

    @property
    def path(self) -> Path:
        """The encrypted file."""
        return self.folder / STORE_NAME

    @property
    def profile(self) -> DeskProfile:
        """What the desk knows of itself, as of the last transaction that has become durable."""
        return self._profile

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Open a transaction: durable when the block is left, as if nothing had been on an error.

        Raises:
            StoreFull: the disk is full.
            StoreReadOnly: the disk or the file cannot be written.
            StoreDamaged: what is stored is not what was written.
            StoreError: the store was closed, and may be another program's by now.
        """
        if self._closed:
            raise StoreError(reason=_("it is closed"))
        with _lent(self._writer) as connection:
            uow = UnitOfWork(connection, self._profile)
            yield uow
            if not driver(connection).in_transaction:
                # SQLite has rolled back by itself, and whoever was told has not passed it on.
                raise StoreError(reason=_("the transaction was given up"))
        self._profile = uow.profile  # which is durable only now

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Show one state of the store, however long the block takes; nothing can be written."""
        with _lent(self._reader) as connection:
            yield connection

    def close(self) -> None:
        """Let go of the files. What was committed is durable with or without it."""
        self._closed = True
        self._reader.dispose()
        self._writer.dispose()  # the last one out brings all into one file
        self._lock.release()


@contextmanager
def _lent(engine: sa.Engine) -> Iterator[sa.Connection]:
    try:
        with told(), engine.begin() as connection:
            yield connection
    except StoreDamaged:
        engine.dispose()  # a connection that has met one damaged page reads no other any more
        raise


def create_store(
    folder: Path, key: bytes, profile: DeskProfile, *, codes: tuple[int, int]
) -> Store:
    """Make the store of a new desk in `folder`, with the dossier numbers `codes` to give out.

    Whatever happens meanwhile, there is a whole store afterwards or none.

    Raises:
        ProfileExists: there is one already.
        StoreLocked: another program is at it.
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    path = folder / STORE_NAME
    if path.exists():
        raise ProfileExists(place=folder)
    unfinished = begin_file(path)
    lock = ProfileLock(folder)
    try:
        with new_contents(unfinished, key, SCHEMA) as connection:
            keep_leases(
                driver(connection),
                standalone_leases(profile.office.code, codes),
            )
            keep_profile(connection, profile)
        publish(unfinished, path)
    except BaseException:
        lock.release()
        raise
    return open_locked(folder, key, lock, SCHEMA)


def open_store(
    folder: Path, key: bytes, *, schema: Schema = SCHEMA, progress: Progress = unseen
) -> Store:
    """Open the store in `folder`; one of an older release is saved and brought up to date first.

    That may take a minute, and `progress` is told; until it is done, the store stays as it was.

    Raises:
        NotConfigured: there is none.
        StoreLocked: another program has it open.
        StoreTooNew: written by a newer release; untouched.
        StoreDamaged: what is there is not what was written, or `key` is not its key.
    """
    if not (folder / STORE_NAME).exists():
        raise NotConfigured(place=folder)
    return open_locked(folder, key, ProfileLock(folder), schema, progress)


def open_locked(
    folder: Path, key: bytes, lock: ProfileLock, schema: Schema, progress: Progress = unseen
) -> Store:
    """Open a store whose lock is held; it is released again if that fails."""
    try:
        profile = _prepare(folder / STORE_NAME, key, schema, progress)
    except BaseException:
        lock.release()
        raise
    return Store(folder, key, lock, profile)


@contextmanager
def new_contents(path: Path, key: bytes, schema: Schema) -> Iterator[sa.Connection]:
    """Open one transaction on a database that nobody else uses, brought up to `schema` first."""
    engine = writer_engine(path, key)
    try:
        with told(), engine.begin() as connection:
            if version_of(connection) < schema.version:
                migrate(connection, schema)
            yield connection
    finally:
        engine.dispose()


def _prepare(path: Path, key: bytes, schema: Schema, progress: Progress) -> DeskProfile:
    reader = reader_engine(path, key)
    try:
        with told(), reader.begin() as connection:
            if not is_behind(connection, schema):
                return profile_of(connection)
            progress(0, last_id(connection))
            copy = path.with_name(f"{path.name}.schema-{version_of(connection)}")
            copy_database(driver(connection), copy, key)
        with new_contents(path, key, schema) as connection:
            bring_up_to_date(connection, progress)
            return profile_of(connection)
    finally:
        reader.dispose()
