"""Tables: row by row, so that ten thousand rows cost ten times what a thousand do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, Final, NamedTuple

from counter_app.domain.placeholders import Cell, fill, names_in, rows_of
from counter_app.domain.print_block import SHARES, Align, Column, FootCell, Table
from counter_app.printing.faces import Face, Weight, faces
from counter_app.printing.flow import Piece, nothing
from counter_app.printing.layout import Layout
from counter_app.printing.page import MM
from counter_app.printing.sheet import Sheet
from counter_app.printing.typeset import Line, Span, wrap, wrap_spans

_PAD_X: Final = 0.9 * MM
_PAD_Y: Final = 0.45 * MM
_REMEMBERED: Final = 1024  # texts whose lines are known

CellText = Callable[[int, Any], str]


class _Box(NamedTuple):
    """Where a cell stands, and how its lines do."""

    left: float
    width: float
    align: Align


class _Frame(NamedTuple):
    """What all rows of a table share."""

    edges: tuple[float, ...]
    boxes: tuple[_Box, ...]
    size: float
    line_height: float
    base: float
    least: float  # no row is lower


class _Row(NamedTuple):
    """The lines in each cell of a row."""

    cells: tuple[list[str], ...]

    @property
    def lines(self) -> int:
        return max(map(len, self.cells))

    def part(self, start: int, end: int) -> "_Row":
        return _Row(tuple(lines[start:end] for lines in self.cells))


def table_pieces(block: Table, layout: Layout) -> Iterator[Piece]:
    """Return a table: its titles, its rows, and its foot held to the last row."""
    source = rows_of(layout.paper, block.rows)
    rows = list(source.of(layout.paper)) if source else []
    if not rows and not block.least_rows:
        yield from _line(block.empty, layout)
        return
    yield from _line(block.caption, layout, keep=True)
    frame = _frame(block, layout)
    titles = _titles(block.columns, frame, layout)
    yield titles._replace(keep=True)
    last = None
    texts = [_cell(c.cell, source.cells, layout) for c in block.columns] if source else []
    filled = _rows(texts, rows, frame, titles, layout)
    for piece in chain(filled, _blanks(block, len(rows), frame, titles, layout)):
        if last:
            yield last
        last = piece
    if last:
        yield last._replace(keep=bool(block.foot) or block.keep)
    if block.foot:
        yield _foot(block.foot, frame, layout)._replace(keep=block.keep)
    yield nothing(2 * _PAD_Y, keep=block.keep)


def _blanks(
    block: Table, rows: int, frame: _Frame, titles: Piece, layout: Layout
) -> Iterator[Piece]:
    """Return the rows that are left to be filled in by hand."""
    face = faces()[Weight.REGULAR]
    texts = [layout.fill(column.blank) for column in block.columns]
    for _number in range(rows, block.least_rows):
        row = _Row(tuple(_wrapped(texts, frame, face)))
        yield _piece(row, frame, face)._replace(again=titles)


def _line(text: str, layout: Layout, *, keep: bool = False) -> Iterator[Piece]:
    """Return the caption of a table, or what stands in its place."""
    size = layout.letters.body
    lines = wrap_spans(layout.label(text, faces()[Weight.REGULAR]), size, layout.width)
    for line in lines if text else ():
        yield layout.line(line, size)._replace(keep=keep)
    if text:
        yield nothing(_PAD_Y if keep else layout.gap)._replace(keep=keep)


def _frame(block: Table, layout: Layout) -> _Frame:
    columns = block.columns
    shares = [column.width for column in columns]
    ends = accumulate(shares, initial=0.0)
    edges = tuple(layout.left + layout.width * end / sum(shares) for end in ends)
    size = layout.letters.table
    return _Frame(
        edges=edges,
        boxes=tuple(
            _Box(left + _PAD_X, right - left - 2 * _PAD_X, column.align)
            for left, right, column in zip(edges, edges[1:], columns, strict=False)
        ),
        size=size,
        line_height=layout.line_height(size),
        base=layout.base(size),
        least=block.row_height * MM,
    )


def _rows(
    texts: list[CellText], rows: list[Any], frame: _Frame, titles: Piece, layout: Layout
) -> Iterator[Piece]:
    face = faces()[Weight.REGULAR]
    # The same procedures and channels come again and again.
    wrapped = lru_cache(_REMEMBERED)(
        lambda text, width: wrap(layout.printed(text), face, frame.size, width)
    )
    widths = [box.width for box in frame.boxes]
    tallest = int((layout.page_height - titles.height - 2 * _PAD_Y) / frame.line_height)
    for number, values in enumerate(rows, 1):
        written = [text(number, values) for text in texts]
        row = _Row(tuple(map(wrapped, written, widths)))
        for start in range(0, row.lines, tallest):  # more than one part only if higher than a page
            part = row.part(start, start + tallest) if row.lines > tallest else row
            yield _piece(part, frame, face)._replace(again=titles)


def _cell(text: str, cells: Mapping[str, Cell], layout: Layout) -> CellText:
    """Return what tells the text of a column's cell in a row."""
    terms = layout.form.terms
    if len(names_in(text)) == 1 and text == f"{{{names_in(text)[0]}}}":  # as most of them are
        cell = cells[names_in(text)[0]]
        return lambda number, row: cell(number, row, terms)
    return lambda number, row: fill(text, lambda name: cells[name](number, row, terms))


def _wrapped(texts: Iterable[str], frame: _Frame, face: Face) -> Iterator[list[str]]:
    return (
        wrap(text, face, frame.size, box.width)
        for text, box in zip(texts, frame.boxes, strict=True)
    )


def _piece(row: _Row, frame: _Frame, face: Face) -> Piece:
    """Return a row with the rule below it."""
    height = max(row.lines * frame.line_height + 2 * _PAD_Y, frame.least)
    left, right, size = frame.edges[0], frame.edges[-1], frame.size

    def draw(sheet: Sheet, y: float) -> None:
        for lines, box in zip(row.cells, frame.boxes, strict=True):
            base = y + _PAD_Y + frame.base
            for text in lines:
                x = box.left
                if box.align != "left":
                    x += (box.width - face.width(text, size)) * SHARES[box.align]
                sheet.text(x, base, text, face, size)
                base += frame.line_height
        sheet.rule(left, right, y + height)
        sheet.grid(frame.edges, y, y + height)

    return Piece(height, draw)


def _foot(foot: Iterable[FootCell], frame: _Frame, layout: Layout) -> Piece:
    """Return the row below all others, whose cells may span columns."""
    edges, boxes, cells, column = [frame.edges[0]], [], [], 0
    for cell in foot:
        column += cell.span
        left, right = edges[-1], frame.edges[column]
        edges.append(right)
        boxes.append(_Box(left + _PAD_X, right - left - 2 * _PAD_X, cell.align))
        spans = layout.label(cell.text, faces()[Weight.BOLD])
        cells.append(wrap_spans(spans, frame.size, boxes[-1].width))
    return _bold_row(cells, frame._replace(edges=tuple(edges), boxes=tuple(boxes)))


def _titles(columns: Iterable[Column], frame: _Frame, layout: Layout) -> Piece:
    """Return the row above all others, with the rule over it."""
    bold, cells = faces()[Weight.BOLD], []
    for column, box in zip(columns, frame.boxes, strict=True):
        lines = wrap_spans([Span(layout.fill(column.title), bold)], frame.size, box.width)
        if english := layout.in_english(column.title):
            lines += wrap_spans(english, frame.size, box.width)
        cells.append(lines)
    centred = tuple(box._replace(align="center") for box in frame.boxes)
    return _bold_row(cells, frame._replace(boxes=centred), is_first=True)


def _bold_row(cells: list[list[Line]], frame: _Frame, *, is_first: bool = False) -> Piece:
    """Return a row whose lines are of several fonts."""
    height = max(map(len, cells)) * frame.line_height + 2 * _PAD_Y
    left, right = frame.edges[0], frame.edges[-1]

    def draw(sheet: Sheet, y: float) -> None:
        if is_first:
            sheet.rule(left, right, y)
        for lines, box in zip(cells, frame.boxes, strict=True):
            base = y + _PAD_Y + frame.base
            for line in lines:
                x = box.left + (box.width - line.width) * SHARES[box.align]
                sheet.line(x, base, line.parts, frame.size)
                base += frame.line_height
        sheet.rule(left, right, y + height)
        sheet.grid(frame.edges, y, y + height)

    return Piece(height, draw)
