"""What every test of the centre finds: a real PostgreSQL, and a database of its own in it.

`database` has this release's tables, empty; `centre` has been founded in it, and `founded` has
its root key as well. The cluster is the wheel's, made once for all tests.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Barrier

import msgspec
import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from counter_app.central.database import Database, bring_up_to_date
from counter_app.central.identity import found_centre
from counter_app.central.postgres import own_postgres
from tests.office import MONDAY

TRACKING_URL = "https://tracking.example"
_numbers = count(1)


class Cluster:
    """A running PostgreSQL in which databases are made and dropped."""

    def __init__(self, url):
        self.url = make_url(url)
        self._connection = psycopg.connect(self.text("postgres", driver="postgresql"))
        self._connection.autocommit = True

    def text(self, name, *, driver="postgresql+psycopg"):
        address = self.url.set(database=name, drivername=driver)
        return address.render_as_string(hide_password=False)

    def make(self, *, template="template1"):
        name = f"test_{next(_numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, name):
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    @contextmanager
    def closed(self, name):
        """Cut every connection to a database, and let nobody in meanwhile."""
        self._run("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        yield
        self._run("ALTER DATABASE {} ALLOW_CONNECTIONS true", name)

    def close(self):
        self._connection.close()

    def _run(self, words, *names):
        self._connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    folder = tmp_path_factory.mktemp("centre") / "postgres"
    with own_postgres(folder) as url:
        _make_quick(folder)
        cluster = Cluster(url)
        yield cluster
        cluster.close()


def _make_quick(folder):
    """Let these databases be lost with the PC: what is kept there lives for one test."""
    with administrator(folder) as connection:
        for setting in ("fsync", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def administrator(folder):
    """Connect to the PostgreSQL of a folder as who may do everything there."""
    kept = msgspec.json.decode((folder / "secrets.json").read_bytes())
    server = msgspec.json.decode((folder / "server.json").read_bytes())
    where = {"host": server["host"], "port": server["port"], "dbname": "postgres"}
    return psycopg.connect(
        user="postgres", password=kept["administrator"], autocommit=True, **where
    )


@pytest.fixture(scope="session")
def template(cluster):
    """The name of the database that `database` is copied from: nobody opens this one."""
    name = cluster.make()
    database = Database(cluster.text(name))
    bring_up_to_date(database)
    database.close()
    return name


@pytest.fixture
def empty_database(cluster):
    """A database without any table."""
    name = cluster.make()
    database = Database(cluster.text(name))
    yield database
    database.close()
    cluster.drop(name)


@pytest.fixture
def database(cluster, template):
    """A database with this release's tables, and nothing in them."""
    name = cluster.make(template=template)
    database = Database(cluster.text(name))
    yield database
    database.close()
    cluster.drop(name)


@pytest.fixture(scope="module")
def shared_database(cluster, template):
    """As `database`, but one for all tests of a module: each puts in and takes out its own."""
    name = cluster.make(template=template)
    database = Database(cluster.text(name))
    yield database
    database.close()
    cluster.drop(name)


@pytest.fixture
def founded(database):
    with database.begin() as connection:
        return found_centre(connection, tracking_url=TRACKING_URL, now=MONDAY)


@pytest.fixture
def centre(founded):
    return founded.centre


@pytest.fixture
def at_once():
    """Run something in several threads together: `at_once(work, times=4)` returns what came."""

    def run(work, *, times):
        start = Barrier(times)

        def together(_number):
            start.wait()
            return work()

        with ThreadPoolExecutor(times) as threads:
            return list(threads.map(together, range(times)))

    return run
