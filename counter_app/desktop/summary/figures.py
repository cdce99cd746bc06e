"""The figures of a day: tiles that add up, tables that add up, and the list they come from."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QTabBar, QWidget

from counter_app.desktop import theme
from counter_app.desktop.summary.words import (
    Tile,
    codes,
    dossier_line,
    rest,
    share_lines,
    tiles,
)
from counter_app.desktop.widgets.basics import column, label, row, set_look
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.line_table import Lines, LineTable
from counter_app.desktop.widgets.once_shown import OnceShown
from counter_app.domain.reports.daily import DailySummary, Share
from counter_app.i18n import N_, _, format_money

_BY: Final = (N_("Procedure"), N_("Field"), N_("Officer"), N_("Channel"))
_CAPTIONS: Final = (
    N_("Dossier code"),
    N_("Applicant"),
    N_("Procedure"),
    N_("Hour"),
    N_("Due"),
    N_("Charged"),
)
_MUCH: Final = 8_888_888  # dong: a long day's money, for the width of its column
_STRETCH: Final = (2, 2, 2, 3, 2)
_LARGE: Final = 1.2  # from this size of letters on, the tables stand below each other
_HUGE: Final = 1.4  # and the tiles in two rows
_LEAST_LINES: Final = 9


class Figures(QWidget):
    """Shows a DailySummary."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tiles = [_TileBox() for _stretch in _STRETCH]
        self.codes = label("", "muted")
        self.rest = label("", "muted", wrap=True)
        self._summary: DailySummary | None = None
        self._by = QTabBar()
        self._by.setDrawBase(False)
        self._by.setExpanding(False)
        self._by.setAccessibleName(_("Divided by"))
        for words in _BY:
            self._by.addTab(_(words))
        self._by.currentChanged.connect(self._divide)
        self._shares = Lines(("", N_("Count"), N_("Charged")), right=(1, 2), total=True)
        money = format_money(_MUCH)
        self.shares = LineTable(_("Figures"), self._shares, samples=(None, "8888", f"{money} + ?"))
        self._dossiers = Lines(_CAPTIONS, right=(5,), total=False)
        self.dossiers = LineTable(
            _("Dossiers of the day"),
            self._dossiers,
            samples=("H57.132-260803-0000", None, None, "88:88", "88:88 88/88", money),
        )
        self.dossiers.opened.connect(lambda place: self.opened.emit(self._dossiers.line(place)[0]))
        self.empty = EmptyState()
        size = self.font().pointSizeF() / theme.BASE_POINTS
        self._large, self._huge = size >= _LARGE, size >= _HUGE
        self._below = QStackedWidget()
        self._below.addWidget(self._tables())
        self._below.addWidget(self.empty)
        self._small = QWidget()
        self.codes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rest.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        row(self.codes, self.rest, into=self._small, spacing=16).setStretch(1, 1)
        layout = column(self._tiles(), self._small, self._below, into=self, spacing=10)
        layout.setStretch(2, 1)
        self.setFocusProxy(self.dossiers)

    def show_summary(self, summary: DailySummary | None) -> None:
        """Show the figures of a day; None as long as it is being counted."""
        if summary is self._summary:
            return
        self._summary = summary
        said: Sequence[Tile] = tiles(summary) if summary else [Tile(caption="", number="…")] * 5
        for box, tile in zip(self.tiles, said, strict=True):
            box.show_tile(tile)
        self.codes.setText(codes(summary) if summary else "")
        self.rest.setText(rest(summary) if summary else "")
        self._small.setVisible(bool(self.codes.text() or self.rest.text()))
        self._dossiers.show_lines(
            [dossier_line(fact) for fact in summary.dossiers] if summary else []
        )
        self._divide()
        has_some = summary is None or bool(summary.dossiers)
        self._below.setCurrentIndex(0 if has_some else 1)

    def _divide(self) -> None:
        summary = self._summary
        if summary is None:
            self._shares.show_lines([])
            return
        shares: tuple[tuple[Share, ...], ...] = (
            summary.by_procedure,
            summary.by_field,
            summary.by_officer,
            summary.by_channel,
        )
        self._shares.show_lines(share_lines(shares[self._by.currentIndex()]))

    def _tiles(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(10)
        in_a_row = 3 if self._huge else len(self.tiles)
        for place, box in enumerate(self.tiles):
            grid.addWidget(box, place // in_a_row, place % in_a_row)
            if not self._huge:
                grid.setColumnStretch(place, _STRETCH[place])
        return grid

    def _tables(self) -> QWidget:
        both = QWidget()
        least = (self.fontMetrics().height() + 12) * _LEAST_LINES
        for table in (self.shares, self.dossiers):
            table.setMinimumHeight(least)
        left = column(self._by, self.shares, spacing=4)
        heading = label(_("Dossiers of the day"), "heading")
        right = column(heading, self.dossiers, spacing=4)
        if self._large:
            column(left, right, into=both, spacing=12)
            return both
        OnceShown(heading, lambda: self._level(heading))
        layout = row(left, right, into=both, spacing=12)
        layout.setStretch(0, 4)
        layout.setStretch(1, 7)
        return both

    def _level(self, heading: QWidget) -> None:
        """Have both tables begin at one height."""
        heading.setFixedHeight(self._by.sizeHint().height())


class _TileBox(QFrame):
    """One figure in a box."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = label("", "muted")
        self.number = label("", "number")
        self.made_of = label("", "plain", wrap=True)
        self.made_of.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setProperty("role", "card")
        layout = column(self.caption, self.number, self.made_of, into=self, margin=12, spacing=2)
        layout.setStretch(2, 1)

    def show_tile(self, tile: Tile) -> None:
        """Show another figure."""
        self.caption.setText(tile.caption)
        self.number.setText(tile.number)
        set_look(self.number, "alarm", tile.tone == "danger")
        self.made_of.setText(tile.made_of)
        self.setAccessibleName(f"{tile.caption}: {tile.number}. {tile.made_of}")
