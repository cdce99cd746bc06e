"""Reading a workbook that anybody may have made: texts and numbers, nothing that acts.

Macros, links to other files, formulas and markup that expands are refused by name; so is what is
larger than any list of an office. What is read is text, as a person sees it in the cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from time import thread_time
from typing import IO, Any, Final

from msgspec import Struct

from counter_app.domain.text import tidy, visible
from counter_app.errors import UnreadableFile
from counter_app.i18n import N_
from counter_app.workbook.package import MOST_BYTES, check_package, refused

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
MOST_LOOKED_AT: Final = 1_100_000
"""Lines and cells of one sheet, empty ones too: a short file can name a line a billion further."""

MOST_SECONDS: Final = 30
"""Of the processor, that reading may take: a list as long as may be takes ten."""

_TOO_LONG: Final = N_("it took more than {seconds} s to read: divide it into several files")
_LOOK_AFTER: Final = 256  # lines; the clock is not asked at each


class Row(Struct, frozen=True):
    """One line of a sheet that says something: its number from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


class Sheet(Struct, frozen=True):
    """One sheet by its title, without its empty lines."""

    title: str
    rows: tuple[Row, ...]

    def by_heading(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Return each line after the first, its number and its cells by the first one's words."""
        if not self.rows:
            return
        headings = [tidy(cell) for cell in self.rows[0].cells]
        for row in self.rows[1:]:
            named = zip(headings, row.cells, strict=False)
            yield row.number, {heading: cell for heading, cell in named if heading}


class _Limits(Struct, frozen=True, kw_only=True):
    """How many lines and columns may say something, and until when of the thread's own time."""

    rows: int
    columns: int
    seconds: float
    until: float


def read_workbook(
    path: Path,
    *,
    most_rows: int = MOST_ROWS,
    most_columns: int = MOST_COLUMNS,
    seconds: float = MOST_SECONDS,
) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that can be seen, in their order.

    Hidden lines and columns are read like others: what is taken over is shown line by line first.

    Raises:
        UnreadableFile: it is none, is too large, or holds what is not let in, with its place.
    """
    try:
        if not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
            path.stat()
            raise refused(path, N_("it is no workbook (.xlsx)"))
        if path.stat().st_size > MOST_BYTES:
            raise refused(path, N_("it is larger than {most} MB"), most=MOST_BYTES >> 20)
        with path.open("rb") as file:
            check_package(path, file)
            file.seek(0)
            until = thread_time() + seconds
            limits = _Limits(rows=most_rows, columns=most_columns, seconds=seconds, until=until)
            return tuple(_sheets(path, file, limits))
    except OSError as error:
        raise UnreadableFile(file=visible(str(path)), reason=error) from error


def _sheets(path: Path, file: IO[bytes], limits: _Limits) -> Iterator[Sheet]:
    # Half a second to import, and needed once in a while.
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # whatever the library stumbles over, the file is not as it should
        raise refused(path, N_("it is no workbook (.xlsx)")) from error
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                rows = tuple(_rows(path, sheet, limits))
                yield Sheet(title=tidy(sheet.title), rows=rows)
    finally:
        book.close()


def _rows(path: Path, sheet: Any, limits: _Limits) -> Iterator[Row]:
    seen, left = 0, MOST_LOOKED_AT
    sheet.reset_dimensions()  # what it says of its own size may be a lie, or a million columns
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            left -= 1 + len(cells)
            if number % _LOOK_AFTER == 0 and thread_time() > limits.until:
                raise refused(path, _TOO_LONG, seconds=limits.seconds)
            texts = tuple(_text(path, sheet.title, cell) for cell in cells) if left >= 0 else ()
            if left >= 0 and not any(texts):
                continue
            seen += 1
            if left < 0 or seen > limits.rows or any(texts[limits.columns :]):
                reason = N_("the sheet “{sheet}” has more than {rows} lines or {columns} columns")
                values = {"sheet": sheet.title, "rows": limits.rows, "columns": limits.columns}
                raise refused(path, reason, **values)
            yield Row(number, _trimmed(texts))
    except UnreadableFile:
        raise
    except Exception as error:  # the same, while the sheet is read line by line
        reason = N_("the sheet “{sheet}” cannot be read")
        raise refused(path, reason, sheet=sheet.title) from error


def _trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    last = max(place for place, text in enumerate(texts, start=1) if text)
    return tuple(texts[:last])


def _text(path: Path, sheet: str, cell: Any) -> str:
    """Return what a cell says: dates as 2026-11-23, whole numbers without a point."""
    value = cell.value
    if cell.data_type == "f" or (isinstance(value, str) and cell.data_type == "e"):
        reason = N_("cell {cell} of the sheet “{sheet}” is a formula: paste its value instead")
        raise refused(path, reason, cell=cell.coordinate, sheet=sheet)
    match value:
        case None:
            return ""
        case bool():
            return "x" if value else ""
        case datetime():
            midnight = value.time() == time.min
            return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case str() if not value.strip():  # blanks that do not break, too
            return ""
        case _:
            return str(value)
