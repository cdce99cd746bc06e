"""The numbers of those who wait, as every screen of the window sees them; without Qt.

What an officer does is noted at once. If the desk has a centre, the office's other desks hear
of it and are heard, within a second: whoever has not answered by then is not waited for, and
the desk goes on with what was drawn at it.
"""

import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.office_road import CentreOffice
from counter_app.domain.operation import TicketEnd
from counter_app.domain.queue import Queue, Ticket
from counter_app.errors import CounterError
from counter_app.services.queue import (
    ALONE,
    Office,
    call,
    call_next,
    end,
    highest_count,
    issue,
    lost_to,
    move,
    queue_of,
    recall,
)
from counter_app.wire.messages import PushAnswer, PushBatch

if TYPE_CHECKING:  # it brings the HTTP client
    from counter_app.sync.queue import Heard

PATIENCE_S: Final = 1.0
"""So long is the centre waited for."""

POLL_S: Final = 3.0
"""So often it is asked while somebody looks at the queue."""

Done = Callable[[Ticket], None]
Failed = Callable[[CounterError], None]
Lost = Callable[[str, str], None]


class OfficeRoad(Protocol):
    """The way to the office's queue at the centre, in steps that each belong to one lane."""

    def take(self) -> PushBatch:
        """Return the oldest rows that are not acknowledged; on the reader."""
        ...

    def exchange(self, batch: PushBatch, office: Office) -> "Heard":
        """Send rows and return what the office has done since; on the quick lane."""
        ...

    def apply(self, answer: PushAnswer) -> None:
        """Note what the centre has stored and judged; on the writer."""
        ...

    def count(self, group: str, above: int) -> int:
        """Return the office's next number of a group; on the quick lane."""
        ...

    def close(self) -> None:
        """Hang up; an exchange that is under way fails, and does no harm."""
        ...


class _Errand:
    """Something that is waited for until an instant: it ends well or in vain, and only once."""

    def __init__(self, until: float, in_vain: Callable[[], None]) -> None:
        self.until: Final = until
        self._in_vain = in_vain
        self.over = False

    def end(self, act: Callable[[], None]) -> None:
        """Act unless it is over."""
        if not self.over:
            self.over = True
            act()

    def give_up(self) -> None:
        """End it in vain, unless it is over."""
        self.end(self._in_vain)


class Tickets:
    """What the queue's screens and the hall's display share: one line to the centre, one truth.

    Whoever looks says so (`watch`) and has `tick` called several times a second meanwhile;
    `listen` is told of each change.
    """

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        *,
        road: Callable[[Desk], OfficeRoad] = CentreOffice,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._road = road(desk)
        self._elapsed = elapsed
        self._listeners: list[Callable[[], None]] = []
        self._watchers: set[str] = set()
        self._errands: list[_Errand] = []
        self._under_way = False
        self._asked_at: float | None = None
        self._then: list[Callable[[bool], None]] = []
        self._rests = False
        self.office = ALONE

    @property
    def waits_for_centre(self) -> bool:
        """Whether an answer is being waited for that an officer would see."""
        return any(not errand.over for errand in self._errands)

    # Who looks

    def listen(self, told: Callable[[], None]) -> None:
        """Have `told` called after each change."""
        self._listeners.append(told)

    def watch(self, who: str, *, looks: bool) -> None:
        """Note that somebody looks at the queue from now on, or no longer does."""
        if looks:
            self._watchers.add(who)
            self.tick()
        else:
            self._watchers.discard(who)

    def tick(self) -> None:
        """Give up what has taken too long, and ask the centre if it is time."""
        now = self._elapsed()
        for errand in self._errands:
            if now >= errand.until:
                errand.give_up()
        self._errands = [errand for errand in self._errands if not errand.over]
        due = self._asked_at is None or now >= self._asked_at + POLL_S
        if self._watchers and due and self._desk.sends and not self._under_way:
            self._exchange()

    def rest(self) -> None:
        """Ask for nothing any more: the window is another officer's, or closes."""
        self._rests = True
        self._watchers.clear()
        self._errands.clear()
        self._road.close()

    # What an officer does

    def issue(self, group: str, *, priority: str = "", done: Done, failed: Failed) -> None:
        """Give somebody a number: the office's next, or the desk's own if nobody answers."""
        office = self.office

        def note(count: int | None) -> None:
            def work() -> Ticket:
                return issue(self._desk, group, priority=priority, count=count, office=office)

            self._note(work, done, failed)

        if not self._desk.sends:
            note(None)
            return
        errand = self._begin(lambda: self._go_alone(lambda: note(None)))
        self._tasks.read(
            lambda: highest_count(self._desk, group, office),
            done=lambda above: self._tasks.quick(
                lambda: self._road.count(group, above),
                done=lambda count: errand.end(lambda: note(count)),
                failed=lambda _error: errand.give_up(),
            ),
            failed=lambda error: errand.end(lambda: failed(error)),
        )

    def call_next(self, groups: Collection[str], *, done: Done, lost: Lost, failed: Failed) -> None:
        """Call who is next; if another desk was first, say so by `lost` and call the one after."""
        self._call(
            lambda: call_next(self._desk, groups, self.office),
            done,
            lost,
            failed,
            again=lambda: self.call_next(groups, done=done, lost=lost, failed=failed),
        )

    def call(self, ticket: UUID, *, done: Done, lost: Lost, failed: Failed) -> None:
        """Call a number out of turn, or one that was missed."""
        self._call(
            lambda: call(self._desk, ticket, self.office), done, lost, failed, again=self._changed
        )

    def recall(self, *, done: Done, failed: Failed) -> None:
        """Call once more the number that is at this desk."""
        self._note(lambda: recall(self._desk, self.office), done, failed)

    def move(self, group: str, ticket: UUID | None, *, done: Done, failed: Failed) -> None:
        """Have a number wait for another group; the one at this desk unless told."""
        self._note(lambda: move(self._desk, group, self.office, ticket=ticket), done, failed)

    def end(self, outcome: TicketEnd, ticket: UUID | None, *, done: Done, failed: Failed) -> None:
        """Be done with a number; the one at this desk unless told."""
        self._note(lambda: end(self._desk, outcome, self.office, ticket=ticket), done, failed)

    # How it goes on

    def _note(self, work: Callable[[], Ticket], done: Done, failed: Failed) -> None:
        """Note what was done, say so, and have the others hear of it."""

        def noted(ticket: Ticket) -> None:
            done(ticket)
            self._changed()
            self._exchange()

        self._tasks.write(work, done=noted, failed=failed)

    def _call(
        self,
        work: Callable[[], Ticket],
        done: Done,
        lost: Lost,
        failed: Failed,
        *,
        again: Callable[[], None],
    ) -> None:
        def noted(ticket: Ticket) -> None:
            if not self._desk.sends:
                done(ticket)
                self._changed()
                return
            errand = self._begin(lambda: self._go_alone(lambda: kept(ticket)))
            self._exchange(lambda heard: self._settle(ticket, errand, heard, kept, gone))

        def kept(ticket: Ticket) -> None:
            done(ticket)
            self._changed()

        def gone(ticket: Ticket, place: str, *, late: bool) -> None:
            lost(ticket.number, place)
            if late:  # somebody may stand here already: the officer says how it goes on
                self._changed()
            else:
                again()

        self._tasks.write(work, done=noted, failed=failed)

    def _settle(
        self,
        ticket: Ticket,
        errand: _Errand,
        heard: bool,
        kept: Done,
        gone: Callable[..., None],
    ) -> None:
        """Look who has the number, now that the centre has heard of the call."""
        if not heard:
            errand.give_up()
            return

        def look(queue: Queue) -> None:
            place = lost_to(self._desk, ticket.id, queue)
            if not place:
                errand.end(lambda: kept(ticket))
            elif errand.over:
                gone(ticket, place, late=True)
            else:
                errand.end(lambda: gone(ticket, place, late=False))

        office = self.office
        self._tasks.read(
            lambda: queue_of(self._desk, office),
            done=look,
            failed=lambda _error: errand.give_up(),
        )

    def _exchange(self, then: Callable[[bool], None] = lambda _heard: None) -> None:
        """Send what waits and hear what the others did; `then` is told whether that went well."""
        if self._rests or not self._desk.sends:
            return
        self._then.append(then)
        if self._under_way:
            return
        waiting, self._then = self._then, []
        self._under_way, self._asked_at = True, self._elapsed()
        office = self.office

        def fail(_error: CounterError) -> None:
            over(Office(events=office.events), heard=False)

        def over(now: Office, *, heard: bool) -> None:
            self._under_way = False
            if self._rests:
                return
            self.office = now
            for each in waiting:
                each(heard)
            if now != office or heard:
                self._changed()
            if self._then:
                self._exchange()

        def note(answer: "Heard") -> None:
            pushed = answer.pushed
            if pushed is None:
                over(answer.office, heard=True)
                return
            self._tasks.write(
                lambda: self._road.apply(pushed),
                done=lambda _none: over(answer.office, heard=True),
                failed=fail,
            )

        def send(batch: PushBatch) -> None:
            self._tasks.quick(lambda: self._road.exchange(batch, office), done=note, failed=fail)

        self._tasks.read(self._road.take, done=send, failed=fail)

    def _begin(self, in_vain: Callable[[], None]) -> _Errand:
        errand = _Errand(self._elapsed() + PATIENCE_S, in_vain)
        self._errands.append(errand)
        return errand

    def _go_alone(self, act: Callable[[], None]) -> None:
        self.office = Office(events=self.office.events)
        act()

    def _changed(self) -> None:
        if not self._rests:
            for told in self._listeners:
                told()
