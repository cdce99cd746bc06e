"""What is still to be handed over for examination, and where things were handed to before."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from counter_app.store.engine import driver
from counter_app.store.tables import OPEN

_LOOKED_AT: Final = 60  # of the newest: who was given things a year ago is no help
_MOST: Final = 500
_WAITING: Final = (
    f"SELECT dossier_id FROM dossier WHERE {OPEN} AND status = 2 AND needs_newer_program = 0 "
    "ORDER BY id LIMIT ?"
)
_GIVEN: Final = (
    "SELECT body, coalesce(dossier.field, '') FROM operation JOIN operation_body USING (position) "
    "LEFT JOIN dossier ON dossier.dossier_id = operation.dossier_id "
    "WHERE operation.kind = 'forwarded' ORDER BY operation.position DESC LIMIT ?"
)


class Unit(Struct, frozen=True, kw_only=True):
    """A unit that examines, and who signed there the last time."""

    unit: str = ""
    receiver: str = ""


_decoder: Final = msgspec.json.Decoder(Unit)


def to_hand_over(connection: sa.Connection) -> Sequence[UUID]:
    """Return the dossiers that were received and not handed over yet, the oldest first."""
    found = driver(connection).execute(_WAITING, (_MOST,))
    return [UUID(bytes=dossier_id) for (dossier_id,) in found]


def given_lately(connection: sa.Connection) -> Sequence[tuple[str, Unit]]:
    """Return where things were handed to of late, each with its field of law, the newest first."""
    given = driver(connection).execute(_GIVEN, (_LOOKED_AT,)).fetchall()
    found = []
    for raw, field in given:
        try:
            found.append((field, _decoder.decode(raw)))
        except msgspec.MsgspecError:  # of a newer program: no help, and no matter
            continue
    return found


def last_units(given: Sequence[tuple[str, Unit]], field: str) -> tuple[Unit, ...]:
    """Return the units that were given something, first those of the same field of law."""
    units: dict[str, Unit] = {}
    for _field, unit in sorted(given, key=lambda each: each[0] != field):
        units.setdefault(unit.unit, unit)
    return tuple(units.values())
