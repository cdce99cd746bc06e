"""The one intake of the window: what stands in it, where it is shown, and what waits for it."""

from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.intake.reckoning import blank, reckoned
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.errors import CounterError


class View(Protocol):
    """What the presenter needs of the view."""

    def show_state(self, state: IntakeState) -> None:
        """Make the widgets say what `state` says."""
        ...

    def focus_on(self, path: str) -> None:
        """Put the cursor into the field at `path`, or to the list of problems at "problems"."""
        ...


class Form:
    """Holds the state for all who change it; what comes too early is put off with `later`."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self.desk = desk
        self.tasks = tasks
        self.navigator = navigator
        self.state = blank()
        self.view: View | None = None
        self._waiting: list[Callable[[], None]] = []

    @property
    def waits(self) -> bool:
        """Whether something has been put off, which must not be overtaken."""
        return bool(self._waiting)

    def show(self, state: IntakeState) -> None:
        """Show a state, with all that follows from it."""
        self.state = reckoned(self.desk, state)
        if self.view is not None:
            self.view.show_state(self.state)

    def anew(self) -> IntakeState:
        """Return an empty form with a token of its own; what the desk knows stays known."""
        return replace(blank(), agencies=self.state.agencies)

    def focus(self, path: str) -> None:
        """Put the cursor into a field."""
        if self.view is not None:
            self.view.focus_on(path)

    def refuse(self, error: CounterError) -> None:
        """Say what could not be done."""
        self.navigator.refuse(error)

    def later(self, act: Callable[[], None]) -> None:
        """Do `act` when what is under way has been answered."""
        self._waiting.append(act)

    def catch_up(self) -> None:
        """Do what was put off."""
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def give_up(self, error: CounterError) -> None:
        """Forget what was put off: what it waited for has failed."""
        self._waiting.clear()
        self.refuse(error)
