"""Strips on a roll of thermal paper: black dots where the printer's own dots are.

The text commands of such printers lose Vietnamese letters, and differ from maker to maker; a
picture of exactly its dots comes out of any that has a driver.
"""

import math
from collections.abc import Iterable
from typing import Final, Protocol

from PySide6.QtCore import QMarginsF, QPoint, QSizeF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, qRgb

ROLL_DOTS_PER_INCH: Final = 203
"""8 dots to the millimetre: what nearly all printers of 80 mm have."""

ROLL_DOTS: Final = 640
"""Dots across the whole roll."""

PRINTABLE_DOTS: Final = 576
"""Dots in its middle that such a printer reaches: 72 mm."""

_POINTS: Final = 72  # to the inch
_COLOURS: Final = (qRgb(255, 255, 255), qRgb(0, 0, 0))


class Strip(Protocol):
    """One page as dots, a bit for each: 1 is black, the first is the highest of its byte.

    Each row begins with a byte of its own.
    """

    @property
    def width(self) -> int:
        """Dots in a row."""
        ...

    @property
    def height(self) -> int:
        """Rows."""
        ...

    @property
    def bits(self) -> bytes:
        """The dots."""
        ...


def paint_strips(strips: Iterable[Strip], device: QPagedPaintDevice) -> bool:
    """Draw each strip on as much of the roll as it is long; say whether the device took all."""
    painter = QPainter()
    whole = False
    for strip in strips:
        device.setPageLayout(_layout(strip))
        whole = device.newPage() if painter.isActive() else painter.begin(device)
        if not whole:
            break
        left = (ROLL_DOTS - strip.width) // 2  # a whole dot, or the printer would blur each
        painter.drawImage(QPoint(left, 0), picture_of(strip))
    return painter.isActive() and painter.end() and whole


def picture_of(strip: Strip) -> QImage:
    """Return a strip as a picture in black and white, dot for dot."""
    stride = -(-strip.width // 8)
    image = QImage(strip.bits, strip.width, strip.height, stride, QImage.Format.Format_Mono)
    image.setColorTable(_COLOURS)
    return image.copy()  # the picture does not keep the bytes alive


def _layout(strip: Strip) -> QPageLayout:
    # Sheets are whole points long: one that is rounded down would lose the last row of dots.
    long = math.ceil(strip.height * _POINTS / ROLL_DOTS_PER_INCH)
    size = QSizeF(round(ROLL_DOTS * _POINTS / ROLL_DOTS_PER_INCH), long)
    sheet = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    # Upright, however short: a strip that is wider than long must not be turned.
    return QPageLayout(sheet, QPageLayout.Orientation.Portrait, QMarginsF())
