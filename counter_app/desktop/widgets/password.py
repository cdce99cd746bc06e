"""A place to type a password: hidden, to be looked at for a moment, with a word on the keyboard."""

import unicodedata
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton

from counter_app.desktop.widgets.basics import paint_symbol
from counter_app.desktop.widgets.field import Field
from counter_app.i18n import _

_LOOK_KEY: Final = "Alt+F8"  # as in the fields of Windows


class PasswordField(Field):
    """A field whose letters are dots until the eye beside it is pressed."""

    entered = Signal()
    typed = Signal(str)

    def __init__(self, caption: str) -> None:
        edit, eye = QLineEdit(), QPushButton()
        super().__init__(caption, edit, beside=eye)
        self.edit, self._eye = edit, eye
        eye.setProperty("role", "icon")
        eye.setCheckable(True)
        # Not on Tab's way: whoever types the next field blindly would press it.
        eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        eye.toggled.connect(self._look)
        look = QShortcut(QKeySequence(_LOOK_KEY), edit, eye.toggle)
        look.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._problem = ""
        self._capitals = False
        self._look(False)
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self.entered)
        self.edit.textEdited.connect(self._edited)

    @property
    def text(self) -> str:
        """What has been typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what has been typed, and hide what will be."""
        self.edit.clear()
        self._eye.setChecked(False)
        self._say_hint()

    def set_problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._problem = text
        super().set_problem(text)
        self._say_hint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice from a letter whether Caps Lock is on; Qt does not tell."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._notice(event)
        return super().eventFilter(watched, event)

    def _notice(self, event: QKeyEvent) -> None:
        letter = event.text()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self._capitals = False  # until the next letter tells
        elif letter.isalpha() and letter.upper() != letter.lower():
            self._capitals = letter.isupper() != shifted
        self._say_hint()

    def _edited(self, text: str) -> None:
        self._say_hint()
        self.typed.emit(text)

    def _say_hint(self) -> None:
        if self._problem:
            return
        marks = unicodedata.normalize("NFD", self.edit.text()) != self.edit.text()
        if self._capitals:
            self.set_hint(_("Caps Lock is on."))
        elif marks:
            self.set_hint(_("Letters with accents were typed: the Vietnamese typing tool is on."))
        else:
            self.set_hint("")

    def _look(self, visible: bool) -> None:
        mode = QLineEdit.EchoMode
        self.edit.setEchoMode(mode.Normal if visible else mode.Password)
        self._eye.setProperty("symbol", "eye-off" if visible else "eye")
        words = _("Hide the password") if visible else _("Show the password")
        self._eye.setToolTip(f"{words} ({_LOOK_KEY})")
        self._eye.setAccessibleName(words)
        paint_symbol(self._eye)
