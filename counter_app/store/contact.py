"""How the desk and its centre last stood with each other, as far as this desk has heard."""

from datetime import datetime, timedelta
from typing import Final

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from counter_app.errors import StoreDamaged
from counter_app.i18n import _
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START
from counter_app.wire.messages import Standing

__all__ = ["Contact", "contact_of", "heard", "keep_contact", "troubled"]


class Contact(Struct, frozen=True, kw_only=True):
    """What the desk remembers of its last words with the centre; instants are by its own clock.

    `at` is when the centre was last heard, `ahead` how far its clock was before this one then.
    `high_water` is the last row of the desk's chain that it has stored, `head` that row's hash.
    `reference_version` is the centre's, `reference_held` the one that the desk goes by.
    `trouble` is the class of the error that has stood in the way since `trouble_at`; "" if
    nothing does.
    """

    at: datetime | None = None
    ahead: timedelta = timedelta()
    generation: int = 0
    high_water: int = 0
    head: bytes = START
    feed_seq: int = 0
    feed_hash: bytes = START
    reference_version: int = 0
    reference_held: int = 0
    oldest_program: str = ""
    trouble: str = ""
    trouble_at: datetime | None = None


_decoder: Final = msgspec.json.Decoder(Contact)


def contact_of(connection: sa.Connection) -> Contact:
    """Return what is remembered; nothing at a desk that has never had a centre.

    Raises:
        StoreDamaged: it cannot be read.
    """
    raw = connection.exec_driver_sql("SELECT contact FROM contact").scalar()
    try:
        return Contact() if raw is None else _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreDamaged(reason=_("what was heard from the centre cannot be read")) from error


def keep_contact(connection: sa.Connection, contact: Contact) -> None:
    """Put `contact` in place of what was remembered."""
    connection.exec_driver_sql("DELETE FROM contact")
    connection.exec_driver_sql("INSERT INTO contact (contact) VALUES (?)", (encode(contact),))


def heard(before: Contact, standing: Standing, now: datetime) -> Contact:
    """Return what is remembered after the centre has said where it stands; no trouble is left."""
    return replace(
        before,
        at=now,
        ahead=standing.now - now,
        generation=standing.generation,
        high_water=standing.high_water,
        head=standing.head,
        feed_seq=standing.feed_seq,
        feed_hash=standing.feed_hash,
        reference_version=standing.reference_version,
        oldest_program=standing.oldest_program,
        trouble="",
        trouble_at=None,
    )


def troubled(before: Contact, trouble: str, now: datetime) -> Contact:
    """Return what is remembered after an error of the class `trouble` stood in the way."""
    since = before.trouble_at if before.trouble == trouble else now
    return replace(before, trouble=trouble, trouble_at=since)
