"""Bringing the journal to the centre, oldest rows first, in steps that each suit one thread.

No transaction is open while the network is waited for. If the power goes between `send` and
`apply`, the same rows go up again, and the centre knows them.
"""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.errors import (
    CentreRefused,
    CentreUnreachable,
    ChainForked,
    CounterError,
    DeskRevoked,
)
from counter_app.i18n import _
from counter_app.store.answers import Heard
from counter_app.store.outbox import next_batch
from counter_app.sync.client import CentreClient
from counter_app.sync.note import keep_note
from counter_app.wire.delivery import Verdict
from counter_app.wire.messages import PushAnswer, PushBatch, PushOutcome

_MOST_IDLE: Final = 3  # exchanges in a row after which the centre has stored nothing more


class Pushed(Struct, frozen=True, kw_only=True):
    """How many rows the centre has stored, in how many exchanges, and what it says of each."""

    sent: int = 0
    exchanges: int = 0
    verdicts: Mapping[UUID, Verdict] = {}


def take(desk: Desk) -> PushBatch:
    """Return the oldest rows that the centre has not acknowledged. Changes nothing."""
    with desk.store.read() as connection:
        return next_batch(connection, desk.profile)


def send(client: CentreClient, batch: PushBatch) -> PushAnswer:
    """Return the centre's answer to `batch`. Touches no database, and may take minutes.

    Raises:
        CentreUnreachable: nothing came back that is proved to be the centre's.
        CentreRefused: it did not take the push.
    """
    return client.push(batch)


def apply(desk: Desk, answer: PushAnswer) -> Heard:
    """Note what the centre has stored, and its verdicts; return what has changed by that.

    Raises:
        DeskRevoked: it keeps what this desk sends apart.
        ChainForked: it has stored something else as this desk's.
        CentreRefused: it keeps this push apart, for another reason.
    """
    if answer.outcome is PushOutcome.QUARANTINED:
        raise _quarantined(answer.reason)
    with desk.store.begin() as uow:
        heard = uow.record_answer(answer, now=desk.clock.now())
    keep_note(desk)
    return heard


def note_trouble(desk: Desk, error: CounterError) -> None:
    """Note that `error` stands between the desk and its centre."""
    with desk.store.begin() as uow:
        uow.record_trouble(type(error).__name__, now=desk.clock.now())
    keep_note(desk)


def push_all(
    desk: Desk, client: CentreClient, *, told: Callable[[Pushed], None] = lambda _so_far: None
) -> Pushed:
    """Send until nothing is left, and return how much that was; `told` hears of each exchange.

    With nothing to send the centre is asked once what it has judged since.

    Raises:
        CentreUnreachable: nothing came back that is proved to be the centre's, or it takes
            nothing just now; what it has stored before is acknowledged.
        CentreRefused: it takes nothing from this desk.
    """
    pushed, idle = Pushed(), 0
    while True:
        batch = take(desk)
        if not batch.rows and pushed.exchanges:
            return pushed
        answer = send(client, batch)
        heard = apply(desk, answer)
        pushed = Pushed(
            sent=pushed.sent + heard.acknowledged,
            exchanges=pushed.exchanges + 1,
            verdicts={**pushed.verdicts, **{j.op_id: j.verdict for j in answer.judgements}},
        )
        told(pushed)
        idle = 0 if heard.acknowledged else idle + 1
        if answer.outcome is PushOutcome.RETRY or (batch.rows and idle == _MOST_IDLE):
            raise CentreUnreachable(reason=_("it takes nothing just now"))


def _quarantined(reason: str) -> CentreRefused:
    match reason:
        case "revoked":
            return DeskRevoked()
        case "" | "fork" | "forked":
            return ChainForked()
        case _:
            return CentreRefused(reason=reason)
