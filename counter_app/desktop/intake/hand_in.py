"""The first card: the applicant, who hands it in for them, and who fetches the result."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLayout, QWidget

from counter_app.desktop import theme
from counter_app.desktop.intake.fold import Fold
from counter_app.desktop.intake.inputs import Choice, DateInput, Input, Selection
from counter_app.desktop.intake.person import PersonFields
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.intake.words import collector_words, returning_words, submitter_words
from counter_app.desktop.widgets.basics import button, column, label, row, tag
from counter_app.desktop.widgets.field import Field
from counter_app.desktop.wording import sentence_case
from counter_app.domain.channel import Channel
from counter_app.domain.party import Authority, AuthorityKind, PartyKind
from counter_app.i18n import N_, _

MARGINS: Final = (14, 10, 14, 10)
"""Of the two cards at the left: a usual application is in sight as a whole."""

_KINDS: Final = (
    (PartyKind.PERSON, N_("Person")),
    (PartyKind.BUSINESS, N_("Business")),
    (PartyKind.AGENCY, N_("Agency or organisation")),
)


class PeopleCard(QFrame):
    """Who the dossier is of, and who comes for them. Most come for themselves, and alone."""

    edited = Signal(str, str)
    left = Signal(str)
    address_taken = Signal(int)
    renewed = Signal()

    def __init__(self, screen: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.anew = button(_("Begin anew (Ctrl+N)"), self.renewed.emit, role="link")
        self.anew.setToolTip(_("What was typed here is kept among the drafts."))
        self.kind = Selection("applicant.kind", _("Kind of applicant"))
        self.returning = tag("", "info")
        self.applicant = PersonFields("applicant", screen)
        self.submitter = PersonFields("submitter", screen)
        self.ground = GroundFields()
        self.collector = PersonFields("collector", screen, asks="name")
        self.second = QCheckBox(_("Somebody &else hands it in"))
        self.third = QCheckBox(_("Somebody else fe&tches it"))
        self.channel = Selection("channel", _("Handed in"))
        self.channel.setToolTip(_("Handed in"))
        self.ground.edited.connect(self.edited)
        self.ground.left.connect(self.left)
        for fields in self.people:
            fields.edited.connect(self.edited)
            fields.left.connect(self.left)
            fields.address_taken.connect(self.address_taken)
        for selection in (self.kind, self.channel):
            selection.edited.connect(self.edited)
        self.of_submitter = Fold(_("Who hands it in"), self.submitter, self.ground)
        self.of_collector = Fold(_("Who fetches the result"), self.collector)
        self._lay_out()

    @property
    def people(self) -> tuple[PersonFields, ...]:
        """Return the fields of all who may be asked for."""
        return self.applicant, self.submitter, self.collector

    @property
    def fields(self) -> dict[str, Field]:
        """Return all fields by their paths."""
        found = dict(self.ground.fields)
        for fields in self.people:
            found |= fields.fields
        return found

    def show_state(self, state: IntakeState) -> None:
        """Say who they are."""
        intake = state.intake
        kinds = [(kind.value, _(words)) for kind, words in _KINDS]
        self.kind.offer(kinds, intake.applicant.kind.value)
        self.returning.setVisible(state.returning > 0)
        self.returning.setText(returning_words(state.returning))
        self.applicant.show_person(intake.applicant)
        _set_checked(self.second, on=intake.submitter is not None)
        self.of_submitter.show_fold(
            wanted=intake.submitter is not None,
            said=submitter_words(intake),
            wrong=_fields_of(state, "submitter", "authority"),
        )
        if intake.submitter is not None:
            self.submitter.show_person(intake.submitter)
            self.ground.show_ground(intake.authority or Authority())
        _set_checked(self.third, on=intake.collector is not None)
        self.of_collector.show_fold(
            wanted=intake.collector is not None,
            said=collector_words(intake),
            wrong=_fields_of(state, "collector"),
        )
        if intake.collector is not None:
            self.collector.show_person(intake.collector)
        channels = [(channel.value, sentence_case(f"{channel}")) for channel in Channel]
        self.channel.offer(channels, intake.channel.value)
        for fields in self.people:
            mine = state.addresses_for == fields.address.path
            fields.show_addresses(state.addresses if mine else ())

    def unfold(self, path: str) -> None:
        """Have the field at `path` in sight."""
        for fold, mine in (
            (self.of_submitter, ("submitter.", "authority.")),
            (self.of_collector, ("collector.",)),
        ):
            if path.startswith(mine):
                fold.unfold()

    def _lay_out(self) -> None:
        heading = label(_("1. Applicant"), "heading")
        asked: list[QWidget | QLayout]
        if theme.is_large():
            head = row(heading, self.returning, 1, self.kind)
            way = row(label(_("Handed in"), "muted"), self.channel, 1)
            last = row(self.third, 1, self.anew)
            asked = [way, self.second, self.of_submitter, last, self.of_collector]
        else:
            head = row(heading, self.returning, 1, self.anew, self.kind)
            way = row(self.second, self.third, 1, self.channel, spacing=12)
            asked = [way, self.of_submitter, self.of_collector]
        whole = column(head, self.applicant, *asked, into=self, spacing=6)
        whole.setContentsMargins(*MARGINS)


class GroundFields(QWidget):
    """On what ground somebody hands in for the applicant, and the paper that shows it."""

    edited = Signal(str, str)
    left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.kind = Choice("authority.kind", _("Ground to act"))
        self.document = Input("authority.document", _("Paper that shows it"))
        self.issued_on = DateInput("authority.issued_on", _("Dated"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        if theme.is_large():
            grid.addWidget(self.kind, 0, 0)
            grid.addWidget(self.issued_on, 0, 1)
            grid.addWidget(self.document, 1, 0, 1, 2)
        else:
            for place, field in enumerate((self.kind, self.document, self.issued_on)):
                grid.addWidget(field, 0, place)
                grid.setColumnStretch(place, (4, 5, 3)[place])
        notes = column(spacing=2)
        column(grid, notes, into=self, spacing=2)
        for field in (self.document, self.issued_on):
            field.say_in(notes)
            field.edited.connect(self.edited)
            field.left.connect(self.left)
        self.kind.edited.connect(self.edited)
        self.fields: dict[str, Field] = {
            field.path: field for field in (self.kind, self.document, self.issued_on)
        }

    def show_ground(self, authority: Authority) -> None:
        """Say what it is."""
        grounds = [(kind.value, sentence_case(f"{kind}")) for kind in AuthorityKind]
        self.kind.offer(grounds, authority.kind.value)
        self.document.show_value(authority.document)
        self.issued_on.show_value(authority.issued_on)


def _fields_of(state: IntakeState, *who: str) -> set[str]:
    """Return with which fields of these people something is wrong."""
    found = (problem.field for problem in state.problems)
    return {path for path in found if path.partition(".")[0] in who}


def _set_checked(box: QCheckBox, *, on: bool) -> None:
    blocked = box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(blocked)
