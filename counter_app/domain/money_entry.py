"""What may be entered about money: sums that fit what is charged, paid and left.

For an entry that is made now, at this desk. What has happened elsewhere is folded as it comes.
"""

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from counter_app.domain.body import Body
from counter_app.domain.dossier import Dossier, Payment
from counter_app.domain.fee import FeeLine
from counter_app.domain.operation import (
    FeeAssessed,
    FeeExempted,
    FeePaid,
    FeeReversed,
    PaymentMeans,
    ReceiptLinked,
)
from counter_app.domain.payment import (
    PaymentRules,
    exempted_of,
    left_to_exempt,
    payment_of,
    reversible,
)
from counter_app.errors import (
    ExemptTooMuch,
    FeeNotEntered,
    IncompleteEntry,
    InvalidField,
    MoreThanIsLeft,
    TenderedTooLittle,
    UnknownFee,
    UnknownPayment,
)
from counter_app.i18n import _, format_money, law

MONEY: Final = (FeeAssessed, FeeExempted, FeePaid, FeeReversed, ReceiptLinked)


def money_entered(body: Body, dossier: Dossier, rules: PaymentRules) -> Body:
    """Return a `body` of `MONEY` with what follows from how the dossier's money stands.

    Raises:
        InvalidField: a value cannot be true.
        IncompleteEntry: an amount is put right without a reason.
        TenderedTooLittle: less was put on the desk than is to be paid.
        MoreThanIsLeft: more would be given back than is left.
        UnknownPayment: there is no such payment, or it is not said which one.
        UnknownFee: there is no such line.
        FeeNotEntered: nobody knows what the line comes to.
        ExemptTooMuch: more would be let off than is charged.
    """
    match body:
        case FeePaid():
            _check_number(body.receipt_number, rules)
            _check_tendered(body)
        case FeeReversed():
            return _with_payment(body, dossier)
        case ReceiptLinked():
            _check_number(body.receipt_number, rules)
            if dossier.received is not None:
                _payment(body.payment, dossier)
        case FeeAssessed():
            _check_assessed(body, _line(body.line, dossier), dossier)
        case FeeExempted():
            _check_exempted(body, dossier)
    return body


def _check_number(number: str, rules: PaymentRules) -> None:
    if number and not rules.takes_number(number):
        words = _("The number of a receipt has 1 to {most} digits.")
        raise InvalidField(field="receipt_number", reason=words.format(most=rules.receipt_digits))


def _check_tendered(body: FeePaid) -> None:
    if body.tendered and body.means is not PaymentMeans.CASH:
        raise InvalidField(field="tendered", reason=_("Only cash is put on the desk."))
    if 0 < body.tendered < body.amount:
        raise TenderedTooLittle(
            tendered=format_money(body.tendered),
            amount=format_money(body.amount),
            missing=format_money(body.amount - body.tendered),
        )


def _with_payment(body: FeeReversed, dossier: Dossier) -> FeeReversed:
    """Return which payment is given back; of one that only another desk knows, as it is."""
    if body.payment is None and dossier.payments:
        enough = reversible(dossier.payments, body.amount)
        if len(enough) > 1:
            raise UnknownPayment(payments=_named(enough))
        most = max(dossier.payments, key=lambda payment: payment.left)
        body = replace(body, payment=(enough[0] if enough else most).id)
    if dossier.received is None and not dossier.payments:
        return body
    payment = _payment(body.payment, dossier)
    if body.amount > payment.left:
        raise MoreThanIsLeft(amount=format_money(body.amount), left=format_money(payment.left))
    return body


def _payment(payment_id: UUID | None, dossier: Dossier) -> Payment:
    found = payment_of(dossier, payment_id) if payment_id else None
    if found is None:
        raise UnknownPayment(payments=_named(dossier.payments))
    return found


def _named(payments: tuple[Payment, ...]) -> str:
    named = [f"{each.number or each.id} ({format_money(each.left)})" for each in payments]
    return ", ".join(named) or _("none")


def _line(line_id: str, dossier: Dossier) -> FeeLine:
    for line in dossier.fees:
        if line.id == line_id:
            return line
    known = ", ".join(f"{line.id} ({law(line.name)})" for line in dossier.fees)
    raise UnknownFee(line=line_id, lines=known or _("none"))


def _check_assessed(body: FeeAssessed, line: FeeLine, dossier: Dossier) -> None:
    if line.amount is not None and not body.reason:
        raise IncompleteEntry(fields="reason")  # it puts right what was charged
    others = dossier.charged - (line.amount or 0)
    exempted = max(exempted_of(dossier, line.id), dossier.exempted - others)
    if body.unit_amount * body.quantity < exempted:
        words = _("{amount} of it was exempted already.")
        raise InvalidField(field="unit_amount", reason=words.format(amount=format_money(exempted)))


def _check_exempted(body: FeeExempted, dossier: Dossier) -> None:
    if body.line and _line(body.line, dossier).amount is None:
        raise FeeNotEntered(fees=law(_line(body.line, dossier).name))
    left = left_to_exempt(dossier, body.line)
    if body.amount > left:
        raise ExemptTooMuch(amount=format_money(body.amount), left=format_money(left))
