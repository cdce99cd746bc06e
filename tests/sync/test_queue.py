"""What the centre tells of other desks' numbers is what those desks have written: anything."""

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import msgspec
import pytest

from counter_app.domain.queue import fold_queue
from counter_app.services.queue import ALONE
from counter_app.sync.queue import OfficeLine
from counter_app.wire.codec import encode
from counter_app.wire.messages import QueueAnswer, QueueRow
from tests.office import MONDAY

ID = UUID(int=7)


@pytest.mark.parametrize(
    "at", ["2026-11-23T08:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"]
)
def test_no_instant_of_another_desk_stops_this_one(at):
    told = {"op_id": ID, "desk_id": ID, "at": at, "kind": "ticket_issued", "version": 1}
    body = {"ticket": ID, "number": "A001", "group": "ho_tich"}
    row = msgspec.json.decode(encode({**told, "body": body}), type=QueueRow)
    answer = QueueAnswer(rows=(row,), whole=True)
    client = SimpleNamespace(queue=lambda _day, _after: answer)
    desk = SimpleNamespace(business_date=MONDAY.date())
    office = OfficeLine(desk)._told(client, ALONE)
    (ticket,) = fold_queue(office.events).tickets.values()
    assert ticket.waited(MONDAY) is not None
    assert ticket.issued_at.astimezone(MONDAY.tzinfo).tzinfo is not None
    assert ticket.issued_at >= datetime(2000, 1, 1, tzinfo=UTC)
