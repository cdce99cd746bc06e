"""A few things of which one is chosen, all in sight, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from counter_app.desktop.widgets.basics import row


class Segments(QWidget):
    """Buttons of which exactly one is down; `chosen` comes when a person presses another."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], now: str) -> None:
        """Offer `choices` as (id, words); `name` is what they are choices of."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self, exclusive=True)
        self._buttons: dict[str, QPushButton] = {}
        line = row(into=self, spacing=4)
        for identifier, words in choices:
            made = QPushButton(words)
            made.setProperty("role", "segment")
            made.setCheckable(True)
            made.setAutoDefault(True)
            made.setChecked(identifier == now)
            made.setAccessibleName(f"{name}: {words.replace('&', '')}")
            made.clicked.connect(lambda *_, chosen=identifier: self.chosen.emit(chosen))
            self._group.addButton(made)
            self._buttons[identifier] = made
            line.addWidget(made)
        self.setFocusProxy(self._buttons[now])

    def show_choice(self, now: str) -> None:
        """Have another one down, without a signal."""
        self._buttons[now].setChecked(True)
        self.setFocusProxy(self._buttons[now])
