"""What the status bar asks: how much has not been sent, and how old it is."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from msgspec import Struct

from counter_app.store.instants import from_micros

_QUERY: Final = (
    "SELECT count, wall_utc FROM (SELECT count(*) AS count, min(position) AS first "
    "FROM delivery WHERE state = 'pending') LEFT JOIN operation ON position = first"
)


class Unsent(Struct, frozen=True, kw_only=True):
    """How many operations the centre has not acknowledged, and when the first of them was made."""

    operations: int
    oldest: datetime | None


def unsent(connection: sa.Connection) -> Unsent:
    """Return what is waiting to be sent."""
    count, oldest = connection.exec_driver_sql(_QUERY).one()
    return Unsent(operations=count, oldest=from_micros(oldest))
