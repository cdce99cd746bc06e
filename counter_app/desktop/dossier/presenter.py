"""One dossier in sight; that it was looked at is noted once a day."""

from typing import Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.errors import CounterError
from counter_app.services.viewing import OpenDossier, open_dossier


class DossierState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `numbers_shown`: identity numbers are readable; else only their ends are, for citizens see
    the screen too.
    """

    dossier_id: UUID | None = None
    opened: OpenDossier | None = None
    numbers_shown: bool = False
    problem: str = ""


class View(Protocol):
    """What shows a DossierState."""

    def show_state(self, state: DossierState) -> None:
        """Make the widgets say what `state` says."""
        ...


class DossierPresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = DossierState()

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def open(self, dossier_id: UUID) -> None:
        """Take up a dossier; it is read as soon as the screen comes into sight."""
        if dossier_id != self._state.dossier_id:
            self._show(DossierState(dossier_id=dossier_id))
        else:
            self._show(replace(self._state, numbers_shown=False))

    def enter(self) -> None:
        """Look again at what may have changed."""
        dossier_id = self._state.dossier_id
        if dossier_id is not None:
            self._tasks.write(  # the look itself is noted in the journal
                lambda: open_dossier(self._desk, dossier_id),
                done=self._take,
                failed=lambda error: self._fail(dossier_id, error),
            )

    def toggle_numbers(self) -> None:
        """The officer wants to read identity numbers, or to hide them again."""
        self._show(replace(self._state, numbers_shown=not self._state.numbers_shown))

    def print_receipt(self) -> None:
        """The receipt is wanted once more."""
        if (dossier_id := self._printable()) is not None:
            self._navigator.print_receipt(dossier_id, again=True)

    def look_at_receipt(self) -> None:
        """The receipt is to be looked at, not printed."""
        if (dossier_id := self._printable()) is not None:
            self._navigator.look_at_receipt(dossier_id)

    def _printable(self) -> UUID | None:
        opened = self._state.opened
        return opened.dossier.id if opened and opened.dossier.received else None

    def _take(self, opened: OpenDossier) -> None:
        if opened.dossier.id == self._state.dossier_id:  # another may have been opened since
            self._show(replace(self._state, opened=opened, problem=""))

    def _fail(self, dossier_id: UUID, error: CounterError) -> None:
        if dossier_id == self._state.dossier_id:
            self._show(replace(self._state, opened=None, problem=str(error)))

    def _show(self, state: DossierState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
