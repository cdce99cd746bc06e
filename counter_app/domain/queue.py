"""Those who wait, by the numbers they drew: nobody asks who they are.

A queue is the fold of what was done with the numbers of one day, in the order that counts: the
centre's for what it has, then this desk's own. Of two desks that call one number the first has
called it. What was done with a number that has been sent on since, and without knowing of that,
has no effect: whoever has it still waits. So whatever two desks have done apart from each
other, in the end there is one truth, and nobody is lost in it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.body import Body
from counter_app.domain.operation import (
    Operation,
    TicketCalled,
    TicketEnd,
    TicketEnded,
    TicketIssued,
    TicketMoved,
)
from counter_app.i18n import N_, _

TICKET_KINDS: Final = frozenset(
    body.kind for body in (TicketIssued, TicketCalled, TicketMoved, TicketEnded)
)
"""The kinds of operation that make a queue."""


class TicketState(StrEnum):
    """Where a number stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    ABSENT = "absent"

    def __format__(self, spec: str) -> str:
        """Return the state in the language spoken."""
        return format(_(_STATES[self]), spec)


_STATES: Final = {
    TicketState.WAITING: N_("is waiting"),
    TicketState.CALLED: N_("was called"),
    TicketState.SERVED: N_("was served"),
    TicketState.ABSENT: N_("was not there"),
}


class Event(Struct, frozen=True, kw_only=True):
    """Something that was done with a number, at which desk and when by that desk's clock."""

    op_id: UUID
    desk: UUID
    at: datetime
    body: Body


class Ticket(Struct, frozen=True, kw_only=True):
    """A number. `desk` has issued it; `holder` is the desk that has called it, to `place`.

    `moves` counts how often it was sent on to another group, `calls` how often it was called
    since. `priority` is the id of a class of forms/rules/queue.toml, "" for none.
    """

    id: UUID
    number: str
    group: str
    desk: UUID
    issued_at: datetime
    priority: str = ""
    state: TicketState = TicketState.WAITING
    moves: int = 0
    calls: int = 0
    holder: UUID | None = None
    place: str = ""
    called_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still to be called."""
        return self.state is TicketState.WAITING

    def waited(self, now: datetime) -> timedelta:
        """Return how long its turn has taken so far; never less than nothing."""
        return max(now - self.issued_at, timedelta())


class Queue(Struct, frozen=True, kw_only=True):
    """All numbers of a day by their ids, in the order in which they were drawn.

    `called` are those that were called, each once, in the order of its last call.
    """

    tickets: Mapping[UUID, Ticket] = {}
    called: Sequence[UUID] = ()

    def waiting(
        self, groups: Collection[str] | None = None, *, issued_by: UUID | None = None
    ) -> list[Ticket]:
        """Return who waits, in the order in which they are called: who has priority, then the rest.

        Each of the two by the order in which they came; who was sent on does not wait anew.
        `issued_by` leaves out what other desks have issued.
        """
        found = (
            ticket
            for ticket in self.tickets.values()
            if ticket.waits
            and (groups is None or ticket.group in groups)
            and (issued_by is None or ticket.desk == issued_by)
        )
        return sorted(found, key=lambda ticket: not ticket.priority)

    def held_by(self, desk: UUID) -> list[Ticket]:
        """Return what a desk has called and not ended, the last call first."""
        latest = (self.tickets[one] for one in reversed(self.called))
        return [t for t in latest if t.state is TicketState.CALLED and t.holder == desk]

    def last_called(self, most: int) -> list[Ticket]:
        """Return the numbers that were called last, the latest first."""
        shown = (TicketState.CALLED, TicketState.SERVED, TicketState.ABSENT)
        latest = (self.tickets[one] for one in reversed(self.called))
        return [ticket for ticket in latest if ticket.state in shown][:most]

    def absent(self) -> list[Ticket]:
        """Return who was called and did not come, the latest first."""
        latest = (self.tickets[one] for one in reversed(self.called))
        return [ticket for ticket in latest if ticket.state is TicketState.ABSENT]


class Waiting(Struct, frozen=True, kw_only=True):
    """How many wait, and how long the longest has."""

    count: int
    longest: timedelta


def event_of(operation: Operation) -> Event:
    """Return what an operation did with a number."""
    header = operation.header
    return Event(op_id=header.op_id, desk=header.desk_id, at=header.wall_utc, body=operation.body)


def fold_queue(events: Iterable[Event]) -> Queue:
    """Return the queue that `events` have made, each counted once. Never judges, never raises."""
    tickets: dict[UUID, Ticket] = {}
    called: dict[UUID, None] = {}  # a set that keeps its order
    seen: set[UUID] = set()
    for event in events:
        if event.op_id in seen or not isinstance(event.body, _BODIES):
            continue
        seen.add(event.op_id)
        if isinstance(event.body, TicketIssued):
            tickets.setdefault(event.body.ticket, _issued(event, event.body))
            continue
        before = tickets.get(event.body.ticket)
        if before is None or before.moves != event.body.moves:
            continue
        after = _STEPS[type(event.body)](before, event, event.body)
        tickets[after.id] = after
        if after.calls > before.calls:
            called.pop(after.id, None)
            called[after.id] = None
    return Queue(tickets=tickets, called=tuple(called))


def count_waiting(tickets: Sequence[Ticket], now: datetime) -> Waiting:
    """Return how many numbers these are, and how long the first of them has waited."""
    longest = max((ticket.waited(now) for ticket in tickets), default=timedelta())
    return Waiting(count=len(tickets), longest=longest)


def _issued(event: Event, body: TicketIssued) -> Ticket:
    return Ticket(
        id=body.ticket,
        number=body.number,
        group=body.group,
        desk=event.desk,
        issued_at=event.at,
        priority=body.priority,
    )


def _called(before: Ticket, event: Event, body: TicketCalled) -> Ticket:
    """The first to call has it; they alone call again, or whoever a late-comer stands before."""
    again = before.state is TicketState.CALLED and before.holder == event.desk
    late = before.state is TicketState.ABSENT
    if not (again or late if body.again else before.waits):
        return before
    return replace(
        before,
        state=TicketState.CALLED,
        calls=before.calls + 1,
        holder=event.desk,
        place=body.place,
        called_at=event.at,
    )


def _moved(before: Ticket, _event: Event, body: TicketMoved) -> Ticket:
    """Somebody was told where to wait now: that counts, whoever else has called them."""
    if before.state is TicketState.SERVED:
        return before
    return replace(
        before,
        group=body.group,
        moves=before.moves + 1,
        state=TicketState.WAITING,
        calls=0,
        holder=None,
        place="",
        called_at=None,
    )


def _ended(before: Ticket, event: Event, body: TicketEnded) -> Ticket:
    """Who was served was served, whoever has waited for them in vain."""
    if body.outcome is TicketEnd.SERVED:
        return replace(before, state=TicketState.SERVED)
    missed = before.waits or (before.state is TicketState.CALLED and before.holder == event.desk)
    return replace(before, state=TicketState.ABSENT) if missed else before


_BODIES: Final = (TicketIssued, TicketCalled, TicketMoved, TicketEnded)
_STEPS: Final[Mapping[type[Body], Callable[[Ticket, Event, Any], Ticket]]] = {
    TicketCalled: _called,
    TicketMoved: _moved,
    TicketEnded: _ended,
}
