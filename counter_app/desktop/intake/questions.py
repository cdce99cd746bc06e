"""What the procedure asks for: a field for each question, seen only while it is asked."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.desktop import theme
from counter_app.desktop.intake.entering import shown_rows
from counter_app.desktop.intake.group import GroupTable
from counter_app.desktop.intake.inputs import Choice, Input, PlaceInput, field_for, show_answer
from counter_app.desktop.intake.person import PersonFields
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.widgets.basics import clear, hold_together
from counter_app.desktop.widgets.field import Field
from counter_app.domain.party import Party
from counter_app.domain.question import Question
from counter_app.i18n import law

_COLUMNS = 12
_NEEDS = {"text": 5, "choice": 4, "date": 3, "number": 3}  # columns
_PER_LETTER = 0.16  # columns, of a field's name
_LONG = 32  # letters of an answer; more are not read whole in half the width


class Questions(QWidget):
    """The fields of one procedure's questions, of whatever kind they are."""

    edited = Signal(str, str)
    left = Signal(str)
    address_taken = Signal(int)
    row_added = Signal(str, int)
    row_removed = Signal(str, int)

    def __init__(self, screen: QWidget) -> None:
        super().__init__()
        self._screen = screen
        self._asked: tuple[str, int] | None = None
        self._shown: tuple[str, ...] = ()
        self._questions: tuple[Question, ...] = ()
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)

    @property
    def fields(self) -> dict[str, Field]:
        """Return all fields by their paths, those of persons and rows too."""
        found = {f"answers.{name}": field for name, field in self._fields.items()}
        for editor in self._editors():
            if isinstance(editor, PersonFields | GroupTable):
                found |= editor.fields
        return found

    @property
    def people(self) -> list[PersonFields]:
        """Return the fields of the persons that are asked for now."""
        return [editor for editor in self._editors() if isinstance(editor, PersonFields)]

    @property
    def stations(self) -> list[QWidget]:
        """Return where Tab stops, in the order in which they stand."""
        stations: list[QWidget] = []
        for editor in self._editors():
            if isinstance(editor, GroupTable):
                stations += editor.stations
            elif isinstance(editor, PersonFields):
                stations += [field.editor for field in editor.in_order]
            else:
                stations.append(editor)
        return stations

    @property
    def place_inputs(self) -> list[PlaceInput]:
        """Return the fields that are completed from the list of communes."""
        found: list[PlaceInput] = []
        for name in self._shown:
            field = self._fields[name]
            if isinstance(field, PlaceInput):
                found.append(field)
            elif isinstance(field.editor, GroupTable):
                found += field.editor.place_inputs
            elif isinstance(field.editor, PersonFields):
                found.append(field.editor.address)
        return found

    def show_state(self, state: IntakeState) -> None:
        """Ask what is asked, and say what was answered."""
        procedure = state.procedure
        asked = (procedure.code, procedure.version) if procedure else None
        if asked != self._asked:
            self._asked = asked
            self._ask(procedure.question if procedure else ())
        answers = state.intake.answers
        shown = procedure.questions_of(answers) if procedure else ()
        for question in shown:
            self._show_answer(question, state)
        if tuple(question.id for question in shown) != self._shown:
            self._shown = tuple(question.id for question in shown)
            self._arrange(shown)
        for place in self.place_inputs:
            place.offer(state.addresses if state.addresses_for == place.path else ())

    def _editors(self) -> list[QWidget]:
        return [self._fields[name].editor for name in self._shown]

    def _show_answer(self, question: Question, state: IntakeState) -> None:
        field = self._fields[question.id]
        answer = state.intake.answers.get(question.id, question.default)
        if isinstance(field.editor, GroupTable):
            field.editor.show_rows(shown_rows(state.intake, question))
        elif isinstance(field.editor, PersonFields):
            field.editor.show_person(answer if isinstance(answer, Party) else Party())
        elif isinstance(field, Input | Choice):
            said = answer if isinstance(answer, str | int) else ""
            show_answer(field, question, str(said))

    def _ask(self, questions: tuple[Question, ...]) -> None:
        clear(self._grid)
        for field in self._fields.values():
            field.deleteLater()  # those that were hidden stand in no layout
        self._shown = ()
        self._fields = {question.id: self._make(question) for question in questions}

    def _make(self, question: Question) -> Field:
        path = f"answers.{question.id}"
        if question.type == "person":
            return self._person(question, path)
        if question.type == "group":
            return self._group(question)
        made = field_for(question, path, self._screen)
        made.setParent(self)
        made.hide()
        made.edited.connect(self.edited)
        if isinstance(made, Input):
            made.left.connect(self.left)
        if isinstance(made, PlaceInput):
            made.taken.connect(self.address_taken)
        return made

    def _person(self, question: Question, path: str) -> Field:
        person = PersonFields(path, self._screen, asks="person")
        person.edited.connect(self.edited)
        person.left.connect(self.left)
        person.address_taken.connect(self.address_taken)
        return self._framed(question, person)

    def _group(self, question: Question) -> Field:
        table = GroupTable(question, self._screen)
        table.edited.connect(self.edited)
        table.left.connect(self.left)
        table.address_taken.connect(self.address_taken)
        table.added.connect(self.row_added)
        table.removed.connect(self.row_removed)
        return self._framed(question, table)

    def _framed(self, question: Question, editor: QWidget) -> Field:
        hold_together(editor, editor.layout())
        field = Field(law(question.label), editor, required=question.required)
        field.setParent(self)
        field.hide()
        return field

    def _arrange(self, shown: Sequence[Question]) -> None:
        """Put the fields that are asked for side by side, without gaps."""
        for field in self._fields.values():
            self._grid.removeWidget(field)
        for row, line in enumerate(_lines(shown)):
            column = 0
            for question, wide in line:
                field = self._fields[question.id]
                top = Qt.AlignmentFlag.AlignTop
                self._grid.addWidget(field, row, column, 1, wide, alignment=top)
                column += wide
        for name, field in self._fields.items():
            field.setVisible(name in self._shown)


def _lines(shown: Sequence[Question]) -> list[list[tuple[Question, int]]]:
    """Return what stands side by side, each with its columns: as much as there is room for."""
    lines: list[list[Question]] = []
    for question in shown:
        line = lines[-1] if lines else []
        if not line or sum(map(_least, [*line, question])) > _COLUMNS:
            lines.append(line := [])
        line.append(question)
    return [_spread(line) for line in lines]


def _spread(line: Sequence[Question]) -> list[tuple[Question, int]]:
    """Return how a line is shared: evenly, or what is over goes to the first words."""
    least = [_least(question) for question in line]
    if len(line) == 1:
        return [(line[0], max(least[0], _COLUMNS // 2))]
    if len(set(least)) == 1:
        return [(question, _COLUMNS // len(line)) for question in line]
    written = next((i for i, each in enumerate(line) if each.type == "text"), 0)
    least[written] += _COLUMNS - sum(least)
    return list(zip(line, least, strict=True))


def _least(question: Question) -> int:
    """Return how many columns the field needs for its answer, and for its name in one line."""
    if _is_wide(question) or theme.is_large():
        return _COLUMNS
    named = len(law(question.label)) + 2 * question.required
    return min(max(_NEEDS[question.type], ceil(named * _PER_LETTER)), _COLUMNS // 2)


def _is_wide(question: Question) -> bool:
    """Say whether it takes the whole width: rows, particulars, addresses, sentences."""
    wide = question.type in {"person", "group", "place"}
    return wide or any(len(law(choice.label)) > _LONG for choice in question.choices)
