"""Shows an intake: person and procedure at the left, papers and what follows at the right."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.intake.hand_in import PeopleCard
from counter_app.desktop.intake.notices import LeftOutNotice, ProblemList, SameNotice
from counter_app.desktop.intake.papers import Checklist
from counter_app.desktop.intake.presenter import IntakePresenter
from counter_app.desktop.intake.procedure import ProcedureCard
from counter_app.desktop.intake.registered import RegisteredBanner
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.intake.words import hint_words, problem_words
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.field import Field, set_text
from counter_app.domain.intake import Intake
from counter_app.domain.text import nfc
from counter_app.i18n import _

QUIET_MS: Final = 1_000  # without typing, after which a draft is kept
_LEFT, _RIGHT = 11, 9  # how the columns share the width


class IntakeView(QWidget):
    """Shows an IntakeState."""

    edited = Signal(str, str)
    left = Signal(str)
    paused = Signal()
    submitted = Signal()
    saved = Signal()
    renewed = Signal()
    reached = Signal(str)
    """The cursor has come to the fields of this person, or of nobody."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Intake | None = None
        self._stations: list[QWidget] = []
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self.paused)
        self.problems = ProblemList()
        self.left_out = LeftOutNotice()
        self.same = SameNotice()
        self.registered = RegisteredBanner()
        self.procedure = ProcedureCard(self)
        self.papers = Checklist()
        self._scroll = self._left_column()
        right = self._right_column()
        body = row(self._scroll, right, spacing=12)
        body.setStretch(0, _LEFT)
        body.setStretch(1, _RIGHT)
        above = (self.problems, self.left_out, self.same, self.registered)
        whole = column(*above, body, into=self, spacing=10)
        whole.setStretch(len(above), 1)
        self._scroll.verticalScrollBar().valueChanged.connect(self._place_suggestions)
        self.problems.followed.connect(self.focus_on)
        self.problems.solved.connect(self.setFocus)  # back to where one was
        self.scrolling = (self._scroll, self.papers.area)
        self.procedure.edited.connect(self.edited)
        self.procedure.left.connect(self.left)
        for keys, signal in (
            ("Ctrl+Return", self.submitted),
            ("Ctrl+Enter", self.submitted),
            ("Ctrl+S", self.saved),
            ("Ctrl+N", self.renewed),
            ("Ctrl+D", self.registered.again),
            ("Ctrl+T", self.registered.served),
            ("Ctrl+M", self.registered.paid),
        ):
            # A key that is held down means it once: the second time says "all the same".
            QShortcut(QKeySequence(keys), self, signal.emit).setAutoRepeat(False)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_cursor)
        self.setFocusProxy(self.applicant.number)

    def show_state(self, state: IntakeState) -> None:
        """Make the widgets say what `state` says."""
        intake = state.intake
        self.problems.show_problems(state.problems if state.complained else ())
        self.left_out.show_left_out(state.left_out)
        self.same.show_same(state.same)
        self.registered.show_dossier(state.registered)
        self.people.show_state(state)
        self.procedure.show_state(state)
        said = {problem.field: problem_words(problem) for problem in state.problems}
        self.papers.show_state(state, said)
        self._show_note(intake)
        for path, field in self._fields().items():
            _say_beside(field, path, state, said)
        self.kept.setText(
            _("Kept at {time}").format(time=f"{state.kept_at:%H:%M}") if state.kept_at else ""
        )
        self.register.setDisabled(state.busy)
        words = _("&Save and print the receipt (Ctrl+Enter)")
        short = _("&Save and print")
        ready = short if theme.is_large() else words
        self.register.setText(_("Saving…") if state.busy else ready)
        self._lead_the_tab()
        if intake != self._shown:
            self._shown = intake
            self._quiet.start()

    def focus_on(self, path: str) -> None:
        """Put the cursor into the field at `path`, or to the list of problems at "problems"."""
        place, _dot, name = path.partition(".")
        if path == "problems":
            self.problems.focus_first()
        elif path == "same":
            self.same.open.setFocus(Qt.FocusReason.OtherFocusReason)
        elif place == "components":
            line = self.papers.lines.get(name) or self.papers.first_open()
            self.setFocusProxy(line)
            self.papers.focus_line(line)
        elif field := self._fields().get(path):
            self.people.unfold(path)
            self.procedure.deciding.unfold(path)
            self.setFocusProxy(field.editor)
            field.editor.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(field)

    def _lead_the_tab(self) -> None:
        """Let Tab go through questions and papers where they stand, and not when they came."""
        stations = [
            *self.procedure.stations,
            *self.papers.stations,
            self.note_box,
            self.save,
            self.register,
        ]
        if stations != self._stations:
            self._stations = stations
            for before, after in pairwise(stations):
                self.setTabOrder(before, after)

    def _left_column(self) -> QScrollArea:
        self.people = PeopleCard(self)
        self.applicant, self.submitter = self.people.applicant, self.people.submitter
        self.second, self.channel = self.people.second, self.people.channel
        self.people.edited.connect(self.edited)
        self.people.left.connect(self.left)
        self.people.renewed.connect(self.renewed)
        inside = QWidget()
        column(self.people, self.procedure, 1, into=inside, spacing=8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

    def _right_column(self) -> QFrame:
        self.note_box = QPlainTextEdit()
        self.note_box.setTabChangesFocus(True)
        line = self.note_box.fontMetrics().lineSpacing()
        self.note_box.setFixedHeight(line * 5 // 2 if theme.is_large() else line * 3)
        self.note = Field(_("N&ote"), self.note_box)
        self.note_box.textChanged.connect(
            lambda: self.edited.emit("note", self.note_box.toPlainText())
        )
        self.kept = label("", "muted")
        # It comes and goes, and must not push the columns.
        self.kept.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.register = button("", self.submitted.emit, role="primary")
        self.save = button(_("&Keep as draft"), self.saved.emit)
        words = _("What was typed is also kept by itself, a second after the last key.")
        self.save.setToolTip(f"{words} (Ctrl+S)")
        buttons = row(self.kept, self.save, self.register, spacing=10)
        buttons.setStretch(0, 1)
        right = QFrame()
        whole = column(
            self.papers,
            card(self.note),
            buttons,
            into=right,
            spacing=10,
        )
        whole.setStretch(0, 1)
        return right

    def _show_note(self, intake: Intake) -> None:
        if nfc(self.note_box.toPlainText()) != intake.note:
            blocked = self.note_box.blockSignals(True)
            set_text(self.note_box, intake.note)
            self.note_box.blockSignals(blocked)

    def _follow_cursor(self) -> None:
        """Tell in whose fields the cursor is; where it is outside the form, it is still there."""
        now = QApplication.focusWidget()
        if now is None or not self.isAncestorOf(now):
            return
        people = (*self.people.people, *self.procedure.asked.people)
        self.reached.emit(next((each.who for each in people if each.isAncestorOf(now)), ""))

    def _place_suggestions(self) -> None:
        people = (fields.address for fields in self.people.people)
        for place in (*people, *self.procedure.asked.place_inputs):
            place.places.place()
        self.procedure.matches.place()

    def _fields(self) -> dict[str, Field]:
        return {
            **self.people.fields,
            "procedure": self.procedure.procedure,
            "case": self.procedure.case,
            "competent_agency": self.procedure.deciding.field,
            **self.procedure.questions,
            "note": self.note,
        }


def _say_beside(field: Field, path: str, state: IntakeState, said: dict[str, str]) -> None:
    hint = hint_words(state.hints.get(path, ()))
    if not hint and path in state.recalled:
        hint = _("From an earlier dossier: does it still hold?")
    if problem := said.get(path):
        field.set_problem(problem)
    elif hint:
        field.set_hint(hint)
    else:
        field.set_problem("")


def build(presenter: IntakePresenter) -> QWidget:
    """Return the view of `presenter`, wired to it and showing its present state."""
    view = IntakeView()
    view.edited.connect(presenter.edit)
    view.left.connect(presenter.leave)
    view.paused.connect(presenter.keep)
    view.submitted.connect(presenter.submit)
    view.saved.connect(presenter.save_draft)
    view.renewed.connect(presenter.renew)
    view.reached.connect(presenter.come_to)
    view.second.toggled.connect(presenter.bring_submitter)
    view.people.third.toggled.connect(presenter.bring_collector)
    view.people.address_taken.connect(presenter.take_address)
    view.procedure.asked.address_taken.connect(presenter.take_address)
    view.procedure.asked.row_added.connect(presenter.add_row)
    view.procedure.asked.row_removed.connect(presenter.remove_row)
    view.procedure.found.connect(presenter.find)
    view.procedure.taken.connect(presenter.take)
    view.procedure.search_left.connect(presenter.leave_search)
    view.papers.ticked.connect(presenter.tick)
    view.papers.counted.connect(presenter.count)
    view.papers.all_ticked.connect(presenter.tick_required)
    view.registered.opened.connect(presenter.open_registered)
    view.registered.printed.connect(presenter.print_registered)
    view.registered.served.connect(presenter.serve)
    view.registered.paid.connect(presenter.take_money)
    view.registered.again.connect(presenter.again)
    view.same.opened.connect(presenter.open_same)
    view.same.insisted.connect(presenter.insist)
    view.left_out.noted.connect(presenter.note_left_out)
    view.left_out.dismissed.connect(presenter.dismiss_left_out)
    presenter.attach(view)
    return view
