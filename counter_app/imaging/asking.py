"""Asking the program that opens pictures, and ending it when it takes too long."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic
from typing import Any, BinaryIO, Final

from counter_app.errors import ScanDamaged, ScanTooHeavy, ScanTooManyDots, ScanTooManyPages
from counter_app.imaging import limits
from counter_app.imaging.frames import DOTS, HEAVY, PAGES, read_frame, write_frame

_PROGRAM: Final = (sys.executable, "-I", "-B", "-m", "counter_app.imaging.child")
_SPOKEN: Final = 4096  # bytes of what is said about a page
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_NEEDED: Final = ("SYSTEMROOT", "TEMP", "TMP")  # without the first, nothing starts on Windows
if sys.platform == "win32":
    _ENDED_BY_LIMIT: Final = frozenset({1816})  # ERROR_NOT_ENOUGH_QUOTA: its job's time is up
else:
    _ENDED_BY_LIMIT: Final = frozenset({-signal.SIGXCPU, -signal.SIGKILL})
_JPEG: Final = (b"\xff\xd8\xff", b"\xff\xd9")


class Asked:
    """One request under way: what the program says is read from it, until the time is up."""

    def __init__(self, process: "subprocess.Popen[bytes]", seconds: int, patience: int) -> None:
        assert process.stdout is not None
        self._process = process
        self._pipe: BinaryIO = process.stdout  # type: ignore[assignment]
        self._seconds = seconds
        self._patience = patience
        self._until = monotonic() + seconds * patience
        self._over = Event()
        self.was_ended = False
        self._watch = Thread(target=self._end_in_time, name="imaging-watch", daemon=True)
        self._watch.start()

    def heard(self) -> dict[str, Any]:
        """Return what it says next.

        Raises:
            ScanDamaged, ScanTooHeavy, ScanTooManyDots, ScanTooManyPages: it refuses, or has ended.
        """
        said = self._frame(_SPOKEN)
        try:
            values = json.loads(said)
        except ValueError as error:
            raise ScanDamaged from error
        if not isinstance(values, dict):
            raise ScanDamaged
        match values.get("error"):
            case None:
                return values
            case why if why == HEAVY:
                raise self.too_heavy()
            case why if why == DOTS:
                width, height = values.get("width", 0), values.get("height", 0)
                most = values.get("most", limits.MOST_DOTS)
                raise ScanTooManyDots(width=width, height=height, most=int(most) // 1_000_000)
            case why if why == PAGES:
                raise ScanTooManyPages(most=limits.MOST_PAGES)
            case _:
                raise ScanDamaged

    def picture(self) -> bytes:
        """Return the JPEG that comes next."""
        content = self._frame(limits.LARGEST_PAGE)
        if not (content.startswith(_JPEG[0]) and content.endswith(_JPEG[1])):
            raise ScanDamaged
        return content

    def put_off(self, seconds: int) -> None:
        """Let it have some more time: it has shown that it gets on."""
        self._until += seconds * self._patience

    def end(self) -> None:
        """Have nothing more of it."""
        self._over.set()
        self._process.kill()
        self._watch.join()

    def _frame(self, most: int) -> bytes:
        try:
            return read_frame(self._pipe, most)
        except EOFError as error:
            self._over.set()
            self._process.kill()
            raise self._cause() from error

    def _cause(self) -> ScanDamaged | ScanTooHeavy:
        """Say why it has stopped in the middle: by the clock, by its limits, or by itself."""
        code = self._process.wait()
        by_limit = code in _ENDED_BY_LIMIT
        return self.too_heavy() if self.was_ended or by_limit else ScanDamaged()

    def too_heavy(self) -> ScanTooHeavy:
        """Return the error that says what was spent on it in vain."""
        memory = limits.MOST_MEMORY // limits.MEGABYTE
        return ScanTooHeavy(seconds=self._seconds, memory=memory)

    def _end_in_time(self) -> None:
        while (left := self._until - monotonic()) > 0:
            if self._over.wait(left):
                return
        self.was_ended = True
        self._process.kill()


@contextmanager
def asked(
    raw: bytes,
    *,
    seconds: int,
    longest: int | None = None,
    memory: int = limits.MOST_MEMORY,
    patience: int = limits.PATIENCE,
    **request: object,
) -> Iterator[Asked]:
    """Ask for something to be done with `raw` in so many seconds of the processor.

    At most `longest` with all delays, and `patience` times as long by the clock.

    Whatever happens in the block, the program is gone after it.

    Raises:
        ScanTooHeavy: this PC has no room for another program.
    """
    times = {"seconds": seconds, "longest": seconds if longest is None else longest}
    head = json.dumps({**times, "memory": memory, **request}).encode()
    with _started(seconds) as process:
        under_way = Asked(process, seconds, patience)
        telling = Thread(target=_tell, args=(process, head, raw), name="imaging-tell", daemon=True)
        telling.start()
        try:
            yield under_way
        finally:
            under_way.end()
            telling.join()


def _started(seconds: int) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            _PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library may say what it has read
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            creationflags=_NO_WINDOW,
            close_fds=True,
        )
    except OSError as error:
        memory = limits.MOST_MEMORY // limits.MEGABYTE
        raise ScanTooHeavy(seconds=seconds, memory=memory) from error


def _tell(process: "subprocess.Popen[bytes]", head: bytes, raw: bytes) -> None:
    pipe = process.stdin
    assert pipe is not None
    with suppress(OSError):  # it has ended before it had heard everything
        write_frame(pipe, head)  # type: ignore[arg-type]
        write_frame(pipe, raw)  # type: ignore[arg-type]
    with suppress(OSError):
        pipe.close()
