"""What is printed: the values that a form's placeholders are filled from, one Struct a kind."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from counter_app.domain.agency import Agency
from counter_app.domain.body import Body
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.operation import GuidanceGiven, Received, WithdrawalRequested
from counter_app.domain.reports.daily import DailySummary
from counter_app.domain.status import Status

Punctuality = Literal["", "early", "in_time", "late"]


class ReceiptPaper(Struct, frozen=True, kw_only=True):
    """A receipt as it was first given, or its reprint number `copy`.

    All that it says comes from what was recorded when the application was received, so that a
    reprint says the same whatever has become of the dossier.
    """

    received: Received
    copy: int = 0


class HandOver(Struct, frozen=True, kw_only=True):
    """The papers of a dossier went from one to another: `given_by` and `taken_by` sign for it.

    `result` says how punctual the giver was, "" where nothing was due.
    """

    giver: str
    receiver: str
    at: datetime
    given_by: str = ""
    taken_by: str = ""
    result: Punctuality = ""
    note: str = ""


class DossierPaper(Struct, frozen=True, kw_only=True):
    """A dossier as it stood after what the paper tells of, and who signs.

    `received` is as it was put right since. `about` is what was done, none where the paper is
    of the whole dossier, `at` when, by the office's clock, `stage` where the dossier stood
    before it. `request` is the applicant's own to have it back, `forwarded_to` the unit that
    examines it. `officer_name` signs where it is an officer who does.
    """

    dossier: Dossier
    received: Received
    about: Body | None = None
    at: datetime
    stage: Status | None = None
    request: WithdrawalRequested | None = None
    requested_at: datetime | None = None
    hand_overs: tuple[HandOver, ...] = ()
    forwarded_to: str = ""
    officer_name: str = ""
    copy: int = 0


class GuidancePaper(Struct, frozen=True, kw_only=True):
    """What somebody was told before anything was received, or its reprint number `copy`."""

    given: GuidanceGiven
    practice: bool = False
    copy: int = 0


class RegisterRow(Struct, frozen=True, kw_only=True):
    """One line of the register; `entry` is its number there, 0 for none, `sets` of papers."""

    entry: int = 0
    code: DossierCode
    procedure: str
    sets: int = 1
    applicant: str
    address: str = ""
    phone: str = ""
    competent_agency: str = ""
    received_at: datetime
    due_at: datetime | None = None
    returned_at: datetime | None = None
    return_channel: ReturnChannel
    note: str = ""


class RegisterPaper(Struct, frozen=True, kw_only=True):
    """The register of a period, or a list of the same lines; both days are of the period."""

    rows: Sequence[RegisterRow]
    first: date
    last: date
    office: Agency
    desk_name: str
    officer_name: str
    printed_at: datetime


class HandOverRow(Struct, frozen=True, kw_only=True):
    """One dossier on a hand-over list; `papers` counts those that go with it."""

    code: DossierCode
    procedure: str
    applicant: str
    papers: int = 0
    sets: int = 1
    received_at: datetime | None = None
    due_at: datetime | None = None
    note: str = ""


class HandOverPaper(Struct, frozen=True, kw_only=True):
    """The dossiers that went to `unit` together, by list number `number`, and who took them."""

    number: str
    unit: str
    receiver: str = ""
    rows: Sequence[HandOverRow]
    office: Agency
    desk_name: str
    officer_name: str
    at: datetime
    practice: bool = False


class TicketPaper(Struct, frozen=True, kw_only=True):
    """A number in the queue; `group` is what the procedures are called that it waits for.

    `waiting` counts those before it, None if nobody knows; `place` is where to go, if that is
    already known. It says nothing of who waits.
    """

    number: str
    group: str
    issued_at: datetime
    waiting: int | None = None
    place: str = ""
    office: Agency
    desk_name: str = ""


class SummaryPaper(Struct, frozen=True, kw_only=True):
    """A desk's day, with who drew it up and when."""

    summary: DailySummary
    office: Agency
    desk_name: str
    officer_name: str
    printed_at: datetime


class RecoverySheet(Struct, frozen=True, kw_only=True):
    """The recovery key of a desk, for the office's safe."""

    office: Agency
    desk_name: str
    made_on: date
    recovery_key: str


Paper = (
    ReceiptPaper
    | DossierPaper
    | GuidancePaper
    | RegisterPaper
    | HandOverPaper
    | TicketPaper
    | SummaryPaper
    | RecoverySheet
)
