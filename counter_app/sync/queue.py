"""The queue of an office, as its desks see it together: asked for within a second, or not at all.

A desk that calls a number notes it, has it sent at once, and reads back what the office's desks
did. The centre's order says who was first. Without an answer the desk goes on alone: what it
has done counts, and the others hear of it later.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from threading import Timer
from typing import Final

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.body import Body
from counter_app.domain.operation import Unreadable
from counter_app.domain.queue import Event, Ticket
from counter_app.errors import CentreRefused, CentreUnreachable, UnreadableBody
from counter_app.services.queue import (
    ALONE,
    Office,
    call_next,
    find_group,
    highest_count,
    issue,
    lost_to,
    queue_of,
)
from counter_app.sync.client import CentreClient, client_for
from counter_app.sync.push import apply, take
from counter_app.wire.codec import decode_body
from counter_app.wire.messages import (
    PushAnswer,
    PushBatch,
    QueueAnswer,
    QueueCountRequest,
    QueueRow,
)

PATIENCE_S: Final = 1.0
"""So long does anybody wait for the centre before a desk goes on alone."""

_MOST_TURNS: Final = 5
_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9000, 1, 1, tzinfo=UTC)


class Heard(Struct, frozen=True, kw_only=True):
    """What the centre has answered: to the rows that were sent, and what the office has done."""

    pushed: PushAnswer | None
    office: Office


class Called(Struct, frozen=True, kw_only=True):
    """A number that was called here; `lost` are those that other desks had first, with places."""

    ticket: Ticket
    office: Office
    lost: tuple[tuple[str, str], ...] = ()


class OfficeLine:
    """The way to the centre for those who cannot wait; for one thread at a time.

    Each method is given up after PATIENCE_S seconds, and raises CentreUnreachable then, or if
    what came back is not the centre's; CentreRefused if it said no.
    """

    def __init__(self, desk: Desk, *, patience: float = PATIENCE_S) -> None:
        self._desk = desk
        self._patience = patience
        self._client: CentreClient | None = None
        self._closed = False

    def count(self, group: str, above: int) -> int:
        """Return the office's next number of a group, which is this desk's to give out."""
        letter = find_group(self._desk, group).letter
        request = QueueCountRequest(day=self._desk.business_date, letter=letter, above=above)
        with self._hurried() as client:
            return client.count_ticket(request)

    def exchange(self, batch: PushBatch | None, office: Office) -> Heard:
        """Send rows, if any, and return what the office has done since `office` was told."""
        with self._hurried() as client:
            pushed = client.push(batch) if batch is not None and batch.rows else None
            return Heard(pushed=pushed, office=self._told(client, office))

    def close(self) -> None:
        """Hang up, from any thread; an exchange that is under way fails."""
        self._closed = True
        if self._client is not None:
            self._client.close()

    def _told(self, client: CentreClient, office: Office) -> Office:
        events = office.events
        while True:
            after = events[-1].op_id if events else None
            answer = client.queue(self._desk.business_date, after)
            if answer is None:
                return Office(events=events, together=True)
            events = _joined(events, answer)
            if not answer.more:
                return Office(events=events, together=True)

    @contextmanager
    def _hurried(self) -> Iterator[CentreClient]:
        if self._client is None:
            self._client = client_for(self._desk, patience=self._patience)
        client = self._client
        if self._closed:
            client.close()
        over = Timer(self._patience, client.close)
        over.daemon = True
        over.start()
        try:
            yield client
        except CentreUnreachable:
            client.close()
            self._client = None
            raise
        finally:
            over.cancel()


def look(desk: Desk, line: OfficeLine, office: Office = ALONE) -> Office:
    """Send what waits and return what the office has done; alone if the centre does not answer."""
    if not desk.sends:
        return ALONE
    try:
        heard = line.exchange(take(desk), office)
        if heard.pushed is not None:
            apply(desk, heard.pushed)
    except (CentreUnreachable, CentreRefused):
        return Office(events=office.events)
    return heard.office


def issue_together(
    desk: Desk, line: OfficeLine, group: str, *, priority: str = ""
) -> tuple[Ticket, Office]:
    """Give somebody the office's next number of a group; the desk's own, if nobody answers.

    It is told to the others at once: who has drawn first is called first.

    Raises:
        UnknownGroup, UnknownPriority: there is none like this.
    """
    office = look(desk, line)
    count = None
    if office.together:
        with suppress(CentreUnreachable, CentreRefused):
            count = line.count(group, highest_count(desk, group, office))
    ticket = issue(desk, group, priority=priority, count=count, office=office)
    return ticket, look(desk, line, office) if office.together else office


def call_together(
    desk: Desk,
    line: OfficeLine,
    groups: Collection[str] = (),
    *,
    told: Callable[[str, str], None] = lambda _number, _place: None,
) -> Called:
    """Call who is next in the office, and the one after if another desk was first.

    `told` hears of each number that was lost, and where it was called to.

    Raises:
        NobodyWaits: there is nobody to call.
        UnknownGroup: one of the groups is none.
        NotPermitted: the officer receives nobody.
    """
    office = look(desk, line)
    lost: list[tuple[str, str]] = []
    while True:
        ticket = call_next(desk, groups, office)
        office = look(desk, line, office)
        place = lost_to(desk, ticket.id, queue_of(desk, office)) if office.together else ""
        if not place or len(lost) == _MOST_TURNS:
            return Called(ticket=ticket, office=office, lost=tuple(lost))
        lost.append((ticket.number, place))
        told(ticket.number, place)


def _joined(events: tuple[Event, ...], answer: QueueAnswer) -> tuple[Event, ...]:
    new = tuple(map(_event, answer.rows))
    return new if answer.whole else (*events, *new)


def _event(row: QueueRow) -> Event:
    body: Body
    try:
        body = decode_body(row.kind, row.version, bytes(row.body))
    except UnreadableBody:  # a newer program has written it
        body = Unreadable()
    return Event(op_id=row.op_id, desk=row.desk_id, at=_instant(row.at), body=body)


def _instant(told: datetime) -> datetime:
    """Return an instant that can be reckoned with, whatever another desk has written."""
    at = told if told.tzinfo else told.replace(tzinfo=UTC)
    return min(max(at, _FIRST), _LAST)
