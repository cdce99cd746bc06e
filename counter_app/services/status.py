"""How the desk stands: what is kept here, and how many numbers are left."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.store.codes import codes_left
from counter_app.store.outbox import unsent

CODES_LOW: Final = 50


class DeskStatus(Struct, frozen=True, kw_only=True):
    """What the status line says of the store.

    `unsent` counts operations; `oldest_unsent` is when the longest waiting of them was done.
    """

    unsent: int
    oldest_unsent: datetime | None
    codes_left: int
    codes_low: int = CODES_LOW


def desk_status(desk: Desk) -> DeskStatus:
    """Look at the store."""
    with desk.store.read() as connection:
        waiting = unsent(connection)
        left = codes_left(connection, desk.agency, desk.business_date)
    return DeskStatus(
        unsent=waiting.operations, oldest_unsent=waiting.oldest, codes_left=left.usable
    )
