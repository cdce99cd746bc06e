"""The column at the left: the places of the window, each with its key."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton

from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.domain.desk_profile import DeskProfile
from counter_app.i18n import N_, _

WIDTH: Final = 208
NARROW: Final = 76
NARROW_FROM: Final = 150
"""Per cent of the usual letters from which on there is room for symbols and keys only."""
_DENSE_FROM: Final = 125
"""Per cent from which on the places stand closer together."""

# Name, words, symbol, its key, and the one for keyboards whose F-keys do other things.
_PLACES: Final = (
    ("home", N_("Today"), "house", "F6", "Ctrl+4"),
    ("intake", N_("New application"), "id-card", "F2", "Ctrl+1"),
    ("guidance", N_("Guidance"), "clipboard-check", "F10", ""),
    ("batch", N_("Many at once"), "users", "Ctrl+B", ""),
    ("search", N_("Search"), "search", "F3", "Ctrl+2"),
    ("returning", N_("Return results"), "file-text", "F4", "Ctrl+3"),
    ("lists", N_("Register and lists"), "archive", "", "Ctrl+8"),
    ("summary", N_("Day summary"), "clipboard-list", "F7", "Ctrl+5"),
    ("centre", N_("Centre"), "cloud", "F8", "Ctrl+6"),
    ("queue", N_("Queue"), "ticket", "F11", "Ctrl+7"),
    ("prints", N_("Print jobs"), "printer", "", "Ctrl+9"),
)
_BELOW: Final = (
    ("preferences", N_("Settings"), "settings", "", "Ctrl+,"),
    ("help", N_("Help"), "info", "F1", ""),
)
_LOCK: Final = "lock"


def draw_symbols() -> None:
    """Draw the symbols before anybody waits for them."""
    for symbol in (_LOCK, *(place[2] for place in (*_PLACES, *_BELOW))):
        button("…", role="nav", symbol=symbol)


class Navigation(QFrame):
    """Says where one is, and where one can go."""

    chosen = Signal(str)
    locked = Signal()

    def __init__(self, profile: DeskProfile, scale: int) -> None:
        super().__init__()
        self.setProperty("role", "nav")
        self._narrow = scale >= NARROW_FROM
        # The letters grow, and what is between words and keys does not.
        self.setFixedWidth(NARROW * scale // 100 if self._narrow else WIDTH * (100 + scale) // 200)
        self.setProperty("narrow", self._narrow)
        self.setProperty("dense", scale >= _DENSE_FROM)
        self._buttons: dict[str, QPushButton] = {}
        above = [self._place(*place) for place in _PLACES]
        below = [self._place(*place) for place in _BELOW]
        lock = self._button(_("Lock"), _LOCK, "F12", self.locked.emit)
        office = label(profile.office.name, "heading", wrap=True)
        desk = label(profile.name, "muted", wrap=True)
        head = column(office, desk, spacing=2)
        head.setContentsMargins(4, 0, 0, 10)
        margin = 6 if self._narrow else 10
        column(head, *above, 1, *below, lock, into=self, margin=margin, spacing=4)
        # Not before they have a place: without one they would flash up as windows.
        office.setHidden(self._narrow)
        desk.setHidden(self._narrow)

    def show_place(self, place: str) -> None:
        """Mark where one is."""
        for name, made in self._buttons.items():
            made.setChecked(name == place)

    def _place(self, name: str, words: str, symbol: str, key: str, other: str) -> QPushButton:
        def go() -> None:
            self.chosen.emit(name)

        made = self._button(_(words), symbol, key or other, go)
        made.setCheckable(True)
        if key and other:
            QShortcut(QKeySequence(other), self, go)
        self._buttons[name] = made
        return made

    def _button(self, words: str, symbol: str, key: str, act: Callable[[], None]) -> QPushButton:
        shown = key if key.startswith("F") else ""
        made = button(shown if self._narrow else words, act, role="nav", symbol=symbol)
        # Not the button's own: that one waits for the button to be seen going down.
        QShortcut(QKeySequence(key), self, act)
        made.setToolTip(f"{words} ({key})")
        made.setAccessibleName(words)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if not self._narrow:
            at_the_edge = row(1, label(shown, "muted"), into=made)
            at_the_edge.setContentsMargins(0, 0, 10, 0)
        return made
