"""The papers of a dossier, each in two lines at most, and how far it is scanned below."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from counter_app.desktop import theme
from counter_app.desktop.scans.state import ScansState
from counter_app.domain.scans import PaperScans
from counter_app.i18n import _, format_count, format_size, law, ngettext

Index = QModelIndex | QPersistentModelIndex
_COMPONENT: Final = Qt.ItemDataRole.UserRole
_BELOW: Final = Qt.ItemDataRole.UserRole + 1
_TONE: Final = Qt.ItemDataRole.UserRole + 2
_EDGE: Final = 8
_GAP: Final = 3
_LINES: Final = 2


class PaperList(QListWidget):
    """Says which papers there are, and which of them is meant."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Papers"))
        self.setItemDelegate(_Drawing(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setResizeMode(self.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.currentItemChanged.connect(self._tell)
        self._showing = False

    def show_state(self, state: ScansState) -> None:
        """Show the papers, and the one that is meant."""
        self._showing = True
        if [item.data(_COMPONENT) for item in self._items()] != [
            paper.component for paper in state.papers
        ]:
            self.clear()
            for paper in state.papers:
                item = QListWidgetItem(self)
                item.setData(_COMPONENT, paper.component)
        for item, paper in zip(self._items(), state.papers, strict=True):
            name = law(paper.name) if paper.component else _("Other papers")
            below, tone = _standing(paper)
            for role, value in (
                (Qt.ItemDataRole.DisplayRole, name),
                (Qt.ItemDataRole.ToolTipRole, name),
                (Qt.ItemDataRole.AccessibleTextRole, f"{name}: {below}"),
                (_BELOW, below),
                (_TONE, tone),
            ):
                if item.data(role) != value:
                    item.setData(role, value)
            if paper.component == state.chosen:
                self.setCurrentItem(item)
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the panel: there are few papers, and nobody searches them."""
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(number) for number in range(self.count())]

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._showing:
            self.chosen.emit(item.data(_COMPONENT))


def _standing(paper: PaperScans) -> tuple[str, str]:
    """Return how far a paper is scanned, and in which colour that is said."""
    count = len(paper.scans)
    if count:
        words = ngettext("{count} page", "{count} pages", count)
        pages = words.format(count=format_count(count))
        return f"{pages} · {format_size(paper.size)}", "good"
    return (_("not scanned yet"), "warning") if paper.handed_in else ("–", "muted")


class _Drawing(QStyledItemDelegate):
    """Draws one paper: its name, cut off after two lines, and how far it is scanned."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        colours = theme.worn()
        style = option.widget.style()
        option.text = ""
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        area = option.rect.adjusted(_EDGE, _GAP + 2, -_EDGE, -_GAP)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text))
        metrics = QFontMetrics(option.font)
        lines = _lines(str(index.data()), option.font, area.width())
        for number, line in enumerate(lines):
            painter.drawText(
                area.left(), area.top() + metrics.ascent() + number * metrics.height(), line
            )
        tone = {"good": colours.good, "warning": colours.warning}.get(
            index.data(_TONE), colours.muted
        )
        painter.setPen(QColor(tone))
        top = area.top() + len(lines) * metrics.height()
        below = QRect(area.left(), top, area.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, str(index.data(_BELOW)))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that it takes."""
        view = self.parent()
        assert isinstance(view, PaperList)
        width = view.viewport().width()
        metrics = QFontMetrics(view.font())
        lines = len(_lines(str(index.data() or ""), view.font(), width - 2 * _EDGE)) + 1
        return QSize(width, lines * metrics.height() + 2 * _GAP + 4)


def _lines(text: str, font: QFont, width: int) -> list[str]:
    """Return a text in at most two lines, the second cut off with “…”."""
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        if len(lines) == _LINES - 1:
            rest = text[line.textStart() :]
            cut = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
            lines.append(cut)
            break
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]
