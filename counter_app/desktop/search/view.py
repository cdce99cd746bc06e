"""The box, what it has found, and a look at the chosen one beside it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from counter_app.desktop import theme
from counter_app.desktop.search.glance import Glance
from counter_app.desktop.search.presenter import SearchState
from counter_app.desktop.widgets.basics import column, label, row
from counter_app.desktop.widgets.dossier_table import DossierTable
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.field import set_text
from counter_app.desktop.widgets.segments import Segments
from counter_app.i18n import N_, _, format_count, ngettext
from counter_app.services.search import Only

PAUSE_MS: Final = 150  # so long after the last letter: nobody means half a syllable
_ROOM_FOR_GLANCE: Final = 1060
_CHIPS: Final = {
    Only.ALL: N_("All"),
    Only.TODAY: N_("Received today"),
    Only.OPEN: N_("Still open"),
    Only.OVERDUE: N_("Overdue"),
    Only.TO_COLLECT: N_("Result is there"),
}
_KEYS_OF_TABLE: Final = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class SearchView(QWidget):
    """Shows a SearchState."""

    asked = Signal(str)
    narrowed = Signal(object)
    chosen = Signal(object)
    confirmed = Signal()
    opened = Signal(object)
    page_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.box = QLineEdit()
        self.box.setProperty("role", "scan")
        self.box.setClearButtonEnabled(True)
        self.box.setPlaceholderText(_("Dossier code, ID number, phone or name without accents"))
        self.box.setAccessibleName(_("Search"))
        self.box.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.box.text()))
        self.box.textEdited.connect(lambda _text: self._pause.start())
        self.box.returnPressed.connect(self._confirm)
        choices = [(only.value, _(_CHIPS[only])) for only in Only]
        self.chips = Segments(_("Show"), choices, Only.ALL.value)
        self.chips.chosen.connect(lambda only: self.narrowed.emit(Only(only)))
        self._count = label("", "muted")
        self.table = DossierTable()
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self.chosen)
        self.table.page_wanted.connect(self.page_wanted)
        self.glance = Glance()
        self.glance.opened.connect(self.confirmed)
        self.empty = EmptyState()
        self._lay_out()
        self.setFocusProxy(self.box)

    def show_state(self, state: SearchState) -> None:
        """Make the widgets say what `state` says."""
        if not self._pause.isActive():  # or what was typed since would be lost
            set_text(self.box, state.text)
        self.chips.show_choice(state.only.value)
        self.table.show_listing(state.listing)
        self.glance.show_row(state.chosen_row, state.listing.now)
        self._count.setText(_counted(state) if state.looked else "")
        nothing = state.looked and not state.listing.ids
        self._chip_row.setVisible(state.enough and (bool(state.listing.ids) or nothing))
        if not state.enough:
            self.empty.say(
                "search",
                _(
                    "Type a dossier code, an ID number, a phone number or a name, with or without "
                    "accents; or scan the receipt."
                ),
            )
        elif nothing:
            self._say_nothing(state)
        self._below.setCurrentIndex(1 if nothing or not state.enough else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys in the box move the choice in the table."""
        if (
            watched is self.box
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _KEYS_OF_TABLE
        ):
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the look at the chosen one out where it would crowd the table."""
        super().resizeEvent(event)
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        self.glance.setVisible(self.width() >= _ROOM_FOR_GLANCE * scale)

    def _lay_out(self) -> None:
        self._chip_row = QWidget()
        row(self.chips, 1, self._count, into=self._chip_row, spacing=8)
        found = QWidget()
        row(self.table, self.glance, into=found, spacing=12).setStretch(0, 1)
        self._below = QStackedWidget()
        self._below.addWidget(found)
        self._below.addWidget(self.empty)
        layout = column(self.box, self._chip_row, self._below, into=self, spacing=10)
        layout.setStretch(2, 1)

    def _confirm(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.asked.emit(self.box.text())
        self.confirmed.emit()

    def _say_nothing(self, state: SearchState) -> None:
        text = state.text.strip()
        if state.only is Only.ALL:
            words = _(
                "Nothing was found for “{text}”. Check the spelling, type fewer letters, or scan "
                "the receipt."
            )
            self.empty.say("search", words.format(text=text))
        else:
            words = _("Nothing was found for “{text}” among “{only}”.")
            sentence = words.format(text=text, only=_(_CHIPS[state.only]))
            self.empty.say("search", sentence, _("Search all"), self._all)

    def _all(self) -> None:
        self.narrowed.emit(Only.ALL)
        self.box.setFocus()


def _counted(state: SearchState) -> str:
    count = len(state.listing.ids)
    if state.more:
        words = _("The newest {count} were looked at; type one more word.")
        return words.format(count=format_count(count))
    return ngettext("{count} dossier", "{count} dossiers", count).format(count=format_count(count))
