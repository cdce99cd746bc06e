"""After a restore: no line, list, payment or ticket that paper bears is given out again."""

from datetime import timedelta

import msgspec
import pytest

from counter_app.domain.operation import PaymentMeans, StoreRestored
from counter_app.domain.sentence import sentence
from counter_app.services.business_day import confirm_day
from counter_app.services.care import back_up
from counter_app.services.hand_over import hand_over
from counter_app.services.payments import pay
from counter_app.services.queue import issue
from counter_app.services.restoring import restore_desk
from counter_app.services.setting_up import set_up
from tests.factories import an_operation
from tests.office import MONDAY, OFFICER, a_new_desk, is_sound, register

NEW_PASSWORD = "bốn mùa hoa nở"
DAY = timedelta(days=1)
BEFORE, AFTER = 2, 3


class Paper:
    """The numbers that were printed."""

    def __init__(self):
        self.codes, self.lines, self.others = [], [], []

    def print(self, desk):
        made = register(desk, procedure="2.000815", answers={"copies": 1, "pages": 1})
        self.codes.append(made.code)
        self.lines.append(made.received.register_entry)
        self.others += [
            pay(desk, made.id, 1000, PaymentMeans.CASH).number,
            hand_over(desk, [made.id], unit="Bộ phận Thử").number,
            issue(desk, "A").number,
        ]


@pytest.fixture
def paper():
    return Paper()


@pytest.fixture
def go_on(tmp_path, enter, paper, catalogue, clock):
    """Let a desk burn that has printed since its backup, and go on from that, as often as asked."""
    key = set_up(tmp_path / "old", a_new_desk())
    desk = confirm_day(enter(tmp_path / "old"), MONDAY.date())
    for count in range(BEFORE + AFTER):
        if count == BEFORE:
            back_up(desk, tmp_path / "one.backup")
        paper.print(desk)
    desk.store.close()
    opened = []

    def go_on(*, knows=False):
        made = restore_desk(
            tmp_path / f"new{len(opened)}",
            tmp_path / "one.backup",
            recovery_key=key,
            officer_id=OFFICER.id,
            password=NEW_PASSWORD,
            highest_code=paper.codes[-1] if knows else None,
            catalogue=catalogue,
            clock=clock,
        )
        opened.append(made)
        return made

    yield go_on
    for desk in opened:
        desk.store.close()


def notes(desk):
    query = (
        "SELECT body FROM operation JOIN operation_body USING (position) "
        "WHERE kind = 'store_restored'"
    )
    with desk.store.read() as connection:
        found = connection.exec_driver_sql(query).all()
    return [msgspec.json.decode(raw, type=StoreRestored) for (raw,) in found]


@pytest.mark.parametrize(("knows", "days"), [(True, 0), (False, 0), (True, 1), (False, 3)])
def test_no_line_of_the_register_comes_again(go_on, paper, clock, knows, days):
    clock.at += days * DAY
    desk = go_on(knows=knows)
    first, second = (register(desk).received.register_entry for _ in range(2))
    assert first > max(paper.lines)
    assert second == first + 1
    if knows and not days:
        assert first == BEFORE + AFTER + 1
    assert [note.next_entry for note in notes(desk)] == [first]
    assert is_sound(desk)


def test_the_gap_is_told_where_it_is_noted():
    note = StoreRestored(old_epoch=1, new_epoch=2, next_entry=10_002)
    assert "10.002" in sentence(an_operation(note))


def test_over_the_turn_of_the_year_the_lines_of_both_are_passed(go_on, paper, clock):
    clock.at = clock.at.replace(year=2027, month=1, day=4)
    desk = go_on()
    assert register(desk).received.register_entry > max(paper.lines)


def test_no_payment_list_or_ticket_comes_again_however_often_it_is_restored(go_on, paper):
    for _once_more in range(2):
        paper.print(go_on())
    assert len(set(paper.others)) == len(paper.others)


def test_from_the_next_day_on_tickets_are_counted_as_ever(go_on, clock, enter, tmp_path):
    desk = go_on()
    assert issue(desk, "A").number.startswith("AR")
    desk.store.close()
    clock.at += DAY
    later = confirm_day(enter(tmp_path / "new0", OFFICER.id, NEW_PASSWORD), clock.at.date())
    assert issue(later, "A").number == "A001"
