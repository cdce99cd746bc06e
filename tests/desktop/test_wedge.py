"""A scanner that types is told from a person who types, whatever has the focus."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.desktop.wedge import WedgeFilter
from tests.desktop.typing import press, scan, type_text

CARD = "001090000001|012345678|Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm|01012022"
SECOND = 1000


@pytest.fixture
def wedge(qapp):
    filter_ = WedgeFilter(qapp)
    filter_.read = []
    filter_.scanned.connect(filter_.read.append)
    yield filter_
    qapp.removeEventFilter(filter_)
    filter_.deleteLater()


@pytest.fixture
def show(qtbot):
    """Show a widget in a window of its own and give it the focus."""
    windows = []  # Qt alone does not keep them

    def show(widget):
        window = QWidget()
        windows.append(window)
        QVBoxLayout(window).addWidget(widget)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        widget.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return widget

    yield show
    windows.clear()


def a_table():
    table = QTableWidget(3, 1)
    for row, words in enumerate(("mới", "001 cũ", "Trần")):
        table.setItem(row, 0, QTableWidgetItem(words))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setCurrentCell(0, 0)
    return table


def a_list(*, editable):
    box = QComboBox()
    box.setEditable(editable)
    box.addItems(["mới", "0 cũ", "Trần"])
    return box


def a_spin_box():
    box = QSpinBox()
    box.setMaximum(99_999)
    box.setValue(7)
    return box


FIELDS = {
    "line": (lambda: QLineEdit("đã có"), lambda field: field.text()),
    "text": (lambda: QPlainTextEdit("đã có"), lambda field: field.toPlainText()),
    "number": (a_spin_box, lambda field: field.value()),
    "date": (QDateEdit, lambda field: field.date()),
    "list": (lambda: a_list(editable=False), lambda field: field.currentText()),
    "list to type in": (lambda: a_list(editable=True), lambda field: field.currentText()),
    "table": (a_table, lambda field: (field.currentRow(), field.item(0, 0).text())),
    "tick": (QCheckBox, lambda field: field.isChecked()),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_scan_is_read_and_leaves_the_field_as_it_was(qtbot, wedge, show, name):
    make, say = FIELDS[name]
    field = show(make())
    before = say(field)
    scan(CARD)
    qtbot.waitUntil(lambda: wedge.read == [CARD])
    assert say(field) == before


def test_it_rests_while_a_screen_is_made_and_no_longer(qtbot, wedge, show):
    field = show(QLineEdit())
    with wedge.resting():
        scan(CARD)
    assert field.text() == CARD
    assert not wedge.read
    scan(CARD)
    qtbot.waitUntil(lambda: wedge.read == [CARD])


@pytest.mark.parametrize("name", ["line", "text"])
def test_the_cursor_stays_where_it_was(qtbot, wedge, show, name):
    field = show(FIELDS[name][0]())
    press(field, Qt.Key.Key_Home)
    press(field, Qt.Key.Key_Right)
    scan(CARD)
    qtbot.waitUntil(lambda: wedge.read == [CARD])
    type_text(field, "X")
    assert FIELDS[name][1](field) == "đXã có"


def test_whoever_watches_the_field_hears_that_it_was_put_back(qtbot, wedge, show):
    field = show(QLineEdit())
    said = []
    field.textEdited.connect(said.append)
    scan(CARD)
    qtbot.waitUntil(lambda: bool(wedge.read))
    assert said[-1] == ""


def test_enter_at_the_end_of_a_scan_presses_no_button(qtbot, wedge):
    dialog = QDialog()
    button = QPushButton("Đăng nhập", dialog)
    button.setDefault(True)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    button.setFocus()
    scan(CARD)
    qtbot.waitUntil(lambda: wedge.read == [CARD])
    assert pressed == []
    press(button, Qt.Key.Key_Return, "\r", at=90 * SECOND)
    assert pressed == [1]


@pytest.mark.parametrize("ends", [(Qt.Key.Key_Return, Qt.Key.Key_Return), (Qt.Key.Key_Tab,)])
def test_a_scan_may_end_in_two_enters_or_a_tab(qtbot, wedge, show, ends):
    field = show(QLineEdit())
    entered = []
    field.returnPressed.connect(lambda: entered.append(1))
    scan(CARD, ends=ends)
    qtbot.waitUntil(lambda: wedge.read == [CARD])
    assert entered == []
    assert field.hasFocus()


def test_lines_that_follow_at_once_are_one_scan(qtbot, wedge, show):
    show(QLineEdit())
    lines = ("IDVNM0900000010001090000001<<8", "9003157M3003150VNM<<<<<<<<<<<6", "TRAN<<VAN<THU")
    at = 60 * SECOND
    for line in lines:
        at = scan(line, start=at)
    qtbot.waitUntil(lambda: wedge.read == ["\n".join(lines)])


def test_quick_typing_stays_typing(wedge, show):
    field = show(QLineEdit())
    entered = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    scan("Trần Văn Thử", gap=60)
    assert entered == ["Trần Văn Thử"]
    assert wedge.read == []


def test_what_was_held_back_comes_in_its_order(qtbot, wedge, show):
    # A typing tool that corrects a syllable sends a burst of its own, with backspaces in it.
    field = show(QLineEdit())
    at = 60 * SECOND
    for character in "nghien":
        press(field, Qt.Key.Key_unknown, character, at)
        at += 2
    for key, text in ((Qt.Key.Key_Backspace, "\b"), (Qt.Key.Key_Backspace, "\b")):
        press(field, key, text, at)
        at += 2
    for character in "êng":
        press(field, Qt.Key.Key_unknown, character, at)
        at += 2
    qtbot.waitUntil(lambda: field.text() == "nghiêng")
    assert wedge.read == []


def test_a_short_burst_is_no_scan(qtbot, wedge, show):
    field = show(QLineEdit())
    entered = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    scan("dks")
    assert entered == ["dks"]
    assert wedge.read == []


def test_a_key_held_down_is_no_scan(wedge, show):
    field = show(QLineEdit())
    for number in range(20):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Minus,
            Qt.KeyboardModifier.NoModifier,
            "-",
            number > 0,
        )
        event.setTimestamp(60 * SECOND + number * 30)
        QCoreApplication.sendEvent(field, event)
    assert field.text() == "-" * 20


def test_a_table_still_finds_what_is_typed(qtbot, wedge, show):
    table = show(a_table())
    press(table, Qt.Key.Key_T, "T", at=60 * SECOND)
    qtbot.waitUntil(lambda: table.currentRow() == 2)


def test_a_space_ticks_at_once(wedge, show):
    tick = show(QCheckBox())
    press(tick, Qt.Key.Key_Space, " ", at=60 * SECOND)
    assert tick.isChecked()


def test_letters_that_a_typing_tool_hands_over_make_a_scan_too(qtbot, wedge, show):
    field = show(QLineEdit())
    for character in CARD:
        type_text(field, character)
    press(field, Qt.Key.Key_Return, "\r")
    qtbot.waitUntil(lambda: wedge.read == [CARD])
    assert field.text() == ""


def test_a_word_that_a_typing_tool_hands_over_is_typing(wedge, show):
    field = show(QLineEdit())
    type_text(field, "nghiêng ngả")
    assert field.text() == "nghiêng ngả"


def test_enter_at_the_end_of_a_scan_is_no_shortcut(qtbot, wedge, show):
    field = show(QPushButton("Lưu"))
    taken = []
    QShortcut("Return", field.window(), lambda: taken.append(1))
    window = field.window().windowHandle()
    for character in "0010900000":
        qtbot.keyClick(window, character)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wedge.read != [])
    assert taken == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_list_that_is_open_does_not_hide_a_scan(qtbot, wedge, show):
    box = show(a_list(editable=False))
    box.showPopup()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    scan(CARD)
    qtbot.waitUntil(lambda: wedge.read == [CARD])
    assert QApplication.activePopupWidget() is None
    assert box.currentText() == "mới"
