"""How long a procedure may take, and the hour that is promised for it, with the reasons.

Counted as the Civil Code 2015 does (articles 147 and 148): the day of reception is not
counted, and a period that ends on a day off ends on the next working day.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from counter_app.domain.calendar import ClockTime, DueMode, WorkCalendar
from counter_app.i18n import N_, _, format_date, law

Unit = Literal[
    "working_days", "calendar_days", "working_hours", "hours", "months", "same_day", "none"
]
_DAY: Final = timedelta(days=1)


class Deadline(Struct, frozen=True, kw_only=True):
    """How long a procedure may take.

    `extension` is what a verification may add, in the same unit (working days for `same_day`);
    it is shown, and not part of the hour that is promised. What comes after `cutoff` counts as
    received on the next working day. `due_mode` concerns working days only; None is the
    calendar's. `pause` says what a supplement does to the clock: begin again, or stand still.

    Raises:
        ValueError: the value does not go with the unit.
    """

    unit: Unit
    value: Annotated[int, Meta(ge=0, le=1000)] = 0
    extension: Annotated[int, Meta(ge=0, le=1000)] = 0
    cutoff: ClockTime | None = None
    due_mode: DueMode | None = None
    pause: Literal["restart", "pause"] = "restart"

    def __post_init__(self) -> None:
        """Refuse 0 days, and a number where none is meant."""
        if (self.unit in {"same_day", "none"}) != (self.value == 0):
            raise ValueError(f"a value of {self.value} does not go with {self.unit!r}")
        if self.unit == "none" and self.extension:
            raise ValueError("what has no deadline cannot be extended")


class DeadlineInForm(Deadline, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deadline in a file of law, where a misspelt key is refused; journals are more patient."""

    def plain(self) -> Deadline:
        """Return it as the journal keeps it."""
        return Deadline(**asdict(self))


class StepKind(StrEnum):
    """What moved the promised hour."""

    RECEIVED_ON_DAY_OFF = "received_on_day_off"
    AFTER_CUTOFF = "after_cutoff"
    AFTER_HOURS = "after_hours"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"
    MAKE_UP_DAY = "make_up_day"
    END_ON_DAY_OFF = "end_on_day_off"
    END_OUTSIDE_HOURS = "end_outside_hours"
    EXTENDED = "extended"
    RESTARTED = "restarted"
    PAUSED = "paused"
    UNOFFICIAL = "unofficial"


_K: Final = StepKind
_SENTENCES: Final = {
    _K.RECEIVED_ON_DAY_OFF: N_(
        "Received on {date}, a day off ({reason}): the next working day is the first."
    ),
    _K.AFTER_CUTOFF: N_(
        "Received on {date} after {reason}: counts as received on the next working day."
    ),
    _K.AFTER_HOURS: N_("Received on {date} after office hours: counted from the next opening."),
    _K.REST_DAY: N_("{date} is not counted: {reason}."),
    _K.HOLIDAY: N_("{date} is a day off and not counted: {reason}."),
    _K.MAKE_UP_DAY: N_("{date} is counted as a working day: {reason}."),
    _K.END_ON_DAY_OFF: N_(
        "It would end on {date}, a day off ({reason}): moved to the next working day."
    ),
    _K.END_OUTSIDE_HOURS: N_("It would end on {date} at {reason}: moved into office hours."),
    _K.EXTENDED: N_("The extension for verification is included ({reason})."),
    _K.RESTARTED: N_("The supplement came on {date}: the whole time begins again."),
    _K.PAUSED: N_("The clock stood still from {date} until the supplement came."),
    _K.UNOFFICIAL: N_("The days off of {reason} are not announced yet: {date} may change."),
}


class Step(Struct, frozen=True, kw_only=True):
    """One reason why the promised hour is what it is, as `str` in the language spoken.

    `reason` is the calendar's name of a day off, or the hour or year that it is about.
    """

    kind: StepKind
    date: date
    reason: str = ""

    def __str__(self) -> str:
        """Return the sentence for the officer."""
        return _(_SENTENCES[self.kind]).format(date=format_date(self.date), reason=law(self.reason))


class Due(Struct, frozen=True, kw_only=True):
    """The promised hour, none if the procedure has no deadline, and how it came about."""

    at: datetime | None
    steps: tuple[Step, ...] = ()

    @property
    def is_unofficial(self) -> bool:
        """Whether it rests on days off that the state has not announced."""
        return any(step.kind is StepKind.UNOFFICIAL for step in self.steps)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What one would not guess, as sentences: all steps but the weekly days of rest."""
        return tuple(str(step) for step in self.steps if step.kind is not StepKind.REST_DAY)


class _Start(Struct, frozen=True, kw_only=True):
    """Where counting begins.

    `day` is the last day not counted; working time runs from `since`; `clock` is the time of
    day that is kept, None where there is none to keep and the end of the day is meant.
    """

    day: date
    since: datetime
    clock: time | None
    steps: tuple[Step, ...] = ()


def due(
    deadline: Deadline, received_at: datetime, calendar: WorkCalendar, *, extended: bool = False
) -> Due:
    """Return the hour to promise for what is received at an aware instant.

    It never falls on a day off or before the reception, and whoever comes later is never
    promised an earlier hour. `extended` adds what a verification may.
    """
    if deadline.unit == "none":
        return Due(at=None)
    start = _start(deadline, calendar.local(received_at), calendar)
    value = deadline.value + (deadline.extension if extended else 0)
    at, steps = _end(deadline, start, value, calendar)
    if extended and deadline.extension:
        steps += (Step(kind=_K.EXTENDED, date=at.date(), reason=f"+{deadline.extension}"),)
    return _due(at, start.steps + steps, calendar.local(received_at), calendar)


def _due(at: datetime, steps: tuple[Step, ...], since: datetime, calendar: WorkCalendar) -> Due:
    for year in range(since.year, at.year + 1):
        if not calendar.is_official(date(year, 1, 1)):
            steps += (Step(kind=_K.UNOFFICIAL, date=at.date(), reason=str(year)),)
    return Due(at=at, steps=steps)


def _start(deadline: Deadline, at: datetime, calendar: WorkCalendar) -> _Start:
    day, why = at.date(), calendar.why_off(at.date())
    # To the minute, as it is printed: 15:00:40 is not yet after 15:00.
    late = deadline.cutoff is not None and at.time() > time.fromisoformat(deadline.cutoff)
    since = calendar.next_working_moment(at)
    if why is None and not late:
        steps: tuple[Step, ...] = ()
        if since.date() > day and deadline.unit in {"same_day", "hours", "working_hours"}:
            waits = Step(kind=_K.AFTER_HOURS, date=day)
            steps = (waits, *_passed(day, since.date(), calendar))
        return _Start(day=day, since=since, clock=at.time(), steps=steps)
    first = calendar.next_working_day(day)
    opening = calendar.opening(first)
    step = Step(kind=_K.AFTER_CUTOFF, date=day, reason=deadline.cutoff or "")
    if why is not None:
        step = Step(kind=_K.RECEIVED_ON_DAY_OFF, date=day, reason=why)
    if deadline.cutoff is None:
        # The next working day is the first that counts, as after a reception on the eve.
        last, clock = first - _DAY, None
    else:
        # A Saturday comes after Friday's cutoff, and must not be promised an earlier hour.
        last, clock = first, opening.time()
    passed = _passed(day, last, calendar)
    return _Start(day=last, since=opening, clock=clock, steps=(step, *passed))


def _end(
    deadline: Deadline, start: _Start, value: int, calendar: WorkCalendar
) -> tuple[datetime, tuple[Step, ...]]:
    match deadline.unit:
        case "working_days":
            day = calendar.add_working_days(start.day, value)
            at = _at(day, start.clock, deadline.due_mode or calendar.due_mode, calendar)
            return at, _passed(start.day, day, calendar)
        case "same_day":
            first = start.since.date()
            day = calendar.add_working_days(first, value)
            return calendar.closing(day), _passed(first, day, calendar)
        case "working_hours":
            at = calendar.add_working_hours(start.since, value)
            return at, _passed(start.since.date(), at.date(), calendar)
        case "hours":
            return _in_office_hours(start.since + timedelta(hours=value), calendar)
        case "months":
            return _in_working_days(_add_months(start.day, value), calendar)
        case _:
            return _in_working_days(start.day + value * _DAY, calendar)


def _at(day: date, clock: time | None, mode: DueMode, calendar: WorkCalendar) -> datetime:
    """Return the hour of a working day that `mode` promises to who came at `clock`."""
    closing = calendar.closing(day)
    if clock is None or mode == "end_of_day":
        return closing
    moment = datetime.combine(day, clock, closing.tzinfo)
    for window in calendar.windows(day):
        if moment <= window.end:
            return window.end if mode == "end_of_session" else max(moment, window.start)
    return closing


def _passed(after: date, until: date, calendar: WorkCalendar) -> tuple[Step, ...]:
    """Return what is to be said of the days after `after`, up to and including `until`."""
    steps = []
    for n in range(1, (until - after).days + 1):
        day = after + n * _DAY
        if name := calendar.holiday_name(day):
            steps.append(Step(kind=_K.HOLIDAY, date=day, reason=name))
        elif name := calendar.make_up_name(day):
            steps.append(Step(kind=_K.MAKE_UP_DAY, date=day, reason=name))
        elif name := calendar.why_off(day):
            steps.append(Step(kind=_K.REST_DAY, date=day, reason=name))
    return tuple(steps)


def _in_working_days(day: date, calendar: WorkCalendar) -> tuple[datetime, tuple[Step, ...]]:
    """Return the end of `day` or of the next working day: Civil Code, article 148.5."""
    why = calendar.why_off(day)
    if why is None:
        return calendar.closing(day), ()
    end = calendar.next_working_day(day)
    moved = Step(kind=_K.END_ON_DAY_OFF, date=day, reason=why)
    return calendar.closing(end), (moved, *_passed(day, end, calendar))


def _in_office_hours(at: datetime, calendar: WorkCalendar) -> tuple[datetime, tuple[Step, ...]]:
    """Return `at`, or on a day off the next opening, or else the last hour that keeps it."""
    day, why = at.date(), calendar.why_off(at.date())
    if why is not None:
        opening = calendar.next_working_moment(at)
        moved = Step(kind=_K.END_ON_DAY_OFF, date=day, reason=why)
        return opening, (moved, *_passed(day, opening.date(), calendar))
    windows = calendar.windows(day)
    if any(window.start <= at <= window.end for window in windows):
        return at, ()
    ended = [window.end for window in windows if window.end < at]
    moved = Step(kind=_K.END_OUTSIDE_HOURS, date=day, reason=f"{at:%H:%M}")
    return (ended[-1] if ended else windows[0].start), (moved,)


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_after_supplement(
    deadline: Deadline,
    old_due: datetime | None,
    paused_at: datetime,
    resumed_at: datetime,
    calendar: WorkCalendar,
) -> Due:
    """Return the new hour once what was missing has come.

    Either the whole time begins again, or the old hour moves by as long as the clock stood
    still, counted in the deadline's unit. What was in time then is in time now.
    """
    if old_due is None or deadline.unit == "none":
        return Due(at=None)
    resumed = calendar.local(resumed_at)
    if deadline.pause == "restart":
        again = due(deadline, resumed_at, calendar)
        restarted = Step(kind=_K.RESTARTED, date=resumed.date())
        return replace(again, steps=(restarted, *again.steps))
    # A clock that was put back in between does not shorten what was promised.
    paused, old = min(calendar.local(paused_at), resumed), calendar.local(old_due)
    at, steps = _moved(deadline, old, (paused, resumed), calendar)
    if paused <= old and at < resumed:
        at = calendar.closing(calendar.next_working_moment(resumed).date())
    return _due(at, (Step(kind=_K.PAUSED, date=paused.date()), *steps), resumed, calendar)


def _moved(
    deadline: Deadline, old: datetime, stood: tuple[datetime, datetime], calendar: WorkCalendar
) -> tuple[datetime, tuple[Step, ...]]:
    """Return the old hour later by as long as the clock stood still."""
    paused, resumed = stood
    match deadline.unit:
        case "working_hours":
            at = calendar.add_working_time(old, calendar.working_time_between(paused, resumed))
            return at, _passed(old.date(), at.date(), calendar)
        case "hours":
            return _in_office_hours(old + (resumed - paused), calendar)
        case "working_days" | "same_day":
            nights = (resumed.date() - paused.date()).days
            days = [paused.date() + n * _DAY for n in range(1, nights + 1)]
            day = calendar.add_working_days(old.date(), sum(map(calendar.is_working_day, days)))
            return _at(day, old.time(), "same_time", calendar), _passed(old.date(), day, calendar)
        case _:
            return _in_working_days(old.date() + (resumed.date() - paused.date()), calendar)
