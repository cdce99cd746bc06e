"""What the blocks of one form share while they are drawn: the values, the letters, the room."""

from collections.abc import Callable
from typing import NamedTuple

from counter_app.domain.paper import Paper
from counter_app.domain.placeholders import fill, names_in, values_of
from counter_app.domain.print_form import SHARES, Align, Letters, PageSetup, PrintForm
from counter_app.printing.faces import printable
from counter_app.printing.flow import Piece
from counter_app.printing.sheet import MM, Sheet
from counter_app.printing.typeset import Line, cut

_ASCENT = 0.78  # where the base line lies, in parts of the letters' size below their top


class Layout(NamedTuple):
    """The room that blocks have, `width` points from `left`, and what fills them in."""

    form: PrintForm
    paper: Paper
    setup: PageSetup
    left: float
    width: float
    page_height: float
    value_of: Callable[[str], str]
    printed: Callable[[str], str]

    @property
    def letters(self) -> Letters:
        """How large the letters are."""
        return self.setup.letters

    @property
    def gap(self) -> float:
        """What is left below a paragraph, in points."""
        return self.setup.paragraph_gap * MM

    def fill(self, text: str) -> str:
        """Return a text of the form with the values in it, as it can be printed."""
        return fill(text, lambda name: self.printed(self.value_of(name)))

    def exact(self, text: str) -> str:
        """Return a text with the values in it as they are, for a machine to read."""
        return fill(text, self.value_of)

    def is_blank(self, text: str) -> bool:
        """Say whether nothing would be printed but what stands around values that are missing."""
        names = names_in(text)
        found = (self.printed(self.value_of(name)) for name in names)
        return not any(value.strip() for value in found) if names else not text

    def part(self, left: float, width: float) -> "Layout":
        """Return the same for a part of the width."""
        return self._replace(left=left, width=width)

    def line_height(self, size: float) -> float:
        """Return how far apart lines in letters of `size` stand."""
        return size * self.setup.line_spacing

    def base(self, size: float) -> float:
        """Return how far below the top of a line its letters stand."""
        return (self.line_height(size) - size) / 2 + size * _ASCENT

    def aligned(self, width: float, align: Align) -> float:
        """Return where a line of this width begins."""
        return self.left + (self.width - width) * SHARES[align]

    def line(self, line: Line, size: float, align: Align = "left", *, gap: float = 0) -> Piece:
        """Return a line in letters of `size` as a piece, with `gap` points below it."""
        x, base = self.aligned(line.width, align), self.base(size)
        height = self.line_height(size) + gap
        return Piece(height, lambda sheet, y: sheet.line(x, y + base, line.parts, size))


def layout_of(form: PrintForm, paper: Paper, setup: PageSetup, sheet: Sheet) -> Layout:
    """Return the whole width of a sheet, with the values of one paper."""
    longest = form.longest_value

    def printed(value: str) -> str:
        # Cut before it is cleaned: a note may have five million characters.
        return cut(printable(value[: 4 * longest]), longest)

    return Layout(
        form=form,
        paper=paper,
        setup=setup,
        left=sheet.left,
        width=sheet.inner_width,
        page_height=sheet.bottom - sheet.top,
        value_of=values_of(paper, form.terms),
        printed=printed,
    )
