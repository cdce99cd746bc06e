"""The procedure: the box that finds it, when it is due and why, what it costs and asks."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QWidget

from counter_app.desktop import theme
from counter_app.desktop.intake.deciding import Deciding
from counter_app.desktop.intake.hand_in import MARGINS
from counter_app.desktop.intake.inputs import Choice, Selection
from counter_app.desktop.intake.questions import Questions
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.intake.words import (
    due_words,
    fee_lines,
    fee_words,
    match_words,
    reasons_of,
    tells_parts,
)
from counter_app.desktop.widgets.basics import button, column, label, row, tag
from counter_app.desktop.widgets.field import Field, set_text
from counter_app.desktop.widgets.suggestions import Suggestions
from counter_app.desktop.wording import sentence_case
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.procedure import Procedure
from counter_app.domain.text import nfc
from counter_app.i18n import _, law, ngettext

_REASONS_SHOWN: Final = 2


class ProcedureCard(QFrame):
    """The second card. `found` tells what is typed to find one, `taken` which row is meant."""

    found = Signal(str)
    taken = Signal(int)
    search_left = Signal()
    edited = Signal(str, str)
    left = Signal(str)

    def __init__(self, screen: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._all_reasons = False
        self._state: IntakeState | None = None
        self.code = label("", "muted")
        self.unverified = tag(_("not verified yet"), "warning")
        self.box = QLineEdit()
        self.box.setPlaceholderText(_("For example: dks, kết hôn, 1.001193"))
        self.box.installEventFilter(self)
        self.procedure = Field(_("&Procedure: some letters of it"), self.box)
        self.matches = Suggestions(self.box, screen, first_marked=True)
        self.case = Choice("case", _("&Case"))
        self.due = label("", "heading", wrap=True)
        self.reasons = label("", "muted", wrap=True)
        self.more = button("", self._toggle, role="link")
        self.fee = label("", "plain", wrap=True)
        self.fee_parts = label("", "muted", wrap=True)
        self.asked = Questions(screen)
        self.deciding = Deciding()
        self._promise = QWidget()
        self.way = Selection("return_channel", _("The result goes"))
        self.way.edited.connect(self.edited)
        self._cases = QWidget()
        self._lay_out()
        self.box.textEdited.connect(self.found)
        self.box.returnPressed.connect(self._entered)
        self.matches.chosen.connect(self.taken)
        for part in (self.case, self.deciding, self.asked):
            part.edited.connect(self.edited)
        self.deciding.left.connect(self.left)
        self.asked.left.connect(self.left)

    @property
    def questions(self) -> dict[str, Field]:
        """Return the fields of what the procedure asks, by their paths."""
        return self.asked.fields

    @property
    def stations(self) -> list[QWidget]:
        """Return where Tab stops, in the order in which they stand."""
        first = [self.box, self.case.editor, self.way, self.more]
        return [*first, *self.deciding.stations, *self.asked.stations]

    def show_state(self, state: IntakeState) -> None:
        """Say what is chosen, or offer what may be meant."""
        self._state = state
        chosen = state.procedure
        text = law(chosen.name) if chosen and state.query is None else state.query or ""
        if nfc(self.box.text()) != nfc(text):
            set_text(self.box, text)
            self.box.setCursorPosition(0)
        self.box.setToolTip(text)
        offered = state.matches if state.query is not None else ()
        self.matches.offer([(law(m.procedure.name), match_words(m)) for m in offered])
        self.code.setText(chosen.code if chosen else "")
        self.code.setToolTip(law(chosen.field) if chosen else "")
        self.unverified.setVisible(chosen is not None and chosen.unverified)
        self._cases.setVisible(chosen is not None and len(chosen.case) > 1)
        self._promise.setVisible(chosen is not None)
        if chosen is not None:
            cases = [(case.id, law(case.name)) for case in chosen.case]
            self.case.offer(cases, state.intake.case or "")
            self._show_promise(state, chosen)
        self.deciding.show_state(state)
        self.asked.show_state(state)
        self.asked.setVisible(bool(self.asked.fields))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mark what is chosen when one comes to the box: typing puts something else there."""
        if event.type() == QEvent.Type.FocusIn:
            self.box.selectAll()
        elif event.type() == QEvent.Type.FocusOut:
            self.search_left.emit()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        heading = row(label(_("2. Procedure"), "heading"), spacing=12)
        case = row(into=self._cases, spacing=10)
        way = row(label(_("The result goes"), "muted"), self.way)
        promise: list[QWidget | QLayout]
        told = column(self.reasons, self.more, self.fee, self.fee_parts, spacing=2)
        if theme.is_large():
            way.addStretch(1)
            promise = [self.due, way, told, row(self.deciding.elsewhere, 1)]
        else:
            self.procedure.name_in(heading)
            self.case.name_in(case)
            head, below = row(self.due, way), row(told, self.deciding.elsewhere)
            head.setStretch(0, 1)
            below.setStretch(0, 1)
            below.setAlignment(self.deciding.elsewhere, Qt.AlignmentFlag.AlignTop)
            promise = [head, below]
        case.addWidget(self.case, 1)
        column(*promise, into=self._promise, spacing=2)
        heading.addWidget(self.unverified)
        heading.addStretch(1)
        heading.addWidget(self.code)
        parts = (self.procedure, self._cases, self._promise, self.deciding, self.asked)
        column(heading, *parts, into=self, spacing=6).setContentsMargins(*MARGINS)

    def _entered(self) -> None:
        state = self._state
        if state is not None and state.query is None:
            self.box.focusNextChild()
        else:
            self.taken.emit(max(self.matches.current, 0))

    def _toggle(self) -> None:
        self._all_reasons = not self._all_reasons
        if self._state is not None:
            self.show_state(self._state)

    def _show_promise(self, state: IntakeState, procedure: Procedure) -> None:
        if state.due is None:
            return
        self.due.setText(due_words(state.due.at))
        ways = [(way.value, sentence_case(f"{way}")) for way in ReturnChannel]
        self.way.offer(ways, state.intake.return_channel.value)
        reasons = reasons_of(procedure, state.intake.case, state.due)
        hidden = len(reasons) - _REASONS_SHOWN
        shown = reasons if self._all_reasons else reasons[:_REASONS_SHOWN]
        self.reasons.setText("\n".join(shown))
        self.reasons.setVisible(bool(shown))
        fewer = _("Fewer reasons for this date")
        more = ngettext(
            "Why this date? {count} more reason", "Why this date? {count} more reasons", hidden
        )
        self.more.setText(fewer if self._all_reasons else more.format(count=hidden))
        self.more.setVisible(hidden > 0)
        self.fee.setText(fee_words(state.fees))
        lines = fee_lines(state.fees)
        self.fee.setToolTip("\n".join(lines))
        self.fee_parts.setText("\n".join(lines))
        self.fee_parts.setVisible(tells_parts(state.fees))
