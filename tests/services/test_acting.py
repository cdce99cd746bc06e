"""What follows reception: only what the rules allow, by whoever may do it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from counter_app.domain import operation as op
from counter_app.domain.deadline import Deadline
from counter_app.domain.officer import Role
from counter_app.domain.operation import (
    FeePaid,
    Forwarded,
    Noted,
    ObligationMet,
    PaymentMeans,
    ResultReturned,
    SupplementReceived,
    Voided,
)
from counter_app.domain.status import Status
from counter_app.errors import IllegalTransition, InvalidField, NeedsNewerProgram, NotPermitted
from counter_app.services.acting import act
from counter_app.services.business_day import confirm_day
from counter_app.store.timeline import timeline
from tests.factories import EXAMPLES, an_operation
from tests.office import counts, is_sound, kinds, register, with_roles


def test_a_dossier_goes_on_from_where_it_stood(desk):
    dossier = register(desk)
    after = act(desk, dossier.id, Forwarded(unit="Bộ phận tư pháp", hand_over="BG-01"))
    assert after.status is Status.PROCESSING
    assert kinds(desk)[-1] == "forwarded"
    assert is_sound(desk)


def test_what_the_rules_do_not_allow_leaves_no_trace(desk):
    dossier = register(desk)
    act(desk, dossier.id, Voided(reason="Nhập nhầm"))
    before = counts(desk)
    with pytest.raises(IllegalTransition):
        act(desk, dossier.id, Voided(reason="Lần nữa"))
    assert counts(desk) == before


def test_it_is_done_by_whoever_may(desk):
    dossier = register(desk)
    before = counts(desk)
    with pytest.raises(NotPermitted):
        act(with_roles(desk, Role.RECEPTION), dossier.id, Voided(reason="Nhập nhầm"))
    assert counts(desk) == before


def test_a_fact_can_be_noted_on_a_dossier_that_was_received_elsewhere(desk):
    paid = act(
        desk,
        UUID(int=9),
        FeePaid(amount=8000, means=PaymentMeans.CASH, receipt_number="", payer=""),
    )
    assert (paid.received, paid.status, paid.paid) == (None, None, 8000)


def test_what_a_newer_program_has_done_is_not_touched(desk):
    dossier = register(desk)
    newer = an_operation(Noted(text="x"), on=dossier.id, kind="from_tomorrow", version=9)
    with desk.store.begin() as uow:
        uow.append(newer)
    before = counts(desk)
    with pytest.raises(NeedsNewerProgram):
        act(desk, dossier.id, Noted(text="y"))
    assert counts(desk) == before


def supplemented(desk, clock, *, pause, days):
    """Ask for a supplement a day after reception, and take it in so many days later."""
    dossier = register(desk)
    rule = Deadline(unit="working_days", value=5, pause=pause)
    due_at = desk.catalogue.calendar.closing(date(2026, 11, 30))
    with desk.store.begin() as uow:  # the same reception under another rule
        received = replace(dossier.received, deadline=rule, due_at=due_at)
        uow.append(an_operation(received, on=UUID(int=8)))
    act(desk, UUID(int=8), Forwarded(unit="Tư pháp"))
    clock.at += timedelta(days=1)
    act(confirm_day(desk, clock.at.date()), UUID(int=8), EXAMPLES["supplement_requested"])
    clock.at += timedelta(days=days)
    brought = SupplementReceived(papers=EXAMPLES["supplement_received"].papers)
    return due_at, act(confirm_day(desk, clock.at.date()), UUID(int=8), brought)


def test_after_a_supplement_the_clock_stood_still_or_begins_again_as_the_rule_says(desk, clock):
    due_at, dossier = supplemented(desk, clock, pause="pause", days=2)
    assert dossier.due_at == due_at + timedelta(days=2)
    with desk.store.read() as connection:
        last = timeline(connection, dossier.id)[-1].operation.body
    assert (last.due_before, last.due_at) == (due_at, dossier.due_at)


def test_after_a_supplement_the_whole_time_begins_again(desk, clock):
    _due_at, dossier = supplemented(desk, clock, pause="restart", days=2)
    assert dossier.due_at.date() == date(2026, 12, 3)


def test_what_was_paid_elsewhere_only_ever_made_the_clock_stand_still(desk, clock):
    dossier = register(desk, procedure="1.004746")
    act(desk, dossier.id, Forwarded(unit="Tư pháp"))
    act(desk, dossier.id, EXAMPLES["obligation_set"])
    clock.at += timedelta(days=2)  # of which one is a day off
    later = confirm_day(desk, clock.at.date())
    paid = act(later, dossier.id, ObligationMet(evidence="Biên lai 1"))
    assert paid.due_at == dossier.due_at + timedelta(days=1)


def test_on_a_dossier_received_elsewhere_nothing_follows_from_what_is_not_known(desk):
    brought = SupplementReceived(papers=EXAMPLES["supplement_received"].papers)
    assert act(desk, UUID(int=9), brought).due_at is None


def test_an_entry_is_based_on_what_the_centre_has_confirmed(desk):
    dossier = register(desk)
    with desk.store.begin() as uow:
        uow.connection.exec_driver_sql("UPDATE delivery SET state = 'acked', dossier_version = 1")
    act(desk, dossier.id, Noted(text="x"))
    with desk.store.read() as connection:
        assert timeline(connection, dossier.id)[-1].operation.header.base_version == 1


def test_a_result_that_is_not_there_is_returned_to_nobody(desk):
    dossier = register(desk)
    body = ResultReturned(collector=dossier.received.applicant, channel="desk", documents=())
    with pytest.raises(IllegalTransition):
        act(desk, dossier.id, body)


@pytest.mark.parametrize(
    ("field", "new", "stored"),
    [
        ("applicant.phone", "0912 345 678", "0912345678"),
        ("applicant.birth_date", "5/3/1990", "1990-03-05"),
        ("applicant.id_number", "001 090 000 055", "001090000055"),
        ("applicant.sex", "female", "female"),
    ],
)
def test_a_correction_is_stored_as_a_reception_would_be(desk, field, new, stored):
    dossier = register(desk)
    after = act(desk, dossier.id, op.Amended(field=field, new=new, reason="Nhập sai"))
    assert after.amendments[0].new == stored


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("applicant.phone", "12"),
        ("applicant.birth_date", "31/02/1990"),
        ("applicant.id_number", "00109"),
        ("applicant.full_name", ""),
        ("applicant.sex", "x"),
        ("applicant.email", "khong"),
    ],
)
def test_a_correction_cannot_say_what_a_reception_could_not(desk, field, new):
    dossier = register(desk)
    with pytest.raises(InvalidField) as refusal:
        act(desk, dossier.id, op.Amended(field=field, new=new, reason="Nhập sai"))
    assert refusal.value.values["field"] == "new"


def test_a_correction_is_held_to_what_was_corrected_before(desk):
    dossier = register(desk)
    for field, new in (("applicant.kind", "business"), ("applicant.id_number", "0100109106")):
        act(desk, dossier.id, op.Amended(field=field, new=new, reason="Nhập sai"))
    with pytest.raises(InvalidField):
        body = op.Amended(field="applicant.id_number", new="123456", reason="Nhập sai")
        act(desk, dossier.id, body)


def test_a_number_is_corrected_by_a_number(desk):
    answers = {"copies": 2, "pages": 3}
    dossier = register(desk, procedure="2.000815", answers=answers)
    with pytest.raises(InvalidField):
        act(desk, dossier.id, op.Amended(field="answers.copies", new="ba", reason="Nhập sai"))
    act(desk, dossier.id, op.Amended(field="answers.copies", new="3", reason="Nhập sai"))


@pytest.mark.parametrize("kind", ["supplement", "extension"])
def test_nobody_is_promised_an_hour_that_has_gone_by(desk, clock, kind):
    chief = with_roles(desk, *Role)
    dossier = register(desk, procedure="1.004746")
    act(chief, dossier.id, Forwarded(unit="Tư pháp"))
    gone = clock.at - timedelta(days=1)
    if kind == "supplement":
        asked = EXAMPLES["supplement_requested"]
        act(chief, dossier.id, replace(asked, due_before=None, until=None))
        papers = EXAMPLES["supplement_received"].papers
        body = SupplementReceived(papers=papers, due_at=gone)
    else:
        body = op.Extended(due_at=gone, reason="Chờ xác minh")
    with pytest.raises(InvalidField, match="đã qua"):
        act(chief, dossier.id, body)
