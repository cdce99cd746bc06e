"""One entry among the answers, as a correction names it: “child.full_name”, “members[2].year”.

Rows count from 0 and keep their places: one that was emptied stays, empty, so that what another
desk corrects meanwhile is never put into another row.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from msgspec.structs import replace

from counter_app.domain.answer_check import of_answers
from counter_app.domain.intake import tidied_party
from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Party, Sex
from counter_app.domain.question import Answer, AnswerRow, Question
from counter_app.errors import ImpossibleDate, InvalidField
from counter_app.i18n import _

_PATH: Final = re.compile(r"([a-z0-9_]+)(?:\[([0-9]{1,3})\])?(?:\.([a-z0-9_]+))?", re.ASCII)
_SEXES: Final = {sex.value: sex for sex in Sex}


class Place(NamedTuple):
    """Where an entry stands: in which answer, in which row of it, under which name."""

    question: str
    row: int | None
    part: str

    def __str__(self) -> str:
        """Return the path that leads to it."""
        row = "" if self.row is None else f"[{self.row}]"
        return f"{self.question}{row}.{self.part}" if self.part else f"{self.question}{row}"


def place_of(path: str) -> Place | None:
    """Return where a path leads; None if it is none."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    return Place(found[1], None if found[2] is None else int(found[2]), found[3] or "")


def entry_in(
    answers: Mapping[str, Answer], path: str, questions: Iterable[Question] = ()
) -> str | None:
    """Return what an entry says, as it is stored; None if there is none of this name.

    The row after the last one is there, and empty: something can be entered in it.
    """
    place = place_of(path)
    if place is None:
        return None
    match answers.get(place.question):
        case str() | int() as answer if place.row is None and not place.part:
            return str(answer)
        case Party() as party if place.row is None and place.part in _of_person():
            return str(getattr(party, place.part) or "")
        case tuple() as rows if place.row is not None and place.row <= len(rows):
            if place.part not in _parts(place.question, rows, questions):
                return None
            return str(rows[place.row].get(place.part, "")) if place.row < len(rows) else ""
        case _:
            return None


def with_entry(answers: Mapping[str, Answer], path: str, new: str) -> dict[str, Answer]:
    """Return the answers with one entry changed; what it cannot be is left as it is."""
    place, known = place_of(path), dict(answers)
    if place is None:
        return known
    match answers.get(place.question):
        case str() if entry_in(answers, path) is not None:
            return known | {place.question: new}
        case int() if entry_in(answers, path) is not None and _is_number(new):
            return known | {place.question: int(new)}
        case Party() as party if entry_in(answers, path) is not None:
            return known | {place.question: _amended(party, place.part, new)}
        case tuple() as rows if place.row is not None and place.part and place.row <= len(rows):
            return known | {place.question: _with_cell(rows, place.row, place.part, new)}
        case _:
            return known


def put_right(
    answers: Mapping[str, Answer],
    path: str,
    new: str,
    questions: tuple[Question, ...],
    today: date,
) -> str:
    """Return the new value of an entry as it is stored.

    `questions` are those of the procedure's version under which the dossier was received; of one
    that was received elsewhere they may not be known here, and then the value is only tidied.

    Raises:
        InvalidField: it cannot be true.
    """
    place = place_of(path)
    assert place is not None  # or there would be no such entry
    was = answers.get(place.question)
    if isinstance(was, int) and not _is_number(new):
        raise InvalidField(field="new", reason=_("A whole number is expected here."))
    told = _as_stored(was, place, new, questions)
    if questions:
        _check(with_entry(answers, path, told), place, questions, today)
    return told


def places_in(answers: Mapping[str, Answer], questions: Iterable[Question]) -> Iterator[Place]:
    """Walk through the entries that can be corrected, with those of one row more."""
    known = {question.id: question for question in questions}
    for name, answer in answers.items():
        match answer:
            case Party():
                yield from (Place(name, None, part) for part in _of_person())
            case tuple():
                asked = known.get(name)
                more = asked is None or len(answer) < asked.most_rows
                for row in range(len(answer) + more):
                    parts = _parts(name, answer, known.values())
                    yield from (Place(name, row, part) for part in parts)
            case _:
                yield Place(name, None, "")


def _check(
    answers: Mapping[str, Answer], place: Place, questions: tuple[Question, ...], today: date
) -> None:
    own = {f"answers.{place}", f"answers.{place.question}"}
    for problem in of_answers(answers, questions, today):
        if problem.field in own:
            raise InvalidField(field="new", reason=problem.sentence)


def _of_person() -> tuple[str, ...]:
    return tuple(name for name in Party.__struct_fields__ if name != "kind")


def _parts(
    name: str, rows: tuple[AnswerRow, ...], questions: Iterable[Question]
) -> tuple[str, ...]:
    asked = next((question for question in questions if question.id == name), None)
    if asked is not None:
        return tuple(part.id for part in asked.part)
    return tuple(dict.fromkeys(part for row in rows for part in row))


def _with_cell(rows: tuple[AnswerRow, ...], row: int, part: str, new: str) -> tuple[AnswerRow, ...]:
    counted = any(isinstance(each.get(part), int) for each in rows)
    cells = dict(rows[row]) if row < len(rows) else {}
    if new:
        cells[part] = int(new) if counted and _is_number(new) else new
    else:
        cells.pop(part, None)
    return (*rows[:row], cells, *rows[row + 1 :])


def _amended(party: Party, part: str, new: str) -> Party:
    if part == "sex":
        return replace(party, sex=_SEXES.get(new, party.sex) if new else None)
    return replace(party, **{part: new})


def _as_stored(was: Answer | None, place: Place, new: str, questions: tuple[Question, ...]) -> str:
    if isinstance(was, Party):
        if place.part == "sex" and new and new not in _SEXES:
            words = _("Choose one of: {choices}.")
            raise InvalidField(field="new", reason=words.format(choices=", ".join(_SEXES)))
        return str(getattr(tidied_party(_amended(was, place.part, new)), place.part) or "")
    if _kind_of(place, questions) == "date" and new:
        try:
            return parse_partial_date(new).iso()
        except ImpossibleDate:
            return new  # for the check to name
    return new


def _kind_of(place: Place, questions: tuple[Question, ...]) -> str:
    for question in questions:
        if question.id == place.question:
            parts = {part.id: part.type for part in question.part}
            return parts.get(place.part, "text") if place.part else question.type
    return "text"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
