"""What was sent and is not acted on: every byte of it is kept, for two people to look at."""

from datetime import datetime
from hashlib import sha256
from typing import Final

from counter_app.central.arriving import Fault
from counter_app.central.desks import EnrolledDesk, epoch_bytes
from counter_app.central.driver import Raw
from counter_app.wire.messages import PushBatch

MOST_PUSHES: Final = 1000
MOST_KEPT: Final = 64 * 1024 * 1024
"""So many pushes and bytes of one desk are kept of what is not acknowledged: the desk has it."""

_KEEP: Final = (
    "INSERT INTO quarantine (home, desk_id, epoch, reason, digest, rows, content, stored_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_KEPT: Final = (
    "SELECT count(*), coalesce(sum(octet_length(content)), 0) FROM quarantine "
    "WHERE home = %s AND desk_id = %s"
)
_FORKED: Final = (
    "UPDATE desk SET forked_at = coalesce(forked_at, %s) WHERE home = %s AND desk_id = %s"
)


def keep_apart(
    raw: Raw,
    desk: EnrolledDesk,
    batch: PushBatch,
    *,
    sent: bytes,
    fault: Fault,
    now: datetime,
) -> None:
    """Keep a push as it was sent; the same bytes are kept once. A fork stops the desk.

    Whoever has stolen a desk cannot fill the disk: beyond `MOST_PUSHES` or `MOST_KEPT` nothing
    more is kept of what nobody has acknowledged.
    """
    if fault is Fault.OPERATION_CLASH or _has_room(raw, desk, sent):
        place = desk.home, desk.id, epoch_bytes(batch.epoch)
        digest = sha256(sent).digest()
        raw.execute(_KEEP, (*place, fault.value, digest, len(batch.rows), sent, now))
    if fault is Fault.FORKED:
        raw.execute(_FORKED, (now, desk.home, desk.id))


def _has_room(raw: Raw, desk: EnrolledDesk, sent: bytes) -> bool:
    ((pushes, size),) = raw.execute(_KEPT, (desk.home, desk.id))
    return bool(pushes < MOST_PUSHES and size + len(sent) <= MOST_KEPT)
