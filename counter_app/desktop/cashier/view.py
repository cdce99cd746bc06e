"""The cashier's screen: the money of a dossier at the left, what is done about it at the right."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QStackedWidget, QWidget

from counter_app.desktop.cashier.ledger import Ledger
from counter_app.desktop.cashier.pages import EntryPage
from counter_app.desktop.cashier.paying import PayPage
from counter_app.desktop.cashier.state import CashierState, Page
from counter_app.desktop.widgets.basics import button, card, column, label, row, scrolled
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.domain.operation import PaymentMeans
from counter_app.i18n import _, law

_LEFT, _RIGHT = 11, 10  # how the halves share the width
_KEYS: Final = ("Ctrl+Return", "Ctrl+Enter")


class CashierView(QWidget):
    """Shows a CashierState; as a part of another screen without the head, and without its keys."""

    edited = Signal(str, str)
    means_chosen = Signal(str)
    note_put = Signal(int)
    code_wanted = Signal()
    turned = Signal(str, str)
    went_back = Signal()
    submitted = Signal()
    submitted_without_slip = Signal()
    slip_wanted = Signal(str)
    dossier_wanted = Signal()

    def __init__(self, *, alone: bool) -> None:
        super().__init__()
        self._alone = alone
        self._at: tuple[object, ...] = ()
        self.ledger = Ledger()
        self.pay = PayPage(alone=alone)
        self.entries = {page: EntryPage(page) for page in Page if page is not Page.PAY}
        self.empty = EmptyState()
        self._pages = QStackedWidget()
        for each in (self.pay, *self.entries.values()):
            self._pages.addWidget(each)
        self._build()
        self._wire()
        self.setFocusProxy(self.pay.lines["tendered"])

    def show_state(self, state: CashierState) -> None:
        """Make the widgets say what `state` says."""
        self._below.setCurrentIndex(0 if state.money is not None else 1)
        if state.money is None:
            hint = _("Scan the receipt of the dossier, or open it and choose “Fees”.")
            self.empty.say("banknote", state.trouble or hint)
            return
        self._show_head(state)
        self.ledger.show_state(state)
        page = self._page(state)
        page.show_state(state)
        self._pages.setCurrentWidget(page)
        self.trouble.setText(state.trouble)
        self.trouble.setVisible(bool(state.trouble))
        self._show_buttons(state)
        at = (state.dossier_id, state.page, state.about, state.means, state.refusals, state.busy)
        if at != self._at and not state.busy:
            self._focus(page.first(state))
        self._at = at

    def _build(self) -> None:
        self.code = label("", "title")
        self.procedure = label("", "muted", wrap=True)
        self.open_button = button(_("&Open the dossier"), self.dossier_wanted.emit)
        line = row(self.code, self.procedure, self.open_button, spacing=14)
        line.setStretch(1, 1)
        head = card(line, margin=12)
        self.trouble = label("", "problem", wrap=True)
        self.back_button = button(_("&Back"), self.went_back.emit, symbol="arrow-left")
        self.quiet_button = button(
            _("Without a &slip"), self.submitted_without_slip.emit, role="link"
        )
        self.do_button = button("", self.submitted.emit, role="primary")
        foot = row(self.back_button, self.quiet_button, 1, self.do_button, spacing=10)
        left = card(self.ledger)
        right = card(scrolled(self._pages), self.trouble, foot)
        body = row(left, right, spacing=12)
        body.setStretch(0, _LEFT)
        body.setStretch(1, _RIGHT)
        whole = QWidget()
        column(head, body, into=whole, spacing=10).setStretch(1, 1)
        head.setHidden(not self._alone)  # now that it has a place: it would flash up as a window
        self._below = QStackedLayout(self)
        self._below.addWidget(whole)
        self._below.addWidget(self.empty)

    def _wire(self) -> None:
        self.pay.edited.connect(self.edited)
        self.pay.means_chosen.connect(self.means_chosen)
        self.pay.note_put.connect(self.note_put)
        self.pay.code_wanted.connect(self.code_wanted)
        self.ledger.turned.connect(self.turned)
        self.ledger.slip_wanted.connect(self.slip_wanted)
        for page in self.entries.values():
            page.edited.connect(self.edited)
        if self._alone:
            for key in _KEYS:
                QShortcut(QKeySequence(key), self, self.submitted.emit)

    def _page(self, state: CashierState) -> PayPage | EntryPage:
        return self.pay if state.page is Page.PAY else self.entries[state.page]

    def _show_head(self, state: CashierState) -> None:
        assert state.money is not None
        dossier = state.money.dossier
        self.code.setText(dossier.code or _("Code not known here"))
        received = dossier.received
        told = (received.applicant.full_name, law(received.procedure.name)) if received else ()
        self.procedure.setText(" · ".join(told))

    def _show_buttons(self, state: CashierState) -> None:
        paying = state.page is Page.PAY
        may = "fee_paid" in state.possible
        self.back_button.setVisible(not paying)
        self.quiet_button.setVisible(paying and may)
        self.do_button.setVisible(not paying or may)
        self.do_button.setText(_does(state))

    def _focus(self, place: QWidget) -> None:
        """Put the cursor where one goes on; the window, too, hands it there."""
        self.setFocusProxy(place)
        if self.isVisible() and (self._alone or self.hasFocus() or self._has_cursor()):
            place.setFocus()

    def _has_cursor(self) -> bool:
        cursor = QApplication.focusWidget()
        return cursor is not None and self.isAncestorOf(cursor)


def _does(state: CashierState) -> str:
    if state.busy:
        return _("One moment …")
    match state.page:
        case Page.PAY if state.means is PaymentMeans.TRANSFER:
            return _("&Money has arrived (Ctrl+Enter)")
        case Page.PAY:
            return _("&Take and print (Ctrl+Enter)")
        case Page.EXEMPT:
            return _("E&xempt (Ctrl+Enter)")
        case Page.REVERSE:
            return _("&Give back (Ctrl+Enter)")
        case _:
            return _("&Save (Ctrl+Enter)")
