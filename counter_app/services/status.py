"""How the desk stands: what is kept here, what waits for the centre, which numbers are left."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.domain.print_job import TO_BE_SEEN_TO
from counter_app.store.codes import codes_left
from counter_app.store.contact import Contact, contact_of
from counter_app.store.outbox import unsent, waiting_dossiers
from counter_app.store.print_jobs import count_in
from counter_app.store.unsettled import count_unsettled
from counter_app.wire.delivery import Verdict

CODES_LOW: Final = 50


class DeskStatus(Struct, frozen=True, kw_only=True):
    """What the status line says of the store.

    `unsent` counts operations; `oldest_unsent` is when the longest waiting of them was done.
    All that follows `linked` is nothing at a desk without a centre. `waiting` counts dossiers,
    the oldest of which has waited since `oldest_waiting`. `heard_at` is when the centre was
    heard last, by this PC's clock, which it was then `ahead` of; `trouble` the class of the
    error that has stood in the way since `trouble_at`, or "". The rest counts what the centre
    has not taken as it came. `unprinted` papers wait for a printer, or for a person to look.
    """

    unsent: int
    oldest_unsent: datetime | None
    codes_left: int
    codes_low: int = CODES_LOW
    unprinted: int = 0
    linked: bool = False
    waiting: int = 0
    oldest_waiting: datetime | None = None
    heard_at: datetime | None = None
    ahead: timedelta = timedelta()
    trouble: str = ""
    trouble_at: datetime | None = None
    flagged: int = 0
    proposed: int = 0
    refused: int = 0
    held_up: int = 0


def desk_status(desk: Desk) -> DeskStatus:
    """Look at the store."""
    with desk.store.read() as connection:
        all_unsent = unsent(connection)
        left = codes_left(connection, desk.agency, desk.business_date)
        alone = DeskStatus(
            unsent=all_unsent.operations,
            oldest_unsent=all_unsent.oldest,
            codes_left=left.usable,
            unprinted=count_in(connection, TO_BE_SEEN_TO),
        )
        if not desk.sends:
            return alone
        contact, waiting = contact_of(connection), waiting_dossiers(connection)
        unsettled = count_unsettled(connection)
    return replace(
        alone,
        linked=True,
        waiting=waiting.dossiers,
        oldest_waiting=waiting.oldest,
        heard_at=contact.at,
        ahead=contact.ahead,
        trouble=contact.trouble,
        trouble_at=contact.trouble_at,
        flagged=unsettled[Verdict.FLAGGED],
        proposed=unsettled[Verdict.PROPOSED],
        refused=unsettled[Verdict.REFUSED],
        held_up=unsettled[Verdict.WAITING],
    )


def centre_contact(desk: Desk) -> Contact:
    """Return all that the desk remembers of its last words with the centre."""
    with desk.store.read() as connection:
        return contact_of(connection)
