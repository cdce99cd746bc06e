"""The queue on the screen: whose turn it is, large; who waits; and numbers to give out."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QMenu, QPushButton, QStackedWidget, QWidget

from counter_app.desktop import theme
from counter_app.desktop.queue.drawing import Drawing
from counter_app.desktop.queue.presenter import QueueState
from counter_app.desktop.queue.table import WaitingTable
from counter_app.desktop.queue.words import about_current, about_others, about_waiting
from counter_app.desktop.widgets.basics import (
    button,
    card,
    column,
    label,
    row,
    set_look,
    set_tone,
    tag,
)
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.domain.operation import TicketEnd
from counter_app.i18n import N_, _

_TICK_MS: Final = 250
_NO_NUMBER: Final = "—"
_NOBODY: Final = N_("Nobody waits for this desk. Press a group's letter to give out a number.")


class QueueView(QWidget):
    """Shows a QueueState."""

    drawn = Signal(str, bool)
    forward_chosen = Signal(str)
    next_called = Signal()
    called = Signal(object)
    recalled = Signal()
    moved = Signal(str, object)
    ended = Signal(object, object)
    groups_chosen = Signal(object)
    intake_wanted = Signal()
    hall_wanted = Signal()
    chime_wanted = Signal(bool)
    looked = Signal(bool)
    ticked = Signal()
    refreshed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state: QueueState | None = None
        self.drawing = Drawing()
        self.drawing.drawn.connect(lambda group: self.drawn.emit(group, False))
        self.drawing.forward_chosen.connect(self.forward_chosen)
        right = column(self._place(), self._list_head(), self._list(), spacing=10)
        right.setStretch(2, 1)
        main = row(self.drawing, right, spacing=12)
        main.setStretch(0, 4)
        main.setStretch(1, 6)
        self.others = tag()
        self.hall_button = button(_("&Hall display"), self.hall_wanted.emit, symbol="monitor")
        self.chime = QCheckBox(_("&Chime at each call"))
        self.chime.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.chime.clicked.connect(self.chime_wanted)
        hall = row(self.chime, self.hall_button, spacing=14)
        head = row(label(_("Queue"), "title"), self.others, 1, hall, spacing=14)
        column(head, main, into=self, spacing=10).setStretch(1, 1)
        self.setFocusProxy(self.call_button)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.ticked)
        refresh = QShortcut(QKeySequence("F5"), self, self.refreshed.emit)
        refresh.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_state(self, state: QueueState) -> None:
        """Make the widgets say what `state` says."""
        self._state = state
        self.drawing.show_state(state)
        self._show_place(state)
        self._show_waiting(state)
        said = about_others(state)
        self.others.setVisible(bool(said))
        self.others.setText(said)
        set_tone(self.others, "good" if state.together else "warning")
        self.chime.setChecked(state.chime)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the queue as long as it is in sight."""
        super().showEvent(event)
        self._timer.start()
        self.looked.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing that nobody sees."""
        super().hideEvent(event)
        self._timer.stop()
        self.looked.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give out a number by its letter, and deal with the number that is here."""
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        letter = event.text().upper()
        acts = {
            "R": self.recalled.emit,
            "S": lambda: self._end(TicketEnd.SERVED),
            "V": lambda: self._end(TicketEnd.ABSENT),
            "M": self._offer_groups,
            "P": self.drawing.forward.toggle,
        }
        groups = {group.letter: group.id for group in self._state.groups} if self._state else {}
        if event.isAutoRepeat() or event.modifiers() & commands:
            super().keyPressEvent(event)
        elif letter in acts:
            acts[letter]()
        elif letter in groups:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.drawn.emit(groups[letter], shift)
        elif letter == " " or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.next_called.emit()
        else:
            super().keyPressEvent(event)

    # Parts

    def _place(self) -> QFrame:
        """Return where the number stands that is at this desk, and what can be done with it."""
        self.number = label(_NO_NUMBER, "plain")
        self.number.setProperty("role", "ticket")
        self.number.setAccessibleName(_("Number at this desk"))
        self._about = label("", "muted", wrap=True)
        self.call_button = button(
            _("Call the next number (Space)"), self.next_called.emit, role="primary"
        )
        self.call_button.setProperty("large", True)
        self.intake_button = button(
            _("Application (F2)"), self.intake_wanted.emit, symbol="id-card"
        )
        self.intake_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = column(self.number, self._about, 1, spacing=2)
        keys = column(self.call_button, self.intake_button, 1)
        top = row(words, keys, spacing=14)
        top.setStretch(0, 1)
        self._acts = [
            self._act(_("Call again (R)"), self.recalled.emit, "megaphone"),
            self._act(_("Served (S)"), lambda: self._end(TicketEnd.SERVED, here=True), "check"),
            self._act(_("Not there (V)"), lambda: self._end(TicketEnd.ABSENT, here=True), "user-x"),
            self._act(_("Send on (M)"), self._offer_groups, "arrow-right-left"),
        ]
        self.lost = tag("", "warning")
        return card(top, row(*self._acts, 1), row(self.lost, 1))

    def _act(self, words: str, act: Callable[[], None], symbol: str) -> QPushButton:
        made = button(words, act, symbol="" if theme.is_large() else symbol)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, Space still calls the next
        return made

    def _list_head(self) -> QWidget:
        self._waiting = label("", "heading")
        self.serves = button("", self._choose_groups)
        head = QWidget()
        row(self._waiting, 1, self.serves, into=head)
        return head

    def _list(self) -> QStackedWidget:
        self.table = WaitingTable()
        self.table.called.connect(self.called)
        self.nothing = EmptyState()
        self._below = QStackedWidget()
        self._below.addWidget(self.table)
        self._below.addWidget(self.nothing)
        return self._below

    # What is shown

    def _show_place(self, state: QueueState) -> None:
        self.number.setText(state.current.number if state.current else _NO_NUMBER)
        set_look(self.number, "called", str(state.current is not None).lower())
        self._about.setText(about_current(state))
        self.call_button.setVisible(state.may_call)
        for made in self._acts:
            made.setEnabled(state.current is not None)
        self.lost.setText(state.lost)
        self.lost.setVisible(bool(state.lost))

    def _show_waiting(self, state: QueueState) -> None:
        self._waiting.setText(about_waiting(state))
        served = [group.letter for group in state.groups if group.served]
        every = len(served) == len(state.groups)
        words = _("All groups") if every else _("Groups {letters}").format(letters=" ".join(served))
        self.serves.setText(words)
        self.serves.setToolTip(_("For which groups this desk calls"))
        if state.waiting or state.absent:
            self.table.show_state(state)
            self._below.setCurrentWidget(self.table)
        elif state.looked:
            self.nothing.say("users", _(_NOBODY))
            self._below.setCurrentWidget(self.nothing)

    # What is asked

    def _end(self, outcome: TicketEnd, *, here: bool = False) -> None:
        self.ended.emit(outcome, None if here else self._pointed_at())

    def _pointed_at(self) -> UUID | None:
        """Return the number that is meant: the one under the cursor, or the one at this desk."""
        return self.table.chosen if self.table.hasFocus() else None

    def _offer_groups(self) -> None:
        """Ask for which group the number is to wait."""
        if self._state is None:
            return
        ticket, menu = self._pointed_at(), QMenu(self)
        if ticket is None and self._state.current is None:
            return
        for group in self._state.groups:
            chosen = menu.addAction(f"&{group.letter}  {group.name}")
            chosen.triggered.connect(lambda *_a, group=group.id: self.moved.emit(group, ticket))
        self._pop_up(menu, self._acts[3])

    def _choose_groups(self) -> None:
        """Ask for which groups this desk calls."""
        if self._state is None:
            return
        served = {group.id for group in self._state.groups if group.served}
        menu = QMenu(self)
        for group in self._state.groups:
            entry = menu.addAction(f"&{group.letter}  {group.name}")
            entry.setCheckable(True)
            entry.setChecked(group.id in served)
            entry.triggered.connect(
                lambda *_a, group=group.id: self.groups_chosen.emit(sorted(served ^ {group}))
            )
        self._pop_up(menu, self.serves)

    def _pop_up(self, menu: QMenu, below: QPushButton) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))
