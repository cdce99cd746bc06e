"""The receipt as it will be printed, and beside it what can be done with it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from counter_app.desktop import theme
from counter_app.desktop.paper.presenter import PaperPresenter, PaperState
from counter_app.desktop.widgets.basics import card, label, row, set_tone, tag
from counter_app.desktop.widgets.outlet import Outlet
from counter_app.desktop.widgets.pages import Pages
from counter_app.i18n import N_, _
from counter_app.services.receipts import Size

_PANEL: Final = 300
_SIZES: Final[tuple[tuple[Size, str], ...]] = (
    ("a5", N_("A&5")),
    ("a4", N_("A&4")),
    ("roll80", N_("R&oll 80 mm")),
)


class PaperView(QWidget):
    """Shows a PaperState."""

    printed = Signal()
    saved = Signal(object)
    left = Signal()
    size_chosen = Signal(str)
    printer_chosen = Signal(str)
    room_made = Signal(int, int)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pages = Pages()
        self.pages.room_made.connect(self.room_made)
        self.pages.turned.connect(self.turned)
        self.code = label("", "heading")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_tag = tag()
        self.outlet = Outlet(_("Done (Esc)"))
        self.outlet.printed.connect(self.printed)
        self.outlet.saved.connect(self.saved)
        self.outlet.printer_chosen.connect(self.printer_chosen)
        self.outlet.done.connect(self.left)
        panel = card(
            label(_("Receipt of the dossier"), "title", wrap=True),
            self.code,
            row(self.copy_tag, 1),
            label(_("Paper size"), "plain"),
            self._sizes(),
            self.outlet,
        )
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        panel.setFixedWidth(round(_PANEL * scale))
        layout = row(self.pages, panel, into=self, spacing=12)
        layout.setStretch(0, 1)
        layout.setAlignment(panel, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.outlet)

    def show_state(self, state: PaperState) -> None:
        """Make the widgets say what `state` says."""
        self.pages.show_page(state.page, state.problem)
        receipt = state.receipt
        self.code.setText(receipt.code if receipt else "")
        self.copy_tag.setVisible(receipt is not None)
        if receipt is not None:
            self.copy_tag.setText(_copy_words(receipt.copy))
            set_tone(self.copy_tag, "warning" if receipt.copy else "info")
        for place, (size, _words) in enumerate(_SIZES):
            self._group.button(place).setChecked(size == state.size)
        self.outlet.show_outlets(state.outlets, receipt.code if receipt else "", busy=state.busy)

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window does: from here it leads back to where one came from."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)

    def _sizes(self) -> QWidget:
        box = QWidget()
        self._group = QButtonGroup(self)
        choices = [QRadioButton(_(words)) for _size, words in _SIZES]
        for place, choice in enumerate(choices):
            self._group.addButton(choice, place)
        self._group.idClicked.connect(lambda place: self.size_chosen.emit(_SIZES[place][0]))
        row(*choices, 1, into=box, spacing=12)
        return box


def build(presenter: PaperPresenter) -> PaperView:
    """Return the screen, wired to its presenter."""
    view = PaperView()
    view.printed.connect(presenter.print)
    view.saved.connect(lambda path: presenter.save(Path(path)))
    view.left.connect(presenter.leave)
    view.size_chosen.connect(presenter.choose_size)
    view.printer_chosen.connect(presenter.choose_printer)
    view.room_made.connect(presenter.make_room)
    view.turned.connect(presenter.turn)
    presenter.attach(view)
    return view


def _copy_words(copy: int) -> str:
    if copy == 0:
        return _("First print")
    return _("Reprint {number}").format(number=copy)
