"""What stands above the form: the list of problems, and what to look at before registering."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.icons import icon
from counter_app.desktop.intake.words import (
    left_out_words,
    same_words,
    summary_heading,
    summary_words,
)
from counter_app.desktop.widgets.basics import button, clear, column, label, row, set_tone
from counter_app.domain.fitting import LeftOut
from counter_app.domain.intake_check import Problem
from counter_app.i18n import _, ngettext
from counter_app.store.rows import DossierRow

_LINES_TOLD = 4  # of what was left out; the note takes all of it
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
        head = row(symbol("circle-alert", theme.worn().danger), self._heading)
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


class SameNotice(QFrame):
    """The same person has the same procedure open. It stops nobody who means it."""

    opened = Signal()
    insisted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_tone(self, "warning")
        self.words = label("", wrap=True)
        self.open = button(_("Open that dossier"), self.opened.emit, role="link")
        self.insist = button(
            _("Register all the same (Ctrl+Enter)"), self.insisted.emit, role="link"
        )
        sign = symbol("triangle-alert", theme.worn().warning)
        _banner(self, sign, self.words, (self.open, self.insist))
        self.hide()

    def show_same(self, same: DossierRow | None) -> None:
        """Say which dossier it is, or go away."""
        self.setVisible(same is not None)
        if same is not None:
            self.words.setText(same_words(same))
            self.words.setAccessibleName(same_words(same))


class LeftOutNotice(QFrame):
    """What was entered under an older version of the procedure and has no place any more."""

    noted = Signal()
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_tone(self, "warning")
        self.heading = label(
            _("The procedure has changed since this draft was begun. Please check it."), wrap=True
        )
        self.lines = label("", "muted", wrap=True)
        self.note = button(_("Put this into the note"), self.noted.emit, role="link")
        self.dismiss = button(_("Seen, leave it out"), self.dismissed.emit, role="link")
        sign = symbol("triangle-alert", theme.worn().warning)
        words = column(self.heading, self.lines, spacing=2)
        _banner(self, sign, words, (self.note, self.dismiss))
        self.hide()

    def show_left_out(self, left_out: tuple[LeftOut, ...]) -> None:
        """Say what it is, or go away."""
        self.setVisible(bool(left_out))
        lines = left_out_words(left_out)
        hidden = len(lines) - _LINES_TOLD
        if hidden > 0:
            more = ngettext("and {count} more", "and {count} more", hidden).format(count=hidden)
            lines = [*lines[:_LINES_TOLD], more]
        self.lines.setText("\n".join(lines))


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


def _banner(
    frame: QFrame, sign: QLabel, words: QWidget | QLayout, links: tuple[QPushButton, ...]
) -> None:
    """Put what can be done beside what is said, or below it where letters are large."""
    if theme.is_large():
        said = row(sign, words, spacing=10)
        said.setStretch(1, 1)
        column(said, row(*links, 1, spacing=4), into=frame, margin=8, spacing=4)
        return
    line = row(sign, words, *links, into=frame, margin=8, spacing=10)
    line.setStretch(1, 1)


def symbol(name: str, colour: str, *, size: int = 20) -> QLabel:
    """Return an icon as it stands before words."""
    made = QLabel()
    made.setPixmap(icon(name, colour).pixmap(size, size))
    return made
