"""The day of the desk: the PC proposes it, the officer says it; without Qt."""

from datetime import date
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.entrance import Entrance
from counter_app.desktop.lanes import Tasks
from counter_app.errors import CounterError
from counter_app.services.business_day import ProposedDay, confirm_day


class ConfirmDayState(Struct, frozen=True, kw_only=True):
    """All that the screen shows: what is proposed and why, and the day that would be confirmed."""

    proposed: ProposedDay
    day: date
    choosing: bool = False
    busy: bool = False
    problem: str = ""

    @property
    def differs_by(self) -> int:
        """Days from what the PC says to the day that would be confirmed."""
        return (self.day - self.proposed.pc_day).days


class _View(Protocol):
    def show_state(self, state: ConfirmDayState) -> None: ...


class ConfirmDayPresenter:
    """Has the officer say what day it is, once, before the first receipt bears it."""

    def __init__(self, desk: Desk, proposed: ProposedDay, tasks: Tasks, entrance: Entrance) -> None:
        self._desk = desk
        self._tasks = tasks
        self._entrance = entrance
        self._view: _View | None = None
        self._state = ConfirmDayState(proposed=proposed, day=proposed.day)

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        view.show_state(self._state)

    def choose_another(self) -> None:
        """The proposed day is not the one."""
        self._show(replace(self._state, choosing=True))

    def choose(self, day: date) -> None:
        """It is this day."""
        self._show(replace(self._state, day=day))

    def confirm(self) -> None:
        """Work on the day that is shown."""
        if self._state.busy:
            return
        self._show(replace(self._state, busy=True, problem=""))
        day = self._state.day
        self._tasks.write(
            lambda: confirm_day(self._desk, day),
            done=self._entrance.begin_work,
            failed=self._refuse,
        )

    def _refuse(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, problem=str(error)))

    def _show(self, state: ConfirmDayState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
