"""The centre as an officer sees it: one sentence, the facts beside it, and what it reports back."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QWidget

from counter_app.desktop.centre.presenter import CentreState
from counter_app.desktop.centre.reports import Reports
from counter_app.desktop.standing import Standing, comfort, facts, in_words
from counter_app.desktop.widgets.basics import (
    button,
    card,
    clear,
    column,
    label,
    row,
    scrolled,
    set_look,
)
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.i18n import N_, _

_ALONE: Final = N_(
    "This desk stands alone: everything is kept on this PC, and nobody else knows of it. "
    "Connected with a centre it sends what it does by itself, and citizens can see how far "
    "their dossiers have come."
)
_NOT_YOU: Final = N_(
    "The head of the one-stop shop or an administrator can connect it, with a code that the "
    "centre gives out."
)

_TOP: Final = Qt.AlignmentFlag.AlignTop


class CentreView(QWidget):
    """Shows a CentreState."""

    sending_wanted = Signal()
    enrolment_wanted = Signal()
    opened = Signal(object)
    refreshed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told: list[list[tuple[str, str]]] = []
        self.alone = EmptyState()
        self.reports = Reports()
        self.reports.opened.connect(self.opened)
        self.nothing = EmptyState()
        self._below = QStackedWidget()
        self._below.addWidget(self.reports)
        self._below.addWidget(self.nothing)
        linked = QWidget()
        heading = label(_("What the centre reports back"), "heading")
        below = column(self._standing(), heading, self._below, into=linked, spacing=10)
        below.setStretch(2, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(linked))
        self._pages.addWidget(self.alone)
        column(label(_("Centre"), "title"), self._pages, into=self, spacing=10)
        refresh = QShortcut(QKeySequence("F5"), self, self.refreshed.emit)
        refresh.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_state(self, state: CentreState) -> None:
        """Make the widgets say what `state` says."""
        self._pages.setCurrentIndex(0 if state.address else 1)
        if not state.address:
            self._show_alone(state)
            return
        self.setFocusProxy(self.send_button)
        if state.standing is not None:
            self._show_standing(state, state.standing)
        self._show_reports(state)

    def _standing(self) -> QFrame:
        self.sentence = label("", "heading", wrap=True)
        self._comfort = label("", "muted", wrap=True)
        self.send_button = button(
            _("&Send now"), self.sending_wanted.emit, role="primary", symbol="refresh-cw"
        )
        words = column(self.sentence, self._comfort, spacing=4)
        head = row(words, self.send_button, spacing=18)
        head.setStretch(0, 1)
        head.setAlignment(self.send_button, Qt.AlignmentFlag.AlignTop)
        self._facts = QGridLayout()
        self._facts.setVerticalSpacing(4)
        self._facts.setHorizontalSpacing(18)
        for place in (1, 3):
            self._facts.setColumnStretch(place, 1)
        return card(head, self._facts)

    def _show_alone(self, state: CentreState) -> None:
        if state.may_enrol:
            self.alone.say(
                "cloud-off", _(_ALONE), _("Connect with a &centre…"), self.enrolment_wanted.emit
            )
        else:
            self.alone.say("cloud-off", f"{_(_ALONE)} {_(_NOT_YOU)}")
        self.setFocusProxy(self.alone)

    def _show_standing(self, state: CentreState, standing: Standing) -> None:
        said = in_words(standing)
        self.sentence.setText(said.text)
        set_look(self.sentence, "alarm", str(said.tone == "danger").lower())
        self._comfort.setText(comfort(standing))
        link = [(_("Address"), state.address), (_("Fingerprint"), state.fingerprint)]
        self._show_facts([link, facts(standing)])

    def _show_facts(self, told: list[list[tuple[str, str]]]) -> None:
        """Show captions and values, each list in a column of its own."""
        if told == self._told:
            return
        self._told = told
        clear(self._facts)
        for side, pairs in enumerate(told):
            for line, (name, value) in enumerate(pairs):
                shown = label(value, wrap=True)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._facts.addWidget(label(name, "muted"), line, 2 * side, _TOP)
                self._facts.addWidget(shown, line, 2 * side + 1, _TOP)

    def _show_reports(self, state: CentreState) -> None:
        self._below.setCurrentIndex(0 if state.reported else 1)
        if state.reported:
            self.reports.show_reports(state.reported)
        elif state.reported is not None:
            self.nothing.say("check", _("The centre has reported nothing that needs a person."))
