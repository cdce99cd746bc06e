"""What the officer does with the numbers of those who wait, and what the queue is like then."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.tickets import Tickets
from counter_app.domain.operation import TicketEnd
from counter_app.domain.queue import Ticket
from counter_app.domain.queue_rules import PriorityClass
from counter_app.domain.workflow import TRANSITIONS
from counter_app.errors import CounterError, NobodyWaits
from counter_app.i18n import _, law
from counter_app.services.papers import ticket_sheet
from counter_app.services.queue import Overview, overlook, queue_of, ticket_paper

PAPER: Final = "ticket"
"""The form that a number is printed on, by which its printer is chosen."""

_SECONDS: Final = 6


class GroupShown(Struct, frozen=True, kw_only=True):
    """A group of procedures; how many wait for it, how long the first of them has waited.

    `served` says whether this desk calls for it.
    """

    id: str
    letter: str
    name: str
    count: int = 0
    longest: timedelta = timedelta()
    served: bool = True


class QueueState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; before the store has answered, `looked` is false.

    `current` is the number at this desk, `drawn` the one that was given out last. `sends` says
    whether there are other desks, `together` whether they are heard. `lost` is what is to be
    told of another desk that was first, `chime` whether a call is heard in the hall.
    """

    now: datetime
    groups: Sequence[GroupShown]
    priorities: Sequence[PriorityClass] = ()
    priority: str = ""
    current: Ticket | None = None
    waiting: Sequence[Ticket] = ()
    absent: Sequence[Ticket] = ()
    elsewhere: int = 0
    drawn: Ticket | None = None
    may_call: bool = True
    calling: bool = False
    sends: bool = False
    together: bool = False
    lost: str = ""
    chime: bool = False
    looked: bool = False

    def name_of(self, group: str) -> str:
        """Return what a group is called."""
        return next((one.name for one in self.groups if one.id == group), group)


class View(Protocol):
    """What shows a QueueState."""

    def show_state(self, state: QueueState) -> None:
        """Make the widgets say what `state` says."""
        ...


class QueuePresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        navigator: Navigator,
        tickets: Tickets,
        open_hall: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._tickets = tickets
        self._open_hall = open_hall
        self._view: View | None = None
        self._looking = False
        self._again = False
        may_call = bool(TRANSITIONS["ticket_called"].by & desk.officer.roles)
        self._state = QueueState(
            now=desk.now(),
            groups=(),
            sends=desk.sends,
            may_call=may_call,
        )
        tickets.listen(self._refresh)

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what may have changed."""
        self._refresh()

    def look(self, looks: bool) -> None:
        """The screen has come into sight, or has gone."""
        self._tickets.watch("queue", looks=looks)

    def tick(self) -> None:
        """A moment has passed while the screen is in sight."""
        self._tickets.tick()

    # Numbers that are given out

    def draw(self, group: str, *, forward: bool = False) -> None:
        """Somebody wants a number of a group; `forward`: the law lets them be called first."""
        first = self._state.priorities[0].id if self._state.priorities else ""
        priority = self._state.priority or (first if forward else "")
        self._tickets.issue(group, priority=priority, done=self._drawn, failed=self._refuse)

    def let_forward(self, priority: str) -> None:
        """The next number is for somebody whom the law lets forward; or for nobody such: ""."""
        self._show(replace(self._state, priority=priority))

    def _drawn(self, ticket: Ticket) -> None:
        self._show(replace(self._state, drawn=ticket, priority="", lost=""))
        office = self._tickets.office

        self._navigator.print_sheet(
            lambda size, _printer: ticket_sheet(
                self._desk,
                ticket_paper(self._desk, ticket, queue_of(self._desk, office)),
                size=size,
            ),
            form=PAPER,
        )

    # Numbers that are called

    def call_next(self) -> None:
        """The officer is free."""
        if self._state.calling:
            return
        self._show(replace(self._state, calling=True, lost=""))
        self._tickets.call_next(
            self._navigator.settings.queue_groups,
            done=self._called,
            lost=self._lost,
            failed=self._refuse,
        )

    def call(self, ticket: UUID) -> None:
        """The officer chose a number out of turn, or one that was missed."""
        if self._state.calling:
            return
        self._show(replace(self._state, calling=True, lost=""))
        self._tickets.call(ticket, done=self._called, lost=self._lost, failed=self._refuse)

    def recall(self) -> None:
        """Nobody has come yet."""
        self._tickets.recall(done=self._done, failed=self._refuse)

    def move(self, group: str, ticket: UUID | None = None) -> None:
        """The person has to wait for another group."""
        self._tickets.move(group, ticket, done=self._done, failed=self._refuse)

    def end(self, outcome: TicketEnd, ticket: UUID | None = None) -> None:
        """The person was served, or is not there."""
        self._tickets.end(outcome, ticket, done=self._done, failed=self._refuse)

    def serve(self, groups: Sequence[str]) -> None:
        """The officer chose for which groups this desk calls; none is as good as all."""
        known = [group.id for group in self._state.groups]
        chosen = tuple(group for group in known if group in groups)
        every = len(chosen) == len(known)
        settings = self._navigator.settings
        self._navigator.apply_settings(replace(settings, queue_groups=() if every else chosen))
        self._refresh()

    def begin_intake(self) -> None:
        """The person is here: on to the application."""
        self._navigator.begin_intake()

    def ring(self, heard: bool) -> None:
        """A call is to be heard in the hall from now on, or no longer."""
        settings = self._navigator.settings
        self._navigator.apply_settings(replace(settings, hall_chime=heard))
        self._refresh()

    def open_hall(self) -> None:
        """The hall is to see whose turn it is."""
        self._open_hall()

    # What comes of it

    def _called(self, _ticket: Ticket) -> None:
        self._show(replace(self._state, calling=False))

    def _done(self, _ticket: Ticket) -> None:
        self._show(replace(self._state, lost=""))

    def _lost(self, number: str, place: str) -> None:
        words = _("{place} has called number {number} already.")
        self._show(
            replace(self._state, calling=False, lost=words.format(place=place, number=number))
        )

    def _refuse(self, error: CounterError) -> None:
        self._show(replace(self._state, calling=False))
        if isinstance(error, NobodyWaits):
            self._navigator.say(str(error), "info", seconds=_SECONDS)
        else:
            self._navigator.refuse(error)
        self._refresh()

    def _refresh(self) -> None:
        """Look at the queue; once more afterwards, if it has changed meanwhile."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        groups, office = self._navigator.settings.queue_groups, self._tickets.office
        self._tasks.read(
            lambda: overlook(self._desk, groups, office), done=self._take, failed=self._fail
        )

    def _take(self, seen: Overview) -> None:
        self._looking = False
        served = self._navigator.settings.queue_groups
        rules = self._desk.catalogue.queue
        self._show(
            replace(
                self._state,
                now=seen.now,
                groups=[
                    GroupShown(
                        id=group.id,
                        letter=group.letter,
                        name=law(group.name),
                        count=seen.counts[group.id].count,
                        longest=seen.counts[group.id].longest,
                        served=not served or group.id in served,
                    )
                    for group in rules.group
                ],
                priorities=rules.priority,
                current=seen.current,
                waiting=seen.waiting,
                absent=seen.queue.absent(),
                elsewhere=seen.elsewhere,
                sends=self._desk.sends,
                together=self._tickets.office.together,
                chime=self._navigator.settings.hall_chime,
                looked=True,
            )
        )
        if self._again:
            self._again = False
            self._refresh()

    def _fail(self, error: CounterError) -> None:
        self._looking = False
        self._navigator.refuse(error)

    def _show(self, state: QueueState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
