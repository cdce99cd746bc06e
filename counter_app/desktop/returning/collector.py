"""Who takes the results: compared by the card, or named; by which way they go; and the deed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QSizePolicy, QWidget

from counter_app.desktop.returning.slips import words_for
from counter_app.desktop.returning.state import ReturningState
from counter_app.desktop.widgets.basics import button, column, label, row, scrolled, set_tone, tag
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.desktop.wording import masked, sentence_case
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.collecting import Collector, people_of
from counter_app.domain.form_name import form_name
from counter_app.domain.party import AuthorityKind
from counter_app.domain.text import nfc
from counter_app.i18n import _


class CollectorPanel(QFrame):
    """Shows who collects, and lets it be said."""

    chosen = Signal(object)
    named = Signal(str, str)
    authorised = Signal(object, str)
    sent_by = Signal(object)
    numbered = Signal(str)
    printing_chosen = Signal(bool)
    submitted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._strange = False
        self.compared = tag()
        self.compared.setWordWrap(True)
        self.compared.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.compared.setProperty("size", "large")
        self.advice = label("", "muted", wrap=True)
        self.who = SteadyCombo()
        self.who_field = Field(_("&Who collects"), self.who)
        self.name = QLineEdit()
        self.name_field = Field(_("Name"), self.name, required=True)
        self.id_number = QLineEdit()
        self.id_field = Field(_("ID number"), self.id_number)
        self.ground = SteadyCombo()
        self.ground_field = Field(_("They act"), self.ground)
        self.document = QLineEdit()
        self.document.setPlaceholderText(_("Kind, number and date of it"))
        self.document_field = Field(_("Paper that lets them collect"), self.document, required=True)
        self.channel = SteadyCombo()
        self.channel_field = Field(_("How it goes out"), self.channel)
        self.post_number = QLineEdit()
        self.post_field = Field(_("Number of the consignment"), self.post_number)
        self.printing = QCheckBox(_("Print: {papers}").format(papers=form_name("control-slip")))
        self.leave_button = button(_("Leave it (Esc)"), self.left.emit)
        self.do_button = button("", self.submitted.emit, role="primary")
        self._lay_out()
        self._wire()

    def show_state(self, state: ReturningState) -> None:
        """Make the widgets say what `state` says."""
        self._show_comparison(state)
        self._show_choices(state)
        other = state.choice is Collector.OTHER and state.card is None
        for field, edit, value in (
            (self.name_field, self.name, state.collector.full_name),
            (self.id_field, self.id_number, state.collector.id_number),
        ):
            field.setVisible(other)
            if nfc(edit.text()) != value:
                set_text(edit, value)
        strange = bool(state.strange_to)
        self.ground_field.setVisible(strange)
        self.document_field.setVisible(strange)
        grounds = [(kind.value, sentence_case(f"{kind}")) for kind in AuthorityKind]
        set_choices(self.ground, grounds, state.authority.kind.value)
        if nfc(self.document.text()) != state.authority.document:
            set_text(self.document, state.authority.document)
        ways = [(each.value, sentence_case(f"{each}")) for each in ReturnChannel]
        set_choices(self.channel, ways, state.channel.value)
        self.post_field.setVisible(state.channel is ReturnChannel.POST)
        if nfc(self.post_number.text()) != state.number:
            set_text(self.post_number, state.number)
        self.name_field.set_problem(state.problems.get("collector", ""))
        self.document_field.set_problem(state.problems.get("authority.document", ""))
        self.post_field.set_problem(state.problems.get("number", ""))
        self._show_foot(state)
        self._lead_the_cursor(strange=strange, other=other, problems=bool(state.problems))

    def _show_comparison(self, state: ReturningState) -> None:
        self.compared.setVisible(state.card is not None)
        if state.card is None:
            self.advice.setText(
                _("Scan the ID card of whoever collects, or compare it by eye and choose below.")
            )
            return
        name = state.card.full_name or state.card.number
        if state.strange_to:
            self.compared.setText(_("Not named in the dossier: {name}").format(name=name))
            set_tone(self.compared, "warning")
            self.advice.setText(_("Enter the paper that lets them collect, or scan another card."))
        else:
            self.compared.setText(_("The card agrees: {name}").format(name=name))
            set_tone(self.compared, "good")
            self.advice.setText(masked(state.card.number))

    def _show_choices(self, state: ReturningState) -> None:
        first = state.slips[0].dossier if state.slips else None
        people = people_of(first) if first is not None else {}
        choices = [
            (who.value, f"{words_for(who)}: {person.full_name}") for who, person in people.items()
        ]
        choices.append((Collector.OTHER.value, words_for(Collector.OTHER)))
        set_choices(self.who, choices, state.choice.value)
        self.who.setToolTip(self.who.currentText())
        self.who_field.setVisible(state.card is None)

    def _show_foot(self, state: ReturningState) -> None:
        blocked = self.printing.blockSignals(True)
        self.printing.setChecked(state.printing)
        self.printing.blockSignals(blocked)
        count = len(state.ready)
        one = _("&Handed out (Ctrl+Enter)")
        many = _("&Handed out: {count} results (Ctrl+Enter)").format(count=count)
        self.do_button.setText(_("Saving…") if state.busy else many if count > 1 else one)
        self.do_button.setDisabled(state.busy)

    def _lead_the_cursor(self, *, strange: bool, other: bool, problems: bool) -> None:
        """Put the cursor where something has to be typed, as soon as it has."""
        if strange and not self._strange and not other and self.isVisible():
            self.document.setFocus(Qt.FocusReason.TabFocusReason)
        if problems:
            wrong = [
                field
                for field in (self.name_field, self.document_field, self.post_field)
                if field.editor.property("wrong") == "true"
            ]
            if wrong:
                wrong[0].editor.setFocus(Qt.FocusReason.TabFocusReason)
        self._strange = strange

    def _lay_out(self) -> None:
        inside = QWidget()
        column(
            self.compared,
            self.advice,
            self.who_field,
            self.name_field,
            self.id_field,
            self.ground_field,
            self.document_field,
            self.channel_field,
            self.post_field,
            1,
            into=inside,
            spacing=8,
        ).setContentsMargins(0, 0, 6, 0)
        foot = row(self.leave_button, self.do_button, spacing=10)
        foot.setStretch(1, 1)
        title = label(_("Collector"), "heading")
        parts = (title, scrolled(inside), self.printing, foot)
        column(*parts, into=self, margin=14, spacing=8).setStretch(1, 1)

    def _wire(self) -> None:
        self.who.currentIndexChanged.connect(
            lambda place: self.chosen.emit(Collector(self.who.itemData(place)))
        )
        self.name.textEdited.connect(lambda text: self.named.emit("full_name", nfc(text)))
        self.id_number.textEdited.connect(lambda text: self.named.emit("id_number", nfc(text)))
        for changed in (self.ground.currentIndexChanged, self.document.textEdited):
            changed.connect(lambda _value: self._authorise())
        self.channel.currentIndexChanged.connect(
            lambda place: self.sent_by.emit(ReturnChannel(self.channel.itemData(place)))
        )
        self.post_number.textEdited.connect(lambda text: self.numbered.emit(nfc(text)))
        self.printing.toggled.connect(self.printing_chosen)
        for line in (self.name, self.id_number, self.document, self.post_number):
            line.returnPressed.connect(line.focusNextChild)

    def _authorise(self) -> None:
        kind = AuthorityKind(self.ground.currentData() or AuthorityKind.AUTHORISED.value)
        self.authorised.emit(kind, nfc(self.document.text()))
