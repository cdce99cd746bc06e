"""Receiving at the desk, guiding before it, and putting right what was received."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from counter_app.domain.agency import Agency
from counter_app.domain.body import Body, Nature, Scope
from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.deadline import Deadline, Step
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.fee import FeeLine
from counter_app.domain.form_file import FormRef
from counter_app.domain.intake import Intake
from counter_app.domain.papers import MissingPaper, PaperTaken
from counter_app.domain.party import Authority, Party
from counter_app.domain.procedure import Answer, ProcedureRef


class Received(Body, frozen=True, kw_only=True):
    """An application was received and given its code and its receipt.

    It holds all that the receipt says, so that a reprint in ten years says the same.

    `authority` lets the submitter act for the applicant; `collector` is whom the applicant has
    named to fetch the result. The agency of `office` has formally received it, `helped_by` is
    the code of the one at whose desk it was handed in, if another, `competent_agency` of the one
    that decides, if another. `register_entry` is its line in this desk's register of the year,
    0 as long as none is kept; those of one group share `batch`. `numbering` is the circular by
    which the receipt is numbered.
    """

    kind = "received"

    code: DossierCode
    office: Agency
    competent_agency: str = ""
    desk_name: str
    officer_name: str
    procedure: ProcedureRef
    case: str | None = None
    case_name: str = ""
    channel: Channel
    applicant: Party
    submitter: Party | None = None
    authority: Authority | None = None
    collector: Party | None = None
    papers: tuple[PaperTaken, ...]
    sets: int = 1
    answers: dict[str, Answer]
    fees: tuple[FeeLine, ...]
    return_channel: ReturnChannel
    note: str = ""
    received_at: datetime
    deadline: Deadline
    due_at: datetime | None
    due_steps: tuple[Step, ...] = ()
    receipt: str
    receipt_form: FormRef
    practice: bool = False
    on_the_spot: bool = False
    helped_by: str = ""
    register_entry: int = 0
    batch: UUID | None = None
    numbering: str = ""


class GuidanceOutcome(StrEnum):
    """How somebody was sent on who came with an application that was not received."""

    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    HELPED = "helped"


class GuidanceGiven(Body, frozen=True, kw_only=True):
    """Somebody was told, before anything was received, what is missing or why it cannot be.

    No dossier, and never counted as one. It is noted under the identity that the dossier will
    have, drawn with `token`, so that the same intake is taken up again at any time. `agency` is
    where somebody was `helped` to apply.
    """

    kind = "guidance_given"
    scope = Scope.DESK

    token: bytes
    outcome: GuidanceOutcome
    intake: Intake
    procedure: ProcedureRef | None = None
    case_name: str = ""
    office: Agency
    desk_name: str
    officer_name: str
    missing: tuple[MissingPaper, ...] = ()
    reason: str = ""
    agency: str = ""
    given_at: datetime


class Served(Body, frozen=True, kw_only=True):
    """The result was made and handed over at once, where the procedure allows it."""

    kind = "served"

    result: str
    collector: Party


class NotAccepted(Body, frozen=True, kw_only=True):
    """An online application was turned down with reasons."""

    kind = "not_accepted"
    nature = Nature.INTENT

    reason: str


class Amended(Body, frozen=True, kw_only=True):
    """A wrong entry was corrected; the old value stays readable.

    `field` leads to it: “note”, “applicant.phone”, “answers.copies”, of a person who was asked
    for “answers.head.full_name”, of a row, from 0, “answers.members[1].born”.
    """

    kind = "amended"
    nature = Nature.INTENT

    field: str
    old: str = ""
    new: str
    reason: str


class Reassigned(Body, frozen=True, kw_only=True):
    """Another agency decides it."""

    kind = "reassigned"
    nature = Nature.INTENT

    agency: str
    reason: str


class Noted(Body, frozen=True, kw_only=True):
    """Somebody wrote a note on it."""

    kind = "noted"

    text: str


class Voided(Body, frozen=True, kw_only=True):
    """It was registered by mistake; its code stays used, and explained."""

    kind = "voided"
    nature = Nature.INTENT

    reason: str
