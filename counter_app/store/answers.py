"""What becomes of the journal when the centre has answered: who is acknowledged, what counts."""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from counter_app.domain.desk_profile import DeskProfile
from counter_app.errors import ChainForked
from counter_app.wire.hashing import START
from counter_app.wire.messages import Judgement, Standing

_AT: Final = "SELECT position, hash FROM chain WHERE (desk_id, epoch, seq) = (?, ?, ?)"
_ACKNOWLEDGE: Final = (
    "UPDATE delivery SET state = 'acked' WHERE state = 'pending' AND position <= ?"
)
_ABOVE: Final = (
    "SELECT position, dossier_id FROM chain JOIN operation USING (position) "
    "JOIN delivery USING (position) "
    "WHERE chain.desk_id = ? AND epoch = ? AND seq > ? AND state = 'acked'"
)
# Whatever the centre has said of it is forgotten there: it will be judged anew.
_SEND_AGAIN: Final = (
    "UPDATE delivery SET state = 'pending', verdict = NULL, dossier_version = NULL, reason = '' "
    "WHERE position = ?"
)
_JUDGED: Final = (
    "UPDATE delivery SET verdict = ?1, dossier_version = ?2, reason = ?3 WHERE position = ?4 "
    "AND (verdict, dossier_version, reason) IS NOT (?1, ?2, ?3)"
)


class Heard(Struct, frozen=True, kw_only=True):
    """What an answer has changed here: rows acknowledged, rows to be sent again, and dossiers."""

    acknowledged: int = 0
    sent_again: int = 0
    dossiers: frozenset[UUID] = frozenset()


def acknowledge(raw: Any, profile: DeskProfile, standing: Standing) -> int:
    """Note all rows that the centre has stored, and return how many are new among them.

    Raises:
        ChainForked: what it has stored as this desk's is not what this desk has written.
    """
    if standing.high_water == 0:
        if standing.head != START:
            raise ChainForked
        return 0
    place = profile.id.bytes, profile.epoch.to_bytes(8), standing.high_water
    position, head = raw.execute(_AT, place).fetchone() or (0, None)
    if head != standing.head:
        raise ChainForked
    return int(raw.execute(_ACKNOWLEDGE, (position,)).rowcount)


def send_again(raw: Any, profile: DeskProfile, high_water: int) -> list[UUID | None]:
    """Have all rows above `high_water` sent again: the centre was restored from a backup.

    Returns the dossier of each of them.
    """
    place = profile.id.bytes, profile.epoch.to_bytes(8), high_water
    found = raw.execute(_ABOVE, place).fetchall()
    raw.executemany(_SEND_AGAIN, [(position,) for position, _dossier in found])
    return [UUID(bytes=dossier) if dossier else None for _position, dossier in found]


def judge(raw: Any, judgements: Iterable[Judgement]) -> Iterator[UUID]:
    """Note what the centre says of operations; return the dossiers for which that is new."""
    for each in judgements:
        query = "SELECT position, dossier_id FROM operation WHERE op_id = ?"
        position, dossier = raw.execute(query, (each.op_id.bytes,)).fetchone() or (0, None)
        said = each.verdict.value, each.dossier_version, each.reason
        if raw.execute(_JUDGED, (*said, position)).rowcount and dossier:
            yield UUID(bytes=dossier)
