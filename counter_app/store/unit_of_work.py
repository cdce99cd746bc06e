"""One transaction at the desk: the only way in which anything comes to be in the store."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from msgspec.structs import replace

from counter_app.domain.desk_profile import CentreLink, DeskProfile
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.draft import Draft
from counter_app.domain.form_file import FormRef
from counter_app.domain.lease import Lease
from counter_app.domain.operation import Header, Operation
from counter_app.store import answers, codes, known, search, tables
from counter_app.store.answers import Heard, News
from counter_app.store.contact import Contact, contact_of, heard, keep_contact, troubled
from counter_app.store.desk_profile import keep_profile
from counter_app.store.engine import driver
from counter_app.store.epochs import begin_epoch
from counter_app.store.instants import to_micros
from counter_app.store.journal import Entry, entries_of
from counter_app.store.projection import (
    Standing,
    advance,
    confirm_row,
    row_of,
    standing_of,
    words_of,
    write_row,
    write_standing,
    write_words,
)
from counter_app.store.serials import Series, pass_serials, take_serial
from counter_app.store.tables import insert_into
from counter_app.wire.codec import encode
from counter_app.wire.delivery import DeliveryState
from counter_app.wire.hashing import NONCE_SIZE, START, chain_hash, op_hash
from counter_app.wire.messages import KnownDesk, PushAnswer, PushOutcome, Reference
from counter_app.wire.signing import SigningKey

# Ready statements on the driver's own connection: a compiler would take longer than SQLite.
_INSERT_OPERATION: Final = insert_into(tables.operation)
_INSERT_BODY: Final = insert_into(tables.operation_body)
_INSERT_CHAIN: Final = insert_into(tables.chain)
_INSERT_DELIVERY: Final = insert_into(tables.delivery)
_CHAIN_END: Final = (
    "SELECT seq, hash FROM chain WHERE desk_id = ? AND epoch = ? ORDER BY seq DESC LIMIT 1"
)


class UnitOfWork:
    """One transaction: all that is done within it becomes durable together, or not at all."""

    def __init__(self, connection: sa.Connection, profile: DeskProfile) -> None:
        self.connection: Final = connection
        self._profile = profile
        self._raw = driver(connection)
        self._standings: dict[UUID, Standing] = {}
        self._end: tuple[int, bytes] | None = None

    @property
    def profile(self) -> DeskProfile:
        """What the desk knows of itself, as of this transaction."""
        return self._profile

    # Dossiers

    def dossier(self, dossier_id: UUID) -> Dossier:
        """Return a dossier as it stands now; blank but for its id if this desk has not seen it."""
        return self._standing(dossier_id).dossier

    def find_by_code(self, code: DossierCode) -> Sequence[UUID]:
        """Return the dossiers with this code, the newest first; more than one only by a clash."""
        return search.by_code(self.connection, code)

    def append(self, operation: Operation) -> None:
        """Write one operation: journal, chain, outbox, and the projections that it changes."""
        head, nonce = operation.header, secrets.token_bytes(NONCE_SIZE)
        header, body = encode(head), encode(operation.body)
        digest = op_hash(header, nonce, body)
        before = None if head.dossier_id is None else self._standing(head.dossier_id)
        row = (None, *columns_of(head), header, digest)
        position = self._raw.execute(_INSERT_OPERATION, row).lastrowid
        self._raw.execute(_INSERT_BODY, (position, nonce, body))
        self._raw.execute(_INSERT_DELIVERY, (position, DeliveryState.PENDING.value, None, None, ""))
        self._link(position, digest)
        if before is not None:
            self._project(before, Entry(position=position, operation=operation))

    # Dossier numbers

    def take_code(self, agency: str, day: date) -> DossierCode:
        """Use up the next number of this desk for `day`, and return the code made of it.

        Raises:
            NoCodesLeft: there is none without a supervisor.
            NoReserve: there is none at all.
        """
        return codes.take_code(self._raw, agency, day)

    def codes_left(self, day: date) -> codes.CodesLeft:
        """Return how many numbers this desk has left for `day`."""
        return codes.codes_left(self.connection, self._profile.office.code, day)

    def open_reserve(self, day: date) -> codes.Reserve:
        """Let numbers of the reserve be used for `day`, and return which.

        Raises:
            NoReserve: there is no reserve for that day, or it is used up too.
        """
        return codes.open_reserve(self._raw, self._profile.office.code, day)

    def raise_counter(self, agency: str, day: date, serial: int) -> None:
        """Give out no number up to `serial` on `day`: paper bears it already."""
        codes.raise_counter(self._raw, agency, day, serial)

    def close_day(self, day: date) -> None:
        """Give out no more on `day` of what could be: nobody knows which of it paper bears.

        A reserve that nobody has opened is left as it is.
        """
        codes.close_day(self._raw, self._profile.office.code, day)

    def may_give_out(self, code: DossierCode) -> bool:
        """Say whether a code is one of this desk, given out already or not."""
        return codes.is_ours(self._raw, code)

    def take_serial(self, series: Series, year: int) -> int:
        """Use up the next number of a series that this desk counts for itself; from 1 each year."""
        return take_serial(self._raw, series, year)

    def pass_serials(self, series: Series, year: int, count: int) -> int:
        """Give out none of the next `count` numbers of a series: paper may bear them already."""
        return pass_serials(self._raw, series, year, count)

    # The centre

    def enrol(
        self,
        link: CentreLink,
        leases: Sequence[Lease],
        *,
        today: date,
        tracking_url: str,
        epoch: int | None = None,
    ) -> None:
        """Make the desk one of the centre's: its numbers come from there after `today`.

        All that it has done before is still to be sent; no number comes again. With another
        `epoch` a desk comes back whose present one the centre no longer takes.
        """
        before = self._profile
        self._profile = replace(
            before,
            centre=link,
            standalone=False,
            tracking_url=tracking_url or before.tracking_url,
            epoch=before.epoch if epoch is None else epoch,
        )
        if self._profile.epoch != before.epoch:
            begin_epoch(self.connection, before, self._profile)
            self._end = None
        keep_profile(self.connection, self._profile)
        codes.end_leases(self._raw, today)
        codes.renew_leases(self._raw, leases)
        keep_contact(self.connection, Contact())

    def move_centre(self, link: CentreLink) -> None:
        """Reach the same centre at another address."""
        self._profile = replace(self._profile, centre=link)
        keep_profile(self.connection, self._profile)

    def contact(self) -> Contact:
        """Return how the desk and the centre last stood with each other."""
        return contact_of(self.connection)

    def record_answer(self, answer: PushAnswer, *, now: datetime) -> Heard:
        """Note what the centre has stored, and what it says of it; return what has changed.

        A centre that has been restored from a backup knows less than before: what it has
        forgotten is sent again. What it proposes, refuses or lets wait has no effect here
        from now on.

        Raises:
            ChainForked: what it has stored as this desk's is not what this desk has written.
        """
        standing, before = answer.standing, self.contact()
        # An answer that judges nothing acknowledges nothing: the one with the verdicts was lost.
        judging = answer.outcome is PushOutcome.STORED
        acknowledged = answers.acknowledge(
            self._raw, self._profile, standing, only_look=not judging
        )
        forgotten: list[UUID | None] = []
        if standing.high_water < before.high_water:
            forgotten = answers.send_again(self._raw, self._profile, standing.high_water)
        changed: dict[UUID, list[News]] = {}
        for news in answers.judge(self._raw, answer.judgements):
            changed.setdefault(news.dossier_id, []).append(news)
        changed |= {dossier_id: [] for dossier_id in forgotten if dossier_id}
        for dossier_id, each in changed.items():
            self._take_note(dossier_id, each)
        keep_contact(self.connection, heard(before, standing, now))
        return Heard(
            acknowledged=acknowledged,
            sent_again=len(forgotten),
            dossiers=frozenset(changed),
        )

    def record_reference(self, reference: Reference, *, now: datetime, whole: bool = True) -> None:
        """Note the leases, the desks and the agencies that the centre has told of.

        A lease only ever grows here: what it has held, paper may bear. Unless `whole`, some of
        the reference could not be used, and it is not what the desk goes by.
        """
        codes.renew_leases(self._raw, reference.leases)
        self._take_mark(reference.desks)
        known.keep_known(self._raw, reference.desks, reference.agencies)
        # What it says of the chain is for the answer to a push, which looks at the hash.
        before = self.contact()
        after = replace(
            heard(before, reference.standing, now),
            high_water=before.high_water,
            head=before.head,
            reference_held=reference.version if whole else before.reference_held,
        )
        keep_contact(self.connection, after)

    def _take_mark(self, desks: Sequence[KnownDesk]) -> None:
        """Keep the mark that the centre has given to this very desk."""
        public = SigningKey.from_seed(self._profile.signing_seed).public
        mark = next((desk.mark for desk in desks if desk.public_key == public), 0)
        if mark and mark != self._profile.mark:
            self._profile = replace(self._profile, mark=mark)
            keep_profile(self.connection, self._profile)

    def record_contact(self, *, now: datetime) -> None:
        """Note that the centre has answered, and had nothing new to say."""
        after = replace(self.contact(), at=now, trouble="", trouble_at=None)
        keep_contact(self.connection, after)

    def record_trouble(self, trouble: str, *, now: datetime) -> None:
        """Note that an error of the class `trouble` stands between desk and centre."""
        keep_contact(self.connection, troubled(self.contact(), trouble, now))

    # Wordings of the law, and drafts

    def keep_form(self, form_id: str, version: int, content: bytes) -> FormRef:
        """Keep the wording under which something was done, for ever and once."""
        ref = FormRef(id=form_id, version=version, sha256=sha256(content).hexdigest())
        self._raw.execute(
            "INSERT INTO form_version (id, version, sha256, bytes) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (ref.id, ref.version, ref.sha256, content),
        )
        return ref

    def save_draft(self, draft: Draft) -> None:
        """Keep what has been typed so far, in place of what was kept for the same token."""
        self._raw.execute(
            "INSERT INTO draft (token, officer, saved_at, draft) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (token) DO UPDATE SET officer = excluded.officer, "
            "saved_at = excluded.saved_at, draft = excluded.draft",
            (draft.token, draft.officer, to_micros(draft.saved_at), encode(draft)),
        )

    def drop_draft(self, token: bytes) -> None:
        """Forget a draft that was registered or given up; one that is not there is no matter."""
        self._raw.execute("DELETE FROM draft WHERE token = ?", (token,))

    def _standing(self, dossier_id: UUID) -> Standing:
        if dossier_id not in self._standings:
            entries = entries_of(self._raw, dossier_id)
            self._standings[dossier_id] = standing_of(dossier_id, entries)
        return self._standings[dossier_id]

    def _take_note(self, dossier_id: UUID, news: Sequence[News]) -> None:
        """Make a dossier's projection what it is after `news`; without any, after whatever came."""
        version = answers.only_confirmed(self._raw, dossier_id, news) if news else None
        if version is None:
            self._fold_again(dossier_id)
            return
        self._standings.pop(dossier_id, None)
        confirm_row(self._raw, dossier_id, version)

    def _fold_again(self, dossier_id: UUID) -> None:
        self._standings.pop(dossier_id, None)
        write_standing(self._raw, self._standing(dossier_id))

    def _link(self, position: int, digest: bytes) -> None:
        desk_id, epoch = self._profile.id, self._profile.epoch
        place = desk_id.bytes, epoch.to_bytes(8)
        if self._end is None:
            self._end = self._raw.execute(_CHAIN_END, place).fetchone() or (0, START)
        seq, prev_hash = self._end[0] + 1, self._end[1]
        linked = chain_hash(desk_id, epoch, seq, prev_hash, digest)
        self._raw.execute(_INSERT_CHAIN, (*place, seq, position, prev_hash, linked))
        self._end = seq, linked

    def _project(self, before: Standing, entry: Entry) -> None:
        # A new operation comes last in the fold: the centre has not confirmed it yet.
        after = self._standings[before.dossier.id] = advance(before, entry)
        if entry.counts and after.known:
            write_row(self._raw, row_of(after))
        said, says = before.dossier, after.dossier
        if (says.received, says.amendments) != (said.received, said.amendments):
            write_words(self._raw, after.first, words_of(after))


def columns_of(head: Header) -> tuple[Any, ...]:
    """Return what the columns of `operation` repeat of a header, in their order."""
    return (
        head.op_id.bytes,
        head.kind,
        head.version,
        head.dossier_id and head.dossier_id.bytes,
        head.base_version,
        head.actor,
        head.role.value,
        head.desk_id.bytes,
        head.shift_id and head.shift_id.bytes,
        head.business_date.isoformat(),
        to_micros(head.wall_utc),
        head.utc_offset,
        head.clock_quality.value,
    )
