"""What day it is at the desk: a person says so whenever the PC's date is new or doubtful."""

from dataclasses import replace
from datetime import date
from typing import Final

from msgspec import Struct

from counter_app.desk import Clock, Desk
from counter_app.domain.business_date import check_business_date
from counter_app.domain.operation import ClockConfirmed, ClockQuality
from counter_app.domain.workflow import check
from counter_app.errors import PracticeOnly
from counter_app.store.clock import last_confirmed_day

LONGEST_ABSENCE_DAYS: Final = 45


class ProposedDay(Struct, frozen=True, kw_only=True):
    """The day to be confirmed. `doubtful` when the PC says something that can hardly be.

    `pc_day` is what the PC says, `last` the day that was confirmed last, if there was one.
    """

    day: date
    pc_day: date
    last: date | None
    doubtful: bool
    is_new: bool


def proposed_day(desk: Desk) -> ProposedDay:
    """Return which day the PC says it is, and how far that is to be believed."""
    today = desk.clock.now().date()
    with desk.store.read() as connection:
        last = last_confirmed_day(connection)
    if last is None:
        return ProposedDay(day=today, pc_day=today, last=None, doubtful=False, is_new=True)
    ahead = (today - last).days
    return ProposedDay(
        day=max(today, last),
        pc_day=today,
        last=last,
        doubtful=not 0 <= ahead <= LONGEST_ABSENCE_DAYS,
        is_new=ahead != 0,
    )


def confirm_day(desk: Desk, day: date) -> Desk:
    """Work on `day` from here on: note that the officer has said so.

    Raises:
        ImpossibleClock: no dossier could be numbered on that day.
    """
    check_business_date(day)
    confirmed = replace(desk, business_date=day, clock_quality=ClockQuality.CONFIRMED)
    body = ClockConfirmed(day=day, pc_day=desk.clock.now().date())
    role = check(body.kind, None, desk.officer.roles)
    with desk.store.begin() as uow:
        uow.append(confirmed.operation(body, role=role))
    return confirmed


def practise_at(desk: Desk, clock: Clock) -> Desk:
    """Do as if it were what `clock` says, by the office's time, on its day.

    Raises:
        PracticeOnly: this is no practice desk.
    """
    if not desk.profile.practice:
        raise PracticeOnly(option="--at")
    return replace(desk, clock=clock, business_date=clock.now().date())
