"""Work off the window's thread: the only file in which threads and Qt meet.

No worker owns a QObject, so none can be destroyed on the wrong thread.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from counter_app.desktop.lanes import Lane
from counter_app.errors import CounterError

T = TypeVar("T")

_A_MOMENT_S: Final = 0.5
_A_WHILE_S: Final = 5


class TaskRunner(QObject):
    """One thread for each lane; answers come in the window's thread.

    `write` is for whatever opens a transaction, `read` for queries, `paper` for making pages,
    `care` for the backups between, `away` for the network, `printing` for one printer each, and
    by the name "" for asking which there are: from `paper` on they may take long, and never
    hold a transaction.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[ThreadPoolExecutor] = []
        self._under_way = 0  # counted in the window's thread alone
        self._closed = False
        self._finished.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self.write = self._lane(self._thread("write"))
        self.read = self._lane(self._thread("read"))
        self._paper, self._care = _Stray("paper"), _Stray("care")
        self.paper, self.care = self._lane(self._paper), self._lane(self._care)
        self._strays = [_Stray("away"), _Stray("quick")]
        self.away, self.quick = map(self._lane, self._strays)
        self._printers: dict[str, tuple[_Stray, Lane]] = {}

    def printing(self, printer: str) -> Lane:
        """Return the lane of one printer: what hangs there keeps no other printer waiting."""
        if printer not in self._printers:
            stray = _Stray(f"printer {len(self._printers) + 1}")
            self._printers[printer] = stray, self._lane(stray)
        return self._printers[printer][1]

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been answered."""
        return self._under_way == 0

    def close(self) -> None:
        """Finish what was begun, and drop the rest.

        For the network and for printers only a moment is left: what was at a printer then is
        asked for at the next start. A page and a backup are let be finished, unless they take
        their time.
        """
        for thread in self._threads:
            thread.shutdown(wait=True, cancel_futures=True)
        self._paper.leave(_A_WHILE_S)
        self._care.leave(_A_WHILE_S)
        for stray in (*self._strays, *(stray for stray, _lane in self._printers.values())):
            stray.leave(_A_MOMENT_S)
        self._closed = True

    def _thread(self, name: str) -> ThreadPoolExecutor:
        thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._threads.append(thread)
        return thread

    def _lane(self, thread: "_Thread") -> Lane:
        def tell(answer: Callable[[], None]) -> None:
            if not self._closed:  # the network may answer when nobody is there any more
                self._finished.emit(answer)

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
            future.add_done_callback(lambda f: tell(lambda: answer(f)))

        return run

    @Slot(object)
    def _answer(self, answer: Callable[[], None]) -> None:
        answer()


class _Thread(Protocol):
    def submit(self, work: Callable[..., T], /, *given: Any) -> Future[T]: ...


class _Stray:
    """One thread that nobody waits for at the end: what it is at may be given up at any point."""

    def __init__(self, name: str) -> None:
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        # Python would wait for a pool's threads, and a dead network for its whole patience.
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def submit(self, work: Callable[..., T], /, *given: Any) -> Future[T]:
        """Have `work` done after what was asked for before."""
        future: Future[T] = Future()

        def do() -> None:
            try:
                result = work(*given)
            except BaseException as error:  # whoever asked is told
                future.set_exception(error)
            else:
                future.set_result(result)

        if not self._thread.ident:
            self._thread.start()
        self._work.put(do)
        return future

    def leave(self, seconds: float) -> None:
        """Begin nothing more, and wait at most so long for what is under way."""
        with suppress(Empty):
            while True:
                self._work.get_nowait()
        self._work.put(None)
        if self._thread.ident:
            self._thread.join(seconds)

    def _run(self) -> None:
        while (do := self._work.get()) is not None:
            do()
