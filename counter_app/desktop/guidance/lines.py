"""What is missing, line by line: told or not, how many of it, and why."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from counter_app.desktop.guidance.state import MissingLine
from counter_app.desktop.widgets.basics import button, clear, column, label, row
from counter_app.desktop.widgets.field import set_text
from counter_app.desktop.widgets.once_shown import OnceShown
from counter_app.desktop.widgets.steady import SteadySpin
from counter_app.domain.intake_check import MOST_PAPERS
from counter_app.domain.text import nfc
from counter_app.i18n import _, law

_REASON_SHARE = 4  # of the width, to 5 of the name
_NAME_SHARE = 5
_EDGE = 10


class _Line(QFrame):
    """One thing to bring."""

    told = Signal(int, bool)
    changed = Signal(int, str, object)

    def __init__(self, place: int, line: MissingLine) -> None:
        super().__init__()
        self.place = place
        self.box = QCheckBox()
        self.box.setProperty("role", "bare")
        self.name: QWidget
        self._typed: QLineEdit | None = None
        if line.added:
            self.name = self._typed = QLineEdit()
            self._typed.setPlaceholderText(_("What is to be brought"))
            self._typed.textEdited.connect(lambda text: self._change("name", nfc(text)))
        else:
            self.name = label(law(line.paper.name), wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why, if it is not simply missing"))
        self.reason.textEdited.connect(lambda text: self._change("reason", nfc(text)))
        self.originals = self._spin()
        self.copies = self._spin()
        self.originals.valueChanged.connect(lambda n: self._change("originals", n))
        self.copies.valueChanged.connect(lambda n: self._change("copies", n))
        self.box.toggled.connect(lambda on: self.told.emit(self.place, on))
        parts = (self.box, self.name, self.originals, self.copies, self.reason)
        layout = row(*parts, into=self, spacing=8)
        layout.setContentsMargins(4, 2, _EDGE, 2)
        layout.setStretch(1, _NAME_SHARE)
        layout.setStretch(4, _REASON_SHARE)
        _let_the_shares_decide(self.name, self.reason)
        self.show_line(line)

    @property
    def first(self) -> QWidget:
        """Where the cursor goes: a line of one's own is typed first."""
        return self._typed or self.box

    def show_line(self, line: MissingLine) -> None:
        """Say what the line says."""
        paper = line.paper
        parts = (self.box, self.originals, self.copies)
        for part in parts:
            part.blockSignals(True)
        self.box.setChecked(line.told)
        self.originals.setValue(paper.originals)
        self.copies.setValue(paper.copies)
        for part in parts:
            part.blockSignals(False)
        if self._typed is not None and nfc(self._typed.text()) != paper.name:
            set_text(self._typed, paper.name)
        if nfc(self.reason.text()) != paper.reason:
            set_text(self.reason, paper.reason)
            self.reason.setCursorPosition(0)
        name = law(paper.name) or _("A line of one's own")
        self.box.setAccessibleName(name)
        self.originals.setAccessibleName(_("Originals of {paper}").format(paper=name))
        self.copies.setAccessibleName(_("Copies of {paper}").format(paper=name))
        self.reason.setAccessibleName(_("Reason: {paper}").format(paper=name))

    def _change(self, field: str, value: object) -> None:
        self.changed.emit(self.place, field, value)

    def _spin(self) -> QSpinBox:
        spin = SteadySpin(MOST_PAPERS)
        spin.setProperty("role", "count")
        spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        spin.setFixedWidth(_spin_width(spin))
        return spin


class MissingLines(QWidget):
    """All that will stand on the paper; arrows go from line to line, Space leaves one out."""

    told = Signal(int, bool)
    changed = Signal(int, str, object)
    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []
        self._shape: list[tuple[bool, str]] | None = None
        inside = QWidget()
        self._list = column(into=inside, spacing=2)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.add = button(_("&Another line"), self.added.emit, role="link", symbol="plus")
        self.nothing = label(
            _("Nothing is missing: it can be received. Go back (Esc) and press Ctrl+Enter there."),
            "hint",
            wrap=True,
        )
        self._head = self._captions()
        whole = column(self.nothing, self._head, self.area, row(self.add, 1), into=self, spacing=4)
        whole.setStretch(2, 1)
        self.nothing.hide()  # or the window makes room for it once, and keeps that

    def show_lines(self, lines: Sequence[MissingLine]) -> None:
        """Show these lines."""
        shape = [(line.added, "" if line.added else line.paper.name) for line in lines]
        if shape != self._shape:
            self._shape = shape
            self._list_anew(lines)
        for shown, line in zip(self.lines, lines, strict=True):
            shown.show_line(line)
        self.nothing.setVisible(not lines)
        self._head.setVisible(bool(lines))
        self.setFocusProxy(self.lines[0].first if self.lines else self.add)

    def focus_last(self) -> None:
        """Put the cursor into the line that was begun last."""
        if self.lines:
            self.lines[-1].first.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(self.lines[-1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows go from one line to the next."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1}
            if step := steps.get(Qt.Key(event.key())):
                here = next(i for i, line in enumerate(self.lines) if line.box is watched)
                line = self.lines[min(max(here + step, 0), len(self.lines) - 1)]
                line.box.setFocus(Qt.FocusReason.TabFocusReason)
                self.area.ensureWidgetVisible(line)
                return True
        return super().eventFilter(watched, event)

    def _list_anew(self, lines: Sequence[MissingLine]) -> None:
        clear(self._list)
        self.lines = []
        for place, line in enumerate(lines):
            made = _Line(place, line)
            made.told.connect(self.told)
            made.changed.connect(self.changed)
            made.box.installEventFilter(self)
            self.lines.append(made)
            self._list.addWidget(made)
        self._list.addStretch(1)

    def _captions(self) -> QWidget:
        head = QWidget()
        numbers = [label(_("Originals"), "muted"), label(_("Copies"), "muted")]
        for caption in numbers:
            caption.setFixedWidth(_spin_width(caption))
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name, reason = label(_("To be brought"), "muted"), label(_("Reason"), "muted")
        _let_the_shares_decide(name, reason)
        box = QCheckBox(head)  # unseen: each line has one, and the captions keep its place free
        box.setProperty("role", "bare")
        box.hide()
        line = row(name, *numbers, reason, into=head, spacing=8)
        line.setStretch(0, _NAME_SHARE)
        line.setStretch(3, _REASON_SHARE)
        bar = self.area.verticalScrollBar()

        def keep_free() -> None:
            left = 4 + box.sizeHint().width() + line.spacing()
            right = _EDGE + (bar.sizeHint().width() if bar.maximum() else 0)
            line.setContentsMargins(left, 0, right, 0)

        bar.rangeChanged.connect(lambda _least, _most: keep_free())
        OnceShown(head, keep_free)
        return head


def _let_the_shares_decide(*widgets: QWidget) -> None:
    """Have no words widen a column: captions and lines are to stand one below the other."""
    for widget in widgets:
        policy = widget.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        widget.setSizePolicy(policy)


def _spin_width(widget: QWidget) -> int:
    """Return how wide a box for a number of papers is, in pixels."""
    letters = widget.fontMetrics()
    captions = max(letters.horizontalAdvance(words) for words in (_("Originals"), _("Copies")))
    return max(captions, letters.horizontalAdvance("0000000"))
