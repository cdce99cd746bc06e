"""What was entered wrongly and is taken back: exemptions, and what was served at once."""

from uuid import UUID

import pytest

from counter_app.domain import operation as op
from counter_app.domain.entry import check_voiding
from counter_app.domain.officer import Role
from counter_app.domain.operation import ExemptionReversed, FeePaid, PaymentMeans, Served, Voided
from counter_app.domain.payment import PaymentState, balance_of
from counter_app.domain.status import Status
from counter_app.errors import (
    ExemptionGone,
    IllegalTransition,
    IncompleteEntry,
    InvalidField,
    MoneyTaken,
    MoreThanOwed,
    NotPermitted,
    UnknownExemption,
)
from counter_app.services import payments
from counter_app.services.acting import act, possible_now
from counter_app.services.payments import pay, reverse
from counter_app.services.preparing import barred_now
from counter_app.services.summary import daily_summary
from tests.factories import EXAMPLES, a_party
from tests.office import is_sound, register, with_roles

CASH = PaymentMeans.CASH


@pytest.fixture
def exempt(desk):
    """A dossier whose fee of 30.000 was let off."""
    made = register(desk, procedure="1.004746")
    payments.assess(desk, made.id, "registration", 30_000)
    return payments.exempt(desk, made.id, "poor", "Giấy số 1")


@pytest.fixture
def served(desk):
    """A copy that was certified and handed over at once, for 3.000."""
    made = register(desk, procedure="2.000815", answers={"copies": 1, "pages": 2})
    return act(desk, made.id, Served(result="Bản sao", collector=a_party()))


def test_what_was_let_off_wrongly_is_owed_again_and_stays_readable(desk, exempt):
    (granted,) = exempt.exemptions
    after = payments.take_exemption_back(desk, exempt.id, granted.id, "Giấy của người khác")
    assert (after.owed, after.exempted) == (30_000, 0)
    assert balance_of(after).state is PaymentState.OWED
    (kept,) = after.exemptions
    assert (kept.amount, kept.evidence) == (30_000, "Giấy số 1")
    assert kept.taken_back.reason == "Giấy của người khác"
    counted = daily_summary(desk, desk.business_date)
    assert (counted.value("exempted"), counted.value("owed")) == (0, 30_000)
    assert payments.exempt(desk, exempt.id, "poor", "Giấy số 2").owed == 0
    assert is_sound(desk)


def test_an_exemption_is_taken_back_once_by_a_supervisor_for_a_reason(desk, exempt):
    (granted,) = exempt.exemptions
    cashier = with_roles(desk, Role.CASHIER)
    with pytest.raises(NotPermitted):
        payments.take_exemption_back(cashier, exempt.id, granted.id, "x")
    with pytest.raises(IncompleteEntry):
        payments.take_exemption_back(desk, exempt.id, granted.id, " ")
    with pytest.raises(UnknownExemption, match=str(granted.id)):
        payments.take_exemption_back(desk, exempt.id, UUID(int=1), "x")
    with pytest.raises(InvalidField, match=r"30\.000"):
        act(desk, exempt.id, ExemptionReversed(reason="x", amount=29_999))
    payments.take_exemption_back(desk, exempt.id, granted.id, "x")
    with pytest.raises(ExemptionGone):
        payments.take_exemption_back(desk, exempt.id, granted.id, "x")
    with pytest.raises(UnknownExemption):
        act(desk, exempt.id, ExemptionReversed(reason="x"))


def test_taking_back_is_offered_only_where_something_was_let_off(desk, exempt):
    bare = register(desk, procedure="1.004746")
    offered = [{p.kind for p in possible_now(desk, each)} for each in (exempt, bare)]
    assert ["exemption_reversed" in kinds for kinds in offered] == [True, False]


def test_what_was_served_by_mistake_is_voided_and_counts_as_nothing(desk, served):
    assert daily_summary(desk, desk.business_date).value("returned") == 1
    after = act(desk, served.id, Voided(reason="Nhầm người"))
    assert (after.status, after.voided, after.code) == (Status.STOPPED, True, served.code)
    assert (after.returned_at, after.finished_at, after.owed) == (None, None, 0)
    counted = daily_summary(desk, desk.business_date)
    figures = ("received", "voided", "finished", "returned", "voided_earlier")
    assert [counted.value(each) for each in figures] == [0, 1, 0, 0, 0]
    with pytest.raises(IllegalTransition):
        act(desk, served.id, Voided(reason="Nhầm người"))
    assert is_sound(desk)


def test_money_that_was_taken_goes_back_before_a_dossier_is_voided(desk, served):
    paid = pay(desk, served.id, served.owed, CASH)
    assert "voided" not in {each.kind for each in possible_now(desk, paid.dossier)}
    assert isinstance(barred_now(desk, paid.dossier)["voided"], MoneyTaken)
    with pytest.raises(MoneyTaken, match=r"3\.000|4\.000|2\.000"):
        act(desk, served.id, Voided(reason="Nhầm người"))
    reverse(desk, served.id, paid.payment.id, "Nhầm người")
    after = act(desk, served.id, Voided(reason="Nhầm người"))
    balance = balance_of(after)
    assert (balance.owed, balance.excess, balance.paid) == (0, 0, 0)
    with pytest.raises(MoreThanOwed):
        pay(desk, served.id, 1000, CASH)


def test_what_was_examined_and_returned_is_never_voided(desk):
    chief = with_roles(desk, *Role)
    made = register(chief)
    for kind in ("forwarded", "finished", "result_returned"):
        made = act(chief, made.id, EXAMPLES[kind])
    assert "voided" not in {each.kind for each in possible_now(chief, made)}
    assert "voided" not in barred_now(chief, made)
    with pytest.raises(IllegalTransition):
        check_voiding(made)


def test_by_hand_no_more_is_booked_than_is_owed_unless_it_is_meant(desk, served):
    much = FeePaid(amount=served.owed + 1, means=CASH)
    with pytest.raises(MoreThanOwed):
        act(desk, served.id, much)
    exact = act(desk, served.id, FeePaid(amount=served.owed, means=CASH, beyond=True))
    assert exact.owed == 0
    more = act(desk, served.id, FeePaid(amount=1, means=CASH, beyond=True))
    assert balance_of(more).excess == 1


def test_on_the_journal_it_stands_whether_more_was_booked_on_purpose(desk, served):
    from counter_app.services.viewing import open_dossier

    act(desk, served.id, FeePaid(amount=served.owed, means=CASH, beyond=True))
    act(desk, served.id, FeePaid(amount=1, means=CASH, beyond=True))
    entries = open_dossier(desk, served.id).entries
    paid = [e.operation.body for e in entries if isinstance(e.operation.body, op.FeePaid)]
    assert [body.beyond for body in paid] == [True, False]  # the newest first
