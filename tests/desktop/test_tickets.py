"""The queue's line to the centre: a second is waited, and then the desk goes on alone."""

import pytest

from counter_app.desktop.tickets import PATIENCE_S, POLL_S, Tickets
from counter_app.errors import CentreUnreachable, NobodyWaits
from counter_app.services.queue import Office, issue, overlook, queue_of
from counter_app.store.queue import ticket_events
from counter_app.sync.queue import Heard
from tests.desktop.conftest import AtOnce
from tests.desktop.linked import link
from tests.domain.test_queue import TWO, Log


class Seconds:
    """Time that passes when a test says so."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class OtherDesk:
    """A centre and another desk: `before` is what that one has done first; `mute` no answer."""

    def __init__(self, desk):
        self.desk = desk
        self.counted = 0
        self.before = []
        self.after = []
        self.mute = False
        self.closed = False
        self.asked = 0

    def take(self):
        return None

    def exchange(self, _batch, _office):
        self.asked += 1
        self._answer()
        with self.desk.store.read() as connection:
            own = ticket_events(connection, self.desk.business_date)
        first = [*self._known(own), *self.before]
        events = list({event.op_id: event for event in (*first, *own, *self.after)}.values())
        return Heard(pushed=None, office=Office(events=tuple(events), together=True))

    def apply(self, answer):
        raise AssertionError("nothing was pushed")

    def count(self, _group, above):
        self._answer()
        self.counted = max(self.counted, above) + 1
        return self.counted

    def close(self):
        self.closed = True

    def _known(self, own):
        return [event for event in own if event.body.kind == "ticket_issued"]

    def _answer(self):
        if self.mute:
            raise CentreUnreachable(reason="…")


class Listener:
    """What a presenter would be told."""

    def __init__(self):
        self.done = []
        self.lost = []
        self.failed = []

    def called(self, ticket):
        self.done.append(ticket.number)

    def lost_to(self, number, place):
        self.lost.append((number, place))

    @property
    def given(self):
        return {"done": self.called, "lost": self.lost_to, "failed": self.failed.append}


@pytest.fixture
def elapsed():
    return Seconds()


@pytest.fixture
def heard():
    return Listener()


@pytest.fixture
def linked(desk):
    link(desk)
    return desk


def tickets_of(desk, tasks, elapsed):
    road = OtherDesk(desk)
    return Tickets(desk, tasks, road=lambda _desk: road, elapsed=elapsed), road


class SlowLine(AtOnce):
    """Lanes of which the quick one works when the test says so."""

    def __init__(self):
        self.waiting = []

    def quick(self, work, *, done, failed):
        self.waiting.append(lambda: self.write(work, done=done, failed=failed))

    def work(self):
        while self.waiting:
            self.waiting.pop(0)()


def test_a_desk_that_stands_alone_asks_nobody(desk, tasks, elapsed, heard):
    tickets, road = tickets_of(desk, tasks, elapsed)
    tickets.watch("queue", looks=True)
    tickets.issue("A", done=heard.called, failed=heard.failed.append)
    tickets.call_next((), **heard.given)
    assert heard.done == ["A001", "A001"]
    assert (road.asked, tickets.office.together) == (0, False)


def test_the_centre_counts_for_the_office(linked, tasks, elapsed, heard):
    tickets, road = tickets_of(linked, tasks, elapsed)
    road.counted = 6
    tickets.issue("A", done=heard.called, failed=heard.failed.append)
    assert heard.done == ["A007"]
    assert road.asked == 1
    assert tickets.office.together


def test_nobody_who_looks_nothing_that_is_asked(linked, tasks, elapsed):
    tickets, road = tickets_of(linked, tasks, elapsed)
    tickets.tick()
    assert road.asked == 0
    tickets.watch("queue", looks=True)
    tickets.watch("hall", looks=True)
    assert road.asked == 1
    elapsed.now += POLL_S
    tickets.tick()
    tickets.tick()
    assert road.asked == 2
    tickets.watch("queue", looks=False)
    elapsed.now += POLL_S
    tickets.tick()
    assert road.asked == 3
    tickets.watch("hall", looks=False)
    elapsed.now += POLL_S
    tickets.tick()
    assert road.asked == 3


def test_who_was_second_is_told_and_has_the_next(linked, tasks, elapsed, heard):
    tickets, road = tickets_of(linked, tasks, elapsed)
    first = issue(linked, "A", count=1)
    issue(linked, "A", count=2)
    other = Log(TWO)
    other.call(first.id)
    road.before = other.events
    tickets.call_next((), **heard.given)
    assert heard.lost == [("A001", "Quầy 2")]
    assert heard.done == ["A002"]
    assert heard.failed == []


def test_who_was_second_and_finds_nobody_else_is_told_that_too(linked, tasks, elapsed, heard):
    tickets, road = tickets_of(linked, tasks, elapsed)
    other = Log(TWO)
    other.call(issue(linked, "A", count=1).id)
    road.before = other.events
    tickets.call_next((), **heard.given)
    assert heard.lost == [("A001", "Quầy 2")]
    assert [type(error) for error in heard.failed] == [NobodyWaits]


def test_after_a_second_the_desk_goes_on_alone(linked, elapsed, heard):
    tasks = SlowLine()
    tickets, _road = tickets_of(linked, tasks, elapsed)
    issue(linked, "A", count=1)
    tickets.call_next((), **heard.given)
    assert heard.done == []
    assert tickets.waits_for_centre
    elapsed.now += PATIENCE_S / 2
    tickets.tick()
    assert heard.done == []
    elapsed.now += PATIENCE_S / 2
    tickets.tick()
    assert heard.done == ["A001"]
    assert not tickets.office.together
    tasks.work()
    assert heard.done == ["A001"]
    assert tickets.office.together


def test_an_answer_that_comes_late_tells_that_another_was_first_and_calls_nobody(
    linked, elapsed, heard
):
    tasks = SlowLine()
    tickets, road = tickets_of(linked, tasks, elapsed)
    first = issue(linked, "A", count=1)
    issue(linked, "A", count=2)
    other = Log(TWO)
    other.call(first.id)
    road.before = other.events
    tickets.call_next((), **heard.given)
    elapsed.now += PATIENCE_S
    tickets.tick()
    tasks.work()
    assert heard.done == ["A001"]
    assert heard.lost == [("A001", "Quầy 2")]


def test_without_an_answer_a_number_has_the_desks_own_mark(linked, elapsed, heard):
    tasks = SlowLine()
    tickets, _road = tickets_of(linked, tasks, elapsed)
    tickets.issue("A", done=heard.called, failed=heard.failed.append)
    elapsed.now += PATIENCE_S
    tickets.tick()
    tasks.work()  # the count comes too late, and nobody has that number
    assert heard.done == ["A0001-001"]


def test_a_centre_that_says_nothing_is_not_waited_for(linked, tasks, elapsed, heard):
    tickets, road = tickets_of(linked, tasks, elapsed)
    road.mute = True
    tickets.issue("A", done=heard.called, failed=heard.failed.append)
    tickets.call_next((), **heard.given)
    assert heard.done == ["A0001-001"] * 2
    assert heard.failed == []


def test_alone_a_desk_still_knows_what_others_had_called_of_its_own(linked, tasks, elapsed, heard):
    tickets, road = tickets_of(linked, tasks, elapsed)
    first = issue(linked, "A", count=1)
    issue(linked, "A", count=2)
    other = Log(TWO)
    other.call(first.id)
    other.issue(77)
    road.before = other.events
    tickets.watch("queue", looks=True)
    road.mute = True
    tickets.call_next((), **heard.given)
    assert heard.done == ["A002"]
    seen = overlook(linked, office=tickets.office)
    assert (seen.waiting, len(seen.queue.tickets)) == ([], 3)


def test_what_is_done_to_a_number_is_told_at_once(linked, tasks, elapsed, heard):
    tickets, road = tickets_of(linked, tasks, elapsed)
    told = []
    tickets.listen(lambda: told.append(road.asked))
    issue(linked, "A", count=1)
    tickets.call_next((), **heard.given)
    plain = {"done": heard.called, "failed": heard.failed.append}
    tickets.recall(**plain)
    tickets.move("C", None, **plain)
    assert road.asked == 3
    assert told
    assert queue_of(linked, tickets.office).waiting({"dat_dai"})[0].moves == 1


def test_a_window_that_is_left_asks_and_tells_nothing_more(linked, elapsed):
    tasks = SlowLine()
    tickets, road = tickets_of(linked, tasks, elapsed)
    told = []
    tickets.listen(lambda: told.append("changed"))
    tickets.watch("hall", looks=True)
    tickets.rest()
    tasks.work()
    elapsed.now += POLL_S
    tickets.tick()
    assert (told, road.closed) == ([], True)
