"""How an office wants its papers: numbered by which circular, and in how many languages."""

from contextlib import suppress

from msgspec import Struct

from counter_app import settings
from counter_app.desk import Desk
from counter_app.domain.print_form import DEFAULT_NUMBERING, PaperSize, PrintForm
from counter_app.errors import UnreadableFile


class PaperStyle(Struct, frozen=True, kw_only=True):
    """What an office has chosen for all its papers."""

    numbering: str = DEFAULT_NUMBERING
    bilingual: bool = False


def paper_style(desk: Desk) -> PaperStyle:
    """Return what is chosen at this PC now."""
    # Who has spoilt the settings is told so when they are opened; no citizen waits for that.
    with suppress(UnreadableFile):
        chosen = settings.load(desk.store.folder)
        return PaperStyle(numbering=chosen.numbering, bilingual=chosen.bilingual)
    return PaperStyle()


def fitting(form: PrintForm, size: PaperSize) -> PaperSize:
    """Return the size of paper to print on: the one asked for, if the form is laid out for it."""
    return size if size in form.size else next(iter(form.size))
