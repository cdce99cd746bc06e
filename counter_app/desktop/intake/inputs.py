"""The fields of the intake: each knows its path, and tells what is typed and when one goes on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from counter_app.desktop.intake.state import iso_or_typed, shown_date
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.domain.text import nfc


class Input(Field):
    """A field of one line. `edited` and `left` tell its path."""

    edited = Signal(str, str)
    left = Signal(str)

    def __init__(self, path: str, caption: str, *, required: bool = False) -> None:
        self.line = QLineEdit()
        self.line.setMinimumWidth(40)
        super().__init__(caption, self.line, required=required)
        self.path = path
        self.line.textEdited.connect(lambda text: self.edited.emit(path, text))
        self.line.editingFinished.connect(self._finished)
        self.line.returnPressed.connect(self._entered)

    def show_value(self, value: str) -> None:
        """Say `value`; what is being typed stays untouched as long as it means the same."""
        if nfc(self.line.text()) != value:
            set_text(self.line, value)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)  # a long address is read from its beginning

    def _finished(self) -> None:
        self.left.emit(self.path)

    def _entered(self) -> None:
        self.line.focusNextChild()


class DateInput(Input):
    """A date as dd/MM/yyyy, which may be typed in any usual way; the value is in ISO form."""

    def show_value(self, value: str) -> None:
        """Say `value`, but leave a date alone that is typed in another way."""
        if iso_or_typed(self.line.text()) != value:
            set_text(self.line, shown_date(value))

    def _finished(self) -> None:
        set_text(self.line, shown_date(self.line.text()))
        super()._finished()


class Selection(SteadyCombo):
    """A box in which one of a few is chosen. `edited` tells its path and what was chosen.

    A `fitting` one is as wide as the longest of its words.
    """

    edited = Signal(str, str)

    def __init__(self, path: str, name: str, *, fitting: bool = True) -> None:
        super().__init__()
        self.path = path
        self.setAccessibleName(name)
        if fitting:
            self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToContents)
        self.currentIndexChanged.connect(self._changed)

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer `choices`, each an identifier and its words, and show which is chosen."""
        set_choices(self, list(choices), chosen)
        self.setToolTip(self.currentText())

    def _changed(self, index: int) -> None:
        chosen = self.itemData(index)
        self.edited.emit(self.path, chosen if isinstance(chosen, str) else "")


class Choice(Field):
    """A selection with its caption above it."""

    edited = Signal(str, str)

    def __init__(self, path: str, caption: str, *, required: bool = False) -> None:
        self.box = Selection(path, caption, fitting=False)
        super().__init__(caption, self.box, required=required)
        self.path = path
        self.box.edited.connect(self.edited)

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer `choices`, each an identifier and its words, and show which is chosen."""
        self.box.offer(choices, chosen)
