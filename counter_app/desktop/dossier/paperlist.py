"""A list of papers in an entry: which are meant, how many of each, and others written below."""

from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLayout, QLineEdit, QWidget

from counter_app.desktop import theme
from counter_app.desktop.dossier.asking import Ask, PaperLine, Value
from counter_app.desktop.widgets.basics import button, clear, column, label, row
from counter_app.desktop.widgets.paper_words import PaperWords, count_width
from counter_app.desktop.widgets.steady import SteadySpin
from counter_app.domain.intake_check import MOST_PAPERS
from counter_app.i18n import _, law

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}

_DIGITS: Final = "000000"  # that a box for a number has room for


class _PaperRow(QFrame):
    changed = Signal(object)

    def __init__(self, paper: PaperLine) -> None:
        super().__init__()
        self._paper = paper
        name = paper.name if paper.free else law(paper.name)
        self.box = QCheckBox()
        self.box.setProperty("role", "bare")  # its words stand beside it, over several lines
        self.box.setAccessibleName(name)
        words = PaperWords(name, self.box)
        self.originals = self._spin(_("Originals of {paper}").format(paper=name))
        self.copies = self._spin(_("Copies of {paper}").format(paper=name))
        line = row(self.box, words, self.originals, self.copies, into=self, spacing=8)
        line.setContentsMargins(2, 2, 0, 2)
        line.setStretch(1, 1)
        for widget in (self.box, self.originals, self.copies):
            line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self.show_paper(paper)
        self.box.toggled.connect(lambda on: self.changed.emit(replace(self._paper, ticked=on)))

    def show_paper(self, paper: PaperLine) -> None:
        """Say whether it is meant, and how many."""
        self._paper = paper
        parts = (self.box, self.originals, self.copies)
        for part in parts:
            part.blockSignals(True)
        self.box.setChecked(paper.ticked)
        self.originals.setValue(paper.originals)
        self.copies.setValue(paper.copies)
        for spin in (self.originals, self.copies):
            spin.setEnabled(paper.ticked)
        for part in parts:
            part.blockSignals(False)

    def _spin(self, name: str) -> SteadySpin:
        spin = SteadySpin(MOST_PAPERS)
        spin.setProperty("role", "count")
        spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        spin.setFixedWidth(count_width(spin, _DIGITS))
        spin.setAccessibleName(name)
        spin.valueChanged.connect(self._count)
        return spin

    def _count(self, _value: int) -> None:
        counted = replace(self._paper, originals=self.originals.value(), copies=self.copies.value())
        self.changed.emit(counted)


class PapersField(QWidget):
    """A list of papers. Arrows go from one to the next, Space ticks, F9 ticks all."""

    edited = Signal(str, object)
    written = Signal(str, str)
    all_ticked = Signal()

    def __init__(self, ask: Ask, _screen: QWidget) -> None:
        super().__init__()
        self._id = ask.id
        self._lines: tuple[PaperLine, ...] = ()
        self.rows: list[_PaperRow] = []
        self._rows = column(spacing=2)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.all = button(_("All (F9)"), self.all_ticked.emit, role="link")
        self.all.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is nearer than its place
        counts = [label(_("Originals"), "muted"), label(_("Copies"), "muted")]
        for caption in counts:
            caption.setFixedWidth(count_width(caption, _DIGITS))
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = label(f"{ask.caption} *", wrap=theme.is_large())
        if theme.is_large():
            head: QLayout = column(name, row(self.all, 1, *counts, spacing=8), spacing=2)
        else:
            head = row(name, 1, self.all, *counts, spacing=8)
        self.other = QLineEdit()
        self.other.setPlaceholderText(_("Another paper: type its name, then Enter"))
        self.other.setAccessibleName(_("Another paper"))
        self.other.returnPressed.connect(self._write)
        column(head, self._rows, self.other, self._problem, into=self, spacing=4)

    def show_value(self, value: Value, _ask: Ask) -> None:
        """Say which papers there are, and which of them are meant."""
        lines = value if isinstance(value, tuple) else ()
        if [line.id for line in lines] != [line.id for line in self._lines]:
            self._list_anew(lines)
        self._lines = lines
        for shown, line in zip(self.rows, lines, strict=True):
            shown.show_paper(line)
        self.all.setVisible(bool(lines))
        self.setFocusProxy(self.rows[0].box if self.rows else self.other)

    def begin(self) -> None:
        """Take the cursor."""
        (self.rows[0].box if self.rows else self.other).setFocus(Qt.FocusReason.TabFocusReason)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the list."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def set_note(self, _text: str) -> None:
        """Say nothing: a list speaks for itself."""
        self.set_problem("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows and Enter go from one paper to the next."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if plain and (step := _STEPS.get(Qt.Key(event.key()))):
                here = next(i for i, each in enumerate(self.rows) if each.box is watched)
                places = [*(each.box for each in self.rows), self.other]
                places[max(here + step, 0)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _list_anew(self, lines: tuple[PaperLine, ...]) -> None:
        clear(self._rows)
        self.rows = []
        for line in lines:
            made = _PaperRow(line)
            made.changed.connect(self._change)
            made.box.installEventFilter(self)
            self._rows.addWidget(made)
            self.rows.append(made)
        before: QWidget = self
        for made in self.rows:
            for part in (made.box, made.originals, made.copies):
                if before is not self:
                    QWidget.setTabOrder(before, part)
                before = part
        if before is not self:
            QWidget.setTabOrder(before, self.other)

    def _change(self, changed: PaperLine) -> None:
        lines = tuple(changed if line.id == changed.id else line for line in self._lines)
        self.edited.emit(self._id, lines)

    def _write(self) -> None:
        typed = self.other.text()
        if typed.strip():
            self.other.clear()
            self.written.emit(self._id, typed)
        else:
            self.other.focusNextChild()
