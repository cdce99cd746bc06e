"""The promised hour: when it is, and why; who comes later is never promised an earlier one."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.deadline import (
    Deadline,
    DeadlineInForm,
    Step,
    StepKind,
    due,
    due_after_supplement,
)
from counter_app.i18n import speak
from tests.domain.calendars import CALENDAR, at

UNITS = ["working_days", "calendar_days", "working_hours", "hours", "months", "same_day"]

instants = st.datetimes(datetime(2024, 6, 1), datetime(2029, 6, 1)).map(
    lambda instant: instant.replace(tzinfo=CALENDAR.zone)
)
# Around the turns that matter: swapped days, Tết, the day of culture, the end of the data.
turns = st.builds(
    lambda day, minutes: at(f"{day} 00:00") + timedelta(minutes=minutes),
    st.sampled_from(
        ["2025-04-25", "2026-01-01", "2026-02-13", "2026-08-21", "2026-11-20", "2027-12-30"]
    ),
    st.integers(0, 6 * 24 * 60),
)


@st.composite
def deadlines(draw, units=UNITS):
    unit = draw(st.sampled_from(units))
    value = 0 if unit == "same_day" else draw(st.integers(1, 6 if unit == "months" else 40))
    return Deadline(
        unit=unit,
        value=value,
        extension=draw(st.integers(0, 10)),
        cutoff=draw(st.sampled_from([None, "11:30", "15:00", "17:30"])),
        due_mode=draw(st.sampled_from([None, "same_time", "end_of_day", "end_of_session"])),
        pause=draw(st.sampled_from(["restart", "pause"])),
    )


def working_days(value, **more):
    return Deadline(unit="working_days", value=value, **more)


def due_at(deadline, received, calendar=CALENDAR, **more):
    return due(deadline, at(received), calendar, **more).at


def kinds(promised):
    return [(step.kind.value, f"{step.date:%d/%m}") for step in promised.steps]


@given(deadlines(), instants | turns, st.booleans())
def test_it_is_due_in_office_hours_and_not_before_the_reception(deadline, received, extended):
    promised = due(deadline, received, CALENDAR, extended=extended)
    assert promised.at >= received.replace(second=0, microsecond=0)
    assert any(start <= promised.at <= end for start, end in CALENDAR.windows(promised.at.date()))


@given(deadlines(), instants | turns, st.integers(0, 6 * 24 * 60))
def test_who_comes_later_is_not_promised_an_earlier_hour(deadline, received, minutes):
    later = received + timedelta(minutes=minutes)
    assert due(deadline, received, CALENDAR).at <= due(deadline, later, CALENDAR).at


@given(deadlines(), instants | turns, st.integers(0, 10))
def test_more_time_is_not_due_earlier(deadline, received, more):
    assume(deadline.unit != "same_day")
    longer = replace(deadline, value=deadline.value + more)
    assert due(deadline, received, CALENDAR).at <= due(longer, received, CALENDAR).at


@given(deadlines(), instants | turns)
def test_an_extension_is_never_due_earlier(deadline, received):
    extended = due(deadline, received, CALENDAR, extended=True)
    assert due(deadline, received, CALENDAR).at <= extended.at


@given(deadlines(), instants | turns)
def test_every_reason_is_a_sentence_in_both_languages(deadline, received):
    for language in ("vi", "en"):
        speak(language)
        for step in due(deadline, received, CALENDAR, extended=True).steps:
            assert "{" not in str(step)
            assert str(step).endswith(".")


def test_three_working_days_end_at_the_same_time_of_day():
    promised = due(working_days(3), at("2026-11-16 10:20"), CALENDAR)
    assert promised.at == at("2026-11-19 10:20")
    assert promised.steps == ()


@pytest.mark.parametrize(
    ("mode", "promised"),
    [
        ("same_time", "2026-11-19 10:20"),
        ("end_of_session", "2026-11-19 11:30"),
        ("end_of_day", "2026-11-19 17:00"),
    ],
)
def test_an_office_promises_the_hour_the_session_or_the_day(mode, promised):
    by_procedure = working_days(3, due_mode=mode)
    by_office = replace(CALENDAR, due_mode=mode)
    assert due_at(by_procedure, "2026-11-16 10:20") == at(promised)
    assert due_at(working_days(3), "2026-11-16 10:20", by_office) == at(promised)


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        ("2026-11-16 06:00", "2026-11-19 07:30"),
        ("2026-11-16 12:10", "2026-11-19 13:00"),
        ("2026-11-16 19:00", "2026-11-19 17:00"),
    ],
)
def test_an_hour_when_the_office_is_closed_is_not_promised(received, promised):
    assert due_at(working_days(3), received) == at(promised)


def test_who_comes_on_a_saturday_is_counted_from_monday_on():
    promised = due(working_days(3), at("2026-11-21 09:00"), CALENDAR)
    assert promised.at == at("2026-11-26 17:00")
    assert kinds(promised) == [
        ("received_on_day_off", "21/11"),
        ("rest_day", "22/11"),
        ("holiday", "24/11"),
    ]


def test_a_holiday_is_not_counted_and_a_made_up_saturday_is():
    assert due_at(working_days(1), "2026-11-23 10:00") == at("2026-11-25 10:00")
    assert due_at(working_days(1), "2025-12-31 10:00") == at("2026-01-05 10:00")
    assert due_at(working_days(5), "2026-01-05 10:00") == at("2026-01-10 10:00")
    assert due_at(working_days(1), "2025-04-25 10:00") == at("2025-04-26 10:00")
    promised = due(working_days(2), at("2026-08-21 10:00"), CALENDAR)
    assert promised.at == at("2026-08-24 10:00")
    assert kinds(promised) == [("make_up_day", "22/08"), ("rest_day", "23/08")]


def test_who_comes_on_a_made_up_saturday_comes_on_a_working_day():
    assert due_at(working_days(1), "2026-08-22 09:00") == at("2026-08-24 09:00")
    same_day = Deadline(unit="same_day", cutoff="15:00")
    assert due_at(same_day, "2026-08-22 09:00") == at("2026-08-22 17:00")


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        ("2026-11-20 14:59", "2026-11-20 17:00"),
        ("2026-11-20 15:00:59", "2026-11-20 17:00"),
        ("2026-11-20 15:01", "2026-11-23 17:00"),
        ("2026-11-20 18:00", "2026-11-23 17:00"),
        ("2026-11-21 09:00", "2026-11-23 17:00"),
        ("2026-11-23 15:01", "2026-11-25 17:00"),
    ],
)
def test_the_same_day_becomes_the_next_working_day_after_15_00(received, promised):
    assert due_at(Deadline(unit="same_day", cutoff="15:00"), received) == at(promised)


def test_without_a_cutoff_the_same_day_lasts_until_the_office_closes():
    same_day = Deadline(unit="same_day")
    assert due_at(same_day, "2026-11-20 16:59") == at("2026-11-20 17:00")
    promised = due(same_day, at("2026-11-20 17:00"), CALENDAR)
    assert promised.at == at("2026-11-23 17:00")
    assert kinds(promised)[0] == ("after_hours", "20/11")


def test_the_cutoff_says_so_and_moves_working_days_by_one():
    deadline = working_days(3, cutoff="15:00")
    assert due_at(deadline, "2026-11-09 15:00") == at("2026-11-12 15:00")
    promised = due(deadline, at("2026-11-09 15:01"), CALENDAR)
    assert promised.at == at("2026-11-13 07:30")
    assert kinds(promised) == [("after_cutoff", "09/11")]
    assert promised.steps[0].reason == "15:00"


def test_half_a_working_day_is_four_office_hours():
    half = Deadline(unit="working_hours", value=4)
    assert due_at(half, "2026-11-20 08:00") == at("2026-11-20 13:30")
    assert due_at(half, "2026-11-20 15:00") == at("2026-11-23 09:30")
    assert due_at(half, "2026-11-21 09:00") == at("2026-11-23 11:30")
    assert due_at(replace(half, cutoff="15:00"), "2026-11-20 15:01") == at("2026-11-23 11:30")


def test_hours_run_through_the_night_but_end_in_office_hours():
    assert due_at(Deadline(unit="hours", value=24), "2026-11-18 10:20") == at("2026-11-19 10:20")
    assert due_at(Deadline(unit="hours", value=24), "2026-11-20 10:20") == at("2026-11-23 07:30")
    assert due_at(Deadline(unit="hours", value=2), "2026-11-20 10:20") == at("2026-11-20 11:30")
    assert due_at(Deadline(unit="hours", value=20), "2026-11-18 10:20") == at("2026-11-19 07:30")
    promised = due(Deadline(unit="hours", value=8), at("2026-11-20 10:20"), CALENDAR)
    assert promised.at == at("2026-11-20 17:00")  # and not Monday, which would be too late
    assert kinds(promised) == [("end_outside_hours", "20/11")]


def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day():
    ten = Deadline(unit="calendar_days", value=10)
    assert due_at(ten, "2026-11-16 10:20") == at("2026-11-26 17:00")
    promised = due(replace(ten, value=8), at("2026-11-16 10:20"), CALENDAR)
    assert promised.at == at("2026-11-25 17:00")
    assert kinds(promised) == [("end_on_day_off", "24/11")]


@pytest.mark.parametrize(
    ("received", "months", "promised"),
    [
        ("2025-01-31 10:00", 1, "2025-03-03 17:00"),  # a day of Tết: counted from 3 February
        ("2025-10-31 10:00", 1, "2025-12-01 17:00"),  # 30 November is a Sunday
        ("2025-03-31 10:00", 6, "2025-09-30 17:00"),
        ("2025-12-31 10:00", 2, "2026-03-02 17:00"),  # 28 February is a Saturday
        ("2027-12-31 10:00", 2, "2028-02-29 17:00"),
        ("2026-11-20 10:00", 14, "2028-01-20 17:00"),
    ],
)
def test_months_are_those_of_the_civil_calendar(received, months, promised):
    assert due_at(Deadline(unit="months", value=months), received) == at(promised)


def test_what_has_no_deadline_is_promised_nothing():
    promised = due(Deadline(unit="none"), at("2026-11-20 10:00"), CALENDAR)
    assert promised.at is None
    assert promised.reasons == ()


def test_a_verification_is_added_only_when_asked_for():
    deadline = working_days(3, extension=5)
    assert due_at(deadline, "2026-11-02 10:00") == at("2026-11-05 10:00")
    promised = due(deadline, at("2026-11-02 10:00"), CALENDAR, extended=True)
    assert promised.at == at("2026-11-12 10:00")
    assert kinds(promised)[-1] == ("extended", "12/11")
    same_day = Deadline(unit="same_day", extension=2)
    assert due_at(same_day, "2026-11-02 10:00", extended=True) == at("2026-11-04 17:00")


def test_a_promise_that_rests_on_days_off_not_yet_announced_says_so():
    official = due(working_days(3), at("2026-11-02 10:00"), CALENDAR)
    over_the_year = due(working_days(30), at("2026-12-01 10:00"), CALENDAR)
    far = due(working_days(3), at("2031-11-03 10:00"), CALENDAR)
    assert not official.is_unofficial
    assert over_the_year.is_unofficial
    assert over_the_year.steps[-1].reason == "2027"
    assert far.is_unofficial
    assert far.at == at("2031-11-06 10:00")


def test_instants_in_another_time_zone_are_the_same_instants():
    received = datetime(2026, 11, 16, 3, 20, 59, tzinfo=UTC)
    assert due(working_days(3), received, CALENDAR).at == at("2026-11-19 10:20")


def test_a_reason_is_said_in_the_language_of_the_officer():
    step = Step(kind=StepKind.HOLIDAY, date=date(2026, 11, 24), reason="Ngày Văn hóa Việt Nam")
    assert str(step) == "24/11/2026 là ngày nghỉ, không tính: Ngày Văn hóa Việt Nam."
    speak("en")
    assert str(step) == "24/11/2026 is a day off and not counted: Vietnam Culture Day."


def test_weekly_days_of_rest_go_without_saying():
    promised = due(working_days(3), at("2026-11-19 10:20"), CALENDAR)
    assert [kind for kind, _ in kinds(promised)] == ["rest_day", "rest_day", "holiday"]
    assert len(promised.reasons) == 1


def test_a_supplement_lets_the_whole_time_begin_again():
    promised = due_after_supplement(
        working_days(3), at("2026-11-05 10:00"), at("2026-11-04 09:00"), at("2026-11-16 10:20"),
        CALENDAR,
    )  # fmt: skip
    assert promised.at == at("2026-11-19 10:20")
    assert kinds(promised) == [("restarted", "16/11")]


@pytest.mark.parametrize(
    ("unit", "value", "old", "new"),
    [
        # Stood still from Wednesday 4 November, 09:00, until Tuesday 10 November, 10:00.
        ("working_days", 3, "2026-11-05 10:20", "2026-11-11 10:20"),
        ("same_day", 0, "2026-11-04 17:00", "2026-11-10 17:00"),
        ("working_hours", 8, "2026-11-04 15:00", "2026-11-10 16:00"),
        ("hours", 24, "2026-11-05 08:00", "2026-11-11 09:00"),
        ("calendar_days", 10, "2026-11-13 17:00", "2026-11-19 17:00"),
        ("months", 1, "2026-11-16 17:00", "2026-11-23 17:00"),
    ],
)
def test_or_the_clock_stands_still_until_it_comes(unit, value, old, new):
    deadline = Deadline(unit=unit, value=value, pause="pause")
    promised = due_after_supplement(
        deadline, at(old), at("2026-11-04 09:00"), at("2026-11-10 10:00"), CALENDAR
    )
    assert promised.at == at(new)
    assert promised.steps[0].kind is StepKind.PAUSED


def test_what_was_in_time_when_the_clock_stopped_is_in_time_when_it_goes_on():
    promised = due_after_supplement(
        Deadline(unit="same_day", pause="pause"), at("2026-11-16 17:00"), at("2026-11-16 09:00"),
        at("2026-11-17 18:00"), CALENDAR,
    )  # fmt: skip
    assert promised.at == at("2026-11-18 17:00")


def test_what_was_late_already_stays_late():
    promised = due_after_supplement(
        working_days(3, pause="pause"), at("2026-11-03 10:00"), at("2026-11-04 09:00"),
        at("2026-11-05 10:00"), CALENDAR,
    )  # fmt: skip
    assert promised.at == at("2026-11-04 10:00")


def test_what_had_no_due_date_gets_none_by_a_supplement():
    none = Deadline(unit="none")
    assert due_after_supplement(none, None, at("2026-11-04 09:00"), at("2026-11-05 09:00"),
                                CALENDAR).at is None  # fmt: skip


@given(deadlines(), turns, st.integers(0, 20 * 24 * 60), st.integers(-600, 20 * 24 * 60))
def test_a_supplement_never_brings_the_promised_hour_forward(deadline, received, wait, stood):
    old = due(deadline, received, CALENDAR).at
    paused = received + timedelta(minutes=wait)
    resumed = paused + timedelta(minutes=stood)
    new = due_after_supplement(deadline, old, paused, resumed, CALENDAR).at
    if deadline.pause == "pause":
        assert new >= old
    if paused <= old and stood >= 0:
        assert new >= resumed.replace(second=0, microsecond=0)
    assert CALENDAR.is_working_day(new.date())


@pytest.mark.parametrize(
    "text",
    [
        '{"unit": "working_days"}',
        '{"unit": "working_days", "value": -1}',
        '{"unit": "working_days", "value": 1001}',
        '{"unit": "same_day", "value": 1}',
        '{"unit": "none", "value": 1}',
        '{"unit": "none", "extension": 1}',
        '{"unit": "fortnight", "value": 1}',
        '{"unit": "same_day", "cutoff": "15h"}',
        '{"unit": "same_day", "cutoff": "24:00"}',
        '{"unit": "same_day", "colour": "red"}',
    ],
)
def test_a_deadline_that_makes_no_sense_is_refused(text):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=DeadlineInForm)
