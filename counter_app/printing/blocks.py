"""How each type of block is drawn."""

from collections.abc import Iterator
from typing import Final, assert_never

from counter_app.domain.print_block import (
    Align,
    Barcode,
    Beside,
    Block,
    Field,
    Fields,
    Header,
    Mark,
    Paragraph,
    Qr,
    Rule,
    Signature,
    Signatures,
    Space,
    Table,
)
from counter_app.printing.code128 import code128_bars
from counter_app.printing.faces import Face, Weight, faces
from counter_app.printing.flow import Piece, abreast, nothing, stacked
from counter_app.printing.layout import Layout
from counter_app.printing.page import MM
from counter_app.printing.qr import qr_bars
from counter_app.printing.sheet import Sheet
from counter_app.printing.tables import table_pieces
from counter_app.printing.typeset import Line, Span, wrap_spans

_INCH: Final = 72.0
_DOTS: Final = "…"
_BETWEEN: Final = 3 * MM  # fields that share a line
_AGENCY_RULE: Final = 0.4  # of the agency's name: between a third and a half
_RULE_WEIGHT: Final = 0.7
_SHORT: Final = 0.25  # of a page: what is no higher stays together


def pieces(block: Block, layout: Layout) -> Iterator[Piece]:
    """Return the pieces of a block, filled in and ready to be put on a sheet."""
    match block:
        case Paragraph():
            return _paragraph(block, layout)
        case Fields():
            return _fields(block, layout)
        case Table():
            return table_pieces(block, layout)
        case Qr():
            return _qr(block, layout)
        case Barcode():
            return _barcode(block, layout)
        case Space():
            return iter((nothing(block.height * MM, keep=True),))
        case Rule():
            return _rule(block, layout)
        case Beside():
            return _beside(block, layout)
        case Header():
            return _header(block, layout)
        case Signatures():
            return _signatures(block, layout)
        case Mark():
            return _mark(block, layout)
        case _:
            assert_never(block)  # mypy names the block that nobody draws


def _paragraph(block: Paragraph, layout: Layout) -> Iterator[Piece]:
    if block.optional and layout.is_blank(block.text):
        return
    if block.space_before:
        yield nothing(block.space_before * MM, keep=True)
    size: float = getattr(layout.letters, block.size)
    weight = {
        (False, False): Weight.REGULAR,
        (True, False): Weight.BOLD,
        (False, True): Weight.ITALIC,
        (True, True): Weight.BOLD_ITALIC,
    }[block.bold, block.italic]
    english = layout.in_english(block.text)
    span, indent = Span(layout.fill(block.text), faces()[weight]), block.indent * MM
    lines = wrap_spans([span], size, layout.width, indent=indent, justified=block.justified)
    yield from _lines(lines, size, layout, block.align, keep=block.keep or bool(english))
    yield from _english(english, size, layout, block.align, keep=block.keep)


def _text(
    text: str,
    weight: Weight,
    size: float,
    layout: Layout,
    align: Align = "center",
    *,
    keep: bool = False,
) -> Iterator[Piece]:
    english = layout.in_english(text)
    lines = wrap_spans([Span(layout.fill(text), faces()[weight])], size, layout.width)
    yield from _lines(lines, size, layout, align, keep=keep or bool(english))
    yield from _english(english, size, layout, align, keep=keep)


def _english(
    spans: list[Span], size: float, layout: Layout, align: Align, *, keep: bool = False
) -> Iterator[Piece]:
    """Return what stands in English below letters of `size`, close to them."""
    if not spans:
        return
    yield nothing(-layout.gap, keep=True)
    small = size * spans[0].scale
    lines = wrap_spans([span._replace(scale=1.0) for span in spans], small, layout.width)
    yield from _lines(lines, small, layout, align, keep=keep)


def _lines(
    lines: list[Line], size: float, layout: Layout, align: Align = "left", *, keep: bool = False
) -> Iterator[Piece]:
    """Return a paragraph line by line; neither its first line nor its last is left alone."""
    last = len(lines) - 1
    for number, line in enumerate(lines):
        gap = layout.gap if number == last else 0
        held = keep if number == last else number in {0, last - 1}
        yield layout.line(line, size, align, gap=gap)._replace(keep=held)


def _fields(block: Fields, layout: Layout) -> Iterator[Piece]:
    rows = [[field for field in row if not _is_dropped(field, layout)] for row in block.rows]
    rows = [row for row in rows if row]
    for number, row in enumerate(rows, 1):
        keep = block.keep and number == len(rows)
        if len(row) == 1:
            yield from _lines(_field(row[0], layout), layout.letters.body, layout, keep=keep)
        else:
            yield _shared_line(row, layout)._replace(keep=keep)


def _is_dropped(field: Field, layout: Layout) -> bool:
    return field.empty == "drop" and not field.otherwise and layout.is_blank(field.value)


def _shared_line(row: list[Field], layout: Layout) -> Piece:
    """Return fields that share a line, each in its part of the width."""
    room = layout.width - _BETWEEN * (len(row) - 1)
    whole, left, columns = sum(field.share for field in row), layout.left, []
    for field in row:
        part = layout.part(left, room * field.share / whole)
        columns.append(stacked(_lines(_field(field, part), layout.letters.body, part)))
        left += part.width + _BETWEEN
    return abreast(columns)


def _field(field: Field, layout: Layout) -> list[Line]:
    """Return label and value as lines."""
    regular, bold = faces()[Weight.REGULAR], faces()[Weight.BOLD]
    size, label = layout.letters.body, layout.label(field.label, regular)
    if not layout.is_blank(field.value):
        value = [Span(layout.fill(field.value), bold if field.strong else regular)]
    elif field.otherwise:
        value = layout.label(field.otherwise, regular)
    elif field.empty == "dots":
        value = [_dots(label, layout, regular, size)]
    else:
        value = []
    return wrap_spans([*label, *value], size, layout.width)


def _dots(label: list[Span], layout: Layout, face: Face, size: float) -> Span:
    """Return dots to be written over, up to the end of the line on which `label` ends."""
    last = wrap_spans(label, size, layout.width)[-1]
    room = layout.width - last.width - face.width(" ", size)
    return Span(_DOTS * int(room / face.width(_DOTS, size)), face)


def _qr(block: Qr, layout: Layout) -> Iterator[Piece]:
    if layout.is_blank(block.text):
        return
    modules, bars = qr_bars(layout.exact(block.text))
    dot = _INCH / block.dots_per_inch
    unit = block.dots_per_module * dot
    side = max(block.side * MM, modules * unit)
    x, inset = layout.aligned(modules * unit, "center"), (side - modules * unit) / 2

    def draw(sheet: Sheet, y: float) -> None:
        sheet.bars(_on_dot(x, dot), _on_dot(y + inset, dot), unit, bars)

    yield Piece(side, draw)


def _barcode(block: Barcode, layout: Layout) -> Iterator[Piece]:
    if layout.is_blank(block.text):
        return
    columns, bars = code128_bars(layout.exact(block.text))
    dot = _INCH / block.dots_per_inch
    unit = block.dots_per_bar * dot
    x, height = layout.aligned(columns * unit, "center"), block.height * MM

    def draw(sheet: Sheet, y: float) -> None:
        sheet.stripes(_on_dot(x, dot), y, unit, height, bars)

    yield Piece(height, draw)


def _on_dot(length: float, dot: float) -> float:
    """Return where the nearest dot of a printer begins, so that it need not round a bar's ends."""
    return round(length / dot) * dot


def _barcode_width(block: Barcode, layout: Layout) -> float:
    if layout.is_blank(block.text):
        return 0.0
    columns, _bars = code128_bars(layout.exact(block.text))
    return columns * block.dots_per_bar * _INCH / block.dots_per_inch


def _rule(block: Rule, layout: Layout) -> Iterator[Piece]:
    width = layout.width * block.share
    yield _ruled(width, layout, gap=layout.gap)


def _ruled(width: float, layout: Layout, *, gap: float = 1 * MM) -> Piece:
    """Return a line in the middle, with the same room above and below."""
    left, height = layout.aligned(width, "center"), 2 * gap + _RULE_WEIGHT
    return Piece(
        height, lambda sheet, y: sheet.rule(left, left + width, y + height / 2, _RULE_WEIGHT)
    )


def _beside(block: Beside, layout: Layout) -> Iterator[Piece]:
    """Return the pieces on the left, the first of which draws all that stands on the right."""
    barcodes = [inner for inner in block.right if isinstance(inner, Barcode)]
    needed = [_barcode_width(barcode, layout) for barcode in barcodes]  # some codes are longer
    width = max([block.right_width * MM, *needed])
    on_left = layout.part(layout.left, layout.width - width - block.gap * MM)
    on_right = layout.part(layout.left + layout.width - width, width)
    right = stacked(piece for inner in block.right for piece in pieces(inner, on_right))
    if not right.height:  # nothing to be filled in: its room is free
        on_left = layout
    left = [piece for inner in block.left for piece in pieces(inner, on_left)] or [nothing(0)]
    left[0] = abreast((left[0], right))._replace(height=left[0].height)
    height = sum(piece.height for piece in left)
    left.append(nothing(max(0, right.height - height)))
    is_short = height < _SHORT * layout.page_height
    done = 0.0
    for piece in left[:-1]:
        done += piece.height
        yield piece._replace(keep=True) if is_short or done < right.height else piece
    yield left[-1]


def _header(block: Header, layout: Layout) -> Iterator[Piece]:
    share = layout.width * block.left_share
    left = layout.part(layout.left, share)
    right = layout.part(layout.left + share, layout.width - share)
    yield abreast((stacked(_issuer(block, left)), stacked(_nation(block, right))))


def _issuer(block: Header, layout: Layout) -> Iterator[Piece]:
    size, bold = layout.letters.agency, faces()[Weight.BOLD]
    if not layout.is_blank(block.parent):
        yield from _text(block.parent, Weight.REGULAR, size, layout)
    widest = 0.0
    for text in block.agency:
        if not layout.is_blank(text):
            lines = wrap_spans([Span(layout.fill(text), bold)], size, layout.width)
            widest = max([widest, *(line.width for line in lines)])
            yield from _lines(lines, size, layout, "center")
    yield _ruled(widest * _AGENCY_RULE, layout)
    if block.number:
        yield from _text(block.number, Weight.REGULAR, layout.letters.number, layout)


def _nation(block: Header, layout: Layout) -> Iterator[Piece]:
    yield from _text(block.nation, Weight.BOLD, layout.letters.nation, layout)
    size = layout.letters.motto
    motto = wrap_spans([Span(block.motto, faces()[Weight.BOLD])], size, layout.width)
    yield from _lines(motto, size, layout, "center")
    yield from _english(layout.in_english(block.motto), size, layout, "center")
    yield _ruled(max(line.width for line in motto), layout)
    if block.place_date:
        yield from _text(block.place_date, Weight.ITALIC, layout.letters.place_date, layout)


def _signatures(block: Signatures, layout: Layout) -> Iterator[Piece]:
    width = layout.width / len(block.columns)
    yield abreast(
        stacked(_signature(column, block.room * MM, layout.part(layout.left + n * width, width)))
        for n, column in enumerate(block.columns)
    )._replace(keep=block.keep)


def _signature(column: Signature, room: float, layout: Layout) -> Iterator[Piece]:
    size = layout.letters.body
    yield from _text(column.caption, Weight.BOLD, size, layout)
    if column.hint:
        yield from _text(column.hint, Weight.ITALIC, size, layout)
    yield nothing(room)
    if column.name and not layout.is_blank(column.name):
        yield from _text(column.name, Weight.BOLD, size, layout)


def _mark(block: Mark, layout: Layout) -> Iterator[Piece]:
    """Return a piece that takes no room, and has every page stamped at its top."""
    if layout.is_blank(block.text):
        return
    text, size = layout.fill(block.text), layout.letters.small
    face = faces()[Weight.BOLD if block.framed else Weight.ITALIC]
    inset = 1 * MM if block.framed else 0.0
    width = face.width(text, size) + 2 * inset

    def stamp(sheet: Sheet) -> None:
        if block.first_page_only and sheet.page > 1:
            return
        taken = sheet.reserve(block.side, width + _BETWEEN)
        at_right = layout.left + layout.width - width - taken
        left = layout.left + taken if block.side == "left" else at_right
        base = sheet.top - 2.5 * MM
        sheet.text(left + inset, base, text, face, size)
        if block.framed:
            sheet.box(left, base - size, left + width, base + size / 2)

    yield Piece(0, lambda sheet, _y: sheet.stamps.append(stamp))
