"""Which entries of a dossier can be corrected, and what they say now; without Qt."""

from collections.abc import Iterator
from typing import Final

from counter_app.domain.correction import people_in
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import stands_now
from counter_app.domain.procedure import Procedure
from counter_app.i18n import N_, _, law

_PEOPLE: Final = {
    "applicant": N_("Applicant"),
    "submitter": N_("Handed in by"),
    "collector": N_("Named to collect"),
}
_PARTS: Final = {
    "full_name": N_("Name"),
    "id_number": N_("ID number"),
    "birth_date": N_("Born"),
    "phone": N_("Phone"),
    "address": N_("Address"),
    "email": N_("E-mail"),
}


def correctable(dossier: Dossier, procedure: Procedure | None) -> tuple[tuple[str, str], ...]:
    """Return the entries that can be corrected, each with what it is called."""
    return tuple(_fields(dossier, procedure))


def what_stands(dossier: Dossier, field: str) -> str:
    """Return what an entry says now, or nothing."""
    if dossier.received is None or not field:
        return ""
    return stands_now(field, dossier, dossier.received) or ""


def choices_of(field: str, procedure: Procedure | None) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen in an entry, each with its words; nothing where one types."""
    for question in procedure.question if procedure else ():
        if field == f"answers.{question.id}":
            return tuple((choice.id, law(choice.label)) for choice in question.choices)
    return ()


def _fields(dossier: Dossier, procedure: Procedure | None) -> Iterator[tuple[str, str]]:
    received = dossier.received
    if received is None:
        return
    for whose, party in people_in(received).items():
        for part, words in _PARTS.items() if party else ():
            yield f"{whose}.{part}", f"{_(_PEOPLE[whose])}: {_(words)}"
    labels = {q.id: law(q.label) for q in procedure.question} if procedure else {}
    for name, answer in received.answers.items():
        if isinstance(answer, str | int):
            yield f"answers.{name}", labels.get(name, name)
    yield "note", _("Note")
