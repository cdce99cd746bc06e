"""The keys of an officer after reception, pressed one by one in the real window and counted."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.desktop import theme
from counter_app.desktop.tasks import TaskRunner
from counter_app.desktop.wedge import WedgeFilter
from counter_app.desktop.workplace import Workplace
from counter_app.domain import operation as op
from counter_app.domain.officer import Role
from counter_app.domain.papers import MissingPaper
from counter_app.domain.status import Status
from counter_app.services.acting import act, look_up
from counter_app.settings import Settings
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.typing import press, scan, type_text
from tests.office import register

UNIT = "Bộ phận tư pháp - hộ tịch"
CARD = "001090000001||Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm, phường Phú Thử|01012022"
OTHER = "001185000009||Lê Thị Lạ Thử|15031985|Nữ|Số 2 ngõ Thử Nghiệm|01012022"
K = Qt.Key
NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
MOST_FOR_A_SUPPLEMENT = 6
MOST_FOR_A_RETURN = 4
MINUTE = 60_000


class Officer:
    """Presses keys in the window, and knows how many they were; a scan is none."""

    def __init__(self, qtbot, window):
        self._qtbot = qtbot
        self._window = window
        self._at = MINUTE
        self.keys = 0

    def press(self, key, modifiers=NONE):
        self.keys += 1
        self._at += 300
        if modifiers is NONE and key in {K.Key_Space, K.Key_Down, K.Key_Return}:
            text = {K.Key_Space: " ", K.Key_Return: "\r"}.get(key, "")
            press(QApplication.focusWidget(), key, text, self._at)
        else:
            self._qtbot.keyClick(self._window, key, modifiers)

    def scan(self, payload):
        self._at += MINUTE
        self._at = scan(payload, start=self._at)


@pytest.fixture
def desk(desk):
    """A desk whose officer may do everything."""
    return replace(desk, officer=changed(desk.officer, roles=frozenset(Role)))


@pytest.fixture
def tasks(qtbot):
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def printer():
    return RecordingPrinter()


@pytest.fixture
def window(qtbot, qapp, desk, tasks, printer):
    """The window of an officer at work, with a scanner plugged in."""
    theme.choose(qapp, dark=False, scale=100)
    window = Workplace(desk, tasks, Settings(print_at_once=True), printer)
    theme.dress(window, scale=100)
    window.resize(1366, 728)
    wedge = WedgeFilter(qapp)
    wedge.scanned.connect(window.scanned)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield window
    qapp.removeEventFilter(wedge)
    window.leave()


@pytest.fixture
def officer(qtbot, window):
    return Officer(qtbot, window)


@pytest.fixture
def examined(desk):
    dossier = register(desk)
    return act(desk, dossier.id, op.Forwarded(unit=UNIT, receiver="Bùi Văn Thử"))


@pytest.fixture
def finished(desk):
    """Receive an application and enter its result."""

    def finished(**intake):
        dossier = register(desk, **intake)
        act(desk, dossier.id, op.Forwarded(unit=UNIT))
        return act(desk, dossier.id, op.Finished(result="Giấy khai sinh"))

    return finished


def in_sight(window, place):
    view = window._views.get(place)
    return view if view is not None and view.isVisible() else None


def offers(view):
    """Say whether the officer sees what can be done: a button out of sight hears no key."""
    return view.bar.buttons != {} and all(b.isVisible() for b in view.bar.buttons.values())


def stands(desk, dossier, status):
    return lambda: look_up(desk, dossier.id).status is status


def test_a_supplement_takes_no_more_than_six_keys(qtbot, window, officer, desk, examined, printer):
    officer.scan(examined.received.receipt)
    qtbot.waitUntil(lambda: in_sight(window, "dossier") is not None)
    panel = in_sight(window, "dossier").panel
    qtbot.waitUntil(lambda: offers(in_sight(window, "dossier")))
    officer.press(K.Key_U, CTRL)
    qtbot.waitUntil(lambda: "missing" in panel.fields)
    qtbot.waitUntil(panel.fields["missing"].rows[0].box.hasFocus)
    officer.press(K.Key_Space)
    officer.press(K.Key_Down)
    officer.press(K.Key_Space)
    officer.press(K.Key_Return, CTRL)
    qtbot.waitUntil(stands(desk, examined, Status.SUPPLEMENT))
    assert officer.keys <= MOST_FOR_A_SUPPLEMENT
    assert len(look_up(desk, examined.id).missing) == 2
    qtbot.waitUntil(lambda: len(printer.printed) == 1)


def test_what_is_brought_is_taken_in_by_three_keys(qtbot, window, officer, desk, examined, printer):
    missing = (MissingPaper(name="Giấy chứng sinh", originals=1),)
    act(desk, examined.id, op.SupplementRequested(missing=missing, reason="Thiếu"))
    officer.scan(examined.received.receipt)
    qtbot.waitUntil(lambda: in_sight(window, "dossier") is not None)
    panel = in_sight(window, "dossier").panel
    qtbot.waitUntil(lambda: offers(in_sight(window, "dossier")))
    officer.press(K.Key_U, CTRL)
    qtbot.waitUntil(lambda: "papers" in panel.fields)
    officer.press(K.Key_F9)
    officer.press(K.Key_Return, CTRL)
    qtbot.waitUntil(stands(desk, examined, Status.PROCESSING))
    assert officer.keys == 3
    qtbot.waitUntil(lambda: len(printer.printed) == 1)  # with the new date


def test_to_hand_over_to_the_last_unit_takes_two_keys(
    qtbot, window, officer, desk, examined, printer
):
    dossier = register(desk)
    officer.scan(dossier.received.receipt)
    qtbot.waitUntil(lambda: in_sight(window, "dossier") is not None)
    view = in_sight(window, "dossier")
    qtbot.waitUntil(lambda: offers(view) and "forwarded" in view.bar.buttons)
    officer.press(K.Key_1, ALT)
    qtbot.waitUntil(lambda: "unit" in view.panel.fields)
    officer.press(K.Key_Return, CTRL)
    qtbot.waitUntil(stands(desk, dossier, Status.PROCESSING))
    assert officer.keys == 2
    qtbot.waitUntil(lambda: len(printer.printed) == 2)  # the list, and the control slip


def test_a_result_goes_out_by_two_keys_and_two_scans(qtbot, window, officer, desk, finished):
    dossier = finished()
    officer.press(K.Key_F4)
    qtbot.waitUntil(lambda: in_sight(window, "returning") is not None)
    view = in_sight(window, "returning")
    qtbot.waitUntil(view.line.hasFocus)
    officer.scan(dossier.received.receipt)
    qtbot.waitUntil(lambda: len(view.slips.cards) == 1)
    officer.scan(CARD)
    qtbot.waitUntil(view.panel.compared.isVisible)
    officer.press(K.Key_Return, CTRL)
    qtbot.waitUntil(stands(desk, dossier, Status.RETURNED))
    assert officer.keys <= MOST_FOR_A_RETURN
    qtbot.waitUntil(view.line.hasFocus)
    assert view.line.text() == ""


def test_a_stack_goes_out_by_one_more_scan_each(qtbot, window, officer, desk, finished):
    made = [finished() for _each in range(3)]
    officer.press(K.Key_F4)
    qtbot.waitUntil(lambda: in_sight(window, "returning") is not None)
    view = in_sight(window, "returning")
    for place, dossier in enumerate(made, 1):
        officer.scan(dossier.received.receipt)
        qtbot.waitUntil(lambda place=place: len(view.slips.cards) == place)
    officer.scan(CARD)
    qtbot.waitUntil(view.panel.compared.isVisible)
    officer.press(K.Key_Return, CTRL)
    for dossier in made:
        qtbot.waitUntil(stands(desk, dossier, Status.RETURNED))
    assert officer.keys == 2


def test_for_another_person_the_paper_is_typed_besides(qtbot, window, officer, desk, finished):
    dossier = finished()
    officer.press(K.Key_F4)
    qtbot.waitUntil(lambda: in_sight(window, "returning") is not None)
    view = in_sight(window, "returning")
    officer.scan(dossier.received.receipt)
    qtbot.waitUntil(lambda: len(view.slips.cards) == 1)
    officer.scan(OTHER)
    qtbot.waitUntil(view.panel.document.hasFocus)
    type_text(view.panel.document, "Giấy ủy quyền số 12")
    officer.press(K.Key_Return, CTRL)
    qtbot.waitUntil(stands(desk, dossier, Status.RETURNED))
    assert officer.keys == 2


def test_the_day_goes_to_the_unit_by_two_keys(qtbot, window, officer, desk, examined, printer):
    made = [register(desk) for _each in range(2)]
    officer.press(K.Key_F6)
    qtbot.waitUntil(lambda: in_sight(window, "home") is not None)
    officer.keys = 0
    officer.press(K.Key_G, CTRL)
    qtbot.waitUntil(lambda: in_sight(window, "hand_over") is not None)
    view = in_sight(window, "hand_over")
    qtbot.waitUntil(lambda: view.table.rowCount() == 2)
    officer.press(K.Key_Return, CTRL)
    for dossier in made:
        qtbot.waitUntil(stands(desk, dossier, Status.PROCESSING))
    assert officer.keys == 2
    qtbot.waitUntil(lambda: len(printer.printed) == 3)  # the list, and a slip for each


def test_esc_leaves_the_panel_and_then_the_screen(qtbot, window, officer, examined):
    officer.scan(examined.received.receipt)
    qtbot.waitUntil(lambda: in_sight(window, "dossier") is not None)
    view = in_sight(window, "dossier")
    qtbot.waitUntil(lambda: offers(view))
    officer.press(K.Key_U, CTRL)
    qtbot.waitUntil(view.panel.isVisible)
    officer.press(K.Key_Escape)
    qtbot.waitUntil(view.panel.isHidden)
    assert view.isVisible()
    officer.press(K.Key_Escape)
    qtbot.waitUntil(lambda: in_sight(window, "home") is not None)
