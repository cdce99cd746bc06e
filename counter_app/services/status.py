"""How the desk stands: what is kept here, how many numbers are left, when it was last saved."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.store.codes import codes_left
from counter_app.store.outbox import unsent

CODES_LOW: Final = 50


class DeskStatus(Struct, frozen=True, kw_only=True):
    """What the status line says. `oldest_unsent` is when the longest waiting was done."""

    unsent: int
    oldest_unsent: datetime | None
    codes_left: int
    codes_low: int = CODES_LOW
    backed_up_at: datetime | None


def desk_status(desk: Desk) -> DeskStatus:
    """Look at the store and the backups."""
    with desk.store.read() as connection:
        waiting = unsent(connection)
        left = codes_left(connection, desk.agency, desk.business_date)
    return DeskStatus(
        unsent=waiting.dossiers,
        oldest_unsent=waiting.oldest,
        codes_left=left,
        backed_up_at=desk.store.backed_up_at(),
    )
