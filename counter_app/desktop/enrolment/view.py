"""Connecting with a centre as one card: what to type, what to compare, and how it went."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QStackedWidget, QWidget

from counter_app.desktop import theme
from counter_app.desktop.enrolment.presenter import EnrolmentState, Step
from counter_app.desktop.widgets.basics import (
    button,
    card,
    clear,
    column,
    label,
    row,
    scrolled,
)
from counter_app.desktop.widgets.field import Field, set_text
from counter_app.i18n import _

_WIDTH: Final = 760
_A_LINE: Final = 4
_FIELDS: Final = ("address", "code", "authority")


class EnrolmentView(QWidget):
    """Shows an EnrolmentState."""

    edited = Signal(str, str)
    left = Signal(str)
    advanced = Signal()
    returned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._moved: tuple[object, ...] = ()
        self.lines: dict[str, QLineEdit] = {}
        self.fields: dict[str, Field] = {}
        self._pages = QStackedWidget()
        self._pages.addWidget(self._typing())
        self._pages.addWidget(self._comparing())
        self._trouble = label("", "problem", wrap=True)
        self.back_button = button(_("&Back"), self.returned.emit, symbol="arrow-left")
        self.next_button = button("", self.advanced.emit, role="primary")
        foot = row(self.back_button, self._trouble, self.next_button, spacing=14)
        foot.setStretch(1, 1)
        foot.setAlignment(self.back_button, Qt.AlignmentFlag.AlignBottom)
        foot.setAlignment(self.next_button, Qt.AlignmentFlag.AlignBottom)
        box = card(self._pages, foot, margin=24, spacing=16)
        box.setFixedWidth(round(_WIDTH * min(self._scale(), 1.4)))
        inner = QWidget()
        column(row(1, box, 1), 1, into=inner)
        title = label(_("Connect with the centre"), "title")
        column(title, scrolled(inner), into=self, spacing=10)
        self.setTabOrder(self.next_button, self.back_button)  # Enter after the last field goes on
        self.setFocusProxy(self.lines["address"])

    def show_state(self, state: EnrolmentState) -> None:
        """Make the widgets say what `state` says."""
        for name, line in self.lines.items():
            set_text(line, state.value(name))
            line.setReadOnly(state.busy)
            self.fields[name].set_problem(state.problems.get(name, ""))
        self.fingerprint.show_groups(state.fingerprint.split())
        self._desk.setText(
            _("The centre will show this desk with {fingerprint}").format(
                fingerprint=state.desk_fingerprint
            )
        )
        words = _("What answers at {address} has this fingerprint:")
        self._who.setText(words.format(address=state.value("address").strip()))
        self._pages.setCurrentIndex(state.step)
        self._trouble.setText(state.trouble)
        # Never disabled: the cursor would go somewhere else meanwhile.
        self.next_button.setText(_on(state))
        moved = state.step, state.refusals, state.busy
        if moved != self._moved and not state.busy:  # not while somebody types
            self._focus(state)
        self._moved = moved

    def _typing(self) -> QWidget:
        page = QWidget()
        words = _(
            "The centre gives a code for this desk: forty characters in eight groups, good for "
            "one day and one desk. Whatever was registered before stays valid, and is sent."
        )
        self.choose_button = button(_("C&hoose…"), self._choose)
        column(
            label(words, wrap=True),
            self._line("address", _("&Address of the centre"), "https://motcua.example.vn"),
            self._line("code", _("&Enrolment code"), "XXXXX-XXXXX-XXXXX-XXXXX-…"),
            self._line(
                "authority",
                _("Certificate &file of its authority (for https)"),
                _("The file that came with the address, ending in .pem or .crt"),
                beside=self.choose_button,
            ),
            1,
            into=page,
            spacing=12,
        )
        return page

    def _line(self, name: str, caption: str, hint: str, *, beside: QWidget | None = None) -> Field:
        line = QLineEdit()
        line.setPlaceholderText(hint)
        line.textEdited.connect(lambda text: self.edited.emit(name, text))
        line.editingFinished.connect(lambda: self.left.emit(name))
        line.returnPressed.connect(self.advanced)
        self.lines[name] = line
        self.fields[name] = Field(caption, line, required=name != "authority", beside=beside)
        return self.fields[name]

    def _comparing(self) -> QWidget:
        page = QWidget()
        self._who = label("", wrap=True)
        self._desk = label("", "muted", wrap=True)
        self.fingerprint = Fingerprint()
        words = _(
            "Ring up the centre and read the fingerprint to each other: “central status” shows "
            "it there. If one character differs, somebody else answers at this address: go "
            "back, and tell the administrator."
        )
        column(
            label(_("Is this the centre?"), "heading"),
            self._who,
            card(row(1, self.fingerprint, 1), margin=18),
            label(words, wrap=True),
            self._desk,
            1,
            into=page,
            spacing=12,
        )
        return page

    def _choose(self) -> None:
        place = QStandardPaths.StandardLocation.DownloadLocation
        folder = QStandardPaths.writableLocation(place)
        kinds = _("Certificates (*.pem *.crt *.cer);;All files (*)")
        caption = _("Certificate file of the centre's authority")
        dialog = QFileDialog(self, caption, folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take_authority)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()  # and no loop of its own: the window may be locked meanwhile

    def _take_authority(self, chosen: str) -> None:
        self.edited.emit("authority", str(Path(chosen)))
        self.next_button.setFocus()

    def _focus(self, state: EnrolmentState) -> None:
        """Put the cursor where one goes on; the window, too, hands it there."""
        place: QWidget = self.next_button
        if state.step is Step.TYPE:
            wrong = [name for name in _FIELDS if name in state.problems]
            empty = [name for name in _FIELDS[:2] if not state.value(name)]
            place = self.lines[(wrong or empty or ["code"])[0]]
        self.setFocusProxy(place)
        if self.isVisible():
            place.setFocus()

    def _scale(self) -> float:
        return self.font().pointSizeF() / theme.BASE_POINTS


def _on(state: EnrolmentState) -> str:
    if state.busy:
        return _("One moment …")
    return _("&Next") if state.step is Step.TYPE else _("It is the &same: connect")


class Fingerprint(QWidget):
    """A fingerprint as it is read out: group by group, four in a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Fingerprint of the centre"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(6)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show these groups."""
        clear(self._grid)
        for place, group in enumerate(groups):
            self._grid.addWidget(label(group, "number"), place // _A_LINE, place % _A_LINE)
        self.setAccessibleDescription(" ".join(groups))
