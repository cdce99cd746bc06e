"""Who stands at the desk: what is known of them from earlier dossiers, and where they live."""

from counter_app.desk import Desk
from counter_app.domain.identity import document_number
from counter_app.store.applicants import ReturningApplicant
from counter_app.store.applicants import returning_applicant as find

_FEWEST_CHARACTERS = 6


def returning_applicant(desk: Desk, id_number: str) -> ReturningApplicant | None:
    """Return who had this number on an earlier dossier, or None if it is new here."""
    number = document_number(id_number)
    if len(number) < _FEWEST_CHARACTERS:
        return None
    with desk.store.read() as connection:
        return find(connection, number)


def addresses_like(desk: Desk, typed: str, *, limit: int) -> tuple[str, ...]:
    """Return the addresses that `typed` may be the beginning of, the likeliest first."""
    found = desk.catalogue.places.complete(typed, desk.business_date, limit=limit)
    return tuple(suggestion.text for suggestion in found)
