"""The hall's display: a window of its own, light on dark, to be read from ten metres.

It fills a second screen. While there is only the officer's own, it is a small window that can
be moved; when the second screen goes, it steps aside until that comes back.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.desktop.hall.presenter import HallCall, HallState
from counter_app.i18n import _

BLINKS: Final = 3
"""So often a new call lights up, about once a second: fewer than could harm anybody."""

_BLINK_MS: Final = 500
_TICK_MS: Final = 500
_SMALL: Final = (960, 540)

# Light on dark, whatever the officer's window wears; the contrasts are 12:1 and more.
_GROUND: Final = QColor("#0b1526")
_PANEL: Final = QColor("#132340")
_WORDS: Final = QColor("#f3f6fb")
_MUTED: Final = QColor("#a9bcd8")
_NUMBER: Final = QColor("#ffd75e")
_LINE: Final = QColor("#27508a")


class HallWindow(QWidget):
    """Shows a HallState."""

    looked = Signal(bool)
    ticked = Signal()
    placed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(_("Hall display"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(480, 270)
        self._state = HallState(office="")
        self._leaving = False
        self._lit = True
        self._blinks_left = 0
        self._wanted = ""
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.ticked)
        self._blinking = QTimer(self, interval=_BLINK_MS)
        self._blinking.timeout.connect(self._blink)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._screen_came)
        app.screenRemoved.connect(self._screen_went)

    # What the presenter asks

    def show_state(self, state: HallState) -> None:
        """Draw what `state` says; a call that is new lights up."""
        before, self._state = self._state, state
        if state.calls and state.calls[0] not in before.calls and self.isVisible():
            self._begin_blinking(chime=state.chime)
        spoken = (f"{call.number} {call.place}" for call in state.calls[:1])
        self.setAccessibleName(", ".join([_("Hall display"), *spoken]))
        self.update()

    def open_on(self, screen: str, *, beside: bool) -> None:
        """Come into sight, on the screen of this name or any that the officer does not use.

        Where there is none, wait for one; or, `beside`, be a small window on the officer's.
        """
        self._wanted = screen
        found = self._screen_for(screen)
        if found is not None:
            self._fill(found)
        elif beside:
            self._show_small()

    def go(self) -> None:
        """Go out of sight for good."""
        self._leaving = True
        self.close()
        self.deleteLater()

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:
        """Keep up with the queue as long as anybody can see it."""
        super().showEvent(event)
        self._timer.start()
        self.looked.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing that nobody sees."""
        super().hideEvent(event)
        self._timer.stop()
        self._blinking.stop()
        self.looked.emit(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the officer has closed the display."""
        event.accept()
        if not self._leaving:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc or F11."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_F11}:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the last call large, and those before it beside it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        _Drawn(painter, self.rect(), self.font().family()).draw(self._state, lit=self._lit)
        painter.end()

    # Screens

    def _screen_for(self, name: str) -> QScreen | None:
        """Return the screen of this name, or one that the officer's window is not on."""
        windows = (each for each in QApplication.topLevelWidgets() if each is not self)
        main = next((each for each in windows if each.isVisible()), None)
        own = main.screen() if main else QGuiApplication.primaryScreen()
        others = [screen for screen in QGuiApplication.screens() if screen is not own]
        named = [screen for screen in others if screen.name() == name]
        return next(iter(named or others), None)

    def _fill(self, screen: QScreen) -> None:
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self._wanted = screen.name()
        self.placed.emit(screen.name())

    def _show_small(self) -> None:
        self.showNormal()
        self.resize(*_SMALL)
        self.activateWindow()

    def _screen_came(self, screen: QScreen) -> None:
        """Go where the display was, now that its screen is back; a small one may grow, too."""
        waits = not self._leaving and (not self.isVisible() or not self.isFullScreen())
        if waits and screen.name() == (self._wanted or screen.name()):
            self._fill(screen)

    def _screen_went(self, screen: QScreen) -> None:
        """Step aside rather than over the officer's work."""
        if self.isVisible() and self.isFullScreen() and screen.name() == self._wanted:
            self.showNormal()
            self.hide()

    # Blinking

    def _begin_blinking(self, *, chime: bool) -> None:
        self._blinks_left = 2 * BLINKS
        self._lit = True
        self._blinking.start()
        if chime:
            QApplication.beep()

    def _blink(self) -> None:
        self._blinks_left -= 1
        self._lit = self._blinks_left % 2 == 0
        if self._blinks_left <= 0:
            self._lit = True
            self._blinking.stop()
        self.update()


class _Drawn:
    """Lays the display out in parts of its height: it is as readable on every screen."""

    def __init__(self, painter: QPainter, room: QRect, family: str) -> None:
        self._painter = painter
        self._room = room
        self._family = family
        self._unit = min(room.height(), room.width() * 9 // 16) / 100

    def draw(self, state: HallState, *, lit: bool) -> None:
        """Draw everything."""
        unit, room = self._unit, self._room
        head = QRect(room.left(), room.top(), room.width(), round(12 * unit))
        self._head(head.adjusted(round(4 * unit), 0, -round(4 * unit), 0), state)
        below = room.adjusted(0, head.height(), 0, 0)
        wide = round(room.width() * 0.60)
        large = QRect(below.left(), below.top(), wide, below.height())
        self._large(large, state.calls[0] if state.calls else None, lit=lit)
        list_ = QRect(below.left() + wide, below.top(), room.width() - wide, below.height())
        self._list(list_, state.calls[1:])

    def _head(self, room: QRect, state: HallState) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        clock = self._words(room, state.clock, 6, _WORDS, middle | Qt.AlignmentFlag.AlignRight)
        left = room.adjusted(0, 0, -clock - round(4 * self._unit), 0)
        self._words(left, state.office, 5, _MUTED, middle | Qt.AlignmentFlag.AlignLeft)

    def _large(self, room: QRect, call: HallCall | None, *, lit: bool) -> None:
        centre = Qt.AlignmentFlag.AlignCenter
        inner = room.adjusted(*(round(side * self._unit) for side in (4, 0, -2, -4)))
        self._painter.fillRect(inner, _PANEL)
        if call is None:
            self._words(inner, _("Please wait for your number"), 6, _MUTED, centre)
            return
        high = inner.height()
        caption = QRect(inner.left(), inner.top(), inner.width(), round(high * 0.2))
        number = QRect(inner.left(), caption.bottom(), inner.width(), round(high * 0.45))
        place = QRect(inner.left(), number.bottom(), inner.width(), round(high * 0.3))
        self._words(caption, _("Now calling"), 7, _MUTED, centre)
        self._words(number, call.number, 34, _NUMBER if lit else _PANEL, centre, bold=True)
        self._words(place, call.place, 15, _WORDS, centre, bold=True)

    def _list(self, room: QRect, calls: Sequence[HallCall]) -> None:
        unit = self._unit
        inner = room.adjusted(*(round(side * unit) for side in (2, 0, -4, -4)))
        high = inner.height() // 5
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for line, call in enumerate(calls[:5]):
            row = QRect(inner.left(), inner.top() + line * high, inner.width(), high)
            half = row.width() // 2
            number = QRect(row.left(), row.top(), half, row.height())
            place = QRect(row.left() + half, row.top(), row.width() - half, row.height())
            self._words(number, call.number, 9, _NUMBER, left, bold=True)
            self._words(place, call.place, 7, _WORDS, right)
            self._painter.fillRect(row.left(), row.bottom(), row.width(), 2, _LINE)

    def _words(
        self,
        room: QRect,
        text: str,
        parts: float,
        colour: QColor,
        flags: Qt.AlignmentFlag,
        *,
        bold: bool = False,
    ) -> int:
        """Draw words `parts` hundredths high, or lower if they would not fit; return the width."""
        font = QFont(self._family)
        font.setBold(bold)
        size = max(round(parts * self._unit), 8)
        font.setPixelSize(size)
        wide = QFontMetrics(font).horizontalAdvance(text)
        if wide > room.width() > 0:
            font.setPixelSize(max(size * room.width() // wide, 8))
        self._painter.setFont(font)
        self._painter.setPen(colour)
        self._painter.drawText(room, flags, text)
        return min(wide, room.width())
