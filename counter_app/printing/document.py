"""A form and its values become a file."""

from contextvars import copy_context
from typing import Final

from counter_app.domain.paper import Paper
from counter_app.domain.print_form import PaperSize, PrintForm
from counter_app.i18n import speak
from counter_app.printing.blocks import pieces
from counter_app.printing.faces import faces
from counter_app.printing.flow import flow
from counter_app.printing.layout import layout_of
from counter_app.printing.qr import qr_modules
from counter_app.printing.sheet import Sheet

_USUAL_DIGITS: Final = 240  # in the QR of a receipt


def prepare() -> None:
    """Read the fonts and the tables of the QR, so that the first receipt need not wait for it."""
    faces()
    qr_modules("1" * _USUAL_DIGITS)


def render(form: PrintForm, paper: Paper, *, size: PaperSize = "a4") -> bytes:
    """Return `paper` printed by `form` as PDF, in the form's language.

    The same values give the same bytes, whenever and wherever.

    Raises:
        KeyError: the form is not laid out for this size.
    """
    return copy_context().run(_render, form, paper, size)


def _render(form: PrintForm, paper: Paper, size: PaperSize) -> bytes:
    speak(form.language)
    setup = form.size[size]
    sheet = Sheet(size, setup, title=form.title, language=form.language)
    layout = layout_of(form, paper, setup, sheet)
    flow(sheet, (piece for block in form.block for piece in pieces(block, layout)))
    return sheet.finish()
