"""The code that a citizen scans to make a transfer: large, and black on white in the dark too."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.printing.qr import qr_bars

LEAST: Final = 280
"""Pixels across, so that a phone reads it over the desk."""


class QrPicture(QWidget):
    """Draws the modules of a QR code, each in whole pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._side = 0
        self._bars: list[tuple[int, int, int]] = []
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("QR code for the transfer"))

    def show_text(self, text: str) -> None:
        """Show the code of `text`, or nothing."""
        if text == self._text:
            return
        self._text = text
        self._side, self._bars = qr_bars(text) if text else (0, [])
        least = -(-LEAST // self._side) * self._side if text else 0
        self.setMinimumSize(least, least)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least size at which a phone reads it."""
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle, as large as whole pixels allow."""
        if not self._text:
            return
        module = min(self.width(), self.height()) // self._side
        across = module * self._side
        painter = QPainter(self)
        painter.translate((self.width() - across) // 2, (self.height() - across) // 2)
        painter.fillRect(0, 0, across, across, Qt.GlobalColor.white)
        for left, top, length in self._bars:
            painter.fillRect(
                left * module, top * module, length * module, module, Qt.GlobalColor.black
            )
