"""What every desk has from the centre: who else there is, the law in force, and its numbers."""

from datetime import datetime
from typing import Final

import msgspec
import sqlalchemy as sa

from counter_app.central import tables
from counter_app.central.desks import EnrolledDesk
from counter_app.central.identity import Centre
from counter_app.central.leases import leases_of
from counter_app.central.standing import standing_of
from counter_app.domain.agency import Agency
from counter_app.domain.tracking import VIETNAM
from counter_app.wire.messages import KnownDesk, LawFile, Reference

MOST_DESKS: Final = 5000
"""A centre with more desks tells each desk only of those of its own agency."""


def reference(
    connection: sa.Connection, centre: Centre, desk: EnrolledDesk, now: datetime
) -> Reference:
    """Return what `desk` is to have."""
    standing = standing_of(connection, centre, desk, now)
    home = desk.home if _desks(connection) > MOST_DESKS else None
    return Reference(
        version=standing.reference_version,
        standing=standing,
        leases=leases_of(connection, desk.id, now.astimezone(VIETNAM).date()),
        desks=_known_desks(connection, home, practice=desk.practice),
        agencies=_agencies(connection, home),
        law=_law(connection),
    )


def _desks(connection: sa.Connection) -> int:
    return connection.scalars(sa.select(sa.func.count()).select_from(tables.desk)).one()


def _known_desks(
    connection: sa.Connection, home: int | None, *, practice: bool
) -> tuple[KnownDesk, ...]:
    desk, agency = tables.desk.c, tables.agency.c
    query = (
        sa.select(desk.public_key, desk.name, agency.code, desk.revoked_at, desk.mark)
        .join_from(tables.desk, tables.agency, desk.home == agency.id)
        # A receipt given for practice is not shown as genuine at a desk that is at work.
        .where(desk.practice == practice)
        .order_by(desk.home, desk.desk_id)
        .limit(MOST_DESKS)
    )
    if home is not None:
        query = query.where(desk.home == home)
    return tuple(
        KnownDesk(
            public_key=row.public_key,
            desk_name=row.name,
            agency=row.code,
            revoked=row.revoked_at is not None,
            mark=row.mark or 0,
        )
        for row in connection.execute(query)
    )


def _agencies(connection: sa.Connection, home: int | None) -> tuple[Agency, ...]:
    query = sa.select(tables.agency.c.profile).order_by(tables.agency.c.id).limit(MOST_DESKS)
    if home is not None:
        query = query.where(tables.agency.c.id == home)
    return tuple(msgspec.json.decode(raw, type=Agency) for raw in connection.scalars(query))


def _law(connection: sa.Connection) -> tuple[LawFile, ...]:
    query = sa.select(tables.law_file).order_by(tables.law_file.c.path)
    return tuple(
        LawFile(path=row.path, sha256=row.sha256, content=row.content)
        for row in connection.execute(query)
    )
