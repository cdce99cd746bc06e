"""From what was typed to a durable dossier with its code, or to nothing at all."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.domain.dossier_code import parts
from counter_app.domain.officer import Role
from counter_app.domain.operation import ClockQuality, Received
from counter_app.domain.receipt_code import dossier_id_of, parse_receipt_code, pin_of
from counter_app.domain.status import Status
from counter_app.errors import (
    ImpossibleClock,
    IncompleteIntake,
    InvalidField,
    InvalidForm,
    NoCodesLeft,
    NotPermitted,
    StoreFull,
    UnknownProcedure,
)
from counter_app.services.drafts import keep_draft, unfinished
from counter_app.services.numbers import open_reserve
from counter_app.services.registration import problems_of, register_dossier
from counter_app.services.setting_up import set_up
from counter_app.store import timeline
from counter_app.wire.signing import ReceiptVerdict, verify_receipt
from tests.factories import VIETNAM, a_party, an_intake
from tests.office import MONDAY, a_new_desk, counts, is_sound, kinds, register, with_roles

TOKEN = bytes(range(16))
LAND = "1.012783"


def test_a_dossier_has_its_code_its_receipt_and_its_promise(desk):
    dossier = register_dossier(desk, an_intake(), token=TOKEN)
    assert dossier.code == "H57.132-261123-0001"
    assert dossier.status is Status.RECEIVED
    assert dossier.id == dossier_id_of(TOKEN)
    received = dossier.received
    assert received.applicant.full_name == "Trần Văn Thử"
    assert [paper.id for paper in received.papers] == ["application", "birth_note", "identity"]
    assert received.received_at == MONDAY
    assert received.due_at == MONDAY.replace(hour=17, minute=0)
    receipt = parse_receipt_code(received.receipt)
    assert receipt.dossier_code == dossier.code
    assert receipt.pin == pin_of(TOKEN)
    assert verify_receipt(receipt, {desk.key.key_id: desk.key.public}) is ReceiptVerdict.GENUINE


def test_pressing_twice_makes_one_dossier_and_uses_one_number(desk):
    first = register_dossier(desk, an_intake(), token=TOKEN)
    again = register_dossier(desk, an_intake(), token=TOKEN)
    assert again == first
    assert kinds(desk).count("received") == 1
    assert register(desk).code.endswith("-0002")


def test_pressing_twice_after_the_form_was_changed_makes_no_second_one(desk):
    first = register_dossier(desk, an_intake(), token=TOKEN)
    changed = an_intake(applicant=a_party(full_name="Trần Văn Khác Thử"))
    assert register_dossier(desk, changed, token=TOKEN).received == first.received


def test_numbers_run_up_without_a_gap(desk):
    assert [parts(register(desk).code).serial for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"procedure": "9.999999"}, UnknownProcedure),
        ({"procedure": ""}, UnknownProcedure),
        ({"components": ()}, IncompleteIntake),
        ({"applicant": a_party(full_name=" \u00a0 ")}, IncompleteIntake),
        ({"applicant": a_party(full_name="Nguyễn\0Thử")}, InvalidField),
        ({"applicant": a_party(id_number="00109000001")}, InvalidField),
        ({"applicant": a_party(birth_date="30/02/1990")}, InvalidField),
        ({"applicant": a_party(birth_date="2026-11-24")}, InvalidField),
        ({"case": "no_such_case"}, InvalidField),
        ({"answers": {"no_such_question": "x"}}, InvalidField),
    ],
)
def test_nothing_happens_when_the_intake_is_refused(desk, changes, error):
    before = counts(desk)
    with pytest.raises(error):
        register(desk, **changes)
    assert counts(desk) == before
    assert register(desk).code.endswith("-0001")


def test_nothing_happens_for_somebody_who_may_not_receive(desk):
    before = counts(desk)
    with pytest.raises(NotPermitted):
        register(with_roles(desk, Role.CASHIER))
    assert counts(desk) == before


def test_nothing_happens_when_the_disk_is_full(desk):
    register(desk)
    with desk.store.begin() as uow:
        pages = uow.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        uow.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    before = counts(desk)
    with pytest.raises(StoreFull):  # what is left of the last pages may hold a few more
        for _ in range(20):
            before = counts(desk)
            register(desk, note="Ghi chú thử. " * 300)
    assert counts(desk) == before
    with desk.store.begin() as uow:
        uow.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert register(desk).status is Status.RECEIVED  # without being opened anew
    assert is_sound(desk)


def test_nothing_happens_when_the_printed_form_is_not_as_it_should_be(desk, tmp_path):
    (tmp_path / "own" / "print").mkdir(parents=True)
    (tmp_path / "own" / "print" / "receipt.toml").write_text('id = "receipt"', "utf-8")
    before = counts(desk)
    with pytest.raises(InvalidForm, match=r"print/receipt\.toml"):
        register(replace(desk, catalogue=load_catalogue(tmp_path / "own")))
    assert counts(desk) == before


def test_the_wording_of_the_law_is_kept_once(desk):
    register(desk)
    kept = counts(desk)["form_version"]
    register(desk)
    assert counts(desk)["form_version"] == kept == 2


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (time(14, 59), datetime(2026, 11, 23, 17, tzinfo=VIETNAM)),
        # The 24th of November is a holiday.
        (time(15, 1), datetime(2026, 11, 25, 17, tzinfo=VIETNAM)),
    ],
)
def test_what_comes_after_three_is_promised_for_the_next_working_day(desk, clock, received, due):
    clock.at = datetime.combine(MONDAY.date(), received, VIETNAM)
    assert register(desk).due_at == due


def test_what_comes_on_a_saturday_counts_from_monday(desk, clock):
    clock.at = datetime(2026, 11, 28, 9, tzinfo=VIETNAM)
    saturday = replace(desk, business_date=clock.at.date())
    assert register(saturday).due_at == datetime(2026, 11, 30, 17, tzinfo=VIETNAM)


def test_a_procedure_without_a_deadline_promises_nothing(desk):
    dossier = register(desk, procedure=LAND, case="project", answers=answers_of(desk, LAND))
    assert dossier.due_at is None
    assert parse_receipt_code(dossier.received.receipt).due_on is None


def test_every_procedure_can_be_received(desk):
    for file in desk.catalogue.procedures(desk.business_date):
        for case in [each.id for each in file.form.case] or [None]:
            dossier = register(
                desk, procedure=file.form.code, case=case, answers=answers_of(desk, file.form.code)
            )
            assert dossier.received.procedure == file.ref
    assert is_sound(desk)


def test_the_day_is_what_the_officer_says_and_not_the_clock(desk, clock):
    clock.at = datetime(2026, 11, 24, 0, 10, tzinfo=VIETNAM)  # a shift that goes past midnight
    dossier = register(desk)
    assert parts(dossier.code).date == MONDAY.date()
    assert dossier.received.received_at.date() == MONDAY.date()


@pytest.mark.parametrize("year", [1970, 2019, 2100])
def test_a_clock_that_no_code_can_tell_is_refused_before_anything_is_written(desk, clock, year):
    clock.at = MONDAY.replace(year=year)
    wrong = replace(desk, business_date=clock.at.date())
    before = counts(desk)
    with pytest.raises(ImpossibleClock, match=f"23/11/{year}"):
        register(wrong)
    assert counts(desk) == before
    assert register(desk).code.endswith("-0001")


def test_the_last_day_of_the_century_can_be_printed(desk, clock):
    clock.at = MONDAY.replace(year=2099, month=12, day=31)
    last = replace(desk, business_date=clock.at.date())
    dossier = register(last)
    assert dossier.code == "H57.132-991231-0001"
    assert parse_receipt_code(dossier.received.receipt).received_on == date(2099, 12, 31)
    assert is_sound(desk)


def test_no_code_comes_twice_however_the_clock_jumps(desk, folder, enter, clock):
    codes = [register(desk).code]
    desk.store.close()
    for moment in (
        MONDAY.replace(year=2099),
        MONDAY,
        MONDAY.replace(day=22),  # backward
        MONDAY,
        MONDAY.replace(year=2099),
        MONDAY.replace(hour=8),
    ):
        clock.at = moment
        desk = enter(folder)
        codes += [register(desk).code, register(desk).code]
        assert is_sound(desk)
        desk.store.close()
    assert len(set(codes)) == len(codes)


def test_a_backward_clock_works_on_the_last_confirmed_day_and_is_doubted(
    desk, folder, enter, clock
):
    desk.store.close()
    clock.at = MONDAY.replace(year=1970)
    late = enter(folder)
    assert late.business_date == MONDAY.date()
    assert late.clock_quality is ClockQuality.DOUBTFUL
    assert register(late).code == "H57.132-261123-0001"


def test_when_the_numbers_are_used_up_a_supervisor_opens_the_reserve(tmp_path, enter):
    set_up(tmp_path, a_new_desk(codes=(1, 200)))
    desk = enter(tmp_path)
    with desk.store.begin() as uow:
        uow.raise_counter(desk.agency, desk.business_date, 149)
    assert register(desk).code.endswith("-0150")
    before = counts(desk)
    with pytest.raises(NoCodesLeft):
        register(desk, token=TOKEN)
    assert counts(desk) == before
    open_reserve(desk)
    assert register(desk, token=TOKEN).code.endswith("-0151")
    assert is_sound(desk)


def test_a_draft_is_gone_when_it_has_become_a_dossier(desk):
    keep_draft(desk, an_intake(), token=TOKEN)
    assert [draft.token for draft in unfinished(desk)] == [TOKEN]
    register_dossier(desk, an_intake(), token=TOKEN)
    assert unfinished(desk) == []


def test_what_was_received_comes_back_as_it_was(desk):
    dossier = register(desk, answers={"child_name": "Trần Thử 👶 <b>&amp;"}, note="a\nb")
    with desk.store.read() as connection:
        found = timeline.dossier(connection, dossier.id)
    assert found == dossier
    assert isinstance(found.received, Received)
    assert found.received.answers["child_name"] == "Trần Thử 👶 <b>&amp;"


def test_the_case_and_usual_answers_are_presumed(desk):
    received = register(desk).received
    assert received.case == "birth_note"
    assert received.answers == {"in_time": "yes"}


def test_what_is_missing_is_told_before_anything_is_chosen(desk):
    blank = an_intake(procedure="", applicant=a_party(full_name=""))
    fields = [problem.field for problem in problems_of(desk, blank, None)]
    assert fields == ["applicant.full_name", "procedure"]


def answers_of(desk, code):
    """Return answers to all that a procedure requires."""
    form = desk.catalogue.procedure(code, desk.business_date).form
    answers = {"date": "2020-01-02", "number": 1, "text": "Thử"}
    return {
        question.id: question.choices[0].id if question.choices else answers[question.type]
        for question in form.question
        if question.required and question.default is None
    }
