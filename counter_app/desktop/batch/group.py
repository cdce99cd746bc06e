"""A group's sheet at the desk: chosen, looked through, received line by line, printed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.stack import print_receipts
from counter_app.errors import CounterError
from counter_app.i18n import _, ngettext
from counter_app.services.batch import (
    Group,
    GroupLine,
    LineDone,
    group_template,
    read_group,
    register_line,
)
from counter_app.services.procedures import Match, find_procedures
from counter_app.services.saving import save_pdf

MOST_MATCHES: Final = 200
_SECONDS: Final = 10


class GroupState(Struct, frozen=True, kw_only=True):
    """All that the group's side of the screen shows.

    `choices` are the procedures of the catalogue, of which `procedure` is chosen; `done` says
    what has become of each line by its number. While lines are received, `busy` is true.
    """

    choices: Sequence[Match] = ()
    procedure: str = ""
    file: str = ""
    group: Group | None = None
    done: dict[int, LineDone] = {}
    problem: str = ""
    busy: bool = False

    @property
    def received(self) -> tuple[LineDone, ...]:
        """The lines that are dossiers now, in the order of the sheet."""
        return tuple(each for _number, each in sorted(self.done.items()) if each.dossier)

    @property
    def left(self) -> tuple[GroupLine, ...]:
        """The lines that could be received and have not been."""
        if self.group is None:
            return ()
        return tuple(line for line in self.group.ready if not self._is_done(line.number))

    @property
    def is_known_whole(self) -> bool:
        """Whether all that can be received was received before, from a sheet like this."""
        group = self.group
        return group is not None and bool(group.known) and not group.ready and not self.done

    def _is_done(self, number: int) -> bool:
        done = self.done.get(number)
        return done is not None and done.dossier is not None


class View(Protocol):
    """What shows a GroupState."""

    def show_group(self, state: GroupState) -> None:
        """Make the widgets say what `state` says."""
        ...


class GroupPresenter:
    """Turns what the officer does with a sheet into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = GroupState()
        self._stopped = False

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_group(self._state)

    def enter(self) -> None:
        """Look which procedures there are, those used most first."""
        self._tasks.read(
            lambda: find_procedures(self._desk, "", limit=MOST_MATCHES),
            done=self._offer,
            failed=self._refuse,
        )

    def choose(self, procedure: str) -> None:
        """Say what all the lines are for; a sheet that was chosen is looked through anew."""
        state = self._state
        if state.busy or procedure == state.procedure:
            return
        self._show(GroupState(choices=state.choices, procedure=procedure, file=state.file))
        if state.file:
            self.look_through(state.file)

    def look_through(self, file: str) -> None:
        """Look through a sheet; nothing is received by that."""
        state = self._state
        if state.busy or not file:
            return
        if not state.procedure:
            words = _("Choose first what the lines of this sheet are for.")
            self._show(replace(state, file=file, group=None, done={}, problem=words))
            return
        self._show(replace(state, file=file, group=None, done={}, problem="", busy=True))
        self._look(self._state, 1)

    def look_once_more(self) -> None:
        """The whole sheet was received before, and is meant to be received once more."""
        state = self._state
        if state.busy or state.group is None:
            return
        reception = state.group.reception + 1
        self._show(replace(state, group=None, done={}, problem="", busy=True))
        self._look(state, reception)

    def write_template(self, file: str) -> None:
        """Write the empty sheet of the chosen procedure."""
        procedure = self._state.procedure
        if not file or not procedure:
            return
        words = _("{file} is written: one line for each application.").format(file=file)
        self._tasks.read(
            lambda: save_pdf(Path(file), group_template(self._desk, procedure)),
            done=lambda _none: self._navigator.say(words, "good", seconds=_SECONDS),
            failed=self._refuse,
        )

    def submit(self) -> None:
        """Receive all lines that can be; what is there already is not received twice."""
        state = self._state
        if state.busy or state.group is None or not state.left:
            return
        self._stopped = False
        self._show(replace(state, busy=True, problem=""))
        self._go_on(list(state.left))

    def stop(self) -> None:
        """Receive no more lines after the one under way."""
        self._stopped = True

    def print_all(self) -> None:
        """Print the receipts of all that was received, one job each."""
        made = [each.dossier.id for each in self._state.received if each.dossier]
        print_receipts(self._desk, self._navigator, made)

    def open_line(self, place: int) -> None:
        """Open the dossier that a line has become."""
        group = self._state.group
        if group is None or place >= len(group.lines):
            return
        line = group.lines[place]
        done = self._state.done.get(line.number)
        if done and done.dossier:
            self._navigator.open_dossier(done.dossier.id)
        elif line.received:
            self._navigator.search_for(line.received)

    def _go_on(self, left: list[GroupLine]) -> None:
        """Receive the next line; between two of them others can write."""
        group = self._state.group
        if group is None or not left or self._stopped:
            self._ended()
            return
        line = left[0]
        self._tasks.write(
            lambda: register_line(self._desk, line, batch=group.batch),
            done=lambda done: self._received(done, left[1:]),
            failed=self._failed,
        )

    def _received(self, done: LineDone, left: list[GroupLine]) -> None:
        self._show(replace(self._state, done={**self._state.done, done.number: done}))
        self._go_on(left)

    def _ended(self) -> None:
        self._show(replace(self._state, busy=False))
        self._navigator.changed()
        count = len(self._state.received)
        words = ngettext(
            "{count} dossier is registered.", "{count} dossiers are registered.", count
        )
        said = words.format(count=count)
        failed = sum(not each.dossier for each in self._state.done.values())
        if failed:
            more = ngettext("{count} line was not.", "{count} lines were not.", failed)
            said = f"{said} {more.format(count=failed)}"
        offered = [(_("Print the receipts"), self.print_all)] if count else []
        self._navigator.say(said, "warning" if failed else "good", offered)

    def _look(self, state: GroupState, reception: int) -> None:
        path, procedure = Path(state.file), state.procedure
        self._tasks.read(
            lambda: read_group(self._desk, path, procedure, reception=reception),
            done=self._looked,
            failed=self._unreadable,
        )

    def _failed(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False))
        self._navigator.changed()
        self._navigator.refuse(error)

    def _looked(self, group: Group) -> None:
        self._show(replace(self._state, group=group, busy=False))

    def _unreadable(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, problem=str(error)))

    def _offer(self, choices: Sequence[Match]) -> None:
        self._show(replace(self._state, choices=choices))

    def _refuse(self, error: CounterError) -> None:
        self._navigator.refuse(error)

    def _show(self, state: GroupState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_group(state)
