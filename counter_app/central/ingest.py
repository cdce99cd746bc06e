"""A push: first every row is stored, then what it brings is judged, in one transaction.

The locks are always taken in the same order: the desk, its dossiers by identity, the feeds of
agencies by number. Stored and proved is the acknowledgement; a verdict comes with it or later.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from counter_app.central.arriving import Arrived, Fault, NotAChain, read_rows
from counter_app.central.clashes import find_clashes
from counter_app.central.desks import EnrolledDesk, epoch_bytes
from counter_app.central.dossiers import Handled, handle, in_order
from counter_app.central.driver import Raw, driver
from counter_app.central.feeds import Feed, Told, feed_rows, lock_feeds
from counter_app.central.identity import Centre
from counter_app.central.judging import Bench, Entry, latest_date
from counter_app.central.leases import are_ending, renew_leases
from counter_app.central.quarantine import keep_apart
from counter_app.central.reading import Held, Settled, hold
from counter_app.central.refusals import Refused
from counter_app.central.settled import tell_settled
from counter_app.central.writing import Judged, judge_again, store_rows, tell
from counter_app.domain.dossier import Dossier
from counter_app.domain.judgement import judge
from counter_app.domain.queue import TICKET_KINDS
from counter_app.domain.tracking import VIETNAM
from counter_app.wire.messages import Judgement, PushAnswer, PushBatch, PushOutcome, Standing

MOST_TOLD: Final = 20_000
"""So many operations may a push have told once more because dossiers are handed on repeatedly."""

_NO_DOSSIER: Final = Dossier(id=UUID(int=0))


class Push(Struct, frozen=True, kw_only=True):
    """A push under work: its rows as they were read, and what is held of its desk."""

    raw: Raw
    desk: EnrolledDesk
    batch: PushBatch
    sent: bytes
    rows: tuple[Arrived, ...]
    held: Held
    now: datetime

    @property
    def fresh(self) -> tuple[Arrived, ...]:
        """The rows that are not there yet."""
        last = self.held.high_water or 0
        return tuple(row for row in self.rows if row.seq > last)


class Outcome(Struct, frozen=True, kw_only=True):
    """What has become of a push, and where the feed of its agency ends.

    `new` are its operations with their verdicts, `again` earlier ones that were judged anew.
    """

    new: tuple[Entry, ...] = ()
    again: tuple[Entry, ...] = ()
    feed: Feed | None = None


def take_in(  # noqa: PLR0917 - what a request has, in its order
    connection: sa.Connection,
    centre: Centre,
    desk: EnrolledDesk,
    batch: PushBatch,
    raw: bytes,
    now: datetime,
) -> PushAnswer:
    """Store what a desk sends and judge it; return what is said to the desk.

    All of it is durable when the transaction of `connection` is, and nothing may be said before.
    What is known already is known, however often it comes. `raw` is the push as it was sent:
    that is kept of what is not acted on.

    Raises:
        Refused: agencies would have to be told more than `MOST_TOLD` operations once more.
    """
    try:
        rows, fault = tuple(read_rows(batch)), None
    except NotAChain as broken:
        rows, fault = (), broken.fault
    with driver(connection) as below:
        held = hold(below, desk, batch, rows)
        push = Push(raw=below, desk=desk, batch=batch, sent=raw, rows=rows, held=held, now=now)
        if fault := _refused(push, fault):
            if batch.rows:
                keep_apart(below, desk, batch, sent=raw, fault=fault, now=now)
            return _answer(centre, push, PushOutcome.QUARANTINED, reason=fault.value)
        if rows and rows[0].seq > (held.high_water or 0) + 1:
            return _answer(centre, push, PushOutcome.GAP)
        done = _store(push)
        told = _told(push, done)
        return _answer(centre, _after(push, done), PushOutcome.STORED, told)


def _refused(push: Push, broken: Fault | None) -> Fault | None:
    """Return why a push must not be acted on."""
    held, rows = push.held, push.rows
    if held.revoked or held.forked:
        return Fault.REVOKED if held.revoked else Fault.FORKED
    if broken or push.batch.desk_id != push.desk.id:
        return broken or Fault.FOREIGN_OPERATION
    known = held.high_water is not None
    if rows and known and epoch_bytes(push.batch.epoch) != held.present and push.fresh:
        return Fault.FORKED
    before = [(row.seq, row.hash) for row in rows]
    if rows:
        before.append((rows[0].seq - 1, push.batch.prev_hash))
    differs = any(held.chain.get(seq, linked) != linked for seq, linked in before)
    return Fault.FORKED if differs else None


def _store(push: Push) -> Outcome:
    """Store the rows that are not there yet, and all that follows from them."""
    raw, desk, fresh = push.raw, push.desk, push.fresh
    today = push.now.astimezone(VIETNAM).date()
    leases_end = are_ending(push.held.leases, today)
    if not fresh:
        if leases_end and lock_feeds(raw, (desk.agency,), desk.agency):
            renew_leases(raw, desk, today)
        return Outcome()
    new = _new_operations(push)
    handled, judged = _judge(push, new)
    told = in_order(handled, list(new))
    agencies = {agency for one in told for agency in one.agencies}
    # Numbers of the queue too: of two desks that call one, the first to be stored has called it.
    needs_own = leases_end or any(row.operation.header.kind in TICKET_KINDS for row in fresh)
    feeds = lock_feeds(raw, agencies | ({desk.agency} if needs_own else set()), desk.agency)
    clashes = find_clashes(raw, handled)
    if clashes.codes:
        told = list(clashes.among(told))
        others = {agency for one in told for agency in one.agencies} - feeds.keys()
        feeds |= lock_feeds(raw, others, desk.agency)
        judged = {op_id: clashes.judged(entry) for op_id, entry in judged.items()}
    _check_telling(told)
    news = [Judged(row, judged[op_id]) for op_id, row in new.items()]
    again = [entry for op_id, entry in judged.items() if op_id not in new] + clashes.changed
    rows, ends = feed_rows(feeds, told)
    with raw.pipeline():  # all of it in one journey
        store_rows(raw, desk, fresh, news, epoch=epoch_bytes(push.batch.epoch), now=push.now)
        if again:
            judge_again(raw, again)
        if rows:
            tell(raw, rows, ends)
    if leases_end:
        renew_leases(raw, desk, today)
    own = next((end for end in ends if end.agency == desk.agency), None)
    return Outcome(new=tuple(one.entry for one in news), again=tuple(again), feed=own)


def _check_telling(told: Iterable[Told]) -> None:
    """Let a push pass that tells agencies no more than any office could have caused.

    An agency that joins a dossier is told all of it: handed to and fro, a dossier would have
    filled the feeds, and the memory of this program, with the same again and again.

    Raises:
        Refused: nothing of it is stored.
    """
    again, joined = 0, set()
    for one in (one for one in told if one.joining):
        dossier_id = one.news.operation.header.dossier_id
        # The first time is free: however much others have done to it, a dossier is handed on.
        again += len(one.joining) * len(one.history) if dossier_id in joined else 0
        joined.add(dossier_id)
    if again > MOST_TOLD:
        raise Refused(413, "too_large", "Dossiers were handed to and fro too often in one push.")


def _new_operations(push: Push) -> dict[UUID, Arrived]:
    """Return the operations that come for the first time, by identity, each with its row.

    One that came before under the same identity and says something else is kept apart.
    """
    known = {op_id: one.op_hash for op_id, one in push.held.operations.items()}
    new: dict[UUID, Arrived] = {}
    for row in push.fresh:
        stored = known.setdefault(row.op_id, row.op_hash)
        if stored != row.op_hash:
            keep_apart(
                push.raw,
                push.desk,
                push.batch,
                sent=push.sent,
                fault=Fault.OPERATION_CLASH,
                now=push.now,
            )
        elif row.op_id not in push.held.operations:
            new[row.op_id] = row
    return new


def _judge(push: Push, new: dict[UUID, Arrived]) -> tuple[list[Handled], dict[UUID, Entry]]:
    bench = Bench(
        key_id=push.desk.key_id,
        leases=tuple(one.lease for one in push.held.leases),
        latest=latest_date(push.now),
    )
    judged: dict[UUID, Entry] = {}
    of_dossiers: dict[UUID, list[Entry]] = {}
    for op_id, row in new.items():
        entry = Entry(push.desk.home, row.operation, row.op_hash)
        dossier_id = row.operation.header.dossier_id
        if dossier_id is not None and entry.concerns_dossier:
            of_dossiers.setdefault(dossier_id, []).append(entry)
        else:
            result = judge(row.operation, _NO_DOSSIER, latest=bench.latest)
            reason = result.reason or ""
            judged[op_id] = replace(entry, verdict=result.verdict, reason=reason)
    handled = handle(push.raw, push.desk, bench, of_dossiers) if of_dossiers else []
    for one in handled:
        judged |= {entry.op_id: entry for entry in one.turn.judged}
    return handled, judged


def _told(push: Push, done: Outcome) -> Iterable[Judgement]:
    """Return what is said of the rows that were sent, and of earlier ones judged since."""
    told = [_judgement(entry) for entry in done.new]
    if not (push.held.operations or push.held.settled or done.again):
        return told
    since = {one.op_id: _judgement(one) for one in done.again if one.desk_id == push.desk.id}
    hashes = {row.op_id: row.op_hash for row in push.rows}
    known = {
        op_id: since.get(op_id, one.judgement)
        for op_id, one in push.held.operations.items()
        if hashes[op_id] == one.op_hash
    }
    unheard = [one for one in push.held.settled if one.judgement.op_id not in since]
    later = tell_settled(
        push.raw,
        push.desk,
        [*unheard, *(Settled(None, one) for one in since.values())],
        first=push.rows[0].seq if push.rows else None,
        stored=push.held.high_water or 0,
    )
    return [*told, *({one.op_id: one for one in later} | known).values()]


def _after(push: Push, done: Outcome) -> Push:
    """Return the push with what is held now, after it."""
    held = push.held
    if push.fresh:
        last = push.fresh[-1]
        held = replace(held, high_water=last.seq, head=last.hash)
    if done.feed:
        held = replace(held, feed_seq=done.feed.seq, feed_hash=done.feed.hash)
    return replace(push, held=held)


def _answer(
    centre: Centre,
    push: Push,
    outcome: PushOutcome,
    judgements: Iterable[Judgement] = (),
    *,
    reason: str = "",
) -> PushAnswer:
    held = push.held
    standing = Standing(
        centre_id=centre.id,
        generation=centre.generation,
        now=push.now,
        high_water=held.high_water or 0,
        head=held.head,
        feed_seq=held.feed_seq,
        feed_hash=held.feed_hash,
        reference_version=held.reference_version,
    )
    return PushAnswer(
        outcome=outcome, standing=standing, judgements=tuple(judgements), reason=reason
    )


def _judgement(entry: Entry) -> Judgement:
    assert entry.verdict is not None
    return Judgement(
        op_id=entry.op_id,
        verdict=entry.verdict,
        reason=entry.reason,
        dossier_version=entry.version or None,
    )
