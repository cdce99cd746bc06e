"""What the centre has not taken as it came, until a person has seen to it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from msgspec import Struct

from counter_app.domain.operation import Operation
from counter_app.store.journal import COLUMNS, TABLES, entry_of
from counter_app.store.tables import UNSETTLED
from counter_app.wire.delivery import Verdict

MOST_LISTED: Final = 500

_QUERY: Final = (
    f"SELECT {COLUMNS}, code FROM {TABLES} LEFT JOIN dossier "
    f"ON dossier.dossier_id = operation.dossier_id WHERE {UNSETTLED} "
    f"ORDER BY position DESC LIMIT {MOST_LISTED}"
)
_COUNT: Final = f"SELECT verdict, count(*) FROM delivery WHERE {UNSETTLED} GROUP BY verdict"


class Unsettled(Struct, frozen=True, kw_only=True):
    """One entry that the centre has flagged, or given no effect; `reason` is its short word.

    `code` is "" if this desk has not seen how the dossier was received.
    """

    operation: Operation
    code: str
    verdict: Verdict
    reason: str


def unsettled(connection: sa.Connection) -> list[Unsettled]:
    """Return what the centre has not taken as it came, the latest first, MOST_LISTED at most."""
    return [_unsettled(row) for row in connection.exec_driver_sql(_QUERY)]


def _unsettled(row: Sequence[Any]) -> Unsettled:
    *columns, code = row
    entry = entry_of(columns)
    assert entry.verdict is not None  # it was asked for by its verdict
    return Unsettled(
        operation=entry.operation, code=code or "", verdict=entry.verdict, reason=entry.reason
    )


def count_unsettled(connection: sa.Connection) -> Counter[Verdict]:
    """Return how many there are of each verdict."""
    found = connection.exec_driver_sql(_COUNT)
    return Counter({Verdict(verdict): count for verdict, count in found})
