"""The colours and measures of the window: Fusion, with a palette and a style of our own.

Contrasts are at least 4.5:1 for words and 3:1 for outlines (WCAG 2.2 AA); a test reckons them.
"""

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import assets

BASE_POINTS: Final = 10.0
LARGE_POINTS: Final = 12.0


class Colours(Struct, frozen=True, kw_only=True):
    """One set of colours; the names say what for."""

    text: str
    muted: str
    window: str
    surface: str
    raised: str
    border: str
    line: str
    primary: str
    primary_hover: str
    on_primary: str
    selection: str
    focus: str
    nav: str
    nav_text: str
    nav_muted: str
    nav_selected: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    info_soft: str


LIGHT: Final = Colours(
    text="#1b1f24",
    muted="#57606a",
    window="#f3f5f8",
    surface="#ffffff",
    raised="#f6f8fa",
    border="#848d97",
    line="#d8dee4",
    primary="#0b5cad",
    primary_hover="#094b8d",
    on_primary="#ffffff",
    selection="#dbeafe",
    focus="#b35900",
    nav="#12294a",
    nav_text="#f3f6fb",
    nav_muted="#a9bcd8",
    nav_selected="#27508a",
    danger="#b42318",
    danger_soft="#fdecea",
    warning="#8a5a00",
    warning_soft="#fff4d6",
    good="#0f6b3a",
    good_soft="#e3f6ea",
    info_soft="#e7f0fb",
)

DARK: Final = Colours(
    text="#e6edf3",
    muted="#a5b0bc",
    window="#12161c",
    surface="#1b2129",
    raised="#222a34",
    border="#7d8894",
    line="#333c47",
    primary="#6cb2ff",
    primary_hover="#94c7ff",
    on_primary="#0b1622",
    selection="#1f3f66",
    focus="#ffbf47",
    nav="#0c1016",
    nav_text="#e6edf3",
    nav_muted="#95a3b3",
    nav_selected="#1f3f66",
    danger="#ff9a90",
    danger_soft="#47201d",
    warning="#f3c55c",
    warning_soft="#40320e",
    good="#6ed39a",
    good_soft="#173a27",
    info_soft="#1c3048",
)


def dress(window: QWidget, *, scale: int) -> None:
    """Dress one window, and whatever is given a place in it, in the colours chosen.

    Where the whole application is dressed, each part is looked at anew, with all that it holds,
    whenever it is put into another: to make a screen takes three times as long.
    """
    window.setStyleSheet(_style(worn(), scale))


def choose(app: QApplication, *, dark: bool, scale: int) -> None:
    """Choose colours and letters, of which widgets that are made from here on know."""
    if app.property("dark") is None:  # once: making a style takes as long as a window
        app.setStyle("Fusion")
    app.setFont(_font(scale))
    app.setPalette(_palette(DARK if dark else LIGHT))
    app.setProperty("dark", dark)


def colours_of(app: QApplication) -> Colours:
    """Return the colours that `app` wears at present."""
    return DARK if app.property("dark") else LIGHT


def worn() -> Colours:
    """Return the colours that the application wears at present."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return colours_of(app)


def is_large() -> bool:
    """Say whether the letters are so large that less fits side by side."""
    return QApplication.font().pointSizeF() > LARGE_POINTS


def load_fonts() -> None:
    """Make the fonts that come with the program known to Qt: pictures are alike on every PC."""
    for path in sorted((assets.RESOURCES / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def _font(scale: int) -> QFont:
    font = QFont("Noto Sans")
    font.setPointSizeF(BASE_POINTS * scale / 100)
    return font


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.surface,
        role.AlternateBase: c.raised,
        role.Text: c.text,
        role.Button: c.surface,
        role.ButtonText: c.text,
        role.BrightText: c.danger,
        role.Highlight: c.selection,
        role.HighlightedText: c.text,
        role.ToolTipBase: c.surface,
        role.ToolTipText: c.text,
        role.PlaceholderText: c.muted,
        role.Link: c.primary,
        role.Mid: c.border,
        role.Dark: c.border,
        role.Light: c.surface,
    }.items():
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(c.muted))
    return palette


def _style(c: Colours, scale: int) -> str:
    """Return the style sheet with its colours, lengths and pictures filled in."""
    # A round button is round only if its ring and its dot are whole pixels of the same circle.
    across = round(18 * scale / 100) + 4
    ring = (across - round(10 * scale / 100)) // 2
    values = asdict(c) | {"radio_radius": f"{across // 2}px", "radio_ring": f"{ring}px"}
    style = (assets.RESOURCES / "styles" / "window.qss").read_text("utf-8")
    style = re.sub(r"\bpx\((\d+)\)", lambda m: f"{round(int(m[1]) * scale / 100)}px", style)
    style = re.sub(r"\bdrawn\(([\w-]+)\)", lambda m: _drawn(m[1], c), style)
    return re.sub(r"\$(\w+)", lambda m: values[m[1]], style)


def _drawn(what: str, c: Colours) -> str:
    """Return a picture in a colour of the theme: a style sheet knows no `currentColor`."""
    name = f"{what}-{'dark' if c is DARK else 'light'}.svg"
    return (assets.RESOURCES / "icons" / name).as_posix()
