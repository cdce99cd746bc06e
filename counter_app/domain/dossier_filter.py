"""What of all dossiers a list shows, and in which order: what an officer saves under a name."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct

from counter_app.domain.channel import Channel
from counter_app.domain.status import Status
from counter_app.i18n import N_, _


class Standing(StrEnum):
    """How a dossier stands to the hour that was promised for it, or to what is owed."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    TO_COLLECT = "to_collect"
    WAITS_LONG = "waits_long"
    SUPPLEMENT = "supplement"
    UNPAID = "unpaid"

    def __format__(self, spec: str) -> str:
        """Return it in the language spoken."""
        return format(_(_LABELS[self]), spec)


_LABELS: Final = {
    Standing.DUE_SOON: N_("due within 24 hours"),
    Standing.OVERDUE: N_("overdue"),
    Standing.TO_COLLECT: N_("results to collect"),
    Standing.WAITS_LONG: N_("results that wait too long"),
    Standing.SUPPLEMENT: N_("waiting for a supplement"),
    Standing.UNPAID: N_("not paid"),
}


class Order(StrEnum):
    """What a list begins with."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE_FIRST = "due_first"
    LONGEST_WAITING = "longest_waiting"


class DossierFilter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which dossiers are wanted; what is left out leaves none out.

    Days are of reception, both included. `procedure` is a code, `field` a field of the law.
    """

    first: date | None = None
    last: date | None = None
    standing: Standing | None = None
    statuses: tuple[Status, ...] = ()
    procedure: Annotated[str, Meta(max_length=60)] = ""
    field: Annotated[str, Meta(max_length=255)] = ""
    channel: Channel | None = None
    officer: Annotated[str, Meta(max_length=255)] = ""
    order: Order = Order.NEWEST


class SavedFilter(Struct, frozen=True, kw_only=True):
    """A filter as an officer has named it."""

    name: str
    filter: DossierFilter
