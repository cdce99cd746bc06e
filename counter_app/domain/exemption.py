"""Who need not pay, or pays less: the grounds that the law names, as data.

The schema of forms/rules/exemptions.toml, and the one piece of arithmetic that belongs to it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from counter_app.domain.fee import FeeKind, FeeLine
from counter_app.domain.form_file import FormFile

_WHOLE = 100


class Ground(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ground for paying less or nothing.

    `percent` of a fee need not be paid, 100 is all of it. `evidence` is what the applicant shows.
    It holds for the `fields` of procedures, the `procedures`, the `kinds` of fee and the `fees`
    by their ids that are named; where none are, for all. `since` and `until` are its first and
    last day; unless a `source` is given it is `unverified`.

    Raises:
        ValueError: nobody vouches for it, or it ends before it begins.
    """

    id: str
    name: str
    legal_basis: str
    evidence: str
    percent: Annotated[int, Meta(ge=1, le=100)] = _WHOLE
    fields: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    kinds: tuple[FeeKind, ...] = ()
    fees: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    source: str = ""
    unverified: bool = False

    def __post_init__(self) -> None:
        """Refuse a ground that nobody vouches for."""
        if not self.source and not self.unverified:
            raise ValueError("neither `source` nor `unverified = true` is given")
        if self.since and self.until and self.until < self.since:
            raise ValueError("`until` lies before `since`")

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on `day`."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)

    def concerns(self, line: FeeLine, *, procedure: str, field: str) -> bool:
        """Say whether it is a ground not to pay this line for this procedure of that field."""
        return (
            (not self.fields or field in self.fields)
            and (not self.procedures or procedure in self.procedures)
            and (not self.kinds or line.kind in self.kinds)
            and (not self.fees or line.id in self.fees)
        )


class Exemptions(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of forms/rules/exemptions.toml.

    What is taken off by a percentage is rounded up to a multiple of `round_to` dong: the
    applicant never pays more than the share that the law leaves.

    Raises:
        ValueError: two grounds of one id hold on the same day.
    """

    round_to: Annotated[int, Meta(ge=1, le=1_000_000)]
    ground: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two grounds that could be meant by one id."""
        FormFile.__post_init__(self)
        for place, ground in enumerate(self.ground):
            for other in self.ground[:place]:
                if other.id == ground.id and _overlap(other, ground):
                    raise ValueError(f"two of [[ground]] are “{ground.id}” on the same day")

    def on(self, day: date) -> tuple[Ground, ...]:
        """Return the grounds that hold on `day`."""
        return tuple(ground for ground in self.ground if ground.holds_on(day))

    def find(self, ground_id: str, day: date) -> Ground | None:
        """Return a ground as it is on `day`."""
        return next((ground for ground in self.on(day) if ground.id == ground_id), None)

    def grounds_for(
        self, lines: Iterable[FeeLine], day: date, *, procedure: str, field: str
    ) -> tuple[Ground, ...]:
        """Return the grounds not to pay one of these lines."""
        known = tuple(lines)
        return tuple(
            ground
            for ground in self.on(day)
            if any(ground.concerns(line, procedure=procedure, field=field) for line in known)
        )

    def reduction(self, amount: int, percent: int) -> int:
        """Return what of `amount` dong need not be paid; never more than all of it."""
        unit = _WHOLE * self.round_to
        return min(-(-amount * percent // unit) * self.round_to, amount)


def _overlap(one: Ground, other: Ground) -> bool:
    first = max(one.since or date.min, other.since or date.min)
    return first <= min(one.until or date.max, other.until or date.max)
