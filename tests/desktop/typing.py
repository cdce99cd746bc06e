"""Hands and scanners: typing that knows Vietnamese, where Qt's own would abort the process."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

NONE = Qt.KeyboardModifier.NoModifier
_SECOND = 1000


def type_text(widget, text):
    """Put `text` into a widget as a Vietnamese typing tool does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def press(widget, key, text="", at=0):
    """Press and let go one key; `at` is in milliseconds of the keyboard's own time."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, NONE, text)
        event.setTimestamp(at)
        QCoreApplication.sendEvent(widget, event)


def scan(payload, *, gap=4, start=60 * _SECOND, ends=(Qt.Key.Key_Return,)):
    """Type `payload` into whatever has the focus, one key each `gap` milliseconds, then Enter."""
    at = start
    for character in payload:
        _press_where_the_keys_go(Qt.Key.Key_unknown, character, at)
        at += gap
    for end in ends:
        _press_where_the_keys_go(end, "\r", at)
        at += gap
    return at


def _press_where_the_keys_go(key, text, at):
    popup = QApplication.activePopupWidget()  # kept, or its child goes with it
    widget = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
    press(widget, key, text, at)
