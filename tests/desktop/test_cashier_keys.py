"""Money at the real window, by the keys that docs/keys.md counts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.desktop.cashier import CashierView
from counter_app.desktop.intake import IntakeView
from counter_app.services.payments import money_of
from tests.desktop.officer import CTRL, at_work
from tests.office import kinds, register

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def officer(qtbot, qapp, undressed, desk):
    with at_work(qtbot, qapp, desk) as officer:
        yield officer


@pytest.fixture
def certified(desk):
    """Two certified copies of three pages: 10.000 dong."""
    return register(desk, procedure="2.000815", answers={"copies": 2, "pages": 3})


def at_the_cashier(officer, dossier):
    officer.window.open_cashier(dossier.id)
    officer.wait(lambda: isinstance(officer.view, CashierView))
    view = officer.view
    officer.wait(lambda: view.pay.lines["tendered"].hasFocus() and bool(view.code.text()))
    return view


def test_exact_cash_is_one_key_and_the_slip_comes_out(officer, desk, certified):
    at_the_cashier(officer, certified)
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    assert officer.keys == 1
    assert money_of(desk, certified.id).balance.owed == 0


def test_a_note_and_its_change_are_two_keys(officer, desk, certified):
    view = at_the_cashier(officer, certified)
    officer.shortcut(Qt.Key.Key_3, ALT)
    officer.wait(lambda: view.pay.change.text() == "40.000 ₫")
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    assert officer.keys == 2
    assert money_of(desk, certified.id).dossier.payments[0].tendered == 50_000


def test_the_next_citizen_is_a_scan_away(officer, desk, certified):
    other = register(desk, procedure="2.000815", answers={"copies": 1, "pages": 1})
    view = at_the_cashier(officer, certified)
    officer.scan(other.received.receipt)
    officer.wait(lambda: view.code.text() == other.code)
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    assert officer.keys == 1
    assert money_of(desk, other.id).balance.owed == 0
    assert money_of(desk, certified.id).balance.owed == 10_000


def test_a_fee_that_nobody_has_entered_is_typed_once_and_taken(officer, desk):
    dossier = register(desk, procedure="1.004746")
    officer.window.open_cashier(dossier.id)
    officer.wait(lambda: isinstance(officer.view, CashierView))
    view = officer.view
    officer.wait(view.entries["assess"].lines["unit_amount"].hasFocus)
    officer.type("30k")
    officer.shortcut(ENTER, CTRL)
    officer.wait(view.pay.lines["tendered"].hasFocus)
    officer.wait(lambda: view.pay.lines["amount"].text() == "30.000")
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    assert officer.keys == 5
    assert money_of(desk, dossier.id).balance.paid == 30_000


def test_in_the_dossier_the_same_key_takes_the_money(officer, desk, certified):
    officer.window.open_dossier(certified.id)
    officer.wait(lambda: bool(officer.view.head.code.text()))
    tabs = officer.view.tabs
    officer.wait(tabs.tabBar().hasFocus)
    officer.shortcut(Qt.Key.Key_Right)
    officer.shortcut(Qt.Key.Key_Right)
    officer.wait(lambda: isinstance(tabs.currentWidget(), CashierView))
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    assert officer.keys == 3
    assert kinds(desk).count("fee_paid") == 1
    officer.wait(lambda: QApplication.focusWidget() is not None)


def test_from_reception_to_the_money_is_one_key_more(officer, desk):
    intake = begin_copies(officer)
    officer.shortcut(ENTER, CTRL)
    officer.wait(intake.registered.isVisible)
    before = officer.keys
    officer.shortcut(Qt.Key.Key_M, CTRL)
    officer.wait(lambda: isinstance(officer.view, CashierView))
    officer.wait(officer.view.pay.lines["tendered"].hasFocus)
    officer.wait(lambda: bool(officer.view.pay.lines["amount"].text()))
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: "fee_paid" in kinds(desk))
    assert officer.keys - before == 2


def begin_copies(officer):
    """Fill in an application for certified copies, as far as to register it."""
    from counter_app.domain.intake import Intake
    from tests.factories import a_draft, a_party

    intake = Intake(
        procedure="2.000815",
        applicant=a_party(),
        components="all",
        answers={"copies": 2, "pages": 3},
    )
    officer.window.begin_intake(draft=a_draft(intake=intake))
    officer.wait(lambda: isinstance(officer.view, IntakeView))
    view = officer.view
    officer.wait(lambda: bool(view.applicant.name.line.text()) and bool(view.papers.lines))
    return view
