"""What `--json` prints of papers; see `results`."""

from datetime import datetime

from msgspec import Struct


class OfferResult(Struct, frozen=True, kw_only=True):
    """A paper that can be printed of a dossier: of the step `about`, or of the whole dossier.

    `printed` says how often it was; `sizes` on which paper it can be.
    """

    form: str
    title: str
    about: str | None
    done_at: datetime | None
    printed: int
    sizes: list[str]


class SheetResult(Struct, frozen=True, kw_only=True):
    """A paper that was written to the file `pdf`; a `copy` above 0 is marked as a reprint."""

    form: str
    title: str
    about: str | None
    copy: int
    size: str
    pdf: str
