"""A page that shows at a glance what a printer cuts off, shrinks or cannot write."""

from collections.abc import Sequence
from typing import Final

import qrcode
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLineF,
    QMarginsF,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter, QPen

from counter_app.devices.printers import Size

_MM_PER_INCH: Final = 25.4
_DOTS_PER_INCH: Final = {"a5": 304.8, "a4": 304.8, "roll80": 203.0}
_SHEETS: Final = {"a5": (148.0, 210.0), "a4": (210.0, 297.0), "roll80": (80.08, 100.0)}
_EDGE: Final = {"a5": 5.0, "a4": 5.0, "roll80": 5.0}  # mm; what most printers still reach
_MEASURE: Final = {"a5": 100, "a4": 150, "roll80": 50}  # mm
_LETTERS: Final = (
    "ĂÂĐÊÔƠƯ ăâđêôơư",
    "ẮẶẦẬẾỆỐỘỚỢỨỰ ắặầậếệốộớợứự",
    "0123456789 ☐ ☑ – “ ”",
)
_MODULE: Final = 0.5  # mm, as on a receipt
_QR_TEXT: Final = "0123456789" * 24  # as long as that of a receipt


def trial_page(size: Size, lines: Sequence[str]) -> bytes:
    """Return the page as PDF: a frame near the edges, `lines`, letters, a QR code and a ruler."""
    raw = QByteArray()
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(round(_DOTS_PER_INCH[size]))
    wide, high = _SHEETS[size]
    millimetres = QPageSize.Unit.Millimeter
    writer.setPageSize(QPageSize(QSizeF(wide, high), millimetres))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    dots_per_mm = _DOTS_PER_INCH[size] / _MM_PER_INCH
    painter.scale(dots_per_mm, dots_per_mm)  # from here on in millimetres
    _draw(painter, size, lines)
    painter.end()
    buffer.close()
    return bytes(raw.data())


def _draw(painter: QPainter, size: Size, lines: Sequence[str]) -> None:
    (wide, high), edge = _SHEETS[size], _EDGE[size]
    narrow = size == "roll80"
    black = QColor("black")
    painter.setPen(QPen(black, 0.3))
    painter.drawRect(QRectF(edge, edge, wide - 2 * edge, high - 2 * edge))
    left, top = edge + (3 if narrow else 8), edge + 4
    for place, line in enumerate((*lines, *_LETTERS)):
        font = QFont("Noto Sans")
        font.setPixelSize((5 if narrow else 6) if place == 0 else (3 if narrow else 4))
        font.setBold(place == 0)
        painter.setFont(font)
        room = QRectF(left, top, wide - edge - left - 1, 30)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        top = painter.drawText(room, flags, line).bottom() + (1.5 if narrow else 3)
    _draw_ruler(painter, QPointF(left, top + 4), _MEASURE[size])
    _draw_code(painter, QPointF(left, top + 18))


def _draw_ruler(painter: QPainter, left: QPointF, measure: int) -> None:
    """Draw a line with a stroke for each centimetre, to be laid beside a ruler of wood."""
    painter.drawLine(QLineF(left, left + QPointF(measure, 0)))
    for place in range(0, measure + 1, 5):
        stroke = 2.5 if place % 10 == 0 else 1.2
        at = left + QPointF(place, 0)
        painter.drawLine(QLineF(at, at - QPointF(0, stroke)))
    painter.drawText(left + QPointF(0, 5), f"{measure} mm")


def _draw_code(painter: QPainter, left: QPointF) -> None:
    """Draw a QR code as dense as that of a receipt: whoever can scan this one can scan those."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=2, border=0
    )
    code.add_data(_QR_TEXT)
    for row, modules in enumerate(code.get_matrix()):
        for column, black in enumerate(modules):
            if black:
                at = left + QPointF(column * _MODULE, row * _MODULE)
                painter.fillRect(QRectF(at, QSizeF(_MODULE, _MODULE)), QColor("black"))
