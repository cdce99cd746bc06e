"""What every file under forms/ says of itself: since when it holds, and by which law."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from msgspec import Struct


class FormFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The head of a file of law.

    `effective_to` is the last day on which it holds.

    Raises:
        ValueError: it names no source and does not admit to being unverified either.
    """

    version: int
    effective_from: date
    effective_to: date | None = None
    legal_basis: str
    source: str = ""
    unverified: bool = False

    def __post_init__(self) -> None:
        """Refuse law that nobody vouches for."""
        if not self.source and not self.unverified:
            raise ValueError("neither `source` nor `unverified = true` is given")
        if self.version < 1:
            raise ValueError("the first `version` is 1")
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError("`effective_to` lies before `effective_from`")

    def holds_on(self, day: date) -> bool:
        """Say whether this version is in force on `day`."""
        ended = self.effective_to is not None and day > self.effective_to
        return self.effective_from <= day and not ended


F = TypeVar("F", bound=FormFile)


def in_force(versions: Iterable[F], day: date) -> F | None:
    """Return the version that holds on `day`, or None.

    Of several, the law that came into force last; of those of one day, the highest version,
    which corrects the others.
    """
    holding = [version for version in versions if version.holds_on(day)]
    return max(holding, key=lambda file: (file.effective_from, file.version), default=None)


class FormRef(Struct, frozen=True, kw_only=True):
    """Which version of a form was used; its bytes are kept for ever under `sha256`."""

    id: str
    version: int
    sha256: str
