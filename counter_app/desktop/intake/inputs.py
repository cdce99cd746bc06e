"""The fields of the intake: each knows its path, and tells what is typed and when one goes on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget

from counter_app.desktop.intake.entering import iso_or_typed, number_or_typed, shown_date
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.desktop.widgets.suggestions import Suggestions
from counter_app.domain.question import Part, Question
from counter_app.domain.text import nfc
from counter_app.i18n import _, law


class Input(Field):
    """A field of one line. `edited` and `left` tell its path."""

    edited = Signal(str, str)
    left = Signal(str)

    def __init__(
        self,
        path: str,
        caption: str,
        *,
        required: bool = False,
        spin: QAbstractSpinBox | None = None,
    ) -> None:
        self.line = spin.lineEdit() if spin else QLineEdit()
        self.line.setMinimumWidth(40)
        super().__init__(caption, spin or self.line, required=required)
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

    def __init__(self, path: str, caption: str, *, required: bool = False) -> None:
        super().__init__(path, caption, required=required)
        self.line.setPlaceholderText(_("day/month/year"))
        letters = self.line.fontMetrics()
        frame = letters.height() * 5 // 4
        self.line.setMinimumWidth(letters.horizontalAdvance(self.line.placeholderText()) + frame)

    def show_value(self, value: str) -> None:
        """Say `value`, but leave a date alone that is typed in another way."""
        if iso_or_typed(self.line.text()) != value:
            set_text(self.line, shown_date(value))

    def _finished(self) -> None:
        set_text(self.line, shown_date(self.line.text()))
        super()._finished()


class NumberBox(QAbstractSpinBox):
    """A whole number of any size, or none yet; the arrows count. What is typed stays as it is."""

    stepped = Signal(str)

    def __init__(self, least: int | None, most: int | None) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def stepBy(self, steps: int) -> None:
        """Count up or down, as far as the question allows."""
        number = number_or_typed(self.lineEdit().text())
        first = self._least if self._least is not None else 0
        number = number + steps if isinstance(number, int) else first
        number = max(number, first)
        number = number if self._most is None else min(number, self._most)
        self.lineEdit().setText(str(number))
        self.stepped.emit(str(number))

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Let it count both ways; it stops by itself."""
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let everything be typed: what is wrong with it is said beside the field."""
        return QValidator.State.Acceptable, text, place

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the officer is in this box."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberInput(Input):
    """A whole number, typed or counted up and down."""

    def __init__(
        self, path: str, caption: str, asked: Question | Part, *, required: bool = False
    ) -> None:
        self.box = NumberBox(asked.minimum, asked.maximum)
        super().__init__(path, caption, required=required, spin=self.box)
        self.box.stepped.connect(lambda text: self.edited.emit(path, text))

    def show_value(self, value: str) -> None:
        """Say `value`, but leave a number alone that is typed in another way."""
        if str(number_or_typed(self.line.text())) != value:
            set_text(self.line, value)


class PlaceInput(Input):
    """An address, which is completed from some letters of the commune. `taken` tells which row."""

    taken = Signal(int)

    def __init__(self, path: str, caption: str, screen: QWidget, *, required: bool = False) -> None:
        super().__init__(path, caption, required=required)
        self.places = Suggestions(self.line, screen, first_marked=False)
        self.places.chosen.connect(self.taken)

    def offer(self, addresses: Sequence[str]) -> None:
        """Offer what the address may become."""
        self.places.offer([(address, "") for address in addresses])

    def _entered(self) -> None:
        if (row := self.places.current) >= 0:
            self.taken.emit(row)
        else:
            super()._entered()


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


def field_for(
    asked: Question | Part, path: str, screen: QWidget, *, caption: str = ""
) -> Input | Choice:
    """Return the field in which a simple question is answered, or a part of a group."""
    caption, required = caption or law(asked.label), asked.required
    match asked.type:
        case "choice":
            return Choice(path, caption, required=required)
        case "number":
            return NumberInput(path, caption, asked, required=required)
        case "place":
            return PlaceInput(path, caption, screen, required=required)
        case "date":
            return DateInput(path, caption, required=required)
        case _:
            return Input(path, caption, required=required)


def show_answer(field: Input | Choice, asked: Question | Part, answer: str) -> None:
    """Make the field of a simple question say what was answered."""
    if isinstance(field, Input):
        field.show_value(answer)
        return
    choices = [(choice.id, law(choice.label)) for choice in asked.choices]
    if not isinstance(asked, Question) or asked.default is None:
        choices.insert(0, ("", ""))
    field.offer(choices, answer)
