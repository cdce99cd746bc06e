"""What the dossier's screen asks: all that has happened to it, and what is still on its way."""

from uuid import UUID

import sqlalchemy as sa

from counter_app.domain.dossier import Dossier
from counter_app.store.engine import driver
from counter_app.store.journal import Entry, entries_of
from counter_app.store.projection import standing_of

__all__ = ["Entry", "dossier", "timeline"]


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
