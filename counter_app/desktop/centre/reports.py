"""What the centre reports back, entry by entry; below the list what the chosen one means."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QTableWidgetItem,
    QWidget,
)

from counter_app.desktop.widgets.basics import button, card, column, label, row, set_tone, tag
from counter_app.desktop.widgets.plain_table import PlainTable
from counter_app.desktop.wording import local_time, sentence_case, verdict_tag
from counter_app.domain.judgement import explain
from counter_app.domain.sentence import sentence
from counter_app.i18n import _, format_instant
from counter_app.services.unsettled import Unsettled

_LEAST: Final = 3  # lines in sight, however large the letters are


class Reports(QWidget):
    """Shows entries; Enter opens the dossier of the chosen one."""

    opened = Signal(object)  # the dossier's id

    def __init__(self) -> None:
        super().__init__()
        self._reports: Sequence[Unsettled] = ()
        self.table = _Table()
        self.table.entered.connect(self._open)
        self.table.currentCellChanged.connect(lambda *_: self._explain())
        self._verdict = tag()
        self._what = label("", wrap=True)
        self._why = label("", "muted", wrap=True)
        self.open_button = button(_("&Open the dossier"), self._open)
        words = column(row(self._verdict, self._what, spacing=10), self._why, spacing=6)
        line = row(words, self.open_button, spacing=18)
        line.setStretch(0, 1)
        whole = column(self.table, card(line), into=self, spacing=10)
        whole.setStretch(0, 1)
        self.setFocusProxy(self.table)

    def show_reports(self, reports: Sequence[Unsettled]) -> None:
        """Show these entries; the chosen one stays chosen, or else the first is."""
        if reports == self._reports:
            return
        chosen = self._chosen
        self._reports = reports
        self.table.show_lines([_line(report) for report in reports])
        ids = [report.operation.header.op_id for report in reports]
        known = chosen is not None and chosen.operation.header.op_id in ids
        place = ids.index(chosen.operation.header.op_id) if known and chosen else 0
        self.table.selectRow(place)
        self._explain()

    @property
    def _chosen(self) -> Unsettled | None:
        place = self.table.currentRow()
        return self._reports[place] if 0 <= place < len(self._reports) else None

    def _explain(self) -> None:
        report = self._chosen
        if report is None:
            return
        said = verdict_tag(report.verdict)
        self._verdict.setText(sentence_case(said.text))
        set_tone(self._verdict, said.tone)
        self._what.setText(f"{report.code} · {sentence(report.operation)}".removeprefix(" · "))
        self._why.setText(explain(report.reason))
        self.open_button.setVisible(report.operation.header.dossier_id is not None)

    def _open(self) -> None:
        report = self._chosen
        if report is not None and report.operation.header.dossier_id is not None:
            self.opened.emit(report.operation.header.dossier_id)


class _Table(PlainTable):
    def __init__(self) -> None:
        captions = (_("Centre says"), _("Code"), _("Entry"), _("Done at"), _("By"))
        name = _("What the centre reports back")
        super().__init__(name, captions, wide=2, least=_LEAST)

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these lines in place of those before, without saying which is chosen."""
        blocked = self.blockSignals(True)
        self.setRowCount(len(lines))
        for place, cells in enumerate(lines):
            for at, text in enumerate(cells):
                self.setItem(place, at, QTableWidgetItem(text))
        self.blockSignals(blocked)


def _line(report: Unsettled) -> tuple[str, ...]:
    header = report.operation.header
    return (
        sentence_case(verdict_tag(report.verdict).text),
        report.code or "–",
        sentence(report.operation),
        format_instant(local_time(header)),
        header.actor,
    )
