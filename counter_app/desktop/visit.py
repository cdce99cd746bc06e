"""The lanes of one officer: once the officer's window is gone, nobody is told any more."""

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject

from counter_app.desktop.lanes import Lane, Tasks
from counter_app.errors import CounterError

T = TypeVar("T")


class Visit:
    """The same lanes, whose answers are for as long as `window` is there.

    What was asked for is done all the same, and a bug in it is told. But an answer may bring
    another question, and when the next officer takes over nobody knows how many: the last one
    must not meet a view that is gone.
    """

    def __init__(self, tasks: Tasks, window: QObject) -> None:
        self._tasks = tasks
        self._window = window
        self.write = self._lane(tasks.write)
        self.read = self._lane(tasks.read)
        self.paper = self._lane(tasks.paper)
        self.care = self._lane(tasks.care)
        self.away = self._lane(tasks.away)
        self.quick = self._lane(tasks.quick)

    def printing(self, printer: str) -> Lane:
        """Return the lane of one printer."""
        return self._lane(self._tasks.printing(printer))

    def _lane(self, lane: Lane) -> Lane:
        def run(
            work: Callable[[], T],
            *,
            done: Callable[[T], None],
            failed: Callable[[CounterError], None],
        ) -> None:
            def tell(result: T) -> None:
                if shiboken6.isValid(self._window):
                    done(result)

            def refuse(error: CounterError) -> None:
                if shiboken6.isValid(self._window):
                    failed(error)

            lane(work, done=tell, failed=refuse)

        return run
