"""Writing a workbook whose cells are what they say: no text ever becomes a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from msgspec import Struct

Cell = str | int | date | datetime | None

_ACTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST: Final = 32_767  # characters of a cell
_LONGEST_TITLE: Final = 31
_DAY: Final = "dd/mm/yyyy"
_MOMENT: Final = "hh:mm dd/mm/yyyy"


class Table(Struct, frozen=True, kw_only=True):
    """One sheet: its title, the captions of its columns with their widths, and its lines.

    A width is in letters. `above` are lines of text over the captions, as a title and a period.
    """

    title: str
    captions: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()


def workbook(tables: Sequence[Table]) -> bytes:
    """Return a workbook with these sheets.

    Texts stay texts even where the sheet is later saved as CSV: those that a spreadsheet would
    take for a formula bear the mark that tells it not to.
    """
    # A fifth of a second to import, and needed once in a while.
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        dressed = _Formats(book)
        for table in tables:
            _write(book.add_worksheet(table.title[:_LONGEST_TITLE]), table, dressed)
    return out.getvalue()


class _Formats:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        usual = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        boxed = usual | {"border": 1, "text_wrap": True}
        self.above = book.add_format(usual | {"bold": True, "font_size": 13})
        self.caption = book.add_format(boxed | {"bold": True, "align": "center"})
        self.text = book.add_format(boxed | {"num_format": "@"})
        self.marked = book.add_format(boxed | {"num_format": "@", "quote_prefix": True})
        self.number = book.add_format(boxed | {"num_format": "#,##0"})
        self.day = book.add_format(boxed | {"num_format": _DAY})
        self.moment = book.add_format(boxed | {"num_format": _MOMENT})


def _write(sheet: Any, table: Table, dressed: _Formats) -> None:
    for place, width in enumerate(table.widths):
        sheet.set_column(place, place, width)
    for line, text in enumerate(table.above):
        sheet.write_string(line, 0, text, dressed.above)
    head = len(table.above)
    for place, caption in enumerate(table.captions):
        sheet.write_string(head, place, caption, dressed.caption)
    for line, row in enumerate(table.rows, start=head + 1):
        for place, cell in enumerate(row):
            _put(sheet, line, place, cell, dressed)
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _put(sheet: Any, line: int, place: int, cell: Cell, dressed: _Formats) -> None:
    match cell:
        case None | "":
            sheet.write_blank(line, place, None, dressed.text)
        case str():
            acts = cell.startswith(_ACTS)
            sheet.write_string(
                line, place, cell[:_LONGEST], dressed.marked if acts else dressed.text
            )
        case datetime():
            sheet.write_datetime(line, place, cell.replace(tzinfo=None), dressed.moment)
        case date():
            sheet.write_datetime(line, place, cell, dressed.day)
        case _:
            sheet.write_number(line, place, cell, dressed.number)
