"""What the cashier's screen says of sums and payments, in the language spoken; without Qt."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final, NamedTuple

from counter_app.desktop.navigator import Tone
from counter_app.domain.dossier import Exemption, Payment
from counter_app.domain.fee import FeeLine
from counter_app.domain.money_words import money_words
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.payment import Balance, PaymentState, ReceiptKind
from counter_app.i18n import N_, _, format_count, format_money, law

MEANS: Final[Mapping[PaymentMeans, str]] = {
    PaymentMeans.CASH: N_("Cash"),
    PaymentMeans.TRANSFER: N_("Transfer"),
    PaymentMeans.ONLINE: N_("Online"),
    PaymentMeans.POST: N_("Post"),
}

TONES: Final[Mapping[PaymentState, Tone]] = {
    PaymentState.ELSEWHERE: "neutral",
    PaymentState.FREE: "neutral",
    PaymentState.UNKNOWN: "warning",
    PaymentState.WAITING: "info",
    PaymentState.OWED: "warning",
    PaymentState.EXEMPT: "good",
    PaymentState.PAID: "good",
    PaymentState.EXCESS: "danger",
}

_RECEIPTS: Final = {
    ReceiptKind.PAPER: N_("&Number in the receipt book"),
    ReceiptKind.ELECTRONIC: N_("&Number of the e-receipt"),
}


class Sum(NamedTuple):
    """One line below the fees: a caption, and what it comes to."""

    caption: str
    amount: str
    large: bool = False


def line_amount(line: FeeLine) -> str:
    """Return what a line comes to, or that nobody has entered it."""
    return _("not entered") if line.amount is None else format_money(line.amount)


def line_made_of(line: FeeLine) -> str:
    """Return how a line comes to that: “3 × 5.000 ₫”; "" where it is plain."""
    if line.unit_amount is None or line.quantity == 1:
        return ""
    return f"{format_count(line.quantity)} × {format_money(line.unit_amount)}"


def sums(balance: Balance) -> list[Sum]:
    """Return the sums of a dossier's money, that of most interest last and large."""
    if not balance.received_here:
        return [Sum(_("Paid"), format_money(balance.paid), large=True)]
    told = [Sum(_("Charged"), _known(balance.charged, balance))]
    if balance.exempted:
        told.append(Sum(_("Exempted"), format_money(-balance.exempted)))
    if balance.paid:
        told.append(Sum(_("Paid"), format_money(-balance.paid)))
    if balance.excess:
        told.append(Sum(_("Paid too much"), format_money(balance.excess), large=True))
    else:
        told.append(Sum(_("Still to pay"), _known(balance.owed, balance), large=True))
    return told


def _known(amount: int, balance: Balance) -> str:
    """Return a sum, and that it is not all if some of the money is unknown."""
    if balance.is_known:
        return format_money(amount)
    if not amount:
        return _("not entered")
    return _("{amount} + what is not entered").format(amount=format_money(amount))


def nothing_charged(balance: Balance) -> str:
    """Return why no line of a tariff is shown."""
    if balance.received_here:
        return _("Nothing is charged for this procedure.")
    return _("This desk has not seen what the dossier costs.")


def unknown_words(balance: Balance) -> str:
    """Return which fees nobody has entered an amount for; "" if all are known."""
    if balance.is_known:
        return ""
    names = ", ".join(law(line.name) for line in balance.unknown)
    return _("Not entered yet, and on top of this: {fees}").format(fees=names)


def payment_line(payment: Payment, zone: tzinfo) -> str:
    """Return a payment in a line: when, how, and what of it was given back."""
    at = payment.at.astimezone(zone)
    told = [
        payment.number or _("without a number"),
        f"{at:%H:%M %d/%m/%Y}",
        _(MEANS[payment.means]),
    ]
    if payment.receipt_number:
        told.append(_("receipt {number}").format(number=payment.receipt_number))
    if payment.returned:
        amount = format_money(payment.returned).replace(" ", "\u00a0")  # not torn from its sign
        told.append(_("{amount} given back").format(amount=amount))
    return " · ".join(told)


def exemption_line(exemption: Exemption) -> str:
    """Return what stands below a ground: what was shown, or why it does not hold after all."""
    if exemption.taken_back is None:
        return exemption.evidence
    return _("taken back: {reason}").format(reason=exemption.taken_back.reason)


def exemption_amount(exemption: Exemption) -> str:
    """Return what is let off."""
    return format_money(-exemption.amount if exemption.taken_back is None else 0)


def receipt_caption(kind: ReceiptKind) -> str:
    """Return how the number of the receipt of record is asked for."""
    return _(_RECEIPTS[kind])


def in_words(amount: int | None) -> str:
    """Return a sum in Vietnamese words, as it stands on receipts; "" if it is none."""
    return money_words(amount) if amount else ""
