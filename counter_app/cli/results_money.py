"""What `--json` prints of money: whole dong throughout; null is what nobody has entered."""

from datetime import datetime

from msgspec import Struct

from counter_app.cli.results import FeeResult


class ReversalResult(Struct, frozen=True, kw_only=True):
    """What of a payment was given back; `number` is that of the desk's slip."""

    id: str
    number: str
    at: datetime
    amount: int
    means: str
    reason: str


class PaymentResult(Struct, frozen=True, kw_only=True):
    """One payment; `left` is what of it has not been given back."""

    id: str
    number: str
    at: datetime
    amount: int
    left: int
    means: str
    payer: str
    receipt_number: str
    reversals: list[ReversalResult]


class ExemptionResult(Struct, frozen=True, kw_only=True):
    """What need not be paid, of a line or with "" of the whole, and why.

    `taken_back` is the reason why it has to be paid after all.
    """

    id: str
    line: str
    amount: int
    ground: str
    legal_basis: str
    evidence: str
    taken_back: str | None = None


class GroundResult(Struct, frozen=True, kw_only=True):
    """A ground on which a fee of this dossier need not be paid, or not all of it."""

    id: str
    name: str
    percent: int
    evidence: str
    legal_basis: str
    unverified: bool


class FeesResult(Struct, frozen=True, kw_only=True):
    """How the money of a dossier stands.

    `charged + excess == exempted + paid + owed`; the fees in `unknown` come on top: nobody has
    entered what they come to. `requested` waits to be seen as a transfer.
    """

    id: str
    code: str
    state: str
    state_name: str
    charged: int
    exempted: int
    paid: int
    owed: int
    excess: int
    requested: int
    unknown: list[str]
    fees: list[FeeResult]
    exemptions: list[ExemptionResult]
    payments: list[PaymentResult]
    grounds: list[GroundResult]
    receipt_kind: str
    transfer: bool


class PaidResult(Struct, frozen=True, kw_only=True):
    """A payment that was booked just now, and what is still owed after it."""

    id: str
    code: str
    payment: PaymentResult
    change: int
    owed: int
    unknown: list[str]
    paper: str | None = None


class TransferResult(Struct, frozen=True, kw_only=True):
    """What a citizen's banking app is to read; nothing is paid by that."""

    id: str
    code: str
    amount: int
    purpose: str
    bank: str
    bin: str
    account: str
    holder: str
    text: str
    picture: str | None = None
