"""What is to be printed, until it is known to lie on the table."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.print_job import AFTER, ENDED, JobState, PrintJob
from counter_app.store.instants import from_micros, to_micros
from counter_app.store.tables import PENDING

MOST_LISTED: Final = 500
KEPT_FOR: Final = timedelta(days=30)
"""How long it can be seen that a paper was printed."""

_COLUMNS: Final = (
    "print_job.id, made_at, changed_at, officer, form, title, print_job.dossier_id, "
    "coalesce(code, ''), about, copy, paper, printer, state, tries, problem"
)
_JOBS: Final = (
    f"SELECT {_COLUMNS} FROM print_job "
    "LEFT JOIN dossier ON dossier.dossier_id = print_job.dossier_id"
)
_INSERT: Final = (
    "INSERT INTO print_job (made_at, changed_at, officer, form, title, dossier_id, about, copy, "
    "paper, printer, state, tries, problem, pdf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) "
    "RETURNING id"
)


def add_job(connection: sa.Connection, job: PrintJob, pdf: bytes) -> int:
    """Write a job with its pages, and return the id that it is given."""
    values = (
        to_micros(job.made_at),
        to_micros(job.changed_at),
        job.officer,
        job.form,
        job.title,
        job.dossier_id and job.dossier_id.bytes,
        job.about and job.about.bytes,
        job.copy,
        job.paper,
        job.printer,
        job.state.value,
        job.problem,
        pdf,
    )
    return int(connection.exec_driver_sql(_INSERT, values).scalar_one())


def job_of(connection: sa.Connection, job_id: int) -> PrintJob | None:
    """Return a job; None if there is none, or none any more."""
    row = connection.exec_driver_sql(f"{_JOBS} WHERE print_job.id = ?", (job_id,)).one_or_none()
    return None if row is None else _job(row)


def pages_of(connection: sa.Connection, job_id: int) -> bytes | None:
    """Return the pages of a job as PDF; None once it has ended."""
    query = "SELECT pdf FROM print_job WHERE id = ?"
    pdf: bytes | None = connection.exec_driver_sql(query, (job_id,)).scalar_one_or_none()
    return pdf


def pending(connection: sa.Connection) -> list[PrintJob]:
    """Return the jobs that nobody has seen come out, the first first."""
    query = f"{_JOBS} WHERE {PENDING} ORDER BY print_job.id"
    return [_job(row) for row in connection.exec_driver_sql(query)]


def ended(connection: sa.Connection) -> list[PrintJob]:
    """Return the jobs that have ended, the latest first, MOST_LISTED at most."""
    query = f"{_JOBS} WHERE NOT ({PENDING}) ORDER BY changed_at DESC, print_job.id DESC LIMIT ?"
    return [_job(row) for row in connection.exec_driver_sql(query, (MOST_LISTED,))]


def count_in(connection: sa.Connection, states: Iterable[JobState]) -> int:
    """Return how many pending jobs are in one of `states`."""
    wanted = [state.value for state in states]
    marks = ", ".join("?" for _state in wanted)
    query = f"SELECT count(*) FROM print_job WHERE {PENDING} AND state IN ({marks})"
    return int(connection.exec_driver_sql(query, tuple(wanted)).scalar_one())


def unprinted(
    connection: sa.Connection, dossier_id: UUID | None, form: str, about: UUID | None
) -> list[PrintJob]:
    """Return the sheets of a dossier's latest paper that are known not to have come out.

    Without a dossier it is the paper of a guidance.
    """
    query = (
        f"{_JOBS} WHERE {PENDING} AND state IN ('waiting', 'failed') AND form = ? "
        "AND print_job.dossier_id IS ? AND about IS ? ORDER BY print_job.id"
    )
    values = (form, dossier_id and dossier_id.bytes, about and about.bytes)
    found = [_job(row) for row in connection.exec_driver_sql(query, values)]
    return [job for job in found if job.copy == found[-1].copy]


def change_state(
    connection: sa.Connection, job: PrintJob, state: JobState, *, now: datetime, problem: str = ""
) -> bool:
    """Note what has become of a job; nothing, if it was something else meanwhile.

    Being sent counts as a try. What has ended gives up its pages.
    """
    if state not in AFTER[job.state]:
        return False
    keeps = "NULL" if state in ENDED else "pdf"
    tried = job.tries + (state is JobState.PRINTING)
    changed = connection.exec_driver_sql(
        f"UPDATE print_job SET state = ?, problem = ?, changed_at = ?, tries = ?, pdf = {keeps} "
        "WHERE id = ? AND state = ? AND tries = ?",
        (state.value, problem, to_micros(now), tried, job.id, job.state.value, job.tries),
    )
    return changed.rowcount == 1


def change_pages(
    connection: sa.Connection, job_id: int, pdf: bytes, *, paper: str, printer: str
) -> None:
    """Keep the same copy laid out for another paper, to go to another printer."""
    connection.exec_driver_sql(
        "UPDATE print_job SET pdf = ?, paper = ?, printer = ? WHERE id = ?",
        (pdf, paper, printer, job_id),
    )


def change_printer(connection: sa.Connection, job_id: int, printer: str) -> None:
    """Have a job go to another printer."""
    query = "UPDATE print_job SET printer = ? WHERE id = ?"
    connection.exec_driver_sql(query, (printer, job_id))


def doubt_interrupted(connection: sa.Connection) -> None:
    """Note that nobody knows of the jobs that were at a printer when the program ended.

    Only for whoever has just opened the store: then nothing can be under way.
    """
    connection.exec_driver_sql(
        f"UPDATE print_job SET state = 'unknown' WHERE {PENDING} AND state = 'printing'"
    )


def doubt_all(connection: sa.Connection) -> None:
    """Note that nobody knows of any job: it may have come out after the backup was made."""
    connection.exec_driver_sql(f"UPDATE print_job SET state = 'unknown' WHERE {PENDING}")


def prune(connection: sa.Connection, before: datetime) -> None:
    """Forget the jobs that ended before an instant; what is pending stays, however old."""
    query = f"DELETE FROM print_job WHERE NOT ({PENDING}) AND changed_at < ?"
    connection.exec_driver_sql(query, (to_micros(before),))


def _job(row: Sequence[Any]) -> PrintJob:
    (job_id, made_at, changed_at, officer, form, title, dossier_id, code, about) = row[:9]
    (copy, paper, printer, state, tries, problem) = row[9:]
    return PrintJob(
        id=job_id,
        made_at=from_micros(int(made_at)),
        changed_at=from_micros(int(changed_at)),
        officer=officer,
        form=form,
        title=title,
        dossier_id=UUID(bytes=dossier_id) if dossier_id else None,
        code=DossierCode(code),
        about=UUID(bytes=about) if about else None,
        copy=copy,
        paper=paper,
        printer=printer,
        state=JobState(state),
        tries=tries,
        problem=problem,
    )
