"""What `import` prints with `--json`."""

from datetime import date

from msgspec import Struct


class LineTrouble(Struct, frozen=True, kw_only=True):
    """A line of a workbook that cannot be taken over; line 0 is the whole sheet."""

    sheet: str
    line: int
    reason: str


class DifferenceResult(Struct, frozen=True, kw_only=True):
    """One thing that the new version says otherwise."""

    place: str
    old: str
    new: str


class ImportedProcedure(Struct, frozen=True, kw_only=True):
    """What becomes, or would become, of one procedure; `file` is "" where nothing is written."""

    code: str
    name: str
    change: str
    version: int
    effective_from: date
    differences: list[DifferenceResult]
    file: str = ""


class ImportedBook(Struct, frozen=True, kw_only=True):
    """A workbook, line by line; the last line of the output. `written` tells whether it counts."""

    new: int
    changed: int
    same: int
    troubles: list[LineTrouble]
    written: bool


class BookWritten(Struct, frozen=True, kw_only=True):
    """The workbook that the present procedures were written to."""

    file: str
