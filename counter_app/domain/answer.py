"""What was answered to a procedure's own questions, in words."""

from collections.abc import Mapping

from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Party
from counter_app.domain.procedure import Answer, AnswerRow, Part, Question
from counter_app.errors import ImpossibleDate
from counter_app.i18n import _, law


def answer_in_words(answer: Answer, question: Question | None) -> str:
    """Return an answer as screens and papers show it: choices by name, rows by semicolons.

    Each cell of a row stands behind the name of its part. Without the `question`, an answer is
    told as it was stored.
    """
    match answer:
        case Party():
            return _person(answer)
        case tuple():
            parts = {part.id: part for part in question.part} if question else {}
            return "; ".join(_row(row, parts) for row in answer if row)
        case _:
            return simple_in_words(answer, question)


def simple_in_words(answer: str | int, asked: Question | Part | None) -> str:
    """Return what was answered to a simple question, or to a part of a group."""
    if isinstance(answer, int) or asked is None:
        return str(answer)
    if asked.type == "date":
        return _date(answer)
    labels = {choice.id: choice.label for choice in asked.choices}
    return law(labels[answer]) if answer in labels else answer


def _person(party: Party) -> str:
    told = [party.full_name]
    if party.id_number:
        told.append(_("ID number {number}").format(number=party.id_number))
    if party.birth_date:
        told.append(_("born {date}").format(date=_date(party.birth_date)))
    if party.address:
        told.append(_("living at {address}").format(address=party.address))
    return ", ".join(told)


def _row(row: AnswerRow, parts: Mapping[str, Part]) -> str:
    cells = []
    for name, cell in row.items():
        part = parts.get(name)
        label = law(part.label) if part else name
        cells.append(f"{label}: {simple_in_words(cell, part)}")
    return ", ".join(cells)


def _date(answer: str) -> str:
    try:
        return f"{parse_partial_date(answer)}"
    except ImpossibleDate:
        return answer
