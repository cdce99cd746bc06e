"""What the hand-over list asks: which dossiers went together, by the number of their list."""

from typing import Final

import sqlalchemy as sa

from counter_app.store.engine import driver
from counter_app.store.journal import COLUMNS, TABLES, Entry, entry_of

# A body that was erased or is a newer program's need not be JSON.
_WITH_NUMBER: Final = (
    f"SELECT {COLUMNS} FROM {TABLES} WHERE kind = 'forwarded' "
    "AND CASE WHEN json_valid(CAST(body AS TEXT)) "
    "THEN json_extract(CAST(body AS TEXT), '$.hand_over') END = ? ORDER BY operation.position"
)


def handed_over(connection: sa.Connection, number: str) -> list[Entry]:
    """Return the entries of the dossiers that went on one list, in their order."""
    return [entry_of(row) for row in driver(connection).execute(_WITH_NUMBER, (number,)).fetchall()]
