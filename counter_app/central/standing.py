"""Where the centre stands with a desk: what it has of it, and what there is to be told."""

from datetime import datetime

import sqlalchemy as sa

from counter_app.central import tables
from counter_app.central.desks import EnrolledDesk, epoch_bytes
from counter_app.central.identity import Centre
from counter_app.wire.hashing import START
from counter_app.wire.messages import Standing


def standing_of(
    connection: sa.Connection,
    centre: Centre,
    desk: EnrolledDesk,
    now: datetime,
    *,
    epoch: int | None = None,
) -> Standing:
    """Return where the centre stands with `desk`, as to the chain of its present epoch.

    `epoch` is the one in which the desk asks, if that is another: a desk that was restored
    counts its rows anew, before the centre has heard of it.
    """
    asked = epoch_bytes(desk.epoch if epoch is None else epoch)
    of_epoch, agency = tables.epoch.c, tables.agency.c
    chain = connection.execute(
        sa.select(of_epoch.high_water, of_epoch.head).where(
            of_epoch.home == desk.home, of_epoch.desk_id == desk.id, of_epoch.epoch == asked
        )
    ).one_or_none()
    feed = connection.execute(
        sa.select(agency.feed_seq, agency.feed_hash).where(agency.id == desk.home)
    ).one()
    return Standing(
        centre_id=centre.id,
        generation=centre.generation,
        now=now,
        high_water=chain.high_water if chain else 0,
        head=chain.head if chain else START,
        feed_seq=feed.feed_seq,
        feed_hash=feed.feed_hash,
        reference_version=reference_version_of(connection, desk),
    )


def reference_version_of(connection: sa.Connection, desk: EnrolledDesk) -> int:
    """Return the number that rises with every change of what this desk has from the centre.

    Both parts of it only rise: what all desks have, and the desk's own numbers.
    """
    of_all = connection.execute(sa.select(tables.centre.c.reference_version)).scalar_one()
    own = sa.select(tables.desk.c.lease_version).where(tables.desk.c.desk_id == desk.id)
    return int(of_all + connection.execute(own).scalar_one())
