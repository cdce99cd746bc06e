"""The printers of this PC, asked from a process of their own.

A print service that hangs, or a network printer that is dead, holds whoever asks for a minute,
and with them every thread of their program: Qt keeps the interpreter meanwhile. Here only the
other process is held. It is given up when it has not said in time which printers there are; one
that prints is left alone, for nobody knows how long a printer takes.
"""

import subprocess
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Timer
from typing import Any, BinaryIO, Final, Literal

import msgspec
from msgspec import Struct

from counter_app import errors
from counter_app.devices.printers import Printer, PrinterStatus, Size
from counter_app.errors import CounterError, PrintBrokenOff, PrintersSilent

PATIENCE_S: Final = 15.0
"""How long the system may take to say which printers there are."""

_LENGTH: Final = 4  # bytes that say how long a message is


class _Asked(Struct, frozen=True, kw_only=True):
    call: Literal["names", "default", "status", "print_pdf", "print_roll", "print_test_page"]
    pdf: bytes = b""
    printer: str = ""
    title: str = ""
    size: Size = "a5"
    lines: tuple[str, ...] = ()


class _Answer(Struct, frozen=True, kw_only=True):
    """What came of it: one of the first three, or the class and values of what went wrong."""

    names: tuple[str, ...] = ()
    default: str = ""
    status: tuple[PrinterStatus, ...] = ()
    trouble: str = ""
    values: dict[str, str] = {}
    bug: str = ""


class PrintersApart:
    """Has `command` run where `serve` answers; one that has answered is kept for the next call."""

    def __init__(self, command: Sequence[str], *, patience: float = PATIENCE_S) -> None:
        self._command = command
        self._patience = patience
        self._idle: SimpleQueue[_Process] = SimpleQueue()

    def __del__(self) -> None:
        """Let the process end that waits for the next call."""
        while not self._idle.empty():
            self._idle.get().leave()

    def names(self) -> Sequence[str]:
        """Return the printers that the system knows, by name.

        Raises:
            PrintersSilent: it did not say.
        """
        return self._look(_Asked(call="names")).names

    def default(self) -> str:
        """Return the printer that the system itself would take, or "" if it has none.

        Raises:
            PrintersSilent: it did not say.
        """
        return self._look(_Asked(call="default")).default

    def status(self) -> Sequence[PrinterStatus]:
        """Return how each printer is, as far as the system tells.

        Raises:
            PrintersSilent: it did not say.
        """
        return self._look(_Asked(call="status")).status

    def print_pdf(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on paper.

        Raises:
            PrinterUnavailable: nothing came out.
            PrintBrokenOff: nobody knows what came out.
        """
        self._print(_Asked(call="print_pdf", pdf=pdf, printer=printer, title=title))

    def print_roll(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on a roll, dot for dot.

        Raises:
            PrinterUnavailable: nothing came out.
            PrintBrokenOff: nobody knows what came out.
        """
        self._print(_Asked(call="print_roll", pdf=pdf, printer=printer, title=title))

    def print_test_page(self, printer: str, size: Size, lines: Sequence[str]) -> None:
        """Print the test page.

        Raises:
            PrinterUnavailable: nothing came out.
            PrintBrokenOff: nobody knows what came out.
        """
        asked = _Asked(call="print_test_page", printer=printer, size=size, lines=tuple(lines))
        self._print(asked)

    def _look(self, asked: _Asked) -> _Answer:
        process = self._take()
        timer = Timer(self._patience, process.give_up)
        timer.daemon = True
        timer.start()
        answer = process.ask(asked)
        timer.cancel()
        if answer is None:
            raise PrintersSilent
        return self._read(process, answer)

    def _print(self, asked: _Asked) -> None:
        process = self._take()
        answer = process.ask(asked)
        if answer is None:
            raise PrintBrokenOff(printer=asked.printer or "–")
        self._read(process, answer)

    def _take(self) -> "_Process":
        """Return a process that does nothing else."""
        with suppress(Empty):
            while True:
                kept = self._idle.get_nowait()
                if kept.is_there:
                    return kept
        return _Process(self._command)

    def _read(self, process: "_Process", answer: _Answer) -> _Answer:
        """Keep the process for the next call, and return its answer or raise what it met."""
        if self._idle.empty():
            self._idle.put(process)
        else:
            process.leave()
        if answer.bug:
            raise RuntimeError(answer.bug)
        if answer.trouble:
            trouble: type[CounterError] = getattr(errors, answer.trouble)
            raise trouble(**answer.values)
        return answer


class _Process:
    """Another process, which ends when nobody is left to ask it."""

    def __init__(self, command: Sequence[str]) -> None:
        apart: dict[str, Any] = {"start_new_session": True}  # Ctrl+C is not meant for it
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NO_WINDOW}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **apart,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout

    @property
    def is_there(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def ask(self, asked: _Asked) -> _Answer | None:
        """Return its answer; None if it ended before it gave one."""
        answer = None
        with suppress(OSError):  # it ended while it was spoken to
            _write(self._to, asked)
            message = _read(self._from)
            answer = msgspec.msgpack.decode(message, type=_Answer) if message else None
        if answer is None:
            self.leave()
        return answer

    def give_up(self) -> None:
        """Wait for it no longer: whoever has asked it gets no answer."""
        self._process.kill()

    def leave(self) -> None:
        """Let it end."""
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()
        self._process.wait()


def serve(printers: Printer, asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer for `printers` until nobody asks any more."""
    while message := _read(asked):
        _write(answers, _answer(printers, msgspec.msgpack.decode(message, type=_Asked)))


def _answer(printers: Printer, asked: _Asked) -> _Answer:
    try:
        return _do(printers, asked)
    except CounterError as error:
        values = {name: str(value) for name, value in error.values.items()}
        return _Answer(trouble=type(error).__name__, values=values)
    except Exception:  # told as a bug by whoever asked
        return _Answer(bug=traceback.format_exc())


def _do(printers: Printer, asked: _Asked) -> _Answer:
    match asked.call:
        case "names":
            return _Answer(names=tuple(printers.names()))
        case "default":
            return _Answer(default=printers.default())
        case "status":
            return _Answer(status=tuple(printers.status()))
        case "print_pdf":
            printers.print_pdf(asked.pdf, asked.printer, asked.title)
        case "print_roll":
            printers.print_roll(asked.pdf, asked.printer, asked.title)
        case "print_test_page":
            printers.print_test_page(asked.printer, asked.size, asked.lines)
    return _Answer()


def _write(pipe: Any, message: Struct) -> None:
    packed = msgspec.msgpack.encode(message)
    pipe.write(len(packed).to_bytes(_LENGTH, "big") + packed)
    pipe.flush()


def _read(pipe: Any) -> bytes:
    """Return the next message; nothing if there is none any more, or only a part of one."""
    length = int.from_bytes(pipe.read(_LENGTH), "big")
    message: bytes = pipe.read(length)
    return message if len(message) == length else b""
