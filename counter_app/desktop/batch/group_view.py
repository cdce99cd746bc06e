"""A group's sheet on the screen: each line with what is wrong with it, or what it has become."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from counter_app.desktop.batch.group import GroupState
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.field import Field, set_choices
from counter_app.desktop.widgets.line_table import Lines, LineTable
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.desktop.wording import sentence_case
from counter_app.i18n import N_, _, format_date, law, ngettext
from counter_app.services.batch import GroupLine

_CAPTIONS: Final = (N_("Line"), N_("Applicant"), N_("Number of the ID"), N_("What it is"))
_ENDING: Final = ".xlsx"


class GroupView(QWidget):
    """Shows a GroupState."""

    chosen = Signal(str)
    file_chosen = Signal(str)
    template_wanted = Signal(str)
    submitted = Signal()
    stopped = Signal()
    printed = Signal()
    opened = Signal(int)
    wanted_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._procedure, self._was_busy = "", False
        self.procedure_box = SteadyCombo()
        self.procedure_box.activated.connect(
            lambda place: self.chosen.emit(self.procedure_box.itemData(place))
        )
        self.procedure = Field(_("What all &lines are for"), self.procedure_box)
        self.choose = button(_("Choose the &sheet …"), self._ask_which)
        self.template = button(_("&Empty sheet …"), self._ask_where, symbol="save")
        tools = row(self.procedure, column(1, self.choose), column(1, self.template), spacing=10)
        tools.setStretch(0, 1)
        self.file = label("", "muted", wrap=True)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self._table = Lines(_CAPTIONS, right=(0,), total=False)
        self.lines = LineTable(
            _("Lines of the sheet"), self._table, samples=("0000", None, "000000000000", None)
        )
        self.lines.opened.connect(self.opened)
        self.empty = EmptyState()
        self._below = QStackedWidget()
        self._below.addWidget(self.lines)
        self._below.addWidget(self.empty)
        self.sums = label("", "plain", wrap=True)
        self.print_button = button(_("&Print the receipts"), self.printed.emit, symbol="printer")
        self.stop_button = button(_("St&op after this line"), self.stopped.emit)
        self.again = button(_("Receive this sheet once &more"), self.wanted_again.emit)
        self.register = button("", self.submitted.emit, role="primary")
        bottom = row(
            self.sums, self.stop_button, self.again, self.print_button, self.register, spacing=10
        )
        bottom.setStretch(0, 1)
        whole = column(
            card(tools, self.file, self.problem), self._below, bottom, into=self, spacing=10
        )
        whole.setStretch(1, 1)
        self.setFocusProxy(self.procedure_box)

    def show_group(self, state: GroupState) -> None:
        """Make the widgets say what `state` says."""
        finished = self._was_busy and not state.busy and bool(state.received)
        self._procedure, self._was_busy = state.procedure, state.busy
        offered = [("", _("Choose a procedure"))]
        offered += [(m.procedure.code, law(m.procedure.name)) for m in state.choices]
        set_choices(self.procedure_box, offered, state.procedure)
        self.file.setText(Path(state.file).name)
        self.file.setVisible(bool(state.file))
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        self._show_lines(state)
        left, done = len(state.left), len(state.received)
        words = ngettext(
            "&Register {count} dossier (Ctrl+Enter)",
            "&Register {count} dossiers (Ctrl+Enter)",
            left,
        )
        self.register.setText(_("Saving…") if state.busy and done else words.format(count=left))
        self.register.setVisible(bool(left))
        self.register.setDisabled(state.busy)
        self.again.setVisible(state.is_known_whole and not state.busy)
        self.print_button.setVisible(bool(done) and not state.busy)
        self.stop_button.setVisible(state.busy and state.group is not None)
        for part in (self.procedure_box, self.choose):
            part.setDisabled(state.busy)
        self.template.setEnabled(bool(state.procedure))
        self.sums.setText(_sums(state))
        if finished:
            self.print_button.setFocus()

    def _show_lines(self, state: GroupState) -> None:
        lines = state.group.lines if state.group else ()
        self._table.show_lines([_line(line, state) for line in lines])
        if not lines:
            said = _(
                "Choose what the lines are for, and the sheet that the group has filled in. "
                "Each line is looked through before anything is registered."
            )
            if state.group is not None:
                said = _("The sheet has no lines below its headings.")
            self.empty.say("users", said)
        self._below.setCurrentWidget(self.lines if lines else self.empty)

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, _("Choose the sheet"), _documents(), _("Workbooks (*.xlsx)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save as workbook"), _documents(), _("Workbooks (*.xlsx)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_ENDING)
        dialog.selectFile(f"{self._procedure}{_ENDING}")
        dialog.fileSelected.connect(self.template_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _documents() -> str:
    where = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(where)


def _line(line: GroupLine, state: GroupState) -> tuple[str, ...]:
    applicant = line.intake.applicant
    return str(line.number), applicant.full_name, applicant.id_number, _said(line, state)


def _said(line: GroupLine, state: GroupState) -> str:
    done = state.done.get(line.number)
    if done is not None:
        return done.dossier.code if done.dossier else done.reason
    if line.received:
        at = format_date(line.received_at.date()) if line.received_at else ""
        return _("received already on {date} as {code}").format(date=at, code=line.received)
    if line.problems:
        said = (sentence_case(f"{p.named}: {p.sentence}") for p in line.problems)
        return _("To be corrected. {problems}").format(problems=" ".join(said))
    return _("can be received")


def _sums(state: GroupState) -> str:
    if state.group is None:
        return ""
    lines, wrong = len(state.group.lines), len(state.group.wrong)
    words = ngettext("{count} line", "{count} lines", lines).format(count=lines)
    parts = [words]
    if state.received:
        count = len(state.received)
        said = ngettext("{count} registered", "{count} registered", count)
        parts.append(said.format(count=count))
    if known := len(state.group.known):
        said = ngettext("{count} received before", "{count} received before", known)
        parts.append(said.format(count=known))
    if wrong:
        said = ngettext("{count} to be corrected", "{count} to be corrected", wrong)
        parts.append(said.format(count=wrong))
    return " · ".join(parts)
