"""Who has looked at what, and who has taken what out on paper."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
import sqlalchemy as sa

from counter_app.domain.operation import ScanOpened
from counter_app.store.engine import driver
from counter_app.store.journal import COLUMNS, TABLES, Entry, entry_of
from counter_app.store.tables import PENDING

_VIEWED = (
    "SELECT 1 FROM operation WHERE dossier_id = ? AND kind = 'record_viewed' "
    "AND actor = ? AND business_date = ? LIMIT 1"
)
_OPENED = (
    "SELECT body FROM operation JOIN operation_body USING (position) "
    "WHERE dossier_id = ? AND kind = 'scan_opened' AND actor = ? AND business_date = ?"
)

_PRINTED = (
    f"SELECT {COLUMNS} FROM {TABLES} WHERE business_date = ? "
    "AND kind IN ('receipt_printed', 'paper_printed', 'sheet_printed') "
    "ORDER BY operation.position"
)
_CODE = "SELECT code FROM dossier WHERE dossier_id = ?"
_UNSEEN = (
    f"SELECT copy FROM print_job WHERE {PENDING} AND state IN ('waiting', 'failed') "
    "AND dossier_id IS NULL AND about = ? ORDER BY copy DESC LIMIT 1"
)
_SHEETS = (
    "SELECT count(*) FROM operation JOIN operation_body USING (position) "
    "WHERE kind = 'sheet_printed' AND position > ? AND CAST(body AS TEXT) ->> '$.about' = ?"
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


def next_copy(connection: sa.Connection, about: UUID, since: int) -> int:
    """Return which copy the next paper of a guidance is, which stands at position `since`.

    One that is known not to have come out is the same copy again.
    """
    unseen = connection.exec_driver_sql(_UNSEEN, (about.bytes,)).scalar()
    if unseen is not None:
        return int(unseen)
    return int(connection.exec_driver_sql(_SHEETS, (since, str(about))).scalar_one())


def printed_on(connection: sa.Connection, day: date) -> Sequence[tuple[Entry, str]]:
    """Return what was printed on a day, the first first, each with the code of its dossier."""
    rows = driver(connection).execute(_PRINTED, (day.isoformat(),)).fetchall()
    entries = [entry_of(row) for row in rows]
    return [(entry, _code(connection, entry)) for entry in entries]


def _code(connection: sa.Connection, entry: Entry) -> str:
    dossier_id = entry.operation.header.dossier_id
    if dossier_id is None:
        return ""
    return str(connection.exec_driver_sql(_CODE, (dossier_id.bytes,)).scalar() or "")


def _said(raw: bytes) -> ScanOpened | None:
    try:
        return msgspec.json.decode(raw, type=ScanOpened)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # for `verify` to tell
        return None
