"""What is owed, and that no path makes money vanish."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain import operation as op
from counter_app.domain.dossier import Dossier, fold, step
from counter_app.domain.fee import FeeKind, FeeLine
from counter_app.domain.money_entry import MONEY, money_entered
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.payment import (
    Account,
    PaymentRules,
    PaymentState,
    ReceiptKind,
    balance_of,
    desk_mark,
    left_to_exempt,
    payment_number,
)
from counter_app.errors import (
    CounterError,
    ExemptTooMuch,
    FeeNotEntered,
    IncompleteEntry,
    InvalidField,
    MoreThanIsLeft,
    TenderedTooLittle,
    UnknownFee,
    UnknownPayment,
)
from tests.factories import DESK_ID, DOSSIER_ID, a_received, an_operation

RULES = PaymentRules(
    version=1,
    effective_from=date(2025, 7, 1),
    legal_basis="x",
    source="x",
    paper_receipts_until=date(2026, 12, 31),
    receipt_digits=8,
)
CASH = PaymentMeans.CASH


def a_line(line="fee", amount=8000, quantity=1):
    return FeeLine(id=line, name="Lệ phí", kind=FeeKind.FEE, unit_amount=amount, quantity=quantity)


ONE = (a_line(),)


def lived(*bodies, fees=ONE):
    return fold(DOSSIER_ID, map(an_operation, (a_received(fees=fees), *bodies)))


def paid(amount, **changes):
    return op.FeePaid(**{"amount": amount, "means": CASH} | changes)


def entered(dossier, body):
    """Enter `body` on a dossier by the rules, and return what has become of it."""
    return step(dossier, an_operation(money_entered(body, dossier, RULES)))


sums = st.integers(1, 30_000)
payments = st.sampled_from([UUID(int=n) for n in range(3)])
bodies = st.one_of(
    st.builds(op.FeePaid, amount=sums, means=st.sampled_from(PaymentMeans), tendered=sums),
    st.builds(op.FeeReversed, amount=sums, reason=st.just("x"), payment=st.none() | payments),
    st.builds(
        op.FeeAssessed,
        line=st.sampled_from(("known", "unknown", "strange")),
        unit_amount=st.integers(0, 20_000),
        quantity=st.integers(1, 3),
        reason=st.sampled_from(("", "Đếm lại")),
    ),
    st.builds(
        op.FeeExempted,
        amount=sums,
        ground=st.just("x"),
        evidence=st.just("x"),
        line=st.sampled_from(("", "known", "unknown", "strange")),
    ),
    st.just(op.Voided(reason="x")),
)
FEES = (a_line("known", 8000, 2), a_line("unknown", None))


def adds_up(dossier):
    balance = balance_of(dossier)
    assert balance.charged + balance.excess == balance.exempted + balance.paid + balance.owed
    assert min(balance.owed, balance.excess) == 0
    assert dossier.owed == balance.owed
    assert balance.state in PaymentState
    return balance


@given(st.lists(bodies, max_size=12))
def test_the_parts_make_the_whole_whatever_comes_from_elsewhere(history):
    balance = adds_up(lived(*history, fees=FEES))
    assert balance.owed >= 0


@given(st.lists(bodies, max_size=12))
def test_by_the_rules_nothing_is_lost_and_nothing_is_given_twice(history):
    dossier = lived(fees=FEES)
    for body in history:
        if not isinstance(body, MONEY):
            continue
        if isinstance(body, op.FeeReversed) and body.payment and dossier.payments:
            place = body.payment.int % len(dossier.payments)
            body = replace(body, payment=dossier.payments[place].id)  # noqa: PLW2901
        try:
            dossier = entered(dossier, body)
        except CounterError:
            continue
    balance = adds_up(dossier)
    assert balance.paid == sum(payment.left for payment in dossier.payments) >= 0
    assert all(payment.left >= 0 for payment in dossier.payments)
    assert 0 <= balance.exempted <= balance.charged
    assert dossier.charged == sum(line.amount or 0 for line in dossier.fees)


def test_what_nobody_has_entered_is_not_nothing():
    balance = balance_of(lived(fees=FEES))
    assert (balance.owed, balance.state) == (16_000, PaymentState.UNKNOWN)
    assert [line.id for line in balance.unknown] == ["unknown"]
    known = entered(lived(fees=FEES), op.FeeAssessed(line="unknown", unit_amount=5000))
    assert balance_of(known).owed == 21_000
    assert balance_of(known).is_known


@pytest.mark.parametrize(
    ("fees", "bodies", "state"),
    [
        ((), (), PaymentState.FREE),
        ((a_line(amount=0),), (), PaymentState.FREE),
        ((a_line(),), (), PaymentState.OWED),
        ((a_line(),), (paid(3000),), PaymentState.OWED),
        ((a_line(),), (paid(8000),), PaymentState.PAID),
        ((a_line(),), (paid(9000),), PaymentState.EXCESS),
        ((a_line(amount=None),), (), PaymentState.UNKNOWN),
        (
            (a_line(),),
            (op.TransferRequested(amount=8000, account="x", purpose="x"),),
            PaymentState.WAITING,
        ),
        (
            (a_line(),),
            (op.FeeExempted(amount=8000, ground="x", evidence="x"),),
            PaymentState.EXEMPT,
        ),
        ((a_line(),), (op.Voided(reason="x"),), PaymentState.FREE),
        ((a_line(),), (paid(8000), op.Voided(reason="x")), PaymentState.EXCESS),
    ],
)
def test_how_the_money_stands_in_a_word(fees, bodies, state):
    assert balance_of(lived(*bodies, fees=fees)).state is state


def test_of_a_dossier_received_elsewhere_only_what_was_paid_here_is_known():
    dossier = fold(DOSSIER_ID, [an_operation(paid(8000))])
    balance = adds_up(dossier)
    assert (balance.paid, balance.owed, balance.excess) == (8000, 0, 0)
    assert balance.state is PaymentState.ELSEWHERE


def test_less_than_the_price_is_no_payment_of_it():
    with pytest.raises(TenderedTooLittle, match=r"3\.000"):
        entered(lived(), paid(8000, tendered=5000))
    assert entered(lived(), paid(8000, tendered=10_000)).payments[0].tendered == 10_000
    assert entered(lived(), paid(5000, tendered=5000)).owed == 3000
    with pytest.raises(InvalidField, match="tendered"):
        entered(lived(), paid(8000, tendered=8000, means=PaymentMeans.TRANSFER))


def test_what_is_given_back_is_of_one_payment_and_no_more_than_is_left_of_it():
    dossier = lived(paid(8000), paid(5000), fees=(a_line(amount=13_000),))
    first, second = dossier.payments
    with pytest.raises(UnknownPayment):  # either could be meant
        entered(dossier, op.FeeReversed(amount=5000, reason="x"))
    only = entered(dossier, op.FeeReversed(amount=6000, reason="x"))
    assert [payment.left for payment in only.payments] == [2000, 5000]
    back = entered(dossier, op.FeeReversed(amount=5000, reason="x", payment=second.id))
    assert (back.paid, back.owed) == (8000, 5000)
    with pytest.raises(MoreThanIsLeft):
        entered(back, op.FeeReversed(amount=1, reason="x", payment=second.id))
    with pytest.raises(MoreThanIsLeft):
        entered(back, op.FeeReversed(amount=8001, reason="x"))
    with pytest.raises(UnknownPayment, match=r"8\.000"):
        entered(back, op.FeeReversed(amount=1, reason="x", payment=UUID(int=1)))
    with pytest.raises(UnknownPayment):
        entered(lived(), op.FeeReversed(amount=1, reason="x"))
    assert back.payments[1].reversals[0].amount == 5000
    assert first.left == 8000


def test_what_another_desk_has_taken_may_be_given_back_here():
    elsewhere = op.FeeReversed(amount=5000, reason="x", payment=UUID(int=1))
    assert money_entered(elsewhere, Dossier(id=DOSSIER_ID), RULES) == elsewhere


def test_no_more_is_let_off_than_is_charged():
    two = (a_line("a", 8000), a_line("b", 5000))
    once = entered(lived(fees=two), op.FeeExempted(amount=8000, ground="x", evidence="x", line="a"))
    assert (left_to_exempt(once, "a"), left_to_exempt(once, "b")) == (0, 5000)
    with pytest.raises(ExemptTooMuch):
        entered(once, op.FeeExempted(amount=1, ground="x", evidence="x", line="a"))
    with pytest.raises(ExemptTooMuch):
        entered(once, op.FeeExempted(amount=5001, ground="x", evidence="x"))
    with pytest.raises(InvalidField, match="unit_amount"):
        entered(once, op.FeeAssessed(line="a", unit_amount=7000, reason="Đếm lại"))
    with pytest.raises(FeeNotEntered):
        unknown = op.FeeExempted(amount=1, ground="x", evidence="x", line="unknown")
        entered(lived(fees=FEES), unknown)


def test_an_amount_is_put_right_for_a_reason_and_on_a_line_that_is_there():
    with pytest.raises(IncompleteEntry, match="reason"):
        entered(lived(), op.FeeAssessed(line="fee", unit_amount=9000))
    right = entered(lived(), op.FeeAssessed(line="fee", unit_amount=9000, reason="Đếm lại"))
    assert right.owed == 9000
    with pytest.raises(UnknownFee, match="fee"):
        entered(lived(), op.FeeAssessed(line="strange", unit_amount=9000))


@pytest.mark.parametrize("number", ["123456789", "12a", "-1", "１２", "1 2"])
def test_the_number_of_a_receipt_has_at_most_eight_digits(number):
    with pytest.raises(InvalidField, match="receipt_number"):
        entered(lived(), paid(8000, receipt_number=number))
    dossier = entered(lived(), paid(8000, receipt_number="00000001"))
    linked = op.ReceiptLinked(payment=dossier.payments[0].id, receipt_number=number)
    with pytest.raises(InvalidField):
        entered(dossier, linked)
    with pytest.raises(UnknownPayment):
        entered(dossier, replace(linked, payment=UUID(int=1), receipt_number="2"))
    right = entered(dossier, replace(linked, receipt_number="2"))
    assert right.payments[0].receipt_number == "2"


def test_a_receipt_is_of_paper_until_the_last_day_of_2026():
    assert RULES.receipt_kind(date(2026, 12, 31)) is ReceiptKind.PAPER
    assert RULES.receipt_kind(date(2027, 1, 1)) is ReceiptKind.ELECTRONIC


def test_a_payment_is_numbered_by_desk_and_year():
    mark = desk_mark(DESK_ID, 1)
    assert len(mark) == 4
    assert payment_number(mark, 2026, 123) == f"PT26-{mark}-000123"
    assert payment_number(mark, 2027, 1, back=True) == f"PC27-{mark}-000001"
    # A desk that was restored counts again what it has counted, and must not be taken for it.
    assert desk_mark(DESK_ID, 2) != mark


def test_an_account_that_no_app_could_read_is_refused():
    with pytest.raises(ValueError, match="BIN"):
        Account(bank="x", bin="97043", number="1", holder="x")
