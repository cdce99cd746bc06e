"""Many at once: the certification counter, and groups that hand in a sheet."""

from typing import Literal, Protocol

from counter_app.desk import Desk
from counter_app.desktop.batch.counter import CounterPresenter
from counter_app.desktop.batch.group import GroupPresenter
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator

Side = Literal["counter", "group"]


class View(Protocol):
    """What shows one side or the other."""

    def show_side(self, side: Side) -> None:
        """Bring one side into sight."""
        ...


class BatchPresenter:
    """Holds both sides of the screen, of which one is in sight."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self.counter = CounterPresenter(desk, tasks, navigator)
        self.group = GroupPresenter(desk, tasks, navigator)
        self._view: View | None = None
        self._side: Side = "counter"

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_side(self._side)

    def enter(self) -> None:
        """Look again at what may have changed."""
        self.counter.enter()
        self.group.enter()

    def choose(self, side: str) -> None:
        """Go to the other side."""
        self._side = "group" if side == "group" else "counter"
        if self._view is not None:
            self._view.show_side(self._side)

    def turn(self) -> None:
        """Go to whichever side is not in sight."""
        self.choose("group" if self._side == "counter" else "counter")

    def submit(self) -> None:
        """Do what the side in sight is for."""
        if self._side == "counter":
            self.counter.submit()
        else:
            self.group.submit()

    def takes_scan(self, payload: str) -> bool:
        """Take a citizen's card at the counter; all other scans go where they always go."""
        return self._side == "counter" and self.counter.takes_scan(payload)
