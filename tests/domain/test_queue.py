"""Numbers are drawn and called: whatever two desks do apart, there is one truth in the end."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.operation import (
    TicketCalled,
    TicketEnd,
    TicketEnded,
    TicketIssued,
    TicketMoved,
    Unreadable,
)
from counter_app.domain.queue import Event, TicketState, count_waiting, fold_queue
from counter_app.domain.queue_rules import Group, QueueRules
from tests.factories import DAY, NOON

ONE, TWO = UUID(int=0xA1), UUID(int=0xA2)
PLACES = {ONE: "Quầy 1", TWO: "Quầy 2"}
GROUPS = ("ho_tich", "dat_dai")


class Log:
    """What one desk has done: events with ids of its own."""

    def __init__(self, desk=ONE):
        self.desk = desk
        self.events = []

    def note(self, body):
        number = len(self.events) + 1
        event = Event(
            op_id=UUID(int=(self.desk.int << 64) + number),
            desk=self.desk,
            at=NOON + timedelta(minutes=number),
            body=body,
        )
        self.events.append(event)
        return event

    def issue(self, number, group="ho_tich", priority=""):
        ticket = UUID(int=number)
        self.note(
            TicketIssued(ticket=ticket, number=f"A{number:03}", group=group, priority=priority)
        )
        return ticket

    def call(self, ticket, *, again=False, moves=0):
        place = PLACES[self.desk]
        self.note(TicketCalled(ticket=ticket, place=place, again=again, moves=moves))

    def move(self, ticket, group="dat_dai", moves=0):
        self.note(TicketMoved(ticket=ticket, group=group, moves=moves))

    def end(self, ticket, outcome=TicketEnd.SERVED, moves=0):
        self.note(TicketEnded(ticket=ticket, outcome=outcome, moves=moves))


@pytest.fixture
def log():
    return Log()


def test_who_came_first_is_called_first_and_whoever_has_priority_before(log):
    log.issue(1)
    log.issue(2)
    log.issue(3, priority="uu_tien")
    assert [t.number for t in fold_queue(log.events).waiting()] == ["A003", "A001", "A002"]


def test_a_place_calls_only_for_the_groups_that_it_serves(log):
    log.issue(1, "dat_dai")
    log.issue(2)
    queue = fold_queue(log.events)
    assert [t.number for t in queue.waiting({"ho_tich"})] == ["A002"]
    assert queue.waiting(set()) == []


def test_a_desk_alone_calls_what_was_drawn_at_it(log):
    log.issue(1)
    other = Log(TWO)
    other.issue(2)
    queue = fold_queue([*log.events, *other.events])
    assert [t.number for t in queue.waiting(issued_by=TWO)] == ["A002"]


def test_a_number_is_called_recalled_and_served(log):
    ticket = log.issue(1)
    log.call(ticket)
    log.call(ticket, again=True)
    held = fold_queue(log.events).held_by(ONE)
    assert [(t.number, t.calls, t.place) for t in held] == [("A001", 2, "Quầy 1")]
    log.end(ticket)
    queue = fold_queue(log.events)
    assert queue.tickets[ticket].state is TicketState.SERVED
    assert queue.held_by(ONE) == queue.waiting() == []


def test_who_did_not_come_can_be_called_again_later(log):
    ticket = log.issue(1)
    log.call(ticket)
    log.end(ticket, TicketEnd.ABSENT)
    assert [t.id for t in fold_queue(log.events).absent()] == [ticket]
    log.call(ticket, again=True)
    assert [t.id for t in fold_queue(log.events).held_by(ONE)] == [ticket]


def test_who_is_sent_on_does_not_wait_anew(log):
    first = log.issue(1)
    log.issue(2, "dat_dai")
    log.call(first)
    log.move(first)
    waiting = fold_queue(log.events).waiting({"dat_dai"})
    assert [(t.number, t.moves) for t in waiting] == [("A001", 1), ("A002", 0)]


def test_of_two_desks_that_call_one_number_the_first_has_it(log):
    ticket, other = log.issue(1), Log(TWO)
    other.call(ticket)
    log.call(ticket)
    queue = fold_queue([log.events[0], *other.events, log.events[1]])
    assert queue.tickets[ticket].holder == TWO
    assert queue.held_by(ONE) == []


def test_who_was_served_was_served_whoever_has_missed_them(log):
    ticket, other = log.issue(1), Log(TWO)
    other.call(ticket)
    other.end(ticket, TicketEnd.ABSENT)
    log.call(ticket)
    log.end(ticket)
    queue = fold_queue([log.events[0], *other.events, *log.events[1:]])
    assert queue.tickets[ticket].state is TicketState.SERVED


def test_a_desk_that_does_not_know_that_a_number_was_sent_on_takes_it_from_nobody(log):
    ticket, other = log.issue(1), Log(TWO)
    other.call(ticket)
    other.move(ticket)
    log.call(ticket)
    log.end(ticket, TicketEnd.ABSENT)
    queue = fold_queue([log.events[0], *other.events, *log.events[1:]])
    assert [t.id for t in queue.waiting({"dat_dai"})] == [ticket]


def test_the_last_ones_called_are_shown_latest_first_each_once(log):
    one, two = log.issue(1), log.issue(2)
    log.call(one)
    log.end(one)
    log.call(two)
    assert [t.number for t in fold_queue(log.events).last_called(5)] == ["A002", "A001"]
    log.end(two, TicketEnd.ABSENT)
    log.call(one, again=True)  # served: no effect
    assert [t.number for t in fold_queue(log.events).last_called(1)] == ["A002"]


def test_what_comes_twice_or_from_a_newer_program_changes_nothing(log):
    ticket = log.issue(1)
    log.call(ticket)
    log.note(Unreadable())
    once = fold_queue(log.events)
    assert fold_queue([*log.events, *log.events]) == once


def test_waiting_is_counted_and_never_negative(log):
    log.issue(1)
    log.issue(2)
    waiting = fold_queue(log.events).waiting()
    counted = count_waiting(waiting, NOON + timedelta(minutes=31))
    assert (counted.count, counted.longest) == (2, timedelta(minutes=30))
    assert count_waiting(waiting, NOON - timedelta(days=1)).longest == timedelta()
    assert count_waiting([], NOON).count == 0


# Two desks that do what they like, and hear of each other late or never


deeds = st.lists(
    st.tuples(
        st.sampled_from([ONE, TWO]),
        st.sampled_from(["issue", "next", "recall", "move", "absent", "served", "hear"]),
    ),
    max_size=40,
)


def play(history):
    """Let two desks act on what each knows; return their logs and the centre's order."""
    logs, stored = {ONE: Log(ONE), TWO: Log(TWO)}, []
    known = {ONE: [], TWO: []}  # what the centre had when the desk last spoke with it
    sent = {ONE: 0, TWO: 0}
    numbers = iter(range(1, 1000))

    def hear(desk):
        log = logs[desk]
        stored.extend(log.events[sent[desk] :])
        sent[desk] = len(log.events)
        known[desk] = list(stored)

    for desk, deed in history:
        log = logs[desk]
        queue = fold_queue([*known[desk], *log.events])
        held, waiting = queue.held_by(desk), queue.waiting()
        if deed == "issue":
            log.issue(next(numbers))
        elif deed == "hear":
            hear(desk)
        elif deed == "next" and waiting:
            for one in held:
                log.end(one.id, moves=one.moves)
            log.call(waiting[0].id, moves=waiting[0].moves)
        elif held and deed == "recall":
            log.call(held[0].id, again=True, moves=held[0].moves)
        elif held and deed == "move":
            group = GROUPS[held[0].group == GROUPS[0]]
            log.move(held[0].id, group, moves=held[0].moves)
        elif held and deed in {"absent", "served"}:
            log.end(held[0].id, TicketEnd(deed), moves=held[0].moves)
    return logs, stored, hear


@given(deeds)
def test_when_all_is_told_both_desks_see_one_queue(history):
    logs, stored, hear = play(history)
    for desk in (ONE, TWO, ONE):
        hear(desk)
    truth = fold_queue(stored)
    for log in logs.values():
        assert fold_queue([*stored, *log.events]) == truth


@given(deeds)
def test_nobody_is_lost_and_nobody_is_at_two_places(history):
    logs, stored, hear = play(history)
    hear(ONE)
    hear(TWO)
    truth = fold_queue(stored)
    issued = [e.body.ticket for log in logs.values() for e in log.events if _draws(e)]
    assert sorted(truth.tickets) == sorted(issued)
    at = [ticket.id for desk in PLACES for ticket in truth.held_by(desk)]
    waiting = [ticket.id for ticket in truth.waiting()]
    done = [t.id for t in truth.tickets.values() if t.state in {"served", "absent"}]
    assert sorted([*at, *waiting, *done]) == sorted(issued)


@given(deeds)
def test_whoever_is_done_with_was_served_or_called_in_vain(history):
    logs, stored, hear = play(history)
    hear(ONE)
    hear(TWO)
    for ticket in fold_queue(stored).tickets.values():
        said = [e.body for log in logs.values() for e in log.events if _ends(e, ticket.id)]
        if ticket.state is TicketState.SERVED:
            assert TicketEnd.SERVED in {body.outcome for body in said}
        if ticket.state is TicketState.ABSENT:
            # Whoever ended it knew of all that had been done with it before.
            assert any(body.moves == ticket.moves for body in said)


def _draws(event):
    return isinstance(event.body, TicketIssued)


def _ends(event, ticket):
    return isinstance(event.body, TicketEnded) and event.body.ticket == ticket


# The rules


def rules(**changes):
    return QueueRules(
        **{
            "version": 1,
            "effective_from": DAY,
            "legal_basis": "Thử",
            "unverified": True,
            "digits": 3,
            "other": "khac",
            "group": (
                Group(id="ho_tich", letter="A", name="Hộ tịch", fields=("Hộ tịch",)),
                Group(id="khac", letter="B", name="Khác"),
            ),
        }
        | changes
    )


def test_a_number_has_its_groups_letter_and_apart_from_the_others_the_desks_mark():
    assert rules().number("A", 12) == "A012"
    assert rules().number("A", 1012, "2") == "A2-1012"


def test_the_groups_name_fields_that_the_catalogue_has(catalogue):
    named = {field for group in catalogue.queue.group for field in group.fields}
    fields = {file.form.field for file in catalogue.procedures(DAY)}
    assert named <= fields


def test_a_field_that_no_group_names_has_a_group_all_the_same():
    assert rules().group_of("Hộ tịch").id == "ho_tich"
    assert rules().group_of("Chăn nuôi").id == "khac"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"other": "x"}, "names no group"),
        ({"group": (Group(id="khac", letter="A", name="Một"),) * 2}, "comes twice"),
        (
            {
                "group": (
                    Group(id="khac", letter="A", name="Một", fields=("Đất đai",)),
                    Group(id="hai", letter="B", name="Hai", fields=("Đất đai",)),
                )
            },
            "comes twice: Đất đai",
        ),
    ],
)
def test_groups_that_cannot_be_told_apart_are_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        rules(**changes)
