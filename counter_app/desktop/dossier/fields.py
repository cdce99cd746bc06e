"""The places in which an entry is filled in, one class for each kind of field."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from counter_app.desktop.dossier.asking import Ask, Asked, Value
from counter_app.desktop.widgets.basics import column, row
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.desktop.widgets.suggestions import Suggestions
from counter_app.domain.party import Party
from counter_app.domain.text import nfc
from counter_app.i18n import N_, _

_LINES: Final = 3
_PLACEHOLDERS: Final = {
    Asked.DATE: N_("day/month/year"),
    Asked.MOMENT: N_("hour:minute day/month/year"),
    Asked.MONEY: N_("as 120000"),
}


class Line(QLineEdit):
    """One line; Enter goes on to the next field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, and leave Ctrl+Enter to the panel."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.returnPressed.emit()
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class LineField(Field):
    """A field of one line, below which what is usual comes up."""

    edited = Signal(str, object)

    def __init__(self, ask: Ask, screen: QWidget) -> None:
        self.line = Line()
        super().__init__(ask.caption, self.line, required=ask.needed)
        self._id = ask.id
        self._offers: Sequence[str] = ask.offers
        self._usual: Suggestions | None = None
        if ask.offers:
            self._usual = Suggestions(self.line, screen, first_marked=False)
            self._usual.chosen.connect(self._take)
            self.line.returnPressed.connect(self._take_marked)
        if placeholder := _PLACEHOLDERS.get(ask.kind):
            self.line.setPlaceholderText(_(placeholder))
        self.line.textEdited.connect(self._typed)

    def show_value(self, value: Value, _ask: Ask) -> None:
        """Say `value`, unless it is what is being typed."""
        if isinstance(value, str) and nfc(self.line.text()) != value:
            set_text(self.line, value)
            self.line.setCursorPosition(0)

    def begin(self) -> None:
        """Take the cursor, with all marked: what is usual is kept by Enter, or typed over."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.line.selectAll()

    def _typed(self, text: str) -> None:
        if self._usual is not None:
            other = [offer for offer in self._offers if offer != text]
            self._usual.offer([(offer, "") for offer in other])
        self.edited.emit(self._id, nfc(text))

    def _take_marked(self) -> None:
        if self._usual is not None and self._usual.current >= 0:
            self._take(self._usual.current)

    def _take(self, place: int) -> None:
        assert self._usual is not None
        text = self._usual.item(place).text()
        self.line.setText(text)
        self._usual.offer(())
        self.edited.emit(self._id, text)


class LinesField(Field):
    """A field of several lines."""

    edited = Signal(str, object)

    def __init__(self, ask: Ask, _screen: QWidget) -> None:
        self.box = _box()
        super().__init__(ask.caption, self.box, required=ask.needed)
        self.box.textChanged.connect(lambda: self.edited.emit(ask.id, nfc(self.box.toPlainText())))

    def show_value(self, value: Value, _ask: Ask) -> None:
        """Say `value`, unless it is what is being typed."""
        if isinstance(value, str):
            _show_in(self.box, value)

    def begin(self) -> None:
        """Take the cursor."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)


class ReasonField(Field):
    """A reason: one of the usual ones, which fills the lines below, or in one's own words."""

    edited = Signal(str, object)

    def __init__(self, ask: Ask, _screen: QWidget) -> None:
        self.box = _box()
        self.usual = SteadyCombo()
        self.usual.setAccessibleName(_("Usual reasons"))
        both = QWidget()
        column(self.usual, self.box, into=both, spacing=4)
        super().__init__(ask.caption, both, required=ask.needed)
        self.box.setAccessibleName(ask.caption)
        both.setFocusProxy(self.usual if ask.offers else self.box)
        self.usual.setVisible(bool(ask.offers))
        self._id = ask.id
        self.usual.currentIndexChanged.connect(self._take)
        self.box.textChanged.connect(
            lambda: self.edited.emit(self._id, nfc(self.box.toPlainText()))
        )

    def show_value(self, value: Value, ask: Ask) -> None:
        """Say `value`, and which of the usual reasons it is."""
        if not isinstance(value, str):
            return
        _show_in(self.box, value)
        own = _("Usual reasons …") if not value else _("In other words:")
        known = value if value in ask.offers else ""
        set_choices(self.usual, [("", own), *((each, each) for each in ask.offers)], known)
        self.usual.setToolTip(known)

    def begin(self) -> None:
        """Take the cursor."""
        (self.usual if self.usual.isVisibleTo(self) else self.box).setFocus(
            Qt.FocusReason.TabFocusReason
        )

    def set_problem(self, text: str) -> None:
        """Say what is wrong, at the lines."""
        super().set_problem(text)
        self.box.setProperty("wrong", "true" if text else "false")
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    def _take(self, place: int) -> None:
        if chosen := self.usual.itemData(place):
            self.edited.emit(self._id, chosen)


class ChoiceField(Field):
    """One of a few."""

    edited = Signal(str, object)

    def __init__(self, ask: Ask, _screen: QWidget) -> None:
        self.box = SteadyCombo()
        super().__init__(ask.caption, self.box, required=ask.needed)
        self.box.currentIndexChanged.connect(
            lambda place: self.edited.emit(ask.id, self.box.itemData(place) or "")
        )

    def show_value(self, value: Value, ask: Ask) -> None:
        """Show which is chosen."""
        none = [] if value else [("", _("Choose …"))]
        set_choices(self.box, [*none, *ask.choices], value if isinstance(value, str) else "")

    def begin(self) -> None:
        """Take the cursor."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)


class PersonField(QWidget):
    """Somebody at the desk: name, number and telephone."""

    edited = Signal(str, object)

    def __init__(self, ask: Ask, _screen: QWidget) -> None:
        super().__init__()
        self._id = ask.id
        self._party = Party()
        self.name = Field(ask.caption, Line(), required=ask.needed)
        self.number = Field(_("ID number"), Line())
        self.phone = Field(_("Phone"), Line())
        column(self.name, row(self.number, self.phone, spacing=8), into=self, spacing=8)
        self._parts = {"full_name": self.name, "id_number": self.number, "phone": self.phone}
        for part, field in self._parts.items():
            line = field.editor
            assert isinstance(line, QLineEdit)
            line.textEdited.connect(lambda text, part=part: self._typed(part, text))
        self.setFocusProxy(self.name)

    def show_value(self, value: Value, _ask: Ask) -> None:
        """Say who it is."""
        self._party = value if isinstance(value, Party) else Party()
        for part, field in self._parts.items():
            line = field.editor
            assert isinstance(line, QLineEdit)
            if nfc(line.text()) != getattr(self._party, part):
                set_text(line, getattr(self._party, part))

    def begin(self) -> None:
        """Take the cursor."""
        self.name.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the person."""
        self.name.set_problem(text)

    def set_note(self, text: str) -> None:
        """Say what helps to fill it in."""
        self.name.set_note(text)

    def _typed(self, part: str, text: str) -> None:
        self.edited.emit(self._id, replace(self._party, **{part: nfc(text)}))


def _box() -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setFixedHeight(box.fontMetrics().lineSpacing() * _LINES + 14)
    return box


def _show_in(box: QPlainTextEdit, value: str) -> None:
    if nfc(box.toPlainText()) != value:
        blocked = box.blockSignals(True)
        set_text(box, value)
        box.blockSignals(blocked)
