"""A repeated group as a table: a line for each row, and all of it by the keyboard."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.desktop import theme
from counter_app.desktop.intake.inputs import Choice, Input, PlaceInput, field_for, show_answer
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.desktop.widgets.field import Field
from counter_app.desktop.widgets.once_shown import OnceShown
from counter_app.domain.question import AnswerRow, Part, Question, is_blank
from counter_app.i18n import _, law

_IN_A_LINE: Final = 4  # cells; more of them are no longer read in one line of the column
_IN_A_LARGE_LINE: Final = 2

Cell = Input | Choice


class GroupTable(QWidget):
    """The rows of one question. Ctrl+↓ leads to the next row, which is made; Ctrl+Del takes one.

    Signals tell the question, and which row: `added` before which one a new one is wanted.
    """

    edited = Signal(str, str)
    left = Signal(str)
    address_taken = Signal(int)
    added = Signal(str, int)
    removed = Signal(str, int)

    def __init__(self, question: Question, screen: QWidget) -> None:
        super().__init__()
        self._question = question
        self._screen = screen
        self._rows: Sequence[AnswerRow] = ()
        self.lines: list[_Line] = []
        self._columns = _IN_A_LARGE_LINE if theme.is_large() else _IN_A_LINE
        self.in_columns = len(question.part) <= self._columns
        self._list: QVBoxLayout = column(spacing=4)
        words = _("Add a row (Ctrl+↓)")
        self.add = button(words, self._add_at_end, role="link", symbol="plus")
        self.add.setAccessibleName(f"{law(question.label)}: {words}")
        self.counted = label("", "muted")
        whole = column(into=self, spacing=4)
        if self.in_columns:
            whole.addWidget(_Head(question.part))
        whole.addLayout(self._list)
        whole.addLayout(row(self.add, self.counted, 1))
        self.setFocusProxy(self.add)

    @property
    def fields(self) -> dict[str, Field]:
        """Return the cells by their paths."""
        return {cell.path: cell for line in self.lines for cell in line.cells}

    @property
    def stations(self) -> list[QWidget]:
        """Return where Tab stops, in the order in which they stand."""
        inside = [station for line in self.lines for station in line.stations]
        return [*inside, self.add]

    @property
    def place_inputs(self) -> list[PlaceInput]:
        """Return the cells that are completed from the list of communes."""
        return [cell for line in self.lines for cell in line.cells if isinstance(cell, PlaceInput)]

    def show_rows(self, rows: Sequence[AnswerRow]) -> None:
        """Say what stands in the rows."""
        self._rows = rows
        while len(self.lines) > len(rows):
            self._drop_line()
        while len(self.lines) < len(rows):
            self._make_line()
        for line, answers in zip(self.lines, rows, strict=True):
            for cell, part in zip(line.cells, self._question.part, strict=True):
                show_answer(cell, part, str(answers.get(part.id, "")))
        most = self._question.most_rows
        self.add.setVisible(len(rows) < most)
        self.counted.setText(_("{count} of at most {most}").format(count=len(rows), most=most))
        self.counted.setVisible(self._question.most is not None)
        if self.lines:
            self.setFocusProxy(self.lines[0].cells[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys go from row to row, make rows, and take them out."""
        if isinstance(event, QKeyEvent) and event.type() in {
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        }:
            act = self._act_of(watched, event)
            if act is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    act()
                return True
        return super().eventFilter(watched, event)

    def _act_of(self, watched: QObject, event: QKeyEvent) -> "partial[None] | None":
        place = self._place_of(watched)
        if place is None:
            return None
        line, cell = place
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        last = line == len(self.lines) - 1
        match Qt.Key(event.key()):
            case Qt.Key.Key_Down if control and not last:
                return partial(self._focus, line + 1, cell)
            case Qt.Key.Key_Down if control:
                return partial(self._add, line + 1, cell)
            case Qt.Key.Key_Up if control:
                return partial(self._focus, max(line - 1, 0), cell)
            case Qt.Key.Key_Delete if control:
                return partial(self._remove, line, cell)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if (
                event.modifiers() in {Qt.KeyboardModifier.NoModifier, _KEYPAD}
                and last
                and cell == len(self._question.part) - 1
                and not is_blank((self._rows[line],))
            ):
                return partial(self._add, line + 1, 0)
        return None

    def _place_of(self, watched: QObject) -> tuple[int, int] | None:
        for number, line in enumerate(self.lines):
            for place, cell in enumerate(line.cells):
                if watched is cell.editor or watched is getattr(cell, "line", None):
                    return number, place
        return None

    def _add(self, before: int, cell: int) -> None:
        if len(self.lines) < self._question.most_rows:
            self.added.emit(self._question.id, before)
            self._focus(before, cell)
        else:  # no room: on to what stands below
            self.lines[-1].cells[-1].editor.focusNextChild()

    def _add_at_end(self) -> None:
        self._add(len(self.lines), 0)

    def _remove(self, line: int, cell: int) -> None:
        self.removed.emit(self._question.id, line)
        self._focus(min(line, len(self.lines) - 1), cell)

    def _focus(self, line: int, cell: int) -> None:
        if 0 <= line < len(self.lines):
            self.lines[line].cells[cell].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _make_line(self) -> None:
        line = _Line(self._question, len(self.lines), self._screen, self._columns)
        for cell in line.cells:
            cell.edited.connect(self.edited)
            if isinstance(cell, Input):
                cell.left.connect(self.left)
                cell.line.installEventFilter(self)
            if isinstance(cell, PlaceInput):
                cell.taken.connect(self.address_taken)
            cell.editor.installEventFilter(self)
        line.gone.connect(lambda number=line.number: self._remove(number, 0))
        self.lines.append(line)
        self._list.addWidget(line)

    def _drop_line(self) -> None:
        line = self.lines.pop()
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()


_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


class _Line(QWidget):
    """One row: its number, its cells, what is wrong with them, and a button that takes it out."""

    gone = Signal()

    def __init__(self, question: Question, number: int, screen: QWidget, columns: int) -> None:
        super().__init__()
        self.number = number
        in_columns = len(question.part) <= columns
        self.cells: list[Cell] = []
        notes = column(spacing=2)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for place, part in enumerate(question.part):
            path = f"answers.{question.id}[{number}].{part.id}"
            cell = field_for(part, path, screen, caption=_in_row(part, number, in_columns))
            cell.say_in(notes)
            if in_columns:
                cell.hide_caption()
            self.cells.append(cell)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(cell, place // columns, place % columns, alignment=top)
        for place in range(min(columns, len(question.part))):
            grid.setColumnStretch(place, _weight(question.part[place]) if in_columns else 1)
        counter = label(str(number + 1), "muted")
        counter.setFixedWidth(_number_width(counter))
        self.remove = button("", self.gone.emit, role="link", symbol="x")
        words = _("Take row {row} out (Ctrl+Del)").format(row=number + 1)
        self.remove.setToolTip(words)
        self.remove.setAccessibleName(f"{law(question.label)}: {words}")
        line = row(counter, grid, self.remove, spacing=6)
        line.setStretch(1, 1)
        column(line, notes, into=self, spacing=2)

    @property
    def stations(self) -> list[QWidget]:
        """Return where Tab stops."""
        return [*(cell.editor for cell in self.cells), self.remove]


class _Head(QWidget):
    """The names of the columns, once above all rows."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        for place, part in enumerate(parts):
            words = law(part.label)
            name = label(f"{words} *" if part.required else words, "plain", wrap=True)
            name.setMinimumWidth(1)
            grid.addWidget(name, 0, place, alignment=Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(place, _weight(part))
        before, behind = QLabel(), button("", symbol="x", role="link")
        before.setFixedWidth(_number_width(before))
        line = row(before, grid, spacing=6, into=self)
        line.setStretch(1, 1)
        behind.setParent(self)  # unseen: each line has one, and the captions keep its place free
        OnceShown(self, partial(_keep_free, line, behind))


def _keep_free(line: QHBoxLayout, behind: QWidget) -> None:
    line.setContentsMargins(0, 0, behind.sizeHint().width() + 6, 0)


def _in_row(part: Part, number: int, in_columns: bool) -> str:
    """Return a cell's name: where no caption is seen, it is told with its row."""
    words = law(part.label)
    return _("{name}, row {row}").format(name=words, row=number + 1) if in_columns else words


def _weight(part: Part) -> int:
    """Return how wide a column is, beside the others."""
    return {"text": 4, "place": 5, "choice": 3, "date": 3, "number": 2}[part.type]


def _number_width(widget: QLabel) -> int:
    return widget.fontMetrics().horizontalAdvance("000")
