"""A list that comes up under a field while one types, and never takes the keys from it.

It is a part of the screen and no window of its own: a scanner's keys go on reaching the field,
and the filter that listens for them.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from counter_app.desktop import theme

Row = tuple[str, str]
Index = QModelIndex | QPersistentModelIndex
_DETAIL: Final = Qt.ItemDataRole.UserRole
_PADDING: Final = 10
_GAP: Final = 4  # pixels above and below the words of a row
_FEW: Final = 3  # rows: as long as they fit below, what stands above stays in sight


class Suggestions(QListWidget):
    """Rows of a title and, smaller, what is known besides; the field's arrows move the choice.

    `chosen` tells which row was clicked. Whoever owns the field decides what Enter does, by
    `current`: the row that is marked, or -1.
    """

    chosen = Signal(int)

    def __init__(self, field: QLineEdit, screen: QWidget, *, first_marked: bool) -> None:
        super().__init__(screen)
        self._field = field
        self._screen = screen
        self._first_marked = first_marked
        self._rows: Sequence[Row] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "suggestions")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_TwoLines(self))
        self.itemClicked.connect(lambda item: self.chosen.emit(self.row(item)))
        field.installEventFilter(self)
        screen.installEventFilter(self)
        self.hide()

    @property
    def current(self) -> int:
        """Return the row that is marked, or -1 if none is or the list is not shown."""
        return self.currentRow() if self.isVisible() else -1

    def offer(self, rows: Sequence[Row]) -> None:
        """Show `rows` as long as the field has the focus; none, and the list goes away."""
        if list(rows) != list(self._rows):
            self._rows = tuple(rows)
            self.clear()
            for title, detail in rows:
                item = QListWidgetItem(title, self)
                item.setData(_DETAIL, detail)
            if self._first_marked and rows:
                self.setCurrentRow(0)
        self.setVisible(bool(rows) and self._field.hasFocus())
        self.place()

    def place(self) -> None:
        """Lie under the field, or above it where there is more room."""
        if not self.isVisible() or not self._rows:
            return
        top = self._field.mapTo(self._screen, QPoint(0, 0))
        below = self._screen.height() - top.y() - self._field.height() - 2 * _GAP
        above = top.y() - 2 * _GAP
        wanted = self.sizeHintForRow(0) * len(self._rows) + 2 * self.frameWidth()
        few = self.sizeHintForRow(0) * _FEW
        under = below >= min(wanted, few) or below >= above
        row = max(self.sizeHintForRow(0), 1)
        most = len(self._rows) if under else _FEW + 1
        rows = max(1, min(len(self._rows), most, (below if under else above) // row))
        height = row * rows + 2 * self.frameWidth()
        y = top.y() + self._field.height() + _GAP if under else top.y() - _GAP - height
        self.setGeometry(QRect(top.x(), y, self._field.width(), height))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the choice by the field's arrows, and come and go with the focus."""
        if watched is self._screen:
            if event.type() == QEvent.Type.Resize:
                self.place()
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() == QEvent.Type.FocusIn:
            self.offer(self._rows)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # Escape closes the list, and not whatever the window would do with it.
            if self.isVisible() and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        return False

    def _key(self, key: int) -> bool:
        if key == Qt.Key.Key_Down and self._rows and not self.isVisible():
            self.offer(self._rows)
            return True
        if not self.isVisible():
            return False
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            least = 0 if self._first_marked else -1
            row = min(max(self.currentRow() + step, least), self.count() - 1)
            self.setCurrentRow(row)
            self._field.setAccessibleDescription(self._rows[row][0] if row >= 0 else "")
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False


class _TwoLines(QStyledItemDelegate):
    """Draws a title, and below it what is known besides, each cut to the width there is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for the lines there are."""
        height = QFontMetrics(option.font).height()
        if index.data(_DETAIL):
            height += QFontMetrics(_smaller(option.font)).height()
        return QSize(0, height + 2 * _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        colours = theme.worn()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
            mark = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(mark, QColor(colours.primary))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.raised))
        room = option.rect.adjusted(_PADDING, _GAP, -_PADDING, -_GAP)
        painter.setPen(QColor(colours.text))
        _line(painter, option.font, room, str(index.data()))
        if detail := index.data(_DETAIL):
            room.setTop(room.top() + QFontMetrics(option.font).height())
            painter.setPen(QColor(colours.muted))
            _line(painter, _smaller(option.font), room, str(detail))
        painter.restore()


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * 0.9)
    return smaller


def _line(painter: QPainter, font: QFont, room: QRect, text: str) -> None:
    painter.setFont(font)
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, cut)
