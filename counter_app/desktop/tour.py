"""Drives the real window with real keys, as an officer would: for demonstrations and pictures."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_S: Final = 30.0
_TYPIST_MS: Final = 45  # slower than any scanner
_SCANNER_MS: Final = 2


class TourStuck(Exception):
    """What was waited for did not come: a bug, in the window or in the tour."""


class Tour:
    """Presses keys in `window`, waits for what they do, and takes pictures."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.presses = 0

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        """Press one key where the cursor is."""
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self._focus(), key, modifier, _TYPIST_MS)
        self.presses += 1

    def type(self, text: str) -> None:
        """Type `text` where the cursor is, at the speed of a hand."""
        for character in text:
            self._send(character)
            QTest.qWait(_TYPIST_MS)
            self.presses += 1

    def scan(self, payload: str) -> None:
        """Let a scanner that pretends to be a keyboard type `payload` and Enter."""
        QTest.qWait(_TYPIST_MS * 2)
        for character in payload:
            self._send(character)
            QTest.qWait(_SCANNER_MS)
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Wait until something is so.

        Raises:
            TourStuck: it did not come to be.
        """
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TourStuck(what)
            QTest.qWait(10)

    def settle(self) -> None:
        """Let everything that is on its way arrive and be painted."""
        QTest.qWait(250)

    def picture(self, file: Path) -> None:
        """Keep what the window looks like now."""
        self.settle()
        self.window.grab().save(str(file))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _send(self, character: str) -> None:
        # Not QTest.keyClicks: it aborts the process at the first Vietnamese letter.
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(self._focus(), event)
