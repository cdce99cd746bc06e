"""What is entered on each page of the cashier's screen, and what is wrong with it; no Qt."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from counter_app.desk import Desk
from counter_app.desktop.cashier.state import CashierState, Page
from counter_app.domain.dossier import Dossier
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.text import tidy
from counter_app.errors import (
    CounterError,
    IncompleteEntry,
    InvalidField,
    MoreThanIsLeft,
    TenderedTooLittle,
)
from counter_app.i18n import N_, _, format_count
from counter_app.services import payments
from counter_app.services.payments import Paid

_EMPTY: Final = N_("Please fill this in.")
_NO_SUM: Final = N_("An amount looks like 16.000 or 16k.")
_TENDERED: Final = "tendered"
_NAMED: Final = frozenset({"tendered", "receipt_number", "unit_amount", "reason"})
_FIELD_OF: Final[Mapping[type[CounterError], str]] = {
    TenderedTooLittle: _TENDERED,
    MoreThanIsLeft: "amount",
}


def book(desk: Desk, state: CashierState) -> Paid:
    """Book the payment that was typed."""
    assert state.money is not None
    amount = state.sum("amount") or 0
    return payments.pay(
        desk,
        state.money.dossier.id,
        amount,
        state.means,
        tendered=state.sum(_TENDERED) or 0,
        payer=state.value("payer"),
        receipt_number=state.value("receipt_number").strip(),
        beyond=amount == state.warned,
    )


def enter(desk: Desk, state: CashierState) -> Dossier:
    """Enter what was typed on any of the other pages."""
    assert state.money is not None
    dossier_id, about = state.money.dossier.id, state.about
    match state.page:
        case Page.EXEMPT:
            lines = (about,) if about else ()
            ground, evidence = state.value("ground"), state.value("evidence")
            return payments.exempt(desk, dossier_id, ground, evidence, lines=lines)
        case Page.TAKE_BACK:
            reason = state.value("reason")
            return payments.take_exemption_back(desk, dossier_id, UUID(about), reason)
        case Page.ASSESS:
            return payments.assess(
                desk,
                dossier_id,
                about,
                state.sum("unit_amount") or 0,
                quantity=int(state.value("quantity")),
                reason=state.value("reason"),
            )
        case Page.REVERSE:
            return payments.reverse(
                desk,
                dossier_id,
                UUID(about),
                state.value("reason"),
                amount=state.sum("amount"),
                means=PaymentMeans(state.value("means")),
            ).dossier
        case _:
            number = state.value("receipt_number").strip()
            return payments.link_receipt(desk, dossier_id, UUID(about), number)


def prefilled(state: CashierState, dossier: Dossier) -> dict[str, str]:
    """Return what stands in the fields of a page before anything is typed."""
    line, payment = state.line, state.payment
    match state.page:
        case Page.PAY:
            owed = dossier.owed
            return {
                "amount": format_count(owed) if owed else "",
                "payer": payments.payer_of(dossier),
            }
        case Page.ASSESS if line is not None:
            each = line.unit_amount
            return {
                "unit_amount": "" if each is None else format_count(each),
                "quantity": str(line.quantity),
            }
        case Page.REVERSE if payment is not None:
            return {"amount": format_count(payment.left), "means": payment.means.value}
        case Page.LINK if payment is not None:
            return {"receipt_number": payment.receipt_number}
        case _:
            return {}


def problems_of(state: CashierState) -> dict[str, str]:
    """Return what keeps a page from being done, by field."""
    match state.page:
        case Page.PAY:
            found = _sum_problem(state, "amount")
            if state.value(_TENDERED).strip():
                found |= _sum_problem(state, _TENDERED)
            return found
        case Page.EXEMPT:
            return _blank(state, "ground", "evidence")
        case Page.ASSESS:
            known = state.line is not None and state.line.amount is not None
            found = _sum_problem(state, "unit_amount", least=0)
            if not state.value("quantity").isascii() or not state.value("quantity").isdigit():
                found["quantity"] = _("A number of copies is wanted.")
            return found | (_blank(state, "reason") if known else {})
        case Page.TAKE_BACK:
            return _blank(state, "reason")
        case Page.REVERSE:
            return _sum_problem(state, "amount") | _blank(state, "reason")
        case _:
            return _blank(state, "receipt_number")


def _sum_problem(state: CashierState, name: str, *, least: int = 1) -> dict[str, str]:
    if not state.value(name).strip():
        return {name: _(_EMPTY)}
    typed = state.sum(name)
    return {} if typed is not None and typed >= least else {name: _(_NO_SUM)}


def _blank(state: CashierState, *names: str) -> dict[str, str]:
    return {name: _(_EMPTY) for name in names if not tidy(state.value(name))}


def field_of(error: CounterError) -> str:
    """Return the field in which what was refused stands, if it is one of the screen's."""
    if isinstance(error, InvalidField | IncompleteEntry):
        named = str(error.values.get("field", error.values.get("fields", "")))
        return named if named in _NAMED else ""
    return _FIELD_OF.get(type(error), "")
