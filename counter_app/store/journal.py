"""Reading the journal: the operations of a dossier, in the order in which they count."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from counter_app.domain.body import Scope
from counter_app.domain.operation import Operation
from counter_app.errors import StoreDamaged
from counter_app.i18n import _
from counter_app.wire.codec import read_operation
from counter_app.wire.delivery import WITHOUT_EFFECT, DeliveryState, Verdict

COLUMNS: Final = "operation.position, header, body, state, verdict, dossier_version, reason"
"""What `entry_of` reads, in its order."""

TABLES: Final = "operation JOIN operation_body USING (position) JOIN delivery USING (position)"
"""Where it stands."""

_OF_DOSSIER: Final = f"SELECT {COLUMNS} FROM {TABLES} WHERE dossier_id = ?"


class Entry(Struct, frozen=True, kw_only=True):
    """One operation as the journal has it, and what the centre has made of it.

    `position` is the order in which it came to this desk, `dossier_version` the centre's
    number for it: none until the centre has confirmed it. `reason` is the centre's short word
    for why it is not simply applied.
    """

    position: int
    operation: Operation
    state: DeliveryState = DeliveryState.PENDING
    verdict: Verdict | None = None
    dossier_version: int | None = None
    reason: str = ""

    @property
    def concerns_dossier(self) -> bool:
        """Whether it did something to a dossier; to have looked at one is the desk's affair."""
        return self.operation.body.scope is Scope.DOSSIER

    @property
    def counts(self) -> bool:
        """Whether it has an effect on its dossier."""
        return self.concerns_dossier and self.verdict not in WITHOUT_EFFECT


def entry_of(row: Iterable[Any]) -> Entry:
    """Return what a row of COLUMNS says.

    Raises:
        StoreDamaged: its header is none.
    """
    position, header, body, state, verdict, dossier_version, reason = row
    try:
        operation = read_operation(header, body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = _("entry {position} of the journal cannot be read").format(position=position)
        raise StoreDamaged(reason=reason) from error
    return Entry(
        position=position,
        operation=operation,
        state=DeliveryState(state),
        verdict=None if verdict is None else Verdict(verdict),
        dossier_version=dossier_version,
        reason=reason,
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return confirmed ones as the centre numbered them, then this desk's own as they came."""
    return sorted(entries, key=_place)


def entries_of(raw: Any, dossier_id: UUID) -> list[Entry]:
    """Return all that was noted under a dossier; `raw` is the driver's own connection."""
    return in_order(entry_of(row) for row in raw.execute(_OF_DOSSIER, (dossier_id.bytes,)))


def _place(entry: Entry) -> tuple[bool, int, int]:
    version = entry.dossier_version
    return version is None, version or 0, entry.position
