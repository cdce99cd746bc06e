"""What stands on the hall's display: numbers and places, and nothing of who has them."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.tickets import Tickets
from counter_app.domain.queue import Queue
from counter_app.services.queue import queue_of

MOST: Final = 6
"""So many numbers are shown: the last one called, large, and five before it."""


class HallCall(Struct, frozen=True, kw_only=True):
    """A number that was called, and where to; `calls` counts how often."""

    number: str
    place: str
    calls: int = 1


class HallState(Struct, frozen=True, kw_only=True):
    """All that the display shows; the latest call comes first."""

    office: str
    calls: Sequence[HallCall] = ()
    clock: str = ""
    chime: bool = False


class Window(Protocol):
    """What shows a HallState."""

    def show_state(self, state: HallState) -> None:
        """Make the display say what `state` says."""
        ...

    def open_on(self, screen: str, *, beside: bool) -> None:
        """Come into sight, on the screen of this name if it is there.

        Where there is only the officer's own, wait for another; or, `beside`, share it.
        """
        ...

    def go(self) -> None:
        """Go out of sight for good."""
        ...


class HallPresenter:
    """Keeps the display at what the queue is; there is none before it is opened."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        navigator: Navigator,
        tickets: Tickets,
        build: Callable[["HallPresenter"], Window],
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._tickets = tickets
        self._build = build
        self._window: Window | None = None
        self._state = HallState(office=desk.profile.office.name)
        tickets.listen(self._refresh)

    def open(self) -> None:
        """The officer wants the display: show it, or bring it to the front."""
        self._keep(is_open=True)
        self._show_window(beside=True)

    def resume(self) -> None:
        """Show the display again if it was open when the last officer left."""
        if self._navigator.settings.hall_open:
            self._show_window(beside=False)

    def close(self) -> None:
        """The officer no longer wants the display."""
        self._keep(is_open=False)
        self.rest()

    def rest(self) -> None:
        """Take the display away; the next officer has it again."""
        window, self._window = self._window, None
        if window is not None:
            self._tickets.watch("hall", looks=False)
            window.go()

    def attach(self, window: Window) -> None:
        """Show on `window` from here on."""
        window.show_state(self._state)

    def look(self, looks: bool) -> None:
        """The display has come into sight, or has gone."""
        self._tickets.watch("hall", looks=looks)

    def tick(self) -> None:
        """A moment has passed while the display is in sight."""
        self._tickets.tick()
        clock = f"{self._desk.now():%H:%M}"
        if clock != self._state.clock:
            self._show(replace(self._state, clock=clock))

    def remember(self, screen: str) -> None:
        """The display has been put on this screen; it opens there the next time."""
        settings = self._navigator.settings
        if settings.hall_screen != screen:
            self._navigator.apply_settings(replace(settings, hall_screen=screen))

    def _show_window(self, *, beside: bool) -> None:
        if self._window is None:
            self._window = self._build(self)
        self._window.open_on(self._navigator.settings.hall_screen, beside=beside)
        self._refresh()

    def _keep(self, *, is_open: bool) -> None:
        settings = self._navigator.settings
        if settings.hall_open != is_open:
            self._navigator.apply_settings(replace(settings, hall_open=is_open))

    def _refresh(self) -> None:
        if self._window is None:
            return
        office = self._tickets.office
        self._tasks.read(
            lambda: queue_of(self._desk, office), done=self._take, failed=self._navigator.refuse
        )

    def _take(self, queue: Queue) -> None:
        calls = [
            HallCall(number=ticket.number, place=ticket.place, calls=ticket.calls)
            for ticket in queue.last_called(MOST)
        ]
        self._show(
            replace(
                self._state,
                calls=calls,
                clock=f"{self._desk.now():%H:%M}",
                chime=self._navigator.settings.hall_chime,
            )
        )

    def _show(self, state: HallState) -> None:
        self._state = state
        if self._window is not None:
            self._window.show_state(state)
