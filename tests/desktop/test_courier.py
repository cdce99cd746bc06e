"""What goes to the centre by itself: when, in which steps, and what comes of a failure."""

from datetime import timedelta

import pytest

from counter_app.desktop.courier import SOON_S, Courier
from counter_app.errors import CentreUnreachable, DeskRevoked, StoreFull
from counter_app.wire.messages import PushOutcome
from tests.desktop.conftest import Waiting
from tests.desktop.road import RecordingRoad, StillPace
from tests.office import MONDAY

AWAY = CentreUnreachable(reason="…")


class Bell:
    """Notes for when it was set."""

    def __init__(self):
        self.set = []

    def __call__(self, seconds):
        self.set.append(seconds)


@pytest.fixture
def bell():
    return Bell()


@pytest.fixture
def road():
    return RecordingRoad(waiting=3)


@pytest.fixture
def told():
    return []


@pytest.fixture
def arrived():
    return []


@pytest.fixture
def make(road, clock, bell, told, arrived):
    """Make a courier on these lanes."""

    def make(tasks):
        return Courier(
            road,
            tasks,
            clock,
            StillPace,
            bell=bell,
            told=told.append,
            arrived=lambda: arrived.append(len(road.steps)),
        )

    return make


@pytest.fixture
def courier(make, tasks):
    return make(tasks)


def test_the_first_way_is_gone_a_little_after_sign_in(courier, road, bell):
    courier.begin()
    assert bell.set == [SOON_S]
    assert road.steps == []


def test_rows_go_first_and_then_news_are_asked_for(courier, road):
    courier.exchange()
    assert road.steps == [
        "open",
        "take",
        ("send", 3),
        "apply",
        "take",
        "held",
        ("fetch", 0),
        "keep",
    ]
    assert (road.waiting, road.held_version) == (0, 1)


def test_all_that_waits_is_sent_push_by_push(courier, road):
    road.waiting, road.per_push = 250, 100
    courier.exchange()
    assert [step for step in road.steps if step[0] == "send"] == [
        ("send", 100),
        ("send", 100),
        ("send", 50),
    ]


def test_with_nothing_to_send_the_centre_is_asked_what_it_has_judged(courier, road):
    road.waiting = 0
    courier.exchange()
    assert road.steps[:4] == ["open", "take", ("send", 0), "apply"]


def test_how_many_are_being_sent_and_when_it_was_done_is_told(courier, told, clock):
    courier.exchange()
    assert max(each.sending for each in told) == 3
    assert told[0].working
    last = told[-1]
    assert (last.working, last.sending, last.trouble) == (False, 0, None)
    assert last.heard_at == MONDAY
    assert last.next_at == MONDAY + timedelta(seconds=120)


def test_news_are_fetched_again_when_there_is_a_newer_version_or_an_hour_is_over(
    courier, road, clock
):
    courier.exchange()
    road.steps.clear()
    courier.exchange()
    assert "held" not in road.steps
    road.version = 2
    courier.exchange()
    assert ("fetch", 1) in road.steps
    road.steps.clear()
    clock.at += timedelta(hours=1)
    courier.exchange()
    assert ("fetch", 2) in road.steps
    assert "keep" not in road.steps


def test_what_is_done_is_sent_soon_and_not_at_once_for_each(courier, bell):
    courier.exchange()
    bell.set.clear()
    for unsent in (1, 2, 3):
        courier.noticed(unsent)
    assert bell.set == [SOON_S]


def test_with_nothing_new_nobody_hurries(courier, bell):
    courier.exchange()
    bell.set.clear()
    courier.noticed(0)
    assert bell.set == []


def test_a_centre_that_does_not_answer_is_tried_again_later_and_later(courier, road, bell, told):
    road.answers = [AWAY, AWAY, AWAY]
    for _again in range(3):
        courier.exchange()
        courier.noticed(7)
    assert bell.set == [10.0, 20.0, 30.0]
    assert told[-1].trouble is AWAY
    assert told[-1].next_at == MONDAY + timedelta(seconds=30)
    assert road.waiting == 3


def test_after_a_good_answer_the_failures_are_forgotten(courier, road, bell, told):
    road.answers = [AWAY, AWAY]
    for _again in range(3):
        courier.exchange()
    assert told[-1].trouble is None
    road.answers = [AWAY]
    courier.exchange()
    assert bell.set == [10.0, 20.0, 120.0, 10.0]


def test_when_the_network_is_back_nobody_waits_for_the_bell(courier, road, bell):
    courier.network_is_back()
    assert bell.set == []
    road.answers = [AWAY]
    courier.exchange()
    courier.network_is_back()
    assert bell.set == [10.0, 3.0]


def test_a_busy_centre_is_left_in_peace_for_a_while(courier, road, bell, told):
    road.answers = [PushOutcome.RETRY]
    courier.exchange()
    courier.noticed(3)
    assert bell.set == [10.0]
    assert told[-1].busy
    assert told[-1].trouble is None
    courier.exchange()
    assert not told[-1].busy


def test_rows_that_the_centre_does_not_take_are_not_sent_for_ever(courier, road, bell, told):
    road.answers = [PushOutcome.GAP] * 50
    courier.exchange()
    assert [step for step in road.steps if step[0] == "send"] == [("send", 3)]
    assert bell.set == [10.0]
    assert told[-1].busy


def test_what_stands_in_the_way_is_noted_once_for_whoever_looks_later(courier, road):
    road.answers = [AWAY, AWAY, DeskRevoked(), AWAY]
    for _again in range(4):
        courier.exchange()
    noted = [name for step, name in filter(is_pair, road.steps) if step == "note"]
    assert noted == ["CentreUnreachable", "DeskRevoked", "CentreUnreachable"]


def is_pair(step):
    return isinstance(step, tuple)


def test_one_exchange_at_a_time(make, road):
    tasks = Waiting()
    courier = make(tasks)
    courier.exchange()
    courier.exchange()
    tasks.work()
    assert road.steps.count("open") == 1


def test_whoever_wants_it_while_one_is_under_way_need_not_wait_afterwards(make, road, bell):
    tasks = Waiting()
    courier = make(tasks)
    road.answers = [AWAY]
    courier.exchange()
    courier.exchange()
    tasks.work()
    assert bell.set == [0.0]


def test_a_full_disk_is_told_like_any_other_trouble(courier, road, told):
    road.apply = lambda _answer: (_ for _ in ()).throw(StoreFull())
    courier.exchange()
    assert isinstance(told[-1].trouble, StoreFull)


def test_a_bug_is_told_as_one_and_all_is_tried_again_in_an_hour(courier, road, bell, told):
    class Bug(Exception):
        pass

    road.answers = [Bug()]
    with pytest.raises(Bug):
        courier.exchange()
    assert bell.set == [3600.0]
    assert not told[-1].working
    courier.exchange()
    assert road.waiting == 0


def test_whoever_looks_at_the_desk_hears_when_something_has_changed(courier, road, arrived):
    courier.exchange()
    assert len(arrived) == 2  # what was sent, and the reference data
    courier.exchange()
    assert len(arrived) == 2


def test_after_the_end_nothing_more_is_done_or_told(make, road, told, bell):
    tasks = Waiting()
    courier = make(tasks)
    courier.exchange()
    before = len(told)
    courier.stop()
    tasks.work()
    assert road.closed
    assert road.steps == ["open"]
    assert len(told) == before
    courier.begin()
    courier.noticed(3)
    courier.exchange()
    assert bell.set == []
