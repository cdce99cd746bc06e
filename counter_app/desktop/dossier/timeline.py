"""All that has happened to a dossier, the newest on top, as dots on a line."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from counter_app.desktop import theme
from counter_app.desktop.dossier.sheets import Sheet
from counter_app.desktop.icons import icon
from counter_app.desktop.widgets.basics import clear, column, label, row, tag
from counter_app.desktop.wording import local_time, sentence_case, verdict_tag
from counter_app.domain.judgement import explain
from counter_app.domain.sentence import sentence
from counter_app.i18n import _, format_instant
from counter_app.services.viewing import OpenDossier
from counter_app.store.journal import Entry
from counter_app.wire.delivery import DeliveryState, Verdict

_RAIL: Final = 16
_DOT: Final = 4.5
_MARK: Final = 16


class Timeline(Sheet):
    """Shows the entries of a dossier."""

    def __init__(self) -> None:
        super().__init__(_("What has happened"))
        inside = QWidget()
        self._entries = column(into=inside, spacing=0)
        self._entries.setContentsMargins(0, 4, 10, 4)
        self.setWidget(inside)

    def show_entries(self, opened: OpenDossier) -> None:
        """Show what has happened, in the order given."""
        clear(self._entries)
        last = len(opened.entries) - 1
        for place, entry in enumerate(opened.entries):
            self._entries.addWidget(_Happening(entry, opened, first=place == 0, last=place == last))
        self._entries.addStretch(1)


class _Happening(QWidget):
    def __init__(self, entry: Entry, opened: OpenDossier, *, first: bool, last: bool) -> None:
        super().__init__()
        self._first = first
        self._last = last
        header = entry.operation.header
        when = label(format_instant(local_time(header)))
        when.setStyleSheet("font-weight: bold;")
        name, words = opened.names.get(header.actor, header.actor), sentence(entry.operation)
        told = [label(words, wrap=True)]
        if name not in words:
            told.append(label(name, "muted", wrap=True))
        if opened.sends:
            told += _verdict(entry)
        text = column(row(when, 1, *([_mark(entry)] if opened.sends else [])), *told, spacing=2)
        text.setContentsMargins(_RAIL + 10, 0, 0, 16)
        self.setLayout(text)
        self._middle = when.sizeHint().height() / 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot, and the line to those before and after it."""
        colours = theme.worn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.border), 2))
        across, down = _RAIL / 2, self._middle
        top = down if self._first else 0
        bottom = down if self._last else self.height()
        painter.drawLine(QPointF(across, top), QPointF(across, bottom))
        painter.setPen(QPen(QColor(colours.primary), 2))
        painter.setBrush(QColor(colours.primary if self._first else colours.surface))
        painter.drawEllipse(QPointF(across, down), _DOT, _DOT)


def _mark(entry: Entry) -> QLabel:
    sent = entry.state is DeliveryState.ACKED
    words = _("The centre has received it") if sent else _("Not sent yet; kept safely at this desk")
    mark = QLabel()
    symbol = "cloud" if sent else "cloud-off"
    mark.setPixmap(icon(symbol, theme.worn().muted).pixmap(_MARK, _MARK))
    mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    mark.setToolTip(words)
    mark.setAccessibleName(words)
    return mark


def _verdict(entry: Entry) -> list[QLabel]:
    """Return what the centre says of an entry; nothing as long as it was not sent."""
    if entry.state is not DeliveryState.ACKED:
        return []
    if entry.verdict in {None, Verdict.APPLIED}:
        return [label(sentence_case(verdict_tag(Verdict.APPLIED).text), "muted", wrap=True)]
    said = verdict_tag(entry.verdict)
    told = [tag(sentence_case(said.text), said.tone)]
    if entry.reason:
        told.append(label(explain(entry.reason), "muted", wrap=True))
    return told
