"""The reserve of numbers: opened by a supervisor, for one day, and noted once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.officer import Role
from counter_app.errors import ImpossibleClock, NoCodesLeft, NotPermitted
from counter_app.services.numbers import open_reserve
from counter_app.services.setting_up import set_up
from counter_app.services.status import desk_status
from tests.office import MONDAY, a_new_desk, counts, is_sound, kinds, register, with_roles


def test_the_reserve_begins_after_the_lease_and_is_counted_as_left(desk):
    assert desk_status(desk).codes_left == 9949
    reserve = open_reserve(desk)
    assert (reserve.first, reserve.last) == (9950, 9999)
    assert desk_status(desk).codes_left == 9999
    assert register(desk).code.endswith("-0001")  # what is left of the lease comes first


def test_opening_it_is_noted_once(desk):
    open_reserve(desk)
    open_reserve(desk)
    assert kinds(desk).count("reserve_opened") == 1
    assert is_sound(desk)


def test_only_a_supervisor_opens_it(desk):
    before = counts(desk)
    with pytest.raises(NotPermitted):
        open_reserve(with_roles(desk, Role.RECEPTION, Role.ADMINISTRATOR))
    assert counts(desk) == before


def test_it_is_open_for_that_day_only(desk):
    open_reserve(desk)
    tomorrow = replace(desk, business_date=desk.business_date + timedelta(days=1))
    assert desk_status(tomorrow).codes_left == 9949


def test_when_it_is_used_up_too_there_is_nothing_left(desk):
    with desk.store.begin() as uow:
        for serial in (9949, 9999):
            uow.raise_counter(desk.agency, desk.business_date, serial)
    with pytest.raises(NoCodesLeft):
        open_reserve(desk)
    assert kinds(desk).count("reserve_opened") == 0


def test_a_small_range_has_none(tmp_path, enter):
    set_up(tmp_path, a_new_desk(codes=(7, 9)))
    desk = enter(tmp_path)
    assert [register(desk).code[-4:] for _ in range(3)] == ["0007", "0008", "0009"]
    with pytest.raises(NoCodesLeft):
        register(desk)
    with pytest.raises(NoCodesLeft):
        open_reserve(desk)


def test_a_clock_that_no_code_can_tell_opens_nothing(desk):
    wrong = replace(desk, business_date=MONDAY.date().replace(year=2100))
    before = counts(desk)
    with pytest.raises(ImpossibleClock):
        open_reserve(wrong)
    assert counts(desk) == before
