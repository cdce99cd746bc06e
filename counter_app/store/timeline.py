"""What the dossier's screen asks: all that has happened to it, and what is still on its way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.domain.dossier import Dossier
from counter_app.store.engine import driver
from counter_app.store.journal import Entry, entries_of
from counter_app.store.projection import standing_of

__all__ = ["STARTS_THE_CLOCK", "Entry", "clock_stopped_at", "dossier", "timeline"]

STARTS_THE_CLOCK: Final[Mapping[str, str]] = {
    "supplement_received": "supplement_requested",
    "obligation_met": "obligation_set",
}
"""The kinds that have a dossier's clock go on, each with the one that has stopped it."""


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
    """Return when the clock was stopped that an entry of `kind` starts again."""
    if kind not in STARTS_THE_CLOCK:
        return None
    stops = [
        entry.operation.header.wall_utc
        for entry in timeline(connection, dossier_id)
        if entry.counts and entry.operation.body.kind == STARTS_THE_CLOCK[kind]
    ]
    return stops[-1] if stops else None
