"""Settings in cards: how it looks, how it prints, what is scanned, who one is, what is saved."""

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QSpinBox, QWidget

from counter_app.desktop.preferences.presenter import PreferencesState, ScanTest
from counter_app.desktop.preferences.printing import PrintingCards
from counter_app.desktop.widgets.basics import (
    LabelRole,
    button,
    card,
    column,
    label,
    row,
    scrolled,
    tag,
)
from counter_app.desktop.widgets.password import PasswordField
from counter_app.desktop.widgets.segments import Segments
from counter_app.domain.scanned import ScanKind
from counter_app.i18n import N_, _, format_instant
from counter_app.settings import IDLE_MINUTES, SCALES, Settings

LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))
_KINDS = {
    ScanKind.ID_CARD: N_("ID card"),
    ScanKind.RECEIPT: N_("Receipt"),
    ScanKind.DOSSIER_CODE: N_("Dossier code"),
    ScanKind.UNKNOWN: N_("Something else"),
}


class PreferencesView(QWidget):
    """Shows a PreferencesState."""

    settings_changed = Signal(object)
    form_chosen = Signal(str)
    test_page_wanted = Signal()
    scanner_test_wanted = Signal(bool)
    backup_wanted = Signal()
    password_changed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()
        self._password_changes = 0
        self._office_told: tuple[tuple[str, str], ...] = ()
        self.printing = PrintingCards()
        self.printing.changed.connect(self.settings_changed)
        self.printing.form_chosen.connect(self.form_chosen)
        self.printing.test_page_wanted.connect(self.test_page_wanted)
        self.test_page_button = self.printing.test_page_button
        left = column(self._look(), self._scanner(), self._backup(), 1, spacing=12)
        middle = column(self.printing, 1, spacing=12)
        right = column(self._password(), self._office(), 1, spacing=12)
        inner = QWidget()
        columns = row(left, middle, right, into=inner, spacing=12)
        for place in range(3):
            columns.setStretch(place, 1)
        column(label(_("Settings"), "title"), scrolled(inner), into=self, spacing=10)
        self.setFocusProxy(self.languages)

    def show_state(self, state: PreferencesState) -> None:
        """Make the widgets say what `state` says."""
        self._settings = state.settings
        self._show_settings(state.settings)
        self.printing.show_choices(state.settings, state.editing, state.forms, state.outlets)
        self.test_page_button.setEnabled(not state.printing and bool(state.outlets.names))
        self._show_scan(state)
        when = format_instant(state.backed_up_at) if state.backed_up_at else _("never")
        self._last_backup.setText(_("Last backup: {when}").format(when=when))
        self._backups.setText(_("Kept in {folder}").format(folder=state.backups))
        self.backup_button.setDisabled(state.backing_up)
        self.backup_button.setText(_("Backing up…") if state.backing_up else _("&Back up now"))
        self._show_office(state)
        self._show_password(state)

    def _look(self) -> QFrame:
        self.languages = Segments(_("Language"), LANGUAGES, "vi")
        self.languages.chosen.connect(lambda chosen: self._change(language=chosen))
        self.scales = Segments(
            _("Size of letters"), [(str(each), f"{each} %") for each in SCALES], "100"
        )
        self.scales.chosen.connect(lambda chosen: self._change(scale=int(chosen)))
        self.shades = Segments(_("Colours"), (("light", _("Light")), ("dark", _("Dark"))), "light")
        self.shades.chosen.connect(lambda chosen: self._change(dark=chosen == "dark"))
        self.idle = QSpinBox()
        self.idle.setRange(*IDLE_MINUTES)
        self.idle.setSuffix(" " + _("minutes"))
        self.idle.lineEdit().setTextMargins(8, 0, 0, 0)  # the style sheet does not reach it
        self.idle.valueChanged.connect(lambda minutes: self._change(idle_minutes=minutes))
        return card(
            label(_("Window"), "heading"),
            _line(_("Language"), self.languages),
            _line(_("Letters"), self.scales),
            _line(_("Colours"), self.shades),
            _line(_("Lock after"), self.idle),
        )

    def _scanner(self) -> QFrame:
        self.scanner_button = button("", self._toggle_scanner, symbol="scan-line")
        self._testing = False
        self._scan_words = label("", "muted", wrap=True)
        self._scan_kind = tag()
        self._scan_text = label("", wrap=True)
        self._scan_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._scan_hint = label("", "hint", wrap=True)
        return card(
            label(_("Scanner"), "heading"),
            self._scan_words,
            row(self._scan_kind, 1),
            self._scan_text,
            self._scan_hint,
            row(self.scanner_button, 1),
        )

    def _backup(self) -> QFrame:
        self._last_backup = label("", wrap=True)
        self._backups = label("", "muted", wrap=True)
        self.backup_button = button("", self.backup_wanted.emit, symbol="archive")
        words = _(
            "A backup is made every hour and when the window is closed. It is encrypted; "
            "copy the folder to another disk as well."
        )
        return card(
            label(_("Backup"), "heading"),
            self._last_backup,
            label(words, "muted", wrap=True),
            self._backups,
            row(self.backup_button, 1),
        )

    def _password(self) -> QFrame:
        self._whose = label("", "muted", wrap=True)
        self.old = PasswordField(_("P&resent password"))
        self.new = PasswordField(_("&New password"))
        self.again = PasswordField(_("New password &again"))
        self.old.entered.connect(self.new.setFocus)
        self.new.entered.connect(self.again.setFocus)
        self.again.entered.connect(self._change_password)
        self.password_button = button(
            _("&Change the password"), self._change_password, symbol="key-round"
        )
        return card(
            label(_("My password"), "heading"),
            self._whose,
            self.old,
            self.new,
            self.again,
            row(self.password_button, 1),
        )

    def _office(self) -> QFrame:
        inner = QWidget()
        self._office_lines = QFormLayout(inner)
        self._office_lines.setContentsMargins(0, 0, 0, 0)
        self._office_lines.setVerticalSpacing(4)
        self._office_lines.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        note = _("Set at the first run; what stands on receipts comes from here.")
        return card(label(_("Office"), "heading"), inner, label(note, "muted", wrap=True))

    def _show_settings(self, settings: Settings) -> None:
        self.languages.show_choice(settings.language)
        self.scales.show_choice(str(settings.scale))
        self.shades.show_choice("dark" if settings.dark else "light")
        blocked = self.idle.blockSignals(True)
        self.idle.setValue(settings.idle_minutes)
        self.idle.blockSignals(blocked)

    def _show_scan(self, state: PreferencesState) -> None:
        self._testing = state.testing
        words = (
            N_("Scan anything now: what was read is shown here, and nothing else happens.")
            if state.testing
            else N_("Try whether the scanner reads cards and receipts as they are printed.")
        )
        self._scan_words.setText(_(words))
        stop, start = N_("&Stop testing"), N_("Test the &scanner")
        self.scanner_button.setText(_(stop if state.testing else start))
        self._show_read(state.read)

    def _show_read(self, read: ScanTest | None) -> None:
        for part in (self._scan_kind, self._scan_text, self._scan_hint):
            part.setVisible(read is not None)
        if read is None:
            return
        self._scan_kind.setText(
            _("{kind}, {count} characters").format(kind=_(_KINDS[read.kind]), count=read.length)
        )
        self._scan_text.setText(read.text)
        hint = N_(
            "Some letters did not come through. Switch the Vietnamese typing tool off while "
            "scanning, or set the scanner to serial (USB-COM) mode."
        )
        self._scan_hint.setText(_(hint) if read.doubtful else "")
        self._scan_hint.setVisible(read.doubtful)

    def _show_office(self, state: PreferencesState) -> None:
        office = state.office
        told = (
            (_("Code"), office.code),
            (_("Agency"), office.name),
            (_("Agency above it"), office.parent_name),
            (_("Reception office"), office.unit),
            (_("Desk"), state.desk_name),
            (_("Place"), office.place),
            (_("Address"), office.address),
            (_("Hotline"), office.hotline),
            (_("Working hours"), office.working_hours),
            (_("Tracking page"), state.tracking_url),
        )
        if told == self._office_told:
            return
        self._office_told = told
        while self._office_lines.rowCount():
            self._office_lines.removeRow(0)
        for name, value in told:
            role: LabelRole = "plain" if value else "muted"
            caption = label(name, "muted")
            caption.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._office_lines.addRow(caption, label(value or "–", role, wrap=True))

    def _show_password(self, state: PreferencesState) -> None:
        self._whose.setText(state.officer)
        for place, field in (("old", self.old), ("new", self.new), ("again", self.again)):
            field.set_problem(state.password_problem if place == state.problem_at else "")
        self.password_button.setDisabled(state.changing)
        if state.password_changes != self._password_changes:
            self._password_changes = state.password_changes
            for field in (self.old, self.new, self.again):
                field.clear()

    def _change(self, **changes: object) -> None:
        self.settings_changed.emit(replace(self._settings, **changes))

    def _toggle_scanner(self) -> None:
        self.scanner_test_wanted.emit(not self._testing)

    def _change_password(self) -> None:
        self.password_changed.emit(self.old.text, self.new.text, self.again.text)


def _line(words: str, editor: QWidget) -> QWidget:
    line = QWidget()
    name = label(words)
    name.setBuddy(editor)
    row(name, 1, editor, into=line, spacing=10)
    return line
