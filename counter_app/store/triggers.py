"""What the database itself forbids: to change or delete what has been written for ever."""

from typing import Final

import sqlalchemy as sa

_FOR_EVER: Final = ("operation", "operation_body", "chain", "form_version")
_ACTS: Final = ("UPDATE", "DELETE")

TRIGGERS: Final = {
    f"{table}_no_{act.lower()}": (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is written for ever'); END"
    )
    for table in _FOR_EVER
    for act in _ACTS
} | {
    "code_counter_no_delete": (
        "CREATE TRIGGER code_counter_no_delete BEFORE DELETE ON code_counter "
        "BEGIN SELECT RAISE(ABORT, 'a dossier number is never given twice'); END"
    ),
    "code_counter_only_upwards": (
        "CREATE TRIGGER code_counter_only_upwards BEFORE UPDATE ON code_counter "
        "WHEN new.next < old.next OR (new.agency, new.printed_date, new.kind) "
        "IS NOT (old.agency, old.printed_date, old.kind) "
        "BEGIN SELECT RAISE(ABORT, 'a dossier number is never given twice'); END"
    ),
    "serial_counter_no_delete": (
        "CREATE TRIGGER serial_counter_no_delete BEFORE DELETE ON serial_counter "
        "BEGIN SELECT RAISE(ABORT, 'a serial number is never given twice'); END"
    ),
    "serial_counter_only_upwards": (
        "CREATE TRIGGER serial_counter_only_upwards BEFORE UPDATE ON serial_counter "
        "WHEN new.next < old.next OR (new.series, new.year) IS NOT (old.series, old.year) "
        "BEGIN SELECT RAISE(ABORT, 'a serial number is never given twice'); END"
    ),
}


def create_triggers(connection: sa.Connection) -> None:
    """Make the triggers anew: a table that a migration has rebuilt comes back without any.

    A store that is brought up to an older shape only lacks the tables of some.
    """
    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    present = set(connection.exec_driver_sql(tables).scalars())
    for name, statement in TRIGGERS.items():
        if any(f" ON {table} " in statement for table in present):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(statement)


def missing_triggers(connection: sa.Connection) -> list[str]:
    """Return the names of those that are not there, or say something else."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    present = set(map(tuple, connection.exec_driver_sql(query)))
    return sorted(name for name, sql in TRIGGERS.items() if (name, sql) not in present)
