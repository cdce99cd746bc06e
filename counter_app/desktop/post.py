"""The courier in the window: a timer for its bell, and an eye on the network."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk import Desk
from counter_app.desktop.courier import Courier, Pace, Road, Traffic
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.road import CentreRoad
from counter_app.errors import CentreNotTrusted, ChainForked, DeskRevoked, DeskUnknown

_LATER_MS: Final = 1000
_ALARMS: Final = (ChainForked, DeskRevoked, DeskUnknown, CentreNotTrusted)


class Post(QObject):
    """Has the courier of an enrolled desk go, until it is stopped."""

    told = Signal(object)
    """The Traffic, with each change."""
    arrived = Signal()
    """Something at the desk is other than before."""
    alarmed = Signal(str)
    """What a person has to act on, once; "" when it is over."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        parent: QObject,
        *,
        road: Callable[[Desk], Road] = CentreRoad,
    ) -> None:
        super().__init__(parent)
        self._alarm = ""
        self._timer = QTimer(self, singleShot=True)
        self.courier = Courier(
            road(desk),
            tasks,
            desk.clock,
            _pace,
            bell=self._ring_in,
            told=self._tell,
            arrived=self.arrived.emit,
        )
        self._timer.timeout.connect(self.courier.exchange)

    def begin(self) -> None:
        """Go from here on."""
        self.courier.begin()
        QTimer.singleShot(_LATER_MS, self, self._watch_the_network)

    def stop(self) -> None:
        """Do no more; whatever is under way is given up, and does no harm."""
        self._timer.stop()
        self.courier.stop()

    def _tell(self, traffic: Traffic) -> None:
        self.told.emit(traffic)
        alarm = str(traffic.trouble) if isinstance(traffic.trouble, _ALARMS) else ""
        if alarm != self._alarm:
            self._alarm = alarm
            self.alarmed.emit(alarm)

    def _ring_in(self, seconds: float) -> None:
        self._timer.start(round(seconds * 1000))

    def _watch_the_network(self) -> None:
        # It loads a plugin of the system's: after the officer has something to look at.
        from PySide6.QtNetwork import QNetworkInformation

        # Where there is none, the timer alone has to do.
        if QNetworkInformation.loadDefaultBackend():
            watch = QNetworkInformation.instance()
            watch.reachabilityChanged.connect(self._reached)

    def _reached(self, how: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation  # it is there: it has just spoken

        reach = QNetworkInformation.Reachability
        if how in {reach.Site, reach.Online}:
            self.courier.network_is_back()


def _pace() -> Pace:
    from counter_app.sync.pace import Pace  # nothing of the network before it is needed

    return Pace()
