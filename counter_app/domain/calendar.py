"""Which days and hours the offices work, and what each day off is called.

The schema of forms/rules/calendar.toml. Years that the file does not list are answered from
the week and the holidays of every year alone, and say so: a promise is never refused because
nobody has announced the holidays yet.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Final, Literal, NamedTuple

from msgspec import Meta, Struct

from counter_app.domain.form_file import FormFile

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DueMode = Literal["same_time", "end_of_day", "end_of_session"]
ClockTime = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]

_WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = timedelta(days=1)
_LEAP_YEAR: Final = 2000  # so that 29 February may be named


class Holiday(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One day off, by its date."""

    date: date
    name: str


class FixedHoliday(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day off in every year on the same date ("11-24"), once it was introduced."""

    day: Annotated[str, Meta(pattern="^[0-9]{2}-[0-9]{2}$")]
    name: str
    since: date = date.min

    def __post_init__(self) -> None:
        """Refuse a date that no year has."""
        date.fromisoformat(f"{_LEAP_YEAR}-{self.day}")


class Swap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A working day that is off, and the day off on which it is made up."""

    off: date
    worked: date
    name: str


class Session(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Office hours on some days of the week."""

    days: tuple[Weekday, ...]
    start: ClockTime
    end: ClockTime

    def __post_init__(self) -> None:
        """Refuse hours that end before they begin."""
        if time.fromisoformat(self.start) >= time.fromisoformat(self.end):
            raise ValueError(f"office hours from {self.start} to {self.end}")


class Year(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A year whose days off are listed; `official` once the state has announced them."""

    year: int
    official: bool
    source: str


class Window(NamedTuple):
    """Office hours on one day, from and to."""

    start: datetime
    end: datetime


class WorkCalendar(
    FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True
):  # `dict` is for what is worked out once and kept
    """The working days and office hours of one version of the calendar.

    All instants it returns are in its own time zone, `utc_offset`.

    Raises:
        ValueError: the file contradicts itself.
    """

    utc_offset: Annotated[str, Meta(pattern="^[+-][0-9]{2}:[0-9]{2}$")]
    due_mode: DueMode
    rest_day_name: str
    reception_days: tuple[Weekday, ...]
    session: Annotated[tuple[Session, ...], Meta(min_length=1)]
    year: tuple[Year, ...]
    fixed_holiday: tuple[FixedHoliday, ...] = ()
    holiday: tuple[Holiday, ...] = ()
    swap: tuple[Swap, ...] = ()

    def __post_init__(self) -> None:
        """Refuse overlapping hours, a day named twice, and a make-up day that is off."""
        FormFile.__post_init__(self)
        if not self._hours:
            raise ValueError("no day of the week has office hours")
        for day, hours in self._hours.items():
            if any(one[1] > other[0] for one, other in pairwise(hours)):
                raise ValueError(f"two of [[session]] overlap on {day}")
        _once("[[year]]", [year.year for year in self.year])
        swapped = [day for swap in self.swap for day in (swap.off, swap.worked)]
        _once("[[holiday]] and [[swap]]", [*swapped, *(h.date for h in self.holiday)])
        for swap in self.swap:
            if self._fixed(swap.worked):
                raise ValueError(f"{swap.worked} makes up for {swap.off}, but is a holiday")
            if not self._hours.get(_weekday(swap.off)):
                raise ValueError(f"{swap.off} is no working day that could be swapped")

    @cached_property
    def zone(self) -> timezone:
        """The time zone that the offices keep."""
        sign, hours, minutes = re.findall("[+-]|[0-9]+", self.utc_offset)
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if sign == "-" else offset)

    @cached_property
    def _hours(self) -> dict[Weekday, list[tuple[time, time]]]:
        hours = defaultdict(list)
        for session in self.session:
            span = time.fromisoformat(session.start), time.fromisoformat(session.end)
            for day in session.days:
                hours[day].append(span)
        return {day: sorted(spans) for day, spans in hours.items()}

    @cached_property
    def _named(self) -> dict[date, str]:
        named = {holiday.date: holiday.name for holiday in self.holiday}
        return named | {swap.off: swap.name for swap in self.swap}

    @cached_property
    def _made_up(self) -> dict[date, Swap]:
        return {swap.worked: swap for swap in self.swap}

    @cached_property
    def _official(self) -> dict[int, bool]:
        return {year.year: year.official for year in self.year}

    def _fixed(self, day: date) -> str | None:
        month_and_day = f"{day:%m-%d}"
        for holiday in self.fixed_holiday:
            if holiday.day == month_and_day and holiday.since <= day:
                return holiday.name
        return None

    def covers(self, day: date) -> bool:
        """Say whether the days off of that year are listed here."""
        return day.year in self._official

    def is_official(self, day: date) -> bool:
        """Say whether the days off of that year are listed as the state announced them."""
        return self._official.get(day.year, False)

    def holiday_name(self, day: date) -> str | None:
        """Return what a day off is called that the week alone would not give."""
        if day in self._made_up:
            return None
        return self._named.get(day) or self._fixed(day)

    def make_up_name(self, day: date) -> str | None:
        """Return what is made up for on a day that would else be off."""
        swap = self._made_up.get(day)
        return swap.name if swap else None

    def why_off(self, day: date) -> str | None:
        """Return why nobody works on `day`, in the words of the calendar; None if they do."""
        if day in self._made_up:
            return None
        rest = None if _weekday(day) in self._hours else self.rest_day_name
        return self.holiday_name(day) or rest

    def is_working_day(self, day: date) -> bool:
        """Say whether `day` counts in a deadline."""
        return self.why_off(day) is None

    def is_reception_day(self, day: date) -> bool:
        """Say whether applications are usually received: also on days that do not count."""
        if self.holiday_name(day):
            return False
        return day in self._made_up or _weekday(day) in self.reception_days

    def working_days(self, first: date) -> Iterator[date]:
        """Walk through the working days, from `first` on, for ever."""
        while True:
            if self.is_working_day(first):
                yield first
            first += _DAY

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        return next(self.working_days(day + _DAY))

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, which itself is not counted.

        With a count of 0: `day`, or the next working day if it is off.
        """
        if count == 0:
            return next(self.working_days(day))
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def windows(self, day: date) -> tuple[Window, ...]:
        """Return the office hours of `day`, none if it is off.

        A make-up day has the hours of the day that it makes up for.
        """
        if not self.is_working_day(day):
            return ()
        swap = self._made_up.get(day)
        hours = self._hours[_weekday(swap.off if swap else day)]
        return tuple(Window(self._at(day, start), self._at(day, end)) for start, end in hours)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)

    def local(self, instant: datetime) -> datetime:
        """Return an aware instant as the offices' clocks show it, to the minute."""
        if instant.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return instant.astimezone(self.zone).replace(second=0, microsecond=0)

    def opening(self, day: date) -> datetime:
        """Return when the offices open on a working day."""
        return self.windows(day)[0].start

    def closing(self, day: date) -> datetime:
        """Return when the offices close on a working day."""
        return self.windows(day)[-1].end

    def _windows_from(self, instant: datetime) -> Iterator[Window]:
        """Walk through what is left of the office hours after `instant`, for ever."""
        for day in self.working_days(instant.date()):
            for start, end in self.windows(day):
                if instant < end:
                    yield Window(max(start, instant), end)

    def next_working_moment(self, instant: datetime) -> datetime:
        """Return `instant` if the offices work then, else when they begin again."""
        return next(self._windows_from(self.local(instant))).start

    def add_working_time(self, instant: datetime, length: timedelta) -> datetime:
        """Return when `length` of office hours has passed since `instant`."""
        for start, end in self._windows_from(self.local(instant)):
            if length <= end - start:
                return start + length
            length -= end - start
        raise AssertionError  # the windows never end

    def add_working_hours(self, instant: datetime, hours: int) -> datetime:
        """Return when so many office hours have passed since `instant`."""
        return self.add_working_time(instant, timedelta(hours=hours))

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of the time from `start` to `end` were office hours."""
        total, until = timedelta(), self.local(end)
        for window in self._windows_from(self.local(start)):
            if window.start >= until:
                break
            total += min(window.end, until) - window.start
        return total


def _weekday(day: date) -> Weekday:
    return _WEEKDAYS[day.weekday()]


def _once(where: str, values: Sequence[date | int]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ValueError(f"{value} stands twice in {where}")
