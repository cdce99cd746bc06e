"""The way to the centre's PostgreSQL: one pool of connections, and transactions that say why not.

A transaction that changes something is READ COMMITTED: who must not be overtaken takes the row's
lock. Instants are read in UTC. Nothing that is logged or shown has the password in it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL, make_url

from counter_app.errors import DatabaseUnusable
from counter_app.i18n import N_, _

HEAD: Final = "0002"
"""The number of the last migration: what this release reads and writes."""

_MIGRATIONS: Final = Path(__file__).resolve().parent / "migrations"
_DRIVER: Final = "postgresql+psycopg"
_POOL: Final = 20
_WAIT: Final = 10  # seconds, for a connection
_OLDEST_SERVER: Final = 140000
# Any number, the same for every release: whoever brings the schema up to date is alone.
_MIGRATING: Final = 0x636F756E746572
# A statement that hangs must not hold a lock for ever, nor a program that was cut off.
_LIMITS: Final = (
    "-c timezone=UTC -c lock_timeout=30s -c statement_timeout=120s "
    "-c idle_in_transaction_session_timeout=120s"
)
# But bringing tables up to date may take an hour, or wait for who does it just now.
_NO_LIMITS: Final = (
    "SET LOCAL lock_timeout = 0",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)

_TOO_NEW: Final = N_("it was written by a newer release of this program: install that one")
_NOT_MIGRATED: Final = N_("it is empty or of an older release: run “central migrate”")
_NOT_UTF8: Final = N_("its encoding is not UTF8: have the database made anew with UTF8")
_TOO_OLD_SERVER: Final = N_("its PostgreSQL is older than 14: use a newer one")
_MAY_NOT_CREATE: Final = N_("the role may not make tables in it: have the role own the database")
_NO_URL: Final = N_("its address does not look like postgresql://user:password@host/name")
_NOBODY: Final = N_("no PostgreSQL answers at its address")
_NO_HOST: Final = N_("there is no host of this name")
_NOT_LET_IN: Final = N_("the user or the password is not right")
_NO_DATABASE: Final = N_("there is no database of this name")
_FULL: Final = N_("PostgreSQL has no connection left for this program")
_NOT_READY: Final = N_("PostgreSQL is starting or stopping")
_LOST: Final = N_("the connection was lost")
_NONE_FREE: Final = N_("all connections are in use")

# As libpq says it; what a server says in another language is passed on as it is.
_SIGNS: Final = {
    "Connection refused": _NOBODY,
    "No such file or directory": _NOBODY,
    "timeout expired": _NOBODY,
    "failed to resolve host": _NO_HOST,
    "could not translate host name": _NO_HOST,
    "password authentication failed": _NOT_LET_IN,
    "no password supplied": _NOT_LET_IN,
    "does not exist": _NO_DATABASE,
    "too many clients": _FULL,
    "remaining connection slots": _FULL,
    "starting up": _NOT_READY,
    "shutting down": _NOT_READY,
}


class Database:
    """A pool of connections to one PostgreSQL database; safe to use from several threads."""

    def __init__(self, url: str, *, pool: int = _POOL) -> None:
        """Prepare for `url`, `postgresql://user:password@host/name`; nothing is connected yet.

        Raises:
            DatabaseUnusable: this is no address of a PostgreSQL database.
        """
        self.url: Final = url
        self._engine = sa.create_engine(
            _address(url),
            pool_size=pool,
            max_overflow=0,
            pool_timeout=_WAIT,
            pool_pre_ping=True,  # PostgreSQL may have been started again since
            hide_parameters=True,  # what stands in rows is personal
            isolation_level="READ COMMITTED",
            connect_args={
                "application_name": "counter-app",
                "connect_timeout": _WAIT,
                "options": _LIMITS,
            },
        )

    def __repr__(self) -> str:
        return f"Database({self._engine.url!r})"

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """Yield a connection in a transaction: all of what is done becomes durable, or nothing.

        Raises:
            DatabaseUnusable: PostgreSQL cannot be reached, or was lost on the way.
        """
        with _told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Yield a connection in a transaction that can change nothing.

        Raises:
            DatabaseUnusable: as in `begin`.
        """
        with _told(), self._engine.connect() as connection:
            # All that is read is of one instant, and nobody waits for it.
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


def bring_up_to_date(database: Database) -> bool:
    """Bring the tables up to this release; say whether there was something to do.

    Raises:
        DatabaseUnusable: it cannot be reached, is of a newer release, or may not be changed.
    """
    try:
        with database.begin() as connection:
            _check_server(connection)
            for limit in _NO_LIMITS:
                connection.exec_driver_sql(limit)
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
            if _revision(connection) == HEAD:
                return False
            _upgrade(connection)
            return True
    except sa.exc.ProgrammingError as error:
        if isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise DatabaseUnusable(reason=_(_MAY_NOT_CREATE)) from error
        raise


def check_schema(database: Database) -> None:
    """Return if the tables are those of this release.

    Raises:
        DatabaseUnusable: it cannot be reached, or its tables are older or newer.
    """
    with database.read() as connection:
        _check_server(connection)
        if _revision(connection) != HEAD:
            raise DatabaseUnusable(reason=_(_NOT_MIGRATED))


def _revision(connection: sa.Connection) -> str:
    """Return the number of the last migration that was run, "" if there was none.

    Raises:
        DatabaseUnusable: it is one that only a newer release knows.
    """
    if connection.scalar(sa.text("SELECT to_regclass('alembic_version')")) is None:
        return ""
    found: str = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or ""
    if found > HEAD:
        raise DatabaseUnusable(reason=_(_TOO_NEW))
    return found


def _check_server(connection: sa.Connection) -> None:
    if connection.scalar(sa.text("SHOW server_encoding")) != "UTF8":
        raise DatabaseUnusable(reason=_(_NOT_UTF8))
    if int(connection.scalar(sa.text("SHOW server_version_num")) or 0) < _OLDEST_SERVER:
        raise DatabaseUnusable(reason=_(_TOO_OLD_SERVER))


def _upgrade(connection: sa.Connection) -> None:
    # Costs 0.3 s to import, and is needed once in a release.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DatabaseUnusable(reason=_(_NO_URL)) from error
    if address.drivername not in ("postgres", "postgresql", _DRIVER):
        raise DatabaseUnusable(reason=_(_NO_URL))
    try:
        make_conninfo(**{name: str(value) for name, value in address.query.items()})
    except psycopg.ProgrammingError as error:
        raise DatabaseUnusable(reason=_in_words(error)) from error
    return address.set(drivername=_DRIVER)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what keeps PostgreSQL from being used into a DatabaseUnusable; the rest is a bug."""
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise DatabaseUnusable(reason=_(_NONE_FREE)) from error
    except sa.exc.DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnusable(reason=_(_LOST)) from error
        if error.statement is None and isinstance(error, sa.exc.OperationalError):
            raise DatabaseUnusable(reason=_in_words(error.orig)) from error
        raise


def _in_words(error: BaseException | None) -> str:
    """Return why no connection came about, in a line and without an address's password."""
    said = str(error)
    for sign, words in _SIGNS.items():
        if sign in said:
            return _(words)
    first = next((line.strip() for line in said.splitlines() if line.strip()), _(_LOST))
    return re.sub(r"^connection (failed|is bad): |\b[A-Z]+:  ", "", first).rstrip(".")
