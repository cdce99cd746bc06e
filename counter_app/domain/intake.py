"""An application before it is a dossier: what was typed or sent at the desk.

The same Struct is the desk's draft and the file that `register` reads.
"""

from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.identity import document_number
from counter_app.domain.papers import PaperTaken
from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Authority, Party
from counter_app.domain.phone import parse_phone
from counter_app.domain.procedure import Component, Procedure
from counter_app.domain.question import Answer, Question, is_blank
from counter_app.domain.text import tidy, tidy_lines
from counter_app.errors import ImpossibleDate


class PaperGiven(Struct, frozen=True, kw_only=True):
    """A paper that the officer has seen and ticked; no number means as many as are asked for."""

    id: str
    originals: int | None = None
    copies: int | None = None


class Intake(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an officer has been told and shown so far; anything may still be missing.

    `authority` lets the submitter act for the applicant, `collector` is whom the applicant names
    to fetch the result, `competent_agency` the code of the agency that decides, if another.
    `components` "all" attests every paper that the case requires, and none of the optional.
    """

    procedure: str = ""
    case: str | None = None
    channel: Channel = Channel.DIRECT
    applicant: Party = Party()
    submitter: Party | None = None
    authority: Authority | None = None
    collector: Party | None = None
    competent_agency: str = ""
    components: Literal["all"] | tuple[PaperGiven, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    return_channel: ReturnChannel = ReturnChannel.DESK
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Say whether nothing has been entered that would be missed."""
        return self == Intake(procedure=self.procedure, case=self.case, channel=self.channel)


def tidied(intake: Intake) -> Intake:
    """Return `intake` as it is stored: tidy NFC text, dates in ISO form, phones as digits.

    What cannot be read stays as it was typed, for `problems` to name.
    """
    return replace(
        intake,
        applicant=tidied_party(intake.applicant),
        submitter=intake.submitter and tidied_party(intake.submitter),
        authority=intake.authority and _tidied_authority(intake.authority),
        collector=intake.collector and tidied_party(intake.collector),
        competent_agency=tidy(intake.competent_agency).upper(),
        answers={key: _tidied_answer(value) for key, value in intake.answers.items()},
        note=tidy_lines(intake.note),
    )


def settled(intake: Intake, procedure: Procedure) -> Intake:
    """Return `intake` with what the procedure presumes: its first case, and usual answers.

    The answers stand in the order of the file, their dates in ISO form. What was answered to a
    question that is hidden by its condition is left out: it is not stored.
    """
    case = procedure.case[0].id if procedure.case and intake.case is None else intake.case
    answers = {}
    for question in procedure.questions_of(intake.answers):
        answer = intake.answers.get(question.id, question.default)
        if answer is not None:
            answers[question.id] = _read(question, answer)
    known = {question.id for question in procedure.question}
    strange = {name: answer for name, answer in intake.answers.items() if name not in known}
    return replace(intake, case=case, answers=answers | strange)


def answers_of(intake: Intake) -> dict[str, Answer]:
    """Return the answers as they are stored: without those that say nothing, and empty rows."""
    return {name: _full(answer) for name, answer in intake.answers.items() if not is_blank(answer)}


def papers_of(intake: Intake, procedure: Procedure) -> tuple[PaperTaken, ...]:
    """Return the papers that were handed in, in the order in which the procedure names them."""
    asked = procedure.components_of(intake.case)
    if intake.components == "all":
        return tuple(_taken(component, None) for component in asked if component.required)
    given = {paper.id: paper for paper in intake.components}
    return tuple(_taken(c, given[c.id]) for c in asked if c.id in given)


def _taken(component: Component, given: PaperGiven | None) -> PaperTaken:
    originals = given.originals if given else None
    copies = given.copies if given else None
    return PaperTaken(
        id=component.id,
        name=component.name,
        originals=component.originals if originals is None else originals,
        copies=component.copies if copies is None else copies,
        shown=component.shown,
    )


def tidied_party(party: Party) -> Party:
    """Return somebody as they are stored: tidy text, the number in capitals, an ISO date."""
    return replace(
        party,
        full_name=tidy(party.full_name),
        id_number=document_number(party.id_number),
        birth_date=_iso_date(party.birth_date),
        address=tidy(party.address),
        phone=parse_phone(party.phone) or tidy(party.phone),
        email=tidy(party.email),
    )


def _tidied_authority(authority: Authority) -> Authority:
    issued_on = _iso_date(authority.issued_on)
    return replace(authority, document=tidy(authority.document), issued_on=issued_on)


def _tidied_answer(answer: Answer) -> Answer:
    match answer:
        case str():
            return tidy(answer)
        case Party():
            return tidied_party(answer)
        case tuple():
            return tuple(
                {part: tidy(cell) if isinstance(cell, str) else cell for part, cell in row.items()}
                for row in answer
            )
        case _:
            return answer


def _read(question: Question, answer: Answer) -> Answer:
    if question.type == "date" and isinstance(answer, str):
        return _iso_date(answer)
    if question.type != "group" or not isinstance(answer, tuple):
        return answer
    dates = {part.id for part in question.part if part.type == "date"}
    return tuple(
        {
            part: _iso_date(cell) if part in dates and isinstance(cell, str) else cell
            for part, cell in row.items()
        }
        for row in answer
    )


def _full(answer: Answer) -> Answer:
    if not isinstance(answer, tuple):
        return answer
    rows = ({part: cell for part, cell in row.items() if cell != ""} for row in answer)
    return tuple(row for row in rows if row)


def _iso_date(typed: str) -> str:
    try:
        return parse_partial_date(typed).iso() if typed.strip() else ""
    except ImpossibleDate:
        return typed
