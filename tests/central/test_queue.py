"""Two desks of an office and its centre, all real: one queue while they hear of each other."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from msgspec.structs import replace

from counter_app.central import database as module
from counter_app.central import tables
from counter_app.central.app import build_app
from counter_app.central.database import bring_up_to_date
from counter_app.central.enrolment import make_enrol_code, revoke
from counter_app.central.serving import in_background
from counter_app.desktop.tickets import Tickets
from counter_app.domain.operation import TicketEnd
from counter_app.errors import NobodyWaits
from counter_app.services.business_day import confirm_day
from counter_app.services.queue import (
    call_next,
    end,
    issue,
    move,
    overlook,
    queue_of,
)
from counter_app.services.setting_up import set_up
from counter_app.sync import enrolling
from counter_app.sync.client import client_for
from counter_app.sync.exchange import exchange
from counter_app.sync.queue import OfficeLine, call_together, issue_together, look
from counter_app.wire.codec import encode
from counter_app.wire.messages import QueueAnswer, QueueCount, QueueCountRequest
from tests.central.line import enrolled
from tests.central.outside import Caller, put_desk
from tests.desktop.conftest import AtOnce
from tests.factories import AGENCY
from tests.office import MONDAY, a_new_desk, is_sound

DAY = MONDAY.date()


@pytest.fixture
def url(database, centre, clock):
    with in_background(build_app(database, centre, now=clock.now)) as url:
        yield url


@pytest.fixture
def join(database, centre, clock, url):
    """Make a desk one of the centre's, and have it hear what all desks are told."""

    def join(desk):
        with database.begin() as connection:
            code = make_enrol_code(
                connection,
                centre,
                agency_code=AGENCY,
                desk_name=desk.profile.name,
                now=clock.now(),
            )
        enrolling.enrol(desk, enrolling.meet(desk, url, code))
        client = client_for(desk)
        exchange(desk, client)
        client.close()
        return desk

    return join


@pytest.fixture
def line():
    """The way of a desk to the centre; nothing here is so slow that a second would matter."""
    lines = []

    def line(desk):
        lines.append(OfficeLine(desk, patience=20))
        return lines[-1]

    yield line
    for each in lines:
        each.close()


@pytest.fixture
def two(desk, join, enter, tmp_path):
    """Two desks of the office, each one of the centre's."""
    set_up(tmp_path / "second", a_new_desk(name="Quầy 2", codes=(5000, 8000)))
    second = confirm_day(enter(tmp_path / "second"), DAY)
    return join(desk), join(second)


def numbers(tickets):
    return [ticket.number for ticket in tickets]


def test_numbers_are_counted_for_the_office_and_called_by_whoever_is_free(two, line):
    one, other = two
    ways = {desk.profile.id: line(desk) for desk in two}
    drawn = [issue_together(desk, ways[desk.profile.id], "A")[0] for desk in (one, other, one)]
    assert numbers(drawn) == ["A001", "A002", "A003"]
    called = [call_together(desk, ways[desk.profile.id]) for desk in (other, one, other)]
    assert numbers(each.ticket for each in called) == ["A001", "A002", "A003"]
    offices = [look(desk, ways[desk.profile.id]) for desk in two]
    assert queue_of(one, offices[0]) == queue_of(other, offices[1])
    with pytest.raises(NobodyWaits):
        call_together(one, ways[one.profile.id])
    assert all(map(is_sound, two))


def test_of_two_desks_that_call_one_number_the_second_is_told_and_has_the_next(two, line):
    one, other = two
    ways = line(one), line(other)
    for _each in range(3):
        issue_together(one, ways[0], "A")
    office = look(one, ways[0])
    stale = look(other, ways[1])
    call_next(one, office=office)
    look(one, ways[0], office)
    call_next(other, office=stale)  # before it has heard
    heard = look(other, ways[1], stale)
    assert queue_of(other, heard).held_by(other.profile.id) == []
    told = []
    called = call_together(other, ways[1], told=lambda *lost: told.append(lost))
    assert called.ticket.number == "A002"


def test_desks_that_race_for_the_same_numbers_each_have_their_own(two, line):
    one, other = two
    ways = line(one), line(other)
    for _each in range(6):
        issue_together(one, ways[0], "A")
    look(one, ways[0])
    start, called, lost = Barrier(2), [], []

    def race(desk, way):
        for _turn in range(3):
            start.wait(20)
            got = call_together(desk, way)
            called.append(got.ticket.number)
            lost.extend(got.lost)

    with ThreadPoolExecutor(2) as threads:
        racing = [threads.submit(race, *pair) for pair in zip(two, ways, strict=True)]
    assert [each.result() for each in racing] == [None, None]
    assert sorted(called) == [f"A{number:03}" for number in range(1, 7)]
    assert {place for _number, place in lost} <= {"Quầy 1", "Quầy 2"}
    offices = [look(desk, way) for desk, way in zip(two, ways, strict=True)]
    truths = [queue_of(desk, office) for desk, office in zip(two, offices, strict=True)]
    assert truths[0] == truths[1]
    assert all(map(is_sound, two))


def test_offline_each_goes_on_with_its_own_and_back_online_there_is_one_queue(two, line, clock):
    one, other = two
    assert [desk.profile.mark for desk in two] == [1, 2]
    alone = [issue(desk, "A") for desk in (one, other, other)]
    assert numbers(alone) == ["A1-001", "A2-001", "A2-002"]
    assert call_next(other).number == "A2-001"
    end(other, TicketEnd.SERVED)
    clock.at += timedelta(minutes=20)
    ways = line(one), line(other)
    look(other, ways[1])
    office = look(one, ways[0])
    assert sorted(numbers(overlook(one, office=office).waiting)) == ["A1-001", "A2-002"]
    # And what was sent on elsewhere waits there, whoever has drawn it.
    called = call_next(one, office=office)
    move(one, "C", office, ticket=called.id)
    look(one, ways[0], office)
    assert numbers(overlook(other, ["dat_dai"], look(other, ways[1])).waiting) == [called.number]


def test_without_an_answer_the_desk_goes_on_alone_with_its_own(two, line, database):
    one, _other = two
    way = line(one)
    way.close()
    assert issue_together(one, way, "A")[0].number == "A1-001"
    called = call_together(one, way)
    assert (called.ticket.number, called.office.together) == ("A1-001", False)


def test_a_centre_that_takes_the_call_and_says_nothing_is_waited_for_a_second_at_most(two):
    one, _other = two
    with socket.create_server(("127.0.0.1", 0)) as mute:
        with one.store.begin() as uow:
            there = f"http://127.0.0.1:{mute.getsockname()[1]}"
            uow.move_centre(replace(one.profile.centre, url=there))
        way, begun = OfficeLine(one), time.monotonic()
        called = issue_together(one, way, "A")
        assert time.monotonic() - begun < 3
        way.close()
    assert (called[0].number, called[1].together) == ("A1-001", False)


def test_yesterdays_numbers_are_told_to_nobody(two, line, clock):
    one, other = two
    issue_together(one, line(one), "A")
    look(one, line(one))
    clock.at += timedelta(days=1)
    tomorrow = confirm_day(other, clock.at.date())
    way = line(tomorrow)
    assert overlook(tomorrow, office=look(tomorrow, way)).waiting == []
    assert issue_together(tomorrow, way, "A")[0].number == "A001"


# At the centre's address


@pytest.fixture
def caller(url, centre, database):
    caller = Caller(url, centre)
    put_desk(database, caller)
    yield caller
    caller.close()


def count(caller, **changes):
    request = QueueCountRequest(**{"day": DAY, "letter": "A"} | changes)
    return caller.ask("POST", "/v1/queue/count", encode(request))


def test_the_centre_counts_upwards_and_never_below_what_a_desk_has_seen(caller):
    given = [count(caller, above=above).read(QueueCount).count for above in (0, 0, 7, 3)]
    assert given == [1, 2, 8, 9]
    assert count(caller, letter="B").read(QueueCount).count == 1


@pytest.mark.parametrize(
    "changes", [{"letter": "AB"}, {"letter": "a"}, {"above": -1}, {"day": DAY + timedelta(days=9)}]
)
def test_what_is_no_number_of_today_is_refused(caller, changes):
    answer = count(caller, **changes)
    assert (answer.status, answer.reason, answer.signed) == (400, "bad_request", True)


def test_an_unchanged_queue_is_a_short_answer(two, line, url, centre):
    one, _other = two
    way = line(one)
    issue_together(one, way, "A")
    look(one, way)
    asking = Caller(url, centre, desk_id=one.profile.id, key=one.key)
    first = asking.ask("GET", f"/v1/queue?day={DAY}")
    rows = first.read(QueueAnswer).rows
    assert (first.signed, [row.kind for row in rows]) == (True, ["ticket_issued"])
    since = asking.ask("GET", f"/v1/queue?day={DAY}&after={rows[-1].op_id}")
    assert (since.status, since.signed, since.body) == (304, True, b"")
    assert sum(len(name) + len(value) + 4 for name, value in since.headers.raw) < 1000
    unknown = asking.ask("GET", f"/v1/queue?day={DAY}&after={uuid4()}").read(QueueAnswer)
    assert (unknown.whole, unknown.rows) == (True, rows)
    asking.close()


def test_who_practises_is_apart_from_those_at_work(two, line, url, centre, database):
    issue_together(two[0], line(two[0]), "A")
    look(two[0], line(two[0]))
    learner = Caller(url, centre)
    put_desk(database, learner, practice=True)
    answer = learner.ask("GET", f"/v1/queue?day={DAY}").read(QueueAnswer)
    assert (answer.rows, count(learner).read(QueueCount).count) == ((), 1)
    learner.close()


def test_a_revoked_desk_and_a_stranger_are_told_nothing(caller, database, url, centre):
    stranger = Caller(url, centre)
    assert stranger.ask("GET", f"/v1/queue?day={DAY}").reason == "unknown_desk"
    stranger.close()
    with database.begin() as connection:
        revoke(connection, caller.id, MONDAY)
    assert caller.ask("GET", f"/v1/queue?day={DAY}").reason == "revoked"
    assert count(caller).reason == "revoked"


@pytest.mark.parametrize("asked", ["", "?day=heute", f"?day={DAY}&after=1"])
def test_a_question_that_is_none_is_refused(caller, asked):
    answer = caller.ask("GET", f"/v1/queue{asked}")
    assert (answer.status, answer.reason, answer.signed) == (400, "bad_request", True)


# The same through the window's own line


class Told:
    """What the officer of a desk is told."""

    def __init__(self):
        self.called = []
        self.lost = []

    @property
    def given(self):
        return {
            "done": lambda ticket: self.called.append(ticket.number),
            "lost": lambda number, place: self.lost.append((number, place)),
            "failed": self.called.append,
        }


def test_two_windows_that_call_at_once_each_have_their_own_number(two):
    windows = [Tickets(desk, AtOnce()) for desk in two]
    drawn = Told()
    for _each in range(6):
        windows[0].issue("A", done=drawn.given["done"], failed=drawn.given["failed"])
    for window in windows:
        window.watch("queue", looks=True)
    start, told = Barrier(2), [Told(), Told()]

    def race(window, heard):
        for _turn in range(3):
            start.wait(20)
            window.call_next((), **heard.given)

    with ThreadPoolExecutor(2) as threads:
        racing = [threads.submit(race, *pair) for pair in zip(windows, told, strict=True)]
    assert [each.result() for each in racing] == [None, None]
    for window in windows:
        window.rest()
    truths = []
    for desk in two:
        way = OfficeLine(desk, patience=20)
        look(desk, way)
        truths.append(queue_of(desk, look(desk, way)))
        way.close()
    assert truths[0].tickets.keys() == truths[1].tickets.keys()
    # On a busy machine a second may have passed: then a desk went on alone, and was told later.
    for desk, heard in zip(two, told, strict=True):
        lost = [number for number, _place in heard.lost]
        kept = [number for number in heard.called if number not in lost]
        served = [t.number for t in truths[0].tickets.values() if t.holder == desk.profile.id]
        assert set(served) <= set(kept)


# Marks


def marks(database):
    with database.read() as connection:
        query = sa.select(tables.desk.c.name, tables.desk.c.mark)
        return {row.name: row.mark for row in connection.execute(query)}


def test_a_desk_has_the_number_in_its_name_or_the_lowest_that_is_free(database, centre):
    for name in ("Quầy 2", "Một cửa", "Quầy 2 ", "Quầy 12", "Quầy 0", "Quầy 1"):
        enrolled(database, centre, desk_name=name)
    with database.read() as connection:
        query = sa.select(tables.desk.c.mark).order_by(tables.desk.c.desk_id)
        assert list(connection.scalars(query)) == [2, 1, 3, 12, 4, 5]


def test_desks_of_an_older_centre_are_given_marks_in_the_order_they_came(empty_database):
    with empty_database.begin() as connection:
        upgrade(connection, "0001")
        (home,) = connection.execute(
            sa.text(
                "INSERT INTO agency (code, profile, feed_hash) VALUES ('H1', '', '') RETURNING id"
            )
        ).one()
        for number in (2, 1, 3):
            connection.execute(
                sa.text(
                    "INSERT INTO desk (home, desk_id, name, public_key, key_id, practice, epoch, "
                    "enrolled_at) VALUES (:home, :id, :name, :key, :key, false, '', :at)"
                ),
                {
                    "home": home,
                    "id": uuid4(),
                    "name": f"Quầy {number}",
                    "key": bytes([number]),
                    "at": MONDAY + timedelta(days=number),
                },
            )
    assert bring_up_to_date(empty_database)
    assert marks(empty_database) == {"Quầy 1": 1, "Quầy 2": 2, "Quầy 3": 3}


def upgrade(connection, revision):
    """Bring the tables to an older release's."""
    config = Config()
    config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
