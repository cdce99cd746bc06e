"""Barcode scanners that pretend to be keyboards: told from typing by their speed.

A burst of at least eight characters with less than 35 ms between them, ended by Enter, is a
scan, whatever field has the focus; the field is left as it was before the burst.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from PySide6.QtCore import Qt

GAP_S: Final = 0.035
SHORTEST: Final = 8
HOLD_FROM: Final = 4  # from this character of a burst on, the field does not see them
_ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WedgeFilter(QObject):
    """Watches all keys of the application and says what a scanner has typed."""

    scanned = Signal(str)

    def __init__(self, app: QApplication, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._now = now
        self._burst = ""
        self._held = ""
        self._last = 0.0
        self._field: QWidget | None = None
        self._before = ("", 0)
        self._patience = QTimer(self, singleShot=True, interval=int(GAP_S * 1000) + 25)
        self._patience.timeout.connect(self._give_up)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take part of the keys that make a scan; let all others through."""
        # Qt shows a key to the window first and then to the widget: count it once.
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(watched, QWidget) or watched is not QApplication.focusWidget():
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        now = self._now()
        quick = now - self._last < GAP_S
        self._last = now
        if event.key() in _ENDS or (event.key() == Qt.Key.Key_Tab and len(self._burst) >= SHORTEST):
            return self._end(quick)
        text = event.text()
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if not text or not text.isprintable() or command:
            return False
        if not quick or not self._burst:
            self._give_up()
            self._begin()
        self._burst += text
        if len(self._burst) <= HOLD_FROM:
            return False
        self._held += text
        self._patience.start()
        return True

    def _begin(self) -> None:
        self._burst, self._held = "", ""
        self._field = QApplication.focusWidget()
        if isinstance(self._field, QLineEdit):
            self._before = (self._field.text(), self._field.cursorPosition())
        elif isinstance(self._field, QPlainTextEdit):
            self._before = (self._field.toPlainText(), self._field.textCursor().position())

    def _end(self, quick: bool) -> bool:
        self._patience.stop()
        burst = self._burst
        if not quick or len(burst) < SHORTEST:
            self._give_up()
            return False
        self._put_back()
        self._burst, self._held = "", ""
        self.scanned.emit(burst)
        return True

    def _put_back(self) -> None:
        text, position = self._before
        if isinstance(self._field, QLineEdit) and self._field.text() != text:
            self._field.setText(text)
            self._field.setCursorPosition(position)
            self._field.textEdited.emit(text)
        elif isinstance(self._field, QPlainTextEdit) and self._field.toPlainText() != text:
            self._field.setPlainText(text)

    def _give_up(self) -> None:
        held, self._held, self._burst = self._held, "", ""
        field = self._field
        if held and field is not None and field is QApplication.focusWidget():
            # It was somebody quick at the keys: what was held back comes after all.
            event = QInputMethodEvent()
            event.setCommitString(held)
            QGuiApplication.sendEvent(field, event)
