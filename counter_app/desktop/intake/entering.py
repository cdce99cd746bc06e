"""How what is typed, chosen and ticked becomes an intake.

Fields are named by their path into it: "applicant.full_name", "components.birth_note",
"answers.mother.birth_date", "answers.members[2].share".
"""

import re
from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Authority, AuthorityKind, Party, PartyKind, Sex
from counter_app.domain.procedure import Component, Procedure
from counter_app.domain.question import Answer, AnswerRow, Part, Question, is_blank
from counter_app.domain.text import nfc
from counter_app.errors import ImpossibleDate

_LONGEST_NUMBER: Final = 15  # digits; the capital of a business has more than nine
_ANSWER: Final = re.compile(r"answers\.(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")
_PEOPLE: Final = frozenset({"applicant", "submitter", "collector"})


def with_value(intake: Intake, procedure: Procedure | None, path: str, value: str) -> Intake:
    """Return `intake` after `value` was typed or chosen in the field at `path`.

    Dates are kept in ISO form, numbers as numbers, wherever they can be read as such.
    """
    place, _, name = path.partition(".")
    match place:
        case "applicant" | "submitter" | "collector":
            party = party_at(intake, place) or Party()
            return with_party(intake, place, _with_field(party, name, value))
        case "authority":
            ground = _with_ground(intake.authority or Authority(), name, value)
            return replace(intake, authority=ground)
        case "answers":
            return _with_answer(intake, procedure, path, value)
        case "competent_agency":
            return replace(intake, competent_agency=nfc(value))
        case "case":
            return fitted(replace(intake, case=value or None), procedure)
        case "channel":
            return replace(intake, channel=Channel(value))
        case "return_channel":
            return replace(intake, return_channel=ReturnChannel(value))
        case "note":
            return replace(intake, note=nfc(value))
        case _:
            raise KeyError(path)


def value_at(intake: Intake, path: str) -> str:
    """Return what stands in the field at `path`, of a person or of an answer that is text."""
    who, _, name = path.rpartition(".")
    party = party_at(intake, who)
    if party is not None:
        return str(getattr(party, name) or "")
    found = _ANSWER.fullmatch(path)
    answer = intake.answers.get(found[1]) if found else None
    if found and isinstance(answer, tuple):
        row = int(found[2] or 0)
        return str(answer[row].get(found[3], "")) if row < len(answer) else ""
    return str(answer) if isinstance(answer, str | int) else ""


def party_at(intake: Intake, who: str) -> Party | None:
    """Return the party at a path, as "submitter" or "answers.mother"; None if there is none."""
    match who:
        case "applicant":
            return intake.applicant
        case "submitter":
            return intake.submitter
        case "collector":
            return intake.collector
        case _:
            answer = intake.answers.get(who.removeprefix("answers."))
            return answer if isinstance(answer, Party) else None


def with_party(intake: Intake, who: str, party: Party) -> Intake:
    """Return `intake` with another party at a path."""
    match who:
        case "applicant":
            return replace(intake, applicant=party)
        case "submitter":
            return replace(intake, submitter=party)
        case "collector":
            return replace(intake, collector=party)
        case _:
            name = who.removeprefix("answers.")
            return replace(intake, answers={**intake.answers, name: party})


def with_row(intake: Intake, question: Question, *, before: int) -> Intake:
    """Return `intake` with an empty row in a group, as long as there is room for one."""
    rows = list(shown_rows(intake, question))
    if len(rows) >= question.most_rows:
        return intake
    rows.insert(before, {})
    return replace(intake, answers={**intake.answers, question.id: tuple(rows)})


def without_row(intake: Intake, question: Question, row: int) -> Intake:
    """Return `intake` without a row of a group."""
    rows = list(rows_in(intake, question))
    del rows[row : row + 1]
    answers: dict[str, Answer] = {**intake.answers, question.id: tuple(rows)}
    if not rows:
        del answers[question.id]
    return replace(intake, answers=answers)


def rows_in(intake: Intake, question: Question) -> tuple[AnswerRow, ...]:
    """Return the rows of a group as far as they were entered."""
    answer = intake.answers.get(question.id)
    return answer if isinstance(answer, tuple) else ()


def shown_rows(intake: Intake, question: Question) -> tuple[AnswerRow, ...]:
    """Return the rows of a group with the empty ones that wait to be filled in."""
    rows = rows_in(intake, question)
    least = max(question.fewest_rows, 1)
    return rows + tuple({} for _missing in range(least - len(rows)))


def asks_for_place(procedure: Procedure | None, path: str) -> bool:
    """Say whether an address is typed in the field at `path`, and can be completed."""
    who, _, name = path.rpartition(".")
    if who in _PEOPLE:
        return name == "address"
    asked = _asked_at(procedure, path)
    person = isinstance(asked, Question) and asked.type == "person"
    return name == "address" if person else asked is not None and asked.type == "place"


def fitted(intake: Intake, procedure: Procedure | None) -> Intake:
    """Return `intake` without what `procedure` does not ask for in its case, the first if none.

    Ticks stay where papers agree.
    """
    if procedure is None:
        return intake
    cases = [case.id for case in procedure.case]
    case = intake.case if intake.case in cases else next(iter(cases), None)
    asked = procedure.components_of(case)
    questions = {question.id for question in procedure.question}
    kept = tuple(paper for paper in given(intake, asked) if paper.id in {c.id for c in asked})
    return replace(
        intake,
        procedure=procedure.code,
        case=case,
        components=kept,
        answers={key: value for key, value in intake.answers.items() if key in questions},
    )


def given(intake: Intake, asked: Iterable[Component]) -> tuple[PaperGiven, ...]:
    """Return the ticked papers one by one, also where all were attested in one word."""
    if intake.components == "all":
        return tuple(PaperGiven(id=component.id) for component in asked if component.required)
    return intake.components


def iso_or_typed(typed: str) -> str:
    """Return a date in ISO form; what is none yet stays as it was typed."""
    try:
        return parse_partial_date(typed).iso()
    except ImpossibleDate:
        return nfc(typed)


def shown_date(value: str) -> str:
    """Return a kept date as dd/MM/yyyy; what is none stays as it was typed."""
    try:
        return f"{parse_partial_date(value)}"
    except ImpossibleDate:
        return value


def number_or_typed(typed: str) -> str | int:
    """Return a whole number; what is none stays as it was typed."""
    digits = typed.strip()
    whole = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
    return int(digits) if whole else nfc(typed)


def _with_field(party: Party, name: str, value: str) -> Party:
    match name:
        case "kind":
            return replace(party, kind=PartyKind(value))
        case "sex":
            return replace(party, sex=Sex(value) if value else None)
        case "birth_date":
            return replace(party, birth_date=iso_or_typed(value))
        case "full_name":
            return replace(party, full_name=nfc(value))
        case "id_number":
            return replace(party, id_number=nfc(value))
        case "address":
            return replace(party, address=nfc(value))
        case "phone":
            return replace(party, phone=nfc(value))
        case "email":
            return replace(party, email=nfc(value))
        case _:
            raise KeyError(name)


def _with_ground(authority: Authority, name: str, value: str) -> Authority:
    match name:
        case "kind":
            return replace(authority, kind=AuthorityKind(value))
        case "document":
            return replace(authority, document=nfc(value))
        case "issued_on":
            return replace(authority, issued_on=iso_or_typed(value))
        case _:
            raise KeyError(name)


def _asked_at(procedure: Procedure | None, path: str) -> Question | Part | None:
    """Return the question at a path, or the part of a group."""
    found = _ANSWER.fullmatch(path)
    asked = procedure.question if procedure and found else ()
    question = next((each for each in asked if found and each.id == found[1]), None)
    if question is None or found is None or question.type != "group" or not found[3]:
        return question
    return next((part for part in question.part if part.id == found[3]), None)


def _with_answer(intake: Intake, procedure: Procedure | None, path: str, value: str) -> Intake:
    found = _ANSWER.fullmatch(path)
    asked = _asked_at(procedure, path)
    if found is None or asked is None:
        raise KeyError(path)
    name, row, field = found.groups()
    changed: dict[str, Answer] = dict(intake.answers)
    if isinstance(asked, Part):
        rows = [dict(each) for each in rows_in(intake, _group(procedure, name))]
        rows += [{} for _missing in range(int(row or 0) + 1 - len(rows))]
        rows[int(row or 0)][field] = _simple(asked, value)
        changed[name] = tuple(rows)
    elif asked.type == "person":
        party = party_at(intake, f"answers.{name}") or Party()
        changed[name] = _with_field(party, field, value)
        if is_blank(changed[name]):
            del changed[name]
    else:
        changed[name] = _simple(asked, value)
        if not value and asked.default is None:
            del changed[name]  # with a default, an empty field is an answer: it was taken out
    return replace(intake, answers=changed)


def _group(procedure: Procedure | None, name: str) -> Question:
    return next(each for each in (procedure.question if procedure else ()) if each.id == name)


def _simple(asked: Question | Part, value: str) -> str | int:
    match asked.type:
        case "number":
            return number_or_typed(value)
        case "date":
            return iso_or_typed(value)
        case _:
            return nfc(value)
