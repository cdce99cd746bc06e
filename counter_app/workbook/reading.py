"""Reading a workbook that anybody may have made: texts and numbers, nothing that acts.

Macros, links to other files, formulas and markup that expands are refused by name; so is what is
larger than any list of an office. What is read is text, as a person sees it in the cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from counter_app.domain.text import tidy
from counter_app.errors import UnreadableFile
from counter_app.i18n import N_, _

MOST_BYTES: Final = 20 * 2**20
MOST_UNPACKED: Final = 200 * 2**20
MOST_RATIO: Final = 100
MOST_PARTS: Final = 1_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
MOST_LOOKED_AT: Final = 2_500_000
"""Lines and cells of one sheet, empty ones too: a short file can name a line a billion further."""

_CHUNK: Final = 2**16
_FORBIDDEN: Final = re.compile(r"vbaProject|externalLinks?/|embeddings/|activeX|\.bin$", re.I)
_MARKUP: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_LONGEST_MARKUP: Final = 16  # bytes that may stand on both sides of a chunk's end


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


def read_workbook(
    path: Path, *, most_rows: int = MOST_ROWS, most_columns: int = MOST_COLUMNS
) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that can be seen, in their order.

    Raises:
        UnreadableFile: it is none, is too large, or holds what is not let in, with its place.
    """
    try:
        if not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
            path.stat()
            raise _refused(path, N_("it is no workbook (.xlsx)"))
        if path.stat().st_size > MOST_BYTES:
            raise _refused(path, N_("it is larger than {most} MB"), most=MOST_BYTES >> 20)
        with path.open("rb") as file:
            _check_package(path, file)
            file.seek(0)
            return tuple(_sheets(path, file, most_rows, most_columns))
    except OSError as error:
        raise UnreadableFile(file=path, reason=error) from error


def _refused(path: Path, reason: str, **values: object) -> UnreadableFile:
    return UnreadableFile(file=path.name, reason=_(reason).format(**values))


def _check_package(path: Path, file: IO[bytes]) -> None:
    """Let a package pass that is no larger unpacked than it may be, and holds nothing that acts."""
    try:
        with ZipFile(file) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise _refused(path, N_("unpacked it is larger than any list of an office"))
            for part in parts:
                if _FORBIDDEN.search(part.filename):
                    reason = N_(
                        "it holds a macro or a link to another file: save it as plain .xlsx"
                    )
                    raise _refused(path, reason)
            left = MOST_UNPACKED
            for part in parts:
                left -= _check_part(path, package, part, left)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _refused(path, N_("it is no workbook (.xlsx)")) from error


def _check_part(path: Path, package: ZipFile, part: ZipInfo, left: int) -> int:
    """Return how large a part is in truth: what its head says may be a lie."""
    size, before = 0, b""
    with package.open(part) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            size += len(chunk)
            if size > left or size > max(MOST_RATIO * part.compress_size, _CHUNK):
                raise _refused(path, N_("unpacked it is larger than any list of an office"))
            is_wide = not before and b"\0" in chunk[:4]
            if _is_markup(part) and (is_wide or _MARKUP.search(before + chunk)):
                raise _refused(path, N_("it holds markup that no workbook needs"))
            before = chunk[-_LONGEST_MARKUP:]
    return size


def _is_markup(part: ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels", ".vml"))


def _sheets(path: Path, file: IO[bytes], most_rows: int, most_columns: int) -> Iterator[Sheet]:
    # Half a second to import, and needed once in a while.
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # whatever the library stumbles over, the file is not as it should
        raise _refused(path, N_("it is no workbook (.xlsx)")) from error
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                rows = tuple(_rows(path, sheet, most_rows, most_columns))
                yield Sheet(title=tidy(sheet.title), rows=rows)
    finally:
        book.close()


def _rows(path: Path, sheet: Any, most_rows: int, most_columns: int) -> Iterator[Row]:
    seen, left = 0, MOST_LOOKED_AT
    sheet.reset_dimensions()  # what it says of its own size may be a lie, or a million columns
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            left -= 1 + len(cells)
            texts = tuple(_text(path, sheet.title, cell) for cell in cells) if left >= 0 else ()
            if left >= 0 and not any(texts):
                continue
            seen += 1
            if left < 0 or seen > most_rows or any(texts[most_columns:]):
                reason = N_("the sheet “{sheet}” has more than {rows} lines or {columns} columns")
                values = {"sheet": sheet.title, "rows": most_rows, "columns": most_columns}
                raise _refused(path, reason, **values)
            yield Row(number, _trimmed(texts))
    except UnreadableFile:
        raise
    except Exception as error:  # the same, while the sheet is read line by line
        reason = N_("the sheet “{sheet}” cannot be read")
        raise _refused(path, reason, sheet=sheet.title) from error


def _trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    last = max(place for place, text in enumerate(texts, start=1) if text)
    return tuple(texts[:last])


def _text(path: Path, sheet: str, cell: Any) -> str:
    """Return what a cell says: dates as 2026-11-23, whole numbers without a point."""
    value = cell.value
    if cell.data_type == "f" or (isinstance(value, str) and cell.data_type == "e"):
        reason = N_("cell {cell} of the sheet “{sheet}” is a formula: paste its value instead")
        raise _refused(path, reason, cell=cell.coordinate, sheet=sheet)
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
        case _:
            return str(value)
