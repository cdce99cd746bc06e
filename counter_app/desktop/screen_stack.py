"""The screens of the window, one over the other: only the one in sight takes the keys."""

from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.desktop.widgets.in_sight import PagesInSight


class ScreenStack(PagesInSight):
    """Gives the cursor back when a screen behind takes it, or when what it was in has gone.

    An answer came after one had left: that screen has it where it wanted once it is in sight.
    """

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._give_back)

    def _give_back(self) -> None:
        # It asks to be told no widgets: what had the cursor may be on its way out of memory.
        now, shown = QApplication.focusWidget(), self.currentWidget()
        if shown is None or not self.isVisible():
            return
        if now is None or (not now.isVisible() and shown.isAncestorOf(now)):
            # Once it is known whether somebody else takes it: another window, or who comes next.
            QTimer.singleShot(0, self, self._take_up)
        elif not now.isVisible() and self.isAncestorOf(now):
            last = cast("QWidget | None", shown.focusWidget())
            (shown if last is None else last).setFocus()

    def _take_up(self) -> None:
        """Have the cursor in the screen in sight if what it was in is gone."""
        now = QApplication.focusWidget()
        shown = self.currentWidget()
        lost = now is None or not now.isVisible()
        here = self.isVisible() and self.window().isActiveWindow()
        if lost and here and shown is not None and QApplication.activePopupWidget() is None:
            shown.setFocus()
