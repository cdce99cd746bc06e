"""The colours and measures of the window: Fusion, with a palette and a style of our own.

Contrasts are at least 4.5:1 for words and 3:1 for outlines (WCAG 2.2 AA); a test reckons them.
"""

from typing import Final

from msgspec import Struct
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

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


def apply(app: QApplication, *, dark: bool, scale: int) -> None:
    """Dress the whole application; `scale` is in per cent of the usual size of letters."""
    colours = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setFont(_font(scale))
    app.setPalette(_palette(colours))
    app.setStyleSheet(_style(colours, scale))
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
    def px(length: int) -> str:
        return f"{round(length * scale / 100)}px"

    return f"""
QToolTip {{ border: 1px solid {c.border}; padding: {px(4)}; }}
QLabel[role="title"] {{ font-size: {px(20)}; font-weight: bold; }}
QLabel[role="heading"] {{ font-size: {px(15)}; font-weight: bold; }}
QLabel[role="number"] {{ font-size: {px(24)}; font-weight: bold; }}
QLabel[role="number"][alarm="true"] {{ color: {c.danger}; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="problem"] {{ color: {c.danger}; }}
QLabel[role="hint"] {{ color: {c.warning}; }}
QLabel[role="tag"] {{ border-radius: {px(4)}; padding: {px(1)} {px(7)}; font-weight: bold; }}
QLabel[tone="neutral"] {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; }}
QLabel[tone="info"] {{ background: {c.info_soft}; color: {c.primary}; }}
QLabel[tone="good"] {{ background: {c.good_soft}; color: {c.good}; }}
QLabel[tone="warning"] {{ background: {c.warning_soft}; color: {c.warning}; }}
QLabel[tone="danger"] {{ background: {c.danger_soft}; color: {c.danger}; }}
QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.line};
    border-radius: {px(8)}; }}
QFrame[role="banner"] {{ background: {c.warning_soft}; border: 1px solid {c.warning};
    border-radius: {px(6)}; }}
QFrame[role="banner"][tone="danger"] {{ background: {c.danger_soft}; border-color: {c.danger}; }}
QFrame[role="banner"][tone="good"] {{ background: {c.good_soft}; border-color: {c.good}; }}
QFrame[role="banner"][tone="info"] {{ background: {c.info_soft}; border-color: {c.primary}; }}
QFrame[role="nav"] {{ background: {c.nav}; border: none; }}
QFrame[role="nav"] QLabel {{ color: {c.nav_text}; }}
QFrame[role="nav"] QLabel[role="muted"] {{ color: {c.nav_muted}; }}
QFrame[role="topbar"], QFrame[role="statusbar"] {{ background: {c.surface}; border: none; }}
QFrame[role="topbar"] {{ border-bottom: 1px solid {c.line}; }}
QFrame[role="statusbar"] {{ border-top: 1px solid {c.line}; }}
QPushButton {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border};
    border-radius: {px(6)}; padding: 0 {px(14)}; min-height: {px(34)}; }}
QPushButton:hover {{ background: {c.raised}; }}
QPushButton:focus {{ border: 2px solid {c.focus}; padding: 0 {px(13)}; }}
QPushButton:disabled {{ color: {c.muted}; border-color: {c.line}; }}
QPushButton[role="primary"] {{ background: {c.primary}; color: {c.on_primary};
    border-color: {c.primary}; font-weight: bold; }}
QPushButton[role="primary"]:hover {{ background: {c.primary_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[role="primary"]:disabled {{ background: {c.line}; color: {c.muted};
    border-color: {c.line}; }}
QPushButton[role="segment"] {{ border-radius: {px(5)}; padding: 0 {px(10)};
    min-height: {px(28)}; min-width: {px(20)}; border-color: {c.line}; }}
QPushButton[role="segment"]:checked {{ background: {c.selection};
    border: 2px solid {c.primary}; padding: 0 {px(9)}; }}
QPushButton[role="segment"]:focus, QPushButton[role="segment"]:checked:focus {{
    border: 2px solid {c.focus}; padding: 0 {px(9)}; }}
QPushButton[role="step"] {{ font-size: {px(20)}; padding: 0 {px(12)} {px(4)} {px(12)};
    min-height: {px(30)}; }}
QPushButton[role="icon"] {{ padding: 0 {px(8)}; }}
QPushButton[role="icon"]:focus {{ padding: 0 {px(7)}; }}
QPushButton[role="link"] {{ background: transparent; border: none; color: {c.primary};
    padding: 0 {px(6)}; min-height: {px(26)}; text-align: left; }}
QPushButton[role="link"]:disabled {{ color: {c.muted}; }}
QPushButton[role="link"]:hover:enabled {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border: 2px solid {c.focus}; padding: 0 {px(4)}; }}
QPushButton[role="nav"] {{ background: transparent; color: {c.nav_text}; border: none;
    border-radius: {px(6)}; text-align: left; padding: 0 {px(10)}; min-height: {px(40)}; }}
QPushButton[role="nav"]:hover {{ background: {c.nav_selected}; }}
QPushButton[role="nav"]:checked {{ background: {c.nav_selected}; font-weight: bold; }}
QPushButton[role="nav"]:focus {{ border: 2px solid #ffbf47; padding: 0 {px(8)}; }}
QPushButton[role="tile"] {{ text-align: left; background: {c.surface}; padding: {px(8)};
    border: 1px solid {c.line}; border-radius: {px(8)}; }}
QPushButton[role="tile"]:hover {{ border-color: {c.primary}; }}
QPushButton[role="tile"]:checked {{ border: 2px solid {c.primary}; }}
QPushButton[role="tile"]:focus {{ border: 2px solid {c.focus}; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {c.surface};
    color: {c.text}; border: 1px solid {c.border}; border-radius: {px(5)};
    padding: 0 {px(8)}; min-height: {px(32)}; selection-background-color: {c.selection};
    selection-color: {c.text}; }}
QPlainTextEdit {{ padding: {px(4)}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
    border: 2px solid {c.focus}; padding: 0 {px(7)}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {{
    border: 2px solid {c.danger}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ background: {c.raised};
    color: {c.muted}; border-color: {c.line}; }}
QLineEdit[role="scan"] {{ min-height: {px(36)}; border-radius: {px(8)}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(26)}; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({_drawn("down", c)});
    width: {px(16)}; height: {px(16)}; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.border};
    selection-background-color: {c.selection}; selection-color: {c.text}; outline: none; }}
QProgressBar {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(5)};
    max-height: {px(10)}; }}
QProgressBar::chunk {{ background: {c.primary}; border-radius: {px(4)}; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {px(18)}; }}
QSpinBox[role="count"] {{ min-height: {px(26)}; padding: 0 {px(4)}; }}
QSpinBox::up-arrow {{ image: url({_drawn("up", c)}); width: {px(12)}; height: {px(12)}; }}
QSpinBox::down-arrow {{ image: url({_drawn("down", c)}); width: {px(12)}; height: {px(12)}; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}; min-height: {px(26)}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(18)}; height: {px(18)};
    border: 2px solid {c.border}; background: {c.surface}; }}
QCheckBox::indicator {{ border-radius: {px(4)}; }}
QRadioButton::indicator {{ border-radius: {(round(18 * scale / 100) + 4) // 2}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {c.focus}; }}
QCheckBox:focus, QRadioButton:focus {{ background: {c.selection}; border-radius: {px(4)}; }}
QCheckBox::indicator:checked {{ background: {c.primary}; border-color: {c.primary};
    image: url({_drawn("tick", c)}); }}
QRadioButton::indicator:checked {{ width: {px(10)}; height: {px(10)}; background: {c.surface};
    border: {(round(18 * scale / 100) + 4 - round(10 * scale / 100)) // 2}px solid {c.primary}; }}
QRadioButton::indicator:checked:focus {{ border-color: {c.focus}; }}
QTableView, QListView, QTreeView {{ background: {c.surface}; border: 1px solid {c.line};
    border-radius: {px(6)}; gridline-color: {c.line}; alternate-background-color: {c.raised};
    selection-background-color: {c.selection}; selection-color: {c.text}; outline: none; }}
QTableView:focus, QListView:focus {{ border: 2px solid {c.focus}; }}
QTableView {{ padding: 1px; }}
QTableView:focus {{ padding: 0; }}
QTableView::item {{ padding: 0 {px(5)}; border: none; }}
QCalendarWidget QWidget {{ background: {c.surface}; alternate-background-color: {c.raised}; }}
QCalendarWidget QToolButton {{ color: {c.text}; border: none; border-radius: {px(4)};
    padding: {px(4)} {px(8)}; font-weight: bold; }}
QCalendarWidget QToolButton:hover {{ background: {c.selection}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QToolButton#qt_calendar_prevmonth {{ qproperty-icon: url({_drawn("left", c)}); }}
QCalendarWidget QToolButton#qt_calendar_nextmonth {{ qproperty-icon: url({_drawn("right", c)}); }}
QCalendarWidget QTableView {{ border: none; border-radius: 0; }}
QCalendarWidget QTableView::item {{ padding: 0; }}
QListView::item {{ padding: {px(4)} {px(8)}; min-height: {px(26)}; }}
QHeaderView::section {{ background: {c.raised}; color: {c.muted}; border: none;
    border-bottom: 1px solid {c.line}; padding: {px(6)} {px(8)}; font-weight: bold; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.border}; border-radius: {px(5)};
    min-height: {px(32)}; margin: {px(2)}; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.border}; border-radius: {px(5)};
    min-width: {px(32)}; margin: {px(2)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollArea[role="sheet"] {{ border: 2px solid transparent; border-radius: {px(5)}; }}
QScrollArea[role="sheet"]:focus {{ border-color: {c.focus}; }}
QTabBar::tab {{ padding: {px(8)} {px(14)}; border: 2px solid transparent; color: {c.muted}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom: 3px solid {c.primary};
    font-weight: bold; }}
QTabBar::tab:focus {{ border: 2px solid {c.focus}; border-radius: {px(5)}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.border}; padding: {px(4)}; }}
QMenu::item {{ padding: {px(6)} {px(24)}; border-radius: {px(4)}; }}
QMenu::item:selected {{ background: {c.selection}; }}
"""


def _drawn(what: str, c: Colours) -> str:
    """Return a picture in a colour of the theme: a style sheet knows no `currentColor`."""
    name = f"{what}-{'dark' if c is DARK else 'light'}.svg"
    return (assets.RESOURCES / "icons" / name).as_posix()
