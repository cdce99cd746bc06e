"""What the intake asks of a person: were they here before, and what of theirs is still open?"""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct

from counter_app.domain.party import Party
from counter_app.domain.status import ENDED
from counter_app.store.projection import search_words
from counter_app.store.rows import SELECT, DossierRow, read_rows
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

_OPEN: Final = (
    "procedure_code = ? AND NOT voided "
    f"AND status NOT IN ({', '.join(str(int(status)) for status in sorted(ENDED))})"
)
_MOST_NAMESAKES: Final = 50  # the newest; among more there is none who is open and the same


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


def open_by_number(
    connection: sa.Connection, id_number: str, procedure: str
) -> Sequence[DossierRow]:
    """Return what is open of a procedure for the applicant with this number, the newest first."""
    query = f"{SELECT} WHERE id_number = ? AND id_number <> '' AND {_OPEN} ORDER BY id DESC"
    return read_rows(connection, query, (id_number, procedure))


def open_by_birth(
    connection: sa.Connection, applicant: Party, procedure: str
) -> Sequence[DossierRow]:
    """Return what is open of a procedure for applicants of the same name and birth date."""
    words = search_words(applicant.full_name)
    if not words or not applicant.birth_date:
        return ()
    match = " ".join(f'"{word}"' for word in words)
    query = (
        f"{SELECT} WHERE id IN (SELECT rowid FROM dossier_words WHERE dossier_words MATCH ? "
        f"ORDER BY rowid DESC LIMIT {_MOST_NAMESAKES}) AND applicant_name = ? AND {_OPEN} "
        "ORDER BY id DESC"
    )
    found = read_rows(connection, query, (match, applicant.full_name, procedure))
    return [row for row in found if _born(connection, row.dossier_id) == applicant.birth_date]


def _born(connection: sa.Connection, dossier_id: UUID) -> str:
    received = dossier(connection, dossier_id).received
    return received.applicant.birth_date if received else ""
