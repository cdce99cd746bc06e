"""What `--json` prints: one Struct for each kind of result line; their schemas are in docs/."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from counter_app.domain.deadline import Deadline
from counter_app.domain.fee import FeeLine, FeeRule
from counter_app.domain.party import Party
from counter_app.domain.procedure import Answer, Question


class FeeResult(Struct, frozen=True, kw_only=True):
    """One line of what is to be paid, in whole dong; null where the office has no amount yet."""

    id: str
    name: str
    kind: str
    unit_amount: int | None
    quantity: int
    amount: int | None


class Initialised(Struct, frozen=True, kw_only=True):
    """A new desk; the recovery key is shown this once."""

    profile: str
    desk: str
    agency: str
    officer: str
    recovery_key: str


class Registered(Struct, frozen=True, kw_only=True):
    """A dossier that was received just now."""

    id: str
    code: str
    pin: str
    tracking_url: str
    received_at: datetime
    due_at: datetime | None
    fees: list[FeeResult]
    receipt: str | None = None


class PaperResult(Struct, frozen=True, kw_only=True):
    """One paper that was handed in."""

    id: str
    name: str
    originals: int
    copies: int


class EntryResult(Struct, frozen=True, kw_only=True):
    """One line of a dossier's timeline."""

    at: datetime
    kind: str
    actor: str
    sentence: str
    sent: bool


class DossierResult(Struct, frozen=True, kw_only=True):
    """A dossier with its timeline; `status` is the national code.

    On top of what is `owed` come the fees in `unknown`, which nobody has entered.
    """

    id: str
    code: str
    status: int | None
    status_name: str
    procedure: str
    procedure_name: str
    case: str | None
    channel: str
    applicant: Party | None
    submitter: Party | None
    papers: list[PaperResult]
    answers: dict[str, Answer]
    fees: list[FeeResult]
    exempted: int
    paid: int
    owed: int
    unknown: list[str]
    received_at: datetime | None
    due_at: datetime | None
    return_channel: str
    note: str
    timeline: list[EntryResult]


class ActResult(Struct, frozen=True, kw_only=True):
    """What was entered on a dossier, and how it stands now; `op_id` is the entry's own id.

    `status` is the national code, null as long as this desk has not seen the reception;
    `possible` are the kinds of entry that can follow, `paper` is where what is printed after it
    was written.
    """

    op_id: str
    id: str
    code: str
    kind: str
    title: str
    status: int | None
    status_name: str
    due_at: datetime | None
    possible: list[str]
    paper: str | None = None


class PossibleResult(Struct, frozen=True, kw_only=True):
    """One kind of entry that is possible on a dossier now.

    `allowed` says whether the officer may; `status` is the national code at which it leaves
    the dossier, `body` the JSON schema of what it takes.
    """

    kind: str
    title: str
    roles: list[str]
    allowed: bool
    status: int | None
    status_name: str
    body: dict[str, Any]


class FoundResult(Struct, frozen=True, kw_only=True):
    """One dossier that was searched for."""

    id: str
    code: str
    applicant: str
    procedure: str
    procedure_name: str
    status: int | None
    received_at: datetime | None
    due_at: datetime | None


class ScanResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a scanned string says; `valid` is there for receipts, `doubtful` for ID cards.

    `desk` and `agency` name who has given a genuine receipt, if it was another desk, and
    `revoked` says that the centre has revoked it since. Of a guidance paper `known` says whether
    it was given here, and `dossier_id` is there once its dossier was received.
    """

    kind: str
    valid: bool | None = None
    verdict: str | None = None
    known: bool | None = None
    code: str | None = None
    dossier_id: str | None = None
    due_on: date | None = None
    desk: str | None = None
    agency: str | None = None
    revoked: bool | None = None
    number: str | None = None
    old_number: str | None = None
    full_name: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    address: str | None = None
    issued_on: str | None = None
    doubtful: list[str] = []


class ComponentResult(Struct, frozen=True, kw_only=True):
    """One paper that a procedure asks for."""

    id: str
    name: str
    required: bool
    originals: int
    copies: int


class CaseResult(Struct, frozen=True, kw_only=True):
    """One case of a procedure."""

    id: str
    name: str
    components: list[str]


class ProcedureResult(Struct, frozen=True, kw_only=True):
    """One procedure of the catalogue."""

    code: str
    name: str
    field: str
    level: str
    version: int
    unverified: bool
    deadline: Deadline
    components: list[ComponentResult]
    cases: list[CaseResult]
    questions: tuple[Question, ...]
    fees: tuple[FeeRule, ...]


class SummaryResult(Struct, frozen=True, kw_only=True):
    """A daily summary, every figure by its name; money in whole dong."""

    date: date
    desk: str
    agency: str
    figures: dict[str, int]
    by_procedure: dict[str, int]
    by_field: dict[str, int]
    by_channel: dict[str, int]
    by_officer: dict[str, int]
    first_code: str | None
    last_code: str | None
    first_payment: str
    last_payment: str
    receipts: list[str]
    dossiers: list[str]
    pdf: str | None = None


class VerifyResult(Struct, frozen=True, kw_only=True):
    """What a full look at the store has found; `orphans` are scans that a crash has left."""

    ok: bool
    operations: int
    chain_rows: int
    dossiers: int
    repaired: int
    findings: list[str]
    scans: int = 0
    orphans: int = 0


class BackupResult(Struct, frozen=True, kw_only=True):
    """A backup that was opened and hashed again after it was written.

    `scans` are in it; `scans_lost` were lost at the desk already. `forms` are the files of the
    office's own law in it; `forms_left_out` could not be read.
    """

    file: str
    rows: int
    sha256: str
    taken_at: datetime
    bytes: int
    scans: int = 0
    scans_lost: int = 0
    forms: int = 0
    forms_left_out: list[str] = []


class RestoreResult(Struct, frozen=True, kw_only=True):
    """A desk that goes on from a backup; how many numbers are left for the business date.

    `from_reserve`: the leased ones could be on paper; with none left, another desk receives.
    `forms` are the files of the office's own law that are as the backup has them. Where they
    differ, the profile's stayed, and the backup's lie in `forms_aside`; `forms_damaged` are lost.
    """

    profile: str
    desk: str
    rows: int
    taken_at: datetime
    officer: str
    business_date: date
    codes_left: int
    from_reserve: bool
    forms: int = 0
    forms_differing: list[str] = []
    forms_aside: str | None = None
    forms_damaged: list[str] = []


class EnrolResult(Struct, frozen=True, kw_only=True):
    """A desk that is one of a centre's; `waiting` counts the operations still to be sent.

    Two people have compared the fingerprints with those that the centre shows.
    """

    centre_id: str
    url: str
    fingerprint: str
    desk_id: str
    desk_fingerprint: str
    tracking_url: str
    waiting: int


class SyncResult(Struct, frozen=True, kw_only=True):
    """One exchange with the centre; all but the last lines count operations.

    `sent` were stored by the centre just now, `waiting` are still to be sent, of so many
    `waiting_dossiers`. `applied` to `held_up` are the verdicts that came with this exchange;
    `unsettled` is all that has not been taken as it came, now or before. `complete`: nothing
    waits, and nothing was contested. `trouble` is the class of the error that ended the
    exchange before its end, `why` what it says, or "".
    """

    centre_id: str
    complete: bool
    sent: int
    waiting: int
    waiting_dossiers: int
    applied: int
    flagged: int
    proposed: int
    refused: int
    held_up: int
    unsettled: int
    reference_version: int
    trouble: str
    why: str


class CheckResult(Struct, frozen=True, kw_only=True):
    """One thing that `doctor` looked at."""

    check: str
    ok: bool
    detail: str


class OfficerResult(Struct, frozen=True, kw_only=True):
    """One officer of the desk."""

    id: str
    name: str
    roles: list[str]
    active: bool
    locked: bool


def fee_results(lines: tuple[FeeLine, ...]) -> list[FeeResult]:
    """Return the lines of a tariff as they are printed."""
    return [
        FeeResult(
            id=line.id,
            name=line.name,
            kind=line.kind.value,
            unit_amount=line.unit_amount,
            quantity=line.quantity,
            amount=line.amount,
        )
        for line in lines
    ]
