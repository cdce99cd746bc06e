"""Paper on the screen: one page, drawn dot for dot for the room that it has."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from counter_app.desktop import theme
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.i18n import _
from counter_app.printing import PageImage, SinglePage

_EDGE: Final = 10  # room around the sheet
_WIDEST: Final = 900  # a sheet is read best no wider than this
_INDENT: Final = 6  # as the words of a link
_PATIENCE_MS: Final = 120  # whoever drags a window's corner is not done yet


class Pages(QWidget):
    """Shows a page and leads to the others; asks for it anew when there is more or less room."""

    room_made = Signal(int, int)  # in dots of the screen; a height of 0 is no limit
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._whole = True
        self._room = (0, 0)
        self._sheet = _Sheet()
        self._area = _Area(self._sheet)
        self._area.turned.connect(self.turned)
        self._area.resized.connect(self._measure_soon)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._before = button(_("Previous page"), lambda: self.turned.emit(-1), role="link")
        self._after = button(_("Next page"), lambda: self.turned.emit(1), role="link")
        self._place = label("", "muted")
        self._zoom = button("", self._toggle, role="link", symbol="zoom-in", key="Ctrl+0")
        self._place.setIndent(round(_INDENT * self.font().pointSizeF() / theme.BASE_POINTS))
        self._leaf = QWidget()
        column(self._place, self._after, self._before, into=self._leaf, spacing=2)
        # Beside the sheet, which is higher than wide: above it they would make it smaller.
        bar = column(self._zoom, self._leaf, 1, spacing=10)
        layout = column(self._problem, row(self._area, bar, spacing=4), into=self, spacing=4)
        layout.setStretch(1, 1)
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._measure)
        self.setFocusProxy(self._area)
        self._name_zoom()

    @property
    def page_size(self) -> QSize:
        """How large the page is shown, without its edge."""
        return self._sheet.sizeHint() - QSize(2 * _EDGE, 2 * _EDGE)

    def show_page(self, page: SinglePage | None, problem: str = "") -> None:
        """Show a page, or an empty place and why there is none."""
        self._sheet.show_image(page.image if page else None)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._leaf.setVisible(page is not None and page.count > 1)
        if page is not None:
            words = _("Page {number} of {count}").format(number=page.number, count=page.count)
            self._place.setText(words)
            self._sheet.setAccessibleName(words)
            self._before.setEnabled(page.number > 1)
            self._after.setEnabled(page.number < page.count)

    def _toggle(self) -> None:
        self._whole = not self._whole
        self._name_zoom()
        self._measure()

    def _name_zoom(self) -> None:
        words = _("Larger") if self._whole else _("Whole page")
        self._zoom.setText(words)
        self._zoom.setToolTip(f"{words} (Ctrl+0)")

    def _measure_soon(self) -> None:
        # At first there is nothing to be seen that could flicker.
        self._soon.start(_PATIENCE_MS if self._sheet.is_drawn else 0)

    def _measure(self) -> None:
        width, height = self._area.room(whole=self._whole)
        ratio = self.devicePixelRatioF()
        room = round(width * ratio), round(height * ratio)
        if width > 0 and room != self._room:
            self._room = room
            self.room_made.emit(*room)


class _Area(QScrollArea):
    """Where the sheet lies; the keys for pages lead through all of them."""

    turned = Signal(int)
    resized = Signal()

    def __init__(self, sheet: QWidget) -> None:
        super().__init__()
        self.setWidget(sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Preview"))

    def room(self, *, whole: bool) -> tuple[int, int]:
        """Return how wide and, for a whole page, how high a sheet may be."""
        bar = self.verticalScrollBar().sizeHint().width()
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        width = min(self.width() - bar - 2 * _EDGE, round(_WIDEST * scale))
        return width, self.height() - 2 * _EDGE if whole else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that there is another room now."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by Page Down and Page Up, and at the end of a page go on to the next."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turned.emit(1)
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == 0:
            self.turned.emit(-1)
        else:
            super().keyPressEvent(event)


class _Sheet(QWidget):
    """A white sheet with a page's dots on it, each on a dot of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._image: PageImage | None = None
        self._pixmap = QPixmap()

    @property
    def is_drawn(self) -> bool:
        """Whether there is a page."""
        return self._image is not None

    def show_image(self, image: PageImage | None) -> None:
        """Take another page; the same again costs nothing."""
        if image is self._image:
            return
        self._image = image
        self._pixmap = QPixmap() if image is None else _pixmap(image, self.devicePixelRatioF())
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the sheet with its edge."""
        size = self._pixmap.deviceIndependentSize().toSize()
        return QSize(size.width() + 2 * _EDGE, size.height() + 2 * _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sheet."""
        if self._image is None:
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        painter = QPainter(self)
        corner = QPoint(_EDGE, _EDGE)
        painter.drawPixmap(corner, self._pixmap)
        painter.setPen(QColor(theme.colours_of(app).border))
        outline = QRect(corner, self._pixmap.deviceIndependentSize().toSize())
        painter.drawRect(outline.adjusted(-1, -1, 0, 0))
        painter.end()


def _pixmap(image: PageImage, ratio: float) -> QPixmap:
    stride = 3 * image.width
    dots = QImage(image.rgb, image.width, image.height, stride, QImage.Format.Format_RGB888)
    pixmap = QPixmap.fromImage(dots)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
