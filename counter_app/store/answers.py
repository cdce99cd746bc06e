"""What becomes of the journal when the centre has answered: who is acknowledged, what counts."""

from collections.abc import Collection, Iterable, Iterator
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
_OPERATION: Final = (
    "SELECT position, dossier_id, verdict FROM operation JOIN delivery USING (position) "
    "WHERE op_id = ?"
)
_IN_ORDER: Final = (
    "SELECT position, dossier_version FROM operation JOIN delivery USING (position) "
    "WHERE dossier_id = ? ORDER BY position"
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


def acknowledge(
    raw: Any, profile: DeskProfile, standing: Standing, *, only_look: bool = False
) -> int:
    """Note all rows that the centre has stored, and return how many are new among them.

    With `only_look` nothing is noted, and only the hash is looked at.

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
    if only_look:
        return 0
    return int(raw.execute(_ACKNOWLEDGE, (position,)).rowcount)


def send_again(raw: Any, profile: DeskProfile, high_water: int) -> list[UUID | None]:
    """Have all rows above `high_water` sent again: the centre was restored from a backup.

    Returns the dossier of each of them.
    """
    place = profile.id.bytes, profile.epoch.to_bytes(8), high_water
    found = raw.execute(_ABOVE, place).fetchall()
    raw.executemany(_SEND_AGAIN, [(position,) for position, _dossier in found])
    return [UUID(bytes=dossier) if dossier else None for _position, dossier in found]


class News(Struct, frozen=True, kw_only=True):
    """That the centre says something new of an operation on a dossier.

    `confirmed`: of one of which it had said nothing yet, that it counts as it came.
    """

    dossier_id: UUID
    position: int
    confirmed: bool


def judge(raw: Any, judgements: Iterable[Judgement]) -> Iterator[News]:
    """Note what the centre says of operations; return what of it is new, for their dossiers."""
    for each in judgements:
        row = raw.execute(_OPERATION, (each.op_id.bytes,)).fetchone()
        position, dossier, before = row or (0, None, None)
        said = each.verdict.value, each.dossier_version, each.reason
        if raw.execute(_JUDGED, (*said, position)).rowcount and dossier:
            confirmed = before is None and each.dossier_version is not None
            yield News(dossier_id=UUID(bytes=dossier), position=position, confirmed=confirmed)


def only_confirmed(raw: Any, dossier_id: UUID, news: Collection[News]) -> int | None:
    """Return a dossier's version, if by `news` nothing else of it has changed; None if it may have.

    So it is when what the desk has done is confirmed in the order in which it was done, and the
    centre knows of nothing else: what was folded last is folded next again.
    """
    if not all(each.confirmed for each in news):
        return None
    rows = raw.execute(_IN_ORDER, (dossier_id.bytes,)).fetchall()
    confirmed = [(position, version) for position, version in rows if version is not None]
    in_order = rows[: len(confirmed)] == sorted(confirmed, key=lambda row: row[1])
    latest = {position for position, _version in confirmed[-len(news) :]}
    if not in_order or latest != {each.position for each in news}:
        return None
    return int(confirmed[-1][1])
