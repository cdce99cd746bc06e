"""Working days, days off, and office hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.calendar import FixedHoliday, Holiday, Session, Swap, WorkCalendar, Year
from tests.domain.calendars import CALENDAR, CALENDAR_FILE, at

days = st.dates(date(2024, 6, 1), date(2029, 6, 1))
instants = st.datetimes(datetime(2024, 6, 1), datetime(2029, 6, 1)).map(
    lambda instant: instant.replace(second=0, microsecond=0, tzinfo=CALENDAR.zone)
)
TOML = CALENDAR_FILE.read_text("utf-8")


def read(text):
    return msgspec.toml.decode(text, type=WorkCalendar)


def days_off(year):
    """Return the days off from Monday to Friday."""
    first = date(year, 1, 1)
    all_days = (first + timedelta(n) for n in range(365))
    return [d for d in all_days if d.weekday() < 5 and not CALENDAR.is_working_day(d)]


def weekend_days_worked(year):
    first = date(year, 1, 1)
    all_days = (first + timedelta(n) for n in range(365))
    return [d for d in all_days if d.weekday() >= 5 and CALENDAR.is_working_day(d)]


def test_the_days_off_of_2025_are_those_announced():
    assert days_off(2025) == [
        date(2025, 1, 1),
        *(date(2025, 1, day) for day in range(27, 32)),
        date(2025, 4, 7),
        date(2025, 4, 30),
        date(2025, 5, 1),
        date(2025, 5, 2),
        date(2025, 9, 1),
        date(2025, 9, 2),
    ]
    assert weekend_days_worked(2025) == [date(2025, 4, 26)]


def test_the_days_off_of_2026_are_those_announced():
    assert days_off(2026) == [
        date(2026, 1, 1),
        date(2026, 1, 2),
        *(date(2026, 2, day) for day in range(16, 21)),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 11, 24),
    ]
    assert weekend_days_worked(2026) == [date(2026, 1, 10), date(2026, 8, 22)]


def test_the_days_off_of_2027_are_computed_and_not_official():
    assert days_off(2027) == [
        date(2027, 1, 1),
        *(date(2027, 2, day) for day in (4, 5, 8, 9, 10)),
        date(2027, 4, 16),
        date(2027, 4, 30),
        date(2027, 5, 3),
        date(2027, 9, 2),
        date(2027, 9, 3),
        date(2027, 11, 24),
    ]
    assert weekend_days_worked(2027) == []
    assert CALENDAR.covers(date(2027, 5, 3))
    assert not CALENDAR.is_official(date(2027, 5, 3))
    assert CALENDAR.is_official(date(2026, 5, 4))


def test_a_year_that_nobody_has_listed_has_its_weekends_and_fixed_holidays():
    assert not CALENDAR.covers(date(2028, 9, 2))
    assert not CALENDAR.is_official(date(2028, 9, 2))
    assert days_off(2029) == [
        date(2029, 1, 1),
        date(2029, 4, 30),
        date(2029, 5, 1),
    ]  # 2 September and 24 November are a Sunday and a Saturday


def test_the_day_of_culture_is_off_from_2026_on():
    assert CALENDAR.is_working_day(date(2025, 11, 24))
    assert CALENDAR.why_off(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"
    assert CALENDAR.is_working_day(date(2026, 11, 23))


def test_a_day_off_says_why():
    assert CALENDAR.why_off(date(2026, 11, 21)) == "Nghỉ hằng tuần"
    assert CALENDAR.why_off(date(2026, 2, 17)) == "Tết Nguyên đán"
    assert "10/01/2026" in CALENDAR.why_off(date(2026, 1, 2))
    assert CALENDAR.why_off(date(2026, 1, 10)) is None
    assert "02/01/2026" in CALENDAR.make_up_name(date(2026, 1, 10))


def test_applications_are_received_on_saturdays_where_the_office_says_so():
    saturday = date(2026, 11, 21)
    assert not CALENDAR.is_reception_day(saturday)
    open_on_saturday = replace(CALENDAR, reception_days=("mon", "sat"))
    assert open_on_saturday.is_reception_day(saturday)
    assert not open_on_saturday.is_working_day(saturday)
    assert not open_on_saturday.is_reception_day(date(2027, 2, 6))  # a Saturday in Tết
    assert CALENDAR.is_reception_day(date(2026, 8, 22))  # a Saturday that is made up


def test_a_working_day_has_eight_hours():
    for day in islice(CALENDAR.working_days(date(2026, 1, 1)), 300):
        windows = CALENDAR.windows(day)
        assert sum(((end - start) for start, end in windows), timedelta()) == timedelta(hours=8)


def test_a_make_up_day_has_the_hours_of_the_day_that_it_makes_up_for():
    short_monday = replace(
        CALENDAR,
        session=(
            Session(days=("mon",), start="08:00", end="10:00"),
            Session(days=("tue", "wed", "thu", "fri"), start="07:30", end="17:00"),
        ),
    )
    (window,) = short_monday.windows(date(2026, 8, 22))
    assert window == (at("2026-08-22 08:00"), at("2026-08-22 10:00"))
    assert short_monday.windows(date(2026, 8, 31)) == ()


def test_office_hours_are_counted_over_lunch_nights_and_days_off():
    assert CALENDAR.add_working_hours(at("2026-11-20 10:00"), 4) == at("2026-11-20 15:30")
    assert CALENDAR.add_working_hours(at("2026-11-20 15:00"), 4) == at("2026-11-23 09:30")
    assert CALENDAR.add_working_hours(at("2026-11-23 16:00"), 2) == at("2026-11-25 08:30")
    assert CALENDAR.add_working_hours(at("2026-08-21 16:00"), 2) == at("2026-08-22 08:30")
    assert CALENDAR.add_working_hours(at("2026-11-20 07:30"), 4) == at("2026-11-20 11:30")
    assert CALENDAR.add_working_hours(at("2026-11-20 12:10"), 0) == at("2026-11-20 13:00")


def test_an_instant_may_come_in_any_time_zone_but_not_without_one():
    in_utc = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    assert CALENDAR.add_working_hours(in_utc, 4) == at("2026-11-20 15:30")
    assert CALENDAR.local(in_utc).isoformat() == "2026-11-20T10:00:00+07:00"
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.local(datetime(2026, 11, 20))


def test_a_time_zone_may_lie_west():
    west = replace(CALENDAR, utc_offset="-03:30").zone
    assert west.utcoffset(None) == -timedelta(hours=3, minutes=30)


@given(days, st.integers(1, 60))
def test_so_many_working_days_lie_between(day, count):
    end = CALENDAR.add_working_days(day, count)
    passed = [day + timedelta(n) for n in range(1, (end - day).days + 1)]
    assert CALENDAR.is_working_day(end)
    assert sum(map(CALENDAR.is_working_day, passed)) == count


@given(days)
def test_no_working_days_later_is_the_same_day_or_the_next_that_works(day):
    end = CALENDAR.add_working_days(day, 0)
    assert end == (day if CALENDAR.is_working_day(day) else CALENDAR.next_working_day(day))


@given(instants, st.integers(0, 60 * 200))
def test_time_that_was_added_lies_between(start, minutes):
    length = timedelta(minutes=minutes)
    end = CALENDAR.add_working_time(start, length)
    assert end >= start
    assert CALENDAR.is_working_day(end.date())
    assert CALENDAR.working_time_between(start, end) == length


@given(instants, st.integers(0, 60 * 24 * 60), st.integers(0, 60 * 24 * 60))
def test_office_hours_add_up(first, one, two):
    middle = first + timedelta(minutes=one)
    last = middle + timedelta(minutes=two)
    between = CALENDAR.working_time_between
    assert between(first, middle) + between(middle, last) == between(first, last)


def test_the_file_can_be_sent_as_json_and_read_back():
    assert msgspec.json.decode(msgspec.json.encode(CALENDAR), type=WorkCalendar) == CALENDAR


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('end = "17:00"', 'end = "12:00"', r"\$\.session\[1\]"),
        ('start = "13:00"', 'start = "11:00"', "overlap on mon"),
        ('start = "13:00"', 'start = "1pm"', r"\$\.session\[1\]\.start"),
        ('day = "04-30"', 'day = "04-31"', r"\$\.fixed_holiday\[1\]"),
        ("worked = 2026-01-10", "worked = 2026-09-01", "stands twice"),
        ("worked = 2026-01-10", "worked = 2026-11-24", "but is a holiday"),
        ("off = 2026-01-02", "off = 2026-01-03", "no working day that could be swapped"),
        ("year = 2026", "year = 2025", "stands twice"),
        ('utc_offset = "+07:00"', 'utc_offset = "ICT"', r"\$\.utc_offset"),
        ('due_mode = "same_time"', 'due_mode = "sometimes"', r"\$\.due_mode"),
        ('rest_day_name = "', 'colour = "', "colour"),
        ("\nsource = ", "\nunverified = false\n# ", "neither `source` nor"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused_with_the_place(old, new, place):
    assert old in TOML
    with pytest.raises(msgspec.ValidationError, match=place):
        read(TOML.replace(old, new, 1))


def test_a_week_without_office_hours_is_refused():
    with pytest.raises(ValueError, match="office hours"):
        WorkCalendar(
            version=1,
            effective_from=date(2026, 1, 1),
            legal_basis="test",
            source="test",
            utc_offset="+07:00",
            due_mode="same_time",
            rest_day_name="Nghỉ hằng tuần",
            reception_days=(),
            session=(Session(days=(), start="08:00", end="10:00"),),
            year=(Year(year=2026, official=True, source="test"),),
        )


@given(st.lists(days, unique=True, max_size=20))
def test_a_listed_holiday_is_off_and_nothing_else_changes(listed):
    bare = replace(CALENDAR, holiday=(), swap=(), fixed_holiday=())
    named = replace(bare, holiday=tuple(Holiday(date=day, name="test") for day in listed))
    for day in listed:
        assert named.why_off(day) == "test"
        near = day + timedelta(1)
        assert near in listed or named.why_off(near) == bare.why_off(near)


def test_a_swap_on_a_fixed_holiday_of_later_years_is_allowed_before_it_was_introduced():
    before = replace(
        CALENDAR,
        holiday=(),
        fixed_holiday=(FixedHoliday(day="11-21", name="test", since=date(2027, 1, 1)),),
        swap=(Swap(off=date(2026, 11, 23), worked=date(2026, 11, 21), name="test"),),
    )
    assert before.is_working_day(date(2026, 11, 21))
