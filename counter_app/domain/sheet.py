"""One paper, made and ready for a printer."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from counter_app.domain.print_form import PaperSize


class Sheet(Struct, frozen=True, kw_only=True):
    """One paper as PDF, with what is to be known of it on its way to the printer.

    `form` is the id of its file under forms/print/, `about` the operation that it tells of.
    `title` is what the list of print jobs shows, and names nobody; `copy` 0 is the first print.
    Of a paper that is of no dossier, or of many, the journal notes its `number`, and that it has
    `lines` for dossiers of `first` to `last`.
    """

    form: str
    title: str
    about: UUID | None = None
    dossier_id: UUID | None = None
    copy: int = 0
    size: PaperSize
    number: str = ""
    lines: int = 0
    first: date | None = None
    last: date | None = None
    pdf: bytes
