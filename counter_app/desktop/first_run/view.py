"""The first run as one card: where one is at its head, one step in it, the way on at its foot."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QWidget

from counter_app.desktop.first_run.pages import AccountPage, OfficePage, RecoveryPage, WelcomePage
from counter_app.desktop.first_run.state import FirstRunState, Step
from counter_app.desktop.icons import app_icon
from counter_app.desktop.widgets.basics import (
    button,
    card,
    column,
    label,
    row,
    scrolled,
    set_look,
)
from counter_app.i18n import N_, _

_WIDTH: Final = 860
_HEIGHT: Final = 600
_NAMES: Final = {
    Step.WELCOME: N_("Language"),
    Step.OFFICE: N_("Office and desk"),
    Step.ACCOUNT: N_("First account"),
    Step.RECOVERY: N_("Recovery key"),
}


class FirstRunView(QWidget):
    """Shows a FirstRunState."""

    language_chosen = Signal(str)
    scale_chosen = Signal(int)
    edited = Signal(str, str)
    left = Signal(str)
    password_typed = Signal(str)
    advanced = Signal()
    returned = Signal()
    founded = Signal(str, str)
    printed = Signal()
    saved = Signal(object)
    finished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._step = Step.WELCOME
        self._cursor_set: tuple[object, ...] = ()
        self._steps = {step: label("", "muted") for step in Step}
        self.welcome, self.office = WelcomePage(), OfficePage()
        self.account, self.recovery = AccountPage(), RecoveryPage()
        self._pages = QStackedWidget()
        for page in (self.welcome, self.office, self.account, self.recovery):
            self._pages.addWidget(scrolled(page))
        self._wire()
        self._trouble = label("", "problem", wrap=True)
        self.back_button = button(_("&Back"), self.returned.emit, symbol="arrow-left")
        self.next_button = button("", self._advance, role="primary")
        self.next_button.setMinimumWidth(150)
        foot = row(self.back_button, self._trouble, self.next_button, spacing=14)
        foot.setStretch(1, 1)
        self._card = card(self._head(), self._pages, foot, margin=24, spacing=16)
        whole = column(1, row(1, self._card, 1), 1, into=self, margin=20)
        whole.setStretch(1, 100)
        self.setTabOrder(self.next_button, self.back_button)  # Enter after the last field goes on

    def show_state(self, state: FirstRunState) -> None:
        """Make the widgets say what `state` says."""
        self._step = state.step
        self._card.setFixedWidth(_WIDTH * state.settings.scale // 100)
        self._card.setMaximumHeight(_HEIGHT * state.settings.scale // 100)
        for step, words in self._steps.items():
            set_look(words, "role", "heading" if step is state.step else "muted")
        self.welcome.show_state(state)
        self.office.show_state(state)
        self.account.show_state(state)
        self.recovery.show_state(state)
        self._pages.setCurrentIndex(state.step)
        self._trouble.setText(state.trouble or _summary(state))
        self.back_button.setVisible(state.step in {Step.OFFICE, Step.ACCOUNT})
        self.next_button.setText(_on(state))
        self.next_button.setDisabled(state.busy)
        moved = state.step, state.refusals, state.on_paper, state.busy
        if moved != self._cursor_set and not state.busy:  # not while somebody types
            self._focus(state)
        self._cursor_set = moved

    def _head(self) -> QFrame:
        head = QFrame()
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(32, 32))
        parts: list[QWidget | int] = [mark]
        for step, words in self._steps.items():
            words.setText(f"{step + 1}. {_(_NAMES[step])}")
            parts.append(words)
        row(*parts, 1, into=head, spacing=22)
        return head

    def _wire(self) -> None:
        self.welcome.language_chosen.connect(self.language_chosen)
        self.welcome.scale_chosen.connect(self.scale_chosen)
        for page in (self.office, self.account):
            page.edited.connect(self.edited)
            page.left.connect(self.left)
            page.entered.connect(self._advance)
        self.account.password_typed.connect(self.password_typed)
        self.recovery.printed.connect(self.printed)
        self.recovery.saved.connect(self.saved)
        self.recovery.entered.connect(self._advance)

    def _advance(self) -> None:
        if self._step is Step.ACCOUNT:
            self.founded.emit(self.account.password.text, self.account.again.text)
        elif self._step is Step.RECOVERY:
            self.finished.emit(self.recovery.group.text())
        else:
            self.advanced.emit()

    def _focus(self, state: FirstRunState) -> None:
        """Put the cursor where one goes on; the window, too, hands it there."""
        places: dict[Step, QWidget] = {
            Step.WELCOME: self.next_button,
            Step.OFFICE: self.office.place_of(state.problems),
            Step.ACCOUNT: self.account.place_of(state.problems),
            Step.RECOVERY: self.recovery.place_of(state),
        }
        self.setFocusProxy(places[state.step])
        places[state.step].setFocus()


def _on(state: FirstRunState) -> str:
    if state.busy:
        return _("One moment …")
    return {
        Step.WELCOME: _("&Next"),
        Step.OFFICE: _("&Next"),
        Step.ACCOUNT: _("&Set up the desk"),
        Step.RECOVERY: _("&Begin"),
    }[state.step]


def _summary(state: FirstRunState) -> str:
    return _("Please look at the fields that are marked.") if state.problems else ""
