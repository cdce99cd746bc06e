"""The dossier numbers that are a desk's to give: which, on which printed dates."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from counter_app.domain.form_file import FormFile

_Count = Annotated[int, Meta(ge=1)]


class LeaseKind(StrEnum):
    """Whether numbers are there for every day, or only once a supervisor has opened them."""

    LEASE = "lease"
    RESERVE = "reserve"


class Lease(Struct, frozen=True, kw_only=True):
    """The numbers `lo` to `hi`, both included, on each printed date from the first to the last."""

    agency: str
    lo: int
    hi: int
    from_date: date
    to_date: date
    kind: LeaseKind = LeaseKind.LEASE


class LeaseRules(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many numbers a desk is leased and for how long: the schema of forms/rules/leases.toml.

    `numbers` for each printed date, `fewest` when an agency has hardly any left; `days` is how
    long they are a desk's own, unless renewed. The reserve is besides.

    Raises:
        ValueError: fewer than the fewest.
    """

    numbers: _Count
    fewest: _Count
    days: _Count
    reserve_numbers: _Count
    reserve_days: _Count

    def __post_init__(self) -> None:
        """Refuse sizes that contradict each other."""
        FormFile.__post_init__(self)
        if self.numbers < self.fewest:
            raise ValueError(f"`numbers` is {self.numbers}, and `fewest` {self.fewest}")

    def sizes(self, kind: LeaseKind) -> Iterator[int]:
        """Yield how many numbers to ask for, and then fewer and fewer as long as none are free."""
        size = self.numbers if kind is LeaseKind.LEASE else self.reserve_numbers
        least = min(self.fewest, size)
        while size > least:
            yield size
            size //= 2
        yield least

    def days_of(self, kind: LeaseKind) -> int:
        """Return for how many days numbers of this kind are leased at a time."""
        return self.days if kind is LeaseKind.LEASE else self.reserve_days
