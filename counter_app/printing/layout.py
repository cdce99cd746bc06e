"""What the blocks of one form share while they are drawn: the values, the letters, the room."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from counter_app.domain.paper import Paper
from counter_app.domain.placeholders import fill, names_in, values_of
from counter_app.domain.print_block import SHARES, Align
from counter_app.domain.print_form import Letters, PageSetup, PrintForm
from counter_app.printing.faces import Face, Weight, faces, printable
from counter_app.printing.flow import Piece
from counter_app.printing.page import MM, Page
from counter_app.printing.typeset import Line, Span, cut

_ASCENT: Final = 0.78  # where the base line lies, in parts of the letters' size below their top
_ENGLISH: Final = 0.8  # how large its letters are beside the Vietnamese ones
_NO_ENGLISH: Final[Mapping[str, str]] = {}


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
    english: Mapping[str, str]

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

    def in_english(self, text: str) -> list[Span]:
        """Return what stands in English below a text of the form, if anything."""
        if not self.english:
            return []
        english = self.english.get(text) or self.english.get(self.fill(text))
        italic = faces()[Weight.ITALIC]
        return [Span(self.fill(english), italic, _ENGLISH)] if english else []

    def label(self, text: str, face: Face) -> list[Span]:
        """Return a text of the form with the English behind it: “Mã hồ sơ / Dossier code:”."""
        if text not in self.english:
            return [Span(self.fill(text), face)]
        (english,) = self.in_english(text)
        first = Span(self.fill(text).removesuffix(":"), face)
        return [first, english._replace(text=f"/ {english.text}")]

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


def layout_of(
    form: PrintForm,
    paper: Paper,
    setup: PageSetup,
    page: Page,
    *,
    numbering: str = "",
    bilingual: bool = False,
) -> Layout:
    """Return the whole width of a page, with the values of one paper."""
    longest = form.longest_value
    number = form.number_by(numbering)
    of_form = {
        "form_number": number.number,
        "form_caption": number.caption,
        "form_basis": number.legal_basis,
    }

    def printed(value: str) -> str:
        # Cut before it is cleaned: a note may have five million characters.
        return cut(printable(value[: 4 * longest]), longest)

    return Layout(
        form=form,
        paper=paper,
        setup=setup,
        left=page.left,
        width=page.inner_width,
        page_height=page.inner_height,
        value_of=values_of(paper, form.terms, of_form),
        printed=printed,
        english=form.english if bilingual else _NO_ENGLISH,
    )
