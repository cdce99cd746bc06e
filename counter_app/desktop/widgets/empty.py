"""What stands where nothing is to be shown: one sentence, and what can be done next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel

from counter_app.desktop import theme
from counter_app.desktop.icons import icon
from counter_app.desktop.widgets.basics import button, column, label, row

_WIDEST = 460
_LINES_WITH_SIGN = 9  # that there must be room for


class EmptyState(QFrame):
    """A calm place with a sign, a sentence and at most one button."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._symbol = QLabel()
        self._symbol.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence = label("", "plain", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._act: Callable[[], None] | None = None
        self.action = button("", self._pressed)
        self.action.hide()  # it has no words yet
        buttons = row(1, self.action, 1)
        column(2, self._symbol, row(1, self.sentence, 1), buttons, 3, into=self, spacing=12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the sign out where the sentence needs the room."""
        super().resizeEvent(event)
        self._symbol.setVisible(self.height() >= _LINES_WITH_SIGN * self.fontMetrics().height())

    def say(
        self,
        symbol: str,
        sentence: str,
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence and, if there is one, what the officer can do."""
        self._symbol.setPixmap(icon(symbol, theme.worn().muted).pixmap(40, 40))
        self.sentence.setText(sentence)
        wide = self.sentence.fontMetrics().horizontalAdvance(sentence)
        self.sentence.setFixedWidth(min(wide + 8, _WIDEST * self._scale() // 100))
        self._act = act
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.setFocusProxy(self.action if action else None)  # type: ignore[arg-type]

    def _scale(self) -> int:
        return round(self.font().pointSizeF() / theme.BASE_POINTS * 100)

    def _pressed(self) -> None:
        if self._act is not None:
            self._act()
