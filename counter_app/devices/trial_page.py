"""A page that shows at a glance what a printer cuts off, shrinks or cannot write."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter, QPen

from counter_app.devices.printers import Size

_DOTS_PER_MM: Final = 12  # 304.8 to the inch
_EDGE: Final = 5.0  # mm; what most printers still reach
_MEASURE: Final = 100.0  # mm
_LETTERS: Final = "ĂÂĐÊÔƠƯ ăâđêôơư ẮẶẦẬẾỆỐỘỚỢỨỰ ắặầậếệốộớợứự 0123456789"
_PAGES: Final = {"a5": QPageSize.PageSizeId.A5, "a4": QPageSize.PageSizeId.A4}


def trial_page(size: Size, lines: Sequence[str]) -> bytes:
    """Return the page as PDF: a frame 5 mm from the edges, `lines`, letters, a line of 100 mm."""
    raw = QByteArray()
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(round(_DOTS_PER_MM * 25.4))
    writer.setPageSize(QPageSize(_PAGES[size]))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.scale(_DOTS_PER_MM, _DOTS_PER_MM)  # from here on in millimetres
    sheet = QRectF(0, 0, writer.width() / _DOTS_PER_MM, writer.height() / _DOTS_PER_MM)
    _draw(painter, sheet, lines)
    painter.end()
    buffer.close()
    return bytes(raw.data())


def _draw(painter: QPainter, sheet: QRectF, lines: Sequence[str]) -> None:
    painter.setPen(QPen(QColor("black"), 0.3))
    painter.drawRect(sheet.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
    top = _EDGE + 14.0
    for place, line in enumerate((*lines, _LETTERS)):
        font = QFont("Noto Sans")
        font.setPixelSize(6 if place == 0 else 4)
        font.setBold(place == 0)
        painter.setFont(font)
        painter.drawText(QPointF(_EDGE + 8, top), line)
        top += 12 if place == 0 else 8
    left = QPointF(_EDGE + 8, top + 4)
    right = left + QPointF(_MEASURE, 0)
    painter.drawLine(QLineF(left, right))
    for end in (left, right):
        painter.drawLine(QLineF(end - QPointF(0, 2), end + QPointF(0, 2)))
    painter.drawText(left + QPointF(0, 9), f"{_MEASURE:.0f} mm")
