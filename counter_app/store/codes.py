"""The dossier numbers of this desk: what it may give out for a printed date, and what is left.

For each agency and printed date two counters run, only upwards: one through the leases in
force on that date, one through the reserves, which a supervisor opens date by date. No row is
ever looked at to find the next number, so none comes again, whatever was voided or restored.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from msgspec import Struct

from counter_app.domain.dossier_code import MOST_DIGITS, DossierCode, make_dossier_code, parts
from counter_app.domain.lease import Lease, LeaseKind
from counter_app.errors import NoCodesLeft, NoReserve
from counter_app.store.engine import driver
from counter_app.store.tables import insert_into, lease

RESERVE_SIZE: Final = 50
"""How many numbers a desk has aside for the day when its lease is used up."""

_RENEW: Final = (
    f"{insert_into(lease)} ON CONFLICT (agency, lo, from_date) DO UPDATE SET "
    "hi = max(hi, excluded.hi), to_date = max(to_date, excluded.to_date)"
)
_WORTH_A_RESERVE: Final = 4 * RESERVE_SIZE  # of a smaller range it would take too much


class CodesLeft(Struct, frozen=True, kw_only=True):
    """How many numbers are left for a printed date."""

    lease: int
    reserve: int
    reserve_open: bool

    @property
    def usable(self) -> int:
        """Return how many can be given out without a supervisor."""
        return self.lease + (self.reserve if self.reserve_open else 0)


class Reserve(Struct, frozen=True, kw_only=True):
    """The numbers that opening the reserve has set free for a printed date."""

    first: int
    last: int


def standalone_leases(agency: str, codes: tuple[int, int]) -> tuple[Lease, ...]:
    """Return the leases of a desk that shares its numbers with nobody, for all days."""
    lo, hi = codes
    if not 1 <= lo <= hi:
        raise ValueError(f"no numbers run from {lo} to {hi}")
    aside = RESERVE_SIZE if hi - lo + 1 >= _WORTH_A_RESERVE else 0
    own = _for_all_days(agency, lo, hi - aside, LeaseKind.LEASE)
    if not aside:
        return (own,)
    return own, _for_all_days(agency, hi - aside + 1, hi, LeaseKind.RESERVE)


def keep_leases(raw: Any, leases: Iterable[Lease]) -> None:
    """Note numbers that are this desk's to give."""
    for one in leases:
        dates = one.from_date.isoformat(), one.to_date.isoformat()
        raw.execute(insert_into(lease), (one.agency, one.lo, one.hi, *dates, one.kind.value))


def leases_of(connection: sa.Connection) -> list[Lease]:
    """Return all numbers that are, were or will be this desk's to give."""
    query = "SELECT agency, lo, hi, from_date, to_date, kind FROM lease ORDER BY from_date, lo"
    return [
        Lease(
            agency=agency,
            lo=lo,
            hi=hi,
            from_date=date.fromisoformat(from_date),
            to_date=date.fromisoformat(to_date),
            kind=LeaseKind(kind),
        )
        for agency, lo, hi, from_date, to_date, kind in connection.exec_driver_sql(query)
    ]


def end_leases(raw: Any, last: date) -> None:
    """Give out no numbers for days after `last`; those of days until then stay this desk's."""
    raw.execute("DELETE FROM lease WHERE from_date > ?", (last.isoformat(),))
    raw.execute("UPDATE lease SET to_date = min(to_date, ?)", (last.isoformat(),))


def renew_leases(raw: Any, leases: Iterable[Lease]) -> None:
    """Note numbers that are this desk's to give, some of them perhaps known for fewer days.

    Numbers that no code can bear are left out: a desk that came to one could register nobody.
    """
    for one in leases:
        if not 0 < one.lo <= one.hi < 10**MOST_DIGITS:
            continue
        dates = one.from_date.isoformat(), one.to_date.isoformat()
        raw.execute(_RENEW, (one.agency, one.lo, one.hi, *dates, one.kind.value))


def codes_left(connection: sa.Connection, agency: str, day: date) -> CodesLeft:
    """Return how many numbers are left for dossiers received on `day`."""
    ranges = _ranges(driver(connection), agency, day)
    left = {
        kind: sum(hi - lo + 1 for lo, hi in _disjoint(r for r in ranges if r.kind is kind))
        for kind in LeaseKind
    }
    return CodesLeft(
        lease=left[LeaseKind.LEASE],
        reserve=left[LeaseKind.RESERVE],
        reserve_open=any(r.is_open for r in ranges if r.kind is LeaseKind.RESERVE),
    )


def take_code(raw: Any, agency: str, day: date) -> DossierCode:
    """Use up the next number for `day`: of the reserve only when nothing else is left.

    Raises:
        NoCodesLeft: there is none without a supervisor.
        NoReserve: there is none at all.
    """
    free = [r for r in _ranges(raw, agency, day) if r.first <= r.hi]
    usable = [r for r in free if r.is_open]
    if not usable:
        raise (NoCodesLeft if free else NoReserve)(date=f"{day:%d/%m/%Y}")
    best = min(usable, key=lambda r: (r.kind is LeaseKind.RESERVE, r.first))
    _count_past(raw, agency, day, best.kind, best.first)
    return make_dossier_code(agency, day, best.first)


def open_reserve(raw: Any, agency: str, day: date) -> Reserve:
    """Let numbers of the reserve be used for `day`, and return which.

    Raises:
        NoReserve: there is no reserve for that day, or it is used up too.
    """
    reserves = [r for r in _ranges(raw, agency, day) if r.kind is LeaseKind.RESERVE]
    free = [r for r in reserves if r.first <= r.hi]
    if not free:
        raise NoReserve(date=f"{day:%d/%m/%Y}")
    raw.execute(
        "INSERT INTO reserve_opened (agency, printed_date) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (agency, day.isoformat()),
    )
    return Reserve(first=min(r.first for r in free), last=max(r.hi for r in free))


def raise_counter(raw: Any, agency: str, day: date, serial: int) -> None:
    """Give out no number up to `serial` on `day`: paper bears it already."""
    ranges = _ranges(raw, agency, day)
    kind = _kind_of(ranges, serial)
    if kind is LeaseKind.RESERVE:  # which is touched only when the leases are used up
        _close(raw, agency, day, (r for r in ranges if r.kind is LeaseKind.LEASE))
    _count_past(raw, agency, day, kind, serial)


def close_day(raw: Any, agency: str, day: date) -> None:
    """Give out no more of what could be given out on `day`: the leases, and an open reserve.

    A reserve that nobody has opened is left as it is: paper bears none of it.
    """
    _close(raw, agency, day, (r for r in _ranges(raw, agency, day) if r.is_open))


def is_ours(raw: Any, code: DossierCode) -> bool:
    """Say whether a code is among those that this desk may give out, or might have."""
    agency, day, serial = parts(code)
    return any(r.lo <= serial <= r.hi for r in _ranges(raw, agency, day))


def is_counted(raw: Any, code: DossierCode) -> bool:
    """Say whether the counters have passed a code, so that it is not given out again.

    Of a number that is no longer this desk's to give, nobody knows any more which counter it
    came from.
    """
    agency, day, serial = parts(code)
    ranges = _ranges(raw, agency, day)
    ours = any(r.lo <= serial <= r.hi for r in ranges)
    kinds = [_kind_of(ranges, serial)] if ours else list(LeaseKind)
    query = "SELECT next FROM code_counter WHERE agency = ? AND printed_date = ? AND kind = ?"
    found = [raw.execute(query, (agency, day.isoformat(), kind)).fetchone() for kind in kinds]
    return any(row is not None and serial < row[0] for row in found)


class _Range(NamedTuple):
    """Numbers in force on one printed date; `counted` is the lowest that is not used up."""

    kind: LeaseKind
    lo: int
    hi: int
    counted: int
    is_open: bool

    @property
    def first(self) -> int:
        return max(self.lo, self.counted)


_RANGES: Final = (
    "SELECT lease.kind, lo, hi, coalesce(next, 0), "
    "lease.kind = 'lease' OR EXISTS (SELECT 1 FROM reserve_opened "
    "WHERE reserve_opened.agency = lease.agency AND reserve_opened.printed_date = ?1) "
    "FROM lease LEFT JOIN code_counter ON code_counter.agency = lease.agency "
    "AND code_counter.printed_date = ?1 AND code_counter.kind = lease.kind "
    "WHERE lease.agency = ?2 AND ?1 BETWEEN from_date AND to_date ORDER BY lo"
)


def _ranges(raw: Any, agency: str, day: date) -> list[_Range]:
    found = raw.execute(_RANGES, (day.isoformat(), agency))
    return [_Range(LeaseKind(kind), *rest) for kind, *rest in found]


def _kind_of(ranges: Iterable[_Range], serial: int) -> LeaseKind:
    """Return by which of the two counters a number was given out."""
    reserves = (r for r in ranges if r.kind is LeaseKind.RESERVE)
    is_of_reserve = any(r.lo <= serial <= r.hi for r in reserves)
    return LeaseKind.RESERVE if is_of_reserve else LeaseKind.LEASE


def _close(raw: Any, agency: str, day: date, ranges: Iterable[_Range]) -> None:
    for one in ranges:
        _count_past(raw, agency, day, one.kind, one.hi)


def _disjoint(ranges: Iterable[_Range]) -> Iterable[tuple[int, int]]:
    """Return what is left of each range, without what a lower one has already.

    A lease and its renewal may overlap.
    """
    passed = 0
    for one in ranges:
        if one.hi >= (first := max(one.first, passed + 1)):
            yield first, one.hi
        passed = max(passed, one.hi)


def _count_past(raw: Any, agency: str, day: date, kind: LeaseKind, serial: int) -> None:
    place = agency, day.isoformat(), kind.value
    query = "WHERE agency = ? AND printed_date = ? AND kind = ?"
    changed = raw.execute(
        f"UPDATE code_counter SET next = max(next, ?) {query}", (serial + 1, *place)
    )
    if not changed.rowcount:
        raw.execute(
            "INSERT INTO code_counter (agency, printed_date, kind, next) VALUES (?, ?, ?, ?)",
            (*place, serial + 1),
        )


def _for_all_days(agency: str, lo: int, hi: int, kind: LeaseKind) -> Lease:
    return Lease(agency=agency, lo=lo, hi=hi, from_date=date.min, to_date=date.max, kind=kind)
