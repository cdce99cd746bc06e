"""A few things of which one is chosen, all in sight, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget


class Segments(QWidget):
    """Buttons of which exactly one is down; `chosen` comes when a person presses another."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], now: str, *, across: int = 0
    ) -> None:
        """Offer `choices` as (id, words), `name` is what they are choices of.

        No more than `across` of them stand side by side, if it is given.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self, exclusive=True)
        self._buttons: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, (identifier, words) in enumerate(choices):
            made = QPushButton(words)
            made.setProperty("role", "segment")
            made.setCheckable(True)
            made.setAutoDefault(True)
            made.setChecked(identifier == now)
            made.setAccessibleName(f"{name}: {words.replace('&', '')}")
            made.clicked.connect(lambda *_, chosen=identifier: self.chosen.emit(chosen))
            self._group.addButton(made)
            self._buttons[identifier] = made
            grid.addWidget(made, *divmod(place, across or len(choices)))
        self.setFocusProxy(self._buttons[now])

    def show_choice(self, now: str) -> None:
        """Have another one down, without a signal."""
        self._buttons[now].setChecked(True)
        self.setFocusProxy(self._buttons[now])
