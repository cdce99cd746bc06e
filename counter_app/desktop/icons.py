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
    renderer, found = _renderer(name, colour), QIcon()
    for size in _SIZES:
        found.addPixmap(_drawn(renderer, size, 0, 1.0))
    return found


@lru_cache(maxsize=256)
def icon_beside(name: str, colour: str, side: int, gap: int, ratio: float) -> QIcon:
    """Return an icon of one size, with room behind it: Qt sets the words right beside it.

    It is drawn once, at the size that is shown: a window has dozens of them, and nobody is to
    wait for sizes that are not. `ratio` is how many dots of the screen there are to a pixel.
    """
    return QIcon(_drawn(_renderer(name, colour), side, gap, ratio))


def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = (assets.RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    # Qt draws `currentColor` black, whatever the palette says.
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


def _drawn(renderer: QSvgRenderer, side: int, gap: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round((side + gap) * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the mark of the program, in colours of its own."""
    return icon("app", "")
