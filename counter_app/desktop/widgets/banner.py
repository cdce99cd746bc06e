"""A line across the screen that says what has happened and what one can do about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel

from counter_app.desktop import theme
from counter_app.desktop.icons import icon
from counter_app.desktop.widgets.basics import Tone, button, clear, label, row, set_tone

_SYMBOLS: dict[Tone, str] = {
    "neutral": "info",
    "info": "info",
    "good": "check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


class Banner(QFrame):
    """Hidden until `say`; its actions are links."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._symbol = QLabel()
        self.message = label("", wrap=True)
        self._actions = row(spacing=4)
        layout = row(self._symbol, self.message, self._actions, into=self, margin=8, spacing=10)
        layout.setStretch(1, 1)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hush)
        self.hide()

    def say(
        self,
        text: str,
        tone: Tone = "info",
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        *,
        seconds: int = 0,
    ) -> None:
        """Show `text` and, after it, what can be done; go away after `seconds` if given."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        colours = theme.colours_of(app)
        colour = {
            "danger": colours.danger,
            "warning": colours.warning,
            "good": colours.good,
        }.get(tone, colours.primary)
        self._symbol.setPixmap(icon(_SYMBOLS[tone], colour).pixmap(20, 20))
        self.message.setText(text)
        self.message.setAccessibleName(text)
        clear(self._actions)
        for words, act in actions:
            self._actions.addWidget(button(words, act, role="link"))
        set_tone(self, tone)
        self.show()
        self._timer.stop()
        if seconds:
            self._timer.start(seconds * 1000)

    def hush(self) -> None:
        """Go away."""
        self._timer.stop()
        if self.isVisible():
            self.hide()
            self.dismissed.emit()
