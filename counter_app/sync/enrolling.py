"""How a desk becomes one of a centre's: they meet, two people compare, and it is done."""

from datetime import date
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.domain.desk_profile import CentreLink, check_desk
from counter_app.domain.enrol_code import EnrolCode, read_enrol_code
from counter_app.domain.lease import Lease
from counter_app.errors import (
    CentreNotTrusted,
    ChainForked,
    DeskRevoked,
    DeskUnknown,
    EnrolCodeRefused,
    EnrolledAlready,
    NotEnrolled,
)
from counter_app.i18n import _
from counter_app.store.codes import leases_of
from counter_app.store.contact import contact_of
from counter_app.store.epochs import new_epoch
from counter_app.sync.address import checked_address
from counter_app.sync.client import PACKED, CentreClient, check_proved, message_of
from counter_app.sync.line import Line
from counter_app.sync.note import keep_note
from counter_app.wire.codec import encode
from counter_app.wire.compression import pack
from counter_app.wire.envelope import fingerprint
from counter_app.wire.messages import CentreCard, EnrolAnswer, EnrolRequest

_COME_BACK_AFTER: Final = frozenset(
    error.__name__ for error in (ChainForked, DeskRevoked, DeskUnknown)
)


class Met(Struct, frozen=True, kw_only=True):
    """A centre that has shown itself, before anything was told to it.

    `fingerprint` is what the centre shows of itself, `desk_fingerprint` what it will show of
    this desk: two people compare them. `epoch` is that of the chain which the desk will send.
    """

    address: str
    authority: str
    code: EnrolCode
    card: CentreCard
    epoch: int
    fingerprint: str
    desk_fingerprint: str


class Enrolled(Struct, frozen=True, kw_only=True):
    """The desk is one of the centre's; `leases` are the numbers that it gives out from now on."""

    link: CentreLink
    leases: tuple[Lease, ...]


def meet(desk: Desk, url: str, code: str, authority: str = "") -> Met:
    """Ask who answers at `url`, and make sure that it is who has made the enrolment code.

    `authority` is a certificate in PEM. Nothing of the code is sent yet.

    A desk that the centre has revoked or lost, or whose chain goes on in a copy too, comes back
    in the same way: with a new code, and under another epoch.

    Raises:
        EnrolledAlready: the desk has a centre, which takes what it sends.
        EnrolCodeMistyped: with the groups that cannot be right.
        UnsafeAddress: nothing may be sent there.
        EnrolCodeRefused: the code is another centre's.
        CentreUnreachable, CentreNotTrusted: there is no centre there.
    """
    _check_free(desk, None)
    read, address = read_enrol_code(code), checked_address(url, authority)
    line = _line(desk, address, authority)
    try:
        answer = line.ask("GET", "/v1/centre")
    finally:
        line.close()
    card = _card(answer.body, address)
    check_proved(answer, card.root_key, card, address)
    if not read.names(card.root_key):
        raise EnrolCodeRefused
    _check_free(desk, card)
    return Met(
        address=address,
        authority=authority,
        code=read,
        card=card,
        epoch=desk.profile.epoch if desk.profile.centre is None else new_epoch(),
        fingerprint=fingerprint(card.root_key),
        desk_fingerprint=fingerprint(desk.key.public),
    )


def enrol(desk: Desk, met: Met) -> Enrolled:
    """Make the desk one of the centre's, which has been compared: `ask` and `keep` in a row.

    Raises:
        EnrolledAlready: it has a centre.
        EnrolCodeRefused: the code is used up, or too old; nothing was changed.
        CentreUnreachable, CentreNotTrusted, CentreRefused: nothing was changed here; the same
            code works again for this desk.
    """
    return keep(desk, met, ask(desk, met))


def ask(desk: Desk, met: Met) -> EnrolAnswer:
    """Ask to become one of the centre's desks. Changes nothing here; raises what `enrol` does."""
    _check_free(desk, met.card)
    answer = _asked(desk, met)
    check_desk(desk.profile.name, answer.tracking_url)
    return answer


def keep(desk: Desk, met: Met, answer: EnrolAnswer) -> Enrolled:
    """Be one of the centre's desks from here on, as it has answered.

    All codes and receipts stay valid, and all that was done is sent. The numbers that the desk
    gave itself are its own up to today, and the centre's from tomorrow.
    """
    link = CentreLink(
        url=met.address,
        centre_id=met.card.centre_id,
        root_key=met.card.root_key,
        generation=answer.generation,
        enrolled_at=desk.now(),
        authority=met.authority,
    )
    with desk.store.begin() as uow:
        uow.enrol(
            link,
            answer.leases,
            today=desk.business_date,
            tracking_url=answer.tracking_url,
            epoch=met.epoch,
        )
        uow.record_contact(now=desk.clock.now())
    keep_note(desk)
    return Enrolled(link=link, leases=answer.leases)


def move(desk: Desk, url: str, authority: str = "") -> CentreLink:
    """Reach the same centre at another address, once it has proved to be the same.

    Raises:
        NotEnrolled: the desk has no centre.
        UnsafeAddress: nothing may be sent there.
        CentreUnreachable, CentreNotTrusted: another centre answers there, or none.
    """
    link = desk.profile.centre
    if link is None:
        raise NotEnrolled
    moved = replace(link, url=checked_address(url, authority), authority=authority)
    client = CentreClient(replace(desk.profile, centre=moved), desk.key, desk.clock)
    try:
        client.card()
    finally:
        client.close()
    with desk.store.begin() as uow:
        uow.move_centre(moved)
    return moved


def _asked(desk: Desk, met: Met) -> EnrolAnswer:
    profile = desk.profile
    with desk.store.read() as connection:
        leases = leases_of(connection)
    request = EnrolRequest(
        secret=met.code.secret,
        desk_id=profile.id,
        epoch=met.epoch,
        public_key=desk.key.public,
        desk_name=profile.name,
        office=profile.office,
        practice=profile.practice,
        today=desk.business_date,
        leases=tuple(_ended(leases, desk.business_date)),
    )
    line = _line(desk, met.address, met.authority)
    try:
        answer = line.ask("POST", "/v1/enrol", pack(encode(request)), PACKED)
    finally:
        line.close()
    check_proved(answer, met.card.root_key, met.card, met.address)
    said = message_of(answer, EnrolAnswer, met.address)
    if (said.root_key, said.centre_id) != (met.card.root_key, met.card.centre_id):
        raise CentreNotTrusted(address=met.address, reason=_("it is another centre than before"))
    return said


def _ended(leases: list[Lease], last: date) -> list[Lease]:
    """Return the leases as they are once the desk has given up all days after `last`."""
    begun = [lease for lease in leases if lease.from_date <= last]
    return [replace(lease, to_date=min(lease.to_date, last)) for lease in begun]


def _check_free(desk: Desk, card: CentreCard | None) -> None:
    """Let a desk pass that has no centre, or whose own no longer takes what it sends."""
    link = desk.profile.centre
    if link is None:
        return
    with desk.store.read() as connection:
        may_come_back = contact_of(connection).trouble in _COME_BACK_AFTER
    is_same = card is None or card.root_key == link.root_key
    if not (may_come_back and is_same):
        raise EnrolledAlready(address=link.url)


def _card(body: bytes, address: str) -> CentreCard:
    try:
        return msgspec.json.decode(body, type=CentreCard)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise CentreNotTrusted(address=address, reason=_("no centre answers there")) from error


def _line(desk: Desk, address: str, authority: str) -> Line:
    return Line(address, authority, profile=desk.profile, key=desk.key, clock=desk.clock)
