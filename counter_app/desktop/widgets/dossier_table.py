"""The table of dossiers that the day's list and the search share.

What stands in a cell is painted by our own hand: Qt would ask for seven roles of every cell.
"""

from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from counter_app.desktop import theme
from counter_app.desktop.icons import icon
from counter_app.desktop.listing import Listing
from counter_app.desktop.widgets.dossier_model import Column, DossierModel, Index, Line
from counter_app.desktop.wording import Tag, due_tag, status_tag
from counter_app.domain.status import Status
from counter_app.i18n import _

_PADDING: Final = 8  # as in the captions
_GAP: Final = 8
_LONGEST_CODE: Final = "H57.132-260803-00000"
_MARK: Final = 16
_TAG_PADDING: Final = 8
_REMEMBERED: Final = 2048
_LEFT: Final = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter.value


class DossierTable(QTableView):
    """Shows a `Listing`; one line is chosen, and a refresh leaves it so."""

    opened = Signal(object)  # the dossier's id
    chosen = Signal(object)  # the row's id, or None
    page_wanted = Signal(object)
    picked = Signal(int)  # how many lines are marked

    def __init__(self, *, several: bool = False) -> None:
        """Show no lines yet; of `several` more than one can be marked, by Shift or Ctrl."""
        super().__init__()
        self._model = DossierModel()
        self._chosen: int | None = None
        self._model.page_wanted.connect(self.page_wanted)
        self.setModel(self._model)
        self._painter = _Painter(self._model, self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("Dossiers"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(self._painter.height)
        lines.setDefaultSectionSize(self._painter.height)
        captions = self.horizontalHeader()
        captions.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        captions.setMinimumSectionSize(_MARK)  # the style's own is wider than our mark
        captions.setHighlightSections(False)
        captions.setSectionsClickable(False)
        captions.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(
            lambda *_: self.picked.emit(len(self.marked))
        )

    @property
    def marked(self) -> list[int]:
        """The ids of the lines that are marked, in their order."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.id_at(place) for place in places]

    def show_listing(self, listing: Listing) -> None:
        """Show these dossiers; the chosen one stays chosen, or else the first is."""
        chosen = self._chosen
        self._model.show_listing(listing)
        if not listing.ids:
            self._choose(None)
            return
        place = max(self._model.place_of(chosen), 0)
        if self.currentIndex().row() != place:
            self.selectRow(place)
        self._choose(self._model.id_at(place))

    def forget_choice(self) -> None:
        """Choose the first line of what is shown next, whatever was chosen before."""
        self._chosen = None
        self.setCurrentIndex(QModelIndex())

    def open_chosen(self) -> None:
        """Open the chosen dossier, if there is one."""
        self._open(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; Home and End go to the ends of the list and not of the line."""
        last = self._model.rowCount() - 1
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.open_chosen()
            case Qt.Key.Key_Home if last >= 0:
                self.selectRow(0)
            case Qt.Key.Key_End if last >= 0:
                self.selectRow(last)
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        painter, width = self._painter, self.viewport().width()
        painter.cut = next(
            (cut for cut in _Cut if width >= painter.widths(cut) + painter.least_for_names),
            _Cut.DATE_AND_MARK,
        )
        rest = max(width - painter.widths(painter.cut), 0)
        # A given name stands at the end, and is what one looks for.
        applicant = min(rest * 11 // 20, painter.width_of_names)
        for column in Column:
            self.setColumnWidth(column, painter.width_of(column, painter.cut))
        self.setColumnHidden(Column.UNSENT, painter.cut is _Cut.DATE_AND_MARK)
        self.setColumnWidth(Column.APPLICANT, applicant)
        self.setColumnWidth(Column.PROCEDURE, rest - applicant)

    def _moved(self, current: Index) -> None:
        if current.isValid():
            self._choose(self._model.id_at(current.row()))

    def _marked(self) -> None:
        self.picked.emit(len(self.selectionModel().selectedRows()))

    def _choose(self, row_id: int | None) -> None:
        if row_id != self._chosen:
            self._chosen = row_id
            self.chosen.emit(row_id)

    def _open(self, place: int) -> None:
        if place >= 0 and (line := self._model.line_at(place)) is not None:
            self.opened.emit(line.row.dossier_id)


class _Cut(IntEnum):
    NOTHING = 0
    DATE = 1
    DATE_AND_MARK = 2


class _Painter(QStyledItemDelegate):
    """Paints a line cell by cell; what is `cut` where it is narrow, the tooltip says."""

    def __init__(self, model: DossierModel, table: QTableView) -> None:
        super().__init__(table)
        self._model = model
        self.cut = _Cut.NOTHING
        self._colours = theme.worn()
        self._text = QPen(QColor(self._colours.text))
        self._muted = QPen(QColor(self._colours.muted))
        self._line = QColor(self._colours.line)
        self._selection = QColor(self._colours.selection)
        self._cloud = icon("cloud-off", self._colours.muted)
        font = table.font()
        self._metrics = QFontMetrics(font)
        self._font = font
        self._padding = round(_PADDING * font.pointSizeF() / theme.BASE_POINTS)
        self._tags = _TagPainter(self._colours, font)
        self._fitted = lru_cache(_REMEMBERED)(self._elide)  # lines are painted again and again
        self._date = self._metrics.horizontalAdvance("00/00/0000") + _GAP
        self._widths = self._fixed_widths()
        self.height: Final = self._metrics.height() + 16
        self.least_for_names: Final = self._metrics.horizontalAdvance("n" * 44)
        self.width_of_names: Final = self._metrics.horizontalAdvance("n" * 23) + 2 * self._padding

    def width_of(self, column: Column, cut: "_Cut") -> int:
        """Return how wide a column must be; 0 for those that share what is left."""
        if column is Column.UNSENT and cut is _Cut.DATE_AND_MARK:
            return 0
        return self._widths[column] - (self._date if cut and column is Column.DUE else 0)

    def widths(self, cut: "_Cut") -> int:
        """Return how wide all columns are together but for those that share what is left."""
        return sum(self.width_of(column, cut) for column in Column)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of a cell: all lines are alike."""
        return QSize(0, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._selection)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        inner = rect.adjusted(self._padding, 0, -self._padding, 0)
        line = self._model.line_at(index.row())
        if line is None:
            self._say(painter, inner, "…", self._muted)
            return
        match index.column():
            case Column.DUE:
                self._due(painter, inner, line)
            case Column.STATUS:
                self._tags.paint(painter, inner, line.status)
            case Column.UNSENT if line.row.unsent:
                top = inner.top() + (inner.height() - _MARK) // 2
                self._cloud.paint(painter, QRect(inner.left(), top, _MARK, _MARK))
            case Column.UNSENT:
                pass
            case column:
                pen = self._muted if line.row.voided else self._text
                self._say(painter, inner, line.texts[column], pen)

    def _due(self, painter: QPainter, rect: QRect, line: Line) -> None:
        text = line.texts[Column.DUE]
        if line.due is None:
            self._say(painter, rect, text, self._muted)
            return
        if not self.cut:
            self._say(painter, rect, text, self._text)
            rect = rect.adjusted(self._date, 0, 0, 0)
        self._tags.paint(painter, rect, line.due)

    def _say(self, painter: QPainter, rect: QRect, text: str, pen: QPen) -> None:
        painter.setFont(self._font)
        painter.setPen(pen)
        painter.drawText(rect, _LEFT, self._fitted(text, rect.width()))

    def _elide(self, text: str, width: int) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _fixed_widths(self) -> dict[Column, int]:
        now = datetime(2026, 1, 1, 12, tzinfo=UTC)
        days = (timedelta(days=-99), timedelta(hours=-1), timedelta(hours=1), timedelta(days=99))
        dues = [due_tag(now + away, now, Status.RECEIVED) for away in days]
        due = max(self._tags.width(tag) for tag in dues if tag)
        code = self._metrics.horizontalAdvance(_LONGEST_CODE)
        states = [status_tag(status) for status in (*Status, None)]
        return {
            Column.CODE: code + 2 * self._padding,
            Column.APPLICANT: 0,
            Column.PROCEDURE: 0,
            Column.DUE: self._date + due + 2 * self._padding,
            Column.STATUS: max(map(self._tags.width, states)) + 2 * self._padding,
            Column.UNSENT: _MARK + 2 * self._padding,
        }


class _TagPainter:
    """Paints a word or two in a coloured box, as the tags of the other screens look."""

    def __init__(self, colours: theme.Colours, font: QFont) -> None:
        self._font = QFont(font)
        self._font.setBold(True)
        self._font.setPointSizeF(font.pointSizeF() * 0.92)
        self._metrics = QFontMetrics(self._font)
        self._height = self._metrics.height() + 4
        self._pictures: dict[tuple[Tag, int, float], QPixmap] = {}
        c = colours
        looks = {
            "neutral": (c.raised, c.text, c.line),
            "info": (c.info_soft, c.primary, c.info_soft),
            "good": (c.good_soft, c.good, c.good_soft),
            "warning": (c.warning_soft, c.warning, c.warning_soft),
            "danger": (c.danger_soft, c.danger, c.danger_soft),
        }
        self._looks = {
            tone: (QColor(ground), QPen(QColor(words)), QPen(QColor(edge)))
            for tone, (ground, words, edge) in looks.items()
        }

    def width(self, tag: Tag) -> int:
        """Return how wide the box of a tag is."""
        return self._metrics.horizontalAdvance(tag.text) + 2 * _TAG_PADDING

    def paint(self, painter: QPainter, rect: QRect, tag: Tag) -> None:
        """Paint a tag at the left of `rect`, in its middle."""
        width = min(self.width(tag), rect.width())
        # There are few, and they stand in every line: each is drawn once.
        key = tag, width, painter.device().devicePixelRatioF()
        if (picture := self._pictures.get(key)) is None:
            picture = self._pictures[key] = self._picture(*key)
        top = rect.top() + (rect.height() - self._height) // 2
        painter.drawPixmap(rect.left(), top, picture)

    def _picture(self, tag: Tag, width: int, ratio: float) -> QPixmap:
        picture = QPixmap(round(width * ratio), round(self._height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        ground, words, edge = self._looks[tag.tone]
        box = QRect(0, 0, width, self._height)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(edge)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._font)
        painter.setPen(words)
        room = width - _TAG_PADDING
        shown = self._metrics.elidedText(tag.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, _CENTRE, shown)
        painter.end()
        return picture
