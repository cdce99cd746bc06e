"""All that the cashier's screen shows, as one value; without Qt."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from enum import StrEnum
from uuid import UUID

from msgspec import Struct, field

from counter_app.domain.dossier import Exemption, Payment
from counter_app.domain.fee import FeeLine
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.payment import payment_of, read_money
from counter_app.services.payments import Money, Paid


class Page(StrEnum):
    """What is being done about the money."""

    PAY = "pay"
    EXEMPT = "exempt"
    TAKE_BACK = "take_back"
    ASSESS = "assess"
    REVERSE = "reverse"
    LINK = "link"


class CashierState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; every sum in whole dong.

    `about` is the line, the exemption or the payment that a page is about. `possible` are the
    kinds of entry that this officer may make now. `qr` is the text of the code that the citizen
    scans, and `warned` the sum beyond what is owed that the officer was warned of. `refusals`
    counts how often one was held back; each time the cursor goes to the first field with a
    problem.
    """

    dossier_id: UUID | None = None
    money: Money | None = None
    possible: frozenset[str] = frozenset()
    zone: tzinfo = UTC
    page: Page = Page.PAY
    about: str = ""
    means: PaymentMeans = PaymentMeans.CASH
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    qr: str = ""
    warned: int = 0
    paid: Paid | None = None
    refusals: int = 0
    busy: bool = False

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.values.get(name, "")

    def sum(self, name: str) -> int | None:
        """Return the sum that stands in a field; None if that is none."""
        return read_money(self.value(name))

    @property
    def change(self) -> int | None:
        """What goes back over the desk, less than 0 if too little was put there."""
        amount, tendered = self.sum("amount"), self.sum("tendered")
        return None if amount is None or tendered is None else tendered - amount

    @property
    def line(self) -> FeeLine | None:
        """The line of the tariff that the page is about."""
        fees = self.money.dossier.fees if self.money else ()
        return next((line for line in fees if line.id == self.about), None)

    @property
    def exemption(self) -> Exemption | None:
        """The exemption that the page is about."""
        if self.money is None or self.page is not Page.TAKE_BACK:
            return None
        found = (each for each in self.money.dossier.exemptions if str(each.id) == self.about)
        return next(found, None)

    @property
    def payment(self) -> Payment | None:
        """The payment that the page is about."""
        if self.money is None or self.page not in {Page.REVERSE, Page.LINK}:
            return None
        return payment_of(self.money.dossier, UUID(self.about))
