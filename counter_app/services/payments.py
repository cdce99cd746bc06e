"""Taking money, giving it back, and letting people off it; every sum in whole dong.

Each of these appends to the journal by the same road as all else (`services.acting`); nothing is
ever changed. A citizen who scans the code for a transfer has not paid by that: the transfer waits
until an officer has seen the money.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from counter_app.catalogue.payment import own_file
from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier, Payment
from counter_app.domain.exemption import Ground
from counter_app.domain.fee import FeeLine
from counter_app.domain.money_entry import check_owed
from counter_app.domain.operation import (
    ExemptionReversed,
    FeeAssessed,
    FeeExempted,
    FeePaid,
    FeeReversed,
    PaymentMeans,
    ReceiptLinked,
    TransferRequested,
)
from counter_app.domain.payment import (
    Account,
    Balance,
    ReceiptKind,
    balance_of,
    in_force,
    left_to_exempt,
    payment_of,
)
from counter_app.domain.vietqr import transfer_purpose, vietqr
from counter_app.errors import (
    FeeNotEntered,
    InvalidField,
    NoAccount,
    NothingOwed,
    UnknownFee,
    UnknownGround,
)
from counter_app.i18n import _, law
from counter_app.services.acting import act, carry_out, carry_out_all
from counter_app.store.timeline import dossier as dossier_in


class Money(Struct, frozen=True, kw_only=True):
    """A dossier with how its money stands, and what can be done about that today.

    `account` is None where the office has named none: then no transfer is offered.
    """

    dossier: Dossier
    balance: Balance
    account: Account | None
    grounds: tuple[Ground, ...]
    receipt_kind: ReceiptKind


class Paid(Struct, frozen=True, kw_only=True):
    """A payment that was booked, or what was given back; `change` goes back over the desk."""

    payment: Payment
    number: str
    change: int
    dossier: Dossier


def money_of(desk: Desk, dossier_id: UUID) -> Money:
    """Return how the money of a dossier stands; of one not received here, what was paid here."""
    return money_in(desk, _look_at(desk, dossier_id))


def money_in(desk: Desk, dossier: Dossier) -> Money:
    """Return how the money of a dossier stands that is at hand."""
    rules = desk.catalogue.payment
    return Money(
        dossier=dossier,
        balance=balance_of(dossier),
        account=rules.account,
        grounds=grounds_of(desk, dossier),
        receipt_kind=rules.receipt_kind(desk.business_date),
    )


def pay(
    desk: Desk,
    dossier_id: UUID,
    amount: int,
    means: PaymentMeans,
    *,
    tendered: int = 0,
    payer: str = "",
    receipt_number: str = "",
    note: str = "",
    beyond: bool = False,
) -> Paid:
    """Book a payment of `amount`, which may be a part, and return it with the change.

    A transfer is booked when the money has been seen. Only if `beyond`, more may be booked than
    is known to be owed.

    Raises:
        MoreThanOwed: more would be booked than is owed.
        FeeNotEntered: it would be, as far as is known: what a fee comes to was not entered.
        TenderedTooLittle: less was put on the desk than is to be paid.
        RuleViolation: otherwise as `services.acting.act`.
    """
    body = FeePaid(
        amount=amount,
        means=means,
        tendered=tendered,
        payer=payer,
        receipt_number=receipt_number,
        note=note,
        beyond=beyond,
    )
    done = carry_out(desk, dossier_id, body)
    payment = payment_of(done.dossier, done.op_id)
    assert payment is not None  # it was booked just now
    change = max(tendered - amount, 0)
    return Paid(payment=payment, number=payment.number, change=change, dossier=done.dossier)


def reverse(
    desk: Desk,
    dossier_id: UUID,
    payment: UUID,
    reason: str,
    *,
    amount: int | None = None,
    means: PaymentMeans = PaymentMeans.CASH,
) -> Paid:
    """Give back a payment, or `amount` of it, with the reason; `number` is the slip's.

    Raises:
        NotPermitted: it is a supervisor's work.
        UnknownPayment: the dossier has none of this id.
        MoreThanIsLeft: more than is left of it.
    """
    found = payment_of(_look_at(desk, dossier_id), payment)
    body = FeeReversed(
        amount=amount if amount is not None else (found.left if found else 1),
        reason=reason,
        payment=payment,
        means=means,
    )
    after = carry_out(desk, dossier_id, body).dossier
    back = payment_of(after, payment)
    assert back is not None  # or nothing would have been given back
    return Paid(payment=back, number=back.reversals[-1].number, change=0, dossier=after)


def exempt(
    desk: Desk, dossier_id: UUID, ground: str, evidence: str, *, lines: Sequence[str] = ()
) -> Dossier:
    """Let the applicant off what a ground of the law lets off, of these lines or of all it can.

    Raises:
        UnknownGround: no ground of this id concerns any of these lines today.
        UnknownFee: the dossier has no such line.
        FeeNotEntered: nobody has entered what the line comes to.
        InvalidField: nothing of it is left, or it was exempted on this ground already.
    """
    dossier = _look_at(desk, dossier_id)
    named = tuple(_line(dossier, each) for each in lines)
    on = {each.id: each for each in grounds_of(desk, dossier, named or dossier.fees)}
    if ground not in on:
        names = ", ".join(f"{each.id} ({law(each.name)})" for each in on.values())
        raise UnknownGround(ground=ground, grounds=names or _("none"))
    bodies = _exemptions(desk, dossier, on[ground], evidence, named)
    return carry_out_all(desk, dossier_id, bodies).dossier


def take_exemption_back(desk: Desk, dossier_id: UUID, exemption: UUID, reason: str) -> Dossier:
    """Take back an exemption that was granted wrongly: what it let off is owed again.

    Raises:
        NotPermitted: it is a supervisor's work.
        UnknownExemption: the dossier has none of this id.
        ExemptionGone: it was taken back already.
    """
    return act(desk, dossier_id, ExemptionReversed(exemption=exemption, reason=reason))


def assess(
    desk: Desk,
    dossier_id: UUID,
    line: str,
    unit_amount: int,
    *,
    quantity: int | None = None,
    reason: str = "",
) -> Dossier:
    """Enter what a line of the tariff comes to, each; or put it right, for a reason.

    Raises:
        UnknownFee: the dossier has no such line.
        IncompleteEntry: it is put right without a reason.
    """
    known = _line(_look_at(desk, dossier_id), line).quantity if quantity is None else quantity
    body = FeeAssessed(line=line, unit_amount=unit_amount, quantity=known, reason=reason)
    return act(desk, dossier_id, body)


def amount_owed(desk: Desk, dossier_id: UUID) -> int:
    """Return what is to be paid for a dossier, in dong.

    Raises:
        FeeNotEntered: nothing but what nobody has entered.
        NothingOwed: nothing at all.
    """
    return _owed(_look_at(desk, dossier_id))


def usual_payer(desk: Desk, dossier_id: UUID) -> str:
    """Return who usually pays for a dossier: whoever came; "" if that is not known here."""
    return payer_of(_look_at(desk, dossier_id))


def payer_of(dossier: Dossier) -> str:
    """Return who came for a dossier, and so usually pays."""
    if dossier.received is None:
        return ""
    return (dossier.received.submitter or dossier.received.applicant).full_name


def request_transfer(desk: Desk, dossier_id: UUID, amount: int | None = None) -> str:
    """Return the text of the QR code for a transfer of what is owed, and note that it was shown.

    Nothing is paid by that. Asked for the same sum again, it is not noted again.

    Raises:
        NoAccount: the office has named no account.
        FeeNotEntered: nothing is owed but what nobody has entered.
        NothingOwed: nothing at all.
        MoreThanOwed: it is more than is owed.
    """
    dossier = _look_at(desk, dossier_id)
    asked = _owed(dossier) if amount is None else amount
    check_owed(dossier, asked)
    text, account = _transfer(desk, dossier, asked)
    if dossier.requested != asked:
        purpose = transfer_purpose(dossier.code)
        body = TransferRequested(amount=asked, account=f"{account}", purpose=purpose)
        act(desk, dossier_id, body)
    return text


def transfer_text(desk: Desk, dossier: Dossier) -> str:
    """Return the QR code's text for what is owed, as papers show it; "" if none can be offered."""
    if not desk.catalogue.payment.account or not balance_of(dossier).owed:
        return ""
    return _transfer(desk, dossier, balance_of(dossier).owed)[0]


def link_receipt(desk: Desk, dossier_id: UUID, payment: UUID, number: str) -> Dossier:
    """Enter the number of the paper receipt or the e-receipt for a payment taken before.

    Raises:
        UnknownPayment: the dossier has none of this id.
        InvalidField: it is no number of a receipt.
    """
    return act(desk, dossier_id, ReceiptLinked(payment=payment, receipt_number=number))


def grounds_of(
    desk: Desk, dossier: Dossier, lines: Sequence[FeeLine] | None = None
) -> tuple[Ground, ...]:
    """Return the grounds that concern a dossier's fees today, or some lines of them."""
    if dossier.received is None:
        return ()
    procedure = dossier.received.procedure
    return desk.catalogue.exemptions.grounds_for(
        dossier.fees if lines is None else lines,
        desk.business_date,
        procedure=procedure.code,
        field=procedure.field,
    )


def where_the_account_goes(desk: Desk) -> Path:
    """Return the file in which an office names its account."""
    return own_file(desk.catalogue.own or Path("forms"))


def _look_at(desk: Desk, dossier_id: UUID) -> Dossier:
    with desk.store.read() as connection:
        return dossier_in(connection, dossier_id)


def _owed(dossier: Dossier) -> int:
    balance = balance_of(dossier)
    if not balance.received_here:
        words = _("This desk has not seen what the dossier costs: the amount is wanted.")
        raise InvalidField(field=_("Amount"), reason=words)
    if balance.owed:
        return balance.owed
    if not balance.is_known:
        raise FeeNotEntered(fees=_names(balance.unknown))
    raise NothingOwed(code=dossier.code or dossier.id)


def _transfer(desk: Desk, dossier: Dossier, amount: int) -> tuple[str, Account]:
    account = desk.catalogue.payment.account
    if account is None:
        raise NoAccount(file=where_the_account_goes(desk))
    purpose = transfer_purpose(dossier.code)
    return vietqr(account.bin, account.number, amount=amount, purpose=purpose), account


def _exemptions(
    desk: Desk, dossier: Dossier, ground: Ground, evidence: str, named: Sequence[FeeLine]
) -> list[FeeExempted]:
    assert dossier.received is not None  # or no ground would concern it
    procedure, rules = dossier.received.procedure, desk.catalogue.exemptions
    concerned = [
        line
        for line in named or dossier.fees
        if ground.concerns(line, procedure=procedure.code, field=procedure.field)
    ]
    if unknown := tuple(line for line in concerned if line.amount is None):
        raise FeeNotEntered(fees=_names(unknown))
    before = Counter[str]()
    for each in in_force(dossier):
        if each.ground == ground.name:
            before[each.line] += each.amount
    # What was let off before counts: a fee that was put right since may leave something.
    due = {
        line.id: min(
            rules.reduction(line.amount or 0, ground.percent) - before[line.id],
            left_to_exempt(dossier, line.id),
        )
        for line in concerned
    }
    bodies = [
        FeeExempted(
            amount=due[line.id],
            ground=ground.name,
            legal_basis=ground.legal_basis,
            evidence=evidence,
            line=line.id,
        )
        for line in concerned
        if due[line.id] > 0
    ]
    if not bodies:
        raise InvalidField(field=_("Ground"), reason=_("Nothing of these fees is left to exempt."))
    return bodies


def _line(dossier: Dossier, line_id: str) -> FeeLine:
    for line in dossier.fees:
        if line.id == line_id:
            return line
    raise UnknownFee(line=line_id, lines=_names(dossier.fees) or _("none"))


def _names(lines: Sequence[FeeLine]) -> str:
    return ", ".join(law(line.name) for line in lines)
