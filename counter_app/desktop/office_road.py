"""The way to the office's queue at the centre: what `sync.queue` does, brought when first asked."""

from typing import TYPE_CHECKING

from counter_app.desk import Desk
from counter_app.services.queue import Office
from counter_app.wire.messages import PushAnswer, PushBatch

if TYPE_CHECKING:  # it brings the HTTP client, which takes longer than any screen
    from counter_app.sync.queue import Heard, OfficeLine


class CentreOffice:
    """The `OfficeRoad` of the numbers, on one kept connection of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._line: OfficeLine | None = None
        self._closed = False

    def take(self) -> PushBatch:
        """Return the oldest rows that are not acknowledged; on the reader."""
        from counter_app.sync.push import take

        return take(self._desk)

    def exchange(self, batch: PushBatch, office: Office) -> "Heard":
        """Send rows and return what the office has done since; on the quick lane."""
        return self._opened().exchange(batch, office)

    def apply(self, answer: PushAnswer) -> None:
        """Note what the centre has stored and judged; on the writer."""
        from counter_app.sync.push import apply

        apply(self._desk, answer)

    def count(self, group: str, above: int) -> int:
        """Return the office's next number of a group; on the quick lane."""
        return self._opened().count(group, above)

    def close(self) -> None:
        """Hang up; an exchange that is under way fails, and does no harm."""
        self._closed = True
        if self._line is not None:
            self._line.close()

    def _opened(self) -> "OfficeLine":
        from counter_app.sync.queue import OfficeLine

        if self._line is None:
            self._line = OfficeLine(self._desk)
        if self._closed:  # meanwhile: nobody else would
            self._line.close()
        return self._line
