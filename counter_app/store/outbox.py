"""What the status bar asks: how much has not been sent, and how old it is."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from msgspec import Struct

from counter_app.store.instants import from_micros

MOST_COUNTED: Final = 10_000
"""Counted no further: at a desk that was never enrolled all of it waits, for years."""

_QUERY: Final = (
    "SELECT count, wall_utc FROM (SELECT count(*) AS count, min(position) AS first FROM "
    f"(SELECT position FROM delivery WHERE state = 'pending' ORDER BY position "
    f"LIMIT {MOST_COUNTED})) LEFT JOIN operation ON position = first"
)


class Unsent(Struct, frozen=True, kw_only=True):
    """How many operations the centre has not acknowledged, up to MOST_COUNTED.

    `oldest` is when the first of them was made.
    """

    operations: int
    oldest: datetime | None


def unsent(connection: sa.Connection) -> Unsent:
    """Return what is waiting to be sent."""
    count, oldest = connection.exec_driver_sql(_QUERY).one()
    return Unsent(operations=count, oldest=from_micros(oldest))
