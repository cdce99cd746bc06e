"""The one place where what SQLite or the disk refuses becomes an error that says what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.errors import (
    CounterError,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
)

# SQLite's primary result codes: the low byte of what it reports.
_BUSY, _LOCKED, _READ_ONLY, _IO_ERROR, _CORRUPT, _FULL, _CANNOT_OPEN, _NO_DATABASE = (
    5, 6, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
_PRIMARY: Final = 0xFF

_DISK_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DISK_READ_ONLY: Final = {
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOTDIR,
    errno.EEXIST,
}


@contextmanager
def told() -> Iterator[None]:
    """Turn what the database refuses into a StoreError or StoreLocked; the rest is a bug."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlcipher.Error) as error:
        refusal = _error_of(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
        if refusal is None:
            raise
        raise refusal from error


@contextmanager
def disk_told() -> Iterator[None]:
    """Turn what the disk refuses into StoreFull or StoreReadOnly; the rest is a bug."""
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise StoreFull from error
        if error.errno in _DISK_READ_ONLY:
            raise StoreReadOnly from error
        raise


def _error_of(error: BaseException | None) -> CounterError | None:
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY:
        case code if code == _FULL:
            return StoreFull()
        case code if code in {_READ_ONLY, _CANNOT_OPEN}:
            # A folder that cannot be written: SQLite cannot open the files it needs beside its own.
            return StoreReadOnly()
        case code if code in {_CORRUPT, _NO_DATABASE}:
            return StoreDamaged(reason=error)
        case code if code in {_BUSY, _LOCKED}:
            return StoreLocked()
        case code if code == _IO_ERROR:
            return StoreError(reason=error)
        case _:
            return None
