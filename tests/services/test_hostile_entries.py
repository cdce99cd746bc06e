"""What a hostile expert of the one-stop desk would try: clocks, sums and late news."""

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from counter_app.domain import operation as op
from counter_app.domain.dossier import step
from counter_app.domain.officer import Role
from counter_app.domain.operation import Forwarded
from counter_app.domain.papers import MissingPaper
from counter_app.domain.status import Status
from counter_app.errors import InvalidField
from counter_app.services.acting import act
from counter_app.services.business_day import confirm_day
from counter_app.services.preparing import prepare
from tests.factories import EXAMPLES, a_received, an_operation
from tests.office import is_sound, register, with_roles

DAY = timedelta(days=1)


@pytest.fixture
def chief(desk):
    return with_roles(desk, *Role)


@pytest.fixture
def asked(chief):
    """A dossier whose clock was stopped to ask for a paper."""
    made = register(chief, procedure="1.004746")
    act(chief, made.id, Forwarded(unit="Tư pháp"))
    missing = (MissingPaper(name="Giấy chứng sinh", originals=1),)
    return act(chief, made.id, op.SupplementRequested(missing=missing, reason="Thiếu giấy"))


def test_who_goes_on_after_all_has_lost_nothing_of_the_time_that_stood_still(chief, clock, asked):
    act(chief, asked.id, op.WithdrawalRequested())
    clock.at += 7 * DAY
    later = confirm_day(chief, clock.at.date())
    told = prepare(later, asked.id, "withdrawal_taken_back").new_due
    after = act(later, asked.id, op.WithdrawalTakenBack())
    assert after.status is Status.PROCESSING
    assert after.due_at == told.at
    assert after.due_at >= asked.due_at + 6 * DAY
    assert is_sound(later)


def test_where_no_clock_stood_still_a_withdrawal_moves_no_hour(chief, clock):
    made = register(chief, procedure="1.004746")
    act(chief, made.id, op.WithdrawalRequested())
    clock.at += DAY
    after = act(confirm_day(chief, clock.at.date()), made.id, op.WithdrawalTakenBack())
    assert after.due_at == made.due_at
    assert prepare(chief, made.id, "withdrawal_taken_back").new_due is None


def test_a_clock_that_went_on_again_is_not_counted_as_standing(chief, clock, asked):
    act(chief, asked.id, op.SupplementReceived(papers=EXAMPLES["supplement_received"].papers))
    act(chief, asked.id, op.WithdrawalRequested())
    before = register(chief)
    clock.at += DAY
    after = act(confirm_day(chief, clock.at.date()), asked.id, op.WithdrawalTakenBack())
    assert before.id != after.id
    assert after.due_at.date() < (clock.at + 30 * DAY).date()


def test_a_desk_whose_clock_stood_in_another_decade_promises_nobody_half_a_century(chief, asked):
    act(chief, asked.id, op.SupplementReceived(papers=EXAMPLES["supplement_received"].papers))
    wrong = an_operation(
        op.ObligationSet(amount=1, reason="x"),
        on=asked.id,
        wall_utc=asked.received.received_at.replace(year=1970),
        role=Role.SPECIALIST,
    )
    with chief.store.begin() as uow:
        uow.append(wrong)
    after = act(chief, asked.id, op.ObligationMet(evidence="Biên lai 1"))
    assert after.due_at - asked.due_at < 60 * DAY


@pytest.mark.parametrize("changes", [{"quantity": 0}, {"quantity": -1}])
def test_of_a_fee_there_is_at_least_one(desk, changes):
    made = register(desk, procedure="1.004746")
    body = op.FeeAssessed(line="registration", unit_amount=30_000)
    with pytest.raises(InvalidField):
        act(desk, made.id, replace(body, **changes))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("finished", {"signed_at": timedelta(days=2)}),
        ("finished", {"issued_at": timedelta(days=2)}),
        ("supplement_requested", {"until": timedelta(days=-1)}),
    ],
)
def test_no_day_is_entered_that_cannot_be(chief, clock, kind, changes):
    made = register(chief, procedure="1.004746")
    act(chief, made.id, Forwarded(unit="Tư pháp"))
    days = {name: clock.at + away for name, away in changes.items()}
    if "until" in days:
        days["until"] = days["until"].date()
    with pytest.raises(InvalidField):
        act(chief, made.id, replace(EXAMPLES[kind], **days))


def test_nothing_is_issued_before_it_is_signed(chief, clock):
    made = register(chief, procedure="1.004746")
    act(chief, made.id, Forwarded(unit="Tư pháp"))
    hours = {"signed_at": clock.at, "issued_at": clock.at - DAY}
    with pytest.raises(InvalidField):
        act(chief, made.id, replace(EXAMPLES["finished"], **hours))


def test_two_desks_apart_one_withdraws_and_one_returns_and_the_result_is_out():
    """Whichever of the two the centre hears of first."""
    entered = [an_operation(EXAMPLES[k]) for k in ("withdrawal_requested", "result_returned")]
    begun = [an_operation(b) for b in (a_received(), EXAMPLES["forwarded"], EXAMPLES["finished"])]
    from counter_app.domain.dossier import fold

    first, second = entered
    for order in ((first, second), (second, first)):
        assert fold(UUID(int=1), [*begun, *order]).status is Status.RETURNED
    late = step(fold(UUID(int=1), [*begun, second]), an_operation(EXAMPLES["stopped"]))
    assert late.status is Status.RETURNED
