"""Why something is done: reasons that are given often by one key, any other by typing it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from counter_app.desktop.widgets.basics import button, clear, column, label, row
from counter_app.desktop.widgets.field import Field
from counter_app.i18n import _

_MOST_KEYS = 9
_LONGEST = 500  # letters


class Reasons(QFrame):
    """Asks why; `given` comes with the reason, `left` if there is none."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title = label("", "heading", wrap=True)
        self._usual = column(spacing=6)
        self._keys: list[str] = []
        self.other = QLineEdit()
        self.other.setMaxLength(_LONGEST)
        self.other.returnPressed.connect(self._typed)
        self.done_button = button("", self._typed)
        self.back_button = button(_("&Back (Esc)"), self.left.emit)
        field = Field(_("A&nother reason"), self.other, beside=self.done_button)
        column(self.title, self._usual, field, row(self.back_button, 1), 1, into=self, margin=14)

    def ask(self, title: str, usual: Sequence[str], done: str) -> None:
        """Ask for a reason; the usual ones have the keys 1 to 9."""
        self.title.setText(title)
        self.done_button.setText(done)
        self.other.clear()
        clear(self._usual)
        self._keys = list(usual[:_MOST_KEYS])
        first: QWidget = self.other
        for number, reason in enumerate(usual, 1):
            give = partial(self.given.emit, reason)
            made = button(f"{number}   {reason}".replace("&", "&&"), give)
            made.setStyleSheet("text-align: left;")
            made.setAccessibleName(reason)
            self._usual.addWidget(made)
            first = made if number == 1 else first
        self.setFocusProxy(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit for the reason that bears it, unless one is typing."""
        typed = event.text()
        if typed.isdecimal() and 1 <= int(typed) <= len(self._keys):
            self.given.emit(self._keys[int(typed) - 1])
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        if reason := self.other.text().strip():
            self.given.emit(reason)
        else:
            self.other.setFocus()
