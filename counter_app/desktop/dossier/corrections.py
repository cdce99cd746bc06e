"""Which entries of a dossier can be corrected, and what they say now; without Qt."""

from collections.abc import Iterator, Sequence
from typing import Final

from counter_app.domain.answer_part import Place, place_of, places_in
from counter_app.domain.corrected import corrected
from counter_app.domain.correction import people_in
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import stands_now
from counter_app.domain.procedure import Part, Procedure, Question
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


def questions_of(procedure: Procedure | None) -> tuple[Question, ...]:
    """Return the procedure's own questions, where they are known."""
    return procedure.question if procedure else ()


def what_stands(dossier: Dossier, field: str, procedure: Procedure | None) -> str:
    """Return what an entry says now, or nothing."""
    if dossier.received is None or not field:
        return ""
    return stands_now(field, dossier, dossier.received, questions_of(procedure)) or ""


def choices_of(field: str, procedure: Procedure | None) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen in an entry, each with its words; nothing where one types."""
    place = place_of(field.removeprefix("answers."))
    if place is None or not field.startswith("answers."):
        return ()
    for question in questions_of(procedure):
        asked: Sequence[Question | Part] = question.part if place.part else [question]
        for each in asked if question.id == place.question else ():
            if each.id == (place.part or question.id):
                return tuple((choice.id, law(choice.label)) for choice in each.choices)
    return ()


def _fields(dossier: Dossier, procedure: Procedure | None) -> Iterator[tuple[str, str]]:
    received = dossier.received
    if received is None:
        return
    for whose, party in people_in(received).items():
        for part, words in _PARTS.items() if party else ():
            yield f"{whose}.{part}", f"{_(_PEOPLE[whose])}: {_(words)}"
    questions = questions_of(procedure)
    answers = (corrected(dossier) or received).answers
    for place in places_in(answers, questions):
        if place.part != "sex":
            yield f"answers.{place}", _named(place, questions)
    yield "note", _("Note")


def _named(place: Place, questions: Sequence[Question]) -> str:
    asked = next((question for question in questions if question.id == place.question), None)
    name = law(asked.label) if asked else place.question
    if not place.part:
        return name
    if place.row is None:
        return f"{name}: {_(_PARTS[place.part])}"
    labels = {part.id: law(part.label) for part in asked.part} if asked else {}
    words = _("{group}, row {row}: {name}")
    return words.format(group=name, row=place.row + 1, name=labels.get(place.part, place.part))
