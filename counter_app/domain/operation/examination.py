"""What happens to a dossier between its reception and its result."""

from datetime import date, datetime

from counter_app.domain.body import Body, Nature
from counter_app.domain.papers import MissingPaper, PaperTaken


class Forwarded(Body, frozen=True, kw_only=True):
    """The dossier was handed to the unit that examines it.

    `hand_over` is the number of the list that it went with, `receiver` who signed for it.
    """

    kind = "forwarded"
    nature = Nature.INTENT

    unit: str
    hand_over: str = ""
    receiver: str = ""


class SupplementRequested(Body, frozen=True, kw_only=True):
    """The applicant was asked, once and completely, for what is missing, `until` a day."""

    kind = "supplement_requested"
    nature = Nature.INTENT

    missing: tuple[MissingPaper, ...]
    reason: str
    due_before: datetime | None = None
    until: date | None = None


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
    """The applicant wants it to go on after all.

    If the clock stood still when it was to be withdrawn, it runs again towards `due_at`.
    """

    kind = "withdrawal_taken_back"

    due_before: datetime | None = None
    due_at: datetime | None = None


class Stopped(Body, frozen=True, kw_only=True):
    """The dossier goes no further: withdrawn, or not supplemented in time.

    `settlement` says what becomes of money that was paid.
    """

    kind = "stopped"
    nature = Nature.INTENT

    reason: str
    settlement: str = ""


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
