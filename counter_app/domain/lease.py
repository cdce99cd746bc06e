"""The dossier numbers that are a desk's to give: which, on which printed dates."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


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
