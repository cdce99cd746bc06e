"""Who the centre is: a root key that is kept on paper only, and the key that signs its answers.

Desks pin the root once and for all. It certifies the answer key, so that a stolen or lost
answer key is replaced without a visit to any desk.
"""

from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from typing import Final
from uuid import UUID, uuid4

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from counter_app.central import tables
from counter_app.domain.typed_secret import (
    GROUPS,
    SECRET_SIZE,
    WrongGroups,
    from_groups,
    in_groups,
)
from counter_app.errors import DatabaseUnusable, RootKeyMistyped, RootKeyRefused
from counter_app.i18n import N_, _
from counter_app.wire.codec import encode
from counter_app.wire.envelope import certify, fingerprint
from counter_app.wire.messages import Certificate
from counter_app.wire.signing import SigningKey

_ROOT_TAG: Final = b"counter-app root 1\0"
_FIRST_GENERATION: Final = 1
_NOT_FOUNDED: Final = N_("no centre was founded in it: run “central migrate”")


class Centre(Struct, frozen=True, kw_only=True):
    """The centre as it answers: `root_key` is what desks pin, `key` signs what it says."""

    id: UUID
    generation: int
    root_key: bytes
    key: SigningKey
    certificate: Certificate
    tracking_url: str
    reference_version: int
    founded_at: datetime

    @property
    def fingerprint(self) -> str:
        """What is compared by eye when a desk is enrolled."""
        return fingerprint(self.root_key)


class Founded(Struct, frozen=True, kw_only=True):
    """A centre, and the root key to be written down; "" if the centre was there already."""

    centre: Centre
    root_secret: str


def found_centre(connection: sa.Connection, *, tracking_url: str, now: datetime) -> Founded:
    """Found the centre in its empty tables; one that is there is left as it is."""
    # Two programs may start at once, and there is one centre in a database.
    connection.execute(sa.text("LOCK TABLE centre IN SHARE ROW EXCLUSIVE MODE"))
    if (known := find_centre(connection)) is not None:
        return Founded(centre=known, root_secret="")
    secret = token_bytes(SECRET_SIZE)
    root, key, centre_id = _root(secret), SigningKey.generate(), uuid4()
    connection.execute(
        tables.centre.insert().values(
            id=centre_id,
            generation=_FIRST_GENERATION,
            root_key=root.public,
            answer_seed=key.seed,
            certificate=encode(_certificate(root, centre_id, key, now)),
            tracking_url=tracking_url,
            reference_version=1,
            founded_at=now,
        )
    )
    return Founded(centre=load_centre(connection), root_secret=in_groups(secret))


def find_centre(connection: sa.Connection) -> Centre | None:
    """Return the centre; None if none was founded."""
    row = connection.execute(sa.select(tables.centre)).one_or_none()
    if row is None:
        return None
    return Centre(
        id=row.id,
        generation=row.generation,
        root_key=row.root_key,
        key=SigningKey.from_seed(row.answer_seed),
        certificate=msgspec.json.decode(row.certificate, type=Certificate),
        tracking_url=row.tracking_url,
        reference_version=row.reference_version,
        founded_at=row.founded_at,
    )


def load_centre(connection: sa.Connection) -> Centre:
    """Return the centre.

    Raises:
        DatabaseUnusable: none was founded.
    """
    if (centre := find_centre(connection)) is None:
        raise DatabaseUnusable(reason=_(_NOT_FOUNDED))
    return centre


def renew_key(connection: sa.Connection, root_secret: str, *, now: datetime) -> Centre:
    """Give the centre a new key to answer with; `root_secret` is what was written down.

    Raises:
        RootKeyMistyped: with the numbers of the groups that cannot be right.
        RootKeyRefused: it is another centre's.
    """
    centre = load_centre(connection)
    root, key = _root(_read_root_secret(root_secret)), SigningKey.generate()
    if root.public != centre.root_key:
        raise RootKeyRefused
    certificate = _certificate(root, centre.id, key, now)
    connection.execute(
        tables.centre.update().values(answer_seed=key.seed, certificate=encode(certificate))
    )
    return replace(centre, key=key, certificate=certificate)


def move_tracking(connection: sa.Connection, tracking_url: str) -> None:
    """Note where citizens look from now on; desks enrolled before keep what they print."""
    connection.execute(tables.centre.update().values(tracking_url=tracking_url))


def raise_reference_version(connection: sa.Connection) -> int:
    """Note that something which all desks have from the centre has changed."""
    version = tables.centre.c.reference_version
    changed = tables.centre.update().values(reference_version=version + 1).returning(version)
    return int(connection.execute(changed).scalar_one())


def _certificate(root: SigningKey, centre_id: UUID, key: SigningKey, now: datetime) -> Certificate:
    blank = Certificate(centre_id=centre_id, public_key=key.public, issued_at=now, signature=b"")
    return certify(root, blank)


def _root(secret: bytes) -> SigningKey:
    return SigningKey.from_seed(sha256(_ROOT_TAG + secret).digest())


def _read_root_secret(text: str) -> bytes:
    try:
        return from_groups(text)
    except WrongGroups as error:
        groups = ", ".join(map(str, sorted(error.groups)))
        raise RootKeyMistyped(groups=groups, total=GROUPS) from error
