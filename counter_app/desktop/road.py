"""The road to the centre as it is: what `sync` does, brought when it is gone for the first time."""

from typing import TYPE_CHECKING

from counter_app.desk import Desk
from counter_app.errors import CounterError
from counter_app.wire.messages import PushAnswer, PushBatch, Reference

if TYPE_CHECKING:  # it brings the HTTP client, which takes longer than any screen
    from counter_app.sync.client import CentreClient


class CentreRoad:
    """The `Road` of the courier, on one kept connection."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._client: CentreClient | None = None
        self._closed = False

    def open(self) -> None:
        """Bring what the network needs, and have the connection that is kept."""
        import counter_app.sync.push
        import counter_app.sync.reference  # noqa: F401 - as above, and not in a faster lane
        from counter_app.sync.client import client_for

        if self._client is None:
            self._client = client_for(self._desk)
        if self._closed:  # meanwhile: nobody else would
            self._client.close()

    def take(self) -> PushBatch:
        """Return the oldest rows that are not acknowledged."""
        from counter_app.sync.push import take

        return take(self._desk)

    def send(self, batch: PushBatch) -> PushAnswer:
        """Return the centre's answer."""
        from counter_app.sync.push import send

        return send(self._opened, batch)

    def apply(self, answer: PushAnswer) -> None:
        """Note what the centre has stored and judged."""
        from counter_app.sync.push import apply

        apply(self._desk, answer)

    def held(self) -> int:
        """Return the version of the reference data that is here."""
        from counter_app.sync.reference import held

        return held(self._desk)

    def fetch(self, held: int) -> Reference | None:
        """Return what is newer than that, or nothing."""
        from counter_app.sync.reference import fetch

        return fetch(self._opened, held)

    def keep(self, reference: Reference) -> None:
        """Work by this reference data from here on."""
        from counter_app.sync.reference import keep

        keep(self._desk, reference)

    def note(self, error: CounterError) -> None:
        """Remember what stands in the way."""
        from counter_app.sync.push import note_trouble

        note_trouble(self._desk, error)

    def close(self) -> None:
        """Let go of the connection; an exchange that is under way fails, and does no harm."""
        self._closed = True
        if self._client is not None:
            self._client.close()

    @property
    def _opened(self) -> "CentreClient":
        assert self._client is not None  # whoever sends has opened it
        return self._client
