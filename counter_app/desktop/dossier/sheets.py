"""The sheets of a dossier: facts in captions and values, papers and fees in columns."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from counter_app.desktop import theme
from counter_app.desktop.dossier.facts import Section
from counter_app.desktop.widgets.basics import clear, column, label
from counter_app.i18n import _

_ROOM_FOR_TWO: Final = 640
_CAPTION: Final = 118
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_TOP: Final = Qt.AlignmentFlag.AlignTop
Cells = Sequence[str]


class Sheet(QScrollArea):
    """Something that scrolls up and down, by the keys too."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setProperty("role", "sheet")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def scale(self) -> float:
        """Return how much larger than usual the letters are."""
        return self.font().pointSizeF() / theme.BASE_POINTS


class FactSheet(Sheet):
    """Sections of facts, in two columns where there is room."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        inside = QWidget()
        self._columns = column(spacing=0), column(spacing=0)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._both.setContentsMargins(4, 12, 12, 12)
        self._both.setSpacing(28)
        for each in self._columns:
            self._both.addLayout(each, 1)
        self.setWidget(inside)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show these facts: people at the left, the rest at the right."""
        for each in self._columns:
            clear(each)
        half = max(len(sections) - 2, 1)
        for place, section in enumerate(sections):
            self._columns[place >= half].addLayout(self._section(section))
        for each in self._columns:
            each.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns one below the other where there is no room beside."""
        super().resizeEvent(event)
        wide = self.width() >= _ROOM_FOR_TWO * self.scale()
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._both.setSpacing(28 if wide else 0)

    def _section(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 18)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, round(_CAPTION * self.scale()))
        grid.addWidget(label(section.title, "heading"), 0, 0, 1, 2)
        for line, fact in enumerate(section.facts, 1):
            caption = label(fact.caption, "muted", wrap=True)
            caption.setFixedWidth(round(_CAPTION * self.scale()))
            grid.addWidget(caption, line, 0, _TOP)
            grid.addWidget(_value(fact.value, fact.was), line, 1, _TOP)
        return grid


class ColumnSheet(Sheet):
    """Lines in columns under their captions; all but the first column are numbers or short."""

    def __init__(self, name: str, captions: Cells) -> None:
        super().__init__(name)
        self._captions = captions
        inside = QWidget()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(0, 1)
        self.note = label("", "hint", wrap=True)
        layout = column(self.note, self._grid, 1, into=inside, spacing=12)
        layout.setContentsMargins(4, 12, 16, 12)
        self.setWidget(inside)

    def show_lines(
        self, lines: Sequence[Cells], sums: Sequence[Cells] = (), note: str = ""
    ) -> None:
        """Show these lines, below them what they come to, and above them what is to be noted."""
        clear(self._grid)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        for place, caption in enumerate(self._captions):
            self._put(0, place, label(caption, "muted"))
        self._rule(1)
        at = 2
        for cells in lines:
            at = self._line(at, cells)
        for cells in sums:
            at = self._line(at, cells, last=True)

    def _line(self, at: int, cells: Cells, *, last: bool = False) -> int:
        for place, text in enumerate(cells):
            cell = label(text, "heading" if last and place == len(cells) - 1 else "plain")
            cell.setWordWrap(place == 0)
            self._put(at, place, cell)
        self._rule(at + 1)
        return at + 2

    def _put(self, at: int, place: int, cell: QLabel) -> None:
        cell.setAlignment(_RIGHT if place else _TOP)
        self._grid.addWidget(cell, at, place)

    def _rule(self, at: int) -> None:
        rule = QFrame()
        rule.setFixedHeight(1)
        rule.setStyleSheet(f"background: {theme.worn().line}; border: none;")
        self._grid.addWidget(rule, at, 0, 1, len(self._captions))


def _value(text: str, was: str) -> QLabel:
    shown = text if not was else _("{now} (before: {was})").format(now=text, was=was)
    value = label(shown, wrap=True)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return value
