"""The certification counter on the screen: a person, one line to type in, and what it comes to."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from counter_app.desktop import theme
from counter_app.desktop.batch.counter import CounterState
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.desktop.widgets.line_table import Lines, LineTable
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.desktop.wording import sentence_case
from counter_app.i18n import N_, _, format_count, format_money, law, ngettext

_CAPTIONS: Final = (N_("Line"), N_("Pages"), N_("Copies"), N_("Fee"), "")
_LEFT, _RIGHT = 11, 7  # how the columns share the width


class CounterView(QWidget):
    """Shows a CounterState."""

    chosen = Signal(str)
    edited = Signal(str, str)
    added = Signal()
    removed = Signal(int)
    submitted = Signal()
    renewed = Signal()

    def __init__(self) -> None:
        super().__init__()
        body = row(self._left(), self._right(), into=self, spacing=12)
        body.setStretch(0, _LEFT)
        body.setStretch(1, _RIGHT)
        self.setFocusProxy(self.name.editor)

    def show_counter(self, state: CounterState) -> None:
        """Make the widgets say what `state` says."""
        offered = [(c.procedure.code, law(c.procedure.name)) for c in state.countings]
        counting = state.counting
        set_choices(self.procedure_box, offered, counting.procedure.code if counting else "")
        self.procedure_box.setDisabled(bool(state.lines) or state.busy)
        for field, value in (
            (self.number_line, state.person.id_number),
            (self.name_line, state.person.full_name),
            (self.pages_line, state.pages),
            (self.copies_line, state.copies),
            (self.tendered_line, state.tendered),
        ):
            if field.text().strip() != value:
                set_text(field, value)
        wrong = {problem.field: problem.sentence for problem in state.problems}
        self.name.set_problem(wrong.get("applicant.full_name", ""))
        self.number.set_problem(wrong.get("applicant.id_number", ""))
        self.pages.setVisible(counting is None or bool(counting.pages))
        self._table.show_lines(_lines(state))
        self._show_money(state)
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        self.finish.setDisabled(state.busy)

    def focus_on(self, place: str) -> None:
        """Put the cursor into "person", "pages", "copies" or "tendered"."""
        there = {
            "person": self.name_line,
            "pages": self.pages_line,
            "copies": self.copies_line,
            "tendered": self.tendered_line,
        }[place]
        there.setFocus(Qt.FocusReason.TabFocusReason)
        there.selectAll()

    def _left(self) -> QFrame:
        self.procedure_box = SteadyCombo()
        self.procedure_box.activated.connect(
            lambda place: self.chosen.emit(self.procedure_box.itemData(place))
        )
        self.procedure = Field(_("What is cer&tified"), self.procedure_box)
        self.number_line, self.name_line = QLineEdit(), QLineEdit()
        self.number = Field(sentence_case(_("ID number")), self.number_line)
        self.name = Field(_("Full &name"), self.name_line, required=True)
        self._tell(self.number_line, "id_number")
        self._tell(self.name_line, "full_name")
        for line in (self.number_line, self.name_line):
            line.returnPressed.connect(self._on_from_person)
        people = row(self.number, self.name, spacing=10)
        people.setStretch(1, 1)
        self.pages_line, self.copies_line = QLineEdit(), QLineEdit()
        self.pages = Field(_("&Pages of the original"), self.pages_line)
        self.copies = Field(_("C&opies"), self.copies_line)
        self._tell(self.pages_line, "pages")
        self._tell(self.copies_line, "copies")
        for line in (self.pages_line, self.copies_line):
            line.returnPressed.connect(self.added)
        add = button(_("&Add (Enter)"), self.added.emit, symbol="plus")
        entry = row(self.pages, self.copies, column(1, add), 1, spacing=10)
        self._table = Lines(_CAPTIONS, right=(0, 1, 2, 3), total=False)
        samples = ("000", "000.000", "000.000", "000.000.000 ₫", None)
        self.lines = LineTable(_("Documents"), self._table, samples=samples)
        delete = QShortcut(QKeySequence("Del"), self.lines, self._remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        words = _("Enter: next line, with as many copies. A line is taken out again by Delete.")
        self.lines.setToolTip(words)
        # Where letters are large, the lines need the room.
        hint = [] if theme.is_large() else [label(words, "muted", wrap=True)]
        frame = card(self.procedure, people, entry, self.problem, self.lines, *hint, spacing=10)
        frame.layout().setStretch(4, 1)  # type: ignore[union-attr]
        return frame

    def _right(self) -> QFrame:
        self.count = label("", "muted")
        self.total = _large_sum()
        self.total.setAccessibleName(_("Fee of all lines"))
        self.tendered_line = QLineEdit()
        self.tendered = Field(_("Put on the &desk (₫)"), self.tendered_line)
        self._tell(self.tendered_line, "tendered")
        self.tendered_line.returnPressed.connect(self.submitted)
        self.change = label("", "number")
        self.finish = button(
            _("&Certify and take the money (Ctrl+Enter)"), self.submitted.emit, role="primary"
        )
        words = _("Received, handed back certified and paid in cash, without another question.")
        self.finish.setToolTip(words)
        meaning = [] if theme.is_large() else [label(words, "muted", wrap=True)]
        renew = button(_("Another citizen (Ctrl+N)"), self.renewed.emit, role="link")
        return card(
            label(_("Fee of all lines"), "heading"),
            self.total,
            self.count,
            self.tendered,
            row(label(_("Change"), "muted"), self.change, 1, spacing=14),
            1,
            *meaning,
            self.finish,
            row(renew, 1),
            spacing=10,
        )

    def _tell(self, line: QLineEdit, field: str) -> None:
        line.textEdited.connect(lambda text: self.edited.emit(field, text))

    def _on_from_person(self) -> None:
        self.focus_on("pages" if self.pages.isVisible() else "copies")

    def _remove(self) -> None:
        self.removed.emit(self.lines.currentIndex().row())

    def _show_money(self, state: CounterState) -> None:
        unknown = state.total is None
        said = _("set by the province, not entered here")
        self.total.setText(said if unknown else format_money(state.total or 0))
        count = sum(line.copies for line in state.lines)
        words = ngettext("{count} copy", "{count} copies", count)
        self.count.setText(words.format(count=format_count(count)))
        self.change.setText("—" if state.change is None else format_money(state.change))


def _lines(state: CounterState) -> list[tuple[str, ...]]:
    by_page = state.counting is None or bool(state.counting.pages)
    return [
        (
            str(number),
            format_count(line.pages) if by_page else "",
            format_count(line.copies),
            _("not entered") if cost is None else format_money(cost),
            "",
        )
        for number, (line, cost) in enumerate(zip(state.lines, state.costs, strict=True), start=1)
    ]


def _large_sum() -> QLabel:
    made = label("", "number", wrap=True)
    made.setProperty("size", "large")
    return made
