"""Taking over a province's procedures from a workbook: looked at first, then all or nothing."""

from pathlib import Path

from counter_app.catalogue.catalogue import Catalogue
from counter_app.catalogue.importing import Plan, plan_of
from counter_app.catalogue.procedure_book import SHEETS, Book, Line, headings, lines_of
from counter_app.domain.officer import Officer, Role
from counter_app.errors import BookHasTroubles, NotPermitted
from counter_app.keys.durable import make_folder, put
from counter_app.workbook.reading import read_workbook
from counter_app.workbook.writing import Table, workbook

_FOLDER = "procedures"
_MAY = (Role.ADMINISTRATOR, Role.SUPERVISOR)
_WIDTHS = {"Tên thủ tục": 48, "Tên giấy tờ": 60, "Câu hỏi": 40, "Căn cứ pháp lý": 40}
_WIDTH = 16


def look_at_book(catalogue: Catalogue, path: Path) -> Plan:
    """Return what taking over the workbook at `path` would change; nothing is changed.

    Raises:
        UnreadableFile: it is no workbook, or holds what is not let in.
    """
    sheets = {
        sheet.title: [Line(number, cells) for number, cells in sheet.by_heading()]
        for sheet in read_workbook(path)
        if sheet.title in SHEETS
    }
    return plan_of(Book(sheets), catalogue)


def take_over(plan: Plan, folder: Path, officer: Officer) -> tuple[Path, ...]:
    """Write the law that `plan` tells of below `folder`, laid out as forms/ is; return the files.

    Each is there whole or not at all. After a power cut the same workbook is taken over once
    more: what is there already counts as known.

    Raises:
        NotPermitted: the officer neither heads the one-stop shop nor administers the desk.
        BookHasTroubles: there is a line that cannot be read; nothing was written.
        StoreFull, StoreReadOnly: the folder cannot be written.
    """
    if not officer.roles & set(_MAY):
        raise NotPermitted(role=_MAY[0])
    if plan.troubles:
        first = plan.troubles[0]
        raise BookHasTroubles(
            count=len(plan.troubles), sheet=first.sheet, line=first.line, reason=first.reason
        )
    place = folder / _FOLDER
    make_folder(place)
    written = []
    for change in plan.written:
        put(place / change.file, change.content)
        written.append(place / change.file)
    return tuple(written)


def as_workbook(catalogue: Catalogue) -> bytes:
    """Return the newest version of each procedure as the workbook that can be taken over."""
    rows: dict[str, list[tuple[str, ...]]] = {sheet: [] for sheet in SHEETS}
    for files in catalogue.versions.values():
        newest = max((file.form for file in files), key=lambda form: form.version)
        for sheet, lines in lines_of(newest).items():
            rows[sheet] += lines
    return workbook([_table(sheet, lines) for sheet, lines in rows.items()])


def _table(sheet: str, rows: list[tuple[str, ...]]) -> Table:
    captions = headings(sheet)
    widths = [_WIDTHS.get(caption, _WIDTH) for caption in captions]
    return Table(title=sheet, captions=captions, widths=widths, rows=rows)
