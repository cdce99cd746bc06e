"""Verdicts that came later: told to the desk in each answer until it is known to have heard."""

from collections.abc import Sequence
from typing import Final

from counter_app.central.columns import uuids
from counter_app.central.desks import EnrolledDesk
from counter_app.central.driver import Raw
from counter_app.central.reading import Settled
from counter_app.wire.messages import Judgement

_HEARD: Final = "DELETE FROM settled WHERE home = %s AND desk_id = %s AND op_id = ANY(%s)"
_TOLD: Final = "UPDATE settled SET told = %s WHERE home = %s AND desk_id = %s AND op_id = ANY(%s)"


def tell_settled(
    raw: Raw, desk: EnrolledDesk, settled: Sequence[Settled], *, first: int | None, stored: int
) -> list[Judgement]:
    """Return what a desk is to be told of its earlier operations, and note that it is.

    `first` is the first row of the push, `stored` the last row that was stored before it. Who
    goes on beyond what was stored when a verdict was first told has had that answer or a later.
    """
    heard = [one for one in settled if _was_heard(one, first)]
    if heard:
        _note(raw, _HEARD, desk, heard)
    told = [one for one in settled if not _was_heard(one, first)]
    if anew := [one for one in told if one.told is None or one.told > stored]:
        _note(raw, _TOLD, desk, anew, stored)
    return [one.judgement for one in told]


def _was_heard(one: Settled, first: int | None) -> bool:
    return first is not None and one.told is not None and first - 1 > one.told


def _note(
    raw: Raw, statement: str, desk: EnrolledDesk, settled: Sequence[Settled], *given: int
) -> None:
    ids = uuids([one.judgement.op_id for one in settled])
    raw.execute(statement, (*given, desk.home, desk.id, ids))
