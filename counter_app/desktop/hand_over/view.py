"""The list of what waits at the desk, and to whom it goes."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.hand_over.presenter import HandOverState
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.field import Field, set_text
from counter_app.desktop.widgets.suggestions import Suggestions
from counter_app.domain.form_name import form_name
from counter_app.domain.text import nfc
from counter_app.i18n import _, law
from counter_app.services.hand_over import Waiting

_PANEL: Final = 330
_SAMPLES: Final = (
    "H57.132-261123-0000",
    "Nguyễn Thị Minh Hạnh",
    "",  # the procedure has what is left
    "00:00 00/00",
    "Bộ phận tư pháp - hộ",
)
_SHORTER: Final = {1: "Nguyễn Thị Minh", 4: "Bộ phận tư"}
_AIR: Final = 18  # dots beside the words of a column
_LINE: Final = 18  # dots, at the usual size of letters
_TICK: Final = 30  # dots of the box before a code
_RECEIVED: Final = 3  # a column
_CHECK: Final = Qt.ItemDataRole.CheckStateRole


class WaitingTable(QTableWidget):
    """The dossiers at the desk; Space ticks, Enter opens."""

    ticked = Signal(object, bool)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(0, 5)
        self._ids: list[UUID] = []
        self._shown: tuple[object, ...] = ()
        self.setAccessibleName(_("Dossiers at the desk"))
        captions = (_("Code"), _("Applicant"), _("Procedure"), _("Received"), _("Goes to"))
        self.setHorizontalHeaderLabels(captions)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        mode, letters = QHeaderView.ResizeMode, self.fontMetrics()
        scale = letters.height() / _LINE
        shorter = _SHORTER if theme.is_large() else {}
        for place, usual in enumerate(_SAMPLES):
            sample = shorter.get(place, usual)
            header.setSectionResizeMode(place, mode.Fixed if sample else mode.Stretch)
            room = _AIR + (0 if place else round(_TICK * scale))
            self.setColumnWidth(place, letters.horizontalAdvance(sample) + room)
        self.setColumnHidden(_RECEIVED, theme.is_large())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._changed)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(self._ids[item.row()]))

    def show_waiting(self, waiting: Sequence[Waiting], meant: frozenset[UUID]) -> None:
        """Show these dossiers, those that go ticked."""
        self.blockSignals(True)
        if tuple(waiting) != self._shown:
            self._shown = tuple(waiting)
            self._ids = [each.dossier_id for each in waiting]
            self.setRowCount(len(waiting))
            for place, each in enumerate(waiting):
                for at, text in enumerate(_cells(each)):
                    item = QTableWidgetItem(text)
                    item.setToolTip(text)
                    self.setItem(place, at, item)
            if waiting and self.currentRow() < 0:
                self.setCurrentCell(0, 0)
        for place, dossier_id in enumerate(self._ids):
            on = Qt.CheckState.Checked if dossier_id in meant else Qt.CheckState.Unchecked
            if (box := self.item(place, 0)) is not None:
                box.setData(_CHECK, on)
        self.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space wherever one is in the line, and open it by Enter."""
        place = self.currentRow()
        if place >= 0 and event.key() == Qt.Key.Key_Space:
            if (item := self.item(place, 0)) is not None:
                on = item.checkState() is not Qt.CheckState.Checked
                self.ticked.emit(self._ids[place], on)
        elif place >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.opened.emit(self._ids[place])
        else:
            super().keyPressEvent(event)

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self.ticked.emit(self._ids[item.row()], item.checkState() is Qt.CheckState.Checked)


class HandOverView(QWidget):
    """Shows a HandOverState."""

    ticked = Signal(object, bool)
    all_ticked = Signal()
    opened = Signal(object)
    unit_named = Signal(str)
    receiver_named = Signal(str)
    printing_chosen = Signal(bool)
    submitted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told = Banner()
        self.trouble = Banner()
        self.rule = label("", "muted", wrap=True)
        self.table = WaitingTable()
        self.table.ticked.connect(self.ticked)
        self.table.opened.connect(self.opened)
        self.empty = EmptyState()
        self._below = QStackedWidget()
        self._below.addWidget(self.table)
        self._below.addWidget(self.empty)
        self.every = button(_("All (F9)"), self.all_ticked.emit, role="link")
        self.unit = QLineEdit()
        self.unit_field = Field(_("&Unit that examines it"), self.unit, required=True)
        self.usual = Suggestions(self.unit, self, first_marked=False)
        self.usual.chosen.connect(self._take)
        self.receiver = QLineEdit()
        self.receiver_field = Field(_("Who takes it there"), self.receiver)
        words = _("Print the list and the control slips")
        self.printing = QCheckBox(_("Print: {papers}").format(papers=form_name("hand-over-list")))
        self.printing.setToolTip(words)
        self.count = label("", "heading", wrap=True)
        self.do_button = button("", self.submitted.emit, role="primary")
        self.leave_button = button(_("Leave it (Esc)"), self.left.emit)
        self._units: Sequence[str] = ()
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.table)

    def show_state(self, state: HandOverState) -> None:
        """Make the widgets say what `state` says."""
        waiting = state.found.waiting if state.found else ()
        self.table.show_waiting(waiting, state.meant)
        none = state.found is not None and not waiting
        self._below.setCurrentWidget(self.empty if none else self.table)
        self.empty.say("check", _("Nothing waits at the desk: all of it was handed over."))
        until = state.found.until if state.found else ""
        words = _("What was received after {time} goes on the next working day.")
        self.rule.setText(words.format(time=until) if until else "")
        self._units = [each.unit for each in state.found.units] if state.found else []
        for edit, value in ((self.unit, state.unit), (self.receiver, state.receiver)):
            if nfc(edit.text()) != value:
                set_text(edit, value)
                edit.setCursorPosition(0)
        self.unit_field.set_problem(state.problem)
        if state.problem:
            self.unit.setFocus()
        count = _("{count} of {all} go").format(count=len(state.chosen), all=len(waiting))
        self.count.setText(count)
        blocked = self.printing.blockSignals(True)
        self.printing.setChecked(state.printing)
        self.printing.blockSignals(blocked)
        self.do_button.setText(_("Saving…") if state.busy else _("&Hand over (Ctrl+Enter)"))
        self.do_button.setDisabled(state.busy or not waiting)
        _say(self.told, state.told, good=True)
        _say(self.trouble, state.trouble, good=False)

    def _lay_out(self) -> None:
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        title = row(label(_("Hand over for examination"), "title"), 1, self.every)
        left = column(title, self.rule, self._below, spacing=8)
        left.setStretch(2, 1)
        foot = row(self.leave_button, self.do_button, spacing=10)
        foot.setStretch(1, 1)
        panel = card(
            self.count, self.unit_field, self.receiver_field, self.printing, foot, spacing=12
        )
        layout = panel.layout()
        assert layout is not None
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        panel.setFixedWidth(round(_PANEL * min(scale, 1.45)))
        body = row(left, panel, spacing=12)
        body.setStretch(0, 1)
        whole = column(self.told, self.trouble, body, into=self, spacing=10)
        whole.setStretch(2, 1)

    def _wire(self) -> None:
        self.unit.textEdited.connect(self._typed)
        self.unit.returnPressed.connect(self._entered)
        self.receiver.textEdited.connect(lambda text: self.receiver_named.emit(nfc(text)))
        self.receiver.returnPressed.connect(self.do_button.setFocus)
        self.printing.toggled.connect(self.printing_chosen)
        for key, wanted in (
            ("F9", self.all_ticked),
            ("Ctrl+Return", self.submitted),
            ("Ctrl+Enter", self.submitted),
        ):
            QShortcut(QKeySequence(key), self, wanted.emit)

    def _typed(self, text: str) -> None:
        self.usual.offer([(unit, "") for unit in self._units if unit != text])
        self.unit_named.emit(nfc(text))

    def _entered(self) -> None:
        if self.usual.current >= 0:
            self._take(self.usual.current)
        self.unit.focusNextChild()

    def _take(self, place: int) -> None:
        text = self.usual.item(place).text()
        self.unit.setText(text)
        self.usual.offer(())
        self.unit_named.emit(text)


def _cells(waiting: Waiting) -> tuple[str, ...]:
    goes = _("tomorrow") if waiting.tomorrow else waiting.unit.unit
    received = f"{waiting.received_at:%H:%M %d/%m}"
    return str(waiting.code), waiting.applicant, law(waiting.procedure), received, goes


def _say(banner: Banner, words: str, *, good: bool) -> None:
    if words and (banner.message.text() != words or banner.isHidden()):
        banner.say(words, "good" if good else "danger")
    elif not words:
        banner.setVisible(False)
