"""One day of the desk: counted when it is looked at, and put on paper when that is wanted."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.leafing import Leafing
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.outlets import Outlets, look_for_printers
from counter_app.desktop.printing_desk import USUAL
from counter_app.domain.reports.daily import DailySummary
from counter_app.domain.sheet import Sheet
from counter_app.errors import CounterError
from counter_app.i18n import _, format_date
from counter_app.printing import SinglePage
from counter_app.services.saving import save_pdf
from counter_app.services.summary import daily_summary, summary_pdf
from counter_app.services.viewing import find_dossiers

_FORM: Final = "daily-summary"
_SECONDS: Final = 8


class SummaryState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; `today` is the last day that there is."""

    day: date
    today: date
    summary: DailySummary | None = None
    previewing: bool = False
    page: SinglePage | None = None
    outlets: Outlets = Outlets()
    busy: bool = False
    problem: str = ""


class _View(Protocol):
    def show_state(self, state: SummaryState) -> None: ...


class SummaryPresenter:
    """Counts a day, and prints what it has counted."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._state = SummaryState(day=desk.business_date, today=desk.business_date)
        self._view: _View | None = None
        self._pdf = b""
        self._leafing = Leafing(tasks, drawn=self._drawn, failed=self._fail)

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Count again: the screen has come into sight."""
        self.close_preview()
        self._count()

    # The day

    def choose(self, day: date) -> None:
        """Look at another day; one that is still to come is not offered."""
        wanted = min(day, self._state.today)
        if wanted != self._state.day:
            self._close()
            self._show(replace(self._state, day=wanted, summary=None, problem=""))
            self._count()

    def step(self, days: int) -> None:
        """Look at the day before, or after."""
        self.choose(self._state.day + timedelta(days=days))

    def choose_today(self) -> None:
        """Look at the day that the desk works on."""
        self.choose(self._state.today)

    def open(self, code: str) -> None:
        """Open one of the day's dossiers."""
        self._tasks.read(
            lambda: find_dossiers(self._desk, code)[0],
            done=self._navigator.open_dossier,
            failed=self._navigator.refuse,
        )

    def begin_intake(self) -> None:
        """Receive the first dossier of the day."""
        self._navigator.begin_intake()

    # Paper

    def preview(self) -> None:
        """Show the summary as it will be printed."""
        summary = self._state.summary
        if summary is None or self._state.previewing:
            return
        self._show(replace(self._state, previewing=True, problem=""))
        printer, wanted = self._navigator.printer, self._navigator.settings.printer
        self._tasks.printing(USUAL)(
            lambda: look_for_printers(printer, wanted), done=self._offer, failed=self._silent
        )
        self._tasks.read(
            lambda: summary_pdf(self._desk, summary),
            done=lambda pdf: self._made(summary, pdf),
            failed=self._fail,
        )

    def close_preview(self) -> None:
        """Go back to the figures."""
        self._close()
        self._show(self._state)

    def turn(self, by: int) -> None:
        """Show another page."""
        self._leafing.turn(by)

    def make_room(self, width: int, height: int) -> None:
        """Draw the pages for a room of so many dots; a height of 0 is no limit."""
        self._leafing.make_room(width, height or None)

    def choose_printer(self, name: str) -> None:
        """Print on another printer."""
        outlets = self._state.outlets
        self._show(replace(self._state, outlets=replace(outlets, chosen=name)))

    def print(self) -> None:
        """Print what is shown."""
        if self._state.busy or not self._pdf:
            return
        pdf, day, chosen = self._pdf, self._state.day, self._state.outlets.chosen
        title = _("Daily summary {day}").format(day=format_date(day))
        # It says how the day stood when it was counted: each print of it is a paper of its own.
        sheet = Sheet(form=_FORM, title=title, size="a4", pdf=pdf)
        self._navigator.print_sheet(lambda _size, _to: sheet, form=_FORM, printer=chosen)

    def save(self, path: Path) -> None:
        """Write what is shown to a file."""
        if self._state.busy or not self._pdf:
            return
        pdf = self._pdf
        self._show(replace(self._state, busy=True))
        self._tasks.paper(
            lambda: save_pdf(path, pdf),
            done=lambda _nothing: self._done(
                _("The summary is saved as {file}.").format(file=path)
            ),
            failed=self._refuse,
        )

    # Showing

    def _count(self) -> None:
        day = self._state.day
        self._tasks.read(
            lambda: daily_summary(self._desk, day), done=self._counted, failed=self._fail
        )

    def _counted(self, summary: DailySummary) -> None:
        if summary.day == self._state.day:
            self._show(replace(self._state, summary=summary, problem=""))

    def _made(self, summary: DailySummary, pdf: bytes) -> None:
        if self._state.previewing and self._state.day == summary.day:
            self._pdf = pdf
            self._leafing.open(pdf)

    def _close(self) -> None:
        self._pdf = b""
        self._leafing.close()
        self._state = replace(self._state, previewing=False, page=None, problem="")

    def _drawn(self, page: SinglePage) -> None:
        self._show(replace(self._state, page=page))

    def _offer(self, outlets: Outlets) -> None:
        self._show(replace(self._state, outlets=outlets))

    def _done(self, words: str) -> None:
        self._show(replace(self._state, busy=False))
        self._navigator.say(words, "good", seconds=_SECONDS)

    def _refuse(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False))
        self._navigator.refuse(error)

    def _silent(self, _error: CounterError) -> None:
        """Let the paper go to the printer of the settings: the system does not say what it has."""
        outlets = replace(self._state.outlets, silent=True)
        self._show(replace(self._state, outlets=outlets))

    def _fail(self, error: CounterError) -> None:
        self._show(replace(self._state, problem=str(error)))

    def _show(self, state: SummaryState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
