"""Work off the window's thread: the only file in which threads and Qt meet.

No worker owns a QObject, so none can be destroyed on the wrong thread.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from counter_app.desktop.lanes import Lane
from counter_app.errors import CounterError

T = TypeVar("T")


class TaskRunner(QObject):
    """One thread for each lane; answers come in the window's thread.

    `write` is for whatever opens a transaction, `read` for queries, `paper` for making and
    printing pages, which may take long and never holds a transaction.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[ThreadPoolExecutor] = []
        self._under_way = 0  # counted in the window's thread alone
        self._finished.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self.write = self._lane("write")
        self.read = self._lane("read")
        self.paper = self._lane("paper")

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been answered."""
        return self._under_way == 0

    def close(self) -> None:
        """Finish what was begun, and drop the rest."""
        for thread in self._threads:
            thread.shutdown(wait=True, cancel_futures=True)

    def _lane(self, name: str) -> Lane:
        thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._threads.append(thread)

        def run(
            work: Callable[[], T],
            *,
            done: Callable[[T], None],
            failed: Callable[[CounterError], None],
        ) -> None:
            def answer(future: Future[T]) -> None:
                self._under_way -= 1
                if future.cancelled():
                    return
                error = future.exception()
                if isinstance(error, CounterError):
                    failed(error)
                else:
                    done(future.result())  # raises a bug again, here where the hook reports it

            self._under_way += 1
            future = thread.submit(copy_context().run, work)  # the language goes with the work
            future.add_done_callback(lambda f: self._finished.emit(lambda: answer(f)))

        return run

    @Slot(object)
    def _answer(self, answer: Callable[[], None]) -> None:
        answer()
