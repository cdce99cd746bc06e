"""How long to wait before the centre is asked again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.sync.pace import LONGEST_S, SHORTEST_S, Pace

chances = st.floats(0, 1, exclude_max=True)


@given(chances, st.integers(1, 10**6))
def test_no_wait_is_very_short_or_very_long(chance, failures):
    assert SHORTEST_S / 2 <= Pace(lambda: chance).after(failures) <= LONGEST_S


@given(chances, st.integers(1, 30))
def test_with_each_failure_one_waits_at_least_as_long(chance, failures):
    pace = Pace(lambda: chance)
    assert pace.after(failures) <= pace.after(failures + 1)


@given(st.integers(1, 30))
def test_desks_that_failed_together_do_not_come_back_together(failures):
    earliest, latest = Pace(lambda: 0).after(failures), Pace(lambda: 0.999).after(failures)
    assert latest > 1.9 * earliest


def test_the_first_wait_is_about_two_seconds_and_the_longest_five_minutes():
    pace = Pace(lambda: 0.999999)
    waits = [pace.after(failures) for failures in (1, 2, 3, 4, 8, 9, 100)]
    assert waits == pytest.approx([2, 4, 8, 16, 256, 300, 300], rel=1e-3)


@given(chances)
def test_when_all_is_well_the_centre_is_asked_every_few_minutes(chance):
    assert 60 < Pace(lambda: chance).usual() < LONGEST_S


@given(chances)
def test_when_the_network_is_back_nobody_waits_long(chance):
    assert 0 <= Pace(lambda: chance).back() < 5
