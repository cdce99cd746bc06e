"""What day it is at the desk: a person says so whenever the PC's date is new or doubtful."""

from datetime import date, timedelta

import pytest

from counter_app.bootstrap import StoppedClock
from counter_app.domain.operation import ClockQuality
from counter_app.errors import ImpossibleClock, PracticeOnly
from counter_app.services.business_day import (
    LONGEST_ABSENCE_DAYS,
    confirm_day,
    practise_at,
    proposed_day,
)
from counter_app.services.setting_up import set_up
from tests.office import MONDAY, a_new_desk, counts, kinds, register

TODAY = MONDAY.date()


def test_on_the_first_day_the_pc_is_believed_and_asked_about(enter, folder):
    proposed = proposed_day(enter(folder))
    assert (proposed.day, proposed.is_new, proposed.doubtful) == (TODAY, True, False)
    assert proposed.last is None


@pytest.mark.parametrize(
    ("days", "day", "doubtful", "is_new"),
    [
        (0, TODAY, False, False),
        (1, TODAY + timedelta(days=1), False, True),
        (LONGEST_ABSENCE_DAYS, TODAY + timedelta(days=LONGEST_ABSENCE_DAYS), False, True),
        (LONGEST_ABSENCE_DAYS + 1, TODAY + timedelta(days=LONGEST_ABSENCE_DAYS + 1), True, True),
        (-1, TODAY, True, True),
    ],
)
def test_a_day_is_proposed_from_the_last_that_was_confirmed(
    desk, clock, days, day, doubtful, is_new
):
    clock.at = MONDAY + timedelta(days=days)
    proposed = proposed_day(desk)
    assert (proposed.day, proposed.doubtful, proposed.is_new) == (day, doubtful, is_new)
    assert (proposed.pc_day, proposed.last) == (clock.at.date(), TODAY)


def test_what_is_confirmed_is_worked_on_and_noted(desk, clock):
    clock.at = MONDAY.replace(year=2099)
    confirmed = confirm_day(desk, TODAY + timedelta(days=1))
    assert confirmed.clock_quality is ClockQuality.CONFIRMED
    assert register(confirmed).code == "H57.132-261124-0001"
    assert kinds(desk).count("clock_confirmed") == 2


def test_one_day_in_2099_does_not_stick(desk, folder, enter, clock):
    clock.at = MONDAY.replace(year=2099)
    confirm_day(desk, clock.at.date())
    desk.store.close()
    clock.at = MONDAY
    again = enter(folder)
    assert proposed_day(again).doubtful
    confirmed = confirm_day(again, TODAY)
    assert register(confirmed).code == "H57.132-261123-0001"
    assert not proposed_day(confirmed).doubtful


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2019, 12, 31), date(2100, 1, 1)])
def test_nobody_can_confirm_a_day_that_no_code_can_tell(desk, day):
    before = counts(desk)
    with pytest.raises(ImpossibleClock, match="2020"):
        confirm_day(desk, day)
    assert counts(desk) == before


def test_a_practice_desk_does_as_if_it_were_another_day(tmp_path, enter):
    set_up(tmp_path, a_new_desk(practice=True))
    desk = practise_at(enter(tmp_path), StoppedClock(MONDAY.replace(year=2027, month=2, day=1)))
    dossier = register(desk)
    assert dossier.code == "H57.132-270201-0001"
    assert dossier.received.received_at.year == 2027


def test_a_desk_at_work_does_not(desk):
    with pytest.raises(PracticeOnly):
        practise_at(desk, StoppedClock(MONDAY))
