"""Who may take a result away: whoever the card shows, beside those that the dossier names."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec.structs import replace

from counter_app.domain.dossier import Dossier
from counter_app.domain.id_card import IdCard
from counter_app.domain.identity import document_number
from counter_app.domain.operation import Finished, Operation, ResultReturned
from counter_app.domain.party import Party
from counter_app.domain.text import fold
from counter_app.errors import InvalidField
from counter_app.i18n import _


class Collector(StrEnum):
    """Whose the result is, or who comes for it."""

    APPLICANT = "applicant"
    SUBMITTER = "submitter"
    NAMED = "named"
    OTHER = "other"


def people_of(dossier: Dossier) -> dict[Collector, Party]:
    """Return those who may take the result without another paper, as they stand corrected."""
    received = dossier.received
    if received is None:
        return {}
    people = {
        Collector.NAMED: received.collector,
        Collector.APPLICANT: received.applicant,
        Collector.SUBMITTER: received.submitter,
    }
    return {
        who: _corrected(dossier, who, party) for who, party in people.items() if party is not None
    }


def who_is(card: IdCard, dossier: Dossier) -> Collector:
    """Return as whom the holder of `card` stands in the dossier, by number alone."""
    numbers = {document_number(number) for number in (card.number, card.old_number) if number}
    for who, party in people_of(dossier).items():
        if document_number(party.id_number) in numbers:
            return who
    return Collector.OTHER


def stands_as(person: Party, dossier: Dossier) -> Collector:
    """Return as whom a person stands in the dossier: by number, or by name without one."""
    for who, party in people_of(dossier).items():
        if _is_same(person, party):
            return who
    return Collector.OTHER


def check_collector(body: ResultReturned, dossier: Dossier) -> None:
    """Let those collect whom the dossier names, and others with a paper that lets them.

    Raises:
        InvalidField: somebody collects who is not named there, and nothing lets them.
    """
    if dossier.received is None or stands_as(body.collector, dossier) is not Collector.OTHER:
        return
    if body.authority is None or not body.authority.document:
        reason = _("{name} is not named in dossier {code}: enter the paper that lets them collect.")
        raise InvalidField(
            field="authority.document",
            reason=reason.format(name=body.collector.full_name, code=dossier.code),
        )


def person_of(card: IdCard) -> Party:
    """Return the person whom a card shows."""
    return Party(
        full_name=card.full_name,
        id_number=card.number,
        birth_date=card.birth_date.iso() if card.birth_date else "",
        sex=card.sex,
        address=card.address,
    )


def documents_of(operations: Sequence[Operation], presumed: str = "") -> tuple[str, ...]:
    """Return the documents that the result is made of, as it was entered last, one by one.

    `presumed` is what the procedure calls its result, where nobody has entered one.
    """
    entered = [each.body.result for each in operations if isinstance(each.body, Finished)]
    text = entered[-1] if entered else presumed
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _corrected(dossier: Dossier, who: Collector, party: Party) -> Party:
    for amended in dossier.amendments:
        whose, _dot, part = amended.field.partition(".")
        if whose == who.value and part in {"full_name", "id_number", "phone", "address"}:
            party = replace(party, **{part: amended.new})
    return party


def _is_same(one: Party, other: Party) -> bool:
    if one.id_number and other.id_number:
        return document_number(one.id_number) == document_number(other.id_number)
    return bool(one.full_name) and fold(one.full_name) == fold(other.full_name)
