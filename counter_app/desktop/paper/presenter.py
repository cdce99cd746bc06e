"""From a dossier to its receipt on paper; whatever the printer does, the dossier is safe.

A print is noted in the journal before a page leaves. If nothing came out, the very same copy
is sent again and nothing more is noted: a receipt that nobody has seen is not a reprint.
"""

from collections.abc import Callable
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
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.printing import SinglePage
from counter_app.services.receipts import (
    PrintedReceipt,
    Size,
    preview_receipt,
    print_receipt,
)
from counter_app.services.saving import save_pdf

_SECONDS: Final = 8
_FILE: Final = "pdf"  # what the journal says of a receipt that went into a file, never its name


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
        self._unprinted: dict[UUID, int] = {}  # copies that are noted, but never came out
        self._leafing = Leafing(tasks, drawn=self._drawn, failed=self._fail)

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at the receipt and at the printers: the preview has come into sight."""
        if self._state.dossier_id is None:
            return
        wanted = self._state.outlets.chosen or self._navigator.settings.printer
        printer = self._navigator.printer
        self._tasks.paper(
            lambda: look_for_printers(printer, wanted), done=self._offer, failed=self._fail
        )
        self._load()

    # What the officer does

    def print_receipt(self, dossier_id: UUID, *, again: bool) -> None:
        """Print a receipt at once or show it first, as the office has chosen."""
        settings = self._navigator.settings
        if not settings.print_at_once:
            self.look_at(dossier_id, again=again)
            return
        job = _Job(
            dossier_id=dossier_id, again=again, size=settings.paper, printer=settings.printer
        )
        self._begin(job, noted=lambda: None)

    def look_at(self, dossier_id: UUID, *, again: bool) -> None:
        """Show the receipt of a dossier as it would be printed."""
        self._leafing.close()
        size = self._navigator.settings.paper
        outlets = self._state.outlets
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
            printer=state.outlets.chosen,
        )
        self._show(replace(state, busy=True))
        self._begin(job, noted=lambda: self._leave_from(job.dossier_id))

    def save(self, path: Path) -> None:
        """Write what is shown to a file, as a print of its own."""
        state = self._state
        if state.busy or state.dossier_id is None:
            return
        dossier_id = state.dossier_id
        self._show(replace(state, busy=True))

        def write(receipt: PrintedReceipt) -> None:
            self._navigator.changed()
            self._tasks.paper(
                lambda: save_pdf(path, receipt.pdf),
                done=lambda _nothing: self._saved(dossier_id, path),
                failed=lambda error: self._not_saved(dossier_id, receipt.copy, error),
            )

        self._note(dossier_id, state.size, _FILE, write)

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
        if job.printer:
            self._send(job, noted)
            return
        self._tasks.paper(
            self._navigator.printer.default,
            done=lambda name: self._send(replace(job, printer=name), noted),
            failed=self._refuse,
        )

    def _send(self, job: _Job, noted: Callable[[], None]) -> None:
        if not job.printer:
            self._no_printer(job)
            return

        def put_out(receipt: PrintedReceipt) -> None:
            self._navigator.changed()
            noted()
            printer = self._navigator.printer
            self._tasks.paper(
                lambda: printer.print_pdf(receipt.pdf, job.printer, receipt.code),
                done=lambda _nothing: self._printed(job, receipt),
                failed=lambda error: self._not_printed(job, receipt, error),
            )

        self._note(job.dossier_id, job.size, job.printer, put_out)

    def _note(
        self, dossier_id: UUID, size: Size, to: str, done: Callable[[PrintedReceipt], None]
    ) -> None:
        """Note a print and make it; one that never came out is only made again."""
        desk = self._desk
        copy = self._unprinted.pop(dossier_id, None)  # or two might be sent at the same time
        if copy is None:
            self._tasks.write(
                lambda: print_receipt(desk, dossier_id, size=size, to=to),
                done=done,
                failed=self._refuse,
            )
        else:
            self._tasks.read(
                lambda: preview_receipt(desk, dossier_id, size=size, copy=copy),
                done=done,
                failed=lambda error: self._not_made(dossier_id, copy, error),
            )

    def _print_again(self, job: _Job, receipt: PrintedReceipt) -> None:
        words = _("Receipt {code} is being printed again …").format(code=receipt.code)
        self._navigator.say(words)
        self._begin(job, noted=lambda: None)

    def _not_made(self, dossier_id: UUID, copy: int, error: CounterError) -> None:
        self._unprinted[dossier_id] = copy
        self._refuse(error)

    def _printed(self, job: _Job, receipt: PrintedReceipt) -> None:
        words = _("Receipt {code} has been sent to the printer {printer}.")
        text = words.format(code=receipt.code, printer=job.printer)
        self._navigator.say(text, "good", seconds=_SECONDS)

    def _not_printed(self, job: _Job, receipt: PrintedReceipt, error: CounterError) -> None:
        self._unprinted[job.dossier_id] = receipt.copy
        words = _("Receipt {code} did not come out. {reason}")
        actions = [
            (_("Print again"), lambda: self._print_again(job, receipt)),
            (_("Preview"), lambda: self.look_at(job.dossier_id, again=job.again)),
        ]
        self._navigator.say(words.format(code=receipt.code, reason=error), "danger", actions)

    def _no_printer(self, job: _Job) -> None:
        self._show(replace(self._state, busy=False))
        words = _("This PC has no printer. What was registered is safe; save the receipt as a PDF.")
        actions = [(_("Preview"), lambda: self.look_at(job.dossier_id, again=job.again))]
        self._navigator.say(words, "warning", [] if self._state.dossier_id else actions)

    # Saving

    def _saved(self, dossier_id: UUID, path: Path) -> None:
        words = _("The receipt is saved as {file}.").format(file=path)
        self._navigator.say(words, "good", seconds=_SECONDS)
        self._after_saving(dossier_id)

    def _not_saved(self, dossier_id: UUID, copy: int, error: CounterError) -> None:
        self._unprinted[dossier_id] = copy
        self._navigator.refuse(error)
        self._after_saving(dossier_id)

    def _after_saving(self, dossier_id: UUID) -> None:
        if self._state.dossier_id == dossier_id:
            self._show(replace(self._state, busy=False))
            self._load()

    # Showing

    def _load(self) -> None:
        dossier_id, size = self._state.dossier_id, self._state.size
        if dossier_id is None:
            return
        copy = self._unprinted.get(dossier_id)
        desk = self._desk
        self._tasks.read(
            lambda: preview_receipt(desk, dossier_id, size=size, copy=copy),
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

    def _fail(self, error: CounterError) -> None:
        self._show(replace(self._state, problem=str(error)))

    def _refuse(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False))
        self._navigator.refuse(error)

    def _show(self, state: PaperState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
