"""What the lists of papers share: a paper's name, and the width of a box for how many there are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from counter_app.i18n import _


def count_width(widget: QWidget, digits: str) -> int:
    """Return how wide a box for a number of papers is, in pixels, for caption and `digits`."""
    letters = widget.fontMetrics()
    captions = max(letters.horizontalAdvance(words) for words in (_("Originals"), _("Copies")))
    return max(captions, letters.horizontalAdvance(digits))


class PaperWords(QLabel):
    """A paper's name, over as many lines as it takes; a click on it ticks the box."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._box = box

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Tick the box, as the words of an ordinary box do."""
        self._box.setFocus(Qt.FocusReason.MouseFocusReason)
        self._box.toggle()
