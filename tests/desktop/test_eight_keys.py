"""From a scanned card to a durable dossier in at most eight keys, through the real window."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from counter_app.desktop import theme
from counter_app.desktop.intake import IntakeView
from counter_app.desktop.tasks import TaskRunner
from counter_app.desktop.wedge import WedgeFilter
from counter_app.desktop.workplace import Workplace
from counter_app.domain.status import Status
from counter_app.services.search import search_ids
from counter_app.services.viewing import find_dossiers, open_dossier
from counter_app.settings import Settings
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.typing import press, scan
from tests.office import register

MOST = 8
CARD = (
    "001190012345||Nguyễn Thị Thử|15031990|Nữ|"
    "Số 12 ngõ 34 phố Thử Nghiệm, Phường Phú Xuân, Thành phố Huế|01062021"
)
CTRL = Qt.KeyboardModifier.ControlModifier
PACE = 200  # milliseconds between two keys of somebody who types well


class Officer:
    """Presses keys one by one, and knows how many they were."""

    def __init__(self, qtbot, window, at):
        self._qtbot = qtbot
        self._window = window
        self.at = at
        self.keys = 0

    def type(self, text):
        for letter in text:
            self._press(Qt.Key(ord(letter.upper())), letter)

    def enter(self):
        self._press(Qt.Key.Key_Return, "\r")

    def shortcut(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.keys += 1
        self.at += PACE
        self._qtbot.keyClick(self._window, key, modifiers)

    def _press(self, key, text):
        self.keys += 1
        self.at += PACE
        press(QApplication.focusWidget(), key, text, self.at)


@pytest.fixture
def tasks(qtbot):
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def printer():
    return RecordingPrinter()


@pytest.fixture
def at_work(qtbot, qapp, desk, tasks, printer):
    """Open the window of an officer at work, with a scanner plugged in."""
    opened = []

    def open_window(settings):
        theme.choose(qapp, dark=False, scale=100)
        window = Workplace(desk, tasks, settings, printer)
        theme.dress(window, scale=100)
        window.resize(1366, 728)
        wedge = WedgeFilter(qapp)
        wedge.scanned.connect(window.scanned)
        opened.append((window, wedge))
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return window

    yield open_window
    for window, wedge in opened:
        qapp.removeEventFilter(wedge)
        window.leave()
        for view in window.findChildren(IntakeView):
            view.paused.disconnect()  # on a slow day it would keep a draft after closing time


@pytest.mark.parametrize(
    ("letters", "procedure"),
    [("dks", "1.001193"), ("dkk", "1.000894"), ("xnt", "1.010041")],
)
def test_a_walk_in_takes_no_more_than_eight_keys_after_the_scan(
    qtbot, at_work, desk, printer, letters, procedure
):
    window = at_work(Settings(print_at_once=True))
    at = scan(CARD)
    qtbot.waitUntil(lambda: asks_for_the_procedure(window))
    intake = intake_of(window)
    officer = Officer(qtbot, window, at)
    officer.type(letters)
    officer.enter()
    officer.shortcut(Qt.Key.Key_F9)
    officer.shortcut(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(intake.registered.isVisible)
    assert officer.keys <= MOST

    qtbot.waitUntil(lambda: len(printer.printed) == 1)
    qtbot.waitUntil(window.scan_box.hasFocus)
    assert intake.applicant.name.line.text() == ""
    (dossier_id,) = find_dossiers(desk, intake.registered.code.text())
    received = open_dossier(desk, dossier_id).dossier.received
    assert received.procedure.code == procedure
    assert received.applicant.full_name == "Nguyễn Thị Thử"


def test_one_more_for_the_same_person_takes_four_keys(qtbot, at_work, desk, printer):
    window, officer = walk_in(qtbot, at_work, "dks")
    intake = intake_of(window)
    before = officer.keys
    officer.shortcut(Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(intake.procedure.matches.isVisible)
    officer.enter()
    officer.shortcut(Qt.Key.Key_F9)
    officer.shortcut(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: intake.registered.code.text().endswith("-0002"))
    assert officer.keys - before == 4
    qtbot.waitUntil(lambda: len(printer.printed) == 2)
    assert len(search_ids(desk, "001190012345")) == 2


def test_what_is_given_on_the_spot_takes_one_key_more(qtbot, at_work, desk, printer):
    window, officer = walk_in(qtbot, at_work, "ctck")
    intake = intake_of(window)
    officer.shortcut(Qt.Key.Key_T, CTRL)
    qtbot.waitUntil(lambda: not intake.registered.serve.isVisible())
    assert officer.keys <= MOST
    (dossier_id,) = find_dossiers(desk, intake.registered.code.text())
    assert open_dossier(desk, dossier_id).dossier.status is Status.RETURNED
    assert printer.printed == []


def test_the_same_once_more_is_one_key_but_not_one_that_is_held_down(
    qtbot, at_work, desk, tasks, printer
):
    window, officer = walk_in(qtbot, at_work, "dks")
    intake = intake_of(window)
    qtbot.waitUntil(lambda: tasks.is_idle)
    scan(CARD, start=officer.at + 60_000)
    qtbot.waitUntil(lambda: asks_for_the_procedure(window))
    again = Officer(qtbot, window, officer.at + 120_000)
    again.type("dks")
    again.enter()
    again.shortcut(Qt.Key.Key_F9)
    again.shortcut(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(intake.same.open.hasFocus)
    repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CTRL, "\r", autorep=True)
    for _repeat in range(5):
        QApplication.sendEvent(QApplication.focusWidget(), repeat)
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert len(search_ids(desk, "001190012345")) == 1
    again.shortcut(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(search_ids(desk, "001190012345")) == 2)
    assert again.keys == 7
    qtbot.waitUntil(lambda: len(printer.printed) == 2)
    qtbot.waitUntil(lambda: tasks.is_idle)


def walk_in(qtbot, at_work, letters):
    """Receive the first citizen; return the window and the officer."""
    window = at_work(Settings(print_at_once=True))
    at = scan(CARD)
    qtbot.waitUntil(lambda: asks_for_the_procedure(window))
    officer = Officer(qtbot, window, at)
    officer.type(letters)
    officer.enter()
    officer.shortcut(Qt.Key.Key_F9)
    officer.shortcut(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(intake_of(window).registered.isVisible)
    qtbot.waitUntil(window.scan_box.hasFocus)
    return window, officer


def intake_of(window):
    return window.findChild(IntakeView)


def asks_for_the_procedure(window):
    return intake_of(window) is not None and intake_of(window).procedure.box.hasFocus()


def test_the_next_citizen_may_be_scanned_from_the_preview(qtbot, at_work, desk):
    window = at_work(Settings(print_at_once=False))
    at = scan(CARD)
    qtbot.waitUntil(lambda: asks_for_the_procedure(window))
    intake = intake_of(window)
    officer = Officer(qtbot, window, at)
    officer.type("dks")
    officer.enter()
    officer.shortcut(Qt.Key.Key_F9)
    officer.shortcut(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not intake.isVisible())
    scan(CARD.replace("001190012345", "001190012346"), start=at + 60_000)
    qtbot.waitUntil(intake.isVisible)
    assert intake.applicant.number.line.text() == "001190012346"
    assert len(search_ids(desk, "001190012345")) == 1


@pytest.fixture
def filled(qtbot, at_work):
    """The window with an intake that only has to be registered, and the intake."""
    window = at_work(Settings(print_at_once=True))
    at = scan(CARD)
    qtbot.waitUntil(lambda: asks_for_the_procedure(window))
    officer = Officer(qtbot, window, at)
    officer.type("dks")
    officer.enter()
    officer.shortcut(Qt.Key.Key_F9)
    return window, intake_of(window)


def hold_ctrl_enter(qtbot, window, intake):
    for _repeat in range(30):
        qtbot.keyPress(window, Qt.Key.Key_Return, CTRL)
    qtbot.keyRelease(window, Qt.Key.Key_Return, CTRL)


def click_twice(qtbot, _window, intake):
    button, left = intake.register, Qt.MouseButton.LeftButton
    qtbot.mouseClick(button, left)
    qtbot.mouseDClick(button, left)
    qtbot.mouseClick(button, left)


def use_both(qtbot, window, intake):
    click_twice(qtbot, window, intake)
    hold_ctrl_enter(qtbot, window, intake)


@pytest.mark.parametrize("press_too_often", [hold_ctrl_enter, click_twice, use_both])
def test_however_often_it_is_pressed_there_is_one_dossier_and_one_receipt(
    qtbot, filled, desk, tasks, printer, press_too_often
):
    window, intake = filled
    press_too_often(qtbot, window, intake)
    qtbot.waitUntil(lambda: len(printer.printed) == 1)
    press_too_often(qtbot, window, intake)  # and again when it is done
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert len(search_ids(desk, "001190012345")) == 1
    assert len(printer.printed) == 1
    assert register(desk).code.endswith("-0002")
