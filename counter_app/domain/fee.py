"""What a citizen pays: whole dong, by the case, the copy or the page.

Amounts stand in the procedures' files; only the arithmetic is here. Where a provincial council
sets an amount that the office has not entered, it is None and never 0: unknown is not free.
"""

from collections.abc import Mapping
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

    `copies` and `pages` name the questions that ask for those numbers. `cap` is the most that
    one copy can cost. The line is charged by these `channels` and in these `cases` only, and
    only if the questions named in `when` are answered so; without any of them, always.

    `set_by_council` tells that the province's council sets the sum (Law on Charges and Fees
    97/2015/QH13, art. 21); `amount` is then what it has set, as far as this office knows.
    """

    id: str
    name: str
    kind: FeeKind = FeeKind.FEE
    amount: int | None = None
    set_by_council: bool = False
    per: Literal["case", "copy", "page"] = "case"
    steps: tuple[FeeStep, ...] = ()
    cap: int | None = None
    copies: str = ""
    pages: str = ""
    channels: tuple[Channel, ...] = ()
    cases: tuple[str, ...] = ()
    when: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Refuse what cannot be reckoned."""
        if min(self.amount or 0, self.cap or 0) < 0:
            raise ValueError("an amount in dong is 0 or more")
        if self.amount is None and not self.steps and not self.set_by_council:
            raise ValueError("`amount` is missing; a council's that is unknown: `set_by_council`")
        if bool(self.copies) != (self.per != "case"):
            raise ValueError('`copies` belong to `per = "copy"` and `per = "page"`')
        if not (bool(self.steps) == bool(self.pages) == (self.per == "page")):
            raise ValueError('`steps` and `pages` belong to `per = "page"`, and to nothing else')
        if self.per == "page" and self.amount is not None:
            raise ValueError('with `per = "page"` the amounts stand in `steps`')
        self._check_steps()

    def _check_steps(self) -> None:
        pages = [step.from_page for step in self.steps]
        if pages[:1] not in ([], [1]) or sorted(set(pages)) != pages:
            raise ValueError("the first step begins at page 1, and each after the one before")

    def concerns(self, case: str | None, channel: Channel, answers: Mapping[str, object]) -> bool:
        """Say whether this line is charged for `case` by `channel`, with these answers."""
        return (
            (not self.channels or channel in self.channels)
            and (not self.cases or case in self.cases)
            and all(answers.get(question) == answer for question, answer in self.when.items())
        )

    def unit_amount(self, pages: int = 1) -> int | None:
        """Return what one case or one copy of `pages` pages costs, in dong, if it is known."""
        if self.per != "page":
            return self.amount
        ends = [step.from_page for step in self.steps[1:]] + [pages + 1]
        total = sum(
            step.amount * max(0, min(end, pages + 1) - step.from_page)
            for step, end in zip(self.steps, ends, strict=True)
        )
        return total if self.cap is None else min(total, self.cap)


class FeeLine(Struct, frozen=True, kw_only=True):
    """What one line of the tariff comes to for one dossier, in dong.

    `unit_amount` is None where a council has set a sum that this office has not entered: paper
    and screen then say so, and the cashier enters what was paid.
    """

    id: str
    name: str
    kind: FeeKind
    unit_amount: int | None
    quantity: int

    @property
    def amount(self) -> int | None:
        """Return the sum of the line in dong, or None while it is unknown."""
        return None if self.unit_amount is None else self.unit_amount * self.quantity


def total_of(lines: tuple[FeeLine, ...]) -> int:
    """Return what is known to be owed, in dong; a line whose sum is unknown adds nothing."""
    return sum(line.amount or 0 for line in lines)
