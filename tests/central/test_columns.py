"""Columns of values arrive in PostgreSQL as what they were."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.central import columns
from counter_app.central.driver import driver
from counter_app.domain.tracking import VIETNAM

EAST, WEST = (timezone(timedelta(hours=hours)) for hours in (14, -12))
LONG = st.integers(-(2**63), 2**63 - 1)
LAST = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
INSTANTS = st.datetimes(max_value=LAST.replace(tzinfo=None), timezones=st.just(UTC))
PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))

KINDS = {
    "uuid": (columns.uuids, st.none() | st.uuids()),
    "bytea": (columns.blobs, st.binary()),
    "text": (columns.texts, PLAIN),
    "bigint": (columns.numbers, st.none() | LONG),
    "boolean": (columns.flags, st.booleans()),
    "date": (columns.dates, st.dates()),
    "timestamptz": (columns.instants, st.none() | INSTANTS),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_arrives_as_it_was_sent(database, kind):
    make, values = KINDS[kind]

    with database.begin() as connection, driver(connection) as raw:

        @settings(
            max_examples=40,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )
        @given(st.lists(values, max_size=5))
        def arrives(sent):
            query = "SELECT value, pg_typeof(value)::text FROM unnest(%s) AS found(value)"
            got = raw.execute(query, (make(sent),)).fetchall()
            assert [value for value, _type in got] == sent

        arrives()


def test_an_instant_without_offset_is_in_utc(database):
    naive = datetime(2026, 8, 3, 12)
    with database.begin() as connection, driver(connection) as raw:
        ((got,),) = raw.execute("SELECT unnest(%s)", (columns.instants([naive]),))
    assert got == naive.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "kept"),
    [
        (datetime.min.replace(tzinfo=EAST), datetime.min.replace(tzinfo=UTC)),
        (datetime.max.replace(tzinfo=WEST), LAST),
        (datetime.max.replace(tzinfo=UTC), LAST),
    ],
)
def test_an_instant_before_or_after_all_years_is_kept_at_their_end(database, instant, kept):
    with database.begin() as connection, driver(connection) as raw:
        ((got,),) = raw.execute("SELECT unnest(%s)", (columns.instants([instant]),))
    assert got == kept
    assert got.astimezone(VIETNAM)


def test_the_character_that_cannot_be_stored_is_left_out(database):
    with database.begin() as connection, driver(connection) as raw:
        ((got,),) = raw.execute("SELECT unnest(%s)", (columns.texts(["a\0b"]),))
    assert got == "ab"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_there_are_can_be_stored(database, day):
    with database.begin() as connection, driver(connection) as raw:
        ((got,),) = raw.execute("SELECT unnest(%s)", (columns.dates([day]),))
    assert got == day
