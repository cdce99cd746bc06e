"""Barcode scanners that pretend to be keyboards: told from typing by their speed.

A burst of at least eight characters with less than 35 ms between them, ended by Enter or Tab,
is a scan, whatever has the focus; the field is left as it was before the burst. Times are the
keyboard's own where it tells them: a window that was busy must not turn typing into a scan.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, cast

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

GAP_S: Final = 0.035
SHORTEST: Final = 8
HOLD_FROM: Final = 4
"""From this character of a burst on, a field of text does not see them; any other, from the first.

What a field of text has seen is taken back exactly; what a table or a list has done is not.
"""

_PATIENCE_MS: Final = 80
_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_COMMANDS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_SILENT: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_AltGr}
)
_KEYS: Final = (QKeyEvent, QInputMethodEvent)
_PRESS, _OVERRIDE, _METHOD = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.InputMethod,
)


class WedgeFilter(QObject):
    """Watches all keys of the application and says what a scanner has typed.

    A scan of several lines, as the machine-readable lines of a card, comes as one.
    """

    scanned = Signal(str)

    def __init__(self, app: QApplication, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._now = now
        self._burst = ""
        self._lines: list[str] = []
        self._held: list[QKeyEvent | QInputMethodEvent] = []
        self._last = 0.0
        self._receiver: QWidget | None = None
        self._field: QWidget | None = None
        self._take_back: Callable[[], None] | None = None
        self._replaying = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._nothing_more)
        self._app = app
        app.installEventFilter(self)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Look at nothing while widgets are made: each of them causes events, and none is a key."""
        self._app.removeEventFilter(self)
        try:
            yield
        finally:
            self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that make a scan; let all others through."""
        # Its class first: most events are no key, and asking for their type takes longer.
        if not isinstance(event, _KEYS):
            return False
        kind = event.type()
        if kind not in {_PRESS, _OVERRIDE, _METHOD} or self._replaying:
            return False
        # Qt shows a key to the window first and then to the widget: count it once.
        if not isinstance(watched, QWidget) or not _receives(watched):
            return False
        self._receiver = watched
        if isinstance(event, QInputMethodEvent):
            return self._committed(event)
        assert isinstance(event, QKeyEvent)
        return self._before_shortcuts(event) if kind == _OVERRIDE else self._pressed(event)

    def _before_shortcuts(self, event: QKeyEvent) -> bool:
        """Keep a shortcut of one key from taking part of a scan."""
        if self._time(event) - self._last >= GAP_S or not (self._burst or self._lines):
            return False
        within = self._is_end(event) and len(self._burst) >= SHORTEST
        if within or (_is_text(event) and self._holds(len(self._burst) + 1)):
            event.accept()
            return True
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _SILENT:
            return False
        at = self._time(event)
        quick = at - self._last < GAP_S
        self._last = at
        if self._is_end(event):
            return self._ended(quick=quick)
        if not _is_text(event) or event.isAutoRepeat():
            self._give_up()
            return False
        copy = QKeyEvent(_PRESS, event.key(), event.modifiers(), event.text())
        return self._character(event.text(), copy, quick=quick)

    def _committed(self, event: QInputMethodEvent) -> bool:
        """Take one letter that a typing tool hands over; words come from people."""
        text = event.commitString()
        if len(text) != 1 or event.preeditString() or event.replacementLength():
            return False
        at = self._now()
        quick = at - self._last < GAP_S
        self._last = at
        copy = QInputMethodEvent()
        copy.setCommitString(text)
        return self._character(text, copy, quick=quick)

    def _character(self, text: str, event: QKeyEvent | QInputMethodEvent, *, quick: bool) -> bool:
        if not quick or not (self._burst or self._lines):
            self._give_up()
            if text == " ":  # presses a button, ticks a box, and begins no scan
                return False
            self._begin()
        self._burst += text
        if not self._holds(len(self._burst)):
            return False
        self._held.append(event)
        self._patience.start()
        return True

    def _ended(self, *, quick: bool) -> bool:
        if quick and self._lines and not self._burst:
            return True  # carriage return and line feed come as two
        if not quick or (len(self._burst) < SHORTEST and not self._lines):
            self._give_up()
            return False
        if self._take_back is not None:
            self._take_back()
            self._take_back = None
        self._lines.append(self._burst)
        self._burst = ""
        self._held.clear()
        self._patience.start()
        return True

    def _nothing_more(self) -> None:
        if not self._lines:
            self._give_up()
            return
        payload = "\n".join([*self._lines, self._burst]).rstrip("\n")
        self._forget()
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        self.scanned.emit(payload)

    def _give_up(self) -> None:
        """It was somebody quick at the keys: what was held back comes after all."""
        if self._lines:  # the next key came before the silence after a scan
            self._nothing_more()
            return
        held, field = self._held.copy(), self._field
        self._forget()
        if field is None or not shiboken6.isValid(field):
            return
        self._replaying = True
        try:
            for event in held:
                QCoreApplication.sendEvent(field, event)
        finally:
            self._replaying = False

    def _begin(self) -> None:
        self._field = self._receiver
        self._take_back = _memory_of(self._field)

    def _forget(self) -> None:
        self._patience.stop()
        self._burst, self._take_back, self._field = "", None, None
        self._lines.clear()
        self._held.clear()

    def _holds(self, length: int) -> bool:
        return length > HOLD_FROM or self._take_back is None

    def _is_end(self, event: QKeyEvent) -> bool:
        return event.key() in _ENDS and not event.modifiers() & _COMMANDS

    def _time(self, event: QKeyEvent) -> float:
        return event.timestamp() / 1000 or self._now()


def _receives(widget: QWidget) -> bool:
    """Say whether the keys go to `widget`, and not to the window around it."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        inner = cast("QWidget | None", popup.focusWidget())
        return widget is (popup if inner is None else inner)
    # Where no field has the cursor, the keys go to the window.
    return widget is (QApplication.focusWidget() or QApplication.activeWindow())


def _is_text(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & _COMMANDS


def _memory_of(field: QWidget | None) -> Callable[[], None] | None:
    """Return what makes a field of text say again what it says now; None for anything else."""
    if isinstance(field, QComboBox):
        field = field.lineEdit()
    if isinstance(field, QLineEdit) and not field.isReadOnly():
        return _memory_of_line(field)
    if isinstance(field, QPlainTextEdit | QTextEdit) and not field.isReadOnly():
        return _memory_of_text(field)
    return None


def _memory_of_line(field: QLineEdit) -> Callable[[], None]:
    text, position = field.text(), field.cursorPosition()

    def take_back() -> None:
        if shiboken6.isValid(field) and field.text() != text:
            field.setText(text)
            field.setCursorPosition(position)
            field.textEdited.emit(text)

    return take_back


def _memory_of_text(field: QPlainTextEdit | QTextEdit) -> Callable[[], None]:
    text, position = field.toPlainText(), field.textCursor().position()

    def take_back() -> None:
        if shiboken6.isValid(field) and field.toPlainText() != text:
            field.setPlainText(text)
            cursor = field.textCursor()
            cursor.setPosition(position)
            field.setTextCursor(cursor)

    return take_back
