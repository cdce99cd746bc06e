"""From a dossier to its receipt on paper; whatever the printer does, the dossier is safe.

A print is noted in the journal, and kept among the print jobs, before a page leaves. If nothing
came out, the very same copy is sent again and nothing more is noted: a receipt that nobody has
seen is not a reprint.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.leafing import Leafing
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.outlets import Outlets, look_for_printers
from counter_app.desktop.printing_desk import USUAL
from counter_app.desktop.receipts import ForFile, queue_receipt, receipt_for_file
from counter_app.domain.print_job import JobState
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.printing import SinglePage
from counter_app.services.print_jobs import RECEIPT, mark
from counter_app.services.receipts import PrintedReceipt, Size, preview_receipt
from counter_app.services.saving import save_pdf

_SECONDS: Final = 8


class PaperState(Struct, frozen=True, kw_only=True):
    """All that the preview shows; `receipt` is the copy that would go out now."""

    dossier_id: UUID | None = None
    again: bool = False
    receipt: PrintedReceipt | None = None
    size: Size = "a5"
    outlets: Outlets = Outlets()
    page: SinglePage | None = None
    busy: bool = False
    problem: str = ""


class _Job(Struct, frozen=True, kw_only=True):
    """One receipt to be put on paper; `printer` "" means the system's own choice."""

    dossier_id: UUID
    again: bool
    size: Size
    printer: str


class _View(Protocol):
    def show_state(self, state: PaperState) -> None: ...


class PaperPresenter:
    """Prints receipts, and shows them first where the office wants to see them."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._state = PaperState()
        self._view: _View | None = None
        self._leafing = Leafing(tasks, drawn=self._drawn, failed=self._fail)

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at the receipt and at the printers: the preview has come into sight."""
        if self._state.dossier_id is None:
            return
        wanted = self._state.outlets.chosen or self._navigator.settings.choice(RECEIPT).printer
        printer = self._navigator.printer
        self._tasks.printing(USUAL)(
            lambda: look_for_printers(printer, wanted), done=self._offer, failed=self._silent
        )
        self._load()

    # What the officer does

    def print_receipt(self, dossier_id: UUID, *, again: bool) -> None:
        """Print a receipt at once or show it first, as the office has chosen."""
        settings = self._navigator.settings
        if not settings.print_at_once:
            self.look_at(dossier_id, again=again)
            return
        choice = settings.choice(RECEIPT)
        size = choice.paper or settings.paper
        job = _Job(dossier_id=dossier_id, again=again, size=size, printer=choice.printer)
        self._begin(job, noted=lambda: None)

    def look_at(self, dossier_id: UUID, *, again: bool) -> None:
        """Show the receipt of a dossier as it would be printed."""
        self._leafing.close()
        settings, outlets = self._navigator.settings, self._state.outlets
        size = settings.choice(RECEIPT).paper or settings.paper
        self._show(PaperState(dossier_id=dossier_id, again=again, size=size, outlets=outlets))
        self._navigator.show_paper()

    def choose_size(self, size: Size) -> None:
        """Print this one on another size of paper."""
        if size != self._state.size:
            self._show(replace(self._state, size=size))
            self._load()

    def choose_printer(self, name: str) -> None:
        """Print this one on another printer."""
        outlets = self._state.outlets
        self._show(replace(self._state, outlets=replace(outlets, chosen=name)))

    def turn(self, by: int) -> None:
        """Show another page."""
        self._leafing.turn(by)

    def make_room(self, width: int, height: int) -> None:
        """Draw the page for a room of so many dots; a height of 0 is no limit."""
        self._leafing.make_room(width, height or None)

    def print(self) -> None:
        """Print what is shown; once it is noted, the officer need not wait for the printer."""
        state = self._state
        if state.busy or state.dossier_id is None:
            return
        job = _Job(
            dossier_id=state.dossier_id,
            again=state.again,
            size=state.size,
            # The system may not have said yet what there is: then the settings hold.
            printer=state.outlets.chosen or self._navigator.settings.choice(RECEIPT).printer,
        )
        self._show(replace(state, busy=True))
        self._begin(job, noted=lambda: self._leave_from(job.dossier_id))

    def save(self, path: Path) -> None:
        """Write what is shown to a file, as a print of its own."""
        state = self._state
        if state.busy or state.dossier_id is None:
            return
        desk, dossier_id, size = self._desk, state.dossier_id, state.size
        self._show(replace(state, busy=True))

        def write(made: ForFile) -> None:
            self._tasks.paper(
                lambda: save_pdf(path, made.receipt.pdf),
                done=lambda _nothing: self._saved(dossier_id, made, path),
                failed=lambda error: self._not_saved(dossier_id, made, error),
            )

        self._tasks.write(
            lambda: receipt_for_file(desk, dossier_id, size=size), done=write, failed=self._refuse
        )

    def leave(self) -> None:
        """Go back: to the dossier that was open, or to the next citizen."""
        state = self._state
        self._leafing.close()
        self._show(PaperState(size=state.size, outlets=state.outlets))
        if state.again and state.dossier_id is not None:
            self._navigator.open_dossier(state.dossier_id)
        else:
            self._navigator.go_home()
            self._navigator.await_scan()

    def _leave_from(self, dossier_id: UUID) -> None:
        if self._state.dossier_id == dossier_id:
            self.leave()

    # Printing

    def _begin(self, job: _Job, noted: Callable[[], None]) -> None:
        desk, twice = self._desk, self._navigator.settings.receipt_copies > 1

        def queued(jobs: Sequence[int]) -> None:
            self._navigator.changed()
            noted()
            for each in jobs:
                self._navigator.send_print(each, job.printer)

        self._tasks.write(
            lambda: queue_receipt(
                desk, job.dossier_id, size=job.size, printer=job.printer, twice=twice
            ),
            done=queued,
            failed=self._refuse,
        )

    # Saving

    def _saved(self, dossier_id: UUID, made: ForFile, path: Path) -> None:
        words = _("The receipt is saved as {file}.").format(file=path)
        self._navigator.say(words, "good", seconds=_SECONDS)
        self._mark(dossier_id, made, JobState.DONE)

    def _not_saved(self, dossier_id: UUID, made: ForFile, error: CounterError) -> None:
        self._navigator.refuse(error)
        self._mark(dossier_id, made, JobState.FAILED, str(error))

    def _mark(self, dossier_id: UUID, made: ForFile, state: JobState, problem: str = "") -> None:
        desk = self._desk

        def mark_all() -> None:
            for job in made.jobs:
                mark(desk, job, state, problem=problem)

        self._tasks.write(
            mark_all,
            done=lambda _nothing: self._after_saving(dossier_id),
            failed=self._refuse,
        )

    def _after_saving(self, dossier_id: UUID) -> None:
        self._navigator.changed()
        if self._state.dossier_id == dossier_id:
            self._show(replace(self._state, busy=False))
            self._load()

    # Showing

    def _load(self) -> None:
        dossier_id, size = self._state.dossier_id, self._state.size
        if dossier_id is None:
            return
        desk = self._desk
        self._tasks.read(
            lambda: preview_receipt(desk, dossier_id, size=size),
            done=lambda receipt: self._loaded(dossier_id, size, receipt),
            failed=self._fail,
        )

    def _loaded(self, dossier_id: UUID, size: Size, receipt: PrintedReceipt) -> None:
        if (dossier_id, size) == (self._state.dossier_id, self._state.size):
            self._show(replace(self._state, receipt=receipt, problem=""))
            self._leafing.open(receipt.pdf)

    def _drawn(self, page: SinglePage) -> None:
        self._show(replace(self._state, page=page))

    def _offer(self, outlets: Outlets) -> None:
        self._show(replace(self._state, outlets=outlets))

    def _silent(self, _error: CounterError) -> None:
        """Let the paper go to the printer of the settings: the system does not say what it has."""
        outlets = replace(self._state.outlets, silent=True)
        self._show(replace(self._state, outlets=outlets))

    def _fail(self, error: CounterError) -> None:
        self._show(replace(self._state, problem=str(error)))

    def _refuse(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False))
        self._navigator.refuse(error)

    def _show(self, state: PaperState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
