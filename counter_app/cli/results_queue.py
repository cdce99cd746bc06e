"""What `queue --json` prints."""

from datetime import datetime

from msgspec import Struct


class TicketResult(Struct, frozen=True, kw_only=True):
    """A number of today, and of nobody in particular.

    `state` is one of waiting, called, served and absent; `place` is where it was called to.
    `together` says whether the office's other desks were heard; without them the desk goes on
    alone. `lost` are the numbers that other desks had called first, each with its place.
    """

    id: str
    number: str
    group: str
    priority: str
    state: str
    place: str
    issued_at: datetime
    waited_minutes: int
    together: bool
    lost: list[tuple[str, str]] = []
    sheet: str | None = None


class WaitingResult(Struct, frozen=True, kw_only=True):
    """How many wait for a group of procedures, and how long the first of them has."""

    group: str
    letter: str
    name: str
    waiting: int
    longest_minutes: int
    together: bool
