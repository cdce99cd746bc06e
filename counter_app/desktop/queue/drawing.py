"""Where numbers are given out: a large button for each group, and who is let forward."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPushButton, QSizePolicy

from counter_app.desktop import theme
from counter_app.desktop.queue.presenter import GroupShown, QueueState
from counter_app.desktop.queue.words import about_drawn, people
from counter_app.desktop.widgets.basics import column, label, row
from counter_app.i18n import _, law

_COLUMNS = 2


class Drawing(QFrame):
    """One button a group; pressed, somebody has a number of it."""

    drawn = Signal(str)
    forward_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.forward = QCheckBox()
        self.forward.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.forward.setHidden(True)
        self.forward.toggled.connect(self._choose_forward)
        self._priority = ""
        self._grid = QGridLayout()
        self._grid.setSpacing(6 if theme.is_large() else 8)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        self.buttons: dict[str, GroupButton] = {}
        self.said = label("", "muted", wrap=True)
        head = row(label(_("Give out a number"), "heading"), 1, self.forward)
        layout = column(head, self._grid, self.said, into=self, margin=14, spacing=10)
        layout.setStretch(1, 1)

    def show_state(self, state: QueueState) -> None:
        """Show the groups as they are now."""
        if [group.id for group in state.groups] != list(self.buttons):
            self._make(state.groups)
        for group in state.groups:
            self.buttons[group.id].show_group(group)
        self._show_priority(state)
        words = about_drawn(state)
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _show_priority(self, state: QueueState) -> None:
        first = next(iter(state.priorities), None)
        self.forward.setHidden(first is None)
        if first is None:
            return
        self._priority = first.id
        self.forward.setText(f"{law(first.name)} (P)")
        self.forward.setToolTip("\n".join(first.who))
        self.forward.blockSignals(True)
        self.forward.setChecked(bool(state.priority))
        self.forward.blockSignals(False)

    def _make(self, groups: Sequence[GroupShown]) -> None:
        for old in self.buttons.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for place, group in enumerate(groups):
            made = GroupButton(group)
            made.clicked.connect(lambda *_a, chosen=group.id: self.drawn.emit(chosen))
            self._grid.addWidget(made, place // _COLUMNS, place % _COLUMNS)
            self.buttons[group.id] = made

    def _choose_forward(self, chosen: bool) -> None:
        self.forward_chosen.emit(self._priority if chosen else "")


class GroupButton(QPushButton):
    """A group's letter, its name, and who waits for it."""

    def __init__(self, group: GroupShown) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, Space still calls the next
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.MinimumExpanding)
        self._letter = label(group.letter, "number")
        self._letter.setMinimumWidth(self.fontMetrics().height())
        self._letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = label(group.name, wrap=True)
        self._count = label("", "muted")
        words = column(1, self._name, self._count, 1, spacing=2)
        line = row(self._letter, words, into=self, spacing=12)
        high = 2 if theme.is_large() else 6  # all groups are to be in sight
        line.setContentsMargins(12, high, 10, high)
        line.setStretch(1, 1)
        for part in (self._letter, self._name, self._count):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setToolTip(f"{group.name} ({group.letter})")

    def sizeHint(self) -> QSize:
        """Ask for what the words need: a button as such knows of its own only."""
        return self._needed()

    def minimumSizeHint(self) -> QSize:
        """Ask for what the words need."""
        return self._needed()

    def show_group(self, group: GroupShown) -> None:
        """Show who waits for the group."""
        said = people(group.count, group.longest) if group.count else _("nobody waits")
        self._count.setText(said)
        self.setAccessibleName(f"{group.letter}: {group.name}, {said}")

    def _needed(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        wide = 150 * self.fontMetrics().height() // 18
        return QSize(wide, max(layout.heightForWidth(wide), layout.minimumSize().height()))
