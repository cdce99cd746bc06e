"""The Lucide icons, in the colour of the words beside them."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from counter_app import assets

_SIZES: Final = (20, 32, 48)  # beside words, beside a message, alone


@lru_cache(maxsize=256)
def icon(name: str, colour: str) -> QIcon:
    """Return an icon in one colour, sharp at the sizes that are used.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    svg = (assets.RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    # Qt draws `currentColor` black, whatever the palette says.
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    found = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        found.addPixmap(pixmap)
    return found


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the mark of the program, in colours of its own."""
    return icon("app", "")
