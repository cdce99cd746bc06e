"""The print jobs line by line, with their state in words and in colour."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QTableWidgetItem,
)

from counter_app.desktop import theme
from counter_app.desktop.navigator import Tone
from counter_app.desktop.widgets.plain_table import PlainTable
from counter_app.desktop.wording import Tag
from counter_app.i18n import _

_LEAST: Final = 4  # lines in sight, however large the letters are
_PAPER: Final = 1  # the column that takes what room is left
_DISPENSABLE: Final = (2, 4)  # a paper's name tells its dossier, and the card below the rest
_ROOM: Final = 1000  # dots of usual letters that all columns need


class JobTable(PlainTable):
    """Shows lines; `entered` comes by Enter, `given_up` by Del."""

    given_up = Signal()

    def __init__(self) -> None:
        captions = (
            _("State"),
            _("Printed paper"),
            _("Dossier"),
            _("Printer"),
            _("Paper size"),
            _("Since"),
        )
        super().__init__(_("Print jobs"), captions, wide=_PAPER, least=_LEAST)

    def show_lines(self, lines: Sequence[tuple[Tag, Sequence[str]]], chosen: int) -> None:
        """Show these lines in place of those before, the one at `chosen` marked."""
        blocked = self.blockSignals(True)
        self.setRowCount(len(lines))
        for place, (state, cells) in enumerate(lines):
            said = QTableWidgetItem(state.text)
            said.setForeground(QColor(_colour(state.tone)))
            bold = said.font()
            bold.setBold(True)
            said.setFont(bold)
            self.setItem(place, 0, said)
            for at, text in enumerate(cells, 1):
                self.setItem(place, at, QTableWidgetItem(text))
        if chosen >= 0:
            self.selectRow(chosen)
        self.blockSignals(blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave columns out where the papers' names would have no room."""
        super().resizeEvent(event)
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        for place in _DISPENSABLE:
            self.setColumnHidden(place, self.width() < _ROOM * scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, give up by Del."""
        if event.key() == Qt.Key.Key_Delete:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


def _colour(tone: Tone) -> str:
    colours = theme.worn()
    return {
        "danger": colours.danger,
        "warning": colours.warning,
        "good": colours.good,
        "info": colours.primary,
    }.get(tone, colours.muted)
