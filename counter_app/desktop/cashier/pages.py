"""The smaller pages: letting off, entering a fee, giving back, the number of a receipt."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from counter_app.desktop.cashier import words
from counter_app.desktop.cashier.state import CashierState, Page
from counter_app.desktop.widgets.basics import column, label
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.domain.exemption import Ground
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.payment import ReceiptKind
from counter_app.i18n import _, format_money, law

_WHOLE = 100


class EntryPage(QWidget):
    """A title, what it is about, and a few fields one below the other."""

    edited = Signal(str, str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.lines: dict[str, QLineEdit] = {}
        self.boxes: dict[str, QComboBox] = {}
        self.fields: dict[str, Field] = {}
        self._about = label("", wrap=True)
        self._hint = label("", "muted", wrap=True)
        column(
            label(_title(page), "heading"),
            self._about,
            *self._made(page),
            self._hint,
            1,
            into=self,
            spacing=10,
        ).setContentsMargins(0, 0, 8, 0)

    def show_state(self, state: CashierState) -> None:
        """Make the widgets say what `state` says."""
        for name, line in self.lines.items():
            set_text(line, state.value(name))
            line.setReadOnly(state.busy)
        if "ground" in self.boxes and state.money is not None:
            offered = [("", ""), *((g.id, _named(g)) for g in state.money.grounds)]
            set_choices(self.boxes["ground"], offered, state.value("ground"))
        if "means" in self.boxes:
            offered = [(means.value, _(words.MEANS[means])) for means in PaymentMeans]
            set_choices(self.boxes["means"], offered, state.value("means"))
        if "receipt_number" in self.fields and state.money is not None:
            caption = words.receipt_caption(state.money.receipt_kind)
            self.fields["receipt_number"].set_caption(caption)
        for name, field in self.fields.items():
            field.set_problem(state.problems.get(name, ""))
        self._about.setText(_about(state))
        self._about.setVisible(bool(self._about.text()))
        self._hint.setText(_hint(state))

    def first(self, state: CashierState) -> QWidget:
        """Return where the cursor goes: to a problem, or else to the first field."""
        editors = [field.editor for field in self.fields.values()]
        wrong = [self.fields[name].editor for name in self.fields if name in state.problems]
        return (wrong or editors)[0]

    def _made(self, page: Page) -> Sequence[QWidget]:
        match page:
            case Page.EXEMPT:
                return (
                    self._box("ground", _("&Ground")),
                    self._line("evidence", _("Evi&dence that was shown")),
                )
            case Page.TAKE_BACK:
                return (self._line("reason", _("&Reason")),)
            case Page.ASSESS:
                return (
                    self._line("unit_amount", _("&Amount of one")),
                    self._line("quantity", _("N&umber")),
                    self._line("reason", _("&Reason"), required=False),
                )
            case Page.REVERSE:
                return (
                    self._line("amount", _("&Amount to give back")),
                    self._line("reason", _("&Reason")),
                    self._box("means", _("&How it goes back")),
                )
            case _:
                return (self._line("receipt_number", words.receipt_caption(ReceiptKind.PAPER)),)

    def _line(self, name: str, caption: str, *, required: bool = True) -> Field:
        line = QLineEdit()
        line.textEdited.connect(lambda text: self.edited.emit(name, text))
        self.lines[name] = line
        self.fields[name] = Field(caption, line, required=required)
        return self.fields[name]

    def _box(self, name: str, caption: str) -> Field:
        box = QComboBox()
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(
            lambda _place: self.edited.emit(name, box.currentData() or "")
        )
        self.boxes[name] = box
        self.fields[name] = Field(caption, box, required=True)
        return self.fields[name]


def _title(page: Page) -> str:
    match page:
        case Page.EXEMPT:
            return _("Exempt from fees, or reduce them")
        case Page.TAKE_BACK:
            return _("Take an exemption back")
        case Page.ASSESS:
            return _("What the fee comes to")
        case Page.REVERSE:
            return _("Give money back")
        case _:
            return _("Number of the receipt")


def _about(state: CashierState) -> str:
    if state.line is not None:
        return law(state.line.name)
    if (exemption := state.exemption) is not None:
        return f"{law(exemption.ground)}: {format_money(exemption.amount)}"
    if state.payment is not None:
        left = format_money(state.payment.left)
        words_ = _("Payment {number}; {amount} of it is left.")
        return words_.format(number=state.payment.number, amount=left)
    return ""


def _hint(state: CashierState) -> str:
    """Return what one has to know to fill a page in."""
    if state.page is Page.EXEMPT:
        ground = _chosen(state)
        if ground is None:
            return _("The whole or a share of each fee that the ground concerns is let off.")
        said = _("To be shown: {evidence}\n{legal_basis}").format(
            evidence=law(ground.evidence), legal_basis=law(ground.legal_basis)
        )
        mark = _("This entry has not been compared with the text of the law yet.")
        return f"{said}\n{mark}" if ground.unverified else said
    if state.page is Page.ASSESS:
        return _(
            "As the provincial council has set it. Whoever puts right what was entered gives "
            "the reason."
        )
    if state.page is Page.TAKE_BACK:
        return _("The exemption stays in the books; what it let off is owed again.")
    if state.page is Page.REVERSE:
        return _("The payment stays in the books; what goes back is booked against it.")
    return ""


def _chosen(state: CashierState) -> Ground | None:
    grounds = state.money.grounds if state.money else ()
    return next((each for each in grounds if each.id == state.value("ground")), None)


def _named(ground: Ground) -> str:
    name = law(ground.name)
    return name if ground.percent == _WHOLE else f"{name} (−{ground.percent} %)"
