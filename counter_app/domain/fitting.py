"""An intake that was begun under another version of its procedure, fitted to the one in force."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.answer import answer_in_words, simple_in_words
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Party
from counter_app.domain.procedure import Component, Procedure
from counter_app.domain.question import Answer, AnswerRow, Part, Question, is_blank
from counter_app.errors import ImpossibleDate
from counter_app.i18n import _, law

_LONGEST_NUMBER: Final = 15  # digits; all of them are exact wherever the answer travels


class LeftOut(Struct, frozen=True, kw_only=True):
    """Something that was entered and is no longer asked for: what it was, and what it said."""

    name: str
    value: str = ""

    def __str__(self) -> str:
        """Return it in one line."""
        return f"{self.name}: {self.value}" if self.value else self.name


class Fitted(Struct, frozen=True, kw_only=True):
    """An intake that the procedure can take, and what of it found no place there."""

    intake: Intake
    left_out: tuple[LeftOut, ...] = ()


def fit(intake: Intake, procedure: Procedure, others: Sequence[Procedure] = ()) -> Fitted:
    """Return `intake` with all that `procedure` still asks for, and the rest in words.

    `others` are other versions of it, first the one under which it was begun: they tell what an
    answer was given to. With none it was begun under this one.
    What was only half typed stays where it stands; what is of another kind now is carried over
    where it means the same.
    """
    case, strange_case = _case(intake.case, procedure, others)
    kept, strange_papers = _papers(intake, case, procedure, others)
    presumed = {question.id for question in procedure.question if question.default is not None}
    answers: dict[str, Answer] = {}
    strange_answers: list[LeftOut] = []
    for name, answer in _in_order(intake.answers, (*others, procedure)):
        if is_blank(answer):
            if answer == "" and name in presumed:
                answers[name] = answer  # what is usual was taken out
            continue
        new, old = _question(name, (procedure,)), _question(name, others)
        fitting, left_out = _answer(answer, new, old or new, name)
        strange_answers += left_out
        if fitting is not None:
            answers[name] = fitting
    return Fitted(
        intake=replace(
            intake, procedure=procedure.code, case=case, components=kept, answers=answers
        ),
        left_out=(*strange_case, *strange_papers, *strange_answers),
    )


def _in_order(
    answers: Mapping[str, Answer], versions: Sequence[Procedure]
) -> list[tuple[str, Answer]]:
    """Return the answers as one was asked for them."""
    asked = [question.id for version in versions for question in version.question]
    places = {name: place for place, name in reversed(list(enumerate(asked)))}
    return sorted(answers.items(), key=lambda pair: places.get(pair[0], len(asked)))


def _case(
    case: str | None, procedure: Procedure, others: Sequence[Procedure]
) -> tuple[str | None, list[LeftOut]]:
    cases = [each.id for each in procedure.case]
    first = cases[0] if cases else None
    if case is None or case in cases:
        return case or first, []
    names = {each.id: law(each.name) for other in reversed(others) for each in other.case}
    return first, [LeftOut(name=_("case"), value=names.get(case, case))]


def _papers(
    intake: Intake, case: str | None, procedure: Procedure, others: Sequence[Procedure]
) -> tuple[tuple[PaperGiven, ...], list[LeftOut]]:
    asked = procedure.components_of(case)
    if intake.components == "all":
        return tuple(PaperGiven(id=paper.id) for paper in asked if paper.required), []
    known = {paper.id for paper in asked}
    names = {paper.id: law(paper.name) for paper in _components(procedure, others)}
    strange = [paper.id for paper in intake.components if paper.id not in known]
    left_out = [LeftOut(name=_("paper"), value=names.get(paper, paper)) for paper in strange]
    return tuple(paper for paper in intake.components if paper.id in known), left_out


def _components(procedure: Procedure, others: Sequence[Procedure]) -> Iterator[Component]:
    for other in (*reversed(others), procedure):
        yield from other.component


def _question(name: str, versions: Sequence[Procedure]) -> Question | None:
    asked = (question for version in versions for question in version.question)
    return next((question for question in asked if question.id == name), None)


def _answer(
    answer: Answer, new: Question | None, old: Question | None, name: str
) -> tuple[Answer | None, list[LeftOut]]:
    if new is not None and new.type == "group" and isinstance(answer, tuple):
        parts = {part.id: part for part in old.part} if old else {}
        return _rows(answer, new, parts)
    fitting = None if new is None else _carried_over(answer, new, old or new)
    if fitting is not None:
        return fitting, []
    label = law(old.label) if old else name
    return None, [LeftOut(name=label, value=answer_in_words(answer, old))]


def _rows(
    rows: tuple[AnswerRow, ...], new: Question, old: dict[str, Part]
) -> tuple[tuple[AnswerRow, ...] | None, list[LeftOut]]:
    parts = {part.id: part for part in new.part}
    kept: list[AnswerRow] = []
    left_out = []
    for number, row in enumerate((row for row in rows if not is_blank((row,))), start=1):
        room = number <= new.most_rows
        cells: AnswerRow = {}
        for name, cell in row.items():
            part, was = parts.get(name), old.get(name) or parts.get(name)
            fitting = _simple(cell, part, was or part) if part and room else None
            if fitting is not None:
                cells[name] = fitting
            elif not is_blank(cell):
                words = _("{group}, row {row}: {name}")
                label = law(was.label) if was else name
                named = words.format(group=law(new.label), row=number, name=label)
                left_out.append(LeftOut(name=named, value=simple_in_words(cell, was)))
        if not is_blank((cells,)):
            kept.append(cells)
    return tuple(kept) or None, left_out


def _carried_over(answer: Answer, new: Question, old: Question) -> Answer | None:
    if isinstance(answer, Party):
        if new.type == "person":
            return answer
        return answer_in_words(answer, old) if new.type == "text" else None
    if isinstance(answer, tuple):
        return answer_in_words(answer, old) if new.type == "text" else None
    return None if new.type in {"person", "group"} else _simple(answer, new, old)


def _simple(answer: str | int, new: Question | Part, old: Question | Part) -> str | int | None:
    """Return what an answer is under the new question, or None if it is none there."""
    if new.type == "choice":
        labels = {choice.label: choice.id for choice in new.choices}
        known = {choice.id for choice in new.choices}
        return answer if answer in known else labels.get(str(answer))
    if new.type == old.type and (isinstance(answer, str) or new.type == "number"):
        return answer  # perhaps only half typed
    match new.type:
        case "number":
            typed = str(answer).strip()
            whole = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER
            return int(typed) if whole else None
        case "date":
            return _iso(str(answer))
        case _:
            choices = {choice.id: choice.label for choice in old.choices}
            said = answer_in_words(answer, None)
            if old.type == "date" and (day := _iso(said)):
                return f"{parse_partial_date(day)}"
            return choices.get(said, said)


def _iso(typed: str) -> str | None:
    try:
        return parse_partial_date(typed).iso()
    except ImpossibleDate:
        return None
