"""Dates of which the papers may say only the year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.partial_date import PartialDate, parse_partial_date
from counter_app.errors import ImpossibleDate

days = st.dates(min_value=date(1850, 1, 1)).map(lambda d: PartialDate(d.year, d.month, d.day))
partial_dates = days.flatmap(
    lambda d: st.sampled_from([d, PartialDate(d.year, d.month), PartialDate(d.year)])
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("15/3/1990", "1990-03-15"),
        ("15-03-1990", "1990-03-15"),
        ("15.3.1990", "1990-03-15"),
        ("15 3 1990", "1990-03-15"),
        ("15031990", "1990-03-15"),
        ("1990-03-15", "1990-03-15"),
        (" 03/1990\n", "1990-03"),
        ("031990", "1990-03"),
        ("1990-03", "1990-03"),
        ("1990", "1990"),
        ("00/00/1990", "1990"),
        ("00001990", "1990"),
        ("00/03/1990", "1990-03"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_officers_type_it(typed, kept):
    assert parse_partial_date(typed).iso() == kept


@pytest.mark.parametrize(
    "typed",
    [
        "30/02/1990",
        "29/2/2023",
        "31/4/2000",
        "15/13/1990",
        "15/00/1990",
        "13/1990",
        "15/3/90",
        "150390",
        "0090",
        "1/1/0090",
        "",
        "hôm qua",
        "15/3/1990 và sau đó",
        "١٩٩٠",
        "1990-3-15-2",
    ],
)
def test_a_day_that_never_was_is_refused_and_named(typed):
    with pytest.raises(ImpossibleDate) as refused:
        parse_partial_date(typed)
    assert typed in str(refused.value)


@given(partial_dates)
def test_what_is_stored_is_read_again(known):
    assert parse_partial_date(known.iso()) == known


@given(partial_dates)
def test_what_is_printed_is_read_again(known):
    assert parse_partial_date(f"{known}") == known


anything = st.text(st.characters(exclude_categories=()), max_size=20)


@given(anything | st.text("0123456789/-. ", max_size=10))
def test_any_text_is_a_date_or_refused(text):
    try:
        known = parse_partial_date(text)
    except ImpossibleDate as refused:
        assert str(refused)
    else:
        assert parse_partial_date(known.iso()) == known


def test_only_a_whole_date_is_exact():
    assert parse_partial_date("15/3/1990").exact() == date(1990, 3, 15)
    assert parse_partial_date("3/1990").exact() is None


@pytest.mark.parametrize(
    ("typed", "to_come"),
    [
        ("2/8/2026", False),
        ("3/8/2026", False),
        ("4/8/2026", True),
        ("8/2026", False),
        ("9/2026", True),
        ("2026", False),
        ("2027", True),
    ],
)
def test_it_lies_in_the_future_only_if_all_of_it_does(typed, to_come):
    assert parse_partial_date(typed).in_future(date(2026, 8, 3)) is to_come


IN_ORDER = [PartialDate(1989), PartialDate(1990), PartialDate(1990, 3), PartialDate(1990, 3, 15)]


@given(st.permutations(IN_ORDER))
def test_less_exact_dates_stand_before_the_days_they_may_mean(mixed):
    assert sorted(mixed) == IN_ORDER
