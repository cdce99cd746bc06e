"""The counter or the group: one of the two sides of the screen for many at once."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.desktop.batch.counter_view import CounterView
from counter_app.desktop.batch.group_view import GroupView
from counter_app.desktop.batch.presenter import Side
from counter_app.desktop.widgets.basics import column, label, row
from counter_app.desktop.widgets.segments import Segments
from counter_app.i18n import _


class BatchView(QWidget):
    """Shows both sides."""

    chosen = Signal(str)
    submitted = Signal()
    renewed = Signal()

    def __init__(self) -> None:
        super().__init__()
        choices = (
            ("counter", _("Certification counter")),
            ("group", _("Group from a sheet (Excel)")),
        )
        self.sides = Segments(_("Many at once"), choices, "counter")
        self.sides.chosen.connect(self.chosen)
        self.counter, self.group = CounterView(), GroupView()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.counter)
        self._pages.addWidget(self.group)
        head = row(label(_("Many at once"), "title"), 1, label("Ctrl+B", "muted"), self.sides)
        whole = column(head, self._pages, into=self, spacing=10)
        whole.setStretch(1, 1)
        for key, signal in (
            ("Ctrl+Return", self.submitted),
            ("Ctrl+Enter", self.submitted),
            ("Ctrl+N", self.renewed),
        ):
            QShortcut(QKeySequence(key), self, signal.emit)

    def show_side(self, side: Side) -> None:
        """Bring one side into sight, with the cursor where one begins."""
        shown = self.counter if side == "counter" else self.group
        self.sides.show_choice(side)
        self._pages.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if self.isVisible():
            shown.setFocus()
