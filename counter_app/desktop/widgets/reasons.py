"""Why something is done: reasons that are given often by one key, any other by typing it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
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
        self.other = QLineEdit()
        self.other.setMaxLength(500)
        self.other.returnPressed.connect(self._typed)
        self.done_button = button("", self._typed)
        self.back_button = button(_("&Back (Esc)"), self.left.emit)
        field = Field(_("&Another reason"), self.other, beside=self.done_button)
        column(self.title, self._usual, field, row(self.back_button, 1), 1, into=self, margin=14)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, self.left.emit, context=within)

    def ask(self, title: str, usual: Sequence[str], done: str) -> None:
        """Ask for a reason; the usual ones have the keys 1 to 9."""
        self.title.setText(title)
        self.done_button.setText(done)
        self.other.clear()
        clear(self._usual)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        first: QWidget = self.other
        for number, reason in enumerate(usual, 1):
            give = partial(self.given.emit, reason)
            made = button(f"{number}   {reason}".replace("&", "&&"), give)
            made.setStyleSheet("text-align: left;")
            made.setAccessibleName(reason)
            QShortcut(QKeySequence(f"Alt+{number}"), made, give, context=within)
            self._usual.addWidget(made)
            first = made if number == 1 else first
        self.setFocusProxy(first)

    def _typed(self) -> None:
        if reason := self.other.text().strip():
            self.given.emit(reason)
        else:
            self.other.setFocus()
