"""Handing over: what waits, what goes tomorrow, and one numbered list, whole or not there."""

import pytest

from counter_app.domain import operation as op
from counter_app.domain.officer import Role
from counter_app.domain.status import Status
from counter_app.errors import IllegalTransition, IncompleteEntry, NothingToHandOver, NotPermitted
from counter_app.services.acting import act, look_up
from counter_app.services.hand_over import hand_over, waiting_here
from tests.office import counts, register, with_roles

UNIT = "Bộ phận tư pháp - hộ tịch"


def test_what_was_received_waits_until_it_is_handed_over(desk):
    first, second = register(desk), register(desk)
    act(desk, second.id, op.Voided(reason="Nhập hai lần"))
    assert [each.dossier_id for each in waiting_here(desk).waiting] == [first.id]
    hand_over(desk, [first.id], unit=UNIT)
    assert waiting_here(desk).waiting == ()


def test_all_on_one_list_bear_its_number_and_the_next_list_has_the_next(desk):
    made = [register(desk).id for _each in range(3)]
    done = hand_over(desk, made[:2], unit=f"  {UNIT} ", receiver="Bùi Văn Thử")
    assert (done.number[:8], done.unit, len(done.codes)) == ("01/2026-", UNIT, 2)
    assert [look_up(desk, each).status for each in made[:2]] == [Status.PROCESSING] * 2
    assert hand_over(desk, made[2:], unit=UNIT).number == f"02{done.number[2:]}"


def test_what_comes_after_three_goes_tomorrow(desk, clock):
    register(desk)
    clock.at = clock.at.replace(hour=15, minute=0)
    register(desk)
    clock.at = clock.at.replace(minute=1)
    register(desk)
    assert [each.tomorrow for each in waiting_here(desk).waiting] == [False, False, True]
    assert waiting_here(desk).until == "15:00"


def test_where_its_field_went_the_last_time_is_known(desk):
    hand_over(desk, [register(desk).id], unit=UNIT, receiver="Bùi Văn Thử")
    hand_over(desk, [register(desk).id], unit="Bộ phận địa chính")
    register(desk)
    found = waiting_here(desk)
    assert [each.unit for each in found.units] == ["Bộ phận địa chính", UNIT]
    assert found.waiting[0].unit.unit == "Bộ phận địa chính"


def test_one_that_cannot_go_leaves_all_where_they_are(desk):
    good, gone = register(desk).id, register(desk).id
    hand_over(desk, [gone], unit=UNIT)
    before = counts(desk)
    with pytest.raises(IllegalTransition):
        hand_over(desk, [good, gone], unit=UNIT)
    assert counts(desk) == before
    assert hand_over(desk, [good], unit=UNIT).number[:8] == "02/2026-"


def test_a_list_has_dossiers_a_unit_and_an_officer_who_may(desk):
    dossier = register(desk).id
    with pytest.raises(NothingToHandOver):
        hand_over(desk, [], unit=UNIT)
    with pytest.raises(IncompleteEntry):
        hand_over(desk, [dossier], unit="  ")
    with pytest.raises(NotPermitted):
        hand_over(with_roles(desk, Role.CASHIER), [dossier], unit=UNIT)
