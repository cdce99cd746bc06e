"""The list of print jobs, and what an officer does about one of them; without Qt."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.printing_desk import USUAL
from counter_app.desktop.prints.words import IN_A_FILE, Act, acts
from counter_app.devices.printers import Condition, PrinterStatus, Size
from counter_app.domain.print_job import ENDED, JobState, PrintJob
from counter_app.domain.sheet import Sheet
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.services.papers import print_paper
from counter_app.services.print_jobs import RECEIPT, discard, jobs, mark, pages_of, wait_again
from counter_app.services.saving import save_pdf

_SECONDS: Final = 8
_TO_BE_SENT: Final = frozenset({JobState.WAITING, JobState.FAILED})


class PrintsState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; `jobs` is None until the list was read.

    `target` is the printer to which the `chosen` job would go; `doubtful` while the officer is
    asked whether to give it up. The printers are `looked` at as soon as the system tells of them,
    which is `silent` if that takes too long.
    """

    now: datetime
    jobs: Sequence[PrintJob] | None = None
    printers: Sequence[PrinterStatus] = ()
    looked: bool = False
    silent: bool = False
    chosen: int | None = None
    target: str = ""
    doubtful: bool = False

    @property
    def job(self) -> PrintJob | None:
        """The chosen job."""
        return next((job for job in self.jobs or () if job.id == self.chosen), None)

    @property
    def acts(self) -> Sequence[Act]:
        """What can be done about it."""
        job = self.job
        if job is None:
            return ()
        if self.doubtful:
            return Act.DISCARD_IT, Act.KEEP_IT
        return acts(job, self.now, reprints=job.dossier_id is not None)

    @property
    def all_printers(self) -> Sequence[PrinterStatus]:
        """The printers of the system, and those that are not there and papers wait for."""
        if not self.looked:
            return ()
        names = {each.name for each in self.printers}
        wanted = {job.printer for job in self.jobs or () if job.state not in ENDED}
        missing = sorted(wanted - {"", *names})
        gone = [PrinterStatus(name=name, condition=Condition.GONE) for name in missing]
        return [*self.printers, *gone]

    @property
    def to_be_sent(self) -> int:
        """How many papers could go to their printers at once."""
        return len(self.ready)

    @property
    def ready(self) -> Sequence[PrintJob]:
        """What could go to its printer at once: by name, or to the usual one if there is any."""
        usual = not self.looked or bool(self.printers)
        waiting = [job for job in self.jobs or () if job.state in _TO_BE_SENT]
        return [job for job in waiting if job.printer or usual]


class _View(Protocol):
    def show_state(self, state: PrintsState) -> None: ...


class PrintsPresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: _View | None = None
        self._state = PrintsState(now=desk.now())

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at the list and at the printers."""
        desk, printer, refuse = self._desk, self._navigator.printer, self._navigator.refuse
        self._tasks.read(lambda: jobs(desk), done=self._listed, failed=refuse)
        self._tasks.printing(USUAL)(printer.status, done=self._looked, failed=self._silent)

    # What the officer does

    def choose(self, job: int) -> None:
        """Look at another job."""
        if job != self._state.chosen:
            self._show(_aimed(replace(self._state, chosen=job, doubtful=False)))

    def choose_printer(self, name: str) -> None:
        """Have the chosen job go to another printer, once it is sent."""
        self._show(replace(self._state, target=name))

    def do(self, act: Act) -> None:
        """Do one of the things that are offered for the chosen job."""
        job = self._state.job
        if job is None or act not in self._state.acts:
            return
        does: dict[Act, Callable[[PrintJob], None]] = {
            Act.CAME_OUT: lambda job: self._write(lambda: mark(self._desk, job.id, JobState.DONE)),
            Act.AGAIN: self._again,
            Act.LATER: lambda job: self._write(lambda: wait_again(self._desk, job.id)),
            Act.REPRINT: self._reprint,
            Act.OPEN: self._open,
            Act.DISCARD: lambda _job: self._show(replace(self._state, doubtful=True)),
            Act.KEEP_IT: lambda _job: self._show(replace(self._state, doubtful=False)),
            Act.DISCARD_IT: lambda job: self._write(lambda: discard(self._desk, job.id)),
        }
        does[act](job)

    def save(self, path: Path) -> None:
        """Write the chosen job to a file instead of printing it."""
        job = self._state.job
        if job is None:
            return
        desk = self._desk

        def write(pdf: bytes) -> None:
            self._tasks.paper(
                lambda: save_pdf(path, pdf),
                done=lambda _nothing: self._saved(job, path),
                failed=self._navigator.refuse,
            )

        self._tasks.read(lambda: pages_of(desk, job.id), done=write, failed=self._navigator.refuse)

    def print_all(self) -> None:
        """Send all that waits or has failed to the printers it was meant for."""
        for job in self._state.ready:
            self._send(job, job.printer)

    # Doing it

    def _again(self, job: PrintJob) -> None:
        if self._state.target or not self._state.looked:
            self._send(job, self._state.target)
        else:
            words = _("This PC has no printer. The paper can be saved as a PDF.")
            self._navigator.say(words, "warning", seconds=_SECONDS)

    def _send(self, job: PrintJob, printer: str) -> None:
        self._tasks.write(
            lambda: wait_again(self._desk, job.id, printer=printer),
            done=self._sent,
            failed=self._gone,
        )

    def _sent(self, waiting: PrintJob) -> None:
        self._navigator.send_print(waiting.id, waiting.printer)
        self._changed()

    def _reprint(self, job: PrintJob) -> None:
        """Print a paper of a dossier once more, noted and marked as a reprint."""
        desk, dossier_id = self._desk, job.dossier_id
        if dossier_id is None:
            return
        if job.form == RECEIPT:
            self._navigator.print_receipt(dossier_id, again=True)
            return

        def make(size: Size, to: str) -> Sheet:
            return print_paper(desk, dossier_id, job.form, about=job.about, size=size, to=to)

        self._navigator.print_sheet(make, form=job.form)

    def _open(self, job: PrintJob) -> None:
        if job.dossier_id is not None:
            self._navigator.open_dossier(job.dossier_id)

    def _saved(self, job: PrintJob, path: Path) -> None:
        words = _("{title} is saved as {file}.").format(title=job.title, file=path)
        self._navigator.say(words, "good", seconds=_SECONDS)
        noted = _(IN_A_FILE)  # it was meant for a printer, and has not gone there
        self._write(lambda: mark(self._desk, job.id, JobState.DONE, problem=noted))

    def _write(self, work: Callable[[], object]) -> None:
        self._tasks.write(work, done=lambda _nothing: self._changed(), failed=self._gone)

    def _gone(self, error: CounterError) -> None:
        self._navigator.refuse(error)
        self.enter()

    def _changed(self) -> None:
        self._navigator.changed()
        self.enter()

    # Showing

    def _listed(self, found: Sequence[PrintJob]) -> None:
        state = replace(self._state, jobs=found, now=self._desk.now())
        if state.job is None:
            first = found[0].id if found else None
            self._show(_aimed(replace(state, chosen=first, doubtful=False)))
        else:
            ended = state.job.state in ENDED
            self._show(replace(state, doubtful=state.doubtful and not ended))

    def _looked(self, printers: Sequence[PrinterStatus]) -> None:
        state = replace(self._state, printers=printers, looked=True, silent=False)
        names = {each.name for each in printers}
        self._show(state if state.target in names else _aimed(state))

    def _silent(self, _error: CounterError) -> None:
        self._show(replace(self._state, silent=True))

    def _show(self, state: PrintsState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _aimed(state: PrintsState) -> PrintsState:
    """Return the state with the chosen job going where it was meant to, or where it can."""
    names = [each.name for each in state.printers]
    meant = state.job.printer if state.job else ""
    usual = next((each.name for each in state.printers if each.usual), next(iter(names), ""))
    return replace(state, target=meant if meant in names or not state.looked else usual)
