"""A page on the screen: whole, or as wide as there is room, scrolled by the keys."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QScrollArea, QWidget

from counter_app.desktop import theme
from counter_app.i18n import _

_EDGE = 8


class Picture(QScrollArea):
    """Shows one JPEG that this program has made itself."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = True
        self._sheet = _Sheet()
        self._told: tuple[bytes, int] = (b"", 0)
        self._image = QPixmap()
        self.setWidget(self._sheet)
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "sheet")
        self.setAccessibleName(_("Scan"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_picture(self, jpeg: bytes, turn: int) -> None:
        """Show a picture, turned clockwise by so many degrees; nothing if there is none."""
        if (jpeg, turn) == self._told:
            return
        self._told = (jpeg, turn)
        image = QImage.fromData(jpeg, "JPEG")  # type: ignore[arg-type]  # Qt takes no bytes here
        self._image = QPixmap.fromImage(image.transformed(QTransform().rotate(turn)))
        self.verticalScrollBar().setValue(0)
        self._fit()

    def toggle(self) -> None:
        """Show it whole, or as wide as there is room."""
        self.whole = not self.whole
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit it into the room there is now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            self._sheet.show_pixmap(QPixmap(), QSize(1, 1))
            return
        room = self.viewport().size() - QSize(2 * _EDGE, 2 * _EDGE)
        size = self._image.size()
        if self.whole:
            size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        else:
            # Never larger than it is: more dots than were scanned show nothing more.
            width = min(self.maximumViewportSize().width() - 2 * _EDGE - 16, size.width())
            size = QSize(width, size.height() * width // max(size.width(), 1))
        self._sheet.show_pixmap(self._image, size)


class _Sheet(QWidget):
    """The page itself, with a line around it."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()

    def show_pixmap(self, pixmap: QPixmap, size: QSize) -> None:
        """Show it in this size."""
        ratio = self.devicePixelRatioF()
        exact = Qt.AspectRatioMode.IgnoreAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self._pixmap = pixmap if pixmap.isNull() else pixmap.scaled(size * ratio, exact, smooth)
        self.resize(size + QSize(2 * _EDGE, 2 * _EDGE))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        place = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.drawPixmap(place, self._pixmap)
        painter.setPen(theme.worn().border)
        painter.drawRect(QRect(place).adjusted(-1, -1, 0, 0))
        painter.end()
