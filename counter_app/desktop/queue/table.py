"""The list of those who wait, in the order in which they are called; those who missed it last."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from counter_app.desktop.queue.presenter import QueueState
from counter_app.desktop.queue.words import minutes
from counter_app.desktop.widgets.line_table import Line, Lines, LineTable
from counter_app.domain.queue import Ticket
from counter_app.i18n import N_, _

_CAPTIONS = (N_("Ticket"), N_("Group"), N_("Waited"), N_("Note"))
_OWN_KEYS = frozenset({
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
})  # fmt: skip


class WaitingTable(LineTable):
    """Numbers line by line; Enter or a double click calls the chosen one out of turn."""

    called = Signal(object)

    def __init__(self) -> None:
        self._shown = Lines(_CAPTIONS, right=(2,), total=False)
        samples = ("A0001-000", None, "0.000 phút", _("was not there"))
        super().__init__(_("Those who wait"), self._shown, samples=samples)
        self._tickets: Sequence[Ticket] = ()
        self.opened.connect(lambda place: self.called.emit(self._tickets[place].id))

    def show_state(self, state: QueueState) -> None:
        """Show who waits, and who was called and did not come."""
        chosen = self.chosen
        self._tickets = [*state.waiting, *state.absent]
        self._shown.show_lines([_line(ticket, state) for ticket in self._tickets])
        places = [ticket.id for ticket in self._tickets]
        if chosen in places:
            self.selectRow(places.index(chosen))

    @property
    def chosen(self) -> UUID | None:
        """The number on which the cursor stands, if it stands in the table."""
        place = self.currentIndex().row()
        return self._tickets[place].id if 0 <= place < len(self._tickets) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the screen: they are not looked for in the list."""
        if event.key() in _OWN_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()


def _line(ticket: Ticket, state: QueueState) -> Line:
    note = _("priority") if ticket.priority else ""
    if not ticket.waits:
        note = _("was not there")
    waited = minutes(ticket.waited(state.now)) if ticket.waits else ""
    return ticket.number, state.name_of(ticket.group), waited, note
