"""The head of a dossier's screen: which one it is, where it stands, and what can be done now."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QMenu

from counter_app.desktop import theme
from counter_app.desktop.widgets.basics import (
    button,
    column,
    label,
    paint_symbol,
    row,
    set_tone,
    tag,
)
from counter_app.desktop.wording import due_tag, sentence_case, status_tag
from counter_app.i18n import _, format_instant, law
from counter_app.services.papers import PaperOffer
from counter_app.services.viewing import OpenDossier

_THANKS_MS: Final = 2000


class Head(QFrame):
    """Shows what one must know of a dossier at a glance."""

    print_wanted = Signal()
    look_wanted = Signal()
    paper_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.code = label("", "title")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = button("", self._copy, role="link", symbol="copy")
        self.copy_button.setToolTip(_("Copy code"))
        self.copy_button.setAccessibleName(_("Copy code"))
        self._name_copy(_("Copy code"))
        self.status = tag()
        self.procedure = label("", "heading", wrap=True)
        self.due = label()
        self.left = tag()
        self.look_button = button(_("&View receipt"), self.look_wanted.emit)
        self.print_button = button("", self.print_wanted.emit, role="primary")
        self.papers = QMenu(self)
        self.papers_button = button(_("Other papers"), self._open_papers, symbol="chevron-down")
        self._offers: tuple[PaperOffer, ...] = ()
        self._thanks = QTimer(self, singleShot=True, interval=_THANKS_MS)
        self._thanks.timeout.connect(lambda: self._name_copy(_("Copy code")))
        printing = (self.papers_button, self.look_button, self.print_button)
        first = row(self.code, self.copy_button, 1, *printing)
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
        self._name_print(again=bool(dossier.prints))
        for each in (self.look_button, self.print_button):
            each.setVisible(received is not None)

    def show_offers(self, offers: tuple[PaperOffer, ...]) -> None:
        """Show what can be printed besides the receipt."""
        self.papers_button.setVisible(bool(offers))
        if offers == self._offers:
            return
        self._offers = offers
        self.papers.clear()
        for offer in offers:
            action = self.papers.addAction(_said(offer).replace("&", "&&"))
            action.triggered.connect(lambda _checked, o=offer: self.paper_wanted.emit(o))

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

    def _name_print(self, *, again: bool) -> None:
        """Say what prints; where letters are large, its key is in the tooltip only."""
        words = _("Print receipt again (Ctrl+P)") if again else _("Print receipt (Ctrl+P)")
        large = theme.is_large()
        self.print_button.setText(words.removesuffix(" (Ctrl+P)") if large else words)
        self.print_button.setToolTip(words if large else "")
        self.print_button.setShortcut("Ctrl+P")  # the text has taken it away

    def _name_copy(self, words: str) -> None:
        """Say what was copied, or can be; where letters are large, the symbol alone says it."""
        self.copy_button.setText("" if theme.is_large() else words)
        self.copy_button.setToolTip(words if theme.is_large() else "")
        self.copy_button.setProperty("symbol", "copy" if words == _("Copy code") else "check")
        paint_symbol(self.copy_button)

    def _open_papers(self) -> None:
        self.papers.popup(self.papers_button.mapToGlobal(self.papers_button.rect().bottomLeft()))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self._name_copy(_("Copied"))
        self._thanks.start()


def _said(offer: PaperOffer) -> str:
    """Return what a paper is called in the menu: of which step, and whether it was printed."""
    parts = [sentence_case(offer.title)]
    if offer.done_at is not None:
        parts.append(format_instant(offer.done_at))
    if offer.printed:
        parts.append(_("printed: {count}").format(count=offer.printed))
    return " · ".join(parts)
