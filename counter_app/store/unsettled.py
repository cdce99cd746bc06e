"""What the centre has not taken as it came, until a person has seen to it."""

from collections import Counter
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct

from counter_app.store.instants import from_micros
from counter_app.store.tables import UNSETTLED
from counter_app.wire.delivery import Verdict

MOST_LISTED: Final = 500

_QUERY: Final = (
    "SELECT op_id, operation.dossier_id, code, kind, verdict, reason, wall_utc, actor "
    "FROM delivery JOIN operation USING (position) LEFT JOIN dossier "
    f"ON dossier.dossier_id = operation.dossier_id WHERE {UNSETTLED} "
    f"ORDER BY position DESC LIMIT {MOST_LISTED}"
)
_COUNT: Final = f"SELECT verdict, count(*) FROM delivery WHERE {UNSETTLED} GROUP BY verdict"


class Unsettled(Struct, frozen=True, kw_only=True):
    """One operation that the centre has flagged, or given no effect; `reason` is its short word.

    `code` is "" if this desk has not seen how the dossier was received. `done_at` is in UTC.
    """

    op_id: UUID
    dossier_id: UUID | None
    code: str
    kind: str
    verdict: Verdict
    reason: str
    done_at: datetime
    actor: str


def unsettled(connection: sa.Connection) -> list[Unsettled]:
    """Return what the centre has not taken as it came, the latest first, MOST_LISTED at most."""
    return [
        Unsettled(
            op_id=UUID(bytes=op_id),
            dossier_id=UUID(bytes=dossier_id) if dossier_id else None,
            code=code or "",
            kind=kind,
            verdict=Verdict(verdict),
            reason=reason,
            done_at=from_micros(wall_utc),
            actor=actor,
        )
        for op_id, dossier_id, code, kind, verdict, reason, wall_utc, actor in (
            connection.exec_driver_sql(_QUERY)
        )
    ]


def count_unsettled(connection: sa.Connection) -> Counter[Verdict]:
    """Return how many there are of each verdict."""
    found = connection.exec_driver_sql(_COUNT)
    return Counter({Verdict(verdict): count for verdict, count in found})
