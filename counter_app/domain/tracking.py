"""What a citizen is told of a dossier: five plain steps, and no more than its receipt allows.

The ten national states are more than a citizen needs. What is said here is honest before it is
complete: what the office has not reported is not guessed.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Final

from msgspec import Struct

from counter_app.domain.status import Status

VIETNAM: Final = timezone(timedelta(hours=7))
"""Whose clock the pages go by, wherever the centre stands; there is no summer time."""

LONGEST_UNREPORTED: Final = timedelta(days=45)
"""How old a receipt may be that is called genuine although its office has not reported it."""


class Step(IntEnum):
    """The five steps that every page shows, in their order.

    `ASKED` is passed by most dossiers without a stop.
    """

    RECEIVED = 1
    WORKED_ON = 2
    ASKED = 3
    READY = 4
    RETURNED = 5


class PageState(StrEnum):
    """What a page says first; there is one for all that can come of a scan or of typing."""

    # The office has reported the dossier.
    RECEIVED = "received"
    WORKED_ON = "worked_on"
    SUPPLEMENT = "supplement"
    OBLIGATION = "obligation"
    WITHDRAWAL = "withdrawal"
    READY = "ready"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    STOPPED = "stopped"
    VOIDED = "voided"
    UNCLEAR = "unclear"
    # It has not.
    NOT_YET = "not_yet"
    UNCONFIRMED = "unconfirmed"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    UNREADABLE = "unreadable"
    # The code and the PIN are typed.
    ASKING = "asking"
    NOT_FOUND = "not_found"
    # Nothing can be said now.
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


class Reported(Struct, frozen=True, kw_only=True):
    """A dossier as far as its page needs it; `due_on` is the day that the receipt promised."""

    status: Status | None
    voided: bool = False
    refused: bool = False
    due_on: date | None = None
    due_at: datetime | None = None

    @property
    def state(self) -> PageState:
        """What its page says first."""
        if self.voided:
            return PageState.VOIDED
        if self.refused and self.status is Status.STOPPED:
            return PageState.REFUSED
        return _STATES.get(self.status, PageState.UNCLEAR)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether the office is late; while it waits for the applicant it is not."""
        running = self.state in {PageState.RECEIVED, PageState.WORKED_ON}
        return running and self.due_at is not None and self.due_at < now

    @property
    def was_moved(self) -> bool:
        """Whether another day is promised now than the one on the receipt."""
        return self.due_at is not None and self.due_at.astimezone(VIETNAM).date() != self.due_on


class Issuer(Struct, frozen=True, kw_only=True):
    """The desk whose key has signed a receipt; `leased` is the printed number on its day."""

    revoked: bool
    leased: bool


def unreported(issuer: Issuer, received_on: date, today: date) -> PageState:
    """Return what is said of a well signed receipt of which the centre has not heard.

    A stolen key could sign more than its desk has given out: it is called genuine only where
    and when that desk could have printed it. `today` is Vietnam's.
    """
    fresh = timedelta(0) <= today - received_on <= LONGEST_UNREPORTED
    if fresh and issuer.leased and not issuer.revoked:
        return PageState.NOT_YET
    return PageState.UNCONFIRMED


STEPS: Final[Mapping[PageState, Step]] = {
    PageState.RECEIVED: Step.RECEIVED,
    PageState.WORKED_ON: Step.WORKED_ON,
    PageState.SUPPLEMENT: Step.ASKED,
    PageState.OBLIGATION: Step.ASKED,
    PageState.READY: Step.READY,
    PageState.RETURNED: Step.RETURNED,
}
"""At which step a dossier is; what has ended otherwise, or is in doubt, is at none."""

_STATES: Final[Mapping[Status | None, PageState]] = {
    Status.RECEIVED: PageState.RECEIVED,
    Status.NOT_ACCEPTED: PageState.NOT_ACCEPTED,
    Status.PROCESSING: PageState.WORKED_ON,
    Status.SUPPLEMENT: PageState.SUPPLEMENT,
    Status.OBLIGATION: PageState.OBLIGATION,
    Status.WITHDRAWAL: PageState.WITHDRAWAL,
    Status.STOPPED: PageState.STOPPED,
    Status.FINISHED: PageState.READY,
    Status.RETURNED: PageState.RETURNED,
}
