"""Taking money, giving it back and letting people off it, on a real desk."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from counter_app import assets
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.domain.officer import Role
from counter_app.domain.operation import FeePaid, PaymentMeans
from counter_app.domain.payment import PaymentState, ReceiptKind, balance_of
from counter_app.domain.vietqr import VietQr, parse_vietqr
from counter_app.errors import (
    FeeNotEntered,
    InvalidField,
    InvalidForm,
    MoreThanIsLeft,
    MoreThanOwed,
    NoAccount,
    NothingOwed,
    NotPermitted,
    TenderedTooLittle,
    UnknownFee,
    UnknownGround,
    UnknownPayment,
)
from counter_app.services import payments
from counter_app.services.acting import act
from counter_app.services.business_day import confirm_day
from counter_app.services.payments import pay
from tests.factories import EXAMPLES
from tests.office import counts, is_sound, kinds, register, with_roles

CASH, TRANSFER = PaymentMeans.CASH, PaymentMeans.TRANSFER
ACCOUNT = """
[account]
bank = "Ngân hàng Thử Nghiệm"
bin = "970436"
number = "1023456789"
holder = "UBND phường Phú Thử"
"""


def certified(desk, copies=2, pages=3):
    """Receive an application for certified copies: 5.000 a copy of three pages."""
    answers = {"copies": copies, "pages": pages}
    return register(desk, procedure="2.000815", answers=answers)


def remarried(desk):
    """Receive an application whose fee a council sets, and nobody has entered."""
    return register(desk, procedure="1.004746")


@pytest.fixture
def own(folder):
    """The folder with the law of the office itself."""
    return folder / "forms"


@pytest.fixture
def banked(desk, own):
    """The desk of an office that has named its account."""
    write_account(own, ACCOUNT)
    return with_law(desk, own)


def write_account(own, account):
    rules = own / "rules"
    rules.mkdir(parents=True, exist_ok=True)
    shipped = (assets.FORMS / "rules" / "payment.toml").read_text("utf-8")
    (rules / "payment.toml").write_text(shipped + account, "utf-8")


def with_law(desk, own):
    return replace(desk, catalogue=load_catalogue(own))


def test_cash_is_taken_and_the_change_is_told(desk):
    dossier = certified(desk)
    paid = pay(desk, dossier.id, 10_000, CASH, tendered=50_000, payer="Trần Văn Thử")
    assert (paid.change, paid.dossier.owed) == (40_000, 0)
    assert paid.payment.payer == "Trần Văn Thử"
    assert balance_of(paid.dossier).state is PaymentState.PAID
    assert is_sound(desk)


def test_a_part_now_and_the_rest_later(desk):
    dossier = certified(desk)
    first = pay(desk, dossier.id, 4000, CASH)
    second = pay(desk, dossier.id, 6000, PaymentMeans.POST)
    assert first.dossier.owed == 6000
    assert second.dossier.owed == 0
    assert [p.number[-6:] for p in second.dossier.payments] == ["000001", "000002"]
    assert len({p.number[:9] for p in second.dossier.payments}) == 1


def test_numbers_begin_anew_each_year_and_are_used_once_only(desk, clock):
    dossier = certified(desk)
    with pytest.raises(TenderedTooLittle):
        pay(desk, dossier.id, 4000, CASH, tendered=1000)
    assert pay(desk, dossier.id, 4000, CASH).number.endswith("-000001")
    clock.at = clock.at.replace(year=2027)
    later = confirm_day(desk, clock.at.date())
    paid = pay(later, dossier.id, 4000, CASH)
    assert paid.number.startswith("PT27-")
    assert paid.number.endswith("-000001")


def test_by_hand_a_payment_is_numbered_too_and_by_the_desk(desk):
    dossier = certified(desk)
    body = FeePaid(amount=10_000, means=CASH, number="PT00-XXXX-999999")
    assert act(desk, dossier.id, body).payments[0].number.endswith("-000001")


def test_more_than_is_owed_is_a_slip_unless_it_is_meant(desk):
    dossier = certified(desk)
    before = counts(desk)
    with pytest.raises(MoreThanOwed, match=r"100\.000"):
        pay(desk, dossier.id, 100_000, CASH)
    assert counts(desk) == before
    assert balance_of(pay(desk, dossier.id, 12_000, CASH, beyond=True).dossier).excess == 2000


def test_a_fee_that_nobody_has_entered_is_entered_first(desk):
    dossier = remarried(desk)
    with pytest.raises(FeeNotEntered, match="kết hôn"):
        pay(desk, dossier.id, 30_000, CASH)
    with pytest.raises(UnknownFee):
        payments.assess(desk, dossier.id, "strange", 30_000)
    assert payments.assess(desk, dossier.id, "registration", 30_000).owed == 30_000
    assert pay(desk, dossier.id, 30_000, CASH).dossier.owed == 0
    right = payments.assess(desk, dossier.id, "registration", 25_000, reason="Nghị quyết mới")
    assert balance_of(right).excess == 5000


def test_what_is_given_back_is_of_one_payment_by_a_supervisor_for_a_reason(desk):
    dossier = certified(desk)
    paid = pay(desk, dossier.id, 10_000, CASH)
    with pytest.raises(NotPermitted):
        payments.reverse(with_roles(desk, Role.CASHIER), dossier.id, paid.payment.id, "Thu nhầm")
    part = payments.reverse(desk, dossier.id, paid.payment.id, "Thu nhầm", amount=4000)
    assert (part.payment.left, part.dossier.owed) == (6000, 4000)
    assert part.number.startswith("PC26-")
    rest = payments.reverse(desk, dossier.id, paid.payment.id, "Thu nhầm", means=TRANSFER)
    assert (rest.payment.left, rest.dossier.owed) == (0, 10_000)
    before = counts(desk)
    with pytest.raises(MoreThanIsLeft):
        payments.reverse(desk, dossier.id, paid.payment.id, "Lần nữa", amount=1)
    with pytest.raises(UnknownPayment):
        payments.reverse(desk, dossier.id, UUID(int=1), "Lần nữa", amount=1)
    with pytest.raises(InvalidField):  # nothing is left
        payments.reverse(desk, dossier.id, paid.payment.id, "Lần nữa")
    assert counts(desk) == before
    assert kinds(desk).count("fee_reversed") == 2


def test_after_the_result_was_handed_out_what_is_owed_can_still_be_paid(desk):
    dossier = certified(desk)
    for kind in ("forwarded", "finished", "result_returned"):
        act(with_roles(desk, *Role), dossier.id, EXAMPLES[kind])
    assert pay(desk, dossier.id, 10_000, CASH).dossier.owed == 0


def test_on_a_dossier_received_elsewhere_money_can_be_taken(desk):
    assert pay(desk, UUID(int=9), 8000, CASH).dossier.paid == 8000
    assert payments.money_of(desk, UUID(int=10)).balance.paid == 0
    with pytest.raises(InvalidField, match="số tiền"):
        payments.amount_owed(desk, UUID(int=9))


def test_who_is_poor_pays_no_fee_of_civil_status(desk):
    dossier = remarried(desk)
    with pytest.raises(FeeNotEntered):
        payments.exempt(desk, dossier.id, "poor", "Giấy số 1")
    payments.assess(desk, dossier.id, "registration", 30_000)
    with pytest.raises(UnknownGround, match="merit_family"):
        payments.exempt(desk, dossier.id, "land_poor_household", "Giấy số 1")
    free = payments.exempt(desk, dossier.id, "poor", "Giấy số 1")
    assert (free.owed, balance_of(free).state) == (0, PaymentState.EXEMPT)
    (exemption,) = free.exemptions
    assert (exemption.evidence, exemption.line) == ("Giấy số 1", "registration")
    assert "60/2014" in exemption.legal_basis
    with pytest.raises(InvalidField):
        payments.exempt(desk, dossier.id, "poor", "Giấy số 1")


def test_a_fee_that_was_put_right_is_let_off_again_as_far_as_it_is_more(desk):
    dossier = remarried(desk)
    line = dossier.fees[0].id
    payments.assess(desk, dossier.id, line, 5_000)
    assert payments.exempt(desk, dossier.id, "poor", "Giấy số 1").owed == 0
    assert payments.assess(desk, dossier.id, line, 8_000, reason="Nhầm mức thu").owed == 3_000
    after = payments.exempt(desk, dossier.id, "poor", "Giấy số 1")
    assert (after.owed, after.exempted) == (0, 8_000)


def test_half_of_a_fee_is_let_off_once_by_one_ground(desk, own):
    (own / "rules").mkdir(parents=True)
    (own / "rules" / "exemptions.toml").write_text(
        """version = 2
effective_from = 2025-07-01
legal_basis = "Nghị quyết của Hội đồng nhân dân"
source = "x"
round_to = 1000

[[ground]]
id = "half"
name = "Giảm một nửa"
legal_basis = "Nghị quyết"
evidence = "Đơn"
percent = 50
source = "x"
""",
        "utf-8",
    )
    desk = with_law(desk, own)
    dossier = certified(desk, copies=1)  # 5.000, of which a half is rounded up to 3.000
    assert payments.exempt(desk, dossier.id, "half", "Đơn").owed == 2000
    with pytest.raises(InvalidField):
        payments.exempt(desk, dossier.id, "half", "Đơn", lines=("certification",))


def test_a_transfer_is_asked_for_and_is_no_payment_until_the_money_has_come(banked):
    dossier = certified(banked)
    text = payments.request_transfer(banked, dossier.id)
    assert parse_vietqr(text) == VietQr(
        bank_bin="970436",
        account="1023456789",
        amount=10_000,
        purpose=dossier.code.replace("-", ""),
    )
    waiting = payments.money_of(banked, dossier.id)
    assert waiting.balance.state is PaymentState.WAITING
    assert (waiting.balance.owed, waiting.balance.paid) == (10_000, 0)
    assert payments.request_transfer(banked, dossier.id) == text
    assert kinds(banked).count("transfer_requested") == 1
    assert payments.transfer_text(banked, waiting.dossier) == text
    paid = pay(banked, dossier.id, 10_000, TRANSFER)
    assert balance_of(paid.dossier).state is PaymentState.PAID
    assert payments.transfer_text(banked, paid.dossier) == ""
    with pytest.raises(NothingOwed):
        payments.request_transfer(banked, dossier.id)


def test_without_an_account_no_transfer_is_offered_and_the_words_say_where_it_goes(desk):
    dossier = certified(desk)
    assert payments.money_of(desk, dossier.id).account is None
    assert payments.transfer_text(desk, dossier) == ""
    with pytest.raises(NoAccount, match=r"payment\.toml"):
        payments.request_transfer(desk, dossier.id)
    assert "transfer_requested" not in kinds(desk)


def test_an_account_that_no_app_could_read_stops_nothing_but_money(desk, own):
    write_account(own, ACCOUNT.replace("970436", "97043"))
    desk = with_law(desk, own)
    dossier = certified(desk)
    with pytest.raises(InvalidForm, match=r"rules/payment\.toml"):
        pay(desk, dossier.id, 10_000, CASH)
    assert act(desk, dossier.id, EXAMPLES["noted"]).code == dossier.code


def test_newer_rules_leave_the_office_its_account(desk, own, tmp_path):
    write_account(own, ACCOUNT)
    newer = tmp_path / "centre" / "rules"
    newer.mkdir(parents=True)
    text = (assets.FORMS / "rules" / "payment.toml").read_text("utf-8")
    text = text.replace("version = 1", "version = 7").replace("2026-12-31", "2027-06-30")
    (newer / "payment.toml").write_text(text, "utf-8")
    rules = load_catalogue(own, tmp_path / "centre").payment
    assert (rules.version, rules.account.number) == (7, "1023456789")
    assert rules.receipt_kind(date(2027, 1, 1)) is ReceiptKind.PAPER


def test_the_number_of_the_receipt_of_record_may_come_later(desk):
    dossier = certified(desk)
    paid = pay(desk, dossier.id, 10_000, CASH)
    linked = payments.link_receipt(desk, dossier.id, paid.payment.id, "0000123")
    assert linked.payments[0].receipt_number == "0000123"
    with pytest.raises(InvalidField):
        payments.link_receipt(desk, dossier.id, paid.payment.id, "123456789")
