"""The pages of one paper as small pictures, numbered, upright as they were turned."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from counter_app.desktop import theme
from counter_app.desktop.icons import icon
from counter_app.domain.dossier import Scan
from counter_app.domain.operation import Digitised
from counter_app.i18n import N_, _, format_count, format_size, ngettext
from counter_app.services.scans import is_pdf

Index = QModelIndex | QPersistentModelIndex
_SCAN: Final = Qt.ItemDataRole.UserRole
_LOOKS: Final = Qt.ItemDataRole.UserRole + 1
_SIDE: Final = 128  # of a picture, in pixels at 100 %
_CELL: Final = (150, 188)
_GAP: Final = 4
_SOURCES: Final = {
    Digitised.REUSED: N_("used again"),
    Digitised.FROM_RESULT: N_("from a result"),
}


class PageList(QListWidget):
    """Shows pages side by side, and which of them is meant; it never opens one in full."""

    chosen = Signal(object)  # the UUID of a scan, or None
    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        self._side = round(_SIDE * scale)
        self.setViewMode(self.ViewMode.IconMode)
        self.setMovement(self.Movement.Static)
        self.setResizeMode(self.ResizeMode.Adjust)
        self.setIconSize(QSize(self._side, self._side))
        self.setGridSize(QSize(round(_CELL[0] * scale), round(_CELL[1] * scale)))
        self.setWordWrap(True)
        self.setSpacing(0)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Tile(self))
        self.currentItemChanged.connect(self._tell)
        self.itemDoubleClicked.connect(lambda _item: self.opened.emit())
        self._showing = False

    def show_pages(
        self, scans: Sequence[Scan], pictures: Mapping[UUID, bytes], selected: UUID | None
    ) -> None:
        """Show these pages, each with its picture where there is one."""
        self._showing = True
        while self.count() > len(scans):
            self.takeItem(self.count() - 1)
        while self.count() < len(scans):
            QListWidgetItem(self)
        for number, scan in enumerate(scans):
            item = self.item(number)
            picture = pictures.get(scan.added.scan, b"")
            looks = (scan, number, bool(picture))
            if item.data(_LOOKS) != looks:
                item.setData(_LOOKS, looks)
                item.setData(_SCAN, scan.added.scan)
                item.setText(_caption(scan, number))
                item.setIcon(self._icon(scan, picture))
            if scan.added.scan == selected:
                self.setCurrentItem(item)
        if selected is None:
            self.setCurrentRow(-1)
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the page that is meant by Enter; letters are keys of the panel, not a search."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.opened.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._showing:
            self.chosen.emit(item.data(_SCAN))

    def _icon(self, scan: Scan, picture: bytes) -> QIcon:
        image = QImage.fromData(picture, "JPEG")  # type: ignore[arg-type]  # Qt takes no bytes here
        if image.isNull():
            return icon("file-text", theme.worn().muted)
        shown = QPixmap.fromImage(image.transformed(QTransform().rotate(scan.turn)))
        return QIcon(_framed(shown, self._side, self.devicePixelRatioF()))


class _Tile(QStyledItemDelegate):
    """Draws one page: its picture above, what it is below, and both lit up when it is meant."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        colours = theme.worn()
        area = option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(colours.primary))
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        side = option.decorationSize.height()
        picture: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        above = QRect(area.left(), area.top() + _GAP, area.width(), side)
        picture.paint(painter, above)
        painter.setPen(QColor(colours.text))
        painter.setFont(option.font)
        below = QRect(area.left(), above.bottom() + _GAP, area.width(), area.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, str(index.data()))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the room that it takes."""
        view = self.parent()
        assert isinstance(view, PageList)
        return view.gridSize()


def _framed(picture: QPixmap, side: int, ratio: float) -> QPixmap:
    """Return a picture in the middle of a square, with a line around it: paper is white too."""
    whole = round(side * ratio)
    square = QPixmap(whole, whole)
    square.fill(Qt.GlobalColor.transparent)
    fit = picture.scaled(
        whole - 2,
        whole - 2,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (whole - fit.width()) // 2, (whole - fit.height()) // 2
    painter = QPainter(square)
    painter.drawPixmap(left, top, fit)
    painter.setPen(theme.worn().border)
    painter.drawRect(left - 1, top - 1, fit.width() + 1, fit.height() + 1)
    painter.end()
    square.setDevicePixelRatio(ratio)
    return square


def _caption(scan: Scan, number: int) -> str:
    first = format_count(number + 1)
    if is_pdf(scan):
        pages = scan.added.pages
        words = ngettext("PDF, {count} page", "PDF, {count} pages", pages)
        first += " · " + (words.format(count=format_count(pages)) if pages else "PDF")
    source = _SOURCES.get(scan.added.digitised)
    below = format_size(scan.added.size)
    return f"{first}\n{below}" + (f" · {_(source)}" if source else "")
