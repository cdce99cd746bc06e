"""What may be entered about money: sums that fit what is charged, paid and left.

For an entry that is made now, at this desk. What has happened elsewhere is folded as it comes.
"""

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from counter_app.domain.body import Body
from counter_app.domain.dossier import Dossier, Exemption, Payment
from counter_app.domain.fee import FeeLine
from counter_app.domain.operation import (
    ExemptionReversed,
    FeeAssessed,
    FeeExempted,
    FeePaid,
    FeeReversed,
    PaymentMeans,
    ReceiptLinked,
)
from counter_app.domain.payment import (
    PaymentRules,
    balance_of,
    exempted_of,
    in_force,
    left_to_exempt,
    payment_of,
    reversible,
)
from counter_app.errors import (
    ExemptionGone,
    ExemptTooMuch,
    FeeNotEntered,
    IncompleteEntry,
    InvalidField,
    MoreThanIsLeft,
    MoreThanOwed,
    TenderedTooLittle,
    UnknownExemption,
    UnknownFee,
    UnknownPayment,
)
from counter_app.i18n import _, format_date, format_money, law

MONEY: Final = (
    FeeAssessed,
    FeeExempted,
    ExemptionReversed,
    FeePaid,
    FeeReversed,
    ReceiptLinked,
)


def money_entered(body: Body, dossier: Dossier, rules: PaymentRules) -> Body:
    """Return a `body` of `MONEY` with what follows from how the dossier's money stands.

    Raises:
        InvalidField: a value cannot be true.
        IncompleteEntry: an amount is put right without a reason.
        MoreThanOwed: more would be booked than is owed, and not `beyond` that on purpose.
        TenderedTooLittle: less was put on the desk than is to be paid.
        MoreThanIsLeft: more would be given back than is left.
        UnknownPayment: there is no such payment, or it is not said which one.
        UnknownFee: there is no such line.
        FeeNotEntered: nobody knows what the line comes to, or what is to be paid.
        ExemptTooMuch: more would be let off than is charged.
        UnknownExemption: there is no such exemption, or it is not said which one.
        ExemptionGone: it was taken back already.
    """
    match body:
        case FeePaid():
            _check_number(body.receipt_number, rules)
            _check_tendered(body)
            if not body.beyond:
                check_owed(dossier, body.amount)
            return replace(body, beyond=body.beyond and _is_beyond(dossier, body.amount))
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
        case ExemptionReversed():
            return _with_exemption(body, dossier)
    return body


def check_owed(dossier: Dossier, amount: int) -> None:
    """Let an amount pass that is owed; what another desk charges cannot be judged here.

    Raises:
        FeeNotEntered: it is more, as far as is known: what a fee comes to was not entered.
        MoreThanOwed: it is more.
    """
    if not _is_beyond(dossier, amount):
        return
    balance = balance_of(dossier)
    if not balance.is_known:
        raise FeeNotEntered(fees=", ".join(law(line.name) for line in balance.unknown))
    raise MoreThanOwed(amount=format_money(amount), owed=format_money(balance.owed))


def _is_beyond(dossier: Dossier, amount: int) -> bool:
    return dossier.received is not None and amount > balance_of(dossier).owed


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


def _with_exemption(body: ExemptionReversed, dossier: Dossier) -> ExemptionReversed:
    """Return which exemption is taken back, and what it came to."""
    holding = in_force(dossier)
    if body.exemption is None and len(holding) == 1:
        body = replace(body, exemption=holding[0].id)
    found = next((each for each in dossier.exemptions if each.id == body.exemption), None)
    if found is None:
        raise UnknownExemption(exemptions=_let_off(holding))
    if found.taken_back is not None:
        raise ExemptionGone(date=format_date(found.taken_back.at.date()))
    if body.amount not in {None, found.amount}:
        words = _("It stands otherwise in the dossier: {value}. Look at it again.")
        raise InvalidField(field="amount", reason=words.format(value=format_money(found.amount)))
    return replace(body, amount=found.amount)


def _let_off(exemptions: tuple[Exemption, ...]) -> str:
    named = [f"{each.id} ({law(each.ground)}, {format_money(each.amount)})" for each in exemptions]
    return ", ".join(named) or _("none")


def _line(line_id: str, dossier: Dossier) -> FeeLine:
    for line in dossier.fees:
        if line.id == line_id:
            return line
    known = ", ".join(f"{line.id} ({law(line.name)})" for line in dossier.fees)
    raise UnknownFee(line=line_id, lines=known or _("none"))


def _check_assessed(body: FeeAssessed, line: FeeLine, dossier: Dossier) -> None:
    if not body.quantity:  # it would be free, and nobody has said so
        reason = _("This is at least {minimum}.").format(minimum=1)
        raise InvalidField(field="quantity", reason=reason)
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
