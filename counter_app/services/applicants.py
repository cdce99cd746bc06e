"""Who stands at the desk: what is known of them, what of theirs is open, and where they live."""

from collections.abc import Container
from uuid import UUID

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.domain.identity import document_number
from counter_app.domain.intake import Intake, tidied
from counter_app.store.applicants import ReturningApplicant, open_by_birth, open_by_number
from counter_app.store.applicants import returning_applicant as find
from counter_app.store.rows import DossierRow

_FEWEST_CHARACTERS = 6


def returning_applicant(desk: Desk, id_number: str) -> ReturningApplicant | None:
    """Return who had this number on an earlier dossier, or None if it is new here."""
    number = document_number(id_number)
    if len(number) < _FEWEST_CHARACTERS:
        return None
    with desk.store.read() as connection:
        return find(connection, number)


def open_of_same(desk: Desk, intake: Intake, *, known: Container[UUID] = ()) -> DossierRow | None:
    """Return a dossier of the same applicant and procedure that is still open, or None.

    The same is who has the same number, else the same name and birth date. Those that are
    `known` to the officer are passed over. Its instants are in the time of the office.
    """
    applicant = tidied(intake).applicant
    with desk.store.read() as connection:
        found = [
            *open_by_number(connection, applicant.id_number, intake.procedure),
            *open_by_birth(connection, applicant, intake.procedure),
        ]
    same = next((row for row in found if row.dossier_id not in known), None)
    if same is None or same.received_at is None:
        return same
    return replace(same, received_at=same.received_at.astimezone(desk.now().tzinfo))


def addresses_like(desk: Desk, typed: str, *, limit: int) -> tuple[str, ...]:
    """Return the addresses that `typed` may be the beginning of, the likeliest first."""
    found = desk.catalogue.places.complete(typed, desk.business_date, limit=limit)
    return tuple(suggestion.text for suggestion in found)
