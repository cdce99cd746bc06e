"""A PostgreSQL of the centre's own, for a pilot, the demonstration and tests.

Only the programs of the wheel are used. The folder is its owner's alone, everybody who connects
shows a password, and what was committed is on the disk. PostgreSQL runs as long as the program
that started it: when that ends, in whatever way, PostgreSQL is stopped cleanly.

In the folder: `data` is PostgreSQL's, `secrets.json` holds the passwords, `server.json` tells
other programs on this PC where the server is, and `postgres.log` what it has to say.
"""

import os
import secrets
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec
import psycopg
from msgspec import Struct
from psycopg import sql
from sqlalchemy.engine import URL

from counter_app.central.postgres_process import Programs, Runner, runner_for, still_running
from counter_app.errors import DatabaseUnusable
from counter_app.i18n import N_, _

DATA: Final = "data"
LOG: Final = "postgres.log"
SECRETS: Final = "secrets.json"
SERVER: Final = "server.json"

_LOCK: Final = "postgres.lock"
_UNFINISHED: Final = "data.new"
_OURS: Final = {DATA, LOG, SECRETS, SERVER, _LOCK, _UNFINISHED, f"{_UNFINISHED}.password"}
_ADMINISTRATOR: Final = "postgres"
_NAME: Final = "counter"  # of the role and of its database
_PORT: Final = 5432
_LOOPBACK: Final = "127.0.0.1"
_LONGEST_SOCKET: Final = 100  # bytes; a Unix address has 104 to 108
_PATIENCE: Final = 60.0  # seconds, after a crash there is a log to be replayed
_LEAVING: Final = 20.0  # seconds, for a server whose program was killed
_GLANCE: Final = 0.02
_LONGEST_LOG: Final = 4 * 1024 * 1024
_SMALL: Final = {
    "shared_buffers": "32MB",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "jit": "off",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements and what stands in rows are personal
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

_RUNNING: Final = N_("another program runs the server in {folder}; use that one, or stop it first")
_LEFT: Final = N_("the PostgreSQL process {pid} still works on {folder}; stop it first")
_STRANGE: Final = N_("{folder} holds other things ({names}); give an empty folder")
_NOT_COMPLETE: Final = N_("{file} is missing: without it nobody can read what is in {folder}")
_NO_START: Final = N_("PostgreSQL did not start in {folder}: {said}")
_TOO_SLOW: Final = N_("PostgreSQL has not become ready within {seconds} s; {file} tells more")
_DISK: Final = N_("{folder} cannot be used: {said}")
_NOT_THERE: Final = N_("no centre has its database in {folder}; run “central serve --data” first")


class _Secrets(Struct, frozen=True, kw_only=True):
    """The passwords of the administrator and of the centre's role."""

    administrator: str
    role: str


class _Server(Struct, frozen=True, kw_only=True):
    """Where the server that runs listens: a folder with its socket, or an address."""

    host: str
    port: int


@contextmanager
def own_postgres(folder: Path) -> Iterator[str]:
    """Run PostgreSQL on `folder`, made if it is not there, and yield the URL of its database.

    Raises:
        DatabaseUnusable: another program runs it, or it cannot be run there.
    """
    with ExitStack() as stack:
        with _told(folder):
            url = _start(folder.resolve(), stack)
        yield url


@contextmanager
def any_postgres(folder: Path, *, make: bool = False) -> Iterator[str]:
    """Yield the URL of the database in `folder`, which another program may run or this one will.

    Raises:
        DatabaseUnusable: there is none and none is to be made, or it cannot be run.
    """
    folder = folder.resolve()
    if not make and not has_postgres(folder):
        raise DatabaseUnusable(reason=_(_NOT_THERE).format(folder=folder))
    if (url := _announced_url(folder)) is not None:
        yield url
        return
    with own_postgres(folder) as url:
        yield url


def has_postgres(folder: Path) -> bool:
    """Say whether a centre has its database in `folder`."""
    return (folder / DATA).is_dir()


def _start(folder: Path, stack: ExitStack) -> str:
    _prepare(folder)
    stack.enter_context(_alone(folder))
    _await_the_last(folder)
    programs = Programs.find(_version(folder))
    runner = runner_for(folder, programs)
    if has_postgres(folder):
        runner.give(folder)
    else:
        _make_cluster(folder, runner)
    passwords = _read_secrets(folder)
    server = _where(folder)
    stack.enter_context(_running(folder, runner, server, passwords))
    _make_database(server, passwords)
    stack.enter_context(_announced(folder, server))
    return _url(server, passwords)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a DatabaseUnusable."""
    try:
        yield
    except OSError as error:
        words = _(_DISK).format(folder=folder, said=error.strerror or error)
        raise DatabaseUnusable(reason=words) from error


def _prepare(folder: Path) -> None:
    """Make the folder, and its owner's alone."""
    if folder.exists() and (strange := sorted({p.name for p in folder.iterdir()} - _OURS)):
        names = ", ".join(strange[:3])
        raise DatabaseUnusable(reason=_(_STRANGE).format(folder=folder, names=names))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this program; the lock is gone when the program is gone."""
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(descriptor)
        except OSError as error:
            raise DatabaseUnusable(reason=_(_RUNNING).format(folder=folder)) from error
        yield
    finally:
        os.close(descriptor)


def _await_the_last(folder: Path) -> None:
    """Wait until what a killed program has left has stopped."""
    until = time.monotonic() + _LEAVING
    while (pid := still_running(folder / DATA)) is not None:
        if time.monotonic() > until:
            raise DatabaseUnusable(reason=_(_LEFT).format(pid=pid, folder=folder))
        time.sleep(_GLANCE)


def _version(folder: Path) -> int | None:
    """Return the version of PostgreSQL whose data these are; None if there are none yet."""
    try:
        return int((folder / DATA / "PG_VERSION").read_text("ascii"))
    except FileNotFoundError:
        return None


def _make_cluster(folder: Path, runner: Runner) -> None:
    """Make an empty cluster, whole or not at all."""
    unfinished = folder / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)  # left by one that was interrupted
    runner.give(folder)
    passwords = _Secrets(administrator=secrets.token_urlsafe(), role=secrets.token_urlsafe())
    first = folder / f"{_UNFINISHED}.password"
    _put(first, passwords.administrator.encode(), runner)
    try:
        runner.run(
            "initdb",
            f"--pgdata={unfinished}",
            f"--username={_ADMINISTRATOR}",
            f"--pwfile={first}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
            *(f"--set={name}={value}" for name, value in _SMALL.items()),
        )
    finally:
        first.unlink(missing_ok=True)
    _put(folder / SECRETS, msgspec.json.encode(passwords), runner)
    unfinished.rename(folder / DATA)


def _read_secrets(folder: Path) -> _Secrets:
    file = folder / SECRETS
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Secrets)
    except (FileNotFoundError, msgspec.MsgspecError) as error:
        raise DatabaseUnusable(reason=_(_NOT_COMPLETE).format(file=file, folder=folder)) from error


def _where(folder: Path) -> _Server:
    """Return where the server is to listen: a socket where there can be one, or on loopback."""
    data = folder / DATA
    if sys.platform != "win32" and len(os.fsencode(data)) < _LONGEST_SOCKET - len(".s.PGSQL.5432"):
        return _Server(host=str(data), port=_PORT)
    with socket.create_server((_LOOPBACK, 0)) as free:
        return _Server(host=_LOOPBACK, port=free.getsockname()[1])


@contextmanager
def _running(folder: Path, runner: Runner, server: _Server, passwords: _Secrets) -> Iterator[None]:
    on_socket = server.host != _LOOPBACK
    log = folder / LOG
    if log.exists() and log.stat().st_size > _LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    settings = {
        "listen_addresses": "" if on_socket else server.host,
        "port": str(server.port),
        "unix_socket_directories": server.host if on_socket else "",
        "unix_socket_permissions": "0700",
    }
    with runner.server(folder / DATA, log, settings) as process:
        until = time.monotonic() + _PATIENCE
        while not _answers(server, passwords):
            if process.ended():
                said = _last_line(log)
                raise DatabaseUnusable(reason=_(_NO_START).format(folder=folder, said=said))
            if time.monotonic() > until:
                words = _(_TOO_SLOW).format(seconds=round(_PATIENCE), file=log)
                raise DatabaseUnusable(reason=words)
            time.sleep(_GLANCE)
        process.keep()
        yield


def _answers(server: _Server, passwords: _Secrets) -> bool:
    with suppress(psycopg.OperationalError):
        _administer(server, passwords).close()
        return True
    return False


def _administer(server: _Server, passwords: _Secrets) -> psycopg.Connection:
    return psycopg.connect(
        host=server.host,
        port=server.port,
        user=_ADMINISTRATOR,
        password=passwords.administrator,
        dbname=_ADMINISTRATOR,
        connect_timeout=round(_PATIENCE),
        autocommit=True,
    )


def _make_database(server: _Server, passwords: _Secrets) -> None:
    """Give the centre a role that may do nothing outside of its own databases."""
    name = sql.Identifier(_NAME)
    with _administer(server, passwords) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_NAME]).fetchone():
            make = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
            connection.execute(make.format(name, sql.Literal(passwords.role)))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_NAME])
        if not found.fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(name))


@contextmanager
def _announced(folder: Path, server: _Server) -> Iterator[None]:
    """Tell other programs on this PC where the server is, for as long as it runs."""
    _put(folder / SERVER, msgspec.json.encode(server))
    try:
        yield
    finally:
        (folder / SERVER).unlink(missing_ok=True)


def _announced_url(folder: Path) -> str | None:
    """Return the URL that the program which runs the server has told; None if none runs it."""
    try:
        server = msgspec.json.decode((folder / SERVER).read_bytes(), type=_Server)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    passwords = _read_secrets(folder)  # a program that was killed leaves what it has told
    return _url(server, passwords) if _answers(server, passwords) else None


def _url(server: _Server, passwords: _Secrets) -> str:
    on_socket = server.host != _LOOPBACK
    return URL.create(
        "postgresql+psycopg",
        username=_NAME,
        password=passwords.role,
        host=None if on_socket else server.host,
        port=None if on_socket else server.port,
        database=_NAME,
        query={"host": server.host} if on_socket else {},
    ).render_as_string(hide_password=False)


def _put(file: Path, content: bytes, runner: Runner | None = None) -> None:
    """Write a file that its owner alone can read; it is there whole or not at all."""
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    if runner is not None:
        runner.give(unfinished)
    unfinished.replace(file)


def _last_line(log: Path) -> str:
    with suppress(FileNotFoundError):
        lines = log.read_text("utf-8", "replace").splitlines()
        return next((line for line in reversed(lines) if "FATAL" in line), "".join(lines[-1:]))
    return ""
