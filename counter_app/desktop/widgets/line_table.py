"""Tables of plain lines, of which the first may be a total; the columns share out the width."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from counter_app.desktop import theme
from counter_app.i18n import _

Index = QModelIndex | QPersistentModelIndex
Line = tuple[str, ...]
_ROLE: Final = Qt.ItemDataRole
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_AIR: Final = 20  # dots beside the longest words of a column, at the usual size of letters
_MOST_PER_CENT: Final = 65  # of what is left, for a column that others follow


class Lines(QAbstractTableModel):
    """Shows lines of words; the captions come with them, in the language of now."""

    def __init__(self, captions: Sequence[str], *, right: Sequence[int], total: bool) -> None:
        super().__init__()
        self._captions = captions
        self._right = frozenset(right)
        self._total = total
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the same ones leave the table alone."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def line(self, place: int) -> Line:
        """Return the words of a line."""
        return self._lines[place]

    def words_of(self, column: int) -> Sequence[str]:
        """Return all that a column says."""
        return [line[column] for line in self._lines]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._captions)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return what is shown in a cell, and how."""
        if role in {_ROLE.DisplayRole, _ROLE.ToolTipRole}:
            return self._lines[index.row()][index.column()]
        if role == _ROLE.TextAlignmentRole:
            return self._alignment(index.column())
        if role == _ROLE.FontRole and self._total and index.row() == 0:
            return _bold()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        """Return the caption of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return _(self._captions[section])
        return self._alignment(section) if role == _ROLE.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if column in self._right else _LEFT


class LineTable(QTableView):
    """Shows `Lines`. A column is as wide as its sample, or as its words if it has none."""

    opened = Signal(int)

    def __init__(self, name: str, model: Lines, *, samples: Sequence[str | None]) -> None:
        super().__init__()
        self._samples = samples
        self._lines = model
        self.setModel(model)
        model.modelReset.connect(self._share_out)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        high = self.fontMetrics().height() + 12
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen line by Enter."""
        chosen = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and chosen >= 0:
            self.opened.emit(chosen)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Give each column what its words need, and what is left to the last without a sample."""
        widths = {column: self._need(column, text) for column, text in enumerate(self._samples)}
        *first, last = (column for column, text in enumerate(self._samples) if text is None)
        room = self.viewport().width() - sum(
            width for column, width in widths.items() if column not in {*first, last}
        )
        for column in first:
            widths[column] = min(widths[column], room * _MOST_PER_CENT // 100)
            room -= widths[column]
        widths[last] = max(room, 0)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _need(self, column: int, sample: str | None) -> int:
        metrics = self.fontMetrics()
        caption = self.model().headerData(column, Qt.Orientation.Horizontal)
        bold = metrics.horizontalAdvance(str(caption)) * 11 // 10
        words = self._lines.words_of(column) if sample is None else [sample]
        air = round(_AIR * self.font().pointSizeF() / theme.BASE_POINTS)
        return max([bold, *map(metrics.horizontalAdvance, words)]) + air


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
