"""Drives the real window with real keys, as an officer would: for demonstrations and pictures."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.desktop.tasks import TaskRunner

PATIENCE_S: Final = 30.0
_TYPIST_MS: Final = 45  # slower than any scanner
_SCANNER_MS: Final = 2
_A_MOMENT_MS: Final = 300


class TourStuck(Exception):
    """What was waited for did not come: a bug, in the window or in the tour."""


class Tour:
    """Presses keys in `window`, waits for what they do, and takes pictures."""

    def __init__(self, window: QWidget, tasks: TaskRunner) -> None:
        self.window = window
        self._tasks = tasks
        self.presses = 0

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        """Press one key where the cursor is."""
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        # To the window as the system does: the widget with the cursor may go while it acts.
        QTest.keyClick(_in_front() or self.window.windowHandle(), key, modifier)
        _let_pass(_TYPIST_MS)
        self.presses += 1

    def type(self, text: str) -> None:
        """Type `text` where the cursor is, at the speed of a hand."""
        for character in text:
            self._send(character, at=int(time.monotonic() * 1000))
            _let_pass(_TYPIST_MS)
            self.presses += 1

    def scan(self, payload: str) -> None:
        """Let a scanner that pretends to be a keyboard type `payload` and Enter."""
        _let_pass(_TYPIST_MS * 2)
        at = int(time.monotonic() * 1000)
        for character in payload:
            self._send(character, at=at)
            at += _SCANNER_MS
        self._send("\r", at=at, key=Qt.Key.Key_Return)

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Wait until something is so.

        Raises:
            TourStuck: it did not come to be.
        """
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TourStuck(what)
            _let_pass(10)

    def settle(self) -> None:
        """Let everything that is on its way arrive and be painted.

        Raises:
            TourStuck: it does not come to an end.
        """
        _let_pass(_A_MOMENT_MS)  # what begins a little after the last key, as a search does
        self.wait(lambda: self._tasks.is_idle, "all answers")
        _let_pass(_TYPIST_MS)

    def picture(self, file: Path) -> None:
        """Keep what the window looks like now."""
        self.settle()
        self.window.grab().save(str(file))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _send(self, character: str, *, at: int, key: Qt.Key = Qt.Key.Key_unknown) -> None:
        """Send one key with the keyboard's own time, in milliseconds."""
        # Not QTest.keyClicks: it aborts the process at the first Vietnamese letter.
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(at)
            QApplication.sendEvent(self._focus(), event)


def _in_front() -> QWindow | None:
    return QApplication.focusWindow()


def _let_pass(milliseconds: int) -> None:
    """Let the window live for a while. Not QTest.qWait: the other threads would stand still."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
