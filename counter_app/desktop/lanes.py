"""What a presenter may ask to have done elsewhere than in the window's thread."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from counter_app.errors import CounterError

T = TypeVar("T")


class Lane(Protocol):
    """One thread's queue: what is given to it is done in order."""

    def __call__(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[CounterError], None],
    ) -> None:
        """Do `work` elsewhere, then say in the window's thread how it went."""
        ...


class Tasks(Protocol):
    """The lanes a presenter may use; in tests they work at once."""

    write: Lane
    read: Lane
    paper: Lane
    care: Lane
    away: Lane
    quick: Lane

    def printing(self, printer: str) -> Lane:
        """Return the lane of one printer: what hangs there keeps no other printer waiting.

        By the name "" it is the one on which the system is asked what printers there are.
        """
        ...
