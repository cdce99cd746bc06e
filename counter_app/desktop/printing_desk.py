"""Papers on their way from the list of print jobs to the printers; without Qt.

A job is written down before it is sent, and marked before and after: no transaction is open
while a printer works. To each printer goes one job at a time, in the order in which they came;
a printer that hangs keeps no other one waiting.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Action, Navigator, Tone
from counter_app.desktop.wording import sentence_case
from counter_app.devices.printers import Printer, Size
from counter_app.domain.print_job import JobState, PrintJob
from counter_app.domain.sheet import Sheet
from counter_app.errors import CounterError, NoPrinter
from counter_app.i18n import _, format_count, ngettext
from counter_app.services.print_jobs import (
    Sending,
    begin_sending,
    end_sending,
    keep_sheet,
    mark,
    pending,
    queue_print,
    wait_again,
)
from counter_app.settings import Settings

PLACE: Final = "prints"
NOWHERE: Final = "pdf"
"""What the journal says of a paper that goes into a file, as there is no printer."""

_SECONDS: Final = 8


class _Kept(Struct, frozen=True, kw_only=True):
    """A paper that was made and written down, as jobs for one printer; "" means there is none."""

    title: str
    jobs: Sequence[int]
    printer: str


class PrintingDesk:
    """Sends jobs, notes how they ended, and says so; `moved` is called when one has changed."""

    def __init__(
        self, desk: Desk, tasks: Tasks, navigator: Navigator, moved: Callable[[], None]
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._moved = moved
        self._lines: dict[str, deque[int]] = {}
        self._busy: set[str] = set()
        self._left = False

    def begin(self) -> None:
        """Ask about what was at a printer when the program ended, and say what still waits."""
        self._tasks.read(
            lambda: pending(self._desk), done=self._look_at, failed=self._navigator.refuse
        )

    def leave(self) -> None:
        """Send nothing more, and say nothing: the window is another officer's, or closes."""
        self._left = True
        self._lines.clear()

    def print_sheet(
        self, make: Callable[[Size, str], Sheet], *, form: str = "", printer: str = ""
    ) -> None:
        """Have a paper made, keep it, and send it to the printer that was chosen for its form."""
        settings = self._navigator.settings
        choice = settings.choice(form)
        size = choice.paper or settings.paper
        if named := printer or choice.printer:
            self._make(make, size, named)
            return
        self._tasks.paper(
            self._navigator.printer.default,
            done=lambda usual: self._make(make, size, usual),
            failed=self._refuse,
        )

    def send(self, job: int, printer: str) -> None:
        """Have a job that waits go to its printer, after those that go there already."""
        self._lines.setdefault(printer, deque()).append(job)
        self._go_on(printer)

    # Making

    def _make(self, make: Callable[[Size, str], Sheet], size: Size, printer: str) -> None:
        desk, settings = self._desk, self._navigator.settings
        self._tasks.write(
            lambda: _keep(desk, make(size, printer or NOWHERE), printer, settings),
            done=self._send_all,
            failed=self._refuse,
        )

    def _send_all(self, kept: _Kept) -> None:
        self._tell()
        if not kept.printer:
            words = _(
                "This PC has no printer. What was noted is safe, and {title} is kept: save it as "
                "a PDF from the list of print jobs."
            )
            self._say(words.format(title=kept.title), "warning", [self._list()])
        for job in kept.jobs:
            if kept.printer:
                self.send(job, kept.printer)

    # Sending

    def _go_on(self, printer: str) -> None:
        """Send the next job to a printer, unless one is there."""
        line = self._lines.get(printer)
        if not line or printer in self._busy:
            return
        self._busy.add(printer)
        job = line.popleft()
        self._tasks.write(
            lambda: begin_sending(self._desk, job, printer=printer),
            done=lambda sending: self._send(printer, sending),
            failed=lambda error: self._stop(printer, error),
        )

    def _send(self, printer: str, sending: Sending | None) -> None:
        if sending is None:  # somebody has seen to it meanwhile
            self._free(printer)
            return
        self._moved_on()
        port = self._navigator.printer
        self._tasks.printing(printer)(
            lambda: _put_out(port, sending),
            done=lambda error: self._sent(sending.job, error),
            failed=lambda error: self._sent(sending.job, error),
        )

    def _sent(self, job: PrintJob, error: Exception | None) -> None:
        if error is None:
            state, problem = JobState.DONE, ""
        elif isinstance(error, CounterError):
            state, problem = JobState.FAILED, str(error)
        else:
            state, problem = JobState.UNKNOWN, ""
        self._tasks.write(
            lambda: end_sending(self._desk, job, state, problem=problem),
            done=lambda changed: self._noted(job, error, changed=changed),
            failed=lambda trouble: self._stop(job.printer, trouble),
        )

    def _noted(self, job: PrintJob, error: Exception | None, *, changed: bool) -> None:
        self._free(job.printer)
        self._tell()
        if error is None and changed:
            words = _("{title} has been sent to the printer {printer}.")
            self._say(_of(job, words), "good", seconds=_SECONDS)
        elif isinstance(error, CounterError) and changed:
            words = _of(job, _("{title} did not come out. {reason}"), reason=error)
            self._say(words, "danger", [self._again(job, _("Print again")), self._list()])
        elif error is not None and not isinstance(error, CounterError):
            raise error  # a bug, and told as one, now that nobody waits behind it

    def _stop(self, printer: str, error: CounterError) -> None:
        self._free(printer)
        self._refuse(error)

    def _free(self, printer: str) -> None:
        self._busy.discard(printer)
        self._go_on(printer)

    # Asking

    def _look_at(self, jobs: Sequence[PrintJob]) -> None:
        unsure = [job for job in jobs if job.state is JobState.UNKNOWN]
        waiting = [job for job in jobs if job.state in {JobState.WAITING, JobState.FAILED}]
        if len(unsure) == 1 and not waiting:
            self._ask(unsure[0])
        elif unsure or waiting:
            self._say(left_over(len(unsure), len(waiting)), "warning", [self._list()])

    def _ask(self, job: PrintJob) -> None:
        words = _("The program ended while {title} was at the printer {printer}. Did it come out?")
        actions = [
            (_("It came out"), lambda: self._answer(job, JobState.DONE)),
            self._again(job, _("No, print it")),
            (_("No, print later"), lambda: self._answer(job, JobState.WAITING)),
        ]
        self._say(_of(job, words), "warning", actions)

    def _answer(self, job: PrintJob, state: JobState) -> None:
        self._hush()
        self._tasks.write(
            lambda: mark(self._desk, job.id, state),
            done=lambda _job: self._tell(),
            failed=self._refuse,
        )

    def _again(self, job: PrintJob, words: str) -> Action:
        """Offer to send the very same copy again."""

        def send(waiting: PrintJob) -> None:
            self._tell()
            self.send(waiting.id, waiting.printer)

        def again() -> None:
            self._hush(_of(job, _("{title} is being printed again …")))
            self._tasks.write(
                lambda: wait_again(self._desk, job.id), done=send, failed=self._refuse
            )

        return words, again

    def _list(self) -> Action:
        return _("Print jobs (Ctrl+9)"), lambda: self._navigator.show_place(PLACE)

    # Saying

    def _tell(self) -> None:
        """Let the window look again: something was written."""
        if not self._left:
            self._navigator.changed()
        self._moved_on()

    def _moved_on(self) -> None:
        if not self._left:
            self._moved()

    def _hush(self, words: str = "") -> None:
        """Put an answer in the place of the question."""
        self._say(words or _("Noted."), "info", seconds=_SECONDS)

    def _say(
        self,
        words: str,
        tone: Tone,
        actions: Sequence[Action] = (),
        *,
        seconds: int = 0,
    ) -> None:
        if not self._left:
            self._navigator.say(words, tone, actions, seconds=seconds)

    def _refuse(self, error: CounterError) -> None:
        if not self._left:
            self._navigator.refuse(error)


def left_over(unsure: int, waiting: int) -> str:
    """Return what is to be seen to in the list of print jobs; nothing if there is nothing."""
    said = []
    if unsure:
        words = ngettext(
            "It is not known whether {count} paper came out of the printer.",
            "It is not known whether {count} papers came out of the printer.",
            unsure,
        )
        said.append(words.format(count=format_count(unsure)))
    if waiting:
        words = ngettext(
            "{count} paper still waits to be printed.",
            "{count} papers still wait to be printed.",
            waiting,
        )
        said.append(words.format(count=format_count(waiting)))
    return " ".join(said)


def _of(job: PrintJob, words: str, **values: object) -> str:
    """Return words about a job, with its name in their place."""
    return words.format(title=sentence_case(job.title), printer=job.printer, **values)


def _keep(desk: Desk, sheet: Sheet, printer: str, settings: Settings) -> _Kept:
    if not printer:
        job = queue_print(desk, sheet, printer="", problem=str(NoPrinter()))
        return _Kept(title=sheet.title, jobs=[job], printer="")
    twice = settings.receipt_copies > 1
    jobs = keep_sheet(desk, sheet, printer=printer, twice=twice)
    return _Kept(title=sheet.title, jobs=jobs, printer=printer)


def _put_out(port: Printer, sending: Sending) -> Exception | None:
    """Send a job's pages, and return what went wrong; even a bug: its job is marked first."""
    job = sending.job
    try:
        if job.paper == "roll80":
            port.print_roll(sending.pdf, job.printer, job.title)
        else:
            port.print_pdf(sending.pdf, job.printer, job.title)
    except Exception as error:
        return error
    return None
