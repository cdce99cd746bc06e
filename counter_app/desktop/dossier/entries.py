"""What an officer can enter on a dossier, in the order in which it is wanted; without Qt."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID

from counter_app.desk import Desk
from counter_app.desktop.dossier.examining import EXAMINING
from counter_app.desktop.dossier.mending import MENDING
from counter_app.desktop.dossier.situation import EntryKind
from counter_app.domain.body import Body
from counter_app.domain.operation import Forwarded
from counter_app.services.acting import carry_out
from counter_app.services.hand_over import hand_over

ENTRIES: Final[Mapping[str, EntryKind]] = {**EXAMINING, **MENDING}
"""All kinds of entry that are made on the dossier's own screen."""

RETURN: Final = "result_returned"
"""What has a screen of its own."""

ORDER: Final = (
    "served",
    "forwarded",
    "supplement_received",
    "obligation_met",
    RETURN,
    "finished",
    "supplement_requested",
    "withdrawal_taken_back",
    "stopped",
    "not_accepted",
    "extended",
    "papers_returned",
    "noted",
    "amended",
    "papers_changed",
    "withdrawal_requested",
    "obligation_set",
    "refused",
    "reassigned",
    "voided",
)
"""What an officer wants first stands first; money and scans have their own sheets."""


class Carried(NamedTuple):
    """An entry that was made: its id, and the number of the list that it went with, if any."""

    op_id: UUID
    number: str = ""


def carry(desk: Desk, dossier_id: UUID, body: Body) -> Carried:
    """Make an entry; what is handed over goes on a list with a number of its own."""
    if isinstance(body, Forwarded):
        done = hand_over(desk, [dossier_id], unit=body.unit, receiver=body.receiver)
        return Carried(done.op_ids[dossier_id], done.number)
    return Carried(carry_out(desk, dossier_id, body).op_id)
