"""The daily summary of the desk: the same figures for ever, once the day is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.channel import Channel
from counter_app.domain.operation import FeePaid, PaymentMeans, Voided
from counter_app.errors import ImpossibleClock
from counter_app.services.acting import act
from counter_app.services.payments import pay, reverse
from counter_app.services.receipts import print_receipt
from counter_app.services.summary import daily_summary, summary_pdf
from tests.office import MONDAY, register
from tests.printing.papers import text

TODAY = MONDAY.date()


def test_what_came_in_is_counted(desk):
    register(desk)
    register(desk, channel=Channel.ONLINE)
    dossier = register(desk, procedure="2.000815", answers={"copies": 2, "pages": 3})
    act(
        desk,
        dossier.id,
        FeePaid(amount=10_000, means=PaymentMeans.CASH, receipt_number="1", payer="Thử"),
    )
    print_receipt(desk, dossier.id, size="a5", to="pdf")
    counted = daily_summary(desk, TODAY)
    assert counted.value("received") == 3
    assert counted.value("paid") == 10_000
    assert counted.value("charged") == 10_000
    assert (counted.first_code, counted.last_code) == (
        "H57.132-261123-0001",
        "H57.132-261123-0003",
    )
    assert {share.name: share.received for share in counted.by_officer} == {desk.officer.name: 3}


def test_the_money_is_counted_by_how_it_came_and_what_is_unknown_is_said(desk):
    certified = register(desk, procedure="2.000815", answers={"copies": 2, "pages": 3})
    register(desk, procedure="1.004746")
    cash = pay(desk, certified.id, 6_000, PaymentMeans.CASH, receipt_number="0000007")
    pay(desk, certified.id, 3_000, PaymentMeans.TRANSFER)
    reverse(desk, certified.id, cash.payment.id, "Thu nhầm", amount=1_000)
    counted = daily_summary(desk, TODAY)
    figures = {figure.id: figure.value for figure in counted.figures}
    assert (figures["paid"], figures["paid_cash"], figures["paid_transfer"]) == (
        8_000,
        5_000,
        3_000,
    )
    assert (figures["reversed"], figures["owed"], figures["charged_unknown"]) == (1_000, 2_000, 1)
    assert counted.receipts == ("0000007",)
    assert counted.first_payment.endswith("-000001")
    printed = text(summary_pdf(desk, counted))
    assert "khoản chưa nhập" in printed
    assert "0000007" in printed
    assert counted.first_payment in printed


def test_a_day_without_a_dossier_is_a_day_all_the_same(desk):
    counted = daily_summary(desk, TODAY)
    assert counted.value("received") == 0
    assert (counted.first_code, counted.dossiers) == (None, ())
    assert summary_pdf(desk, counted).startswith(b"%PDF")


def test_a_day_that_is_over_says_the_same_for_ever(desk, clock):
    dossier = register(desk)
    clock.at = MONDAY + timedelta(days=1)
    tomorrow = replace(desk, business_date=clock.at.date())
    before = daily_summary(tomorrow, TODAY)
    clock.at = MONDAY + timedelta(days=40)
    later = replace(desk, business_date=clock.at.date())
    register(later)
    act(later, dossier.id, Voided(reason="Nhập nhầm"))
    assert daily_summary(later, TODAY) == before


def test_the_summary_can_be_printed(desk):
    register(desk)
    page = text(summary_pdf(desk, daily_summary(desk, TODAY)))
    assert "H57.132-261123-0001" in page
    assert "23/11/2026" in page


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2019, 12, 31), date.max])
def test_a_day_that_no_dossier_can_bear_is_not_counted(desk, day):
    with pytest.raises(ImpossibleClock):
        daily_summary(desk, day)
