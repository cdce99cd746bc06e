"""A centre for benchmarks: one PostgreSQL, and in it a database and a centre for each round."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.proofs._centre import CentreProcess
from tests.proofs._postgres import a_postgres, debians, the_wheels

TRACKING = "https://tracuu.example.vn"


@contextmanager
def a_house(name):
    """Lend a folder and a PostgreSQL in it: Debian's, as in production, or the wheel's."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
        place = Path(folder)
        place.chmod(0o711)  # where root runs this, PostgreSQL is somebody else
        with a_postgres(place / "postgres", debians() or the_wheels()) as server:
            yield place, server


@contextmanager
def a_centre(server, folder, name):
    """Lend a centre on a new database of that name."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    where = ("--database", server.address_of(name))
    log = folder / f"{name}.log"
    CentreProcess(where, log).ask("migrate", "--tracking-url", TRACKING)
    with CentreProcess(where, log) as centre:
        yield centre
