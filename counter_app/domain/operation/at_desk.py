"""What happens at a desk and concerns no single dossier, or only who looked at one."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from counter_app.domain.body import Body, Scope
from counter_app.domain.dossier_code import DossierCode


class RecordViewed(Body, frozen=True, kw_only=True):
    """An officer looked at a dossier; once for each officer, dossier and day or shift."""

    kind = "record_viewed"
    scope = Scope.DESK

    code: DossierCode = DossierCode("")


class SheetPrinted(Body, frozen=True, kw_only=True):
    """A paper of no dossier, or of many, went to the printer or into a file.

    It is the paper of the guidance `about`, the list or the queue's number `number`, or a list
    with the dossiers of `first` to `last`; `lines` are those on it. `copy` 0 is the first time.
    """

    kind = "sheet_printed"
    scope = Scope.DESK

    form: str
    about: UUID | None = None
    copy: int = 0
    paper: str = ""
    to: str
    number: str = ""
    lines: int = 0
    first: date | None = None
    last: date | None = None


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
    """The desk goes on from a backup, under a new epoch; what it held is sent once more.

    `next_entry` is the line with which its register of the year goes on: those before it that
    the backup does not know may stand on receipts, or on none.
    """

    kind = "store_restored"
    scope = Scope.DESK

    old_epoch: int
    new_epoch: int
    highest_code: DossierCode = DossierCode("")
    next_entry: int = 0


class TicketIssued(Body, frozen=True, kw_only=True):
    """Somebody drew a number and waits; of whom it is nobody asks.

    `priority` says that they are called before others by law, and not on what ground.
    """

    kind = "ticket_issued"
    scope = Scope.DESK

    ticket: UUID
    number: str
    group: str
    priority: str = ""


class TicketCalled(Body, frozen=True, kw_only=True):
    """A number was called to a place, or called again.

    `moves`, here and below, is how often it had been sent on, as far as the desk knew.
    """

    kind = "ticket_called"
    scope = Scope.DESK

    ticket: UUID
    place: str
    again: bool = False
    moves: int = 0


class TicketMoved(Body, frozen=True, kw_only=True):
    """A number waits for another group of procedures now."""

    kind = "ticket_moved"
    scope = Scope.DESK

    ticket: UUID
    group: str
    moves: int = 0


class TicketEnd(StrEnum):
    """How waiting ended."""

    SERVED = "served"
    ABSENT = "absent"


class TicketEnded(Body, frozen=True, kw_only=True):
    """Whoever had the number was served, or was not there."""

    kind = "ticket_ended"
    scope = Scope.DESK

    ticket: UUID
    outcome: TicketEnd
    moves: int = 0
