"""What earlier dossiers of the same applicant have in scans: what need not be asked for again."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

MOST: Final = 20

_EARLIER: Final = (
    "SELECT DISTINCT dossier.dossier_id FROM dossier "
    "JOIN operation ON operation.dossier_id = dossier.dossier_id AND kind = 'scan_added' "
    "WHERE id_number = ? AND id_number <> '' AND dossier.dossier_id <> ? AND NOT voided "
    "ORDER BY dossier.id DESC LIMIT ?"
)


def with_scans(connection: sa.Connection, id_number: str, but: UUID) -> Sequence[UUID]:
    """Return the other dossiers of the applicant with this number, the newest first."""
    found = connection.exec_driver_sql(_EARLIER, (id_number, but.bytes, MOST))
    return [UUID(bytes=dossier_id) for (dossier_id,) in found]
