"""What the intake asks when a card has been scanned: was this person here before?"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct

from counter_app.domain.party import Party
from counter_app.store.timeline import dossier

_LAST: Final = (
    "SELECT dossier_id FROM dossier WHERE id IN ("
    "SELECT max(id) FROM dossier WHERE id_number = ?1 AND id_number <> '' UNION ALL "
    "SELECT max(id) FROM dossier WHERE submitter_id_number = ?1 AND submitter_id_number <> '')"
    " ORDER BY id DESC"
)
_COUNT: Final = (
    "SELECT count(*) FROM dossier WHERE id_number = ? AND id_number <> '' AND NOT voided"
)


class ReturningApplicant(Struct, frozen=True, kw_only=True):
    """Somebody as they were when they last handed something in; `dossiers` are their own."""

    party: Party
    dossiers: int


def returning_applicant(connection: sa.Connection, id_number: str) -> ReturningApplicant | None:
    """Return who this number belonged to the last time, or None if it is new here."""
    last = next(_parties(connection, id_number), None)
    if last is None:
        return None
    count = connection.exec_driver_sql(_COUNT, (id_number,)).scalar_one()
    return ReturningApplicant(party=last, dossiers=count)


def _parties(connection: sa.Connection, id_number: str) -> Iterator[Party]:
    for (dossier_id,) in connection.exec_driver_sql(_LAST, (id_number,)).all():
        received = dossier(connection, UUID(bytes=dossier_id)).received
        people = (received.applicant, received.submitter) if received else ()
        yield from (person for person in people if person and person.id_number == id_number)
