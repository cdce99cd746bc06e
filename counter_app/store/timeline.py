"""What the dossier's screen asks: all that has happened to it, and what is still on its way."""

from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.domain.dossier import Dossier
from counter_app.store.engine import driver
from counter_app.store.journal import Entry, entries_of
from counter_app.store.projection import standing_of

__all__ = ["STARTS_THE_CLOCK", "Entry", "clock_stopped_at", "dossier", "timeline"]

_STOPS_THE_CLOCK: Final = frozenset({"supplement_requested", "obligation_set"})
STARTS_THE_CLOCK: Final = frozenset(
    {"supplement_received", "obligation_met", "withdrawal_taken_back"}
)
"""The kinds that have a dossier's clock go on, if it stands."""


def timeline(connection: sa.Connection, dossier_id: UUID) -> list[Entry]:
    """Return what was done to a dossier, confirmed things first, then this desk's as they came.

    What the centre has proposed, refused or let wait is listed too, though it changes nothing.
    """
    entries = entries_of(driver(connection), dossier_id)
    return [entry for entry in entries if entry.concerns_dossier]


def dossier(connection: sa.Connection, dossier_id: UUID) -> Dossier:
    """Return a dossier as it stands; blank but for its id if this desk has not seen it."""
    entries = entries_of(driver(connection), dossier_id)
    return standing_of(dossier_id, entries).dossier


def clock_stopped_at(connection: sa.Connection, dossier_id: UUID, kind: str) -> datetime | None:
    """Return when the clock was stopped that an entry of `kind` starts again; None if it runs."""
    if kind not in STARTS_THE_CLOCK:
        return None
    stopped: datetime | None = None
    for entry in timeline(connection, dossier_id):
        done = entry.operation.body.kind
        if entry.counts and done in _STOPS_THE_CLOCK:
            stopped = entry.operation.header.wall_utc
        elif entry.counts and done in STARTS_THE_CLOCK:
            stopped = None
    return stopped
