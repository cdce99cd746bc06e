"""Small pieces: words in their roles, cards, tags, buttons and rows of them."""

from collections.abc import Callable
from typing import Final, Literal, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.icons import icon_beside

Tone = Literal["neutral", "info", "good", "warning", "danger"]
ButtonRole = Literal["primary", "plain", "link", "nav"]
_SYMBOL: Final = 18
_INDENT: Final = 12  # pixels, behind the line that holds parts together
L = TypeVar("L", bound=QBoxLayout)
LabelRole = Literal["title", "heading", "number", "muted", "problem", "hint", "plain"]


def label(text: str = "", role: LabelRole = "plain", *, wrap: bool = False) -> QLabel:
    """Return words in one of the roles that the theme knows."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)  # a citizen's name is never markup
    made.setWordWrap(wrap)
    return made


def tag(text: str = "", tone: Tone = "neutral") -> QLabel:
    """Return a short state in a coloured box; the word says it, the colour only helps."""
    made = QLabel(text)
    made.setProperty("role", "tag")
    made.setProperty("tone", tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Give a tag or banner another tone."""
    set_look(widget, "tone", tone)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have the widget drawn anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    text: str,
    pressed: Callable[[], None] | None = None,
    *,
    role: ButtonRole = "plain",
    symbol: str = "",
    key: str = "",
) -> QPushButton:
    """Return a button; `key` is its shortcut, shown in the tooltip, `symbol` an icon's name."""
    made = _Button(text)
    made.setProperty("role", role)
    made.setProperty("symbol", symbol)
    made.setAutoDefault(True)  # Enter presses what has the focus, as everywhere else
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if key:
        made.setShortcut(key)
        made.setToolTip(f"{text.replace('&', '')} ({key})")
    if role == "primary":  # the style draws it bold, but the room is reckoned by the font
        font = made.font()
        font.setBold(True)
        made.setFont(font)
    if symbol:
        paint_symbol(made)
    if pressed is not None:
        made.clicked.connect(lambda *_: pressed())
    return made


class _Button(QPushButton):
    """Keeps its symbol away from its words, whenever they come."""

    def setText(self, text: str) -> None:
        """Say something else."""
        had_words = bool(self.text())
        super().setText(text)
        if self.property("symbol") and bool(text) != had_words:
            paint_symbol(self)


def paint_symbol(made: QPushButton) -> None:
    """Draw a button's icon in the colour of its words."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    colours = theme.colours_of(app)
    colour = {
        "primary": colours.on_primary,
        "link": colours.primary,
        "nav": colours.nav_text,
    }.get(made.property("role"), colours.text)
    side = round(_SYMBOL * app.font().pointSizeF() / theme.BASE_POINTS)
    gap = side // 3 if made.text() else 0
    ratio = made.devicePixelRatioF()
    made.setIcon(icon_beside(made.property("symbol"), colour, side, gap, ratio))
    made.setIconSize(QSize(side + gap, side))


def card(*parts: QWidget | QLayout | int, margin: int = 14, spacing: int = 10) -> QFrame:
    """Return a framed box with `parts` one below the other; a number is a stretch."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column(*parts, into=frame, margin=margin, spacing=spacing)
    return frame


def part(*parts: QWidget | QLayout, spacing: int = 8) -> QWidget:
    """Return `parts` one below the other behind a line that holds them together."""
    whole = QWidget()
    hold_together(whole, column(*parts, into=whole, spacing=spacing))
    return whole


def hold_together(widget: QWidget, layout: QLayout | None) -> None:
    """Draw a line before what stands in `widget`, whose layout is given."""
    widget.setProperty("role", "part")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if layout is not None:
        layout.setContentsMargins(_INDENT, 0, 0, 0)


def column(
    *parts: QWidget | QLayout | int,
    into: QWidget | None = None,
    margin: int = 0,
    spacing: int = 8,
) -> QVBoxLayout:
    """Return `parts` one below the other; a number is a stretch."""
    layout = QVBoxLayout(into) if into is not None else QVBoxLayout()
    return _filled(layout, parts, margin, spacing)


def row(
    *parts: QWidget | QLayout | int,
    into: QWidget | None = None,
    margin: int = 0,
    spacing: int = 8,
) -> QHBoxLayout:
    """Return `parts` side by side; a number is a stretch."""
    layout = QHBoxLayout(into) if into is not None else QHBoxLayout()
    return _filled(layout, parts, margin, spacing)


def scrolled(inner: QWidget) -> QScrollArea:
    """Return `inner` with a bar at its side where the window is too low for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and away."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def _filled(layout: L, parts: tuple[QWidget | QLayout | int, ...], margin: int, spacing: int) -> L:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout
