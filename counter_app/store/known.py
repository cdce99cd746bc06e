"""The other desks and agencies, as the centre has told of them."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from counter_app.domain.agency import Agency
from counter_app.domain.receipt_code import key_id_of
from counter_app.store.tables import insert_into, known_agency, known_desk
from counter_app.wire.codec import encode
from counter_app.wire.messages import KnownDesk

_INSERT_DESK: Final = insert_into(known_desk)
_INSERT_AGENCY: Final = insert_into(known_agency)
_agency_decoder: Final = msgspec.json.Decoder(Agency)


def keep_known(raw: Any, desks: Iterable[KnownDesk], agencies: Iterable[Agency]) -> None:
    """Put `desks` and `agencies` in place of those that were known."""
    raw.execute("DELETE FROM known_desk")
    raw.execute("DELETE FROM known_agency")
    by_key = {key_id_of(desk.public_key): desk for desk in desks}
    for key_id, desk in by_key.items():
        row = (key_id, desk.public_key, desk.desk_name, desk.agency, int(desk.revoked))
        raw.execute(_INSERT_DESK, row)
    for code, agency in {agency.code: agency for agency in agencies}.items():
        raw.execute(_INSERT_AGENCY, (code, encode(agency)))


def known_desk_of(connection: sa.Connection, key_id: bytes) -> KnownDesk | None:
    """Return the desk whose key has this id; None if the centre has told of none."""
    query = "SELECT public_key, name, agency, revoked FROM known_desk WHERE key_id = ?"
    row = connection.exec_driver_sql(query, (key_id,)).first()
    if row is None:
        return None
    public_key, name, agency, revoked = row
    return KnownDesk(public_key=public_key, desk_name=name, agency=agency, revoked=bool(revoked))


def known_agencies(connection: sa.Connection) -> list[Agency]:
    """Return the agencies that the centre serves, by their codes."""
    query = "SELECT agency FROM known_agency ORDER BY code"
    return [_agency_decoder.decode(raw) for raw in connection.exec_driver_sql(query).scalars()]


def misplaced_keys(connection: sa.Connection) -> list[str]:
    """Return the ids under which stands a key that does not bear them."""
    found = connection.exec_driver_sql("SELECT key_id, public_key FROM known_desk")
    return [key_id.hex() for key_id, public in found if key_id_of(public) != key_id]
