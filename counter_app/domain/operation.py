"""What can happen at a desk: a header that all operations share, and one body for each kind.

A body is named for what has happened, and is at once the journal's row, the message on the
wire and the schema in the API description. Within a version fields are only ever added,
each with a default; a field that nobody here knows stays in the stored bytes.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.domain.agency import Agency
from counter_app.domain.body import Body, Nature, Scope
from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.deadline import Deadline, Step
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.fee import FeeLine
from counter_app.domain.form_file import FormRef
from counter_app.domain.officer import Role
from counter_app.domain.papers import MissingPaper, PaperTaken
from counter_app.domain.party import Party
from counter_app.domain.procedure import Answer, ProcedureRef


class ClockQuality(StrEnum):
    """How far the PC's clock could be trusted when something happened."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    DOUBTFUL = "doubtful"


class Received(Body, frozen=True, kw_only=True):
    """An application was received and given its code and its receipt.

    It holds all that the receipt says, so that a reprint in ten years says the same.
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


class NotAccepted(Body, frozen=True, kw_only=True):
    """An online application was turned down with reasons."""

    kind = "not_accepted"
    nature = Nature.INTENT

    reason: str


class Forwarded(Body, frozen=True, kw_only=True):
    """The dossier was handed to the unit that examines it."""

    kind = "forwarded"
    nature = Nature.INTENT

    unit: str
    hand_over: str = ""


class SupplementRequested(Body, frozen=True, kw_only=True):
    """The applicant was asked, once and completely, for what is missing."""

    kind = "supplement_requested"
    nature = Nature.INTENT

    missing: tuple[MissingPaper, ...]
    reason: str


class SupplementReceived(Body, frozen=True, kw_only=True):
    """What was missing has been brought; the clock runs again towards a new hour."""

    kind = "supplement_received"

    papers: tuple[PaperTaken, ...]
    due_before: datetime | None = None
    due_at: datetime | None = None


class ObligationSet(Body, frozen=True, kw_only=True):
    """The applicant has to pay, elsewhere, before it goes on."""

    kind = "obligation_set"
    nature = Nature.INTENT

    amount: int
    reason: str


class ObligationMet(Body, frozen=True, kw_only=True):
    """What had to be paid elsewhere has been paid; the clock runs again."""

    kind = "obligation_met"

    evidence: str
    due_before: datetime | None = None
    due_at: datetime | None = None


class WithdrawalRequested(Body, frozen=True, kw_only=True):
    """The applicant wants the dossier back."""

    kind = "withdrawal_requested"

    reason: str = ""


class WithdrawalTakenBack(Body, frozen=True, kw_only=True):
    """The applicant wants it to go on after all."""

    kind = "withdrawal_taken_back"


class Stopped(Body, frozen=True, kw_only=True):
    """The dossier goes no further: withdrawn, or not supplemented in time."""

    kind = "stopped"
    nature = Nature.INTENT

    reason: str


class Refused(Body, frozen=True, kw_only=True):
    """The conditions are not met; the reasons were given in writing."""

    kind = "refused"
    nature = Nature.INTENT

    reason: str


class Extended(Body, frozen=True, kw_only=True):
    """It will be late: an apology with a new date, once."""

    kind = "extended"
    nature = Nature.INTENT

    due_before: datetime | None = None
    due_at: datetime
    reason: str


class Finished(Body, frozen=True, kw_only=True):
    """The result is there: signed, numbered and issued."""

    kind = "finished"
    nature = Nature.INTENT

    result: str
    signed_at: datetime | None = None
    issued_at: datetime | None = None


class ResultReturned(Body, frozen=True, kw_only=True):
    """Somebody has taken the result away, and signed for it."""

    kind = "result_returned"

    collector: Party
    channel: ReturnChannel
    documents: tuple[str, ...] = ()


class PapersReturned(Body, frozen=True, kw_only=True):
    """Papers of the applicant were handed back."""

    kind = "papers_returned"

    papers: tuple[PaperTaken, ...]
    to: str = ""


class PapersChanged(Body, frozen=True, kw_only=True):
    """The list of papers in the dossier was put right."""

    kind = "papers_changed"

    papers: tuple[PaperTaken, ...]


class FeePaid(Body, frozen=True, kw_only=True):
    """Money was taken, in whole dong."""

    kind = "fee_paid"

    amount: int
    means: str
    receipt_number: str = ""
    payer: str = ""


class FeeReversed(Body, frozen=True, kw_only=True):
    """A payment was given back or was booked in error, in whole dong."""

    kind = "fee_reversed"

    amount: int
    reason: str


class Amended(Body, frozen=True, kw_only=True):
    """A wrong entry was corrected; the old value stays readable."""

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


class ReceiptPrinted(Body, frozen=True, kw_only=True):
    """The receipt went to the printer or into a file; `copy` 0 is the first time."""

    kind = "receipt_printed"

    copy: int
    paper: str
    to: str


class RecordViewed(Body, frozen=True, kw_only=True):
    """An officer looked at a dossier; once for each officer, dossier and day or shift."""

    kind = "record_viewed"
    scope = Scope.DESK

    code: DossierCode = DossierCode("")


class OfficerSignedIn(Body, frozen=True, kw_only=True):
    """An officer began to work at this desk."""

    kind = "officer_signed_in"
    scope = Scope.DESK


class ClockConfirmed(Body, frozen=True, kw_only=True):
    """An officer said what day it is."""

    kind = "clock_confirmed"
    scope = Scope.DESK

    day: date
    pc_day: date


class ReserveOpened(Body, frozen=True, kw_only=True):
    """A supervisor let the desk use its reserve of dossier numbers for one printed date."""

    kind = "reserve_opened"
    scope = Scope.DESK

    day: date
    first: int
    last: int


class StoreRestored(Body, frozen=True, kw_only=True):
    """The desk goes on from a backup, under a new epoch; what it held is sent once more."""

    kind = "store_restored"
    scope = Scope.DESK

    old_epoch: int
    new_epoch: int
    highest_code: DossierCode = DossierCode("")


class Unreadable(Body, frozen=True, kw_only=True):
    """Something done by a newer program; kept as it is, and not to be judged by this one."""

    kind = "unreadable"


BODIES: Final[Mapping[tuple[str, int], type[Body]]] = {
    (body.kind, body.version): body
    for body in (
        Received,
        NotAccepted,
        Forwarded,
        SupplementRequested,
        SupplementReceived,
        ObligationSet,
        ObligationMet,
        WithdrawalRequested,
        WithdrawalTakenBack,
        Stopped,
        Refused,
        Extended,
        Finished,
        ResultReturned,
        PapersReturned,
        PapersChanged,
        FeePaid,
        FeeReversed,
        Amended,
        Reassigned,
        Noted,
        Voided,
        ReceiptPrinted,
        RecordViewed,
        OfficerSignedIn,
        ClockConfirmed,
        ReserveOpened,
        StoreRestored,
    )
}


class Header(Struct, frozen=True, kw_only=True):
    """Who did what to which dossier, where and when. Its exact bytes are what is hashed.

    `base_version` is how many operations on the dossier the centre had confirmed when this
    one was made; `utc_offset` is in minutes.
    """

    op_id: UUID
    kind: str
    version: int
    dossier_id: UUID | None
    base_version: int
    actor: str
    role: Role
    desk_id: UUID
    shift_id: UUID | None = None
    business_date: date
    wall_utc: datetime
    utc_offset: int
    clock_quality: ClockQuality


class Operation(Struct, frozen=True, kw_only=True):
    """One fact or intent, as the journal has it."""

    header: Header
    body: Body
