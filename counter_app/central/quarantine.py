"""What was sent and is not acted on: every byte of it is kept, for two people to look at."""

from datetime import datetime
from hashlib import sha256
from typing import Final

from counter_app.central.arriving import Fault
from counter_app.central.desks import EnrolledDesk, epoch_bytes
from counter_app.central.driver import Raw
from counter_app.wire.messages import PushBatch

_KEEP: Final = (
    "INSERT INTO quarantine (home, desk_id, epoch, reason, digest, rows, content, stored_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
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
    """Keep a push as it was sent; the same bytes are kept once. A fork stops the desk."""
    place = desk.home, desk.id, epoch_bytes(batch.epoch)
    digest = sha256(sent).digest()
    raw.execute(_KEEP, (*place, fault.value, digest, len(batch.rows), sent, now))
    if fault is Fault.FORKED:
        raw.execute(_FORKED, (now, desk.home, desk.id))
