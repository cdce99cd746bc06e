"""Boxes that the mouse wheel leaves alone: whoever scrolls a form must not change what it says."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox


class SteadyCombo(QComboBox):
    """A choice that the wheel changes only while it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # As wide as its place and not as its longest choice, which may be a sentence of the law.
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the officer is in this box."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SteadySpin(QSpinBox):
    """A number that the wheel changes only while it has the focus."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(0, most)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the officer is in this box."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
