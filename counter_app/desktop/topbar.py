"""The head of the window: where one scans or searches, what day it is, and who works."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from counter_app.desk import Desk
from counter_app.desktop.widgets.basics import label, row
from counter_app.i18n import _, format_date, format_weekday


class TopBar(QFrame):
    """Says what was typed or scanned into its box, which is empty afterwards."""

    entered = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "topbar")
        self.box = QLineEdit()
        self.box.setProperty("role", "scan")
        self.box.setPlaceholderText(
            _("Scan an ID card or receipt, or type a code, name or phone (Ctrl+L)")
        )
        self.box.setAccessibleName(_("Scan or search"))
        self.box.returnPressed.connect(self._take)
        today = desk.business_date
        day = label(f"{format_weekday(today)}, {format_date(today)}")
        officer = label(desk.officer.name, "muted")
        line = row(self.box, day, officer, into=self, spacing=16)
        line.setContentsMargins(14, 10, 14, 10)
        line.setStretch(0, 1)

    def _take(self) -> None:
        text = self.box.text().strip()
        self.box.clear()
        if text:
            self.entered.emit(text)
