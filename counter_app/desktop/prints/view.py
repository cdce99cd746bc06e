"""The list of print jobs, and below it the chosen one with what can be done about it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QStackedWidget, QWidget

from counter_app.desktop.prints.presenter import PrintsState
from counter_app.desktop.prints.table import JobTable
from counter_app.desktop.prints.words import (
    Act,
    condition_words,
    copy_words,
    explained,
    since,
    state_tag,
)
from counter_app.desktop.widgets.basics import (
    ButtonRole,
    button,
    card,
    column,
    label,
    row,
    set_tone,
    tag,
)
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.field import set_choices
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.desktop.wording import Tag, sentence_case
from counter_app.devices.printers import Condition
from counter_app.domain.print_job import PrintJob
from counter_app.errors import PrintersSilent
from counter_app.i18n import N_, _, format_count

_SIZES: Final = {"a5": N_("A5"), "a4": N_("A4"), "roll80": N_("Roll 80 mm")}
_BUTTONS: Final[tuple[tuple[Act, str, ButtonRole, str], ...]] = (
    (Act.CAME_OUT, N_("It &came out"), "plain", "check"),
    (Act.AGAIN, N_("&Print now"), "primary", "printer"),
    (Act.LATER, N_("Print &later"), "plain", "clock"),
    (Act.REPRINT, N_("&Reprint"), "plain", "printer"),
    (Act.SAVE, N_("&Save as PDF …"), "plain", "save"),
    (Act.OPEN, N_("&Open the dossier"), "plain", "file-text"),
    (Act.DISCARD, N_("&Discard …"), "plain", "trash-2"),
    (Act.DISCARD_IT, N_("&Discard it"), "primary", "trash-2"),
    (Act.KEEP_IT, N_("&Keep it"), "plain", ""),
)
_BESIDE: Final = (Act.OPEN, Act.SAVE, Act.DISCARD)
"""What is done less often, beside the paper's name."""


class PrintsView(QWidget):
    """Shows a PrintsState."""

    chosen = Signal(int)
    printer_chosen = Signal(str)
    asked = Signal(object)
    saved = Signal(object)
    all_wanted = Signal()
    refreshed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state: PrintsState | None = None
        self.all_button = button("", self.all_wanted.emit, symbol="printer")
        self.broken = label("", "problem", wrap=True)
        self.working = label("", "muted", wrap=True)
        printers = column(self.broken, self.working, spacing=2)
        head = row(label(_("Print jobs"), "title"), printers, self.all_button, spacing=18)
        head.setStretch(1, 1)
        self.table = JobTable()
        self.table.currentCellChanged.connect(lambda *_: self._choose())
        self.table.entered.connect(self._to_the_buttons)
        self.table.given_up.connect(lambda: self.asked.emit(Act.DISCARD))
        self.empty = EmptyState()
        filled = column(self.table, self._job(), spacing=10)
        filled.setStretch(0, 1)
        list_ = QWidget()
        list_.setLayout(filled)
        self._pages = QStackedWidget()
        self._pages.addWidget(list_)
        self._pages.addWidget(self.empty)
        column(head, self._pages, into=self, spacing=10).setStretch(1, 1)
        self.setFocusProxy(self.table)
        refresh = QShortcut(QKeySequence("F5"), self, self.refreshed.emit)
        refresh.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_state(self, state: PrintsState) -> None:
        """Make the widgets say what `state` says."""
        before, self._state = self._state, state
        self._show_printers(state)
        self.all_button.setVisible(state.to_be_sent > 1)
        words = _("Print &all that waits ({count})").format(count=format_count(state.to_be_sent))
        self.all_button.setText(words)
        self._pages.setCurrentIndex(0 if state.jobs else 1)
        if not state.jobs:
            none = N_("Nothing waits to be printed, and nothing was printed in the last 30 days.")
            self.empty.say("printer", _(none if state.jobs is not None else N_("One moment …")))
            return
        if before is None or (before.jobs, before.now, before.chosen) != (
            state.jobs,
            state.now,
            state.chosen,
        ):
            places = [job.id for job in state.jobs]
            place = places.index(state.chosen) if state.chosen in places else -1
            self.table.show_lines([_line(job, state) for job in state.jobs], place)
        self._show_job(state)
        if before is not None and before.jobs is None and self.isVisible():
            self.table.setFocus()  # it could not take the cursor before there was anything in it

    def _job(self) -> QFrame:
        self._tag = tag()
        self._title = label("", "heading", wrap=True)
        self._copy = label("", "muted")
        self._words = label("", wrap=True)
        self.targets = SteadyCombo()
        self.targets.setMinimumContentsLength(18)
        self.targets.setAccessibleName(_("Printer"))
        self.targets.activated.connect(
            lambda place: self.printer_chosen.emit(self.targets.itemData(place))
        )
        self._on = label(_("&On"), "plain")
        self._on.setBuddy(self.targets)
        self.buttons: dict[Act, QPushButton] = {
            act: button(_(words), self._presses(act), role=role, symbol=symbol)
            for act, words, role, symbol in _BUTTONS
        }
        for made in self.buttons.values():  # all at once would be wider than a small screen
            made.hide()
        beside = [self.buttons[act] for act in _BESIDE]
        others = [made for act, made in self.buttons.items() if act not in _BESIDE]
        words = column(row(self._tag, self._copy, 1, spacing=10), self._title, spacing=4)
        head = row(words, *beside, spacing=8)
        head.setStretch(0, 1)
        for made in beside:
            head.setAlignment(made, Qt.AlignmentFlag.AlignTop)
        return card(head, self._words, row(self._on, self.targets, *others, 1, spacing=8))

    def _presses(self, act: Act) -> Callable[[], None]:
        def press() -> None:
            if act is Act.SAVE:
                self._ask_where()
            else:
                self.asked.emit(act)

        return press

    def _show_printers(self, state: PrintsState) -> None:
        working = {Condition.READY, Condition.BUSY}
        for place, right in ((self.broken, False), (self.working, True)):
            told = [
                condition_words(printer)
                for printer in state.all_printers
                if (printer.condition in working) is right
            ]
            place.setText("  ·  ".join(told))
            place.setVisible(bool(told))
        if state.silent:
            self.broken.setText(str(PrintersSilent()))
            self.broken.show()

    def _show_job(self, state: PrintsState) -> None:
        job = state.job
        if job is None:
            return
        said = state_tag(job, state.now)
        self._tag.setText(said.text)
        set_tone(self._tag, said.tone)
        self._title.setText(sentence_case(job.title))
        self._copy.setText(copy_words(job))
        discarding = _(
            "Give this paper up? It will not be printed; what the journal has noted stays."
        )
        self._words.setText(discarding if state.doubtful else explained(job, state.now))
        choices = [(each.name, each.name) for each in state.printers]
        set_choices(self.targets, choices, state.target)
        self._show_buttons(state)

    def _show_buttons(self, state: PrintsState) -> None:
        had_focus = any(each.hasFocus() for each in self.buttons.values())
        for act, made in self.buttons.items():
            made.setVisible(act in state.acts)
        aimed = Act.AGAIN in state.acts and bool(state.printers)
        self.targets.setVisible(aimed)
        self._on.setVisible(aimed)
        self.buttons[Act.AGAIN].setEnabled(bool(state.printers) or not state.looked)
        if had_focus and not any(each.hasFocus() for each in self.buttons.values()):
            self._to_the_buttons()

    def _to_the_buttons(self) -> None:
        """Go to what can be done about the chosen job, or back to the list."""
        offered = [made for made in self.buttons.values() if not made.isHidden()]
        ready = [made for made in offered if made.isEnabled()]
        (ready[0] if ready else self.table).setFocus()

    def _choose(self) -> None:
        state, place = self._state, self.table.currentRow()
        if state is not None and state.jobs and 0 <= place < len(state.jobs):
            self.chosen.emit(state.jobs[place].id)

    def _ask_where(self) -> None:
        job = self._state.job if self._state else None
        if job is None:
            return
        where = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(where)
        dialog = QFileDialog(self, _("Save as PDF"), folder, _("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(".pdf")
        dialog.selectFile(f"{job.code or job.form}.pdf")
        dialog.fileSelected.connect(lambda chosen: self.saved.emit(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _line(job: PrintJob, state: PrintsState) -> tuple[Tag, Sequence[str]]:
    cells = (
        sentence_case(job.title),
        job.code or "–",
        job.printer or "–",
        _(_SIZES.get(job.paper, job.paper)),
        since(job, state.now),
    )
    return state_tag(job, state.now), cells
