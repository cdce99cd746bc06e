"""From what is stored of a dossier and what has come anew to where it stands, step by step.

Nothing here touches the database: a dossier's whole past goes in, and what is to be written
comes out. Its number in the order of the dossier is given to whatever has an effect.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.body import Nature, Scope
from counter_app.domain.dossier import Dossier, step
from counter_app.domain.dossier_code import parts
from counter_app.domain.judgement import WITHOUT_EFFECT, Judged, Reason, Seen, Verdict, judge
from counter_app.domain.lease import Lease
from counter_app.domain.operation import Operation, Received, Unreadable
from counter_app.domain.receipt_code import bears, key_id_in, label_of, packed_receipt
from counter_app.domain.workflow import status_after

_FARTHEST_EAST: Final = timedelta(hours=14)


class Entry(Struct, frozen=True):
    """One operation on a dossier, with what was made of it; `version` 0 is without effect."""

    home: int
    operation: Operation
    op_hash: bytes
    verdict: Verdict | None = None
    reason: str = ""
    version: int = 0

    @property
    def op_id(self) -> UUID:
        """The operation's identity."""
        return self.operation.header.op_id

    @property
    def desk_id(self) -> UUID:
        """Whose operation it is."""
        return self.operation.header.desk_id

    @property
    def concerns_dossier(self) -> bool:
        """Whether it did something to a dossier; to have looked at one is the desk's affair."""
        in_scope = self.operation.body.scope is Scope.DOSSIER
        return in_scope and self.operation.header.dossier_id is not None

    @property
    def readable(self) -> bool:
        """Whether this release knows what it says."""
        return not isinstance(self.operation.body, Unreadable)


class Turn(Struct, frozen=True):
    """What has become of a dossier: where it stands, and each verdict in its order.

    `judged` are those that came and those that had waited, as they are to be stored and told;
    `states` is where the dossier stood after each of them.
    """

    dossier: Dossier
    judged: tuple[Entry, ...]
    states: tuple[Dossier, ...]


class Bench(Struct, frozen=True, kw_only=True):
    """What is known of the desk whose operations are judged, and of the day.

    `latest` is the last date that a right clock can show anywhere on earth.
    """

    key_id: bytes
    leases: tuple[Lease, ...]
    latest: date


def latest_date(now: datetime) -> date:
    """Return the last date that a right clock can show anywhere at this instant."""
    return (now.astimezone(UTC) + _FARTHEST_EAST).date()


def take_turn(
    dossier_id: UUID, known: Sequence[Entry], arrived: Iterable[Entry], bench: Bench
) -> Turn:
    """Return what becomes of a dossier when `arrived` are judged after all that is `known`.

    Whatever has waited is judged again as soon as something could have set it free.
    """
    state = stand(dossier_id, known)
    past, waiting = list(known), [entry for entry in known if _may_go_on(entry)]
    judged: list[Entry] = []
    states: list[Dossier] = []

    def settle(entry: Entry, doubt: Reason | None) -> bool:
        nonlocal state
        result = _judge(entry, state, past, bench.latest, doubt)
        if result.verdict is Verdict.WAITING and entry.verdict is Verdict.WAITING:
            return False
        version = state.version + 1 if result.has_effect else 0
        done = replace(entry, verdict=result.verdict, reason=result.reason or "", version=version)
        state = _advance(state, done)
        judged.append(done)
        states.append(state)
        past.append(done)
        if _may_go_on(done):
            waiting.append(done)
        return result.has_effect

    def go_on() -> None:
        for entry in tuple(waiting):
            before = len(judged)
            settle(entry, None)
            if len(judged) > before:
                waiting.remove(entry)

    go_on()
    for entry in arrived:
        if settle(entry, _doubt_of(entry, bench)) and waiting:
            go_on()
    return Turn(state, tuple(judged), tuple(states))


def stand(dossier_id: UUID, known: Iterable[Entry]) -> Dossier:
    """Return where a dossier stands after what is known of it."""
    entries = sorted(known, key=lambda entry: entry.version)
    return reduce(_advance, entries, Dossier(id=dossier_id))


def doubt_about(received: Received, dossier_id: UUID, bench: Bench) -> Reason | None:
    """Return what cannot be right about a reception's code and receipt, if anything."""
    packed = packed_receipt(received.receipt)
    try:
        label = label_of(received.code)
        agency, day, serial = parts(received.code)
    except ValueError:  # no code that any desk would have printed
        return Reason.RECEIPT_DIFFERS
    if not bears(packed, label=label, dossier_id=dossier_id):
        return Reason.RECEIPT_DIFFERS
    if key_id_in(packed) != bench.key_id:
        return Reason.OTHER_KEY
    for lease in bench.leases:
        in_time = lease.from_date <= day <= lease.to_date
        if lease.lo <= serial <= lease.hi and in_time and lease.agency == agency:
            return None
    return Reason.NOT_LEASED


def _doubt_of(entry: Entry, bench: Bench) -> Reason | None:
    header, body = entry.operation.header, entry.operation.body
    if isinstance(body, Received) and header.dossier_id is not None:
        return doubt_about(body, header.dossier_id, bench)
    return None


def _judge(
    entry: Entry, state: Dossier, past: Sequence[Entry], latest: date, doubt: Reason | None
) -> Judged:
    operation = entry.operation
    if operation.body.nature is Nature.FACT:
        return judge(operation, state, latest=latest, doubt=doubt)
    return judge(operation, state, latest=latest, seen=_seen(entry, past))


def _advance(state: Dossier, entry: Entry) -> Dossier:
    if not entry.readable:
        return replace(state, needs_newer_program=True)
    if entry.verdict is None or entry.verdict in WITHOUT_EFFECT:
        return state
    return replace(step(state, entry.operation), version=entry.version)


def _may_go_on(entry: Entry) -> bool:
    return entry.verdict is Verdict.WAITING and entry.readable


def _seen(entry: Entry, past: Sequence[Entry]) -> Seen:
    """Return what a desk had before its eyes: what was confirmed to it, then its own."""
    base = entry.operation.header.base_version
    confirmed = sorted(
        (one for one in past if 0 < one.version <= base), key=lambda one: one.version
    )
    own = _once(
        one
        for one in past
        if one.desk_id == entry.desk_id and not 0 < one.version <= base and one.op_id != entry.op_id
    )
    status = None
    for one in (*confirmed, *own):
        status = status_after(one.operation.header.kind, status)
    overtaken = any(one.version > base and one.desk_id != entry.desk_id for one in past)
    return Seen(status, overtaken)


def _once(entries: Iterable[Entry]) -> list[Entry]:
    # One that has waited stands in the past twice: as it came, and as it was judged.
    return list({entry.op_id: entry for entry in entries}.values())
