"""What is to be printed is kept until somebody has it in hand, or has said to give it up."""

from datetime import timedelta
from uuid import UUID

import pytest

from counter_app.domain.officer import Officer, Role
from counter_app.domain.print_job import AFTER, JobState
from counter_app.domain.sheet import Sheet
from counter_app.errors import NotPermitted, PrintJobGone
from counter_app.keys.officers import add_officer
from counter_app.keys.throttle import Uptime
from counter_app.services.opening import take_over
from counter_app.services.print_jobs import (
    aim,
    begin_sending,
    discard,
    end_sending,
    fail_unaimed,
    jobs,
    keep_sheet,
    mark,
    note_sheet,
    note_workbook,
    pages_of,
    queue_print,
    unprinted,
    wait_again,
    wait_anew,
)
from counter_app.services.status import desk_status
from counter_app.store.print_jobs import KEPT_FOR, doubt_all
from counter_app.wire.codec import decode_body
from tests.desktop.sample import receive
from tests.office import with_roles

PDF = b"%PDF a paper"


def a_sheet(**changes):
    given = {"form": "receipt", "title": "Giấy tiếp nhận", "size": "a5", "pdf": PDF}
    return Sheet(**given | changes)


def the_only(desk):
    (job,) = jobs(desk)
    return job


@pytest.fixture
def job(desk):
    return queue_print(desk, a_sheet(), printer="Máy in A")


def test_a_paper_is_kept_before_anything_is_sent(desk, job):
    kept = the_only(desk)
    assert (kept.id, kept.state, kept.tries) == (job, JobState.WAITING, 0)
    assert (kept.title, kept.printer, kept.paper) == ("Giấy tiếp nhận", "Máy in A", "a5")
    assert kept.officer == desk.officer.id
    assert pages_of(desk, job) == PDF


def test_a_job_shows_the_code_of_its_dossier(desk):
    dossier = receive(desk, 0)
    queue_print(desk, a_sheet(dossier_id=dossier), printer="Máy in A")
    assert the_only(desk).code.endswith("-0001")


def test_what_has_come_out_gives_up_its_pages(desk, job):
    sending = begin_sending(desk, job)
    assert sending.pdf == PDF
    assert the_only(desk).state is JobState.PRINTING
    assert end_sending(desk, sending.job, JobState.DONE)
    assert the_only(desk).state is JobState.DONE
    with pytest.raises(PrintJobGone):
        pages_of(desk, job)


def test_what_has_failed_says_why_and_can_be_sent_again(desk, job):
    sending = begin_sending(desk, job)
    end_sending(desk, sending.job, JobState.FAILED, problem="Hết giấy.")
    assert (the_only(desk).state, the_only(desk).problem) == (JobState.FAILED, "Hết giấy.")
    again = wait_again(desk, job, printer="Máy in B")
    assert (again.state, again.printer, again.problem) == (JobState.WAITING, "Máy in B", "")
    assert begin_sending(desk, job).job.tries == 2
    assert the_only(desk).printer == "Máy in B"


def test_nothing_is_sent_twice(desk, job):
    assert begin_sending(desk, job) is not None
    assert begin_sending(desk, job) is None


def test_a_printer_that_answers_late_does_not_overrule_the_officer(desk, job):
    sending = begin_sending(desk, job)
    mark(desk, job, JobState.UNKNOWN)
    wait_again(desk, job, printer="Máy in B")
    assert not end_sending(desk, sending.job, JobState.DONE)
    second = begin_sending(desk, job)
    assert not end_sending(desk, sending.job, JobState.FAILED)
    assert end_sending(desk, second.job, JobState.DONE)


def test_after_a_crash_at_the_printer_nobody_knows(desk, job, enter):
    other = queue_print(desk, a_sheet(), printer="Máy in A")
    begin_sending(desk, job)
    desk.store.close()
    later = enter(desk.store.folder)
    states = {each.id: each.state for each in jobs(later)}
    assert states == {job: JobState.UNKNOWN, other: JobState.WAITING}
    assert pages_of(later, job) == PDF


def test_the_next_officer_does_not_doubt_what_is_at_the_printer(desk, job):
    begin_sending(desk, job)
    clerk = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))
    add_officer(desk.store.folder, desk.store.key, clerk, "ba chiếc ghe xanh")
    take_over(desk, "binh", "ba chiếc ghe xanh", uptime=Uptime(boot="test", seconds=1000))
    assert the_only(desk).state is JobState.PRINTING


def test_what_a_backup_says_is_to_be_printed_may_have_come_out_since(desk, job):
    with desk.store.begin() as uow:
        doubt_all(uow.connection)
    assert the_only(desk).state is JobState.UNKNOWN


def test_ended_jobs_are_forgotten_after_thirty_days_and_pending_ones_never(desk, job, enter, clock):
    printed = queue_print(desk, a_sheet(), printer="Máy in A")
    mark(desk, printed, JobState.DONE)
    desk.store.close()
    clock.at += KEPT_FOR - timedelta(days=1)
    soon = enter(desk.store.folder)
    assert {each.id for each in jobs(soon)} == {job, printed}
    soon.store.close()
    clock.at += timedelta(days=2)
    assert [each.id for each in jobs(enter(desk.store.folder))] == [job]


def test_a_paper_is_given_up_by_its_officer_or_a_supervisor_alone(desk, job):
    with pytest.raises(NotPermitted):
        discard(with_roles(desk, Role.RECEPTION), job)
    assert the_only(desk).state is JobState.WAITING
    discard(desk, job)
    assert the_only(desk).state is JobState.DISCARDED
    assert desk.officer.name in the_only(desk).problem
    with pytest.raises(PrintJobGone):
        wait_again(desk, job)


def test_the_copy_that_never_came_out_is_found_and_laid_out_anew(desk):
    dossier = receive(desk, 0)
    job = queue_print(desk, a_sheet(dossier_id=dossier, copy=1), printer="Máy in A")
    assert [each.id for each in unprinted(desk, dossier, "receipt")] == [job]
    assert not unprinted(desk, dossier, "extension")
    larger = a_sheet(dossier_id=dossier, copy=1, size="a4", pdf=b"%PDF larger")
    wait_anew(desk, job, larger, printer="Máy in B")
    kept = the_only(desk)
    assert (kept.paper, kept.printer, kept.copy) == ("a4", "Máy in B", 1)
    assert pages_of(desk, job) == b"%PDF larger"
    mark(desk, job, JobState.DONE)
    assert not unprinted(desk, dossier, "receipt")


def test_both_sheets_of_a_receipt_are_kept_or_neither(desk):
    made = keep_sheet(desk, a_sheet(dossier_id=receive(desk, 0)), printer="Máy in A", twice=True)
    titles = ["Giấy tiếp nhận · liên giao", "Giấy tiếp nhận · liên lưu"]
    assert [(each.id, each.title) for each in jobs(desk)] == list(zip(made, titles, strict=True))


def noted(desk):
    """Return what was noted of papers of no dossier."""
    with desk.store.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT body FROM operation JOIN operation_body USING (position) "
            "WHERE kind = 'sheet_printed' ORDER BY position"
        )
        return [decode_body("sheet_printed", 1, raw) for (raw,) in found]


def test_who_prints_a_list_is_noted_with_how_many_are_on_it(desk):
    day = desk.business_date
    keep_sheet(
        desk,
        a_sheet(form="register", size="a4", lines=3, first=day, last=day),
        printer="Máy in A",
    )
    note_sheet(desk, a_sheet(form="hand-over-list", number="BG-1", lines=2), to="pdf")
    note_workbook(desk, 5, (day, day))
    register, list_, workbook = noted(desk)
    assert (register.form, register.lines, register.to, register.first) == (
        "register",
        3,
        "Máy in A",
        day,
    )
    assert (list_.number, list_.lines, list_.to) == ("BG-1", 2, "pdf")
    assert (workbook.lines, workbook.to) == (5, "xlsx")


def test_a_paper_of_a_dossier_is_not_noted_twice(desk):
    keep_sheet(desk, a_sheet(dossier_id=receive(desk, 0)), printer="Máy in A")
    assert noted(desk) == []


def test_a_paper_of_guidance_that_never_came_out_is_noted_once(desk):
    sheet = a_sheet(form="supplement-request", about=UUID(int=5))
    (job,) = keep_sheet(desk, sheet, printer="")
    assert fail_unaimed(desk, [job], problem="Vì thế.")
    assert keep_sheet(desk, sheet, printer="Máy in A") == [job]
    assert [each.to for each in noted(desk)] == ["usual"]
    assert the_only(desk).state is JobState.WAITING


def test_what_was_seen_to_meanwhile_is_not_aimed(desk):
    jobs_ = [queue_print(desk, a_sheet(), printer=printer) for printer in ("", "", "Máy in B")]
    discard(desk, jobs_[0])
    aimed = aim(desk, jobs_, printer="Máy in A")
    assert [(job.id, job.printer) for job in aimed] == [(jobs_[1], "Máy in A")]


def test_papers_that_somebody_may_wait_for_are_counted(desk, job):
    assert desk_status(desk).unprinted == 1
    sending = begin_sending(desk, job)
    assert desk_status(desk).unprinted == 0
    end_sending(desk, sending.job, JobState.FAILED, problem="…")
    assert desk_status(desk).unprinted == 1
    mark(desk, job, JobState.DONE)
    assert desk_status(desk).unprinted == 0


@pytest.mark.parametrize("state", JobState)
def test_what_has_ended_stays_as_it_is(desk, job, state):
    discard(desk, job)
    assert not AFTER[JobState.DISCARDED]
    with pytest.raises(PrintJobGone):
        mark(desk, job, state)
