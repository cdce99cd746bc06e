"""Money that is owed, taken and given back, in whole dong."""

from enum import StrEnum
from uuid import UUID

from counter_app.domain.body import Body, Nature


class PaymentMeans(StrEnum):
    """How money came, or went back."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"
    POST = "post"


class FeeAssessed(Body, frozen=True, kw_only=True):
    """The cashier has entered what a line of the tariff comes to, or put it right."""

    kind = "fee_assessed"

    line: str
    unit_amount: int
    quantity: int = 1
    reason: str = ""


class FeeExempted(Body, frozen=True, kw_only=True):
    """The applicant need not pay an amount, on a ground that the law names.

    `line` says of which line of the tariff; without it, of the whole.
    """

    kind = "fee_exempted"

    amount: int
    ground: str
    evidence: str
    line: str = ""
    legal_basis: str = ""


class ExemptionReversed(Body, frozen=True, kw_only=True):
    """An exemption was granted wrongly: what it let off is owed again.

    `exemption` is the operation that has granted it, `amount` what that was, in whole dong.
    """

    kind = "exemption_reversed"
    nature = Nature.INTENT

    reason: str
    exemption: UUID | None = None
    amount: int | None = None


class TransferRequested(Body, frozen=True, kw_only=True):
    """The applicant was shown how to transfer an amount; nothing has been paid by that."""

    kind = "transfer_requested"

    amount: int
    account: str
    purpose: str


class FeePaid(Body, frozen=True, kw_only=True):
    """Money was taken, in whole dong.

    `number` is this desk's own of the year, `receipt_number` that of the paper book or of the
    e-receipt, once it is known. `tendered` is what was put on the desk, if in cash. `beyond` says
    that more than was owed, as far as was known, was booked on purpose.
    """

    kind = "fee_paid"

    amount: int
    means: PaymentMeans
    receipt_number: str = ""
    payer: str = ""
    number: str = ""
    tendered: int = 0
    note: str = ""
    beyond: bool = False


class FeeReversed(Body, frozen=True, kw_only=True):
    """A payment was given back or was booked in error, in whole dong; `payment` says which."""

    kind = "fee_reversed"

    amount: int
    reason: str
    payment: UUID | None = None
    means: PaymentMeans = PaymentMeans.CASH
    number: str = ""


class ReceiptLinked(Body, frozen=True, kw_only=True):
    """The number of the receipt of record was entered for a payment taken before."""

    kind = "receipt_linked"

    payment: UUID
    receipt_number: str
