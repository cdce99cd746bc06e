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
from counter_app.store.store import new_contents
from counter_app.store.triggers import TRIGGERS
from counter_app.store.verify import verify
from tests.factories import KEY, a_code
from tests.store.conftest import registered, sql

HERE = Path(__file__).parent


def next_schema(name):
    return Schema(version=SCHEMA.version + 1, folders=(*SCHEMA.folders, HERE / name))


def said(schema):
    """Return what the statements say: SQLite adds a column behind the others in the same line."""
    return {name: sql and " ".join(sql.split()) for name, sql in schema.items()}


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
    assert said(migrated) == said(there)


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


def test_an_upgrade_that_is_cut_off_leaves_the_store_as_it_was(stores, store):
    registered(store, 1)
    stores.close()

    def cut(done, _total):
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        stores.open(schema=next_schema("tomorrow"), progress=cut)
    store = stores.open()
    assert sql(store, "PRAGMA user_version") == [(SCHEMA.version,)]
    assert verify(store).findings == ()


def test_whoever_waits_for_an_upgrade_is_told_how_far_it_is(stores, store):
    registered(store, 1)
    stores.close()
    told = []
    stores.open(schema=next_schema("tomorrow"), progress=lambda *step: told.append(step))
    assert told == [(0, 1), (1, 1)]
    stores.close()


def first_release(folder, *, of):
    """Make the store in `folder` what the first release would have made of the one in `of`."""
    alone = folder.with_name("first")
    alone.mkdir()
    here = SCHEMA.folders[0]
    (alone / "0001_first.py").write_bytes((here / "0001_first.py").read_bytes())
    schema = Schema(version=1, folders=(alone,))
    old, new = of / "desk.db", folder / "desk.db"
    folder.mkdir()
    with new_contents(old, KEY, SCHEMA) as now, new_contents(new, KEY, schema) as then:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%'"
        names = [*then.exec_driver_sql(f"{query} ESCAPE '\\'").scalars()]
        for table in [*names, "operation_body", "form_version", "code_counter"]:
            info = f"SELECT name FROM pragma_table_info('{table}')"
            columns = [*then.exec_driver_sql(info).scalars()]
            marks = ", ".join("?" for _column in columns)
            for row in now.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table}"):
                then.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", tuple(row))


def test_a_store_of_the_first_release_goes_on_with_all_that_it_holds(stores, store):
    registered(store, 1)
    registered(store, 2)
    sql(store, "UPDATE delivery SET state = 'acked', verdict = 'applied' WHERE position = 1")
    journal = sql(store, "SELECT op_id, header, op_hash FROM operation ORDER BY position")
    stores.close()
    before = stores.folder
    stores.folder = before.with_name("old")
    first_release(stores.folder, of=before)
    store = stores.open()
    assert sql(store, "SELECT op_id, header, op_hash FROM operation ORDER BY position") == journal
    assert sql(store, "SELECT state, verdict, reason FROM delivery ORDER BY position") == [
        ("acked", "applied", ""),
        ("pending", None, ""),
    ]
    assert sql(store, "SELECT * FROM contact") == []
    assert (stores.folder / "desk.db.schema-1").exists()
    assert verify(store).findings == ()
    assert registered(store, 3).code == a_code(3)
    assert verify(store, rebuild=True).findings == ()
