"""The queue of an office: its desks' numbers, counted once, and what they did with them in order.

Whatever is done with a number is stored under the lock of the office's row (see `ingest`): of
two rows the one with the lower position was there first, and no reader sees the second alone.
"""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Raw as Json
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import tables
from counter_app.central.arriving import read_stored
from counter_app.central.desks import EnrolledDesk
from counter_app.central.refusals import Refused
from counter_app.domain.tracking import VIETNAM
from counter_app.wire.messages import QueueAnswer, QueueCountRequest, QueueRow

MOST_ROWS: Final = 500
"""So many rows has one answer; who needs more asks again."""

_HIGHEST: Final = 100_000
_CLOCKS_DIFFER: Final = timedelta(days=2)


def rows_after(
    connection: sa.Connection, desk: EnrolledDesk, day: date, after: UUID | None
) -> QueueAnswer:
    """Return what the office of a desk did with its numbers on `day`, after the row `after`.

    Desks that are there for practice have a queue of their own.
    """
    operation, body, others = tables.operation.c, tables.operation_body.c, tables.desk.c
    of_day = sa.and_(
        operation.home == desk.home, operation.business_date == day, sa.text(tables.TICKETS)
    )
    known = None
    if after is not None:
        known = connection.scalar(
            sa.select(operation.position).where(of_day, operation.op_id == after)
        )
    query = (
        sa.select(
            operation.op_id,
            operation.desk_id,
            operation.kind,
            operation.version,
            operation.header,
            body.body,
        )
        .join_from(
            tables.operation,
            tables.operation_body,
            sa.and_(body.home == operation.home, body.op_id == operation.op_id),
        )
        .join(
            tables.desk,
            sa.and_(others.home == operation.home, others.desk_id == operation.desk_id),
        )
        .where(of_day, others.practice == desk.practice, operation.position > (known or 0))
        .order_by(operation.position)
        .limit(MOST_ROWS + 1)
    )
    found = connection.execute(query).all()
    return QueueAnswer(
        rows=tuple(_row(*row) for row in found[:MOST_ROWS]),
        whole=known is None,
        more=len(found) > MOST_ROWS,
    )


def next_count(
    connection: sa.Connection, desk: EnrolledDesk, request: QueueCountRequest, now: datetime
) -> int:
    """Use up the office's next number of a group on a day, and return it.

    Raises:
        Refused: it is no letter of a group, or a day that cannot be today at any desk.
    """
    today = now.astimezone(VIETNAM).date()
    if abs(request.day - today) > _CLOCKS_DIFFER:
        raise Refused(400, "bad_request", "Numbers are given for today.")
    if len(request.letter) != 1 or not "A" <= request.letter <= "Z":
        raise Refused(400, "bad_request", "A group of the queue has one letter.")
    if not 0 <= request.above < _HIGHEST:
        raise Refused(400, "bad_request", "No office has given out so many numbers.")
    count = tables.queue_count
    first = insert(count).values(
        home=desk.home,
        practice=desk.practice,
        day=request.day,
        letter=request.letter,
        last=request.above + 1,
    )
    taken = first.on_conflict_do_update(
        index_elements=list(count.primary_key),
        set_={"last": sa.func.greatest(count.c.last, request.above) + 1},
    ).returning(count.c.last)
    return int(connection.execute(taken).scalar_one())


def _row(  # noqa: PLR0917 - the columns of a row, in their order
    op_id: UUID, desk_id: UUID, kind: str, version: int, header: bytes, body: bytes
) -> QueueRow:
    return QueueRow(
        op_id=op_id,
        desk_id=desk_id,
        at=read_stored(header, body).header.wall_utc,
        kind=kind,
        version=version,
        body=Json(body),
    )
