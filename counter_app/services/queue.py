"""Drawing and calling numbers. All of it works at one desk alone; no number is ever refused.

What the centre has told of the office's other desks comes in as an `Office`. Whether this desk
was the first to call a number is known once the centre has heard of it: `lost_to` says so.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk, uuid7
from counter_app.domain.body import Body
from counter_app.domain.lease import Lease
from counter_app.domain.operation import (
    TicketCalled,
    TicketEnd,
    TicketEnded,
    TicketIssued,
    TicketMoved,
)
from counter_app.domain.paper import TicketPaper
from counter_app.domain.payment import desk_mark as mark_of
from counter_app.domain.queue import (
    Event,
    Queue,
    Ticket,
    TicketState,
    Waiting,
    count_waiting,
    event_of,
    fold_queue,
)
from counter_app.domain.queue_rules import Group
from counter_app.domain.workflow import check
from counter_app.errors import (
    NobodyCalled,
    NobodyWaits,
    TicketGone,
    UnknownGroup,
    UnknownPriority,
    UnknownTicket,
)
from counter_app.i18n import law
from counter_app.store.clock import was_restored
from counter_app.store.codes import leases_of
from counter_app.store.queue import ticket_events
from counter_app.store.unit_of_work import UnitOfWork


class Office(Struct, frozen=True, kw_only=True):
    """What the centre has told of the numbers of this desk's office today.

    Not `together`, the desk goes on by itself: with the numbers that were drawn at it.
    """

    events: tuple[Event, ...] = ()
    together: bool = False


_MOST_DIGITS: Final = 5

ALONE: Final = Office()
"""Nothing was heard of other desks."""


class Overview(Struct, frozen=True, kw_only=True):
    """The queue as it stood at `now`: what this desk has called, and who waits for it.

    `elsewhere` counts those who wait for groups that this desk does not serve.
    """

    now: datetime
    queue: Queue
    current: Ticket | None
    waiting: list[Ticket]
    elsewhere: int
    counts: dict[str, Waiting]


def queue_of(desk: Desk, office: Office = ALONE) -> Queue:
    """Return the numbers of the day, those of other desks as far as the centre has told."""
    with desk.store.read() as connection:
        own = ticket_events(connection, desk.business_date)
    return fold_queue([*office.events, *own])


def overlook(desk: Desk, groups: Collection[str] = (), office: Office = ALONE) -> Overview:
    """Return the queue as this desk sees it, which serves `groups`, or all of them."""
    queue, now = queue_of(desk, office), desk.now()
    everybody = queue.waiting(issued_by=_only(desk, office))
    waiting = [ticket for ticket in everybody if not groups or ticket.group in groups]
    held = queue.held_by(desk.profile.id)
    return Overview(
        now=now,
        queue=queue,
        current=held[0] if held else None,
        waiting=waiting,
        elsewhere=len(everybody) - len(waiting),
        counts={
            group.id: count_waiting([t for t in everybody if t.group == group.id], now)
            for group in desk.catalogue.queue.group
        },
    )


def issue(
    desk: Desk,
    group: str,
    *,
    priority: str = "",
    count: int | None = None,
    office: Office = ALONE,
) -> Ticket:
    """Give somebody a number of a group, by its id or letter.

    `count` is what the centre has counted for the office. Without it the desk counts itself,
    and puts its mark into the number, so that no other desk ever gives the same.

    Raises:
        UnknownGroup: there is none like this.
        UnknownPriority: nobody is let forward on this ground.
    """
    wanted = find_group(desk, group)
    if priority and all(one.id != priority for one in desk.catalogue.queue.priority):
        known = ", ".join(one.id for one in desk.catalogue.queue.priority)
        raise UnknownPriority(priority=priority, known=known)
    with desk.store.begin() as uow:
        queue = _queue(uow, desk, office)
        if count is None:
            mark = _own_mark(uow, desk)
            count = _highest(desk, queue, wanted.letter, mark) + 1
        else:
            mark = ""
        number = desk.catalogue.queue.number(wanted.letter, count, mark)
        ticket = uuid7(desk.now())
        body = TicketIssued(ticket=ticket, number=number, group=wanted.id, priority=priority)
        return _done(uow, desk, office, ticket, [body])


def highest_count(desk: Desk, group: str, office: Office = ALONE) -> int:
    """Return the highest number without a mark that this desk knows of a group's today, or 0.

    Raises:
        UnknownGroup: there is none like this.
    """
    return _highest(desk, queue_of(desk, office), find_group(desk, group).letter, "")


def call_next(desk: Desk, groups: Collection[str] = (), office: Office = ALONE) -> Ticket:
    """Call who is next of `groups` (of all, without any) to this desk; who was here is served.

    Raises:
        NobodyWaits: there is nobody to call.
        UnknownGroup: one of the groups is none.
        NotPermitted: the officer receives nobody.
    """
    wanted = {find_group(desk, group).id for group in groups} or None
    with desk.store.begin() as uow:
        queue = _queue(uow, desk, office)
        waiting = queue.waiting(wanted, issued_by=_only(desk, office))
        if not waiting:
            raise NobodyWaits
        return _call(uow, desk, office, queue, waiting[0])


def call(desk: Desk, ticket: UUID, office: Office = ALONE) -> Ticket:
    """Call a number out of turn, one that was missed before too; who was here is served.

    Raises:
        UnknownTicket: no such number was drawn today.
        TicketGone: it was called already, or is done with.
        NotPermitted: the officer receives nobody.
    """
    with desk.store.begin() as uow:
        queue = _queue(uow, desk, office)
        found = _find(queue, ticket)
        if not found.waits and found.state is not TicketState.ABSENT:
            raise TicketGone(number=found.number, place=found.place)
        return _call(uow, desk, office, queue, found)


def recall(desk: Desk, office: Office = ALONE) -> Ticket:
    """Call once more the number that this desk has called last.

    Raises:
        NobodyCalled: there is none.
        NotPermitted: the officer receives nobody.
    """
    with desk.store.begin() as uow:
        current = _current(_queue(uow, desk, office), desk)
        body = TicketCalled(
            ticket=current.id, place=desk.profile.name, again=True, moves=current.moves
        )
        return _done(uow, desk, office, current.id, [body])


def move(desk: Desk, group: str, office: Office = ALONE, *, ticket: UUID | None = None) -> Ticket:
    """Have a number, the one at this desk unless told, wait for another group.

    Raises:
        UnknownGroup: there is no such group.
        UnknownTicket: no such number was drawn today.
        NobodyCalled: there is none at this desk.
        TicketGone: who had it was served.
        NotPermitted: the officer receives nobody.
    """
    wanted = find_group(desk, group)
    with desk.store.begin() as uow:
        found = _chosen(_queue(uow, desk, office), desk, ticket)
        body = TicketMoved(ticket=found.id, group=wanted.id, moves=found.moves)
        return _done(uow, desk, office, found.id, [body])


def end(
    desk: Desk, outcome: TicketEnd, office: Office = ALONE, *, ticket: UUID | None = None
) -> Ticket:
    """Be done with a number, the one at this desk unless told: served, or not there.

    Raises:
        UnknownTicket: no such number was drawn today.
        NobodyCalled: there is none at this desk.
        TicketGone: who had it was served.
        NotPermitted: the officer receives nobody.
    """
    with desk.store.begin() as uow:
        found = _chosen(_queue(uow, desk, office), desk, ticket)
        body = TicketEnded(ticket=found.id, outcome=outcome, moves=found.moves)
        return _done(uow, desk, office, found.id, [body])


def lost_to(desk: Desk, ticket: UUID, queue: Queue) -> str:
    """Return who has a number that this desk has called: the place of another desk, or ""."""
    found = queue.tickets.get(ticket)
    if found is None or found.holder in {None, desk.profile.id}:
        return ""
    return found.place


def find_group(desk: Desk, group: str) -> Group:
    """Return a group by its id or its letter.

    Raises:
        UnknownGroup: there is none like this.
    """
    rules = desk.catalogue.queue
    found = rules.find(group) or rules.find(group.upper())
    if found is None:
        known = ", ".join(f"{one.letter} ({law(one.name)})" for one in rules.group)
        raise UnknownGroup(group=group, groups=known)
    return found


def find_ticket(queue: Queue, number: str) -> Ticket:
    """Return a number of today as it is printed, in capitals or not.

    Raises:
        UnknownTicket: no such number was drawn today.
    """
    wanted = number.strip().upper()
    found = [ticket for ticket in queue.tickets.values() if ticket.number == wanted]
    if not found:
        raise UnknownTicket(number=number)
    return found[-1]


def ticket_paper(desk: Desk, ticket: Ticket, queue: Queue) -> TicketPaper:
    """Return what is printed of a number: nothing of who has drawn it."""
    ahead = queue.waiting({ticket.group})
    before = [one.id for one in ahead].index(ticket.id) if ticket in ahead else None
    group = desk.catalogue.queue.find(ticket.group)
    return TicketPaper(
        number=ticket.number,
        group=law(group.name) if group else ticket.group,
        issued_at=ticket.issued_at.astimezone(desk.catalogue.calendar.zone),
        waiting=before,
        office=desk.profile.office,
        desk_name=desk.profile.name,
    )


def desk_mark(desk: Desk, leases: Iterable[Lease]) -> str:
    """Return what makes this desk's own numbers other than those of every other desk.

    The centre has given each of its desks one. Until it was heard, the first of the dossier
    numbers that are this desk's alone today stands for it, in four digits, which no mark of the
    centre's has. A desk that has all dossier numbers of its office shares with nobody: "".
    """
    if desk.profile.mark:
        return str(desk.profile.mark)
    day, numbering = desk.business_date, desk.catalogue.numbering
    own = [
        lease
        for lease in leases
        if lease.agency == desk.agency and lease.from_date <= day <= lease.to_date
    ]
    first = min((lease.lo for lease in own), default=0)
    last = max((lease.hi for lease in own), default=0)
    if not desk.sends and first <= numbering.serial_first and last >= numbering.serial_last:
        return ""
    return f"{first:04}"


def _own_mark(uow: UnitOfWork, desk: Desk) -> str:
    """Return the mark for numbers that this desk counts by itself.

    On the day on which it goes on from a backup it cannot know which it has given out since that
    was made: for the rest of the day it has another mark.
    """
    if was_restored(uow.connection, desk.business_date):
        return f"R{mark_of(uow.profile.id, uow.profile.epoch)[1:]}"
    return desk_mark(desk, leases_of(uow.connection))


def _queue(uow: UnitOfWork, desk: Desk, office: Office) -> Queue:
    return fold_queue([*office.events, *ticket_events(uow.connection, desk.business_date)])


def _only(desk: Desk, office: Office) -> UUID | None:
    return None if office.together else desk.profile.id


def _highest(desk: Desk, queue: Queue, letter: str, mark: str) -> int:
    """Return the highest count among the numbers with this letter and mark."""
    start = desk.catalogue.queue.number(letter, 0, mark).rstrip("0")
    counts = (
        ticket.number.removeprefix(start)
        for ticket in queue.tickets.values()
        if ticket.number.startswith(start)
    )
    # Other desks can have written anything: what nobody could have counted is no count.
    return max((int(c) for c in counts if c.isdecimal() and len(c) <= _MOST_DIGITS), default=0)


def _find(queue: Queue, ticket: UUID) -> Ticket:
    if (found := queue.tickets.get(ticket)) is None:
        raise UnknownTicket(number=ticket)
    return found


def _current(queue: Queue, desk: Desk) -> Ticket:
    if not (held := queue.held_by(desk.profile.id)):
        raise NobodyCalled
    return held[0]


def _chosen(queue: Queue, desk: Desk, ticket: UUID | None) -> Ticket:
    found = _current(queue, desk) if ticket is None else _find(queue, ticket)
    if found.state is TicketState.SERVED:
        raise TicketGone(number=found.number, place=found.place)
    return found


def _call(uow: UnitOfWork, desk: Desk, office: Office, queue: Queue, ticket: Ticket) -> Ticket:
    """Call a number; whoever was at this desk before is done with."""
    done: list[Body] = [
        TicketEnded(ticket=one.id, outcome=TicketEnd.SERVED, moves=one.moves)
        for one in queue.held_by(desk.profile.id)
    ]
    called = TicketCalled(
        ticket=ticket.id,
        place=desk.profile.name,
        again=ticket.state is TicketState.ABSENT,
        moves=ticket.moves,
    )
    return _done(uow, desk, office, ticket.id, [*done, called])


def _done(
    uow: UnitOfWork, desk: Desk, office: Office, ticket: UUID, bodies: Iterable[Body]
) -> Ticket:
    """Note what was done, and return how the number stands after it."""
    before = [*office.events, *ticket_events(uow.connection, desk.business_date)]
    for body in bodies:
        role = check(body.kind, None, desk.officer.roles)
        operation = desk.operation(body, role=role)
        uow.append(operation)
        before.append(event_of(operation))
    return fold_queue(before).tickets[ticket]
