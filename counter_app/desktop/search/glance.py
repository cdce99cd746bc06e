"""A short look at the chosen dossier, so that one need not open it to know that it is the one."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from counter_app.desktop import theme
from counter_app.desktop.widgets.basics import button, column, label, row, set_tone, tag
from counter_app.desktop.wording import Tag, due_tag, masked, sentence_case, status_tag
from counter_app.i18n import N_, _, format_instant, format_money, law
from counter_app.store.rows import DossierRow

_WIDTH: Final = 300
_CAPTIONS: Final = (
    N_("ID number"),
    N_("Procedure"),
    N_("Received"),
    N_("Due"),
    N_("Fees"),
)


class Glance(QFrame):
    """Shows one row."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(round(_WIDTH * self.font().pointSizeF() / theme.BASE_POINTS))
        self._code = label("", "muted")
        self.name = label("", "heading", wrap=True)
        self._status = tag()
        self._due = tag()
        self._values = {caption: label("", wrap=True) for caption in _CAPTIONS}
        self.id_number = self._values["ID number"]
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        for line, (caption, value) in enumerate(self._values.items()):
            words = label(sentence_case(_(caption)), "muted")
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, line, 0)
            self._grid.addWidget(value, line, 1)
        self._open = button(_("Open dossier"), self.opened.emit, role="primary")
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter in box and table does the same
        tags = row(self._status, self._due, 1)
        column(
            self._code, self.name, tags, self._grid, 1, self._open, into=self, margin=16, spacing=10
        )

    def show_row(self, dossier: DossierRow | None, now: datetime) -> None:
        """Show a dossier, or nothing as long as none is chosen."""
        for part in (self._code, self.name, self._status, self._open):
            part.setVisible(dossier is not None)
        self._due.hide()
        for value in self._values.values():
            value.setText("")
        if dossier is not None:
            self._show(dossier, now)

    def _show(self, dossier: DossierRow, now: datetime) -> None:
        self._code.setText(dossier.code)
        self.name.setText(dossier.applicant_name or "—")
        _show_tag(self._status, status_tag(dossier.status, voided=dossier.voided))
        finished = dossier.finished_at or dossier.returned_at
        left = due_tag(
            dossier.due_at, now, dossier.status, finished_at=finished, voided=dossier.voided
        )
        if left is not None:
            _show_tag(self._due, left)
            self._due.show()
        told = {
            "ID number": masked(dossier.id_number),
            "Procedure": law(dossier.procedure_name),
            "Received": _instant(dossier.received_at, now),
            "Due": _instant(dossier.due_at, now) if dossier.due_at else _("No due date"),
            "Fees": _fees(dossier),
        }
        for caption, text in told.items():
            self._values[caption].setText(text or "—")


def _fees(dossier: DossierRow) -> str:
    """Return what is charged; what nobody has entered is not free."""
    known = format_money(dossier.charged) if dossier.charged else ""
    if dossier.fee_unknown:
        return _("{amount} + not entered").format(amount=known) if known else _("not entered")
    return known or (_("No fee") if dossier.fee_unknown is False else "")


def _show_tag(shown: QLabel, told: Tag) -> None:
    shown.setText(told.text)
    set_tone(shown, told.tone)


def _instant(instant: datetime | None, now: datetime) -> str:
    return format_instant(instant.astimezone(now.tzinfo)) if instant else "—"
