"""Who has looked at what."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

_VIEWED = (
    "SELECT 1 FROM operation WHERE dossier_id = ? AND kind = 'record_viewed' "
    "AND actor = ? AND business_date = ? LIMIT 1"
)


def was_viewed(connection: sa.Connection, dossier_id: UUID, officer: str, day: date) -> bool:
    """Say whether it has been noted already that the officer read the dossier on this day."""
    parameters = dossier_id.bytes, officer, day.isoformat()
    return connection.exec_driver_sql(_VIEWED, parameters).scalar() is not None
