"""Drawing and calling numbers at one desk, on a real store."""

from datetime import timedelta

import msgspec
import pytest

from counter_app.desk import uuid7
from counter_app.domain.officer import Role
from counter_app.domain.operation import TicketEnd
from counter_app.domain.queue import TicketState
from counter_app.errors import (
    NobodyCalled,
    NobodyWaits,
    NotPermitted,
    TicketGone,
    UnknownGroup,
    UnknownPriority,
    UnknownTicket,
)
from counter_app.services.business_day import confirm_day
from counter_app.services.queue import (
    Office,
    call,
    call_next,
    end,
    find_ticket,
    highest_count,
    issue,
    lost_to,
    move,
    overlook,
    queue_of,
    recall,
    ticket_paper,
)
from counter_app.services.setting_up import set_up
from counter_app.store.queue import ticket_events
from tests.office import MONDAY, a_new_desk, is_sound, kinds, with_roles


def numbers(tickets):
    return [ticket.number for ticket in tickets]


def test_numbers_are_counted_for_each_group(desk):
    drawn = [issue(desk, group) for group in ("A", "ho_tich", "b", "A")]
    assert numbers(drawn) == ["A001", "A002", "B001", "A003"]
    assert kinds(desk)[-4:] == ["ticket_issued"] * 4
    assert is_sound(desk)


def test_the_oldest_is_called_and_whoever_was_here_is_served(desk):
    first, second = issue(desk, "A"), issue(desk, "A")
    assert call_next(desk).id == first.id
    called = call_next(desk)
    assert (called.id, called.place, called.state) == (second.id, "Quầy 1", TicketState.CALLED)
    assert queue_of(desk).tickets[first.id].state is TicketState.SERVED
    with pytest.raises(NobodyWaits):
        call_next(desk)
    assert overlook(desk).current.id == second.id


def test_a_desk_calls_for_the_groups_it_serves(desk):
    issue(desk, "A")
    land = issue(desk, "C")
    assert call_next(desk, ["C"]).id == land.id
    with pytest.raises(NobodyWaits):
        call_next(desk, ["C"])
    with pytest.raises(UnknownGroup):
        call_next(desk, ["Z"])


def test_whom_the_law_lets_forward_is_called_first_and_on_what_ground_nobody_notes(desk):
    issue(desk, "A")
    forward = issue(desk, "A", priority="uu_tien")
    assert call_next(desk).id == forward.id
    with pytest.raises(UnknownPriority):
        issue(desk, "A", priority="quen_biet")


def test_recalled_moved_missed_and_called_after_all(desk):
    ticket = issue(desk, "A")
    with pytest.raises(NobodyCalled):
        recall(desk)
    call_next(desk)
    assert recall(desk).calls == 2
    assert move(desk, "C").group == "dat_dai"
    assert numbers(overlook(desk, ["dat_dai"]).waiting) == ["A001"]
    call_next(desk)
    assert end(desk, TicketEnd.ABSENT).state is TicketState.ABSENT
    assert call(desk, ticket.id).state is TicketState.CALLED
    assert end(desk, TicketEnd.SERVED).state is TicketState.SERVED
    for again in (lambda: call(desk, ticket.id), lambda: move(desk, "A", ticket=ticket.id)):
        with pytest.raises(TicketGone):
            again()


def test_a_number_out_of_turn_can_be_called_sent_on_and_ended(desk):
    _first, second = issue(desk, "A"), issue(desk, "A")
    move(desk, "B", ticket=second.id)
    assert call(desk, second.id).holder == desk.profile.id
    end(desk, TicketEnd.SERVED, ticket=second.id)
    assert numbers(overlook(desk).waiting) == ["A001"]


def test_what_waits_is_counted_group_by_group(desk, clock):
    issue(desk, "A")
    clock.at += timedelta(minutes=12)
    issue(desk, "A")
    issue(desk, "C")
    seen = overlook(desk, ["ho_tich"])
    counted = seen.counts["ho_tich"]
    assert (counted.count, counted.longest) == (2, timedelta(minutes=12))
    assert (numbers(seen.waiting), seen.elsewhere) == (["A001", "A002"], 1)


def test_yesterdays_numbers_are_gone_at_midnight_and_counting_begins_anew(desk, clock):
    issue(desk, "A")
    call_next(desk)
    issue(desk, "A")
    clock.at += timedelta(days=1)
    tomorrow = confirm_day(desk, clock.at.date())
    seen = overlook(tomorrow)
    assert (seen.current, seen.waiting, list(seen.queue.tickets)) == (None, [], [])
    assert issue(tomorrow, "A").number == "A001"


def test_a_number_is_found_as_it_is_printed(desk):
    ticket = issue(desk, "A")
    assert find_ticket(queue_of(desk), " a001 ") == ticket
    with pytest.raises(UnknownTicket):
        find_ticket(queue_of(desk), "A002")


def test_desks_that_share_an_offices_numbers_never_draw_the_same(enter, tmp_path):
    drawn = []
    for name, codes in (("Quầy 1", (1, 4999)), ("Quầy 2", (5000, 9949))):
        set_up(tmp_path / name, a_new_desk(name=name, codes=codes))
        one = confirm_day(enter(tmp_path / name), MONDAY.date())
        drawn += [issue(one, "A").number for _each in range(2)]
    assert drawn == ["A0001-001", "A0001-002", "A5000-001", "A5000-002"]


def test_the_centres_count_is_the_number_and_the_desk_knows_the_highest(desk):
    assert issue(desk, "A", count=12).number == "A012"
    assert highest_count(desk, "A") == 12
    assert highest_count(desk, "B") == 0


@pytest.mark.parametrize("count", ["9" * 5000, "9" * 30, "²", "１" * 20])
def test_a_number_that_nobody_could_have_counted_stops_no_desk(desk, count):
    issue(desk, "A", count=7)
    (event,) = events_of(desk)
    others = msgspec.structs.replace(event.body, ticket=uuid7(MONDAY), number=f"A{count}")
    made_up = msgspec.structs.replace(event, op_id=uuid7(MONDAY), desk=uuid7(MONDAY), body=others)
    told = Office(events=(event, made_up), together=True)
    assert highest_count(desk, "A", told) == 7
    assert issue(desk, "A", office=told).number == "A008"


def test_other_desks_numbers_come_in_by_what_the_centre_has_told(desk, enter, tmp_path):
    set_up(tmp_path / "second", a_new_desk(name="Quầy 2", codes=(5000, 8000)))
    second = confirm_day(enter(tmp_path / "second"), MONDAY.date())
    theirs = issue(second, "A")
    told = Office(events=events_of(second), together=True)
    assert numbers(overlook(desk, office=told).waiting) == [theirs.number]
    alone = msgspec.structs.replace(told, together=False)
    assert overlook(desk, office=alone).waiting == []
    called = call_next(desk, office=told)
    assert called.id == theirs.id
    call_next(second)
    lost = queue_of(desk, Office(events=events_of(second), together=True))
    assert lost_to(desk, called.id, lost) == "Quầy 2"


def test_only_who_receives_people_calls_them(desk):
    issue(with_roles(desk, Role.LEADER), "A")
    with pytest.raises(NotPermitted):
        call_next(with_roles(desk, Role.LEADER))


def test_the_paper_names_the_number_and_nobody(desk):
    issue(desk, "A")
    ticket = issue(desk, "A")
    paper = ticket_paper(desk, ticket, queue_of(desk))
    assert (paper.number, paper.group, paper.waiting) == ("A002", "Hộ tịch, tư pháp", 1)
    assert paper.issued_at.utcoffset() == timedelta(hours=7)


def events_of(desk):
    """Return what the centre would have stored."""
    with desk.store.read() as connection:
        return tuple(ticket_events(connection, desk.business_date))
