"""Who has looked at what."""

from datetime import date
from uuid import UUID

import msgspec
import sqlalchemy as sa

from counter_app.domain.operation import ScanOpened

_VIEWED = (
    "SELECT 1 FROM operation WHERE dossier_id = ? AND kind = 'record_viewed' "
    "AND actor = ? AND business_date = ? LIMIT 1"
)
_OPENED = (
    "SELECT body FROM operation JOIN operation_body USING (position) "
    "WHERE dossier_id = ? AND kind = 'scan_opened' AND actor = ? AND business_date = ?"
)


def was_viewed(connection: sa.Connection, dossier_id: UUID, officer: str, day: date) -> bool:
    """Say whether it has been noted already that the officer read the dossier on this day."""
    parameters = dossier_id.bytes, officer, day.isoformat()
    return connection.exec_driver_sql(_VIEWED, parameters).scalar() is not None


def was_opened(
    connection: sa.Connection, dossier_id: UUID, body: ScanOpened, officer: str, day: date
) -> bool:
    """Say whether it has been noted already that the officer looked at this scan, and why."""
    found = connection.exec_driver_sql(_OPENED, (dossier_id.bytes, officer, day.isoformat()))
    return any(_said(raw) == body for (raw,) in found)


def _said(raw: bytes) -> ScanOpened | None:
    try:
        return msgspec.json.decode(raw, type=ScanOpened)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # for `verify` to tell
        return None
