"""What is owed for a dossier, what has come in, and what is not known; all in whole dong.

Everything here follows from a dossier as it was folded, so that the screen, the command line
and the papers say the same of its money. Nothing that is unknown ever counts as 0 in silence.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, Struct

from counter_app.domain.dossier import Dossier, Exemption, Payment
from counter_app.domain.fee import FeeLine
from counter_app.domain.form_file import FormFile
from counter_app.domain.vietqr import account_problem
from counter_app.i18n import N_, _

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MARK: Final = 4
_RECEIPT: Final = re.compile(r"[0-9]+", re.ASCII)
_TYPED: Final = re.compile(
    r"([0-9]{1,3}(?:[. ,\u00a0][0-9]{3})+|[0-9]+) ?(k?) ?[₫đ]?", re.ASCII | re.I
)

NOTES: Final = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
"""The notes that are put on the desk, in dong."""


class Account(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an office has money transferred to; `bin` is the bank's number at NAPAS.

    Raises:
        ValueError: a banking app could not read it.
    """

    bank: str
    bin: str
    number: str
    holder: str

    def __post_init__(self) -> None:
        """Refuse what no banking app could read."""
        if problem := account_problem(self.bin, self.number):
            raise ValueError(problem)

    def __str__(self) -> str:
        """Return bank's number and account, as they are noted when a transfer is asked for."""
        return f"{self.bin} {self.number}"


class ReceiptKind(StrEnum):
    """The receipt of record for a payment, which is not this program's to issue."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


class PaymentRules(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of forms/rules/payment.toml.

    Paper receipts come from a book that was handed out, until the day `paper_receipts_until`;
    after it they are electronic. The number of either has at most `receipt_digits` digits.
    Without an `account` nobody is offered a transfer.
    """

    paper_receipts_until: date
    receipt_digits: Annotated[int, Meta(ge=1, le=20)]
    account: Account | None = None

    def receipt_kind(self, day: date) -> ReceiptKind:
        """Return what a receipt of that day has to be."""
        return ReceiptKind.PAPER if day <= self.paper_receipts_until else ReceiptKind.ELECTRONIC

    def takes_number(self, number: str) -> bool:
        """Say whether `number` can be that of a receipt."""
        return len(number) <= self.receipt_digits and _RECEIPT.fullmatch(number) is not None


class PaymentState(StrEnum):
    """How a dossier stands with the money, apart from where it stands otherwise."""

    ELSEWHERE = "elsewhere"
    FREE = "free"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    OWED = "owed"
    EXEMPT = "exempt"
    PAID = "paid"
    EXCESS = "excess"

    def __format__(self, spec: str) -> str:
        """Return the state in the language spoken."""
        return format(_(_STATES[self]), spec)


_STATES: Final = {
    PaymentState.ELSEWHERE: N_("not known at this desk"),
    PaymentState.FREE: N_("no fee"),
    PaymentState.UNKNOWN: N_("fee not entered yet"),
    PaymentState.WAITING: N_("transfer waits to be confirmed"),
    PaymentState.OWED: N_("to be paid"),
    PaymentState.EXEMPT: N_("exempt"),
    PaymentState.PAID: N_("paid"),
    PaymentState.EXCESS: N_("paid too much"),
}


class Balance(Struct, frozen=True, kw_only=True):
    """A dossier's money at a glance: `charged + excess == exempted + paid + owed`, always.

    `charged` is what is known to be charged; `unknown` are the lines of the tariff that nobody
    has entered an amount for, and which come on top of `owed`. `excess` is to be given back.
    Unless `received_here`, this desk has not seen what it costs.
    """

    charged: int
    exempted: int
    paid: int
    owed: int
    excess: int
    requested: int
    unknown: tuple[FeeLine, ...]
    received_here: bool = True

    @property
    def is_known(self) -> bool:
        """Say whether all that is charged is known."""
        return not self.unknown

    @property
    def state(self) -> PaymentState:
        """Return how the money stands, in a word."""
        if not self.received_here:
            return PaymentState.ELSEWHERE
        if self.excess:
            return PaymentState.EXCESS
        if self.owed and self.requested:
            return PaymentState.WAITING
        if self.unknown:
            return PaymentState.UNKNOWN
        if self.owed:
            return PaymentState.OWED
        if not self.charged:
            return PaymentState.FREE
        return PaymentState.PAID if self.paid else PaymentState.EXEMPT


def balance_of(dossier: Dossier) -> Balance:
    """Return how the money of a dossier stands.

    Of one whose reception this desk has not seen, nothing is known to be charged, and what was
    paid is no excess either. For one that was voided nothing is to be paid.
    """
    exempted, paid = dossier.exempted, dossier.paid
    if dossier.received is None:
        charged = exempted + paid
    elif dossier.voided:
        charged = exempted + min(paid, 0)
    else:
        charged = dossier.charged
    rest = charged - exempted - paid
    return Balance(
        charged=charged,
        exempted=exempted,
        paid=paid,
        owed=max(rest, 0),
        excess=max(-rest, 0),
        requested=dossier.requested,
        unknown=() if dossier.voided else unknown_lines(dossier.fees),
        received_here=dossier.received is not None,
    )


def unknown_lines(lines: Iterable[FeeLine]) -> tuple[FeeLine, ...]:
    """Return the lines of which nobody knows yet what they come to."""
    return tuple(line for line in lines if line.amount is None)


def left_to_exempt(dossier: Dossier, line: str) -> int:
    """Return how much of a line, or with "" of all, could still be exempted, in dong.

    What was exempted without naming a line counts against every one.
    """
    if dossier.voided:
        return 0
    charged = [fee.amount or 0 for fee in dossier.fees if line in {"", fee.id}]
    gone = [e.amount for e in in_force(dossier) if "" in {line, e.line} or e.line == line]
    whole = dossier.charged - dossier.exempted
    return max(min(sum(charged) - sum(gone), whole), 0)


def exempted_of(dossier: Dossier, line: str) -> int:
    """Return what of one line need not be paid, in dong."""
    return sum(each.amount for each in in_force(dossier) if each.line == line)


def in_force(dossier: Dossier) -> tuple[Exemption, ...]:
    """Return the exemptions that were not taken back."""
    return tuple(each for each in dossier.exemptions if each.taken_back is None)


def payment_of(dossier: Dossier, payment: UUID) -> Payment | None:
    """Return a payment by its id."""
    return next((each for each in dossier.payments if each.id == payment), None)


def reversible(payments: Sequence[Payment], amount: int) -> tuple[Payment, ...]:
    """Return the payments of which so much is left."""
    return tuple(each for each in payments if each.left >= amount)


def read_money(text: str) -> int | None:
    """Return the amount that was typed, in dong: “16000”, “16.000”, “16k”; None if it is none."""
    found = _TYPED.fullmatch(text.strip().replace("Đ", "đ"))
    if found is None:
        return None
    return int(re.sub("[^0-9]", "", found[1])) * (1000 if found[2] else 1)


def desk_mark(desk_id: UUID, epoch: int) -> str:
    """Return four characters that tell the numbers of this desk from those of any other.

    A desk that goes on from a backup has another epoch, and so another mark: what it has counted
    since that backup was taken does not come again on paper.
    """
    digest = int.from_bytes(sha256(desk_id.bytes + epoch.to_bytes(8)).digest()[:4])
    return "".join(_CROCKFORD[digest >> 5 * place & 31] for place in range(_MARK))


def payment_number(mark: str, year: int, serial: int, *, back: bool = False) -> str:
    """Return the desk's own number of a payment, or of money given `back`: “PT26-7K3F-000123”.

    The letters are those of the slips for both, phiếu thu and phiếu chi.
    """
    return f"{'PC' if back else 'PT'}{year % 100:02}-{mark}-{serial:06}"
