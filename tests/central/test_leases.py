"""Numbers: one desk's on every printed date, lengthened in time, and never taken away."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from counter_app.central import tables
from counter_app.central.leases import _gaps, lease_rules, leases_of
from counter_app.domain.lease import Lease, LeaseKind, LeaseRules
from counter_app.errors import NoNumbersLeft
from tests.central.line import NOW, enrolled, push
from tests.factories import AGENCY, DAY

RULES = {
    "version": 1,
    "effective_from": DAY,
    "legal_basis": "",
    "unverified": True,
    "numbers": 300,
    "fewest": 20,
    "days": 45,
    "reserve_numbers": 50,
    "reserve_days": 400,
}


def held(database, desk, today=DAY):
    with database.read() as connection:
        return leases_of(connection, desk.id, today)


def after(database, centre, desk, days):
    """Let the desk be heard so many days later."""
    answer = push(database, centre, desk, now=NOW + timedelta(days=days))
    return answer, held(database, desk, DAY + timedelta(days=days))


def test_numbers_of_one_agency_never_overlap(database, centre):
    ranges = [
        (lease.lo, lease.hi)
        for _ in range(6)
        for lease in enrolled(database, centre, now=NOW).leases
    ]
    ranges.sort()
    assert all(hi < lo for (_, hi), (lo, _) in pairwise(ranges))


def test_the_database_itself_refuses_numbers_twice(database, centre):
    desk = enrolled(database, centre, now=NOW)
    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO lease (agency_id, desk_id, numbers, dates, kind, alone) "
                "SELECT agency_id, desk_id, int4range(300, 301), dates, kind, alone FROM lease "
                "WHERE desk_id = :desk LIMIT 1"
            ),
            {"desk": desk.id},
        )


@pytest.mark.parametrize(("days", "renewed"), [(1, False), (29, False), (31, True), (44, True)])
def test_a_lease_is_lengthened_when_less_than_a_third_is_left(database, centre, days, renewed):
    desk = enrolled(database, centre, now=NOW)
    version = push(database, centre, desk).standing.reference_version
    _, (lease, _reserve) = after(database, centre, desk, days)
    assert (lease.lo, lease.from_date) == (1, DAY)
    assert lease.to_date == DAY + timedelta(days=44 + (days if renewed else 0))
    later = push(database, centre, desk).standing.reference_version
    assert later == version + renewed


def test_only_the_desk_itself_hears_of_its_new_dates(database, centre):
    desk, other = (enrolled(database, centre, now=NOW) for _ in range(2))
    before = push(database, centre, other).standing.reference_version
    after(database, centre, desk, 40)
    assert push(database, centre, other).standing.reference_version == before


def test_a_lease_that_ran_out_is_given_anew(database, centre):
    desk = enrolled(database, centre, now=NOW)
    _, leases = after(database, centre, desk, 60)
    lease = next(lease for lease in leases if lease.kind is LeaseKind.LEASE)
    assert lease.from_date == DAY + timedelta(days=60)


def test_numbers_that_ran_out_go_to_whoever_asks_next(database, centre):
    away = enrolled(database, centre, now=NOW)
    fresh = enrolled(database, centre, now=NOW + timedelta(days=60))
    assert fresh.leases[0].lo == 1
    _, leases = after(database, centre, away, 61)
    lease = next(lease for lease in leases if lease.kind is LeaseKind.LEASE)
    assert lease.lo > 300


def test_numbers_on_their_last_day_are_not_promised_to_another(database, centre):
    first = enrolled(database, centre, now=NOW)
    last_day = NOW + timedelta(days=44)
    alone = Lease(agency=AGENCY, lo=5000, hi=5100, from_date=DAY, to_date=DAY + timedelta(days=44))
    enrolled(database, centre, now=last_day, leases=(alone,))
    answer, leases = after(database, centre, first, 44)
    assert answer.outcome == "stored"
    assert leases[0].to_date > DAY + timedelta(days=44)


def test_when_few_are_left_fewer_are_leased_and_then_it_is_said(database, centre):
    sizes = []
    with pytest.raises(NoNumbersLeft, match=r"H57\.132"):
        for _ in range(200):
            lease = enrolled(database, centre, now=NOW).leases[0]
            sizes.append(lease.hi - lease.lo + 1)
    assert sizes[0] == 300
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 25
    with database.read() as connection:
        count = connection.scalar(sa.select(sa.func.count()).select_from(tables.desk))
    assert count == len(sizes)  # whoever got no numbers was not enrolled either


def test_a_desk_that_can_get_no_more_numbers_is_still_heard(database, centre):
    desk = enrolled(database, centre, now=NOW)
    with database.begin() as connection:
        connection.execute(tables.lease.delete())
        connection.execute(
            sa.text(
                "INSERT INTO lease (agency_id, desk_id, numbers, dates, kind, alone) "
                "SELECT id, gen_random_uuid(), int4range(1, 10000), "
                "daterange('2020-01-01', 'infinity'), 'lease', false FROM agency"
            )
        )
    desk.receive()
    answer, leases = after(database, centre, desk, 0)
    assert (answer.outcome, leases) == ("stored", ())


ranges = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)).map(sorted).map(tuple))


@given(ranges)
def test_the_gaps_are_all_that_nobody_holds(taken):
    gaps = _gaps(sorted(taken), 1, 50)
    free = {number for lo, hi in gaps for number in range(lo, hi + 1)}
    used = {number for lo, hi in taken for number in range(lo, hi + 1)}
    assert free == set(range(1, 51)) - used
    assert sum(hi - lo + 1 for lo, hi in gaps) == len(free)


def test_the_rules_say_how_much_is_tried():
    rules = LeaseRules(**RULES)
    assert list(rules.sizes(LeaseKind.LEASE)) == [300, 150, 75, 37, 20]
    assert list(rules.sizes(LeaseKind.RESERVE)) == [50, 25, 20]
    assert (rules.days_of(LeaseKind.LEASE), rules.days_of(LeaseKind.RESERVE)) == (45, 400)


@pytest.mark.parametrize("change", [{"numbers": 10}, {"days": 0}, {"fewest": -1}])
def test_rules_that_contradict_themselves_are_refused(change):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(RULES | change, LeaseRules)


def test_the_shipped_rules_are_in_force():
    assert lease_rules().holds_on(date(2026, 8, 3))
