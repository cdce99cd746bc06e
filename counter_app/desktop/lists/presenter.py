"""Which dossiers are listed, by whatever the officer narrows them to; printed and written out."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import T, Tasks
from counter_app.desktop.listing import Listing, listing
from counter_app.desktop.navigator import Navigator
from counter_app.domain.dossier_filter import DossierFilter
from counter_app.domain.partial_date import parse_partial_date
from counter_app.errors import CounterError, ImpossibleDate
from counter_app.i18n import _, format_date
from counter_app.services.lists import (
    LISTS,
    Choices,
    Listed,
    as_workbook,
    choices,
    drop_filter,
    list_dossiers,
    register_of,
    register_rows,
    save_filter,
)
from counter_app.services.papers import Sheet, register_sheet
from counter_app.services.print_jobs import note_workbook
from counter_app.services.saving import save_file
from counter_app.services.search import dossier_rows
from counter_app.store.rows import DossierRow

REGISTER: Final = "register"
_SECONDS: Final = 8
_NOTHING: Final = Choices(officers=(), procedures=(), fields=(), saved=())


class ListsState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `which` is the list that is turned to, REGISTER or one of LISTS, "" for a saved one; `first`
    and `last` stand as they were typed, and `problems` names those that are no days.
    """

    listing: Listing
    wanted: DossierFilter
    which: str = REGISTER
    first: str = ""
    last: str = ""
    problems: tuple[str, ...] = ()
    choices: Choices = _NOTHING
    more: bool = False
    looked: bool = False
    busy: bool = False


class View(Protocol):
    """What shows a ListsState."""

    def show_state(self, state: ListsState) -> None:
        """Make the widgets say what `state` says."""
        ...


class ListsPresenter:
    """Turns what the officer narrows into the next list."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        day = desk.business_date
        self._state = ListsState(
            listing=Listing(now=desk.now()),
            wanted=register_of(day, day),
            first=format_date(day),
            last=format_date(day),
        )

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what may have changed."""
        self._tasks.read(
            lambda: choices(self._desk), done=self._offer, failed=self._navigator.refuse
        )
        self._ask()

    def turn_to(self, which: str) -> None:
        """Show another of the lists that every office has."""
        if which == REGISTER:
            first, last = self._state.wanted.first, self._state.wanted.last
            day = self._desk.business_date
            wanted = register_of(first or day, last or day)
        else:
            wanted = LISTS[which]
        self._put(wanted, which)

    def narrow(self, name: str, value: str) -> None:
        """Show only those with this `value`, as of "procedure"; "" means any."""
        if name in {"first", "last"}:
            self._take_day(name, value)
            return
        changes = {name: value}
        self._put(replace(self._state.wanted, **changes), self._state.which)

    def take_saved(self, name: str) -> None:
        """Show what the officer has saved under a name."""
        for saved in self._state.choices.saved:
            if saved.name == name:
                self._put(saved.filter, "")

    def save(self, name: str) -> None:
        """Keep what is shown under a name."""
        wanted = self._state.wanted
        words = _("The list is saved as “{name}”.").format(name=name)
        self._change(lambda: save_filter(self._desk, name, wanted), words)

    def drop(self, name: str) -> None:
        """Forget what was saved under a name."""
        words = _("The list “{name}” is no longer saved.").format(name=name)
        self._change(lambda: drop_filter(self._desk, name), words)

    def open_dossier(self, dossier_id: UUID) -> None:
        """The officer chose a line."""
        self._navigator.open_dossier(dossier_id)

    def fetch(self, ids: Sequence[int]) -> None:
        """A page of the list has come into sight."""
        self._tasks.read(
            lambda: dossier_rows(self._desk, ids), done=self._add, failed=self._navigator.refuse
        )

    def print_register(self) -> None:
        """Print what is shown, as the register has it."""
        wanted, day = self._state.wanted, self._desk.business_date

        def make() -> Sheet:
            rows = register_rows(self._desk, wanted)
            return register_sheet(
                self._desk, rows, first=wanted.first or day, last=wanted.last or day
            )

        def send(sheet: Sheet) -> None:
            self._free()
            self._navigator.print_sheet(lambda _size, _printer: sheet, form=sheet.form)

        self._work(make, send)

    def write_workbook(self, path: Path) -> None:
        """Write what is shown to a workbook."""
        wanted, title = self._state.wanted, self.title()

        def make() -> tuple[int, bytes]:
            rows = register_rows(self._desk, wanted)
            return len(rows), as_workbook(self._desk, rows, title=title)

        def note(made: tuple[int, bytes]) -> None:
            lines, content = made
            self._tasks.write(
                lambda: note_workbook(self._desk, lines, (wanted.first, wanted.last)),
                done=lambda _nothing: write(content),
                failed=self._give_up,
            )

        def write(content: bytes) -> None:
            self._tasks.paper(lambda: save_file(path, content), done=tell, failed=self._give_up)

        def tell(_nothing: None) -> None:
            self._free()
            words = _("The list is written to {file}.").format(file=path)
            self._navigator.say(words, "good", seconds=_SECONDS)

        self._work(make, note)

    def title(self) -> str:
        """Return what is shown, in words, as it stands over a workbook."""
        wanted = self._state.wanted
        if wanted.standing is not None:
            return f"{wanted.standing}"
        first, last = wanted.first, wanted.last
        period = [format_date(each) for each in (first, last) if each]
        return _("Register of {period}").format(period=" – ".join(dict.fromkeys(period)))

    def _work(self, make: Callable[[], T], done: Callable[[T], None]) -> None:
        if self._state.busy:
            return
        self._show(replace(self._state, busy=True))
        self._tasks.paper(make, done=done, failed=self._give_up)

    def _change(self, work: Callable[[], None], words: str) -> None:
        def tell(_nothing: None) -> None:
            self._navigator.say(words, "good", seconds=_SECONDS)
            self.enter()

        self._tasks.write(work, done=tell, failed=self._navigator.refuse)

    def _take_day(self, name: str, typed: str) -> None:
        problems = tuple(each for each in self._state.problems if each != name)
        changes = {name: typed}
        state = replace(self._state, **changes)
        try:
            day = _day(typed)
        except ImpossibleDate:
            self._show(replace(state, problems=(*problems, name)))
            return
        days = {name: day}
        wanted = replace(state.wanted, **days)
        self._state = replace(state, problems=problems)
        if wanted != state.wanted:
            self._put(wanted, self._state.which, typed=True)
        else:
            self._show(self._state)

    def _put(self, wanted: DossierFilter, which: str, *, typed: bool = False) -> None:
        state = replace(self._state, wanted=wanted, which=which, looked=False)
        if not typed:
            first = format_date(wanted.first) if wanted.first else ""
            last = format_date(wanted.last) if wanted.last else ""
            state = replace(state, first=first, last=last, problems=())
        self._show(state)
        self._ask()

    def _ask(self) -> None:
        wanted = self._state.wanted
        self._tasks.read(
            lambda: list_dossiers(self._desk, wanted),
            done=lambda listed: self._take(wanted, listed),
            failed=self._navigator.refuse,
        )

    def _take(self, wanted: DossierFilter, listed: Listed) -> None:
        if wanted == self._state.wanted:
            found = listing(listed.now, listed.ids, listed.rows, sends=self._desk.sends)
            self._show(replace(self._state, listing=found, more=listed.more, looked=True))

    def _offer(self, offered: Choices) -> None:
        self._show(replace(self._state, choices=offered))

    def _add(self, found: Sequence[DossierRow]) -> None:
        self._show(replace(self._state, listing=self._state.listing.with_rows(found)))

    def _free(self) -> None:
        self._show(replace(self._state, busy=False))

    def _give_up(self, error: CounterError) -> None:
        self._free()
        self._navigator.refuse(error)

    def _show(self, state: ListsState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _day(typed: str) -> date | None:
    """Return the day that was typed, none if nothing was.

    Raises:
        ImpossibleDate: it is none, or only a month or year.
    """
    if not typed.strip():
        return None
    day = parse_partial_date(typed).exact()
    if day is None:
        raise ImpossibleDate(text=typed)
    return day
