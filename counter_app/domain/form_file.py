"""What every file under forms/ says of itself: since when it holds, and by which law."""

from datetime import date

from msgspec import Struct


class FormFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The head of a file of law.

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

    def holds_on(self, day: date) -> bool:
        """Say whether this version is in force on `day`."""
        ended = self.effective_to is not None and day > self.effective_to
        return self.effective_from <= day and not ended


class FormRef(Struct, frozen=True, kw_only=True):
    """Which version of a form was used; its bytes are kept for ever under `sha256`."""

    id: str
    version: int
    sha256: str
