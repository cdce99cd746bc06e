"""The numbers of the day, each a button that lists what it counts."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from counter_app.desktop.widgets.basics import column, label, row, tag
from counter_app.i18n import N_, _, format_count, ngettext
from counter_app.services.home import Count, Pile

_CAPTIONS: Final = {
    Pile.RECEIVED: N_("Received today"),
    Pile.DUE_TODAY: N_("Due today"),
    Pile.PRESSING: N_("Due soon or overdue"),
    Pile.TO_COLLECT: N_("Results to hand out"),
}
_NOTHING: Final = Count(number=0)


class Tiles(QWidget):
    """One tile for each pile, of which one is chosen."""

    chosen = Signal(object)  # a Pile

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tiles: dict[Pile, _Tile] = {}
        line = row(into=self, spacing=10)
        for place, (pile, caption) in enumerate(_CAPTIONS.items(), 1):
            tile = self._tiles[pile] = _Tile(_(caption), f"Alt+{place}")
            self._group.addButton(tile)
            line.addWidget(tile, 1)
            tile.clicked.connect(lambda _checked, pile=pile: self.chosen.emit(pile))

    def tile(self, pile: Pile) -> QPushButton:
        """Return the tile of a pile."""
        return self._tiles[pile]

    def show_counts(self, counts: Mapping[Pile, Count], pile: Pile, *, looked: bool) -> None:
        """Show the numbers, or dots as long as nobody has looked, and which list is shown."""
        for each, tile in self._tiles.items():
            tile.setChecked(each is pile)
            tile.show_count(counts.get(each, _NOTHING) if looked else None)


class _Tile(QPushButton):
    def __init__(self, caption: str, key: str) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setCheckable(True)
        self.setAutoDefault(False)
        # As high as the highest beside it: a button as such would hold the others down.
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setShortcut(key)
        self.setToolTip(f"{caption} ({key})")
        self._name = caption
        self._number = label("", "number")
        self._caption = label(caption)
        self._late = tag("", "danger")
        self._late.hide()
        words = column(1, self._caption, row(self._late, 1), 1, spacing=2)
        line = row(self._number, words, into=self, spacing=14)
        line.setContentsMargins(16, 8, 12, 8)
        line.setStretch(1, 1)
        for part in (self._number, self._caption, self._late):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_count(self, count: Count | None) -> None:
        """Show a number; more than were counted has a plus."""
        shown = "…" if count is None else format_count(count.number) + "+" * count.more
        self._number.setText(shown)
        late = count.late if count else 0
        words = ngettext("{count} overdue", "{count} overdue", late)
        self._late.setText(words.format(count=format_count(late)))
        self._late.setVisible(late > 0)
        self.updateGeometry()  # a button does not notice what its layout asks for
        self.setAccessibleName(f"{self._name}: {shown}")
        self.setAccessibleDescription(self._late.text() if late else "")

    def sizeHint(self) -> QSize:
        """Return the size of what is inside: a button knows its text only."""
        return self.layout().sizeHint()  # type: ignore[union-attr]

    def minimumSizeHint(self) -> QSize:
        """Return the least size of what is inside."""
        return self.layout().minimumSize()  # type: ignore[union-attr]
