"""The screens of the window, one over the other: only the one in sight takes the keys."""

from typing import cast

from PySide6.QtWidgets import QApplication, QWidget

from counter_app.desktop.widgets.in_sight import PagesInSight


class ScreenStack(PagesInSight):
    """Gives the cursor back when a screen behind takes it: an answer came after one had left.

    That screen has it where it wanted it once it is in sight again.
    """

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._give_back)

    def _give_back(self, _before: QWidget | None, now: QWidget | None) -> None:
        shown = self.currentWidget()
        if now is None or now.isVisible() or not self.isVisible() or not self.isAncestorOf(now):
            return
        if shown is not None and not shown.isAncestorOf(now):
            # Not to whoever had it before: that may be on its way out of memory.
            last = cast("QWidget | None", shown.focusWidget())
            (shown if last is None else last).setFocus()
