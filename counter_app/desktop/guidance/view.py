"""The guidance being given, or the list of those that were."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from counter_app.desktop import theme
from counter_app.desktop.guidance.given import GivenList
from counter_app.desktop.guidance.lines import MissingLines
from counter_app.desktop.guidance.state import GuidanceState
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.desktop.widgets.in_sight import PagesInSight
from counter_app.desktop.widgets.segments import Segments
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.domain.operation import GuidanceOutcome
from counter_app.domain.text import nfc
from counter_app.i18n import _, law

_LINES_OF_REASON: Final = 3
_O: Final = GuidanceOutcome


class GuidanceView(QWidget):
    """Shows a GuidanceState."""

    chosen = Signal(str)
    told = Signal(int, bool)
    changed = Signal(int, str, object)
    added = Signal()
    edited = Signal(str, str)
    submitted = Signal()
    left = Signal()
    continued = Signal(int)
    printed = Signal(int)
    intake_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pages = PagesInSight()
        self.given = GivenList()
        self.given.continued.connect(self.continued)
        self.given.printed.connect(self.printed)
        self.given.intake_wanted.connect(self.intake_wanted)
        self._panel = self._make_panel()
        self._pages.addWidget(self.given)
        self._pages.addWidget(self._panel)
        column(self._pages, into=self)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.submitted.emit)
        self.setFocusProxy(self.given)

    def show_state(self, state: GuidanceState) -> None:
        """Make the widgets say what `state` says."""
        self.given.show_given(state)
        if state.subject is None:
            self._show_page(self.given)
            return
        intake = state.subject.intake
        name = intake.applicant.full_name or _("No name yet")
        procedure = law(state.subject.procedure_name) or _("no procedure yet")
        self.about.setText(f"{name} · {procedure}")
        self.outcome.show_choice(state.outcome.value)
        self.lines.show_lines(state.lines)
        self._show_reasons(state)
        self._show_text(self.reason_box, state.reason)
        if nfc(self.agency_line.text()) != state.agency:
            set_text(self.agency_line, state.agency)
        supplement, helped = state.outcome is _O.SUPPLEMENT, state.outcome is _O.HELPED
        self.lines.setVisible(supplement)
        self.reasons.setVisible(state.outcome is _O.REFUSAL and bool(state.reasons))
        self.agency.setVisible(helped)
        self.room.setVisible(not supplement)
        self.reason.set_caption(_("N&ote") if helped else _("&Reason, as it stands on the paper"))
        self.form.setText(_form_words(state.outcome))
        self.outcome.setToolTip(self.form.text())
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        self.note_button.setText(
            _("&Note (Ctrl+Enter)") if helped else _("&Note and print (Ctrl+Enter)")
        )
        self.note_button.setDisabled(state.busy)
        self._show_page(self._panel)
        self.setFocusProxy(self._first(state.outcome))

    def focus_on(self, place: str) -> None:
        """Put the cursor where one begins ("first"), or into the line "added" last."""
        if place == "added":
            self.lines.focus_last()
        elif (first := self.focusProxy()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _first(self, outcome: GuidanceOutcome) -> QWidget:
        match outcome:
            case GuidanceOutcome.SUPPLEMENT:
                return self.lines
            case GuidanceOutcome.REFUSAL if self.reasons_box.count() > 1:
                return self.reasons_box
            case GuidanceOutcome.REFUSAL:
                return self.reason_box
            case GuidanceOutcome.HELPED:
                return self.agency_line

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while guidance is being given: it leads to the intake."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the intake by Esc."""
        if self._is_escape(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _is_escape(self, event: QEvent) -> bool:
        giving = self._pages.currentWidget() is self._panel
        return giving and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape

    def _make_panel(self) -> QWidget:
        choices = (
            (_O.SUPPLEMENT.value, _("To be brought (form 0&2)")),
            (_O.REFUSAL.value, _("Refused (form 0&3)")),
            (_O.HELPED.value, _("To apply else&where")),
        )
        self.outcome = Segments(_("Outcome"), choices, _O.SUPPLEMENT.value)
        self.outcome.chosen.connect(self.chosen)
        self.about = label("", "plain", wrap=True)
        self.form = label("", "muted", wrap=True)
        self.problem = label("", "problem", wrap=True)
        back = button(_("&Back to the application (Esc)"), self.left.emit)
        self.note_button = button("", self.submitted.emit, role="primary")
        # Where letters are large, the list needs the room.
        meaning = [] if theme.is_large() else [self.form]
        panel, told = QWidget(), self._what_is_told()
        whole = column(
            label(_("Guidance before reception"), "title"),
            self.about,
            row(self.outcome, 1),
            *meaning,
            told,
            self.problem,
            row(back, 1, self.note_button),
            into=panel,
            spacing=10,
        )
        whole.setStretchFactor(told, 1)
        return panel

    def _what_is_told(self) -> QFrame:
        self.lines = MissingLines()
        self.lines.told.connect(self.told)
        self.lines.changed.connect(self.changed)
        self.lines.added.connect(self.added)
        self.reasons_box = SteadyCombo()
        self.reasons_box.activated.connect(self._take_reason)
        self.reasons = Field(_("&Ground of the law"), self.reasons_box)
        self.agency_line = QLineEdit()
        self.agency_line.textEdited.connect(lambda text: self.edited.emit("agency", nfc(text)))
        self.agency = Field(_("Where to a&pply"), self.agency_line, required=True)
        self.reason_box = QPlainTextEdit()
        self.reason_box.setTabChangesFocus(True)
        high = self.reason_box.fontMetrics().lineSpacing()
        lines = 1 if theme.is_large() else _LINES_OF_REASON  # the papers need the room
        self.reason_box.setFixedHeight(high * (lines + 1))
        self.reason_box.textChanged.connect(
            lambda: self.edited.emit("reason", nfc(self.reason_box.toPlainText()))
        )
        self.reason = Field(_("N&ote"), self.reason_box)
        self.room = QWidget()
        told = QFrame()
        told.setProperty("role", "card")
        parts = (self.lines, self.agency, self.reasons, self.reason, self.room)
        layout = column(*parts, into=told, margin=10 if theme.is_large() else 14, spacing=10)
        layout.setStretch(0, 1)
        layout.setStretch(4, 1)
        for other in (self.agency, self.reasons, self.room):  # or together they ask for much room
            other.hide()
        return told

    def _show_page(self, page: QWidget) -> None:
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
        if page is self.given:
            self.setFocusProxy(self.given)

    def _show_reasons(self, state: GuidanceState) -> None:
        offered = [("", _("Choose, or type below"))]
        offered += [(reason, law(reason)) for reason in state.reasons]
        known = state.reason if state.reason in state.reasons else ""
        set_choices(self.reasons_box, offered, known)

    def _take_reason(self, place: int) -> None:
        if reason := self.reasons_box.itemData(place):
            self.edited.emit("reason", reason)

    def _show_text(self, box: QPlainTextEdit, text: str) -> None:
        if nfc(box.toPlainText()) != text:
            blocked = box.blockSignals(True)
            set_text(box, text)
            box.blockSignals(blocked)


def _form_words(outcome: GuidanceOutcome) -> str:
    match outcome:
        case GuidanceOutcome.SUPPLEMENT:
            return _(
                "All that is missing is told once and completely. It makes no dossier; the "
                "application is kept, and the QR code on the paper reopens it."
            )
        case GuidanceOutcome.REFUSAL:
            return _("The paper names the ground of the law. It makes no dossier.")
        case GuidanceOutcome.HELPED:
            return _("Whose matter it is, and where to go. It makes no dossier.")
