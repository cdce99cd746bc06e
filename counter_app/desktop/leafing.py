"""One PDF on the screen, a page at a time, drawn for exactly the dots that there are; without Qt.

Pages are drawn in the readers' lane: that of the paper may be waiting for a printer, and the
next citizen's receipt must not wait with it.
"""

from collections.abc import Callable

from msgspec import Struct

from counter_app.desktop.lanes import Tasks
from counter_app.errors import CounterError
from counter_app.printing import SinglePage, page_within


class _Wanted(Struct, frozen=True, kw_only=True):
    pdf: bytes
    number: int
    width: int
    height: int | None


class Leafing:
    """Has the page drawn that is wanted, and hands it over; one that came too late is dropped."""

    def __init__(
        self,
        tasks: Tasks,
        *,
        drawn: Callable[[SinglePage], None],
        failed: Callable[[CounterError], None],
    ) -> None:
        self._tasks = tasks
        self._drawn = drawn
        self._failed = failed
        self._pdf = b""
        self._number = 1
        self._room: tuple[int, int | None] = (0, None)
        self._wanted: _Wanted | None = None

    def open(self, pdf: bytes) -> None:
        """Show the first page of `pdf`."""
        self._pdf, self._number = pdf, 1
        self._draw()

    def close(self) -> None:
        """Show nothing more: what is being drawn is not wanted any longer."""
        self._pdf, self._wanted = b"", None

    def turn(self, by: int) -> None:
        """Show the page `by` pages on."""
        self._number = max(self._number + by, 1)
        self._draw()

    def make_room(self, width: int, height: int | None) -> None:
        """Draw for a room of so many dots; without a height, as wide as the room."""
        if (width, height) != self._room:
            self._room = width, height
            self._draw()

    def _draw(self) -> None:
        width, height = self._room
        if not self._pdf or width <= 0:
            return
        wanted = _Wanted(pdf=self._pdf, number=self._number, width=width, height=height)
        self._wanted = wanted
        self._tasks.read(
            lambda: page_within(wanted.pdf, wanted.number, width=width, height=height),
            done=lambda page: self._answer(wanted, page),
            failed=self._failed,
        )

    def _answer(self, wanted: _Wanted, page: SinglePage) -> None:
        if wanted is self._wanted:
            self._number = page.number
            self._drawn(page)
