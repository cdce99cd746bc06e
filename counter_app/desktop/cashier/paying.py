"""The page on which money is taken: how, how much, what lies on the desk, what goes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.desktop import theme
from counter_app.desktop.cashier import words
from counter_app.desktop.cashier.state import CashierState
from counter_app.desktop.widgets.basics import button, column, label, row, set_look
from counter_app.desktop.widgets.field import Field, set_text
from counter_app.desktop.widgets.segments import Segments
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.payment import NOTES, ReceiptKind
from counter_app.i18n import _, format_money

_THOUSAND = 1000


class PayPage(QWidget):
    """Shows a CashierState whose page is PAY."""

    edited = Signal(str, str)
    means_chosen = Signal(str)
    note_put = Signal(int)
    code_wanted = Signal()

    def __init__(self, *, alone: bool) -> None:
        """Take Alt with a digit for the notes, if this is no part of a screen that takes it."""
        super().__init__()
        self._alone = alone
        self.lines: dict[str, QLineEdit] = {}
        self.fields: dict[str, Field] = {}
        named = [(means.value, _(words.MEANS[means])) for means in PaymentMeans]
        across = 2 if theme.is_large() else 0
        self.means = Segments(
            _("How the money comes"), named, PaymentMeans.CASH.value, across=across
        )
        self.means.chosen.connect(self.means_chosen)
        self.words = label("", "muted", wrap=True)
        self._cash = self._cash_box()
        self._code = self._code_box()
        people = row(
            self._line("payer", _("Pa&yer")),
            self._line("receipt_number", words.receipt_caption(ReceiptKind.PAPER)),
            spacing=10,
        )
        people.setStretch(0, 3)
        people.setStretch(1, 2)
        column(
            self.means,
            self._line("amount", _("&Amount to take"), required=True),
            self.words,
            self._cash,
            self._code,
            people,
            1,
            into=self,
            spacing=8,
        ).setContentsMargins(0, 0, 8, 0)

    def show_state(self, state: CashierState) -> None:
        """Make the widgets say what `state` says."""
        self.means.show_choice(state.means.value)
        for name, line in self.lines.items():
            set_text(line, state.value(name))
            line.setReadOnly(state.busy)
            self.fields[name].set_problem(state.problems.get(name, ""))
        if state.money is not None:
            caption = words.receipt_caption(state.money.receipt_kind)
            self.fields["receipt_number"].set_caption(caption)
        self.words.setText(words.in_words(state.sum("amount")))
        self.words.setVisible(bool(self.words.text()))
        self._cash.setVisible(state.means is PaymentMeans.CASH)
        self._code.setVisible(state.means is PaymentMeans.TRANSFER)
        self._show_change(state)
        self._show_transfer(state)

    def first(self, state: CashierState) -> QWidget:
        """Return where the cursor goes: to a problem, or else where one goes on."""
        for name, line in self.lines.items():
            if name in state.problems:
                return line
        if not state.value("amount"):
            return self.lines["amount"]
        return self.lines["tendered"] if state.means is PaymentMeans.CASH else self.means

    def _cash_box(self) -> QWidget:
        box = QWidget()
        notes = row(spacing=4)
        self.notes = {}
        for number, dong in enumerate(NOTES, 1):
            made = button(f"{dong // _THOUSAND}k")
            made.clicked.connect(lambda *_, note=dong: self.note_put.emit(note))
            made.setProperty("role", "segment")
            if self._alone:
                words_ = _("{amount} was put on the desk (Alt+{number})")
                made.setShortcut(f"Alt+{number}")
                made.setToolTip(words_.format(amount=format_money(dong), number=number))
            made.setAccessibleName(format_money(dong))
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from sum to sum
            self.notes[dong] = made
            notes.addWidget(made)
        self.change = label("", "number")
        self._change_caption = label("", "muted")
        given = self._line("tendered", _("&Put on the desk"))
        self.lines["tendered"].setPlaceholderText(_("empty: the exact sum"))
        change = row(self._change_caption, self.change, 1, spacing=10)
        column(given, notes, change, into=box, spacing=6)
        return box

    def _code_box(self) -> QWidget:
        box = QWidget()
        self.code_button = button(_("Show the &code"), self.code_wanted.emit)
        self._hint = label("", wrap=True)
        column(self._hint, row(self.code_button, 1), into=box, spacing=6)
        return box

    def _line(self, name: str, caption: str, *, required: bool = False) -> Field:
        line = QLineEdit()
        line.textEdited.connect(lambda text: self.edited.emit(name, text))
        self.lines[name] = line
        self.fields[name] = Field(caption, line, required=required)
        return self.fields[name]

    def _show_change(self, state: CashierState) -> None:
        if state.paid is not None:
            change: int | None = state.paid.change
            caption = _("Booked. To give back:")
        else:
            change = state.change
            caption = _("Too little by:") if change is not None and change < 0 else _("Change:")
        self._change_caption.setText(caption)
        self.change.setText("" if change is None else format_money(abs(change)))
        set_look(self.change, "alarm", "true" if (change or 0) < 0 else "false")
        self._change_caption.setVisible(change is not None)

    def _show_transfer(self, state: CashierState) -> None:
        banked = state.money is not None and state.money.account is not None
        self.code_button.setVisible(banked and not state.qr)
        if not banked:
            self._hint.setText(
                _(
                    "This office has not entered its account, so no code can be shown: write it "
                    "into forms/rules/payment.toml in the folder of the desk. A transfer that "
                    "has arrived can be booked all the same."
                )
            )
        elif state.qr:
            self._hint.setText(
                _(
                    "Scanning is no payment. Confirm only when the bank has told that the "
                    "money is there; until then it waits."
                )
            )
        else:
            self._hint.setText(_("The citizen scans the code with a banking app."))
