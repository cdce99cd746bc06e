"""The road to the encrypted database: one connection that writes, one that only reads."""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

KEY_SIZE: Final = 32

_SHARED: Final = (
    "foreign_keys = ON",
    "temp_store = MEMORY",  # nothing that is sorted reaches the disk in clear
    "cache_size = -32768",  # KiB
    "busy_timeout = 5000",  # ms; only our own other connection can be in the way
)
_WRITER: Final = (
    *_SHARED,
    "journal_mode = WAL",
    "synchronous = FULL",  # a printed receipt must outlive a power cut
    "journal_size_limit = 67108864",  # bytes: what one large transaction took is given back
    "recursive_triggers = ON",  # or INSERT OR REPLACE deletes from the journal past its triggers
)
_READER: Final = (*_SHARED, "query_only = ON")


def writer_engine(path: Path, key: bytes) -> sa.Engine:
    """Return the engine for what changes something: a transaction owns the store from its start."""
    return _engine(path, key, _WRITER, begin="BEGIN IMMEDIATE", overflow=0)


def reader_engine(path: Path, key: bytes) -> sa.Engine:
    """Return the engine for what only looks: it sees one state, and stops nobody from writing."""
    # More than one: a backup or a check may run for minutes, and the screens read meanwhile.
    return _engine(path, key, _READER, begin="BEGIN DEFERRED", overflow=3)


def driver(connection: sa.Connection) -> Any:
    """Return the driver's own connection beneath: for statements that must cost nothing more."""
    return connection.connection.driver_connection


def library_version() -> str:
    """Return the version of SQLite that the encrypted database is built on."""
    return str(sqlcipher.sqlite_version)


def connect(path: Path, key: bytes) -> Any:
    """Return a bare connection to the encrypted file at `path`, which begins nothing by itself."""
    if len(key) != KEY_SIZE:
        raise ValueError(f"the key of a store has {KEY_SIZE} bytes")
    # Not `cipher_memory_security`: it locks and wipes each allocation, and writing takes ten
    # times as long. The key is in the program's memory anyway.
    # SQLAlchemy's pool hands a connection from thread to thread, never to two at once.
    connection = sqlcipher.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is raised, and told once
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _engine(
    path: Path, key: bytes, pragmas: tuple[str, ...], *, begin: str, overflow: int
) -> sa.Engine:
    def create() -> Any:
        connection = connect(path, key)
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=create,
        poolclass=sa.QueuePool,
        pool_size=1,
        max_overflow=overflow,
        hide_parameters=True,  # what was typed has no business in a traceback
    )

    @sa.event.listens_for(engine, "begin")
    def begin_transaction(connection: sa.Connection) -> None:
        driver(connection).execute(begin)  # the driver begins nothing, or half a migration stays

    return engine
