"""Shows an intake: person and procedure at the left, papers and what follows at the right."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.intake.inputs import Selection
from counter_app.desktop.intake.notices import ProblemList, RegisteredBanner
from counter_app.desktop.intake.papers import Checklist
from counter_app.desktop.intake.person import PersonFields
from counter_app.desktop.intake.presenter import IntakePresenter
from counter_app.desktop.intake.procedure import ProcedureCard
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.intake.words import hint_words, problem_words, returning_words
from counter_app.desktop.widgets.basics import button, card, column, label, row, tag
from counter_app.desktop.widgets.field import Field, set_text
from counter_app.desktop.wording import sentence_case
from counter_app.domain.channel import Channel
from counter_app.domain.intake import Intake
from counter_app.domain.party import PartyKind
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

    def __init__(self) -> None:
        super().__init__()
        self._shown: Intake | None = None
        self._stations: list[QWidget] = []
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self.paused)
        self.problems = ProblemList()
        self.registered = RegisteredBanner()
        self.procedure = ProcedureCard(self)
        self.papers = Checklist()
        self._scroll = self._left_column()
        right = self._right_column()
        body = row(self._scroll, right, spacing=12)
        body.setStretch(0, _LEFT)
        body.setStretch(1, _RIGHT)
        whole = column(self.problems, self.registered, body, into=self, spacing=10)
        whole.setStretch(2, 1)
        for suggestions in (
            self.procedure.matches,
            self.applicant.places,
            self.submitter.places,
        ):
            self._scroll.verticalScrollBar().valueChanged.connect(suggestions.place)
        self.problems.followed.connect(self.focus_on)
        self.problems.solved.connect(self.setFocus)  # back to where one was
        self.scrolling = (self._scroll, self.papers.area)
        self.procedure.edited.connect(self.edited)
        self.procedure.left.connect(self.left)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.submitted.emit)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.submitted.emit)
        QShortcut(QKeySequence("Ctrl+S"), self, self.saved.emit)
        QShortcut(QKeySequence("Ctrl+N"), self, self.renewed.emit)
        self.setFocusProxy(self.applicant.number)

    def show_state(self, state: IntakeState) -> None:
        """Make the widgets say what `state` says."""
        intake = state.intake
        self.problems.show_problems(state.problems if state.complained else ())
        self.registered.show_dossier(state.registered)
        self._show_people(state)
        self.procedure.show_state(state)
        said = {problem.field: problem_words(problem) for problem in state.problems}
        self.papers.show_state(state, said)
        self._show_handling(intake)
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
        elif place == "components":
            line = self.papers.lines.get(name) or self.papers.first_open()
            self.setFocusProxy(line)
            self.papers.focus_line(line)
        elif field := self._fields().get(path):
            self.setFocusProxy(field.editor)
            field.editor.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(field)

    def _lead_the_tab(self) -> None:
        """Let Tab go through questions and papers where they stand, and not when they came."""
        stations = [
            *self.procedure.stations,
            self.anew,
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
        self.kind = Selection("applicant.kind", _("Kind of applicant"))
        self.returning = tag("", "info")
        self.applicant = PersonFields("applicant", self)
        self.submitter = PersonFields("submitter", self)
        self.second = QCheckBox(_("Somebody &else hands it in for them"))
        self.channel = Selection("channel", _("Handed in"))
        for fields in (self.applicant, self.submitter):
            fields.edited.connect(self.edited)
            fields.left.connect(self.left)
        for selection in (self.kind, self.channel):
            selection.edited.connect(self.edited)
        people = card(
            row(label(_("1. Applicant"), "heading"), self.returning, 1, self.kind),
            self.applicant,
            self._hand_in(),
            self.submitter,
            spacing=8,
        )
        inside = QWidget()
        self.anew = button(_("Begin a new application (Ctrl+N)"), self.renewed.emit, role="link")
        self.anew.setToolTip(_("What was typed here is kept among the drafts."))
        column(people, self.procedure, row(self.anew, 1), 1, into=inside, spacing=10)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

    def _hand_in(self) -> QBoxLayout:
        way = row(label(_("Handed in"), "muted"), self.channel)
        if theme.is_large():
            way.addStretch(1)
            return column(way, self.second)
        return row(self.second, 1, way)

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

    def _show_people(self, state: IntakeState) -> None:
        intake = state.intake
        kinds = [
            (PartyKind.PERSON.value, _("Person")),
            (PartyKind.BUSINESS.value, _("Business")),
            (PartyKind.AGENCY.value, _("Agency or organisation")),
        ]
        self.kind.offer(kinds, intake.applicant.kind.value)
        self.returning.setVisible(state.returning > 0)
        self.returning.setText(returning_words(state.returning))
        self.applicant.show_person(intake.applicant)
        blocked = self.second.blockSignals(True)
        self.second.setChecked(intake.submitter is not None)
        self.second.blockSignals(blocked)
        self.submitter.setVisible(intake.submitter is not None)
        if intake.submitter is not None:
            self.submitter.show_person(intake.submitter)
        for who, fields in (("applicant", self.applicant), ("submitter", self.submitter)):
            offered = state.addresses if state.addresses_for == f"{who}.address" else ()
            fields.show_addresses(offered)

    def _show_handling(self, intake: Intake) -> None:
        channels = [(channel.value, sentence_case(f"{channel}")) for channel in Channel]
        self.channel.offer(channels, intake.channel.value)
        if nfc(self.note_box.toPlainText()) != intake.note:
            blocked = self.note_box.blockSignals(True)
            set_text(self.note_box, intake.note)
            self.note_box.blockSignals(blocked)

    def _fields(self) -> dict[str, Field]:
        return {
            **self.applicant.fields,
            **self.submitter.fields,
            "procedure": self.procedure.procedure,
            "case": self.procedure.case,
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
    view.second.toggled.connect(presenter.bring_submitter)
    view.applicant.address_taken.connect(presenter.take_address)
    view.submitter.address_taken.connect(presenter.take_address)
    view.procedure.found.connect(presenter.find)
    view.procedure.taken.connect(presenter.take)
    view.procedure.search_left.connect(presenter.leave_search)
    view.papers.ticked.connect(presenter.tick)
    view.papers.counted.connect(presenter.count)
    view.papers.all_ticked.connect(presenter.tick_required)
    view.registered.opened.connect(presenter.open_registered)
    view.registered.printed.connect(presenter.print_registered)
    presenter.attach(view)
    return view
