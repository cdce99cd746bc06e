"""Migrations give what the tables declare, a copy precedes them, and nothing newer is touched."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.errors import StoreTooNew
from counter_app.store import open_store, tables
from counter_app.store.schema import SCHEMA, Schema
from counter_app.store.triggers import TRIGGERS
from tests.factories import KEY
from tests.store.conftest import registered, sql

HERE = Path(__file__).parent


def next_schema(name):
    return Schema(version=SCHEMA.version + 1, folders=(*SCHEMA.folders, HERE / name))


def test_migrations_give_exactly_the_tables_declared(store):
    query = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY name"
    migrated = dict(map(tuple, sql(store, query)))
    migrated.pop("alembic_version")
    migrated.pop("sqlite_autoindex_alembic_version_1", None)
    declared = sa.create_engine("sqlite://", module=store._writer.dialect.dbapi)
    with declared.begin() as connection:
        tables.metadata.create_all(connection)
        connection.exec_driver_sql(tables.WORDS)
        there = dict(map(tuple, connection.exec_driver_sql(query)))
    declared.dispose()
    assert migrated == there


def test_the_indexes_ask_what_the_queries_ask(store):
    partial = sql(store, "SELECT sql FROM sqlite_master WHERE name = 'dossier_open'")
    assert partial[0][0].endswith(f"WHERE {tables.OPEN}")


def test_a_store_of_a_newer_release_is_refused_and_untouched(stores, store):
    registered(store, 1)
    stores.close()
    stores.open(schema=next_schema("tomorrow"))
    stores.close()
    before = sha256((stores.folder / "desk.db").read_bytes()).digest()
    with pytest.raises(StoreTooNew):
        stores.open()
    assert sha256((stores.folder / "desk.db").read_bytes()).digest() == before
    assert not list(stores.folder.glob("desk.db-*"))


def test_a_store_of_an_older_release_is_saved_and_brought_up_to_date(stores, store):
    registered(store, 1)
    stores.close()
    store = stores.open(schema=next_schema("tomorrow"))
    assert sql(store, "SELECT mood FROM form_version") == []
    assert sql(store, "PRAGMA user_version") == [(SCHEMA.version + 1,)]
    stores.close()
    (stores.folder / "desk.db").unlink()
    (stores.folder / f"desk.db.schema-{SCHEMA.version}").rename(stores.folder / "desk.db")
    store = stores.open()
    assert sql(store, "SELECT count(*) FROM operation") == [(1,)]


def test_a_table_that_was_rebuilt_has_its_triggers_again(stores, store):
    stores.close()
    store = stores.open(schema=next_schema("tomorrow"))
    names = sql(store, "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    assert [name for (name,) in names] == sorted(TRIGGERS)


def test_half_a_migration_leaves_nothing(stores, store):
    registered(store, 1)
    stores.close()
    with pytest.raises(RuntimeError, match="half a migration"):
        stores.open(schema=next_schema("broken"))
    store = stores.open()
    assert sql(store, "SELECT * FROM draft") == []
    assert sql(store, "PRAGMA user_version") == [(SCHEMA.version,)]


def test_alembic_is_not_imported_for_a_store_that_is_up_to_date(stores, store):
    stores.close()
    program = (
        "import pathlib, sys\n"
        "from counter_app.store import open_store\n"
        "open_store(pathlib.Path(sys.argv[1]), bytes(range(32))).close()\n"
        "print([name for name in sys.modules if name.startswith('alembic')])\n"
    )
    command = [sys.executable, "-c", program, str(stores.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    open_store(stores.folder, KEY).close()
