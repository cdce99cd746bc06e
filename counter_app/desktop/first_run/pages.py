"""The steps of the first run: each a page that shows the state and says what was typed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from counter_app.desktop.first_run.state import FirstRunState
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.desktop.widgets.field import Field, set_text
from counter_app.desktop.widgets.password import PasswordField
from counter_app.desktop.widgets.segments import Segments
from counter_app.i18n import N_, _, spoken
from counter_app.settings import SCALES

LANGUAGES: Final = (("vi", "Tiếng Việt"), ("en", "English"))
_PER_ROW: Final = 4
_LINES: Final = (
    ("code", N_("Agency &code"), N_("As in the national list of agencies: H57.132")),
    ("name", N_("Na&me of the agency"), N_("As on its seal: Ủy ban nhân dân phường …")),
    ("desk", N_("Name of this &desk"), N_("As citizens see it: Quầy 1")),
    ("parent_name", N_("Agency &above it"), N_("As it heads official papers: UBND thành phố …")),
    ("unit", N_("&Reception office"), N_("Filled in from the name; change it if it differs.")),
    ("place", N_("&Place beside the date"), N_("As in “Phú Xuân, ngày 05 tháng 3 …”")),
    ("address", N_("Address on receip&ts"), ""),
    ("hotline", N_("&Hotline"), ""),
    ("working_hours", N_("&Working hours"), N_("As on the door: 7:30–11:30, 13:30–17:00")),
)
_REQUIRED: Final = frozenset({"code", "name", "desk"})


class WelcomePage(QWidget):
    """Language and letters, before anything is read."""

    language_chosen = Signal(str)
    scale_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.languages = Segments(_("Language"), LANGUAGES, spoken())
        self.languages.chosen.connect(self.language_chosen)
        self.sizes = Segments(
            _("Size of letters"), [(str(each), f"{each} %") for each in SCALES], "100"
        )
        self.sizes.chosen.connect(lambda chosen: self.scale_chosen.emit(int(chosen)))
        words = _(
            "This PC becomes a reception desk in three steps: the office, your account, and the "
            "recovery key. Have the agency's code at hand, and a printer or a USB stick for the "
            "recovery key. Nothing is saved before the account is complete."
        )
        column(
            label(_("Welcome"), "title"),
            label(words, wrap=True),
            label(_("Language"), "heading"),
            row(self.languages, 1),
            label(_("Size of letters"), "heading"),
            row(self.sizes, 1),
            1,
            into=self,
            spacing=12,
        )

    def show_state(self, state: FirstRunState) -> None:
        """Make the widgets say what `state` says."""
        self.languages.show_choice(state.settings.language)
        self.sizes.show_choice(str(state.settings.scale))


class _FieldsPage(QWidget):
    """Fields by name, each with its problem."""

    edited = Signal(str, str)
    left = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.lines: dict[str, QLineEdit] = {}

    def _line(self, name: str, caption: str, hint: str, *, required: bool) -> Field:
        line = QLineEdit()
        line.setPlaceholderText(hint)
        line.textEdited.connect(lambda text: self.edited.emit(name, text))
        line.editingFinished.connect(lambda: self.left.emit(name))
        line.returnPressed.connect(self.entered)
        self.lines[name] = line
        self.fields[name] = Field(caption, line, required=required)
        return self.fields[name]

    def _show_lines(self, state: FirstRunState) -> None:
        for name, line in self.lines.items():
            set_text(line, state.value(name))
            line.setDisabled(state.busy)
            self.fields[name].set_problem(state.problems.get(name, ""))

    def place_of(self, problems: Mapping[str, str]) -> QWidget:
        """Return the first field that is wrong, or the first of all."""
        wrong = (field for name, field in self.fields.items() if name in problems)
        return next(wrong, next(iter(self.fields.values())))


class OfficePage(_FieldsPage):
    """The office as its papers name it, and the desk as citizens see it."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(10)
        half = (len(_LINES) + 1) // 2
        for place, (name, caption, hint) in enumerate(_LINES):
            made = self._line(name, _(caption), _(hint), required=name in _REQUIRED)
            grid.addWidget(made, place % half, place // half, Qt.AlignmentFlag.AlignTop)
        for half_width in range(2):
            grid.setColumnStretch(half_width, 1)
        words = _("This heads every receipt. What is left empty is left out on paper.")
        column(
            label(_("Office and desk"), "title"),
            label(words, "muted", wrap=True),
            grid,
            1,
            into=self,
            spacing=10,
        )

    def show_state(self, state: FirstRunState) -> None:
        """Make the widgets say what `state` says."""
        self._show_lines(state)


class AccountPage(_FieldsPage):
    """The first officer, who can let the others in."""

    password_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        full_name = self._line("full_name", _("&Full name"), "", required=True)
        short = self._line("officer", _("Short name for si&gning in"), "", required=True)
        self.password = PasswordField(_("&Password"))
        self.again = PasswordField(_("Password &again"))
        self.password.typed.connect(self.password_typed)
        self.password.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.entered)
        self.fields |= {"password": self.password, "again": self.again}
        words = _(
            "You may do everything at this desk, and give others their accounts. A few unrelated "
            "words make a strong password that is easy to remember."
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(10)
        for place, made in enumerate((full_name, short, self.password, self.again)):
            grid.addWidget(made, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        column(
            label(_("First account"), "title"),
            label(words, "muted", wrap=True),
            grid,
            1,
            into=self,
            spacing=10,
        )

    def show_state(self, state: FirstRunState) -> None:
        """Make the widgets say what `state` says."""
        self._show_lines(state)
        typed = bool(self.password.text)
        said = state.problems.get("password", "") or (state.weakness if typed else "")
        self.password.set_problem(said)
        self.again.set_problem(state.problems.get("again", ""))
        self.password.setDisabled(state.busy)
        self.again.setDisabled(state.busy)


class RecoveryPage(QWidget):
    """The recovery key, this once; it must be on paper before the work begins."""

    printed = Signal()
    saved = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(32)
        self._groups.setVerticalSpacing(12)
        self._shown: list[QLabel] = []
        shown = QFrame()
        shown.setProperty("role", "banner")
        shown.setProperty("tone", "info")
        row(1, self._groups, 1, into=shown, margin=16)
        words = _(
            "With this key the desk's data can be opened on another PC when this one is broken "
            "or nobody knows a password any more. It is shown this once and kept nowhere. "
            "Put the sheet into the office's safe."
        )
        self.print_button = button(
            _("&Print the recovery sheet"), self.printed.emit, symbol="printer"
        )
        self.save_button = button(_("Save as P&DF …"), self._ask_where, symbol="save")
        self._note = label("", wrap=True)
        self.group = QLineEdit()
        self.group.setMaxLength(8)
        self.group.returnPressed.connect(self.entered)
        self._field = Field("", self.group)
        self._field.setMaximumWidth(420)
        column(
            label(_("Recovery key"), "title"),
            label(words, wrap=True),
            shown,
            row(self.print_button, self.save_button, 1),
            self._note,
            self._field,
            1,
            into=self,
            spacing=12,
        )

    def show_state(self, state: FirstRunState) -> None:
        """Make the widgets say what `state` says."""
        self._show_key(state)
        self.print_button.setDisabled(state.busy)
        self.save_button.setDisabled(state.busy)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        words = _("Type &group {number} from the printed sheet")
        self._field.set_caption(words.format(number=state.asked_group))
        self._field.set_problem(state.problems.get("group", ""))

    def place_of(self, state: FirstRunState) -> QWidget:
        """Return where something has to be done."""
        return self.group if state.on_paper else self.print_button

    def _show_key(self, state: FirstRunState) -> None:
        for place, group in enumerate(state.recovery_key.split("-") if state.recovery_key else ()):
            if place == len(self._shown):
                self._shown.append(self._add_group(place))
            # What is to be typed back from the sheet is not to be read off the screen.
            hidden = state.on_paper and place + 1 == state.asked_group
            self._shown[place].setText("•" * len(group) if hidden else group)

    def _add_group(self, place: int) -> QLabel:
        made = label("", "number")
        line = row(label(str(place + 1), "muted"), made, 1, spacing=8)
        self._groups.addLayout(line, place // _PER_ROW, place % _PER_ROW)
        return made

    def _ask_where(self) -> None:
        where = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(where))
        dialog = QFileDialog(self, _("Save as PDF"), str(folder), _("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(".pdf")
        dialog.selectFile("recovery.pdf")
        dialog.fileSelected.connect(lambda chosen: self.saved.emit(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
