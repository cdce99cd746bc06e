"""The head of a dossier's screen: which one it is, where it stands, and what can be done now."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from counter_app.desktop.widgets.basics import button, column, label, row, set_tone, tag
from counter_app.desktop.wording import due_tag, sentence_case, status_tag
from counter_app.i18n import _, format_instant, law
from counter_app.services.viewing import OpenDossier

_THANKS_MS: Final = 2000


class Head(QFrame):
    """Shows what one must know of a dossier at a glance."""

    print_wanted = Signal()
    look_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.code = label("", "title")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = button(_("Copy code"), self._copy, role="link", symbol="copy")
        self.status = tag()
        self.procedure = label("", "heading", wrap=True)
        self.due = label()
        self.left = tag()
        self.look_button = button(_("&View receipt"), self.look_wanted.emit)
        self.print_button = button("", self.print_wanted.emit, role="primary")
        self._thanks = QTimer(self, singleShot=True, interval=_THANKS_MS)
        self._thanks.timeout.connect(lambda: self.copy_button.setText(_("Copy code")))
        first = row(self.code, self.copy_button, 1, self.look_button, self.print_button)
        second = row(self.status, self.procedure, self.due, self.left, spacing=12)
        second.setStretch(1, 1)
        column(first, second, into=self, margin=14, spacing=8)

    def show_dossier(self, opened: OpenDossier) -> None:
        """Show a dossier as it stands."""
        dossier, received = opened.dossier, opened.dossier.received
        self.code.setText(dossier.code or _("Code not known here"))
        self.copy_button.setVisible(bool(dossier.code))
        standing = status_tag(dossier.status, voided=dossier.voided)
        self.status.setText(standing.text)
        self.status.setToolTip(sentence_case(f"{dossier.status}") if dossier.status else "")
        set_tone(self.status, standing.tone)
        self.procedure.setText(law(received.procedure.name) if received else "")
        self._show_due(opened)
        again, first = _("Print receipt again (Ctrl+P)"), _("Print receipt (Ctrl+P)")
        self.print_button.setText(again if dossier.prints else first)
        self.print_button.setShortcut("Ctrl+P")  # the text has taken it away
        for each in (self.look_button, self.print_button):
            each.setVisible(received is not None)

    def _show_due(self, opened: OpenDossier) -> None:
        dossier, received = opened.dossier, opened.dossier.received
        if dossier.due_at is not None:
            self.due.setText(_("Due {when}").format(when=format_instant(dossier.due_at)))
        else:
            self.due.setText(_("No due date") if received else "")
        left = due_tag(
            dossier.due_at,
            opened.now,
            dossier.status,
            finished_at=dossier.finished_at or dossier.returned_at,
            voided=dossier.voided,
        )
        self.left.setVisible(left is not None)
        if left is not None:
            self.left.setText(left.text)
            set_tone(self.left, left.tone)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.copy_button.setText(_("Copied"))
        self._thanks.start()
