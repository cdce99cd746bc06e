"""Papers on their way from the list of print jobs to the printers; without Qt.

A job is written down before the system is asked for a printer, and marked before it is sent and
after: no transaction is open while a printer works. To each printer goes one job at a time, in
the order in which they came; a printer that hangs keeps no other one waiting. What goes to the
usual printer, "", waits until the system has said which that is.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Action, Navigator, Tone
from counter_app.desktop.wording import sentence_case
from counter_app.devices.printers import Printer, Size
from counter_app.domain.print_job import JobState, PrintJob
from counter_app.domain.sheet import Sheet
from counter_app.errors import (
    CounterError,
    NoPrinter,
    PaperTooLarge,
    PrintBrokenOff,
    PrinterGone,
    PrintersSilent,
)
from counter_app.i18n import N_, _, format_count, ngettext
from counter_app.services.print_jobs import (
    THE_USUAL,
    Sending,
    aim,
    begin_sending,
    end_sending,
    fail_unaimed,
    keep_sheet,
    mark,
    pending,
    wait_again,
)
from counter_app.settings import Settings

PLACE: Final = "prints"
USUAL: Final = ""
"""The printer that the system itself takes, whichever that is when a paper is sent."""

_SECONDS: Final = 8
_CAME_OUT: Final = N_("Did it come out?")


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
        self._make(make, choice.paper or settings.paper, printer or choice.printer)

    def send(self, job: int, printer: str) -> None:
        """Have a job that waits go to its printer, after those that go there already."""
        self._lines.setdefault(printer, deque()).append(job)
        self._go_on(printer)
        if printer == USUAL:  # else it is said as soon as it is at its printer
            self._moved_on()

    # Making

    def _make(self, make: Callable[[Size, str], Sheet], size: Size, printer: str) -> None:
        desk, settings = self._desk, self._navigator.settings
        self._tasks.write(
            lambda: _keep(desk, make(size, printer or THE_USUAL), printer, settings),
            done=lambda jobs: self._send_all(jobs, printer),
            failed=self._refuse,
        )

    def _send_all(self, jobs: Sequence[int], printer: str) -> None:
        self._tell()
        for job in jobs:
            self.send(job, printer)

    # Finding the usual printer

    def _aim(self) -> None:
        """Have the system say which printer is the usual one; the papers are kept meanwhile."""
        port = self._navigator.printer
        self._tasks.printing(USUAL)(lambda: _usual_of(port), done=self._aim_at, failed=self._aim_at)

    def _aim_at(self, found: str | Exception) -> None:
        desk, line = self._desk, self._lines.pop(USUAL, deque())
        jobs = list(line)
        if not jobs:  # the window was left meanwhile; they wait for whoever comes next
            self._free(USUAL)
            return
        if isinstance(found, str):
            self._tasks.write(
                lambda: aim(desk, jobs, printer=found), done=self._aimed, failed=self._not_aimed
            )
            return
        problem = str(found if isinstance(found, CounterError) else PrintersSilent())
        self._tasks.write(
            lambda: fail_unaimed(desk, jobs, problem=problem),
            done=lambda failed: self._went_nowhere(failed, found),
            failed=self._not_aimed,
        )

    def _aimed(self, jobs: Sequence[PrintJob]) -> None:
        self._free(USUAL)
        if not self._left:
            for job in jobs:
                self.send(job.id, job.printer)

    def _went_nowhere(self, jobs: Sequence[PrintJob], error: Exception) -> None:
        self._tell()
        for job in jobs[-1:]:
            if isinstance(error, NoPrinter):
                words = _(
                    "This PC has no printer. What was noted is safe, and {title} is kept: save it "
                    "as a PDF from the list of print jobs."
                )
                self._say(_of(job, words), "warning", [self._list()])
            else:
                self._say_failed(job, error)
        self._free(USUAL)
        if not isinstance(error, CounterError):
            raise error  # a bug, and told as one, now that nobody waits behind it

    def _not_aimed(self, error: CounterError) -> None:
        self._stop(USUAL, error)

    # Sending

    def _go_on(self, printer: str) -> None:
        """Send the next job to a printer, unless one is there."""
        line = self._lines.get(printer)
        if not line or printer in self._busy:
            return
        self._busy.add(printer)
        if printer == USUAL:
            self._aim()
            return
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
        elif isinstance(error, CounterError) and not isinstance(error, PrintBrokenOff):
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
        elif isinstance(error, PrintBrokenOff) and changed:
            words = _("The driver of the printer {printer} has stopped while {title} was printed.")
            self._ask(job, f"{_of(job, words)} {_(_CAME_OUT)}")
        elif isinstance(error, CounterError) and changed:
            self._say_failed(job, error)
        elif error is not None and not isinstance(error, CounterError):
            raise error  # a bug, and told as one, now that nobody waits behind it

    def _say_failed(self, job: PrintJob, error: Exception) -> None:
        words = _of(job, _("{title} did not come out. {reason}"), reason=error)
        # Where the printer itself is wrong, another try would only say the same again.
        elsewhere = isinstance(error, PrinterGone | PaperTooLarge)
        again = [] if elsewhere else [self._again(job, _("Print again"))]
        self._say(words, "danger", [*again, self._list()])

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
            words = _("The program ended while {title} was at the printer {printer}.")
            self._ask(unsure[0], f"{_of(unsure[0], words)} {_(_CAME_OUT)}")
        elif unsure or waiting:
            self._say(left_over(len(unsure), len(waiting)), "warning", [self._list()])

    def _ask(self, job: PrintJob, words: str) -> None:
        actions = [
            (_("It came out"), lambda: self._answer(job, JobState.DONE)),
            self._again(job, _("No, print it")),
            (_("No, print later"), lambda: self._answer(job, JobState.WAITING)),
        ]
        self._say(words, "warning", actions)

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


def _keep(desk: Desk, sheet: Sheet, printer: str, settings: Settings) -> Sequence[int]:
    return keep_sheet(desk, sheet, printer=printer, twice=settings.receipt_copies > 1)


def _usual_of(port: Printer) -> str | Exception:
    """Return the printer that the system takes, or why there is none; even a bug."""
    try:
        return port.default() or NoPrinter()
    except Exception as error:
        return error


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
