"""Where a paper goes from the screen: to a printer, or into a file."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.desktop.outlets import Outlets
from counter_app.desktop.widgets.basics import button, column, label
from counter_app.desktop.widgets.field import Field, set_choices
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.i18n import _

_ENDING: Final = ".pdf"


class Outlet(QWidget):
    """The choice of a printer, and the buttons that let the paper go."""

    printed = Signal()
    saved = Signal(object)  # the path
    printer_chosen = Signal(str)
    done = Signal()

    def __init__(self, done_words: str) -> None:
        super().__init__()
        self._name = ""
        self._printers = SteadyCombo()
        self._printers.activated.connect(
            lambda place: self.printer_chosen.emit(self._printers.itemData(place))
        )
        self._field = Field(_("P&rinter"), self._printers)
        self.print_button = button(
            _("Print (Ctrl+P)"), self.printed.emit, role="primary", symbol="printer", key="Ctrl+P"
        )
        self.print_button.setToolTip("")
        self.print_button.setAutoDefault(True)  # or Enter would not press it
        self.save_button = button(_("&Save as PDF …"), self._ask_where, symbol="save")
        self.done_button = button(done_words, self.done.emit)
        self.note = label("", "muted", wrap=True)
        column(
            self._field,
            self.note,
            self.print_button,
            self.save_button,
            self.done_button,
            into=self,
            spacing=8,
        )
        self.setFocusProxy(self.print_button)

    def show_outlets(self, outlets: Outlets, file_name: str, *, busy: bool) -> None:
        """Offer these printers; `file_name` is proposed for a file and names nobody."""
        self._name = file_name
        set_choices(self._printers, [(name, name) for name in outlets.names], outlets.chosen)
        none = outlets.asked and not outlets.names
        self._field.setVisible(not none)
        self._offer_print(not none)
        self.note.setText(_what_goes_on(outlets, busy=busy))
        self.note.setVisible(bool(self.note.text()))

    def _offer_print(self, possible: bool) -> None:
        """Let Enter save the paper where there is nothing to print on."""
        if possible == self.print_button.isEnabled():
            return
        way_out = self.print_button if possible else self.save_button
        if self.print_button.hasFocus() or self.save_button.hasFocus():
            way_out.setFocus()
        self.setFocusProxy(way_out)
        self.print_button.setEnabled(possible)

    def _ask_where(self) -> None:
        where = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(where))
        dialog = QFileDialog(self, _("Save as PDF"), str(folder), _("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_ENDING)
        dialog.selectFile(f"{self._name}{_ENDING}")
        dialog.fileSelected.connect(lambda chosen: self.saved.emit(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _what_goes_on(outlets: Outlets, *, busy: bool) -> str:
    if busy:
        return _("One moment …")
    if outlets.asked and not outlets.names:
        return _("This PC has no printer. The paper can be saved as a PDF.")
    if outlets.silent:
        return _(
            "The system does not say which printers there are. The paper is kept, and goes to the "
            "usual printer as soon as that answers."
        )
    return "" if outlets.asked else _("Looking for printers …")
