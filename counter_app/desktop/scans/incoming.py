"""Files on their way in, one after the other: each read, opened and kept where it stops nothing."""

from collections.abc import Callable, Sequence
from uuid import UUID

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.scans.state import Coming
from counter_app.devices.watched import is_as_it_was
from counter_app.errors import CounterError, ScanDamaged, StoreError
from counter_app.imaging.taking_in import Page, take_in
from counter_app.services.scans import keep_pages

Ended = Callable[[Coming, UUID | None, CounterError | None], None]


class Incoming:
    """Tells of each file how it has ended: the scan that it has become, or what is the matter."""

    def __init__(self, desk: Desk, tasks: Tasks, ended: Ended) -> None:
        self._desk = desk
        self._tasks = tasks
        self._ended = ended
        self._queue: list[Coming] = []

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._queue

    @property
    def files(self) -> Sequence[Coming]:
        """What is on its way, the one at hand first."""
        return tuple(self._queue)

    def add(self, files: Sequence[Coming]) -> None:
        """Take these in too, after those that are under way."""
        idle = self.is_idle
        self._queue += files
        if idle:
            self._next()

    def _next(self) -> None:
        if not self._queue:
            return
        coming = self._queue[0]
        # File by file: a receipt that is printed meanwhile waits for one of them at most.
        self._tasks.paper(lambda: _pages_of(coming), done=self._keep, failed=self._refuse)

    def _keep(self, pages: tuple[Page, ...]) -> None:
        coming = self._queue[0]
        self._tasks.write(
            lambda: keep_pages(
                self._desk,
                coming.dossier_id,
                pages,
                component=coming.component,
                digitised=coming.digitised,
            ),
            done=lambda added: self._end(added[-1].scan, None),
            failed=self._refuse,
        )

    def _refuse(self, error: CounterError) -> None:
        if isinstance(error, StoreError):  # as a full disk: the others would fare no better
            while len(self._queue) > 1:
                self._ended(self._queue.pop(), None, error)
        self._end(None, error)

    def _end(self, scan: UUID | None, error: CounterError | None) -> None:
        coming = self._queue.pop(0)
        self._ended(coming, scan, error)
        self._next()


def _pages_of(coming: Coming) -> tuple[Page, ...]:
    """Return the pages of a file that the scanner was done with while they were read.

    Raises:
        UnusableScan: with what is the matter; a file that has grown meanwhile is not whole.
    """
    pages = take_in(coming.source)
    if coming.dropped is not None and not is_as_it_was(coming.dropped):
        raise ScanDamaged
    return pages
