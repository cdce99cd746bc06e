"""The lines of a list of dossiers: all ids at once, rows by the page, dots meanwhile."""

from datetime import datetime
from enum import IntEnum
from typing import Any, Final

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from counter_app.desktop.listing import Listing
from counter_app.desktop.wording import Tag, due_tag, status_tag
from counter_app.i18n import N_, _, format_date, format_instant, law
from counter_app.store.rows import DossierRow

PAGE: Final = 128  # rows that are asked for together: more than any screen shows
Index = QModelIndex | QPersistentModelIndex
_ROLE: Final = Qt.ItemDataRole


class Column(IntEnum):
    """What is told of each dossier, from left to right."""

    CODE = 0
    APPLICANT = 1
    PROCEDURE = 2
    DUE = 3
    STATUS = 4
    UNSENT = 5


_CAPTIONS: Final = {
    Column.CODE: N_("Dossier code"),
    Column.APPLICANT: N_("Applicant"),
    Column.PROCEDURE: N_("Procedure"),
    Column.DUE: N_("Due"),
    Column.STATUS: N_("Status"),
}


class Line(Struct, frozen=True, kw_only=True):
    """One dossier in the words of the list, ready to be painted."""

    row: DossierRow
    texts: tuple[str, str, str, str]
    due: Tag | None
    status: Tag
    whole_due: str


class DossierModel(QAbstractTableModel):
    """Shows a `Listing`; asks for a page of its rows when one of them is first looked at."""

    page_wanted = Signal(object)  # the ids of a page

    def __init__(self) -> None:
        super().__init__()
        self._listing: Listing | None = None
        self._lines: dict[int, Line] = {}
        self._asked: set[int] = set()
        self._wanted: list[int] = []
        # After the painting that has missed them: the answer may change what is painted.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    def show_listing(self, listing: Listing) -> None:
        """Show other lines, or the same with more of their rows."""
        before, self._listing = self._listing, listing
        if listing is before:
            return
        self._lines.clear()
        self._asked.clear()
        if before is None or (before.ids is not listing.ids and before.ids != listing.ids):
            self.beginResetModel()
            self.endResetModel()
        elif listing.ids:
            last = self.index(len(listing.ids) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def id_at(self, place: int) -> int:
        """Return which dossier stands in a line."""
        assert self._listing is not None
        return self._listing.ids[place]

    def place_of(self, row_id: int | None) -> int:
        """Return in which line a dossier stands, -1 if in none."""
        ids = self._listing.ids if self._listing else ()
        return ids.index(row_id) if row_id in ids else -1

    def line_at(self, place: int) -> Line | None:
        """Return a line; nothing as long as its page has not come, but it has been asked for."""
        if self._listing is None:
            return None
        row_id = self._listing.ids[place]
        if (line := self._lines.get(row_id)) is not None:
            return line
        if (row := self._listing.rows.get(row_id)) is None:
            self._want(place // PAGE)
            return None
        line = self._lines[row_id] = _line(row, self._listing.now)
        return line

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many dossiers there are."""
        return 0 if parent.isValid() or self._listing is None else len(self._listing.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many things are told of each."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return what screen readers and tooltips say; painting does not pass here."""
        if role not in {_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole}:
            return None
        line = self.line_at(index.row())
        if line is None:
            return "…" if role == _ROLE.DisplayRole else None
        return _words(line, Column(index.column()), whole=role != _ROLE.DisplayRole)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        """Return the caption of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == _ROLE.DisplayRole:
            return _(_CAPTIONS.get(Column(section), ""))
        return None

    def _want(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self._wanted.append(page)
            self._soon.start()

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        ids = self._listing.ids if self._listing else ()
        for page in wanted:
            if asked := ids[page * PAGE : (page + 1) * PAGE]:
                self.page_wanted.emit(asked)


def _line(row: DossierRow, now: datetime) -> Line:
    due_at = row.due_at.astimezone(now.tzinfo) if row.due_at else None
    due = due_tag(
        due_at, now, row.status, finished_at=row.finished_at or row.returned_at, voided=row.voided
    )
    texts = (
        row.code or "—",
        row.applicant_name or "—",
        law(row.procedure_name) or "—",
        format_date(due_at) if due_at else "—",
    )
    return Line(
        row=row,
        texts=texts,
        due=due,
        status=status_tag(row.status, voided=row.voided),
        whole_due=format_instant(due_at) if due_at else _("No due date"),
    )


def _words(line: Line, column: Column, *, whole: bool) -> str:
    match column:
        case Column.STATUS:
            return f"{line.row.status}" if whole and line.row.status else line.status.text
        case Column.UNSENT:
            return _("Not sent yet; kept safely at this desk") if line.row.unsent else ""
        case Column.DUE:
            shown = line.whole_due if whole else line.texts[column]
            return f"{shown} – {line.due.text}" if line.due else shown
        case _:
            return line.texts[column]
