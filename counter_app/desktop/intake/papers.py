"""The checklist of papers: nothing is ticked but by the officer who has seen it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from counter_app.desktop import theme
from counter_app.desktop.intake.state import IntakeState, PaperRow
from counter_app.desktop.intake.words import paper_words
from counter_app.desktop.widgets.basics import button, clear, column, label, row, set_tone, tag
from counter_app.desktop.widgets.paper_words import PaperWords, count_width
from counter_app.desktop.widgets.steady import SteadySpin
from counter_app.domain.intake_check import MOST_PAPERS
from counter_app.i18n import _, law

_ROW_MARGIN = 10  # behind the last box
_LEAST_HEIGHT = 40  # pixels of the list, when much stands above the form

_DIGITS = "0000000"  # that a box for a number has room for


class PaperLine(QFrame):
    """One paper: a box to tick, its name, and how many originals and copies there are."""

    ticked = Signal(str, bool)
    counted = Signal(str, int, int)

    def __init__(self, paper: PaperRow) -> None:
        super().__init__()
        component = paper.component
        self.id = component.id
        self.box = QCheckBox()
        self.box.setProperty("role", "bare")  # its words stand beside it, over several lines
        self.box.setAccessibleName(law(component.name))
        self.box.setAccessibleDescription(paper_words(component))
        self.name = PaperWords(law(component.name), self.box)
        self.about = label(paper_words(component), "muted", wrap=True)
        if not self.about.text():  # to show what has no place yet would make it a window
            self.about.hide()
        self.problem = label("", "problem", wrap=True)
        self.originals = self._spin(_("Originals of {paper}"), law(component.name))
        self.copies = self._spin(_("Copies of {paper}"), law(component.name))
        words = column(self.name, self.about, self.problem, spacing=0)
        line = row(self.box, words, self.originals, self.copies, into=self, spacing=8)
        line.setContentsMargins(4, 3, _ROW_MARGIN, 3)
        line.setStretch(1, 1)
        for widget in (self.box, self.originals, self.copies):
            line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.box)
        self.box.toggled.connect(lambda on: self.ticked.emit(self.id, on))
        self.show_paper(paper, "")

    @property
    def stations(self) -> tuple[QWidget, ...]:
        """Return where Tab stops."""
        return self.box, self.originals, self.copies

    def show_paper(self, paper: PaperRow, problem: str) -> None:
        """Say whether it is there, how often, and what is wrong."""
        for widget in (self.box, self.originals, self.copies):
            widget.blockSignals(True)
        self.box.setChecked(paper.given)
        self.originals.setValue(paper.originals)
        self.copies.setValue(paper.copies)
        for spin in (self.originals, self.copies):
            spin.setEnabled(paper.given)
        for widget in (self.box, self.originals, self.copies):
            widget.blockSignals(False)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _spin(self, caption: str, name: str) -> SteadySpin:
        spin = SteadySpin(MOST_PAPERS)
        spin.setProperty("role", "count")
        spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        spin.setFixedWidth(count_width(spin, _DIGITS))
        spin.setAccessibleName(caption.format(paper=name))
        spin.valueChanged.connect(self._count)
        return spin

    def _count(self, _value: int) -> None:
        self.counted.emit(self.id, self.originals.value(), self.copies.value())


class Checklist(QFrame):
    """The third card. Arrows go from paper to paper, Space ticks, F9 ticks all that must be."""

    ticked = Signal(str, bool)
    counted = Signal(str, int, int)
    all_ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.lines: dict[str, PaperLine] = {}
        self._shown: tuple[object, ...] = ()
        self.counter = tag("")
        every = _("All required papers are here (F9)")
        words = _("All are here (F9)") if theme.is_large() else every
        self.all = button(words, self.all_ticked.emit, symbol="clipboard-check")
        # The button's own shortcut would act a tenth of a second later: after the next key.
        QShortcut(QKeySequence("F9"), self, self.all_ticked.emit)
        self.all.setToolTip(every)
        self.empty = label(
            _("Choose a procedure, and the papers it asks for are listed here."), "muted", wrap=True
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        self._list: QVBoxLayout = column(into=inside, spacing=2)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setMinimumHeight(_LEAST_HEIGHT)
        self.area.setWidget(inside)
        self._captions = self._head()
        whole = column(
            row(label(_("3. Papers"), "heading"), self.counter, 1, self.all),
            self.empty,
            self._captions,
            self.area,
            into=self,
            margin=14,
            spacing=4,
        )
        whole.setStretch(1, 1)
        whole.setStretch(3, 1)

    def show_state(self, state: IntakeState, problems: dict[str, str]) -> None:
        """Say which papers are asked for, and which are there."""
        asked = tuple(row.component for row in state.papers)
        if asked != self._shown:
            self._shown = asked
            self._list_anew(state.papers)
        for paper in state.papers:
            line = self.lines[paper.component.id]
            line.show_paper(paper, problems.get(f"components.{paper.component.id}", ""))
        self.empty.setVisible(not state.papers)
        for widget in (self._captions, self.area, self.counter, self.all):
            widget.setVisible(bool(state.papers))
        said = "{count}/{all}" if theme.is_large() else _("{count} of {all} required")
        self.counter.setText(said.format(count=state.attested, all=state.required))
        set_tone(self.counter, "good" if state.attested == state.required else "neutral")

    @property
    def stations(self) -> list[QWidget]:
        """Return where Tab stops, in the order in which they stand."""
        boxes = [part for line in self.lines.values() for part in line.stations]
        return [self.all, *boxes]

    def first_open(self) -> PaperLine:
        """Return the first paper that is not ticked, or the first; there is always one."""
        lines = list(self.lines.values())
        return next((line for line in lines if not line.box.isChecked()), lines[0])

    def focus_line(self, line: PaperLine) -> None:
        """Put the cursor on one paper, and have it in sight."""
        line.box.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows go from one paper to the next."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1}
            if step := steps.get(Qt.Key(event.key())):
                lines = list(self.lines.values())
                here = next(i for i, line in enumerate(lines) if line.box is watched)
                self.focus_line(lines[min(max(here + step, 0), len(lines) - 1)])
                return True
        return super().eventFilter(watched, event)

    def _list_anew(self, papers: tuple[PaperRow, ...]) -> None:
        clear(self._list)
        self.lines = {}
        required = [paper for paper in papers if paper.component.required]
        optional = [paper for paper in papers if not paper.component.required]
        for caption, group in ((_("Required"), required), (_("If there is one"), optional)):
            if group:
                self._list.addWidget(label(caption, "muted"))
            for paper in group:
                self._list.addWidget(self._line(paper))
        self._list.addStretch(1)

    def _line(self, paper: PaperRow) -> PaperLine:
        line = PaperLine(paper)
        line.ticked.connect(self.ticked)
        line.counted.connect(self.counted)
        line.box.installEventFilter(self)
        self.lines[line.id] = line
        return line

    def _head(self) -> QWidget:
        head = QWidget()
        captions = [label(_("Originals"), "muted"), label(_("Copies"), "muted")]
        for caption in captions:
            caption.setFixedWidth(count_width(caption, _DIGITS))
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = row(1, *captions, into=head, spacing=8)
        line.setContentsMargins(0, 0, _ROW_MARGIN, 0)
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(
            lambda _least, most: line.setContentsMargins(
                0, 0, _ROW_MARGIN + (bar.sizeHint().width() if most else 0), 0
            )
        )
        return head
