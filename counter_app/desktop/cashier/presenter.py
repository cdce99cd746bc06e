"""Taking money for one dossier: what is owed, what is put on the desk, what goes back; no Qt."""

from collections.abc import Callable
from datetime import tzinfo
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.cashier.entries import book, enter, field_of, prefilled, problems_of
from counter_app.desktop.cashier.state import CashierState, Page
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.devices.printers import Size
from counter_app.domain.dossier import Dossier
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.scanned import ScanKind, scan_kind
from counter_app.errors import (
    CounterError,
    MoreThanOwed,
    NeedsNewerProgram,
    UnknownDossier,
)
from counter_app.i18n import _, format_count
from counter_app.services import papers, payments
from counter_app.services.acting import possible_now
from counter_app.services.papers import Sheet
from counter_app.services.payments import Money, Paid, money_of
from counter_app.services.scanning import Scanned, read_scan

FORM: Final = "payment-slip"

_SECONDS: Final = 6
_TENDERED: Final = "tendered"


class Look(NamedTuple):
    """What is read of a dossier: its money, what this officer may enter, and the office's zone."""

    money: Money
    possible: frozenset[str]
    zone: tzinfo


class View(Protocol):
    """What shows a CashierState."""

    def show_state(self, state: CashierState) -> None:
        """Make the widgets say what `state` says."""
        ...


class CashierPresenter:
    """Turns what the cashier does into the next state, and has it shown.

    `booked` is called after each entry: a dossier's screen may want to look again.
    """

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        navigator: Navigator,
        *,
        booked: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._booked = booked
        self._view: View | None = None
        self._state = CashierState()

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def open(self, dossier_id: UUID) -> None:
        """Take up a dossier; it is read as soon as the screen comes into sight."""
        if dossier_id != self._state.dossier_id:
            self._show(CashierState(dossier_id=dossier_id))

    def enter(self) -> None:
        """Look again at what may have changed; what was typed stays."""
        dossier_id = self._state.dossier_id
        if dossier_id is not None:
            self._tasks.read(
                lambda: self._look(dossier_id),
                done=lambda look: self._take(dossier_id, look),
                failed=self._fail,
            )

    def takes_scan(self, payload: str) -> bool:
        """Take up the dossier whose receipt or code was scanned; say whether it was one."""
        if scan_kind(payload) not in {ScanKind.RECEIPT, ScanKind.DOSSIER_CODE}:
            return False
        self._tasks.read(
            lambda: read_scan(self._desk, payload), done=self._follow, failed=self._fail
        )
        return True

    # What is typed and chosen

    def edit(self, name: str, text: str) -> None:
        """Something was typed in a field, or chosen."""
        if self._state.busy or self._state.value(name) == text:
            return
        problems = {at: words for at, words in self._state.problems.items() if at != name}
        qr = "" if name == "amount" else self._state.qr
        values = {**self._state.values, name: text}
        self._show(
            replace(self._state, values=values, problems=problems, trouble="", qr=qr, paid=None)
        )

    def add_note(self, dong: int) -> None:
        """A note was put on the desk, upon those that lie there."""
        there = self._state.sum(_TENDERED) or 0
        self.edit(_TENDERED, format_count(there + dong))

    def choose_means(self, means: str) -> None:
        """The money comes in another way."""
        chosen = PaymentMeans(means)
        if self._state.busy or chosen is self._state.means:
            return
        left = {**self._state.values, _TENDERED: ""}
        self._show(
            replace(
                self._state, means=chosen, values=left, qr="", problems={}, trouble="", paid=None
            )
        )
        if chosen is PaymentMeans.TRANSFER:
            self.show_code()

    def show_code(self) -> None:
        """Show the code for a transfer of the amount; that is noted, and nothing is paid by it."""
        state, amount = self._state, self._state.sum("amount")
        if state.money is None or state.money.account is None or state.busy or not amount:
            return
        dossier_id = state.money.dossier.id
        self._show(replace(state, busy=True, trouble=""))
        self._tasks.write(
            lambda: (
                payments.request_transfer(self._desk, dossier_id, amount),
                self._look(dossier_id),
            ),
            done=lambda both: self._show_code(dossier_id, *both),
            failed=self._refuse,
        )

    def turn_to(self, page: str, about: str = "") -> None:
        """Do something else about the money: `about` a line or a payment."""
        if self._state.busy or self._state.money is None:
            return
        state = replace(
            self._state, page=Page(page), about=about, problems={}, trouble="", qr="", paid=None
        )
        self._show(replace(state, values=prefilled(state, self._state.money.dossier)))

    def go_back(self) -> None:
        """Go back to taking money."""
        self.turn_to(Page.PAY)

    def steps_back(self) -> bool:
        """Go back to taking money; say whether there was anything to go back from."""
        if self._state.page is Page.PAY:
            return False
        self.go_back()
        return True

    # What is done

    def submit(self) -> None:
        """Do what the page is for; the slip of a payment is printed at once."""
        self._submit(printed=True)

    def submit_without_slip(self) -> None:
        """Do what the page is for, and print nothing."""
        self._submit(printed=False)

    def _submit(self, *, printed: bool) -> None:
        state = self._state
        if state.busy or state.money is None:
            return
        if problems := problems_of(state):
            self._show(self._held_back(problems))
            return
        self._show(replace(state, busy=True, problems={}, trouble="", paid=None))
        if state.page is Page.PAY:
            self._tasks.write(
                lambda: book(self._desk, state),
                done=lambda paid: self._take_paid(paid, printed=printed),
                failed=self._refuse,
            )
        else:
            self._tasks.write(
                lambda: enter(self._desk, state), done=self._entered, failed=self._refuse
            )

    def print_slip(self, payment: str) -> None:
        """The slip of a payment is wanted, or wanted once more."""
        if self._state.dossier_id is not None:
            self._print(self._state.dossier_id, UUID(payment))

    def open_dossier(self) -> None:
        """Go to the dossier itself."""
        if self._state.dossier_id is not None:
            self._navigator.open_dossier(self._state.dossier_id)

    # What comes of it

    def _look(self, dossier_id: UUID) -> Look:
        money, zone = money_of(self._desk, dossier_id), self._desk.catalogue.calendar.zone
        try:
            found = possible_now(self._desk, money.dossier)
        except NeedsNewerProgram:
            return Look(money, frozenset(), zone)
        return Look(money, frozenset(each.kind for each in found if each.allowed), zone)

    def _take(self, dossier_id: UUID, look: Look) -> None:
        if dossier_id != self._state.dossier_id:  # another may have been opened since
            return
        before = self._state.money
        state = replace(self._state, **look._asdict())
        if before is None and self._wants_entering(look):
            line = look.money.balance.unknown[0].id
            state = replace(state, page=Page.ASSESS, about=line)
        if before is None or before.balance != look.money.balance:
            state = replace(state, values=prefilled(state, look.money.dossier))
        self._show(state)

    def _wants_entering(self, look: Look) -> bool:
        """Say whether what a fee comes to has to be entered before anything can be taken."""
        balance = look.money.balance
        first = self._state.page is Page.PAY and self._state.paid is None
        return (
            first and not balance.owed and not balance.is_known and "fee_assessed" in look.possible
        )

    def _follow(self, scan: Scanned) -> None:
        if scan.dossier_id is None:
            self._fail(UnknownDossier(code=scan.code or scan.payload))
            return
        self.open(scan.dossier_id)
        self.enter()

    def _show_code(self, dossier_id: UUID, text: str, look: Look) -> None:
        if dossier_id == self._state.dossier_id:
            self._show(replace(self._state, qr=text, busy=False, **look._asdict()))
            self._navigator.changed()

    def _take_paid(self, paid: Paid, *, printed: bool) -> None:
        dossier_id = paid.dossier.id
        self._begin_anew(paid)
        if printed:
            self._print(dossier_id, paid.payment.id)

    def _entered(self, _dossier: Dossier) -> None:
        self._begin_anew(None)
        self._navigator.say(_("Noted."), "good", seconds=_SECONDS)

    def _begin_anew(self, paid: Paid | None) -> None:
        self._show(CashierState(dossier_id=self._state.dossier_id, paid=paid))
        self.enter()
        self._navigator.changed()
        self._booked()

    def _print(self, dossier_id: UUID, payment: UUID) -> None:
        def make(size: Size, _printer: str) -> Sheet:
            return papers.payment_sheet(self._desk, dossier_id, payment, size=size)

        self._navigator.print_sheet(make, form=FORM)

    def _refuse(self, error: CounterError) -> None:
        if isinstance(error, MoreThanOwed) and self._state.page is Page.PAY:
            again = _("If it is meant, do it once more.")
            amount = self._state.sum("amount") or 0
            held = self._held_back({"amount": f"{error} {again}"})
            self._show(replace(held, warned=amount))
            return
        name = field_of(error)
        self._show(self._held_back({name: str(error)} if name else {}, "" if name else f"{error}"))

    def _fail(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, trouble=str(error)))

    def _held_back(self, problems: dict[str, str], trouble: str = "") -> CashierState:
        return replace(
            self._state,
            busy=False,
            problems=problems,
            trouble=trouble,
            refusals=self._state.refusals + 1,
        )

    def _show(self, state: CashierState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
