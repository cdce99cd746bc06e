"""An officer at the real window, with a scanner plugged in: keys one by one, and counted."""

from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from counter_app.desktop import theme
from counter_app.desktop.tasks import TaskRunner
from counter_app.desktop.wedge import WedgeFilter
from counter_app.desktop.workplace import Workplace
from counter_app.settings import Settings
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.typing import press, scan

CARD = (
    "001190012345||Nguyễn Thị Thử|15031990|Nữ|"
    "Số 12 ngõ 34 phố Thử Nghiệm, Phường Phú Xuân, Thành phố Huế|01062021"
)
PACE = 200  # milliseconds between two keys of somebody who types well
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class OfficerAtWork:
    """Scans and presses keys; `keys` says how many keys it were, a scan is none."""

    def __init__(self, qtbot, window, printer):
        self.window = window
        self.printer = printer
        self.keys = 0
        self._qtbot = qtbot
        self._at = 60_000

    @property
    def view(self):
        """The screen in sight."""
        return self.window._stack.currentWidget()

    def scan(self, payload):
        self._at = scan(payload, start=self._at + 60_000)

    def type(self, text):
        for letter in text:
            self._press(Qt.Key(ord(letter.upper())), letter)

    def enter(self):
        self._press(Qt.Key.Key_Return, "\r")

    def shortcut(self, key, modifiers=NONE):
        self.keys += 1
        self._at += PACE
        # The window of the system: only from there a key goes where the cursor is.
        self._qtbot.keyClick(self.window.windowHandle(), key, modifiers)

    def wait(self, until):
        self._qtbot.waitUntil(until)

    def _press(self, key, text):
        self.keys += 1
        self._at += PACE
        press(QApplication.focusWidget(), key, text, self._at)


@contextmanager
def at_work(qtbot, qapp, desk):
    """Open the window of an officer at this desk."""
    theme.choose(qapp, dark=False, scale=100)
    tasks, printer = TaskRunner(), RecordingPrinter()
    window = Workplace(desk, tasks, Settings(print_at_once=True), printer)
    theme.dress(window, scale=100)
    window.resize(1366, 728)
    wedge = WedgeFilter(qapp)
    wedge.scanned.connect(window.scanned)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    try:
        yield OfficerAtWork(qtbot, window, printer)
    finally:
        qapp.removeEventFilter(wedge)
        window.leave()
        qtbot.waitUntil(lambda: tasks.is_idle)
        window.close()
        window.deleteLater()  # before the lanes: what is typed is kept a second after the last key
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
        tasks.close()
