"""A dossier's money as the command line prints it."""

from datetime import tzinfo
from pathlib import Path

from counter_app.cli.results import fee_results
from counter_app.cli.results_money import (
    ExemptionResult,
    FeesResult,
    GroundResult,
    PaidResult,
    PaymentResult,
    ReversalResult,
    TransferResult,
)
from counter_app.domain.dossier import Payment
from counter_app.domain.fee import FeeLine
from counter_app.domain.payment import balance_of, unknown_lines
from counter_app.domain.vietqr import VietQr
from counter_app.i18n import _, format_money, law
from counter_app.services.payments import Money, Paid


def fees_result(money: Money, zone: tzinfo) -> FeesResult:
    """Return what `fees --json` prints."""
    dossier, balance = money.dossier, money.balance
    return FeesResult(
        id=str(dossier.id),
        code=dossier.code,
        state=balance.state.value,
        state_name=f"{balance.state}",
        charged=balance.charged,
        exempted=balance.exempted,
        paid=balance.paid,
        owed=balance.owed,
        excess=balance.excess,
        requested=balance.requested,
        unknown=[line.id for line in balance.unknown],
        fees=fee_results(dossier.fees),
        exemptions=[
            ExemptionResult(
                id=str(each.id),
                line=each.line,
                amount=each.amount,
                ground=each.ground,
                legal_basis=each.legal_basis,
                evidence=each.evidence,
                taken_back=each.taken_back.reason if each.taken_back else None,
            )
            for each in dossier.exemptions
        ],
        payments=[_payment(each, zone) for each in dossier.payments],
        grounds=[
            GroundResult(
                id=each.id,
                name=each.name,
                percent=each.percent,
                evidence=each.evidence,
                legal_basis=each.legal_basis,
                unverified=each.unverified,
            )
            for each in money.grounds
        ],
        receipt_kind=money.receipt_kind.value,
        transfer=money.account is not None,
    )


def fees_words(money: Money, result: FeesResult) -> str:
    """Return what a person reads."""
    lines = [f"{result.code or result.id}  {result.state_name}"]
    lines += [f"  {fee.name}  {sum_words(fee.amount)}" for fee in result.fees]
    lines += [_exemption_words(each) for each in result.exemptions]
    lines += [
        f"  {each.id}  {each.number}  {each.at:%H:%M %d/%m/%Y}  {format_money(each.left)}"
        for each in result.payments
    ]
    lines.append(
        _("Charged {charged}, exempt {exempted}, paid {paid}, still to pay {owed}.").format(
            charged=format_money(result.charged),
            exempted=format_money(result.exempted),
            paid=format_money(result.paid),
            owed=format_money(result.owed),
        )
    )
    if not money.balance.is_known:
        lines.append(unknown_words(money.balance.unknown))
    return "\n".join(lines)


def _exemption_words(exemption: ExemptionResult) -> str:
    told = f"  {exemption.id}  {law(exemption.ground)} ({exemption.evidence})"
    if exemption.taken_back is None:
        return f"{told}  {format_money(-exemption.amount)}"
    return f"{told}  {_('taken back: {reason}').format(reason=exemption.taken_back)}"


def sum_words(amount: int | None) -> str:
    """Return a sum, or that nobody has entered it."""
    return _("not entered") if amount is None else format_money(amount)


def unknown_words(lines: tuple[FeeLine, ...]) -> str:
    """Return which fees come on top that nobody has entered an amount for; "" if none."""
    names = ", ".join(law(line.name) for line in lines)
    return _("Not entered yet, and on top of this: {fees}").format(fees=names) if names else ""


def paid_result(paid: Paid, zone: tzinfo, paper: Path | None = None) -> PaidResult:
    """Return what `pay --json` prints."""
    dossier = paid.dossier
    return PaidResult(
        id=str(dossier.id),
        code=dossier.code,
        payment=_payment(paid.payment, zone),
        change=paid.change,
        owed=balance_of(dossier).owed,
        unknown=[line.id for line in unknown_lines(dossier.fees)],
        paper=str(paper) if paper else None,
    )


def paid_words(paid: Paid) -> str:
    """Return what a person reads."""
    words = _("{number}: {amount} booked. To give back: {change}. Still to pay: {owed}.")
    told = words.format(
        number=paid.number,
        amount=format_money(paid.payment.amount),
        change=format_money(paid.change),
        owed=format_money(balance_of(paid.dossier).owed),
    )
    unknown = unknown_words(unknown_lines(paid.dossier.fees))
    return f"{told}\n{unknown}" if unknown else told


def transfer_result(money: Money, asked: VietQr, text: str, picture: Path | None) -> TransferResult:
    """Return what `transfer --json` prints."""
    account = money.account
    assert account is not None and asked.amount is not None  # else no code was written
    return TransferResult(
        id=str(money.dossier.id),
        code=money.dossier.code,
        amount=asked.amount,
        purpose=asked.purpose,
        bank=account.bank,
        bin=account.bin,
        account=account.number,
        holder=account.holder,
        text=text,
        picture=str(picture) if picture else None,
    )


def _payment(payment: Payment, zone: tzinfo) -> PaymentResult:
    return PaymentResult(
        id=str(payment.id),
        number=payment.number,
        at=payment.at.astimezone(zone),
        amount=payment.amount,
        left=payment.left,
        means=payment.means.value,
        payer=payment.payer,
        receipt_number=payment.receipt_number,
        reversals=[
            ReversalResult(
                id=str(each.id),
                number=each.number,
                at=each.at.astimezone(zone),
                amount=each.amount,
                means=each.means.value,
                reason=each.reason,
            )
            for each in payment.reversals
        ],
    )
