"""Small things of the panel: buttons that are signs, and the menu of what is wanted rarely."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from counter_app.desktop.scans.state import ScansState
from counter_app.desktop.widgets.basics import button
from counter_app.i18n import _


def tool(
    symbol: str, words: str, key: str, pressed: Callable[[], None], within: QWidget | None = None
) -> QPushButton:
    """Return a button that is a sign; its key works wherever the cursor is `within`.

    Without `within` the key is somebody else's affair: a letter may come from a scanner.
    """
    made = button("", pressed, symbol=symbol)
    made.setProperty("role", "icon")
    made.setToolTip(f"{words} ({key})")
    made.setAccessibleName(words)
    if within is not None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(key), within, made.click, context=context)
    return made


class MoreButton(QPushButton):
    """A menu: the scanner's folder, earlier dossiers, and where pages come from."""

    folder_wanted = Signal()
    folder_left = Signal()
    deleting_chosen = Signal(bool)
    results_chosen = Signal(bool)
    earlier_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("&More"))
        self.setProperty("menu", True)
        menu = QMenu(self)
        self.earlier = menu.addAction(_("Use a scan of an earlier dossier …"))
        self.earlier.triggered.connect(self.earlier_wanted)
        self.results = menu.addAction(_("These are results of other dossiers"))
        self.results.setCheckable(True)
        self.results.triggered.connect(self.results_chosen)
        menu.addSeparator()
        self.folder = menu.addAction(_("Choose the scanner's folder …"))
        self.folder.triggered.connect(self.folder_wanted)
        self.deleting = menu.addAction(_("Delete files there when they are safe here"))
        self.deleting.setCheckable(True)
        self.deleting.triggered.connect(self.deleting_chosen)
        self.leave = menu.addAction(_("Look into no folder"))
        self.leave.triggered.connect(self.folder_left)
        self.setMenu(menu)
        self.setAutoDefault(True)

    def show_state(self, state: ScansState) -> None:
        """Offer what is possible now."""
        self.earlier.setEnabled(state.has_earlier and state.may_add)
        self.results.setChecked(state.results)
        self.results.setEnabled(state.may_add)
        self.deleting.setChecked(state.deletes)
        for action in (self.deleting, self.leave):
            action.setVisible(bool(state.folder))
        self.folder.setToolTip(state.folder)
        self.setVisible(bool(state.papers))
