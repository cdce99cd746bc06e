"""A dossier number is given once, whatever happens to clock, power and transactions."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier_code import parts
from counter_app.domain.lease import Lease, LeaseKind
from counter_app.errors import NoCodesLeft, NoReserve
from counter_app.store.codes import CodesLeft, codes_left, keep_leases
from counter_app.store.engine import driver
from tests.factories import AGENCY, DAY, a_code
from tests.store.conftest import registered, sql

EARLIER, LATER, FAR = DAY - timedelta(days=1), DAY + timedelta(days=1), date(2099, 12, 31)


def taken(store, day=DAY, agency=AGENCY):
    with store.begin() as uow:
        return parts(uow.take_code(agency, day)).serial


def left(store, day=DAY):
    with store.read() as connection:
        return codes_left(connection, AGENCY, day)


class GivenUp(Exception):
    pass


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    days=st.lists(
        st.tuples(st.sampled_from([EARLIER, DAY, LATER, FAR]), st.integers(1, 4), st.booleans()),
        max_size=12,
    )
)
def test_no_number_is_ever_given_twice_in_any_order_of_dates_and_failures(store, days):
    codes = {code for (code,) in sql(store, "SELECT code FROM dossier")}
    for day, count, is_given_up in days:
        new = []
        with suppress(GivenUp), store.begin() as uow:
            new = [uow.take_code(AGENCY, day) for _ in range(count)]
            if is_given_up:
                raise GivenUp
        if not is_given_up:
            assert not codes & set(new)
            assert len(set(new)) == count
            codes |= set(new)


def test_each_date_counts_by_itself(store):
    assert [taken(store, day) for day in (DAY, LATER, DAY, EARLIER, FAR, DAY)] == [1, 1, 2, 1, 1, 3]


def test_a_number_given_up_with_its_transaction_is_the_next_one(store):
    with pytest.raises(GivenUp), store.begin() as uow:
        assert uow.take_code(AGENCY, DAY) == a_code(1)
        raise GivenUp
    assert taken(store) == 1


def test_the_counter_outlives_the_projections(stores, store):
    registered(store, 1)
    sql(store, "DELETE FROM dossier")
    assert taken(stores.reopened()) == 2


def test_when_the_numbers_are_used_up_the_reserve_must_be_opened(stores):
    store = stores.new(codes=(1, 200))
    assert left(store) == CodesLeft(lease=150, reserve=50, reserve_open=False)
    assert [taken(store) for _ in range(150)] == list(range(1, 151))
    with pytest.raises(NoCodesLeft, match="03/08/2026"):
        taken(store)
    assert left(store).usable == 0
    with store.begin() as uow:
        reserve = uow.open_reserve(DAY)
        assert (reserve.first, reserve.last) == (151, 200)
        assert uow.codes_left(DAY).usable == 50
    assert [taken(store) for _ in range(50)] == list(range(151, 201))
    with pytest.raises(NoCodesLeft):
        taken(store)
    with pytest.raises(NoCodesLeft), store.begin() as uow:
        uow.open_reserve(DAY)


def test_a_reserve_is_opened_for_one_date_only(stores):
    store = stores.new(codes=(1, 200))
    for _ in range(150):
        taken(store, LATER)
    with store.begin() as uow:
        uow.open_reserve(DAY)
    with pytest.raises(NoCodesLeft):
        taken(store, LATER)


def test_the_reserve_is_touched_only_when_nothing_else_is_left(stores):
    store = stores.new(codes=(1, 200))
    with store.begin() as uow:
        uow.open_reserve(DAY)
    assert taken(store) == 1


def test_a_small_range_has_no_reserve(stores):
    store = stores.new(codes=(7, 9))
    assert [taken(store) for _ in range(3)] == [7, 8, 9]
    with pytest.raises(NoReserve):
        taken(store)
    with pytest.raises(NoReserve), store.begin() as uow:
        uow.open_reserve(DAY)


def test_a_desk_gives_no_numbers_of_another_agency(store):
    with pytest.raises(NoCodesLeft):
        taken(store, agency="H57.133")


def test_what_paper_bears_already_is_passed_over(store):
    with store.begin() as uow:
        uow.raise_counter(AGENCY, DAY, 41)
        uow.raise_counter(AGENCY, DAY, 12)
    assert taken(store) == 42
    assert taken(store, LATER) == 1


def test_what_paper_bears_of_the_reserve_came_after_all_of_the_lease(stores):
    store = stores.new(codes=(1, 200))
    with store.begin() as uow:
        uow.raise_counter(AGENCY, DAY, 170)
        assert uow.open_reserve(DAY).first == 171
    assert taken(store) == 171
    assert taken(store, LATER) == 1


def test_a_closed_day_gives_no_more_and_leaves_reserve_and_other_days_alone(stores):
    store = stores.new(codes=(1, 200))
    assert taken(store) == 1
    with store.begin() as uow:
        uow.close_day(DAY)
        assert uow.codes_left(DAY) == CodesLeft(lease=0, reserve=50, reserve_open=False)
        assert uow.open_reserve(DAY).first == 151
    assert taken(store) == 151
    assert taken(store, LATER) == 1


def test_a_reserve_that_was_open_is_closed_with_the_day(stores):
    store = stores.new(codes=(1, 200))
    with store.begin() as uow:
        uow.open_reserve(DAY)
        uow.close_day(DAY)
        assert uow.codes_left(DAY).usable == 0
    with pytest.raises(NoReserve):
        taken(store)
    assert taken(store, LATER) == 1


def a_lease(lo, hi, first=DAY, last=DAY, kind=LeaseKind.LEASE):
    return Lease(agency=AGENCY, lo=lo, hi=hi, from_date=first, to_date=last, kind=kind)


def test_a_renewed_lease_that_overlaps_repeats_no_number(stores):
    store = stores.new(codes=(1, 5))
    with store.begin() as uow:
        renewed = [a_lease(3, 8), a_lease(20, 21), a_lease(30, 39, LATER, FAR)]
        keep_leases(driver(uow.connection), renewed)
    assert left(store).lease == 10
    assert [taken(store) for _ in range(10)] == [1, 2, 3, 4, 5, 6, 7, 8, 20, 21]
    with pytest.raises(NoCodesLeft):
        taken(store)
    assert [taken(store, LATER) for _ in range(6)] == [1, 2, 3, 4, 5, 30]


def test_a_reserve_below_the_lease_is_reached(stores):
    store = stores.new(codes=(100, 101))
    with store.begin() as uow:
        keep_leases(driver(uow.connection), [a_lease(1, 2, kind=LeaseKind.RESERVE)])
    assert [taken(store), taken(store)] == [100, 101]
    with store.begin() as uow:
        uow.open_reserve(DAY)
    assert [taken(store), taken(store)] == [1, 2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE code_counter SET next = next - 1",
        "UPDATE code_counter SET kind = 'reserve'",
        "DELETE FROM code_counter",
        "REPLACE INTO code_counter SELECT agency, printed_date, kind, 1 FROM code_counter",
    ],
)
def test_no_statement_turns_a_counter_back(store, statement):
    taken(store)
    with pytest.raises(Exception, match="never given twice"):
        sql(store, statement)
    assert taken(store) == 2
