"""The way to PostgreSQL: its tables, its transactions, and why it cannot be used."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app import i18n
from counter_app.central import database as module
from counter_app.central import tables
from counter_app.central.database import HEAD, Database, bring_up_to_date, check_schema
from counter_app.errors import DatabaseUnusable

CATALOGUE = """
SELECT 'column', table_name, column_name, data_type, udt_name, is_nullable, column_default,
  is_identity FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', '', '' FROM pg_indexes
  WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '',
  '', '', '' FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


def shape(database):
    with database.read() as connection:
        return {tuple(row) for row in connection.execute(sa.text(CATALOGUE))}


def test_migrations_give_exactly_the_tables_declared(database, empty_database):
    with empty_database.begin() as connection:
        tables.metadata.create_all(connection)
    migrated = {row for row in shape(database) if "alembic_version" not in row[1]}
    assert migrated == shape(empty_database)


def test_the_last_migration_is_the_one_that_this_release_expects():
    versions = Path(module.__file__).parent / "migrations" / "versions"
    assert sorted(path.name for path in versions.glob("*.py"))[-1].startswith(HEAD)


def test_bringing_up_to_date_is_needed_once(empty_database):
    assert bring_up_to_date(empty_database)
    assert not bring_up_to_date(empty_database)
    check_schema(empty_database)


def test_two_programs_that_bring_it_up_to_date_at_once_do_not_meet(empty_database, at_once):
    assert sorted(at_once(lambda: bring_up_to_date(empty_database), times=4)) == [False] * 3 + [
        True
    ]


def test_a_database_without_tables_is_not_served(empty_database):
    with pytest.raises(DatabaseUnusable, match="central migrate"):
        check_schema(empty_database)


def test_a_database_of_a_newer_release_is_refused(database):
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for refused in (check_schema, bring_up_to_date):
        with pytest.raises(DatabaseUnusable, match="mới hơn"):
            refused(database)


def test_what_fails_half_way_leaves_nothing(database):
    with pytest.raises(RuntimeError), database.begin() as connection:
        connection.exec_driver_sql("INSERT INTO law_file VALUES ('a', 'b', 'c', now())")
        raise RuntimeError
    with database.read() as connection:
        assert connection.scalars(sa.select(tables.law_file.c.path)).all() == []


def test_who_only_reads_can_change_nothing(database):
    with (
        pytest.raises(sa.exc.InternalError, match="read-only"),
        database.read() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO law_file VALUES ('a', 'b', 'c', now())")


def test_instants_come_back_in_utc(database):
    with database.read() as connection:
        now = connection.scalar(sa.select(sa.func.now()))
    assert now.utcoffset().total_seconds() == 0


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "url",
    [
        "postgresql://counter:geheim@127.0.0.1:1/counter",
        "postgresql://counter:geheim@nowhere.invalid/counter",
        "postgresql://counter:geheim@/counter?host=/nowhere",
        "mysql://counter:geheim@127.0.0.1/counter",
        "counter:geheim",
        "postgresql://counter:geheim@127.0.0.1:port/counter",
        "postgresql://counter:geheim@127.0.0.1/counter?nonsense=1",
    ],
)
def test_what_cannot_be_reached_is_told_without_the_password(url, language):
    i18n.speak(language)
    with pytest.raises(DatabaseUnusable) as caught:
        check_schema(Database(url))
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_password_is_told_without_it(cluster):
    wrong = cluster.url.set(password="geheim").render_as_string(hide_password=False)
    with pytest.raises(DatabaseUnusable, match="mật khẩu") as caught:
        check_schema(Database(wrong))
    assert "geheim" not in str(caught.value)


def test_a_database_that_is_not_there_is_told(cluster):
    i18n.speak("en")
    with pytest.raises(DatabaseUnusable, match="no database of this name"):
        check_schema(Database(cluster.text("nowhere")))


def test_what_is_logged_of_a_database_has_no_password(cluster):
    assert cluster.url.password not in repr(Database(cluster.text("counter")))


def test_plain_postgresql_addresses_do_as_well(cluster):
    database = Database(cluster.text("counter", driver="postgresql"))
    with database.read() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1
    database.close()


def test_a_connection_that_is_cut_off_is_told_and_the_next_one_is_new(database):
    with pytest.raises(DatabaseUnusable), database.begin() as connection:
        own = connection.scalar(sa.select(sa.func.pg_backend_pid()))
        with database.begin() as other:
            other.execute(sa.select(sa.func.pg_terminate_backend(own)))
        connection.execute(sa.text("SELECT 1"))
    with database.read() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1


def test_a_role_that_may_make_no_tables_is_told_so(empty_database):
    with empty_database.begin() as connection:
        connection.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM pg_database_owner")
    with pytest.raises(DatabaseUnusable, match="không được tạo bảng"):
        bring_up_to_date(empty_database)
