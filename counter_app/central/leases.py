"""Which desk may give out which dossier numbers, and until when.

A range is one desk's on every printed date of its lease: the database itself refuses a second
one (an exclusion constraint). A range is only given to a desk if nobody else holds any of it on
that date or later, so that whoever has one can always go on with it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.catalogue.rules import read_rules
from counter_app.central.desks import EnrolledDesk
from counter_app.central.driver import Raw
from counter_app.central.reading import LEASES, Leased, leased
from counter_app.domain.dossier_code import MOST_DIGITS, Numbering
from counter_app.domain.lease import Lease, LeaseKind, LeaseRules
from counter_app.errors import NoNumbersLeft

_DAY: Final = timedelta(days=1)
_GRANT: Final = (
    "INSERT INTO lease (agency_id, desk_id, numbers, dates, kind, alone) "
    "VALUES (%s, %s, int4range(%s, %s, '[]'), daterange(%s, %s, '[]'), %s, %s)"
)
_TAKEN: Final = (
    "SELECT lower(numbers), upper(numbers) - 1 FROM lease WHERE agency_id = %s "
    "AND upper(dates) > CASE WHEN alone THEN %s ELSE %s END AND (NOT alone OR %s) ORDER BY 1"
)
_EXTEND: Final = (
    "UPDATE lease SET dates = daterange(lower(dates), %s, '[]') "
    "WHERE desk_id = %s AND kind = %s AND NOT alone AND upper(dates) > %s AND upper(dates) <= %s"
)
_LENGTHEN_ALONE: Final = (
    "UPDATE lease SET dates = daterange(lower(dates), %s, '[]') WHERE desk_id = %s AND alone "
    "AND lower(numbers) = %s AND lower(dates) = %s AND upper(dates) <= %s"
)
_CHANGED: Final = "UPDATE desk SET lease_version = lease_version + 1 WHERE desk_id = %s"


@cache
def lease_rules() -> LeaseRules:
    """Return how many numbers are leased at a time, and for how long."""
    return read_rules("leases", LeaseRules)


def leases_of(connection: sa.Connection, desk_id: UUID, today: date) -> tuple[Lease, ...]:
    """Return all numbers that are a desk's on `today` or later, its own of before included."""
    raw = connection.connection.driver_connection
    assert raw is not None
    found = map(leased, raw.execute(LEASES, (desk_id,)))
    return tuple(one.lease for one in found if one.lease.to_date >= today)


def keep_alone(
    raw: Raw, desk: EnrolledDesk, leases: Iterable[Lease], agencies: dict[str, int], last: date
) -> None:
    """Note what a desk gave itself while it stood alone, up to its last day so.

    `agencies` are the numbers of those whose codes it has given out.
    """
    for one in leases:
        to_date = min(one.to_date, last)
        hi = min(one.hi, 10**MOST_DIGITS - 1)
        if one.from_date <= to_date and 0 < one.lo <= hi and one.agency in agencies:
            place = agencies[one.agency], desk.id, one.lo, hi
            raw.execute(_GRANT, (*place, one.from_date, to_date, one.kind.value, True))


def lengthen_alone(raw: Raw, desk: EnrolledDesk, leases: Iterable[Lease], last: date) -> None:
    """Note that a desk has stood alone for longer, as it had not heard that it was enrolled."""
    for one in leases:
        to_date = min(one.to_date, last)
        raw.execute(_LENGTHEN_ALONE, (to_date, desk.id, one.lo, one.from_date, to_date))


def grant_leases(raw: Raw, desk: EnrolledDesk, start: date) -> None:
    """Give a desk its range and its reserve from `start` on; its agency's row is locked.

    Raises:
        NoNumbersLeft: other desks hold all numbers of the agency.
    """
    for kind in LeaseKind:
        lo, hi = _free_range(raw, desk, kind, start)
        end = start + (lease_rules().days_of(kind) - 1) * _DAY
        raw.execute(_GRANT, (desk.home, desk.id, lo, hi, start, end, kind.value, False))
    raw.execute(_CHANGED, (desk.id,))


def are_ending(leases: Iterable[Leased], today: date) -> bool:
    """Say whether less than a third of the time is left of what a desk may give out."""
    own = [one.lease for one in leases if not one.alone]
    return any(
        max((one.to_date for one in own if one.kind is kind), default=date.min)
        < today + _third(kind)
        for kind in LeaseKind
    )


def renew_leases(raw: Raw, desk: EnrolledDesk, today: date) -> None:
    """Lengthen what a desk still holds; what it has let run out, it gets anew if it can.

    The row of its agency is locked. Where no numbers are left the desk goes on with what it
    has: a push is never refused for that.
    """
    changed = 0
    for kind in LeaseKind:
        end = today + (lease_rules().days_of(kind) - 1) * _DAY
        dates = end, desk.id, kind.value, today, today + _third(kind)
        changed += raw.execute(_EXTEND, dates).rowcount
        if not _holds(raw, desk, kind, today) and (
            free := _free(raw, desk, kind, today, held_on=today)
        ):
            given = desk.home, desk.id, *free, today, end, kind.value, False
            changed += raw.execute(_GRANT, given).rowcount
    if changed:
        raw.execute(_CHANGED, (desk.id,))


def has_leases(raw: Raw, desk: EnrolledDesk) -> bool:
    """Say whether a desk has, or ever had, numbers that the centre knows of."""
    query = "SELECT EXISTS (SELECT FROM lease WHERE desk_id = %s)"
    ((has,),) = raw.execute(query, (desk.id,))
    return bool(has)


def _third(kind: LeaseKind) -> timedelta:
    return lease_rules().days_of(kind) // 3 * _DAY


def _holds(raw: Raw, desk: EnrolledDesk, kind: LeaseKind, today: date) -> bool:
    query = (
        "SELECT EXISTS (SELECT FROM lease "
        "WHERE desk_id = %s AND kind = %s AND NOT alone AND upper(dates) > %s)"
    )
    ((holds,),) = raw.execute(query, (desk.id, kind.value, today))
    return bool(holds)


def _free_range(raw: Raw, desk: EnrolledDesk, kind: LeaseKind, start: date) -> tuple[int, int]:
    # Whoever holds numbers on the day before can still have them lengthened on that day.
    free = _free(raw, desk, kind, start, held_on=start - _DAY)
    if free is None:
        raise NoNumbersLeft(agency=desk.agency, date=f"{start:%d/%m/%Y}")
    return free


def _free(
    raw: Raw, desk: EnrolledDesk, kind: LeaseKind, start: date, *, held_on: date
) -> tuple[int, int] | None:
    """Return the lowest numbers that nobody was leased for `held_on` or later, fewer if need be.

    If only what desks have given themselves for `start` or later is in the way, the highest:
    they all count from the lowest, and will hardly have come so far.
    """
    numbering = read_rules("numbering", Numbering)
    for with_alone in (True, False):
        taken = list(raw.execute(_TAKEN, (desk.home, start, held_on, with_alone)))
        gaps = _gaps(taken, numbering.serial_first, numbering.serial_last)
        for size in lease_rules().sizes(kind):
            fitting = [(lo, hi) for lo, hi in gaps if hi - lo + 1 >= size]
            if fitting and with_alone:
                return fitting[0][0], fitting[0][0] + size - 1
            if fitting:
                return fitting[-1][1] - size + 1, fitting[-1][1]
    return None


def _gaps(taken: Iterable[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Return what is left between ranges that are sorted, and may overlap."""
    gaps, passed = [], first - 1
    for lo, hi in (*taken, (last + 1, last + 1)):
        end = min(lo - 1, last)
        if end > passed:
            gaps.append((passed + 1, end))
        passed = max(passed, hi)
    return gaps
