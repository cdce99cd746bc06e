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
from counter_app.domain.fee import total_of
from counter_app.domain.operation import Operation, Received, Unreadable
from counter_app.domain.papers import MissingPaper, PaperTaken
from counter_app.domain.status import ENDED, Status
from counter_app.domain.workflow import status_after


class Dossier(Struct, frozen=True, kw_only=True):
    """One application as this desk knows it. Blank but for `id` until `received` has come.

    `version` counts what the centre has confirmed; money is in whole dong.
    """

    id: UUID
    version: int = 0
    code: DossierCode = DossierCode("")
    status: Status | None = None
    received: Received | None = None
    papers: tuple[PaperTaken, ...] = ()
    missing: tuple[MissingPaper, ...] = ()
    due_at: datetime | None = None
    charged: int = 0
    paid: int = 0
    prints: int = 0
    extensions: int = 0
    supplements: int = 0
    competent_agency: str = ""
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    voided: bool = False
    amendments: tuple[op.Amended, ...] = ()
    needs_newer_program: bool = False

    @property
    def ended(self) -> bool:
        """Say whether nothing more is to be done for it."""
        return self.status in ENDED

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
    changed = _FOLDS[type(body)](dossier, body, operation.header.wall_utc)
    return replace(changed, status=status_after(body.kind, dossier.status))


def _received(dossier: Dossier, body: Received, _at: datetime) -> Dossier:
    return replace(
        dossier,
        code=body.code,
        received=body,
        papers=body.papers,
        due_at=body.due_at,
        charged=total_of(body.fees),
        competent_agency=body.competent_agency or body.office.code,
    )


def _supplement_requested(dossier: Dossier, body: op.SupplementRequested, _at: datetime) -> Dossier:
    return replace(dossier, missing=body.missing, supplements=dossier.supplements + 1)


def _supplement_received(dossier: Dossier, body: op.SupplementReceived, _at: datetime) -> Dossier:
    papers = dossier.papers + body.papers
    return replace(dossier, missing=(), papers=papers, due_at=body.due_at)


def _obligation_met(dossier: Dossier, body: op.ObligationMet, _at: datetime) -> Dossier:
    return replace(dossier, due_at=body.due_at or dossier.due_at)


def _extended(dossier: Dossier, body: op.Extended, _at: datetime) -> Dossier:
    return replace(dossier, due_at=body.due_at, extensions=dossier.extensions + 1)


def _finished(dossier: Dossier, body: op.Finished, at: datetime) -> Dossier:
    return replace(dossier, finished_at=body.issued_at or at)


def _result_returned(dossier: Dossier, _body: op.ResultReturned, at: datetime) -> Dossier:
    return replace(dossier, returned_at=at)


def _papers_changed(dossier: Dossier, body: op.PapersChanged, _at: datetime) -> Dossier:
    return replace(dossier, papers=body.papers)


def _fee_paid(dossier: Dossier, body: op.FeePaid, _at: datetime) -> Dossier:
    return replace(dossier, paid=dossier.paid + body.amount)


def _fee_reversed(dossier: Dossier, body: op.FeeReversed, _at: datetime) -> Dossier:
    return replace(dossier, paid=dossier.paid - body.amount)


def _amended(dossier: Dossier, body: op.Amended, _at: datetime) -> Dossier:
    return replace(dossier, amendments=(*dossier.amendments, body))


def _reassigned(dossier: Dossier, body: op.Reassigned, _at: datetime) -> Dossier:
    return replace(dossier, competent_agency=body.agency)


def _voided(dossier: Dossier, _body: op.Voided, _at: datetime) -> Dossier:
    return replace(dossier, voided=True)


def _receipt_printed(dossier: Dossier, body: op.ReceiptPrinted, _at: datetime) -> Dossier:
    return replace(dossier, prints=max(dossier.prints, body.copy + 1))


def _only_the_status(dossier: Dossier, _body: Body, _at: datetime) -> Dossier:
    return dossier


_FOLDS: Final[Mapping[type[Body], Callable[[Dossier, Any, datetime], Dossier]]] = {
    Received: _received,
    op.NotAccepted: _only_the_status,
    op.Forwarded: _only_the_status,
    op.SupplementRequested: _supplement_requested,
    op.SupplementReceived: _supplement_received,
    op.ObligationSet: _only_the_status,
    op.ObligationMet: _obligation_met,
    op.WithdrawalRequested: _only_the_status,
    op.WithdrawalTakenBack: _only_the_status,
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
    op.Voided: _voided,
    op.ReceiptPrinted: _receipt_printed,
    op.RecordViewed: _only_the_status,
    op.OfficerSignedIn: _only_the_status,
    op.ClockConfirmed: _only_the_status,
    op.ReserveOpened: _only_the_status,
    op.StoreRestored: _only_the_status,
}
