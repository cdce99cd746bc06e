"""The lists across the top, what narrows them below, and the table with what can be done."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.lists.presenter import REGISTER, ListsState
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.desktop.widgets.dossier_table import DossierTable
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.field import Field, set_choices, set_text
from counter_app.desktop.widgets.segments import Segments
from counter_app.domain.channel import Channel
from counter_app.domain.dossier_filter import DossierFilter
from counter_app.i18n import N_, _, format_count, law, ngettext

_FEWEST_LINES: Final = 6  # of the table; with large letters there is no room for many
_PAUSE_MS: Final = 400  # after the last letter of a day
_LISTS: Final = {
    REGISTER: N_("&Register"),
    "due-soon": N_("Due soon"),
    "overdue": N_("Overdue"),
    "to-collect": N_("Results to collect"),
    "waits-long": N_("Wait too long"),
    "supplement": N_("Supplement"),
    "unpaid": N_("Not paid"),
}
_EMPTY: Final = {
    REGISTER: N_("Nothing was received in this period. Choose other days, or fewer conditions."),
    "due-soon": N_("Nothing is due within 24 hours."),
    "overdue": N_("Nothing is overdue."),
    "to-collect": N_("No result waits to be collected."),
    "waits-long": N_("No result has waited too long."),
    "supplement": N_("Nobody is asked for a supplement."),
    "unpaid": N_("Everything that is known to be owed has been paid."),
}
_DAY_LETTERS: Final = "00/00/00000"


class ListsView(QWidget):
    """Shows a ListsState."""

    turned = Signal(str)
    narrowed = Signal(str, object)
    saved_wanted = Signal(str)
    save_wanted = Signal(str)
    drop_wanted = Signal(str)
    opened = Signal(object)
    page_wanted = Signal(object)
    print_wanted = Signal()
    workbook_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        choices = [(which, _(words)) for which, words in _LISTS.items()]
        self.lists = Segments(_("List"), choices, REGISTER)
        self.lists.chosen.connect(self.turned)
        self.first, self.last = self._day("first"), self._day("last")
        self.procedure = self._choice("procedure")
        self.field = self._choice("field")
        self.channel = self._choice("channel")
        self.officer = self._choice("officer")
        self.saved = QComboBox()
        self.saved.activated.connect(self._take_saved)
        self._fields = {
            "first": Field(_("&From"), self.first),
            "last": Field(_("&To"), self.last),
        }
        self.save = button(_("&Save list …"), self._name, symbol="plus")
        self.drop = button(_("Forget"), self._drop, role="link")
        self.print = button(_("&Print (Ctrl+P)"), self.print_wanted.emit, symbol="printer")
        self.print.setShortcut("Ctrl+P")
        self.excel = button(_("E&xcel …"), self._choose_file, symbol="save")
        self._count = label("", "muted")
        self.table = DossierTable()
        self.table.opened.connect(self.opened)
        self.table.page_wanted.connect(self.page_wanted)
        self.empty = EmptyState()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._days)
        self._lay_out()
        self.setFocusProxy(self.lists)

    def show_state(self, state: ListsState) -> None:
        """Make the widgets say what `state` says."""
        if state.which:
            self.lists.show_choice(state.which)
        if not self._pause.isActive():  # or what was typed since would be lost
            set_text(self.first, state.first)
            set_text(self.last, state.last)
        for name, field in self._fields.items():
            wrong = _("Day/month/year") if name in state.problems else ""
            field.set_problem(wrong)
        self._show_choices(state)
        self.table.show_listing(state.listing)
        nothing = state.looked and not state.listing.ids
        if nothing:
            self.empty.say("clipboard-list", _(_EMPTY.get(state.which, _EMPTY[REGISTER])))
        self._below.setCurrentIndex(1 if nothing else 0)
        self._count.setText(_counted(state) if state.looked else "")
        for made in (self.print, self.excel):
            made.setEnabled(bool(state.listing.ids) and not state.busy)

    def _show_choices(self, state: ListsState) -> None:
        wanted, offered = state.wanted, state.choices
        any_ = ("", _("any"))
        procedures = [any_, *offered.procedures]
        set_choices(self.procedure, procedures, wanted.procedure)
        fields = [any_, *((field, law(field)) for field in offered.fields)]
        set_choices(self.field, fields, wanted.field)
        channels = [any_, *((each.value, f"{each}") for each in Channel)]
        set_choices(self.channel, channels, wanted.channel.value if wanted.channel else "")
        set_choices(self.officer, [any_, *((o, o) for o in offered.officers)], wanted.officer)
        saved = [("", _("Saved lists …")), *((each.name, each.name) for each in offered.saved)]
        set_choices(self.saved, saved, _saved_name(state, wanted))
        self.saved.setEnabled(bool(offered.saved))
        self.drop.setVisible(bool(self.saved.currentData()))

    def _lay_out(self) -> None:
        conditions = QWidget()
        asked = [
            *self._fields.values(),
            Field(_("Proce&dure"), self.procedure),
            Field(_("Fi&eld"), self.field),
            Field(_("Channel"), self.channel),
            Field(_("Officer"), self.officer),
        ]
        lines = [asked[:3], asked[3:]] if theme.is_large() else [asked]
        rows = [row(*line, spacing=8) for line in lines]
        rows[0].setStretch(2, 1)
        column(*rows, into=conditions)
        acts = QWidget()
        row(
            self.saved, self.drop, self.save, 1, self._count, self.excel, self.print,
            into=acts, spacing=8,
        )  # fmt: skip
        self._below = QStackedWidget()
        self._below.setMinimumHeight(_FEWEST_LINES * self.fontMetrics().height())
        self._below.addWidget(self.table)
        self._below.addWidget(self.empty)
        head = QWidget()
        row(self.lists, 1, into=head)
        layout = column(head, conditions, acts, self._below, into=self, spacing=8)
        layout.setStretch(3, 1)

    def _day(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setPlaceholderText(_("day/month/year"))
        letters = edit.fontMetrics()
        said = (_DAY_LETTERS, edit.placeholderText())
        edit.setFixedWidth(max(map(letters.horizontalAdvance, said)) + 28 * letters.height() // 18)
        edit.textEdited.connect(lambda _text: self._pause.start())
        edit.editingFinished.connect(self._days)
        edit.setObjectName(name)
        return edit

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        box.activated.connect(lambda _place: self._narrow(name, box.currentData()))
        return box

    def _narrow(self, name: str, value: str) -> None:
        if name == "channel":
            self.narrowed.emit(name, Channel(value) if value else None)
        else:
            self.narrowed.emit(name, value)

    def _days(self) -> None:
        self._pause.stop()
        self.narrowed.emit("first", self.first.text())
        self.narrowed.emit("last", self.last.text())

    def _take_saved(self, _place: int) -> None:
        if name := self.saved.currentData():
            self.saved_wanted.emit(name)

    def _drop(self) -> None:
        if name := self.saved.currentData():
            self.drop_wanted.emit(name)

    def _name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setLabelText(_("Name of the list"))
        dialog.setWindowTitle(_("Save list"))
        dialog.setTextValue(self.saved.currentData() or "")
        dialog.textValueSelected.connect(self.save_wanted)
        dialog.open()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Save as workbook"), "", _("Workbooks (*.xlsx)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda chosen: self.workbook_wanted.emit(Path(chosen)))
        dialog.open()


def _saved_name(state: ListsState, wanted: DossierFilter) -> str:
    if state.which:
        return ""
    return next((each.name for each in state.choices.saved if each.filter == wanted), "")


def _counted(state: ListsState) -> str:
    count = len(state.listing.ids)
    if state.more:
        words = _("The first {count} are shown; narrow the list for the rest.")
        return words.format(count=format_count(count))
    return ngettext("{count} dossier", "{count} dossiers", count).format(count=format_count(count))
