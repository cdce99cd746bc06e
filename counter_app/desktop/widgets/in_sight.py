"""Pages of which one is in sight, and which ask for no more room than that one needs."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class PagesInSight(QStackedWidget):
    """Asks for the room of the page in sight; Qt's own asks for that of the largest.

    A page that was shown once would else make the window larger than the screen for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """Ask for what the page in sight would like."""
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Ask for what the page in sight needs."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()
