"""Nobody at the keys: first a warning, then the lock."""

import sys
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent

WARNING_S: Final = 30
_EVERY_MS: Final = 1000
_TOUCHES: Final = (QInputEvent, QInputMethodEvent)
_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


def awake_seconds() -> float:
    """Return a count of seconds that nobody can set, and that goes on while the PC sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    else:
        return time.monotonic()


class IdleWatch(QObject):
    """Says when nobody has touched keys or mouse for too long; any touch begins the wait anew."""

    warned = Signal(int)
    """Seconds that are left, each second from `WARNING_S` on."""
    resumed = Signal()
    """Somebody is there after all."""
    expired = Signal()

    def __init__(self, app: QObject, now: Callable[[], float] = awake_seconds) -> None:
        super().__init__(app)
        self._now = now
        self._limit = 0.0
        self._touched_at = 0.0
        self._warning = False
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._app = app

    def start(self, minutes: int) -> None:
        """Begin to wait for `minutes` without a touch."""
        self.stop()
        self._limit = minutes * 60.0
        self._touched_at = self._now()
        self._app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Wait no longer."""
        self._timer.stop()
        self._warning = False
        self._app.removeEventFilter(self)

    def look(self) -> None:
        """See how long nobody has been there."""
        left = self._limit - (self._now() - self._touched_at)
        if left <= 0:
            self.stop()
            self.expired.emit()
        elif left <= WARNING_S:
            self._warning = True
            self.warned.emit(round(left))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note every touch, and let it through."""
        # Its class first: most events are no touch, and asking for their type takes longer.
        if isinstance(event, _TOUCHES) and event.type() in _INPUT:
            self._touched_at = self._now()
            if self._warning:
                self._warning = False
                self.resumed.emit()
        return False
