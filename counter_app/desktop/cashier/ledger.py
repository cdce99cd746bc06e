"""The left half: what is charged, let off, paid and owed; or the code that the citizen scans."""

from datetime import UTC, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QWidget

from counter_app.desktop import theme
from counter_app.desktop.cashier import words
from counter_app.desktop.cashier.code import QrPicture
from counter_app.desktop.cashier.state import CashierState, Page
from counter_app.desktop.widgets.basics import (
    button,
    clear,
    column,
    label,
    row,
    scrolled,
    set_tone,
    tag,
)
from counter_app.desktop.wording import sentence_case
from counter_app.domain.dossier import Exemption, Payment
from counter_app.domain.fee import FeeLine
from counter_app.i18n import _, format_money, law
from counter_app.services.payments import Money

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class Ledger(QStackedWidget):
    """Shows the money of a dossier."""

    turned = Signal(str, str)
    slip_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._zone: tzinfo = UTC
        self._shown: tuple[Money | None, frozenset[str]] = (None, frozenset())
        self.state_tag = tag()
        self.owed = label("", "number")
        self._unknown = label("", "hint", wrap=True)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(14)
        self._lines.setVerticalSpacing(6)
        self._lines.setColumnStretch(0, 1)
        self._payments = column(spacing=2)
        self.exempt_button = button(
            _("&Exempt or reduce…"), lambda: self.turned.emit(Page.EXEMPT, ""), role="link"
        )
        self.code = QrPicture()
        self._asked = label("", "number")
        self._account = label("", wrap=True)
        self.addWidget(self._ledger())
        self.addWidget(self._transfer())

    def show_state(self, state: CashierState) -> None:
        """Make the widgets say what `state` says."""
        self.setCurrentIndex(1 if state.qr else 0)
        self._show_code(state)
        shown = (state.money, state.possible)
        if state.money is None or shown == self._shown:
            return
        self._shown = shown
        self._zone = state.zone
        balance = state.money.balance
        self.state_tag.setText(sentence_case(f"{balance.state}"))
        set_tone(self.state_tag, words.TONES[balance.state])
        self._unknown.setText(words.unknown_words(balance))
        self._unknown.setVisible(not balance.is_known)
        self._show_lines(state.money, state.possible)
        self._show_payments(state.money, state.possible)
        self.exempt_button.setVisible(
            "fee_exempted" in state.possible and bool(state.money.grounds)
        )

    def _ledger(self) -> QWidget:
        inner = QWidget()
        head = row(label(_("Fees of this dossier"), "heading"), 1, self.state_tag)
        whole = column(
            head, self._lines, self._unknown, row(self.exempt_button, 1), into=inner, spacing=10
        )
        whole.addLayout(self._payments)
        whole.addStretch(1)
        whole.setContentsMargins(0, 0, 8, 0)
        return scrolled(inner)

    def _transfer(self) -> QWidget:
        page = QWidget()
        self._asked.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._account.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(self._asked, self.code, self._account, into=page, spacing=6).setStretch(1, 1)
        return page

    def _show_code(self, state: CashierState) -> None:
        self.code.show_text(state.qr)
        if not state.qr or state.money is None or state.money.account is None:
            return
        account = state.money.account
        self._asked.setText(format_money(state.money.dossier.requested))
        self._account.setText(
            _("{holder}\n{number} · {bank}").format(
                holder=account.holder, number=account.number, bank=account.bank
            )
        )

    def _show_lines(self, money: Money, possible: frozenset[str]) -> None:
        clear(self._lines)
        at = 0
        for line in money.dossier.fees:
            self._put(at, 0, _wrapped(law(line.name), words.line_made_of(line)))
            if "fee_assessed" in possible:
                self._put(at, 1, self._assess(line))
            self._put(at, 2, label(words.line_amount(line)))
            at += 1
        if not money.dossier.fees:
            self._put(at, 0, label(words.nothing_charged(money.balance), wrap=True))
            at += 1
        for exemption in money.dossier.exemptions:
            self._put(at, 0, _wrapped(law(exemption.ground), words.exemption_line(exemption)))
            if "exemption_reversed" in possible and exemption.taken_back is None:
                self._put(at, 1, self._take_back(exemption))
            self._put(at, 2, label(words.exemption_amount(exemption)))
            at += 1
        self._lines.addWidget(rule(), at, 0, 1, 3)
        at += 1
        for total in words.sums(money.balance):
            self._put(at, 0, label(total.caption, "heading" if total.large else "muted"))
            amount = label(total.amount, "number" if total.large else "plain", wrap=total.large)
            if total.large:
                self.owed = amount
            self._lines.addWidget(amount, at, 1, 1, 2, _RIGHT)
            at += 1

    def _show_payments(self, money: Money, possible: frozenset[str]) -> None:
        clear(self._payments)
        if money.dossier.payments:
            self._payments.addWidget(rule())
            self._payments.addWidget(label(_("Payments"), "heading"))
        for payment in reversed(money.dossier.payments):
            amount = label(format_money(payment.amount), "heading")
            told = label(words.payment_line(payment, self._zone), "muted", wrap=True)
            line = row(told, amount, spacing=10)
            line.setStretch(0, 1)
            self._payments.addLayout(line)
            self._payments.addLayout(self._actions(payment, possible))

    def _actions(self, payment: Payment, possible: frozenset[str]) -> QHBoxLayout:
        name = str(payment.id)
        offered = [button(_("Print slip"), lambda: self.slip_wanted.emit(name), role="link")]
        if "receipt_linked" in possible:
            offered.append(
                button(_("Receipt number"), lambda: self.turned.emit(Page.LINK, name), role="link")
            )
        if "fee_reversed" in possible and payment.left:
            offered.append(
                button(_("Give back"), lambda: self.turned.emit(Page.REVERSE, name), role="link")
            )
        for each in offered:
            each.setAccessibleName(f"{each.text()}: {payment.number}")
        return row(*offered, 1, spacing=4)

    def _assess(self, line: FeeLine) -> QWidget:
        unknown = line.amount is None
        made = button(
            _("Enter") if unknown else _("Correct"),
            lambda: self.turned.emit(Page.ASSESS, line.id),
            role="link",
        )
        made.setAccessibleName(f"{made.text()}: {law(line.name)}")
        return made

    def _take_back(self, exemption: Exemption) -> QWidget:
        name = str(exemption.id)
        made = button(_("Take back"), lambda: self.turned.emit(Page.TAKE_BACK, name), role="link")
        made.setAccessibleName(f"{made.text()}: {law(exemption.ground)}")
        return made

    def _put(self, at: int, place: int, cell: QWidget) -> None:
        if place and isinstance(cell, QLabel):
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._lines.addWidget(cell, at, place, Qt.AlignmentFlag.AlignVCenter)


def rule() -> QFrame:
    """Return a thin line across."""
    made = QFrame()
    made.setFixedHeight(1)
    made.setStyleSheet(f"background: {theme.worn().line}; border: none;")
    return made


def _wrapped(text: str, below: str) -> QWidget:
    cell = QWidget()
    parts = [label(text, wrap=True)] + ([label(below, "muted", wrap=True)] if below else [])
    column(*parts, into=cell, spacing=0)
    return cell
