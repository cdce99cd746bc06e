"""The desk's print jobs: kept before a page leaves, until somebody has the paper in hand.

A job is kept before anybody asks the system what printers it has: that may take a minute. With
the printer "" it waits for whichever is the usual one by then, and is aimed at it (`aim`).

No transaction is open while a printer works. A job is first marked as being at the printer,
then sent, then marked as done or failed: if the power goes in between, nobody knows, and the
officer is asked.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.officer import Role
from counter_app.domain.operation import SheetPrinted
from counter_app.domain.print_job import ENDED, JobState, PrintJob
from counter_app.domain.sheet import Sheet
from counter_app.domain.workflow import check
from counter_app.errors import NotPermitted, PrintJobGone
from counter_app.i18n import _
from counter_app.store import audit
from counter_app.store import print_jobs as _store
from counter_app.store.journal import Entry
from counter_app.store.unit_of_work import UnitOfWork

RECEIPT: Final = "receipt"
REGISTER: Final = "register"
IN_A_FILE: Final = "pdf"
IN_A_WORKBOOK: Final = "xlsx"
THE_USUAL: Final = "usual"
"""What the journal says of a paper that goes to whichever printer is the usual one."""


class Sending(Struct, frozen=True, kw_only=True):
    """A job that is marked as being at its printer, with its pages."""

    job: PrintJob
    pdf: bytes


def queue_print(
    desk: Desk, sheet: Sheet, *, printer: str, title: str = "", problem: str = ""
) -> int:
    """Keep a paper that is to be printed, and return the id of its job.

    `title` is shown in lists and to the system, and names nobody; "" means the sheet's own.
    With a `problem` it is known already that it cannot be printed now.
    """
    with desk.store.begin() as uow:
        job = _new(desk, sheet, printer, title or sheet.title, problem)
        return _store.add_job(uow.connection, job, sheet.pdf)


def keep_sheet(desk: Desk, sheet: Sheet, *, printer: str, twice: bool = False) -> Sequence[int]:
    """Keep a paper that is to be printed, and return its jobs, which wait for their printer.

    If the very same copy is kept already, as it never came out, it is laid out anew there. A
    receipt that is printed `twice` is for the citizen and for the file; a reprint is never.
    A paper that is of no dossier is noted in the journal here, as those of dossiers were.
    """
    kept = unseen_jobs(desk, sheet)
    if kept:
        return [wait_anew(desk, job, sheet, printer=printer).id for job in kept]
    both = twice and sheet.form == RECEIPT and sheet.copy == 0
    words = (
        (_("{title} · for the applicant"), _("{title} · for the file")) if both else ("{title}",)
    )
    titles = [each.format(title=sheet.title) for each in words]
    with desk.store.begin() as uow:
        if sheet.dossier_id is None:
            _note(uow, desk, sheet, printer or THE_USUAL)
        made = [_new(desk, sheet, printer, title) for title in titles]
        return [_store.add_job(uow.connection, job, sheet.pdf) for job in made]


def note_sheet(desk: Desk, sheet: Sheet, *, to: str) -> None:
    """Note in the journal that a paper that is of no dossier goes to `to`, which is no printer."""
    with desk.store.begin() as uow:
        _note(uow, desk, sheet, to)


def note_workbook(
    desk: Desk, lines: int, period: tuple[date | None, date | None] | None = None
) -> None:
    """Note in the journal that a list with so many dossiers is written to a workbook."""
    first, last = period or (None, None)
    body = SheetPrinted(form=REGISTER, to=IN_A_WORKBOOK, lines=lines, first=first, last=last)
    with desk.store.begin() as uow:
        uow.append(desk.operation(body, role=check(body.kind, None, desk.officer.roles)))


def unseen_jobs(desk: Desk, sheet: Sheet) -> Sequence[int]:
    """Return the jobs of the very same copy of a paper that are known not to have come out."""
    if sheet.dossier_id is None and sheet.about is None:
        return ()  # a list says how things stand: each is a paper of its own
    found = unprinted(desk, sheet.dossier_id, sheet.form, sheet.about)
    return [job.id for job in found if job.copy == sheet.copy]


def jobs(desk: Desk) -> Sequence[PrintJob]:
    """Return what nobody has seen come out, the first first; then what has ended, latest first."""
    with desk.store.read() as connection:
        return [*_store.pending(connection), *_store.ended(connection)]


def pending(desk: Desk) -> Sequence[PrintJob]:
    """Return what nobody has seen come out, the first first."""
    with desk.store.read() as connection:
        return _store.pending(connection)


def unprinted(
    desk: Desk, dossier_id: UUID | None, form: str, about: UUID | None = None
) -> Sequence[PrintJob]:
    """Return the sheets of a dossier's latest paper that are known not to have come out."""
    with desk.store.read() as connection:
        return _store.unprinted(connection, dossier_id, form, about)


def begin_sending(desk: Desk, job: int, *, printer: str = "") -> Sending | None:
    """Mark a waiting job as being at the printer; None if it does not wait any more.

    With a `printer`, none either if it waits for another one by now.
    """
    with desk.store.begin() as uow:
        found, pdf = _store.job_of(uow.connection, job), _store.pages_of(uow.connection, job)
        if found is None or pdf is None or found.state is not JobState.WAITING:
            return None
        if printer not in {"", found.printer}:
            return None
        _store.change_state(uow.connection, found, JobState.PRINTING, now=desk.now())
        sent = replace(found, state=JobState.PRINTING, tries=found.tries + 1)
        return Sending(job=sent, pdf=pdf)


def aim(desk: Desk, waiting: Sequence[int], *, printer: str) -> Sequence[PrintJob]:
    """Have what waits for the usual printer go to `printer`; return the jobs that now do."""
    with desk.store.begin() as uow:
        found = _unaimed(uow, waiting)
        for job in found:
            _store.change_printer(uow.connection, job.id, printer)
    return [replace(job, printer=printer) for job in found]


def fail_unaimed(desk: Desk, waiting: Sequence[int], *, problem: str) -> Sequence[PrintJob]:
    """Note why what waits for the usual printer went nowhere; return the jobs that did."""
    with desk.store.begin() as uow:
        found = _unaimed(uow, waiting)
        for job in found:
            _change(uow, desk, job, JobState.FAILED, problem)
    return [replace(job, state=JobState.FAILED, problem=problem) for job in found]


def end_sending(desk: Desk, job: PrintJob, state: JobState, *, problem: str = "") -> bool:
    """Note how a job that was sent has ended; not if the officer has said so meanwhile."""
    with desk.store.begin() as uow:
        return _store.change_state(uow.connection, job, state, now=desk.now(), problem=problem)


def mark(desk: Desk, job: int, state: JobState, *, problem: str = "") -> PrintJob:
    """Note what has become of a job, as the officer says.

    Raises:
        PrintJobGone: it has ended already, or was never there.
    """
    with desk.store.begin() as uow:
        found = _found(uow, job)
        _change(uow, desk, found, state, problem)
        return replace(found, state=state, problem=problem)


def wait_again(desk: Desk, job: int, *, printer: str = "") -> PrintJob:
    """Have the very same copy wait for its printer again, or for another one.

    Raises:
        PrintJobGone: it has ended already, or was never there.
    """
    with desk.store.begin() as uow:
        found = _found(uow, job)
        if found.state is not JobState.WAITING:
            _change(uow, desk, found, JobState.WAITING, "")
        if printer and printer != found.printer:
            _store.change_printer(uow.connection, job, printer)
        return replace(found, state=JobState.WAITING, problem="", printer=printer or found.printer)


def wait_anew(desk: Desk, job: int, sheet: Sheet, *, printer: str) -> PrintJob:
    """Have the same copy, laid out anew, wait for a printer.

    Raises:
        PrintJobGone: it has ended already, or was never there.
    """
    with desk.store.begin() as uow:
        found = _found(uow, job)
        if found.state is not JobState.WAITING:
            _change(uow, desk, found, JobState.WAITING, "")
        _store.change_pages(uow.connection, job, sheet.pdf, paper=sheet.size, printer=printer)
        return replace(found, state=JobState.WAITING, problem="", printer=printer)


def discard(desk: Desk, job: int) -> None:
    """Give up a paper: only its officer or a supervisor may, and the list says who did.

    Raises:
        PrintJobGone: it has ended already, or was never there.
        NotPermitted: it is another officer's.
    """
    with desk.store.begin() as uow:
        found = _found(uow, job)
        if found.officer != desk.officer.id and Role.SUPERVISOR not in desk.officer.roles:
            raise NotPermitted(role=Role.SUPERVISOR)
        words = _("Discarded by {officer}.").format(officer=desk.officer.name)
        _change(uow, desk, found, JobState.DISCARDED, words)


def printed_on(desk: Desk, day: date) -> Sequence[tuple[Entry, str]]:
    """Return what the journal has noted of prints on a day, with the codes of their dossiers.

    Raises:
        NotPermitted: who printed what is for a supervisor.
    """
    if Role.SUPERVISOR not in desk.officer.roles:
        raise NotPermitted(role=Role.SUPERVISOR)
    with desk.store.read() as connection:
        return audit.printed_on(connection, day)


def pages_of(desk: Desk, job: int) -> bytes:
    """Return the pages of a job that has not ended.

    Raises:
        PrintJobGone: it has.
    """
    with desk.store.read() as connection:
        pdf = _store.pages_of(connection, job)
    if pdf is None:
        raise PrintJobGone
    return pdf


def _note(uow: UnitOfWork, desk: Desk, sheet: Sheet, to: str) -> None:
    body = SheetPrinted(
        form=sheet.form,
        about=sheet.about,
        copy=sheet.copy,
        paper=sheet.size,
        to=to,
        number=sheet.number,
        lines=sheet.lines,
        first=sheet.first,
        last=sheet.last,
    )
    uow.append(desk.operation(body, role=check(body.kind, None, desk.officer.roles)))


def _new(desk: Desk, sheet: Sheet, printer: str, title: str, problem: str = "") -> PrintJob:
    now = desk.now()
    return PrintJob(
        id=0,
        made_at=now,
        changed_at=now,
        officer=desk.officer.id,
        form=sheet.form,
        title=title,
        dossier_id=sheet.dossier_id,
        code=DossierCode(""),
        about=sheet.about,
        copy=sheet.copy,
        paper=sheet.size,
        printer=printer,
        state=JobState.FAILED if problem else JobState.WAITING,
        tries=0,
        problem=problem,
    )


def _unaimed(uow: UnitOfWork, waiting: Sequence[int]) -> Sequence[PrintJob]:
    """Return which of the jobs still wait, and for no printer by name."""
    found = [_store.job_of(uow.connection, job) for job in waiting]
    return [job for job in found if job and job.state is JobState.WAITING and not job.printer]


def _found(uow: UnitOfWork, job: int) -> PrintJob:
    found = _store.job_of(uow.connection, job)
    if found is None or found.state in ENDED:
        raise PrintJobGone
    return found


def _change(uow: UnitOfWork, desk: Desk, found: PrintJob, state: JobState, problem: str) -> None:
    if not _store.change_state(uow.connection, found, state, now=desk.now(), problem=problem):
        raise PrintJobGone
