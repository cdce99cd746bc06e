"""How the centre stands, agency by agency: what it holds, what wants a person, who is silent.

No person, no dossier and no number of one is among them.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct, field

from counter_app.central import tables
from counter_app.central.identity import load_centre
from counter_app.wire.delivery import Verdict

_UNSETTLED: Final = (Verdict.FLAGGED, Verdict.PROPOSED, Verdict.REFUSED, Verdict.WAITING)


class DeskStatus(Struct, frozen=True, kw_only=True):
    """One desk: how far its present chain is stored, and when it was last heard.

    `clock_offset` is how far its clock was ahead of the centre's then, in seconds.
    """

    id: UUID
    name: str
    practice: bool
    enrolled_at: datetime
    last_contact: datetime | None
    clock_offset: float | None
    high_water: int
    revoked: bool
    forked: bool


class AgencyStatus(Struct, frozen=True, kw_only=True):
    """What has come from the desks of one agency.

    `flagged`, `proposed`, `refused` and `waiting` count operations, `quarantined` rows of
    chains that are kept apart.
    """

    code: str
    dossiers: int = 0
    operations: int = 0
    flagged: int = 0
    proposed: int = 0
    refused: int = 0
    waiting: int = 0
    quarantined: int = 0
    desks: tuple[DeskStatus, ...] = ()


class CentreStatus(Struct, frozen=True, kw_only=True):
    """The centre as it stands at `as_of`."""

    centre_id: UUID
    fingerprint: str
    generation: int
    tracking_url: str
    reference_version: int
    as_of: datetime
    agencies: tuple[AgencyStatus, ...] = field(default=())


def status(connection: sa.Connection, now: datetime) -> CentreStatus:
    """Return how the centre stands.

    Raises:
        DatabaseUnusable: no centre was founded.
    """
    centre = load_centre(connection)
    return CentreStatus(
        centre_id=centre.id,
        fingerprint=centre.fingerprint,
        generation=centre.generation,
        tracking_url=centre.tracking_url,
        reference_version=centre.reference_version,
        as_of=now,
        agencies=_agencies(connection),
    )


def _agencies(connection: sa.Connection) -> tuple[AgencyStatus, ...]:
    desks = _desks(connection)
    dossiers = _dossiers(connection)
    operations, unsettled = _operations(connection), _unsettled(connection)
    quarantined = _quarantined(connection)
    agency = tables.agency.c
    query = sa.select(agency.id, agency.code).order_by(agency.code)
    return tuple(
        AgencyStatus(
            code=code,
            dossiers=dossiers.get(home, 0),
            operations=operations.get(home, 0),
            quarantined=quarantined.get(home, 0),
            desks=tuple(desks.get(home, ())),
            **{verdict.value: unsettled.get((home, verdict), 0) for verdict in _UNSETTLED},
        )
        for home, code in connection.execute(query)
    )


def _desks(connection: sa.Connection) -> dict[int, list[DeskStatus]]:
    desk, epoch = tables.desk, tables.epoch
    present = sa.and_(
        epoch.c.home == desk.c.home,
        epoch.c.desk_id == desk.c.desk_id,
        epoch.c.epoch == desk.c.epoch,
    )
    query = (
        sa.select(desk, sa.func.coalesce(epoch.c.high_water, 0).label("high_water"))
        .outerjoin(epoch, present)
        .order_by(desk.c.name, desk.c.desk_id)
    )
    found: dict[int, list[DeskStatus]] = {}
    for row in connection.execute(query):
        found.setdefault(row.home, []).append(_desk(row))
    return found


def _desk(row: sa.Row[Any]) -> DeskStatus:
    return DeskStatus(
        id=row.desk_id,
        name=row.name,
        practice=row.practice,
        enrolled_at=row.enrolled_at,
        last_contact=row.last_contact,
        clock_offset=row.clock_offset,
        high_water=row.high_water,
        revoked=row.revoked_at is not None,
        forked=row.forked_at is not None,
    )


def _dossiers(connection: sa.Connection) -> dict[int, int]:
    """Count the dossiers that were received, by agency; others are only heard of so far."""
    home, receipt = tables.dossier.c.home, tables.dossier.c.receipt
    received = sa.func.length(receipt) > 0
    query = sa.select(home, sa.func.count()).where(received).group_by(home)
    return {home: count for home, count in connection.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _operations(connection: sa.Connection) -> dict[int, int]:
    home = tables.operation.c.home
    query = sa.select(home, sa.func.count()).group_by(home)
    return {home: count for home, count in connection.execute(query)}  # noqa: C416 - as above


def _unsettled(connection: sa.Connection) -> dict[tuple[int, str], int]:
    home, verdict = tables.operation.c.home, tables.operation.c.verdict
    query = (
        sa.select(home, verdict, sa.func.count())
        .where(verdict != Verdict.APPLIED.value)
        .group_by(home, verdict)
    )
    return {(home, verdict): count for home, verdict, count in connection.execute(query)}


def _quarantined(connection: sa.Connection) -> dict[int, int]:
    home = tables.quarantine.c.home
    query = sa.select(home, sa.func.sum(tables.quarantine.c.rows)).group_by(home)
    return {home: int(count) for home, count in connection.execute(query)}
