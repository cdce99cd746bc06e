"""Brings what was done at the desk to the centre, by itself and in the background; without Qt.

One exchange at a time. What fails is said in the status line and tried again later: nobody is
held up by it, and nothing is lost by it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NoReturn, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Clock
from counter_app.desktop.lanes import Lane, Tasks
from counter_app.errors import CounterError, StoreError
from counter_app.wire.messages import PushAnswer, PushBatch, PushOutcome, Reference

SOON_S: Final = 2.0
"""After the first thing that was done, so that what belongs together goes together."""

_AFTER_A_BUG_S: Final = 3600.0
"""It is shown to the officer each time."""

_REFERENCE_EVERY: Final = timedelta(hours=1)
T = TypeVar("T")


class Road(Protocol):
    """The way to the centre, in steps that each belong to one lane."""

    def open(self) -> None:
        """Bring what the network needs; on the network's lane."""
        ...

    def take(self) -> PushBatch:
        """Return the oldest rows that are not acknowledged; on the reader."""
        ...

    def send(self, batch: PushBatch) -> PushAnswer:
        """Return the centre's answer; on the network's lane."""
        ...

    def apply(self, answer: PushAnswer) -> None:
        """Note what the centre has stored and judged; on the writer."""
        ...

    def held(self) -> int:
        """Return the version of the reference data that is here; on the reader."""
        ...

    def fetch(self, held: int) -> Reference | None:
        """Return what is newer than that, or nothing; on the network's lane."""
        ...

    def keep(self, reference: Reference) -> None:
        """Work by this reference data from here on; on the writer."""
        ...

    def note(self, error: CounterError) -> None:
        """Remember what stands in the way, for whoever looks later; on the writer."""
        ...

    def close(self) -> None:
        """Let go of the connection; an exchange that is under way fails, and does no harm."""
        ...


class Pace(Protocol):
    """How long to wait, in seconds; never twice the same, or all desks would come at once."""

    def usual(self) -> float:
        """Return how long to wait after all went well."""
        ...

    def after(self, failures: int) -> float:
        """Return how long to wait after so many failures in a row."""
        ...

    def back(self) -> float:
        """Return how long to wait once the network has come back."""
        ...


class Traffic(Struct, frozen=True, kw_only=True):
    """How it stands between the desk and the centre, as far as this window has tried.

    `sending` rows are under way; `heard_at` is when the centre answered last, `trouble` why it
    did not the last time, `busy` whether it takes nothing for the moment, and `next_at` when
    it is tried again by itself.
    """

    working: bool = False
    sending: int = 0
    heard_at: datetime | None = None
    trouble: CounterError | None = None
    busy: bool = False
    next_at: datetime | None = None


class Courier:
    """Goes to the centre and back; whoever made it rings by the bell, and is told how it went.

    `bell(seconds)` has `exchange` called once, in so many seconds from now, and forgets what it
    was asked before. `told` hears of each change, `arrived` of what has changed at the desk.
    """

    def __init__(
        self,
        road: Road,
        tasks: Tasks,
        clock: Clock,
        pace: Callable[[], Pace],
        *,
        bell: Callable[[float], None],
        told: Callable[[Traffic], None],
        arrived: Callable[[], None],
    ) -> None:
        self._road = road
        self._tasks = tasks
        self._clock = clock
        self._pace = pace
        self._bell = bell
        self._told = told
        self._arrived = arrived
        self.traffic = Traffic()
        self._failures = 0
        self._soon = False
        self._again = False
        self._stopped = False
        self._asked_at: datetime | None = None
        self._reference: int | None = None

    def begin(self) -> None:
        """Go for the first time, a little later: whoever has just signed in has other cares."""
        self._ring_soon()

    def noticed(self, unsent: int) -> None:
        """Go soon if something waits to be sent, unless the centre is known not to take it."""
        if unsent and not self._failures:
            self._ring_soon()

    def network_is_back(self) -> None:
        """Try again before the time, if it was the network that was missing."""
        if not self.traffic.working and self.traffic.trouble is not None:
            self._ring_in(self._pace().back())

    def exchange(self) -> None:
        """Go now: the bell has rung, or an officer wants it; or once more when one is back."""
        self._again = self.traffic.working
        if self._stopped or self._again:
            return
        self._soon = False
        self._tell(replace(self.traffic, working=True, sending=0, next_at=None))
        self._on(self._tasks.away, self._road.open, lambda _none: self._take(before=None))

    def stop(self) -> None:
        """Do no more; whatever is under way is given up, and does no harm."""
        if not self._stopped:
            self._stopped = True
            self._road.close()

    # Rows

    def _take(self, before: PushBatch | None) -> None:
        self._on(self._tasks.read, self._road.take, lambda batch: self._send(batch, before))

    def _send(self, batch: PushBatch, before: PushBatch | None) -> None:
        """Send rows, or ask with none how far the centre has heard; again as long as it helps."""
        if before is not None and not batch.rows:
            self._look_for_news()
            return
        if before is not None and batch.rows[:1] == before.rows[:1]:
            self._wait(replace(self.traffic, busy=True))  # it has taken nothing
            return
        self._tell(replace(self.traffic, sending=len(batch.rows)))
        self._on(
            self._tasks.away,
            lambda: self._road.send(batch),
            lambda answer: self._apply(answer, batch),
        )

    def _apply(self, answer: PushAnswer, batch: PushBatch) -> None:
        heard = replace(self.traffic, heard_at=self._clock.now(), trouble=None, busy=False)
        self._tell(heard)
        self._on(
            self._tasks.write,
            lambda: self._road.apply(answer),
            lambda _none: self._applied(answer, batch),
        )

    def _applied(self, answer: PushAnswer, batch: PushBatch) -> None:
        if batch.rows or answer.judgements:
            self._arrived()
        if answer.outcome is PushOutcome.RETRY:
            self._wait(replace(self.traffic, busy=True))
            return
        if answer.standing.reference_version != self._reference:
            self._asked_at = None
        self._take(before=batch)

    # Reference data

    def _look_for_news(self) -> None:
        asked_at = self._asked_at
        if asked_at is not None and self._clock.now() < asked_at + _REFERENCE_EVERY:
            self._rest()
            return
        self._on(self._tasks.read, self._road.held, self._fetch)

    def _fetch(self, held: int) -> None:
        self._tell(replace(self.traffic, sending=0))
        self._on(
            self._tasks.away,
            lambda: self._road.fetch(held),
            lambda found: self._keep(found, held),
        )

    def _keep(self, found: Reference | None, held: int) -> None:
        if found is None:
            self._kept(held)
            return
        self._on(
            self._tasks.write,
            lambda: self._road.keep(found),
            lambda _none: self._kept(found.version, new=True),
            lambda error: self._kept(found.version, new=True, trouble=error),
        )

    def _kept(
        self, version: int, *, new: bool = False, trouble: CounterError | None = None
    ) -> None:
        """Be content for an hour, even with what cannot be used: nothing else waits for it."""
        self._reference, self._asked_at = version, self._clock.now()
        if new:
            self._arrived()
        self._rest(trouble)

    # How it ends

    def _rest(self, trouble: CounterError | None = None) -> None:
        self._failures = 0
        self._pause(replace(self.traffic, trouble=trouble), self._pace().usual())

    def _fail(self, error: CounterError) -> None:
        before = self.traffic.trouble
        self._wait(replace(self.traffic, trouble=error))
        if type(error) is not type(before) and not isinstance(error, StoreError):
            self._tasks.write(
                lambda: self._road.note(error),
                done=lambda _none: self._arrived(),
                failed=lambda worse: self._tell(replace(self.traffic, trouble=worse)),
            )

    def _wait(self, traffic: Traffic) -> None:
        self._failures += 1
        self._pause(traffic, self._pace().after(self._failures))

    def _pause(self, traffic: Traffic, seconds: float) -> None:
        wait = 0.0 if self._again else seconds
        next_at = self._clock.now() + timedelta(seconds=wait)
        self._tell(replace(traffic, working=False, sending=0, next_at=next_at))
        self._ring_in(wait)

    def _ring_soon(self) -> None:
        if not (self._soon or self._stopped or self.traffic.working):
            self._soon = True
            self._bell(SOON_S)

    def _ring_in(self, seconds: float) -> None:
        if not self._stopped:
            self._soon = False
            self._bell(seconds)

    def _on(
        self,
        lane: Lane,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[CounterError], None] | None = None,
    ) -> None:
        """Do one step on its lane; after the end nobody hears what has become of it."""

        def attempt() -> Callable[[], T]:
            try:
                result = work()
            except CounterError:
                raise
            except Exception as bug:
                return partial(_raise, bug)
            return lambda: result

        def go_on(outcome: Callable[[], T]) -> None:
            try:
                result = outcome()
            except Exception:
                if not self._stopped:  # or nothing would ever be sent again
                    self._pause(self.traffic, _AFTER_A_BUG_S)
                raise
            if not self._stopped:
                done(result)

        def fail(error: CounterError) -> None:
            if not self._stopped:
                (failed or self._fail)(error)

        lane(attempt, done=go_on, failed=fail)

    def _tell(self, traffic: Traffic) -> None:
        self.traffic = traffic
        self._told(traffic)


def _raise(bug: Exception) -> NoReturn:
    raise bug
