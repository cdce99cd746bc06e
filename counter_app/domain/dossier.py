"""A dossier is what its operations have made of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain import operation as op
from counter_app.domain.body import Body
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.fee import FeeLine, total_of
from counter_app.domain.operation import (
    Header,
    Operation,
    PaymentMeans,
    Received,
    ScanAdded,
    Unreadable,
)
from counter_app.domain.papers import MissingPaper, PaperTaken
from counter_app.domain.status import ENDED, Status
from counter_app.domain.workflow import status_after


class Reversal(Struct, frozen=True, kw_only=True):
    """What of a payment was given back, in whole dong; `number` is that of the desk's slip."""

    id: UUID
    amount: int
    means: PaymentMeans
    reason: str
    number: str = ""
    at: datetime


class Payment(Struct, frozen=True, kw_only=True):
    """One payment, in whole dong; `id` is that of its operation.

    `tendered` is what was put on the desk, 0 where that was not noted.
    """

    id: UUID
    amount: int
    means: PaymentMeans
    number: str = ""
    receipt_number: str = ""
    payer: str = ""
    at: datetime
    tendered: int = 0
    reversals: tuple[Reversal, ...] = ()

    @property
    def returned(self) -> int:
        """What of it was given back."""
        return sum(reversal.amount for reversal in self.reversals)

    @property
    def left(self) -> int:
        """What of it has not been given back."""
        return self.amount - self.returned


class TakenBack(Struct, frozen=True, kw_only=True):
    """That an exemption was granted wrongly, and why; `id` is that of the operation."""

    id: UUID
    reason: str
    at: datetime


class Exemption(Struct, frozen=True, kw_only=True):
    """What of a line, or with "" of the whole, need not be paid, in whole dong, and why.

    One that was `taken_back` lets nobody off any more.
    """

    id: UUID
    line: str
    amount: int
    ground: str
    evidence: str
    legal_basis: str = ""
    at: datetime
    taken_back: TakenBack | None = None


class Scan(Struct, frozen=True, kw_only=True):
    """One scan as it is shown: what was taken in, for which paper, turned by so many degrees."""

    added: ScanAdded
    turn: int = 0


class Dossier(Struct, frozen=True, kw_only=True):
    """One application as this desk knows it. Blank but for `id` until `received` has come.

    `version` counts what the centre has confirmed; money is in whole dong. `fees` are what it
    costs now, `exempted` what of it need not be paid, `requested` what was last shown for a
    transfer and has not been paid since. `exemptions` are all that were ever granted. `served`
    says that the result was handed over at once. `prints` counts the receipts, `printed` the
    other papers by form and by what they are about.
    """

    id: UUID
    version: int = 0
    code: DossierCode = DossierCode("")
    status: Status | None = None
    received: Received | None = None
    papers: tuple[PaperTaken, ...] = ()
    missing: tuple[MissingPaper, ...] = ()
    due_at: datetime | None = None
    fees: tuple[FeeLine, ...] = ()
    charged: int = 0
    exempted: int = 0
    exemptions: tuple[Exemption, ...] = ()
    paid: int = 0
    requested: int = 0
    payments: tuple[Payment, ...] = ()
    scans: tuple[Scan, ...] = ()
    prints: int = 0
    printed: dict[tuple[str, UUID | None], int] = {}
    extensions: int = 0
    supplements: int = 0
    competent_agency: str = ""
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    served: bool = False
    voided: bool = False
    amendments: tuple[op.Amended, ...] = ()
    needs_newer_program: bool = False

    @property
    def ended(self) -> bool:
        """Say whether nothing more is to be done for it."""
        return self.status in ENDED

    @property
    def owed(self) -> int:
        """What is known to be still to pay, in dong; never less than nothing.

        What a line that is not known comes to stands in `domain.payment.balance_of`.
        """
        if self.voided or self.received is None:
            return 0
        return max(self.charged - self.exempted - self.paid, 0)

    def overdue_at(self, instant: datetime) -> bool:
        """Say whether, at `instant`, its result ought to have been there already."""
        end = self.finished_at or self.returned_at or instant
        stopped = self.status in {Status.NOT_ACCEPTED, Status.STOPPED}
        return self.due_at is not None and not stopped and end > self.due_at


def fold(dossier_id: UUID, operations: Iterable[Operation], *, version: int = 0) -> Dossier:
    """Return the dossier that `operations` have made. Never judges, never raises."""
    dossier = Dossier(id=dossier_id, version=version)
    for operation in operations:
        dossier = step(dossier, operation)
    return dossier


def step(dossier: Dossier, operation: Operation) -> Dossier:
    """Return `dossier` after one more operation."""
    body = operation.body
    if isinstance(body, Unreadable):
        return replace(dossier, needs_newer_program=True)
    changed = _FOLDS[type(body)](dossier, body, operation.header)
    return replace(changed, status=status_after(body.kind, dossier.status))


def _received(dossier: Dossier, body: Received, _header: Header) -> Dossier:
    return replace(
        dossier,
        code=body.code,
        received=body,
        papers=body.papers,
        due_at=body.due_at,
        fees=body.fees,
        charged=total_of(body.fees),
        competent_agency=body.competent_agency or body.office.code,
    )


def _supplement_requested(
    dossier: Dossier, body: op.SupplementRequested, _header: Header
) -> Dossier:
    return replace(dossier, missing=body.missing, supplements=dossier.supplements + 1)


def _supplement_received(dossier: Dossier, body: op.SupplementReceived, _header: Header) -> Dossier:
    # A desk that has not seen what was promised names no new hour: the old one stands.
    papers, due_at = dossier.papers + body.papers, body.due_at or dossier.due_at
    return replace(dossier, missing=(), papers=papers, due_at=due_at)


def _clock_goes_on(
    dossier: Dossier, body: op.ObligationMet | op.WithdrawalTakenBack, _header: Header
) -> Dossier:
    return replace(dossier, due_at=body.due_at or dossier.due_at)


def _extended(dossier: Dossier, body: op.Extended, _header: Header) -> Dossier:
    return replace(dossier, due_at=body.due_at, extensions=dossier.extensions + 1)


def _finished(dossier: Dossier, body: op.Finished, header: Header) -> Dossier:
    return replace(dossier, finished_at=body.issued_at or header.wall_utc)


def _result_returned(dossier: Dossier, _body: op.ResultReturned, header: Header) -> Dossier:
    return replace(dossier, returned_at=header.wall_utc)


def _papers_changed(dossier: Dossier, body: op.PapersChanged, _header: Header) -> Dossier:
    return replace(dossier, papers=body.papers)


def _served(dossier: Dossier, _body: op.Served, header: Header) -> Dossier:
    at = header.wall_utc
    return replace(dossier, finished_at=at, returned_at=at, served=True)


def _fee_assessed(dossier: Dossier, body: op.FeeAssessed, _header: Header) -> Dossier:
    amount = {"unit_amount": body.unit_amount, "quantity": body.quantity}
    fees = tuple(replace(f, **amount) if f.id == body.line else f for f in dossier.fees)
    return replace(dossier, fees=fees, charged=total_of(fees))


def _fee_exempted(dossier: Dossier, body: op.FeeExempted, header: Header) -> Dossier:
    exemption = Exemption(
        id=header.op_id,
        line=body.line,
        amount=body.amount,
        ground=body.ground,
        evidence=body.evidence,
        legal_basis=body.legal_basis,
        at=header.wall_utc,
    )
    return replace(
        dossier,
        exempted=dossier.exempted + body.amount,
        exemptions=(*dossier.exemptions, exemption),
    )


def _exemption_reversed(dossier: Dossier, body: op.ExemptionReversed, header: Header) -> Dossier:
    """Take an exemption back, once: another desk may have done it too."""
    said = TakenBack(id=header.op_id, reason=body.reason, at=header.wall_utc)
    exemptions = tuple(
        replace(each, taken_back=said)
        if each.id == body.exemption and each.taken_back is None
        else each
        for each in dossier.exemptions
    )
    exempted = sum(each.amount for each in exemptions if each.taken_back is None)
    return replace(dossier, exempted=exempted, exemptions=exemptions)


def _transfer_requested(dossier: Dossier, body: op.TransferRequested, _header: Header) -> Dossier:
    return replace(dossier, requested=body.amount)


def _fee_paid(dossier: Dossier, body: op.FeePaid, header: Header) -> Dossier:
    payment = Payment(
        id=header.op_id,
        amount=body.amount,
        means=body.means,
        number=body.number,
        receipt_number=body.receipt_number,
        payer=body.payer,
        at=header.wall_utc,
        tendered=body.tendered,
    )
    payments = (*dossier.payments, payment)
    return replace(dossier, paid=dossier.paid + body.amount, requested=0, payments=payments)


def _fee_reversed(dossier: Dossier, body: op.FeeReversed, header: Header) -> Dossier:
    reversal = Reversal(
        id=header.op_id,
        amount=body.amount,
        means=body.means,
        reason=body.reason,
        number=body.number,
        at=header.wall_utc,
    )
    payments = tuple(
        replace(each, reversals=(*each.reversals, reversal)) if each.id == body.payment else each
        for each in dossier.payments
    )
    return replace(dossier, paid=dossier.paid - body.amount, payments=payments)


def _receipt_linked(dossier: Dossier, body: op.ReceiptLinked, _header: Header) -> Dossier:
    payments = tuple(
        replace(each, receipt_number=body.receipt_number) if each.id == body.payment else each
        for each in dossier.payments
    )
    return replace(dossier, payments=payments)


def _scan_added(dossier: Dossier, body: op.ScanAdded, _header: Header) -> Dossier:
    return replace(dossier, scans=(*dossier.scans, Scan(added=body)))


def _scans_arranged(dossier: Dossier, body: op.ScansArranged, _header: Header) -> Dossier:
    """Put the scans of one paper in their order; one that is not named comes after those."""
    places = {place.scan: (n, place.turn) for n, place in enumerate(body.order)}
    theirs = [scan for scan in dossier.scans if scan.added.component == body.component]
    ordered = sorted(theirs, key=lambda scan: places.get(scan.added.scan, (len(places), 0))[0])
    turned = [
        replace(scan, turn=places.get(scan.added.scan, (0, scan.turn))[1]) for scan in ordered
    ]
    rest = [scan for scan in dossier.scans if scan.added.component != body.component]
    return replace(dossier, scans=(*rest, *turned))


def _scan_withdrawn(dossier: Dossier, body: op.ScanWithdrawn, _header: Header) -> Dossier:
    return replace(dossier, scans=tuple(s for s in dossier.scans if s.added.scan != body.scan))


def _paper_printed(dossier: Dossier, body: op.PaperPrinted, _header: Header) -> Dossier:
    which = (body.form, body.about)
    count = max(dossier.printed.get(which, 0), body.copy + 1)
    return replace(dossier, printed=dossier.printed | {which: count})


def _amended(dossier: Dossier, body: op.Amended, _header: Header) -> Dossier:
    return replace(dossier, amendments=(*dossier.amendments, body))


def _reassigned(dossier: Dossier, body: op.Reassigned, _header: Header) -> Dossier:
    return replace(dossier, competent_agency=body.agency)


def _voided(dossier: Dossier, _body: op.Voided, _header: Header) -> Dossier:
    # Nobody was given a result by what never was.
    return replace(dossier, voided=True, finished_at=None, returned_at=None)


def _receipt_printed(dossier: Dossier, body: op.ReceiptPrinted, _header: Header) -> Dossier:
    return replace(dossier, prints=max(dossier.prints, body.copy + 1))


def _only_the_status(dossier: Dossier, _body: Body, _header: Header) -> Dossier:
    return dossier


_FOLDS: Final[Mapping[type[Body], Callable[[Dossier, Any, Header], Dossier]]] = {
    Received: _received,
    op.NotAccepted: _only_the_status,
    op.Forwarded: _only_the_status,
    op.SupplementRequested: _supplement_requested,
    op.SupplementReceived: _supplement_received,
    op.ObligationSet: _only_the_status,
    op.ObligationMet: _clock_goes_on,
    op.WithdrawalRequested: _only_the_status,
    op.WithdrawalTakenBack: _clock_goes_on,
    op.Stopped: _only_the_status,
    op.Refused: _only_the_status,
    op.Extended: _extended,
    op.Finished: _finished,
    op.ResultReturned: _result_returned,
    op.PapersReturned: _only_the_status,
    op.PapersChanged: _papers_changed,
    op.FeePaid: _fee_paid,
    op.FeeReversed: _fee_reversed,
    op.Amended: _amended,
    op.Reassigned: _reassigned,
    op.Noted: _only_the_status,
    op.Served: _served,
    op.FeeAssessed: _fee_assessed,
    op.FeeExempted: _fee_exempted,
    op.ExemptionReversed: _exemption_reversed,
    op.TransferRequested: _transfer_requested,
    op.ReceiptLinked: _receipt_linked,
    op.ScanAdded: _scan_added,
    op.ScansArranged: _scans_arranged,
    op.ScanWithdrawn: _scan_withdrawn,
    op.PaperPrinted: _paper_printed,
    op.GuidanceGiven: _only_the_status,
    op.ScanOpened: _only_the_status,
    op.TicketIssued: _only_the_status,
    op.TicketCalled: _only_the_status,
    op.TicketMoved: _only_the_status,
    op.TicketEnded: _only_the_status,
    op.Voided: _voided,
    op.ReceiptPrinted: _receipt_printed,
    op.RecordViewed: _only_the_status,
    op.SheetPrinted: _only_the_status,
    op.OfficerSignedIn: _only_the_status,
    op.ClockConfirmed: _only_the_status,
    op.ReserveOpened: _only_the_status,
    op.StoreRestored: _only_the_status,
}
