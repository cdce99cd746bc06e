"""How a desk becomes one of the centre's, and how it ceases to be.

A code lets one desk in once, within a day. The answer may be lost on the way: the same desk
with the same key may ask again with the code that it has used, and is told the same.
"""

import re
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from secrets import token_bytes
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import tables
from counter_app.central.desks import EnrolledDesk, desk_of, epoch_bytes
from counter_app.central.driver import Raw, driver
from counter_app.central.feeds import note_agency
from counter_app.central.identity import Centre, raise_reference_version
from counter_app.central.leases import (
    grant_leases,
    has_leases,
    keep_alone,
    leases_of,
    lengthen_alone,
    renew_leases,
)
from counter_app.central.standing import standing_of
from counter_app.domain.agency import Agency
from counter_app.domain.desk_profile import check_desk
from counter_app.domain.dossier_code import is_agency_code
from counter_app.domain.enrol_code import ENROL_SECRET_SIZE, print_enrol_code
from counter_app.domain.receipt_code import key_id_of
from counter_app.domain.text import tidy, visible
from counter_app.domain.tracking import VIETNAM
from counter_app.errors import EnrolCodeRefused, UnknownDesk
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START
from counter_app.wire.messages import EnrolAnswer, EnrolRequest

__all__ = ["EnrolledDesk", "desk_of", "enrol", "make_enrol_code", "revoke"]

CODE_HOLDS: Final = timedelta(days=1)

_DAY: Final = timedelta(days=1)
_A_WEEK: Final = timedelta(days=7)
_NUMBER: Final = re.compile(r"(?<![0-9])[1-9][0-9]{0,2}$", re.ASCII)


def make_enrol_code(
    connection: sa.Connection, centre: Centre, *, agency_code: str, desk_name: str, now: datetime
) -> str:
    """Return a new code for a desk of an agency, which is noted if it is the first.

    Raises:
        InvalidField: this is no agency's code, or no name of a desk.
    """
    code, name = tidy(agency_code).upper(), tidy(desk_name)
    agency = Agency(code=code, name=code)
    agency.check()
    check_desk(name, "")
    secret = token_bytes(ENROL_SECRET_SIZE)
    with driver(connection) as raw:
        note_agency(raw, agency)
    connection.execute(
        tables.enrol_code.insert().values(
            secret_hash=sha256(secret).digest(),
            agency_id=_number_of(code),
            desk_name=name,
            expires_at=now + CODE_HOLDS,
        )
    )
    return print_enrol_code(secret, centre.root_key)


def enrol(
    connection: sa.Connection, centre: Centre, request: EnrolRequest, now: datetime
) -> EnrolAnswer:
    """Make a desk one of the centre's, and give it numbers of its own.

    A desk that stood alone keeps what it has given out up to its `today`, and has its new
    numbers from the day after; one that has given out none can begin at once. A desk that was
    revoked, or whose chain forks, comes back with a new code.

    Raises:
        EnrolCodeRefused: the code is used up, too old or another agency's; or the key is
            another desk's.
        InvalidField: desk or office call themselves what no other desk could be told.
        NoNumbersLeft: other desks hold all numbers of the agency.
    """
    code = _locked_code(connection, request.secret)
    known = desk_of(connection, request.desk_id)
    _check(code, known, request, now)
    _check_names(request)
    today = now.astimezone(VIETNAM).date()
    if code.used_by is None:
        desk = _let_in(connection, code, known, request, now)
        with driver(connection) as raw:
            _give_numbers(raw, desk, request, today)
        raise_reference_version(connection)
    else:
        assert known is not None
        desk = known
        with driver(connection) as raw:
            lengthen_alone(raw, desk, request.leases, max(request.today, today))
    return EnrolAnswer(
        centre_id=centre.id,
        generation=centre.generation,
        root_key=centre.root_key,
        tracking_url=centre.tracking_url,
        standing=standing_of(connection, centre, desk, now, epoch=request.epoch),
        leases=leases_of(connection, desk.id, min(today, request.today)),
    )


def revoke(connection: sa.Connection, desk_id: UUID, now: datetime) -> None:
    """Take a desk's word no longer; once more changes nothing.

    Raises:
        UnknownDesk: none was ever enrolled under this identity.
    """
    if desk_of(connection, desk_id) is None:
        raise UnknownDesk(desk=desk_id)
    desk = tables.desk
    revoked = sa.func.coalesce(desk.c.revoked_at, now)
    connection.execute(desk.update().where(desk.c.desk_id == desk_id).values(revoked_at=revoked))
    raise_reference_version(connection)


def _locked_code(connection: sa.Connection, secret: bytes) -> sa.Row[Any]:
    code, agency = tables.enrol_code, tables.agency
    query = (
        sa.select(code, agency.c.code)
        .join(agency, agency.c.id == code.c.agency_id)
        .where(code.c.secret_hash == sha256(secret).digest())
        .with_for_update(of=code)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise EnrolCodeRefused
    return row


def _check(
    code: sa.Row[Any], known: EnrolledDesk | None, request: EnrolRequest, now: datetime
) -> None:
    same = known is not None and known.public_key == request.public_key
    if code.used_by is None:
        fits = now <= code.expires_at and (known is None or same)
    else:
        fits = same and code.used_by == request.desk_id
    moved = known is not None and known.home != code.agency_id
    if not fits or moved or request.office.code != code.code:
        raise EnrolCodeRefused


def _check_names(request: EnrolRequest) -> None:
    """Let a desk pass whose names all other desks can be sent, and any page can show."""
    if name := _name_of(request):
        check_desk(name, "")
    request.office.check()


def _name_of(request: EnrolRequest) -> str:
    # Nothing unseen, and nothing that turns the line on a screen in which the name stands.
    return tidy(visible(request.desk_name))


def _let_in(
    connection: sa.Connection,
    code: sa.Row[Any],
    known: EnrolledDesk | None,
    request: EnrolRequest,
    now: datetime,
) -> EnrolledDesk:
    """Use the code up, and write the desk down under its present epoch."""
    desk = tables.desk
    place = {"home": code.agency_id, "desk_id": request.desk_id}
    name = _name_of(request) or code.desk_name
    told = {
        "name": name,
        "practice": request.practice,
        "epoch": epoch_bytes(request.epoch),
        "enrolled_at": now,
        "revoked_at": None,
        "forked_at": None,
        "last_contact": now,
    }
    if known is None:
        _check_key(connection, request.public_key)
        key = {"public_key": request.public_key, "key_id": key_id_of(request.public_key)}
        mark = _free_mark(connection, code.agency_id, name)
        connection.execute(desk.insert().values(**place, **key, **told, mark=mark))
    else:
        connection.execute(desk.update().where(desk.c.desk_id == request.desk_id).values(told))
    _note_epoch(connection, code.agency_id, request, now)
    _note_use(connection, code, request)
    enrolled = desk_of(connection, request.desk_id)
    assert enrolled is not None
    return enrolled


def _free_mark(connection: sa.Connection, home: int, name: str) -> int:
    """Return the number in a desk's name, as in “Quầy 2”, or the lowest that no other desk has.

    Of two desks that are enrolled at once, the database lets only one have it.
    """
    desk = tables.desk.c
    taken = set(connection.scalars(sa.select(desk.mark).where(desk.home == home)))
    named = _NUMBER.search(name)
    if named and int(named[0]) not in taken:
        return int(named[0])
    return next(mark for mark in count(1) if mark not in taken)


def _check_key(connection: sa.Connection, public_key: bytes) -> None:
    desk = tables.desk.c
    same = sa.or_(desk.public_key == public_key, desk.key_id == key_id_of(public_key))
    if connection.scalar(sa.select(sa.exists().where(same))):
        raise EnrolCodeRefused


def _note_epoch(connection: sa.Connection, home: int, request: EnrolRequest, now: datetime) -> None:
    """Note the epoch before its first row, or a copy's would be the first."""
    values = {
        "home": home,
        "desk_id": request.desk_id,
        "epoch": epoch_bytes(request.epoch),
        "high_water": 0,
        "head": START,
        "first_seen": now,
    }
    connection.execute(insert(tables.epoch).values(values).on_conflict_do_nothing())


def _note_use(connection: sa.Connection, code: sa.Row[Any], request: EnrolRequest) -> None:
    codes, agency = tables.enrol_code, tables.agency
    used = codes.update().where(codes.c.secret_hash == code.secret_hash)
    connection.execute(used.values(used_by=request.desk_id))
    # The office says itself what it is called; the last one to say so is believed.
    profile = agency.update().where(agency.c.id == code.agency_id)
    connection.execute(profile.values(profile=encode(request.office)))


def _give_numbers(raw: Raw, desk: EnrolledDesk, request: EnrolRequest, today: date) -> None:
    # The desk's day, if its clock is not far off: what it has given up must be its own again.
    day = min(max(request.today, today - _A_WEEK), today)
    codes = {lease.agency for lease in request.leases if is_agency_code(lease.agency)}
    for code in sorted(codes):
        note_agency(raw, Agency(code=code, name=code))
    query = "SELECT code, id FROM agency WHERE code = ANY(%s)"
    agencies = dict(raw.execute(query, (sorted(codes),)).fetchall())
    raw.execute("SELECT FROM agency WHERE id = %s FOR NO KEY UPDATE", (desk.home,))
    if has_leases(raw, desk):
        lengthen_alone(raw, desk, request.leases, max(request.today, today))
        renew_leases(raw, desk, today)
        return
    keep_alone(raw, desk, request.leases, agencies, max(request.today, today))
    grant_leases(raw, desk, day + _DAY if request.leases else day)


def _number_of(agency_code: str) -> sa.ScalarSelect[int]:
    agency = tables.agency.c
    return sa.select(agency.id).where(agency.code == agency_code).scalar_subquery()
