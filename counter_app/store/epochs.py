"""Beginning another chain with the same operations: nothing old changes, and all is sent again.

Only so can what goes on here be told from what goes on in a copy of the same journal.
"""

import secrets
from typing import Final

import sqlalchemy as sa
from msgspec.structs import replace

from counter_app.domain.desk_profile import DeskProfile
from counter_app.store.contact import contact_of, keep_contact
from counter_app.store.desk_profile import keep_profile
from counter_app.store.engine import driver
from counter_app.store.tables import chain, insert_into
from counter_app.wire.hashing import START, chain_hash

_EPOCH_BITS: Final = 64
_INSERT_CHAIN: Final = insert_into(chain)


def new_epoch() -> int:
    """Return a number that no other epoch has."""
    return secrets.randbits(_EPOCH_BITS)


def begin_epoch(connection: sa.Connection, old: DeskProfile, new: DeskProfile) -> None:
    """Chain all operations of the desk `old` once more for `new`, and have them sent again.

    The centre, if there is one, has heard nothing yet of the new chain, and is asked for all
    that it tells desks: the files of its law are in no backup.
    """
    raw = driver(connection)
    place = old.id.bytes, old.epoch.to_bytes(8)
    query = (
        "SELECT position, op_hash FROM chain JOIN operation USING (position) "
        "WHERE chain.desk_id = ? AND epoch = ? ORDER BY seq"
    )
    before = START
    for seq, (position, digest) in enumerate(raw.execute(query, place).fetchall(), 1):
        linked = chain_hash(new.id, new.epoch, seq, before, digest)
        row = (new.id.bytes, new.epoch.to_bytes(8), seq, position, before, linked)
        raw.execute(_INSERT_CHAIN, row)
        before = linked
    raw.execute(
        "UPDATE delivery SET state = 'pending' WHERE position IN "
        "(SELECT position FROM chain WHERE desk_id = ? AND epoch = ?)",
        place,
    )
    keep_profile(connection, new)
    told = replace(contact_of(connection), high_water=0, head=START, reference_held=0)
    keep_contact(connection, told)
