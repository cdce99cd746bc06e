"""What a citizen pays: whole dong, by the case, the copy or the page.

Amounts stand in the procedures' files; only the arithmetic is here.
"""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from counter_app.domain.channel import Channel


class FeeKind(StrEnum):
    """The law tells a charge (phí, what a service costs) from a fee (lệ phí, a fixed sum)."""

    CHARGE = "charge"
    FEE = "fee"


class FeeStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From this page on, a page costs `amount` dong."""

    from_page: int
    amount: int

    def __post_init__(self) -> None:
        """Refuse pages before the first, and negative sums."""
        if self.from_page < 1 or self.amount < 0:
            raise ValueError("a step begins at page 1 or later and costs 0 or more")


class FeeRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a procedure's tariff.

    `copies` and `pages` name the questions that ask for those numbers; unasked, they are 1.
    `cap` is the most that one copy can cost.
    """

    id: str
    name: str
    kind: FeeKind = FeeKind.FEE
    amount: int = 0
    per: Literal["case", "copy", "page"] = "case"
    steps: tuple[FeeStep, ...] = ()
    cap: int | None = None
    copies: str = ""
    pages: str = ""
    channels: tuple[Channel, ...] = ()
    cases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be reckoned."""
        if self.amount < 0 or (self.cap is not None and self.cap < 0):
            raise ValueError("an amount in dong is 0 or more")
        if (self.per == "page") != bool(self.steps):
            raise ValueError("`steps` belong to `per = \"page\"`, and to nothing else")
        if self.steps and self.steps[0].from_page != 1:
            raise ValueError("the first step begins at page 1")

    def concerns(self, case: str | None, channel: Channel) -> bool:
        """Say whether this line is charged for `case` by `channel`."""
        return (not self.channels or channel in self.channels) and (
            not self.cases or case in self.cases
        )

    def unit_amount(self, pages: int) -> int:
        """Return what one case or one copy of `pages` pages costs, in dong."""
        if self.per != "page":
            return self.amount
        ends = [step.from_page for step in self.steps[1:]] + [pages + 1]
        total = sum(
            step.amount * max(0, min(end, pages + 1) - step.from_page)
            for step, end in zip(self.steps, ends, strict=True)
        )
        return total if self.cap is None else min(total, self.cap)


class FeeLine(Struct, frozen=True, kw_only=True):
    """What one line of the tariff comes to for one dossier, in dong."""

    id: str
    name: str
    kind: FeeKind
    unit_amount: int
    quantity: int

    @property
    def amount(self) -> int:
        """Return the sum of the line in dong."""
        return self.unit_amount * self.quantity
