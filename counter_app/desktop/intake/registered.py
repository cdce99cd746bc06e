"""What has just been registered, large enough to be read out, and what can be done with it now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from counter_app.desktop import theme
from counter_app.desktop.intake.notices import symbol
from counter_app.desktop.intake.words import due_words, money_words, print_words, served_words
from counter_app.desktop.widgets.basics import button, column, label, row, set_tone
from counter_app.domain.dossier import Dossier
from counter_app.domain.status import Status
from counter_app.i18n import _


class RegisteredBanner(QFrame):
    """Code and due date of a dossier; links to it, its receipt, its result and its fee."""

    opened = Signal()
    printed = Signal()
    served = Signal()
    paid = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_tone(self, "good")
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.due = label("", "heading", wrap=True)
        self.serve = button(_("Hand over the result now (Ctrl+T)"), self.served.emit, role="link")
        self.pay = button("", self.paid.emit, role="link")
        self.print_again = button("", self.printed.emit, role="link")
        self.open = button(_("Open the dossier"), self.opened.emit, role="link")
        more = _("One more for this person (Ctrl+D)")
        self.more = button(more, self.again.emit, role="link")
        words = column(label(_("Registered"), "plain"), self.code, spacing=0)
        sign = symbol("check", theme.worn().good, size=32)
        head = row(sign, words, self.due, spacing=18)
        head.setStretch(2, 1)
        links = (self.serve, self.pay, self.more, self.open, self.print_again)
        column(head, *_lines(links), into=self, margin=8, spacing=2)
        self.hide()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Say what was registered, or nothing."""
        self.setVisible(dossier is not None)
        if dossier is None or dossier.received is None:
            return
        self.code.setText(dossier.code)
        self.code.setAccessibleName(dossier.code)
        served = dossier.status is Status.RETURNED
        at_once = dossier.received.on_the_spot
        self.due.setText(served_words() if served else due_words(dossier.due_at))
        self.serve.setVisible(at_once and not served)
        unknown = any(line.amount is None for line in dossier.fees)
        self.pay.setVisible(dossier.owed > 0 or unknown)
        self.pay.setText(money_words(dossier.owed))
        self.print_again.setText(print_words(again=not at_once))


def _lines(links: Sequence[QPushButton]) -> list[QHBoxLayout]:
    """Return the links in one row, or in two where letters are large."""
    per_line = 3 if theme.is_large() else len(links)
    return [
        row(*links[first : first + per_line], 1, spacing=4)
        for first in range(0, len(links), per_line)
    ]
