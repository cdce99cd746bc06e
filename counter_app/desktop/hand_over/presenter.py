"""What waits at the desk goes to the unit that examines it, all of a list at once."""

from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.devices.printers import Size
from counter_app.errors import CounterError, IncompleteEntry
from counter_app.i18n import _
from counter_app.services import papers
from counter_app.services.hand_over import HandedOver, ToHandOver, Waiting, hand_over, waiting_here
from counter_app.services.papers import Sheet

_LIST: Final = "hand-over-list"
_SLIP: Final = "control-slip"


class HandOverState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; before the store has answered, nothing is `found`."""

    found: ToHandOver | None = None
    meant: frozenset[UUID] = frozenset()
    unit: str = ""
    receiver: str = ""
    printing: bool = True
    problem: str = ""
    trouble: str = ""
    told: str = ""
    busy: bool = False

    @property
    def chosen(self) -> tuple[Waiting, ...]:
        """The dossiers that go, in their order."""
        waiting = self.found.waiting if self.found else ()
        return tuple(each for each in waiting if each.dossier_id in self.meant)


class View(Protocol):
    """What shows a HandOverState."""

    def show_state(self, state: HandOverState) -> None:
        """Make the widgets say what `state` says."""
        ...


class HandOverPresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = HandOverState()
        self._named = False  # by the officer; what is presumed gives way to it

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look at what waits."""
        self._tasks.read(
            lambda: waiting_here(self._desk), done=self._take, failed=self._navigator.refuse
        )

    def tick(self, dossier_id: UUID, meant: bool) -> None:
        """A dossier goes with the others, or stays."""
        ids = self._state.meant | {dossier_id} if meant else self._state.meant - {dossier_id}
        self._show(replace(self._state, meant=ids, trouble=""))

    def tick_all(self) -> None:
        """All go, or none if all did."""
        waiting = self._state.found.waiting if self._state.found else ()
        ids = frozenset(each.dossier_id for each in waiting)
        self._show(replace(self._state, meant=frozenset() if ids == self._state.meant else ids))

    def name_unit(self, unit: str) -> None:
        """The unit was typed; where a known one is named, what usually goes there is meant."""
        found, self._named = self._state.found, True
        units = {each.unit: each for each in found.units} if found else {}
        state = replace(self._state, unit=unit, problem="", trouble="")
        if found is not None and unit in units:
            receiver = units[unit].receiver or state.receiver
            state = replace(state, meant=_meant(found, unit), receiver=receiver)
        self._show(state)

    def name_receiver(self, receiver: str) -> None:
        """Who takes them there was typed."""
        self._show(replace(self._state, receiver=receiver))

    def choose_printing(self, printing: bool) -> None:
        """The list is wanted on paper, or not."""
        self._show(replace(self._state, printing=printing))

    def open_dossier(self, dossier_id: UUID) -> None:
        """A dossier is to be looked at."""
        self._navigator.open_dossier(dossier_id)

    def leave(self) -> None:
        """The officer leaves it for later."""
        self._navigator.go_home()

    def submit(self) -> None:
        """The dossiers that are ticked are handed over."""
        state = self._state
        if state.busy:
            return
        ids = [each.dossier_id for each in state.chosen]
        self._show(replace(state, busy=True, problem="", trouble="", told=""))
        self._tasks.write(
            lambda: hand_over(self._desk, ids, unit=state.unit, receiver=state.receiver),
            done=lambda done: self._done(state, done),
            failed=self._refuse,
        )

    def _done(self, before: HandOverState, done: HandedOver) -> None:
        words = _("List {number}: {count} dossier(s) handed over to {unit}.")
        told = words.format(number=done.number, count=len(done.codes), unit=done.unit)
        self._named = False
        self._show(HandOverState(told=told, printing=before.printing))
        self._navigator.changed()
        self.enter()
        if before.printing:
            self._print(done)

    def _print(self, done: HandedOver) -> None:
        def the_list(_size: Size, _printer: str) -> Sheet:
            return papers.hand_over_sheet(self._desk, done.number)

        self._navigator.print_sheet(the_list, form=_LIST)
        for dossier_id, op_id in done.op_ids.items():
            self._print_slip(dossier_id, op_id)

    def _print_slip(self, dossier_id: UUID, op_id: UUID) -> None:
        def slip(size: Size, printer: str) -> Sheet:
            return papers.print_paper(
                self._desk, dossier_id, _SLIP, about=op_id, size=size, to=printer
            )

        self._navigator.print_sheet(slip, form=_SLIP)

    def _take(self, found: ToHandOver) -> None:
        state = replace(self._state, found=found, busy=False)
        if not self._named:
            first = found.waiting[0].unit if found.waiting else None
            unit = first or next(iter(found.units), None)
            usual = unit.unit if unit else ""
            state = replace(
                state,
                unit=usual,
                receiver=unit.receiver if unit else "",
                meant=_meant(found, usual),
            )
        self._show(state)

    def _refuse(self, error: CounterError) -> None:
        beside = isinstance(error, IncompleteEntry)
        self._show(
            replace(
                self._state,
                busy=False,
                problem=_("Please fill this in.") if beside else "",
                trouble="" if beside else str(error),
            )
        )

    def _show(self, state: HandOverState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _meant(found: ToHandOver, unit: str) -> frozenset[UUID]:
    """Return what goes today to `unit`: what went there before, or nobody knows where."""
    return frozenset(
        each.dossier_id
        for each in found.waiting
        if not each.tomorrow and each.unit.unit in {"", unit}
    )
