"""Which results wait for the person at the desk."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.store.engine import driver

_WAITING: Final = (
    "SELECT dossier_id FROM (SELECT id, dossier_id FROM dossier WHERE id_number = ?1 "
    "AND id_number <> '' AND status = 9 UNION SELECT id, dossier_id FROM dossier "
    "WHERE submitter_id_number = ?1 AND submitter_id_number <> '' AND status = 9) "
    "ORDER BY id LIMIT 50"
)


def waiting_for(connection: sa.Connection, number: str) -> Sequence[UUID]:
    """Return the dossiers whose result is there, of the person with this ID number."""
    found = driver(connection).execute(_WAITING, (number,))
    return [UUID(bytes=dossier_id) for (dossier_id,) in found]
