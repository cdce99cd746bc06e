"""What can be measured only when a piece comes into sight: before, it is not dressed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class OnceShown(QObject):
    """Calls `act` when `widget` comes into sight for the first time; the widget keeps it."""

    def __init__(self, widget: QWidget, act: Callable[[], None]) -> None:
        super().__init__(widget)
        self._act = act
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for the first time, and let everything through."""
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            self._act()
        return False
