"""All that the intake shows, and how what is typed, ticked and scanned becomes an intake.

Fields are named by their path into the intake: "applicant.full_name", "components.birth_note".
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.deadline import Due
from counter_app.domain.dossier import Dossier
from counter_app.domain.fee import FeeLine
from counter_app.domain.finding import Finding
from counter_app.domain.id_card import IdCard
from counter_app.domain.identity import DocumentKind, check_personal_number, document_kind
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.intake_check import Problem
from counter_app.domain.partial_date import PartialDate, parse_partial_date
from counter_app.domain.party import Party, PartyKind, Sex
from counter_app.domain.procedure import Answer, Component, Procedure, Question
from counter_app.domain.text import nfc
from counter_app.errors import ImpossibleDate
from counter_app.services.procedures import Match

_LONGEST_NUMBER: Final = 9  # digits; a longer one is no number of copies or pages
_OF_CARD: Final = {
    "number": "id_number",
    "full_name": "full_name",
    "birth_date": "birth_date",
    "sex": "sex",
    "address": "address",
}


class PaperRow(Struct, frozen=True, kw_only=True):
    """One line of the checklist; the numbers are those asked for until others are set."""

    component: Component
    given: bool
    originals: int
    copies: int


class IntakeState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `token` was drawn with the draft. `query` is what stands in the procedure box while one is
    looked for, None when none is; `matches` answer the query `matched`. `problems` are those to
    be shown by now, in full once the officer has tried to register (`complained`). `doubts`
    come from the scanned card; `recalled` fields were filled in from an earlier dossier.
    `aside` is the submitter while there is to be none.
    """

    intake: Intake
    token: bytes
    procedure: Procedure | None = None
    query: str | None = None
    matches: tuple[Match, ...] = ()
    matched: str | None = None
    problems: tuple[Problem, ...] = ()
    complained: bool = False
    visited: frozenset[str] = frozenset()
    due: Due | None = None
    fees: tuple[FeeLine, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    doubts: Mapping[str, Finding] = {}
    hints: Mapping[str, tuple[Finding, ...]] = {}
    recalled: frozenset[str] = frozenset()
    returning: int = 0
    aside: Party = Party()
    addresses: tuple[str, ...] = ()
    addresses_for: str = ""
    kept_at: datetime | None = None
    busy: bool = False
    registered: Dossier | None = None

    @property
    def required(self) -> int:
        """Return how many papers there must be."""
        return sum(row.component.required for row in self.papers)

    @property
    def attested(self) -> int:
        """Return how many of those the officer has ticked."""
        return sum(row.component.required and row.given for row in self.papers)


def with_value(intake: Intake, procedure: Procedure | None, path: str, value: str) -> Intake:
    """Return `intake` after `value` was typed or chosen in the field at `path`.

    Dates are kept in ISO form, numbers as numbers, wherever they can be read as such.
    """
    place, _, name = path.partition(".")
    match place:
        case "applicant":
            return replace(intake, applicant=_with_field(intake.applicant, name, value))
        case "submitter":
            submitter = _with_field(intake.submitter or Party(), name, value)
            return replace(intake, submitter=submitter)
        case "answers":
            return replace(intake, answers=_with_answer(intake.answers, procedure, name, value))
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
    """Return what stands in the field of a person at `path`."""
    place, _, name = path.partition(".")
    party = intake.applicant if place == "applicant" else intake.submitter
    return str(getattr(party, name) or "") if party else ""


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


def rows_of(intake: Intake, procedure: Procedure | None) -> tuple[PaperRow, ...]:
    """Return the checklist; none before the procedure is known."""
    if procedure is None:
        return ()
    asked = procedure.components_of(intake.case)
    ticked = {paper.id: paper for paper in given(intake, asked)}
    return tuple(_row(component, ticked.get(component.id)) for component in asked)


def person_of(card: IdCard, known: Party) -> Party:
    """Return `known` as the card has it; what stands on no card stays."""
    return replace(
        known,
        kind=PartyKind.PERSON,
        full_name=card.full_name,
        id_number=card.number,
        birth_date=card.birth_date.iso() if card.birth_date else "",
        sex=card.sex,
        address=card.address,
    )


def doubts_of(card: IdCard, who: str) -> dict[str, Finding]:
    """Return what to compare with the card, by field."""
    return {
        f"{who}.{_OF_CARD[doubt.field]}": doubt.finding
        for doubt in reversed(card.doubts)
        if doubt.field in _OF_CARD
    }


def hints_of(intake: Intake, doubts: Mapping[str, Finding]) -> dict[str, tuple[Finding, ...]]:
    """Return what is odd, by field: what the card left in doubt, and what the numbers tell."""
    found: dict[str, tuple[Finding, ...]] = {path: (odd,) for path, odd in doubts.items()}
    for who, party in (("applicant", intake.applicant), ("submitter", intake.submitter)):
        if party and (more := _odd_about(party)):
            known = found.get(f"{who}.id_number", ())
            found[f"{who}.id_number"] = tuple(dict.fromkeys((*known, *more)))
    return found


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


def _with_answer(
    answers: Mapping[str, Answer], procedure: Procedure | None, name: str, value: str
) -> dict[str, Answer]:
    questions = procedure.question if procedure else ()
    question = next(question for question in questions if question.id == name)
    changed = {**answers, name: _answer(question, value)}
    if not value and question.default is None:
        del changed[name]  # with a default, an empty field is an answer: it was taken out
    return changed


def _answer(question: Question, value: str) -> Answer:
    if question.type == "number":
        digits = value.strip()
        whole = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
        return int(digits) if whole else nfc(value)
    return iso_or_typed(value) if question.type == "date" else nfc(value)


def _row(component: Component, paper: PaperGiven | None) -> PaperRow:
    originals = paper.originals if paper else None
    copies = paper.copies if paper else None
    return PaperRow(
        component=component,
        given=paper is not None,
        originals=component.originals if originals is None else originals,
        copies=component.copies if copies is None else copies,
    )


def _odd_about(party: Party) -> tuple[Finding, ...]:
    personal = document_kind(party.id_number) is DocumentKind.PERSONAL_NUMBER
    if party.kind is not PartyKind.PERSON or not personal:
        return ()
    return check_personal_number(party.id_number, sex=party.sex, born=_born(party))


def _born(party: Party) -> PartialDate | None:
    try:
        return parse_partial_date(party.birth_date)
    except ImpossibleDate:
        return None
