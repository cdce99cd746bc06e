"""The paper itself: pages of a fixed size, with text, rules and bars put on them.

Lengths are in points, measured from the left and from the top of the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from counter_app.domain.print_block import Side
from counter_app.printing.faces import Face, Weight, faces
from counter_app.printing.page import MM, Page
from counter_app.printing.typeset import Placed

_HAIR: Final = 0.5  # points: the rules of a table
_PRODUCER: Final = "Counter App"
_OTHER_SUBSET: Final = "~"

Stamp = Callable[["Sheet"], None]


@dataclass
class _Page:
    """What has been put on a page, as the file will have it, and how it was left."""

    texts: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    grid: tuple[tuple[float, ...], float, float] = ((), 0.0, 0.0)
    font: tuple[str, float] = ("", 0.0)
    thickness: float = 0.0
    stamped: dict[Side, float] = field(default_factory=dict)


class Sheet:
    """Pages that are written from the top down.

    The library's canvas writes the file; what stands on a page is written here, page by page,
    because a list of a day has a hundred thousand texts.
    """

    def __init__(self, page: Page, *, number_size: float, title: str, language: str) -> None:
        """Begin the first page; `title` names the form and nobody in it."""
        # Not with the module: the library takes longer to import than a receipt to print.
        from reportlab.pdfgen.canvas import Canvas

        self.width, self.height = page.width, page.height
        self.left, self.inner_width = page.left, page.inner_width
        self.top, self.bottom = page.top, page.bottom
        self.y = self.top
        self.page = 1
        self._number_size = number_size
        self.stamps: list[Stamp] = []
        self._file = BytesIO()
        # invariant: the same form and values give the same bytes, today and in ten years.
        self._canvas = Canvas(
            self._file,
            (self.width, self.height),
            pageCompression=1,
            invariant=1,
            initialFontName=faces()[Weight.REGULAR].name,  # or it names one that is not in the file
        )
        self._canvas.setCatalogEntry("Lang", language)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setCreator(_PRODUCER)
        self._canvas.setProducer(_PRODUCER)
        self._pens: dict[str, _Pen] = {}
        self._page = _Page()

    @property
    def room(self) -> float:
        """How much of the page is left below the last thing on it."""
        return self.bottom - self.y

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y <= self.top

    def text(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Write text with its base line at `y`."""
        pen = self._pens.get(face.name) or self._new_pen(face)
        page, place = self._page, f"1 0 0 1 {x:.2f} {self.height - y:.2f} Tm"
        for font, written in pen.write(text):
            if page.font != (font, size):
                page.texts.append(f"{font} {size:g} Tf")
                page.font = (font, size)
            page.texts.append(f"{place} <{written}> Tj")
            place = ""  # the rest of the same text follows by itself

    def line(self, x: float, y: float, parts: Sequence[Placed], size: float) -> None:
        """Write one line of text in several fonts."""
        for part in parts:
            self.text(x + part.x, y, part.text, part.face, size * part.scale)

    def reserve(self, side: Side, width: float) -> float:
        """Return how far from the edge a stamp of this width finds room on its side."""
        taken = self._page.stamped.get(side, 0.0)
        self._page.stamped[side] = taken + width
        return taken

    def rule(self, left: float, right: float, y: float, thickness: float = _HAIR) -> None:
        """Draw a line across."""
        self._stroke(left, y, right, y, thickness)

    def grid(self, edges: tuple[float, ...], top: float, bottom: float) -> None:
        """Draw the upright rules of a row; those that go on from the row above become one."""
        known, start, end = self._page.grid
        if known == edges and abs(end - top) < _HAIR:
            self._page.grid = (edges, start, bottom)
        else:
            self._end_grid()
            self._page.grid = (edges, top, bottom)

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a frame."""
        for y in (top, bottom):
            self._stroke(left, y, right, y, _HAIR)
        for x in (left, right):
            self._stroke(x, top, x, bottom, _HAIR)

    def bars(self, x: float, y: float, unit: float, bars: Sequence[tuple[int, int, int]]) -> None:
        """Fill bars one `unit` high, each (column, row, columns); `y` is the top of row 0."""
        drawn = " ".join(f"{column} {-row - 1} {columns} 1 re" for column, row, columns in bars)
        matrix = f"{unit:.5f} 0 0 {unit:.5f} {x:.4f} {self.height - y:.4f}"
        self._page.marks.append(f"q {matrix} cm {drawn} f Q")

    def stripes(
        self, x: float, y: float, unit: float, height: float, bars: Sequence[tuple[int, int]]
    ) -> None:
        """Fill upright stripes of `height`, each (column, columns), with their tops at `y`."""
        drawn = " ".join(f"{column} -1 {columns} 1 re" for column, columns in bars)
        matrix = f"{unit:.5f} 0 0 {height:.4f} {x:.4f} {self.height - y:.4f}"
        self._page.marks.append(f"q {matrix} cm {drawn} f Q")

    def turn(self) -> None:
        """End this page and begin the next one, which bears its number."""
        self._end_page()
        self.page += 1
        self.y = self.top
        face, size = faces()[Weight.REGULAR], self._number_size
        number = str(self.page)
        middle = (self.width - face.width(number, size)) / 2
        self.text(middle, self.top - 2 * MM, number, face, size)

    def finish(self) -> bytes:
        """Return the whole file."""
        self._end_page()
        self._canvas.save()
        return self._file.getvalue()

    def _stroke(self, x1: float, y1: float, x2: float, y2: float, thickness: float) -> None:
        if thickness != self._page.thickness:
            self._page.marks.append(f"{thickness:g} w")
            self._page.thickness = thickness
        up = self.height
        self._page.marks.append(f"{x1:.2f} {up - y1:.2f} m {x2:.2f} {up - y2:.2f} l S")

    def _end_grid(self) -> None:
        edges, top, bottom = self._page.grid
        for x in edges:
            self._stroke(x, top, x, bottom, _HAIR)
        self._page.grid = ((), 0.0, 0.0)

    def _end_page(self) -> None:
        for stamp in self.stamps:
            stamp(self)
        self._end_grid()
        self._canvas.addLiteral("\n".join(self._page.marks))
        self._canvas.addLiteral("\n".join(("BT", *self._page.texts, "ET")))
        self._canvas.showPage()
        self._page = _Page()

    def _new_pen(self, face: Face) -> "_Pen":
        # The library keeps a subset of the font for each document, and asks for it by this name.
        pen = self._pens[face.name] = _Pen(face.font, self._canvas._doc)
        return pen


class _Pen:
    """Writes text of one font as the numbers of its glyphs in this file."""

    def __init__(self, font: Any, document: Any) -> None:
        self._font = font
        self._document = document
        self._first: str = ""
        self._codes = _Codes(font, document)

    def write(self, text: str) -> list[tuple[str, str]]:
        """Return pieces of text as (font, hexadecimal), most often one."""
        written = text.translate(self._codes)
        if _OTHER_SUBSET not in written:
            self._first = self._first or self._name(0)
            return [(self._first, written)]
        # More than 255 different letters: the library has begun a second font for the rest.
        pieces = self._font.splitString(text, self._document)
        return [(self._name(subset), codes.hex()) for subset, codes in pieces]

    def _name(self, subset: int) -> str:
        return str(self._font.getSubsetInternalName(subset, self._document))


class _Codes(dict[int, str]):
    """The number of each letter in the first subset of a font, in hexadecimal."""

    def __init__(self, font: Any, document: Any) -> None:
        super().__init__()
        self._font = font
        self._document = document

    def __missing__(self, code: int) -> str:
        ((subset, number),) = self._font.splitString(chr(code), self._document)
        self[code] = written = number.hex() if subset == 0 else _OTHER_SUBSET
        return written
