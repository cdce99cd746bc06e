"""The desks that the centre knows, as whoever deals with one of them needs it."""

from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct

from counter_app.central import tables

_EPOCH_SIZE: Final = 8


class EnrolledDesk(Struct, frozen=True, kw_only=True):
    """A desk: `home` is the number of the agency it was enrolled to, `agency` that one's code.

    `epoch` is the present one; rows of an older one tell of a copy. Of a desk that is revoked
    or whose chain forks everything is kept apart, and nothing is acted on.
    """

    home: int
    agency: str
    id: UUID
    name: str
    public_key: bytes
    key_id: bytes
    practice: bool
    epoch: int
    enrolled_at: datetime
    revoked_at: datetime | None = None
    forked_at: datetime | None = None
    last_contact: datetime | None = None
    lease_version: int = 0


def desk_of(connection: sa.Connection, desk_id: UUID) -> EnrolledDesk | None:
    """Return a desk, revoked or not; None if none was ever enrolled under this identity."""
    desk, agency = tables.desk, tables.agency
    query = (
        sa.select(desk, agency.c.code)
        .join(agency, agency.c.id == desk.c.home)
        .where(desk.c.desk_id == desk_id)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _desk(row)


def hear_desk(
    connection: sa.Connection,
    desk_id: UUID,
    now: datetime,
    *,
    program: str = "",
    clock_offset: float | None = None,
) -> EnrolledDesk | None:
    """Note that a desk was heard, which takes its row's lock, and return it as `desk_of` does.

    What it does not say of its program and its clock is left as it was.
    """
    desk, agency = tables.desk, tables.agency
    told: dict[str, object] = {"last_contact": now}
    if program:
        told["program"] = program
    if clock_offset is not None:
        told["clock_offset"] = clock_offset
    heard = (
        sa.update(desk)
        .values(told)
        .where(desk.c.desk_id == desk_id, agency.c.id == desk.c.home)
        .returning(desk, agency.c.code)
    )
    row = connection.execute(heard).one_or_none()
    return None if row is None else _desk(row)


def epoch_bytes(epoch: int) -> bytes:
    """Return an epoch as the tables have it; a number that is none gives another's bytes."""
    return (epoch % 256**_EPOCH_SIZE).to_bytes(_EPOCH_SIZE)


def _desk(row: sa.Row[tuple[object, ...]]) -> EnrolledDesk:
    return EnrolledDesk(
        home=row.home,
        agency=row.code,
        id=row.desk_id,
        name=row.name,
        public_key=row.public_key,
        key_id=row.key_id,
        practice=row.practice,
        epoch=int.from_bytes(row.epoch),
        enrolled_at=row.enrolled_at,
        revoked_at=row.revoked_at,
        forked_at=row.forked_at,
        last_contact=row.last_contact,
        lease_version=row.lease_version,
    )
