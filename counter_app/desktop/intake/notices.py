"""What stands above the form: the list of problems, and what has just been registered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.icons import icon
from counter_app.desktop.intake.words import due_words, summary_heading, summary_words
from counter_app.desktop.widgets.basics import button, clear, column, label, row, set_tone
from counter_app.domain.dossier import Dossier
from counter_app.domain.intake_check import Problem
from counter_app.i18n import _

_LINES_IN_SIGHT = 3  # two where letters are large


class ProblemList(QFrame):
    """Each problem is a link that leads to its field; the same words stand beside the field."""

    followed = Signal(str)
    solved = Signal()
    """The one under the cursor is no more: the cursor needs another place."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_tone(self, "danger")
        self.links: list[QPushButton] = []
        self._problems: tuple[Problem, ...] = ()
        self._heading = label("", "heading", wrap=True)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        head = row(_symbol("circle-alert", theme.worn().danger), self._heading)
        head.setStretch(1, 1)
        column(head, self._scroll, into=self, margin=8, spacing=2)
        self.hide()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """List `problems`; go away when there are none."""
        had_focus = any(link.hasFocus() for link in self.links)
        if problems != self._problems:
            self._problems = problems
            self._list_anew()
        self.setVisible(bool(problems))
        if had_focus and not any(link.hasFocus() for link in self.links):
            self.solved.emit()

    def focus_first(self) -> None:
        """Put the cursor on the first link."""
        if self.links:
            self.links[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _list_anew(self) -> None:
        clear(self._grid)
        self.links = []
        self._heading.setText(summary_heading(self._problems))
        most = _LINES_IN_SIGHT - theme.is_large()
        columns = 1 if len(self._problems) <= most or theme.is_large() else 2
        for number, problem in enumerate(self._problems):
            link = _Link(summary_words(problem), problem.field)
            link.clicked.connect(lambda _on=False, path=problem.field: self.followed.emit(path))
            self._grid.addWidget(link, number // columns, number % columns)
            self.links.append(link)
        lines = min(-(-len(self.links) // columns), most)
        height = self.links[0].sizeHint().height() if self.links else 0
        self._scroll.setFixedHeight(lines * height + 2)


class RegisteredBanner(QFrame):
    """Code and due date of what has just been registered, large enough to be read out."""

    opened = Signal()
    printed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_tone(self, "good")
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.due = label("", "heading", wrap=True)
        words = column(label(_("Registered"), "plain"), self.code, spacing=0)
        whole = row(
            _symbol("check", theme.worn().good, size=32),
            words,
            self.due,
            button(_("Open the dossier"), self.opened.emit, role="link"),
            button(_("Print the receipt again"), self.printed.emit, role="link"),
            into=self,
            margin=10,
            spacing=18,
        )
        whole.setStretch(2, 1)
        self.hide()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Say what was registered, or nothing."""
        self.setVisible(dossier is not None)
        if dossier is not None:
            self.code.setText(dossier.code)
            self.code.setAccessibleName(dossier.code)
            self.due.setText(due_words(dossier.due_at))


class _Link(QPushButton):
    """A link as wide as its place: the names of papers are sentences."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setAutoDefault(True)  # Enter follows a link, as Space does
        self.path = path
        self._text = text

    def resizeEvent(self, _event: object) -> None:
        """Cut the words to the width there is."""
        room = self.width() - 2 * self.fontMetrics().horizontalAdvance("0")
        cut = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(cut.replace("&", "&&"))


def _symbol(name: str, colour: str, *, size: int = 20) -> QLabel:
    made = QLabel()
    made.setPixmap(icon(name, colour).pixmap(size, size))
    return made
