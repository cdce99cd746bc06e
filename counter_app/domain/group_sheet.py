"""A group's sheet: one line for each application, under headings that anybody can fill in.

The same columns write the empty sheet and read the filled one back, so they cannot disagree.
What a cell cannot say (a person, the rows of a group) is for the intake.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.channel import ReturnChannel
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.party import Party, PartyKind, Sex
from counter_app.domain.problem import Problem
from counter_app.domain.procedure import Component, Procedure
from counter_app.domain.question import Answer, Question
from counter_app.domain.text import fold, tidy
from counter_app.i18n import N_

T = TypeVar("T")

MOST_LINES: Final = 1_000
"""Applications of one group; more come as another sheet."""

_YES: Final = frozenset({"x", "co", "du"})
_KINDS: Final = {
    "ca nhan": PartyKind.PERSON,
    "doanh nghiep": PartyKind.BUSINESS,
    "co quan, to chuc": PartyKind.AGENCY,
    "to chuc": PartyKind.AGENCY,
    "co quan": PartyKind.AGENCY,
}
_SEXES: Final = {"nam": Sex.MALE, "nu": Sex.FEMALE}
_RETURNS: Final = {
    "tai quay": ReturnChannel.DESK,
    "buu chinh": ReturnChannel.POST,
    "dien tu": ReturnChannel.ELECTRONIC,
}
_LONGEST_NUMBER: Final = 9  # digits; a longer one is no number of anything
_WITHIN_REACH: Final = frozenset({"text", "date", "number", "choice", "place"})

# Heading, path into the intake, width in letters.
_PEOPLE: Final = (
    ("Họ và tên", "applicant.full_name", 26),
    ("Số định danh", "applicant.id_number", 16),
    ("Ngày sinh", "applicant.birth_date", 12),
    ("Giới tính (Nam/Nữ)", "applicant.sex", 10),
    ("Địa chỉ", "applicant.address", 34),
    ("Số điện thoại", "applicant.phone", 14),
    ("Email", "applicant.email", 20),
    ("Đối tượng (Cá nhân/Doanh nghiệp/Cơ quan, tổ chức)", "applicant.kind", 16),
    ("Người nộp thay", "submitter.full_name", 26),
    ("Số định danh của người nộp thay", "submitter.id_number", 16),
    ("Số điện thoại của người nộp thay", "submitter.phone", 14),
)
_CASE: Final = "Trường hợp"
_PAPER: Final = "Giấy tờ: {name}"
_RETURN: Final = "Nhận kết quả (Tại quầy/Bưu chính/Điện tử)"
_NOTE: Final = "Ghi chú"
_PARTY_FIELDS: Final = {
    "full_name": str,
    "id_number": str,
    "birth_date": str,
    "address": str,
    "phone": str,
    "email": str,
}


class Column(Struct, frozen=True, kw_only=True):
    """One heading, the path into the intake that it fills, and its width in letters."""

    heading: str
    field: str
    width: int


class Unplaced(Struct, frozen=True, kw_only=True):
    """Headings that keep a sheet from being read: unknown, given twice, or missing ones."""

    strange: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def columns_of(procedure: Procedure) -> tuple[Column, ...]:
    """Return the columns of a procedure's sheet."""
    people = [Column(heading=h, field=path, width=width) for h, path, width in _PEOPLE]
    cases = [Column(heading=_CASE, field="case", width=24)] if procedure.case else []
    questions = [
        Column(heading=q.label, field=f"answers.{q.id}", width=18)
        for q in procedure.question
        if q.type in _WITHIN_REACH
    ]
    papers = [
        Column(heading=_PAPER.format(name=c.name), field=f"components.{c.id}", width=22)
        for c in procedure.component
    ]
    rest = [
        Column(heading=_RETURN, field="return_channel", width=14),
        Column(heading=_NOTE, field="note", width=24),
    ]
    return (*people, *cases, *questions, *papers, *rest)


def out_of_reach(procedure: Procedure) -> tuple[Question, ...]:
    """Return the questions that must be answered, and that no cell of a sheet can answer."""
    return tuple(q for q in procedure.question if q.required and q.type not in _WITHIN_REACH)


def place_headings(
    headings: Sequence[str], procedure: Procedure
) -> tuple[tuple[Column | None, ...], Unplaced]:
    """Return which column each heading is, in any order, and what keeps the sheet from use.

    Columns that need not be filled in may be left out; one without a heading is no column.
    """
    known = {_key(column.heading): column for column in columns_of(procedure)}
    placed = tuple(known.get(_key(heading)) for heading in headings)
    there = [column.heading for column in placed if column]
    strange = [
        tidy(h) for h, column in zip(headings, placed, strict=True) if tidy(h) and not column
    ]
    name = _PEOPLE[0][0]
    return placed, Unplaced(
        strange=tuple(strange),
        twice=tuple(sorted({heading for heading in there if there.count(heading) > 1})),
        missing=() if name in there else (name,),
    )


def intake_of(
    cells: Sequence[tuple[Column, str]], procedure: Procedure
) -> tuple[Intake, tuple[Problem, ...]]:
    """Return what one line says, and what of it cannot be read; the rest is for `problems`."""
    found: list[Problem] = []
    intake = Intake(procedure=procedure.code)
    for column, cell in cells:
        text = cell.strip()
        if not text:
            continue
        place, _dot, name = column.field.partition(".")
        try:
            intake = _READERS[place](intake, procedure, name or place, text)
        except _CannotBe as error:
            found.append(
                Problem(
                    field=column.field,
                    label=column.heading,
                    reason=error.reason,
                    values=error.values,
                )
            )
    return intake, tuple(found)


class _CannotBe(Exception):
    """A cell that says nothing that its column could hold."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


def _key(heading: str) -> str:
    return " ".join(fold(heading).rstrip(" *").split())


def _applicant(intake: Intake, _procedure: Procedure, name: str, text: str) -> Intake:
    return replace(intake, applicant=_party(intake.applicant, name, text))


def _submitter(intake: Intake, _procedure: Procedure, name: str, text: str) -> Intake:
    return replace(intake, submitter=_party(intake.submitter or Party(), name, text))


def _party(party: Party, name: str, text: str) -> Party:
    match name:
        case "sex":
            return replace(party, sex=_one_of(_SEXES, text, "Nam, Nữ"))
        case "kind":
            kinds = "Cá nhân, Doanh nghiệp, Cơ quan, tổ chức"
            return replace(party, kind=_one_of(_KINDS, text, kinds))
        case _:
            assert name in _PARTY_FIELDS
            return replace(party, **{name: text})


def _case(intake: Intake, procedure: Procedure, _name: str, text: str) -> Intake:
    cases = {_key(label): case.id for case in procedure.case for label in (case.name, case.id)}
    names = "; ".join(case.name for case in procedure.case)
    return replace(intake, case=_one_of(cases, text, names))


def _answers(intake: Intake, procedure: Procedure, name: str, text: str) -> Intake:
    question = next(q for q in procedure.question if q.id == name)
    return replace(intake, answers={**intake.answers, name: _answer(question, text)})


def _answer(question: Question, text: str) -> Answer:
    match question.type:
        case "number":
            return _number(text)
        case "choice":
            choices = {_key(label): c.id for c in question.choices for label in (c.label, c.id)}
            return _one_of(choices, text, "; ".join(c.label for c in question.choices))
        case _:
            return text


def _components(intake: Intake, procedure: Procedure, name: str, text: str) -> Intake:
    component = next(c for c in procedure.component if c.id == name)
    assert intake.components != "all"
    paper = _paper(component, text)
    if paper is None:
        return intake
    # In the procedure's order: whoever moves a column has still written the same.
    places = [each.id for each in procedure.component]
    given = sorted((*intake.components, paper), key=lambda each: places.index(each.id))
    return replace(intake, components=tuple(given))


def _paper(component: Component, text: str) -> PaperGiven | None:
    """Return a paper that is there: “x” means as many as are asked for, or how many there are."""
    if _key(text) in _YES:
        return PaperGiven(id=component.id)
    number = _number(text)
    if not number:
        return None
    if component.originals:
        return PaperGiven(id=component.id, originals=number)
    return PaperGiven(id=component.id, copies=number)


def _return_channel(intake: Intake, _procedure: Procedure, _name: str, text: str) -> Intake:
    channel = _one_of(_RETURNS, text, "Tại quầy, Bưu chính, Điện tử")
    return replace(intake, return_channel=channel)


def _note(intake: Intake, _procedure: Procedure, _name: str, text: str) -> Intake:
    return replace(intake, note=text)


def _number(text: str) -> int:
    digits = text.replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
        raise _CannotBe(N_("“{text}” is no whole number."), text=text[:40])
    return int(digits)


def _one_of(choices: Mapping[str, T], text: str, names: str) -> T:
    try:
        return choices[_key(text)]
    except KeyError:
        raise _CannotBe(N_("“{text}” is none of: {names}."), text=text[:40], names=names) from None


_Reader = Callable[[Intake, Procedure, str, str], Intake]
_READERS: Final[Mapping[str, _Reader]] = {
    "applicant": _applicant,
    "submitter": _submitter,
    "case": _case,
    "answers": _answers,
    "components": _components,
    "return_channel": _return_channel,
    "note": _note,
}
