"""What the list of guidance asks, and the paper of one that comes back: who was told what."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.domain.draft import Draft
from counter_app.domain.operation import GuidanceGiven
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.store.engine import driver
from counter_app.store.journal import COLUMNS, TABLES, Entry, entries_of, entry_of

_GIVEN: Final = f"SELECT {COLUMNS} FROM {TABLES} WHERE kind = 'guidance_given'"
_NEWEST: Final = f"{_GIVEN} ORDER BY operation.position DESC LIMIT ?"
_BY_ID: Final = f"{_GIVEN} AND op_id = ?"


def is_guidance(entry: Entry) -> bool:
    """Say whether an entry is guidance that this release can read."""
    return isinstance(entry.operation.body, GuidanceGiven)


def guidance_on(connection: sa.Connection, dossier_id: UUID) -> list[Entry]:
    """Return the guidance given under the identity that a dossier has or will have, oldest first.

    A dossier that was taken in since keeps it.
    """
    return [each for each in entries_of(driver(connection), dossier_id) if is_guidance(each)]


def was_told(connection: sa.Connection, draft: Draft) -> bool:
    """Say whether whoever a draft is of was told what to bring, and nothing was typed since."""
    given = guidance_on(connection, dossier_id_of(draft.token))
    told = (each.operation.body for each in given)
    return any(isinstance(b, GuidanceGiven) and draft.saved_at <= b.given_at for b in told)


def newest_guidance(connection: sa.Connection, limit: int) -> Sequence[Entry]:
    """Return the guidance given at this desk, the newest first."""
    rows = driver(connection).execute(_NEWEST, (limit,)).fetchall()
    return [entry for row in rows if is_guidance(entry := entry_of(row))]


def guidance_by_id(connection: sa.Connection, op_id: UUID) -> Entry | None:
    """Return one guidance by the identity of its operation, if this desk has it."""
    row = driver(connection).execute(_BY_ID, (op_id.bytes,)).fetchone()
    entry = entry_of(row) if row else None
    return entry if entry and is_guidance(entry) else None
