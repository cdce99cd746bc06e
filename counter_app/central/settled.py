"""Verdicts that came later: told to the desk in each answer until it is known to have heard."""

from collections.abc import Sequence
from typing import Final

from counter_app.central.columns import texts, uuids
from counter_app.central.desks import EnrolledDesk
from counter_app.central.driver import Raw
from counter_app.central.reading import Settled
from counter_app.wire.messages import Judgement

# Another desk's push can judge them once more at the same time: only what was told is noted.
_HEARD: Final = """
DELETE FROM settled WHERE home = %s AND desk_id = %s AND op_id = ANY(%s) AND told < %s
"""
_TOLD: Final = """
UPDATE settled SET told = %s FROM unnest(%s, %s, %s) AS said(op_id, verdict, reason)
WHERE home = %s AND desk_id = %s AND settled.op_id = said.op_id AND EXISTS (
  SELECT FROM operation WHERE home = settled.home AND op_id = said.op_id
  AND verdict = said.verdict AND reason = said.reason
)
"""


def tell_settled(
    raw: Raw, desk: EnrolledDesk, settled: Sequence[Settled], *, first: int | None, stored: int
) -> list[Judgement]:
    """Return what a desk is to be told of its earlier operations, and note that it is.

    `first` is the first row of the push, `stored` the last row that was stored before it. Who
    goes on beyond what was stored when a verdict was first told has had that answer or a later.
    """
    heard = [one for one in settled if _was_heard(one, first)]
    if heard:
        ids = uuids([one.judgement.op_id for one in heard])
        raw.execute(_HEARD, (desk.home, desk.id, ids, (first or 0) - 1))
    told = [one for one in settled if not _was_heard(one, first)]
    if anew := [one.judgement for one in told if one.told is None or one.told > stored]:
        said = (
            uuids([one.op_id for one in anew]),
            texts([one.verdict for one in anew]),
            texts([one.reason for one in anew]),
        )
        raw.execute(_TOLD, (stored, *said, desk.home, desk.id))
    return [one.judgement for one in told]


def _was_heard(one: Settled, first: int | None) -> bool:
    return first is not None and one.told is not None and first - 1 > one.told
