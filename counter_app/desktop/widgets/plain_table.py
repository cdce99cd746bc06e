"""A table of lines that are chosen one at a time and opened by Enter; nothing is edited in it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget

from counter_app.desktop import theme

_LINE: Final = 34  # pixels, at the usual size of letters
_LEAST_OF_LARGE: Final = 3  # lines in sight where letters are large


class PlainTable(QTableWidget):
    """Shows lines below `captions`; the column `wide` takes the room that is left.

    It is never lower than `least` lines.
    """

    entered = Signal()

    def __init__(self, name: str, captions: Sequence[str], *, wide: int, least: int) -> None:
        super().__init__(0, len(captions))
        self.setHorizontalHeaderLabels(list(captions))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        line = round(_LINE * self.font().pointSizeF() / theme.BASE_POINTS)
        self.verticalHeader().setDefaultSectionSize(line)
        shown = min(least, _LEAST_OF_LARGE) if theme.is_large() else least
        self.setMinimumHeight((shown + 1) * line + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.cellDoubleClicked.connect(lambda *_: self.entered.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
