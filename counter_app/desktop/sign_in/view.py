"""The sign-in screen: one card in the middle, and how the window is dressed at its foot."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget

from counter_app import __version__
from counter_app.desktop.icons import app_icon
from counter_app.desktop.sign_in.presenter import SignInState
from counter_app.desktop.sign_in.upgrade import Upgrade
from counter_app.desktop.widgets.basics import button, card, column, label, row, scrolled
from counter_app.desktop.widgets.field import Field, set_choices
from counter_app.desktop.widgets.password import PasswordField
from counter_app.desktop.widgets.segments import Segments
from counter_app.i18n import _, spoken

_WIDTH = 420
LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))


class SignInView(QWidget):
    """Shows a SignInState."""

    chosen = Signal(str)
    submitted = Signal(str)
    changed = Signal(str, str)
    returned = Signal()
    ticked = Signal()
    language_chosen = Signal(str)
    scale_chosen = Signal(int)
    dark_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._scale = 100
        self.upgrade: Upgrade | None = None
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.ticked)
        self._head = self._make_head()
        self.entry = self._make_entry()
        self.renewal = self._make_renewal()
        self.renewal.hide()
        self._trouble = label("", "problem", wrap=True)
        self._findings = label("", "muted", wrap=True)
        self.card = card(self._head, self._trouble, self.entry, self.renewal, margin=26, spacing=14)
        self._foot = row(spacing=18)
        inner = QWidget()
        column(2, row(1, column(self.card, self._findings, spacing=10), 1), 3, into=inner)
        column(scrolled(inner), self._foot, into=self, margin=16, spacing=12)

    def show_state(self, state: SignInState) -> None:
        """Make the widgets say what `state` says."""
        self._dress(state)
        self._name(state)
        self._show_entry(state)
        self._show_renewal(state)
        self._trouble.setText(state.trouble)
        self._trouble.setVisible(bool(state.trouble))
        self._findings.setText("\n".join(map(str, state.findings)))
        if not (state.wait or state.busy):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Go to where the officer types."""
        super().showEvent(event)
        QTimer.singleShot(0, self._to_the_password)

    def _to_the_password(self) -> None:
        (self.new_password if self.renewal.isVisible() else self.password).setFocus()

    def _make_head(self) -> QWidget:
        head = QWidget()
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(48, 48)))
        self._office = label("", "title", wrap=True)
        self._desk = label("", "muted", wrap=True)
        words = column(self._office, self._desk, spacing=2)
        line = row(mark, words, into=head, spacing=14)
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_entry(self) -> QFrame:
        entry = QFrame()
        self.officers = QComboBox()
        self.officers.activated.connect(self._choose)
        self.password = PasswordField(_("&Password"))
        self.password.entered.connect(self._submit)
        self.sign_in_button = button(_("&Sign in"), self._submit, role="primary", symbol="log-in")
        self._countdown = label("", "problem", wrap=True)
        self._forgotten = label(
            _(
                "A supervisor of this desk can give you a new password. If nobody can sign in "
                "any more, the recovery key on the printed sheet opens the data: the "
                "administrator uses it with “counter-app restore”."
            ),
            "muted",
            wrap=True,
        )
        self._forgotten.hide()
        forgot = button(_("&Forgot the password?"), self._explain, role="link")
        self._below = column(
            Field(_("&Officer"), self.officers),
            self.password,
            self._countdown,
            self.sign_in_button,
            row(forgot, 1),
            self._forgotten,
            into=entry,
            spacing=12,
        )
        return entry

    def _make_renewal(self) -> QFrame:
        renewal = QFrame()
        why = label(
            _("Your password was chosen by somebody else. Choose one that only you know."),
            wrap=True,
        )
        self.new_password = PasswordField(_("&New password"))
        self.again = PasswordField(_("New password &again"))
        self.new_password.entered.connect(self.again.setFocus)
        self.again.entered.connect(self._change)
        self.change_button = button(_("&Go on"), self._change, role="primary")
        back = button(_("Sign in as &somebody else"), self.returned.emit, role="link")
        column(
            why,
            self.new_password,
            self.again,
            self.change_button,
            row(back, 1),
            into=renewal,
            spacing=12,
        )
        return renewal

    def _dress(self, state: SignInState) -> None:
        """Show the choices at the foot; they are made once, and again after each rebuild."""
        settings = state.settings
        self._scale = settings.scale
        self.card.setFixedWidth(_WIDTH * settings.scale // 100)
        self._findings.setFixedWidth(_WIDTH * settings.scale // 100)
        if self._foot.count():
            return
        languages = Segments(_("Language"), LANGUAGES, spoken())
        languages.chosen.connect(self.language_chosen)
        sizes = Segments(
            _("Size of letters"),
            [(str(each), f"{each} %") for each in (100, 125, 150)],
            str(settings.scale),
        )
        sizes.chosen.connect(lambda scale: self.scale_chosen.emit(int(scale)))
        shades = Segments(
            _("Colours"),
            (("light", _("Light")), ("dark", _("Dark"))),
            "dark" if settings.dark else "light",
        )
        shades.chosen.connect(lambda shade: self.dark_chosen.emit(shade == "dark"))
        version = label(_("Version {version}").format(version=__version__), "muted")
        for part in (version, None, languages, sizes, shades):
            if part is None:
                self._foot.addStretch(1)
            else:
                self._foot.addWidget(part)

    def _name(self, state: SignInState) -> None:
        if state.locked_by:
            self._office.setText(_("The screen is locked"))
            words = _("The work of {officer} is kept as it is.")
            self._desk.setText(words.format(officer=state.locked_by))
        else:
            self._office.setText(state.settings.office_name or _("One-stop desk"))
            self._desk.setText(state.settings.desk_name)

    def _show_entry(self, state: SignInState) -> None:
        self.entry.setVisible(not state.must_change)
        choices = [
            (each.officer.id, _named(each.officer.name, each.officer.id)) for each in state.officers
        ]
        set_choices(self.officers, choices, state.chosen)
        self.password.set_problem("" if state.wait else state.problem)
        free = not state.busy and not state.wait and bool(state.officers)
        begins = free and not self.password.isEnabled()
        self.password.setEnabled(free)
        self.officers.setEnabled(not state.busy)
        self.sign_in_button.setEnabled(free)
        self.sign_in_button.setText(_("Signing in…") if state.busy else _("&Sign in"))
        self._show_upgrade(state.upgraded)
        words = _("Too many wrong passwords. You can try again in {time}.")
        self._countdown.setText(words.format(time=f"{state.wait // 60}:{state.wait % 60:02}"))
        self._countdown.setVisible(bool(state.wait))
        if free and state.problem:
            self.password.edit.selectAll()
        if begins and not state.must_change:  # what cannot be typed into loses the cursor
            self.password.setFocus()
            self.password.edit.selectAll()

    def _show_upgrade(self, upgraded: int | None) -> None:
        if upgraded is not None:
            if self.upgrade is None:  # once in the life of a release
                self.upgrade = Upgrade()
                self._below.addWidget(self.upgrade)
            self.upgrade.show_progress(upgraded)
        if self.upgrade is not None:
            self.upgrade.setVisible(upgraded is not None)

    def _show_renewal(self, state: SignInState) -> None:
        begins = state.must_change and self.renewal.isHidden()
        self.renewal.setVisible(state.must_change)
        self.new_password.set_problem(state.new_problem)
        self.change_button.setEnabled(not state.busy)
        if begins:
            self.password.clear()
            self.new_password.clear()
            self.again.clear()
            self.new_password.setFocus()

    def _choose(self) -> None:
        self.chosen.emit(self.officers.currentData())
        self.password.clear()
        self.password.setFocus()

    def _submit(self) -> None:
        self.submitted.emit(self.password.text)

    def _change(self) -> None:
        self.changed.emit(self.new_password.text, self.again.text)

    def _explain(self) -> None:
        self._forgotten.setVisible(self._forgotten.isHidden())


def _named(name: str, short: str) -> str:
    return f"{name} ({short})" if name != short else name
