"""A form and its values become a file."""

from collections.abc import Iterable
from contextvars import copy_context
from functools import partial
from itertools import chain
from typing import Final

from counter_app.domain.paper import Paper
from counter_app.domain.print_form import PaperSize, PrintForm
from counter_app.i18n import speak
from counter_app.printing.blocks import pieces
from counter_app.printing.faces import faces
from counter_app.printing.flow import Piece, flow
from counter_app.printing.layout import layout_of
from counter_app.printing.page import page_of
from counter_app.printing.qr import qr_modules
from counter_app.printing.sheet import Sheet

_USUAL_DIGITS: Final = 240  # in the QR of a receipt


def prepare() -> None:
    """Read the fonts and the tables of the QR, so that the first receipt need not wait for it."""
    faces()
    qr_modules("1" * _USUAL_DIGITS)


def render(
    form: PrintForm,
    paper: Paper,
    *,
    size: PaperSize = "a4",
    numbering: str = "",
    bilingual: bool = False,
) -> bytes:
    """Return `paper` printed by `form` as PDF, in the form's language.

    The same values give the same bytes, whenever and wherever. `numbering` is the circular
    whose number of the form stands on it, if the form has one; `bilingual` puts the English
    of the form's own texts beside them, as far as it brings it along.

    Raises:
        KeyError: the form is not laid out for this size.
    """
    work = partial(_render, form, paper, size, numbering=numbering, bilingual=bilingual)
    return copy_context().run(work)


def _render(
    form: PrintForm, paper: Paper, size: PaperSize, *, numbering: str, bilingual: bool
) -> bytes:
    speak(form.language)
    setup = form.size[size]
    page = page_of(size, setup)
    layout = layout_of(form, paper, setup, page, numbering=numbering, bilingual=bilingual)
    content: Iterable[Piece] = chain.from_iterable(
        pieces(block, layout) for block in form.blocks_on(size)
    )
    if page.endless:
        content = list(content)
        page = page.holding(sum(piece.height for piece in content))
    sheet = Sheet(page, number_size=setup.letters.body, title=form.title, language=form.language)
    flow(sheet, content)
    return sheet.finish()
