"""Desks and their centre, whatever comes between them: in the end all agree, and nothing is twice.

The stores and the centre are real. Between them answers are lost and pushes doubled; desks go on
from a backup, and the centre itself is put back to an earlier state.
"""

import random
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from counter_app.central.arriving import read_stored
from counter_app.central.enrolment import desk_of, enrol, make_enrol_code
from counter_app.central.identity import found_centre
from counter_app.central.ingest import take_in
from counter_app.central.reference import reference
from counter_app.domain import operation as op
from counter_app.domain.desk_profile import CentreLink
from counter_app.domain.dossier import fold
from counter_app.domain.dossier_code import parts
from counter_app.domain.officer import Officer, Role
from counter_app.domain.receipt_code import dossier_id_of, receipt_code_for
from counter_app.domain.tracking import VIETNAM
from counter_app.domain.workflow import TRANSITIONS
from counter_app.errors import NoCodesLeft, NoReserve
from counter_app.keys.keyfile import Cost
from counter_app.keys.officers import create_keys
from counter_app.store import create_store
from counter_app.store.backup import backup
from counter_app.store.codes import leases_of
from counter_app.store.epochs import new_epoch
from counter_app.store.outbox import next_batch, unsent
from counter_app.store.restore import restore
from counter_app.store.verify import verify
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START, FeedEntry, chain_hash, feed_hash, op_hash
from counter_app.wire.messages import PushOutcome
from counter_app.wire.signing import SigningKey, sign_receipt
from tests.central.line import NOW, TRACKING, an_enrol_request
from tests.factories import AGENCY, EXAMPLES, KEY, NOON, a_profile, a_received, an_operation

OFFICER = Officer(id="thu", name="Lê Thị Thử", roles=frozenset({Role.SUPERVISOR}))
OF_DESK = {"store_restored", "reserve_opened", "clock_confirmed"}
ON_A_DISK = {"scan_added"}  # the journal would speak of a page that nobody has kept
KINDS = sorted(EXAMPLES.keys() - OF_DESK - ON_A_DISK - {"received"})
DAY = timedelta(days=1)
STEPS = 60
MOST_ROWS = 4  # to a push here, or there would be too few pushes to lose

STORED = """
SELECT op_id, dossier_id, header, body, verdict, reason, dossier_version AS version
FROM operation JOIN operation_body USING (home, op_id) ORDER BY dossier_id, dossier_version
"""
FED = """
SELECT feed.seq, op_id, op_hash, feed.dossier_version AS version, feed.verdict, hash
FROM feed JOIN operation USING (home, op_id) WHERE agency_id = :agency ORDER BY feed.seq
"""
MINE = (
    "SELECT op_id, dossier_id, verdict, reason, dossier_version "
    "FROM operation JOIN delivery USING (position)"
)
END = "SELECT seq, hash FROM chain WHERE epoch = ? ORDER BY seq DESC LIMIT 1"


class Centre:
    """The real one, in a transaction that is never committed: so it can be put back."""

    def __init__(self, connection):
        self.connection = connection
        self.centre = found_centre(connection, tracking_url=TRACKING, now=NOW).centre
        self.now = NOW
        self.was_put_back = False

    @property
    def today(self):
        return self.now.astimezone(VIETNAM).date()

    def save(self):
        self.connection.execute(sa.text("SAVEPOINT backup"))

    def put_back(self):
        self.connection.execute(sa.text("ROLLBACK TO SAVEPOINT backup"))
        self.was_put_back = True

    def all(self, query, **given):
        return self.connection.execute(sa.text(query), given).all()


class Desk:
    """A real store, and an officer who does whatever may happen."""

    agency = AGENCY

    def __init__(self, folder, number, centre, chance):
        self.centre, self.chance, self.folder = centre, chance, folder
        self.key = SigningKey.generate()
        self.restored, self.saved, self.paper = 0, None, {}
        profile = a_profile(id=UUID(int=number), epoch=new_epoch())
        codes = (1, 9999) if number % 2 else (5000, 6000)
        self.store = create_store(folder / "0", KEY, profile, codes=codes)
        cheap = Cost(memory=64, passes=1)
        create_keys(
            folder / "0", language="vi", officer=OFFICER, password="bảy con sếu", cost=cheap
        )

    @property
    def id(self):
        return self.store.profile.id

    @property
    def is_alone(self):
        return self.store.profile.centre is None

    @property
    def waits(self):
        with self.store.read() as connection:
            return unsent(connection).operations

    def receive(self):
        """Receive an application, perhaps for a day gone by; return the dossier's identity."""
        token = self.chance.randbytes(16)
        day = self.centre.today - self.chance.choice((0, 0, 0, 3)) * DAY
        with self.store.begin() as uow:
            try:
                code = uow.take_code(AGENCY, day)
            except (NoCodesLeft, NoReserve):
                return []
            unsigned = receipt_code_for(code, key_id=self.key.key_id, due_on=None, token=token)
            receipt = f"{TRACKING}/T/{sign_receipt(self.key, unsigned).digits}"
            body = a_received(code=code, receipt=receipt)
            uow.append(self.operation(uow, body, dossier_id_of(token), Role.RECEPTION))
        self.paper[day] = max(self.paper.get(day, 0), parts(code).serial)
        return [dossier_id_of(token)]

    def act(self, dossier_id):
        """Do something to a dossier; what is not possible as it stands here but seldom."""
        kind = self.chance.choice(KINDS)
        body, roles = EXAMPLES[kind], TRANSITIONS[kind].by
        if kind == "amended":
            old, new = self.chance.choices("ab", k=2)
            body = op.Amended(field="applicant.phone", old=old, new=new, reason="x")
        with self.store.begin() as uow:
            possible = uow.dossier(dossier_id).status in TRANSITIONS[kind].before
            if possible or self.chance.random() < 0.1:
                role = self.chance.choice(sorted(roles if self.chance.random() < 0.95 else Role))
                uow.append(self.operation(uow, body, dossier_id, role))

    def operation(self, uow, body, dossier_id, role):
        return an_operation(
            body,
            on=dossier_id,
            base_version=uow.dossier(dossier_id).version,
            desk_id=self.id,
            role=role,
            business_date=self.centre.today,
        )

    def join(self, *, lost=False):
        """Become one of the centre's, or come back under another epoch to one that lost us."""
        with self.store.read() as connection:
            held = [one for one in leases_of(connection) if one.from_date <= self.centre.today]
        self.epoch = self.store.profile.epoch if self.is_alone else new_epoch()
        place, now = self.centre.connection, self.centre.now
        code = make_enrol_code(
            place, self.centre.centre, agency_code=AGENCY, desk_name="Quầy", now=now
        )
        ended = tuple(replace(one, to_date=min(one.to_date, self.centre.today)) for one in held)
        request = an_enrol_request(self, code, today=self.centre.today, leases=ended)
        answer = enrol(place, self.centre.centre, request, now)
        if lost:
            return
        link = CentreLink(
            url="https://centre.example",
            centre_id=answer.centre_id,
            root_key=answer.root_key,
            generation=answer.generation,
            enrolled_at=NOON,
        )
        with self.store.begin() as uow:
            today, epoch = self.centre.today, self.epoch
            uow.enrol(link, answer.leases, today=today, tracking_url="", epoch=epoch)

    def exchange(self, *, lost=False, twice=False):
        if self.is_alone or desk_of(self.centre.connection, self.id) is None:
            self.join()
        with self.store.read() as connection:
            batch = cut(next_batch(connection, self.store.profile))
        for _each in range(2 if twice else 1):
            answer = self.push(batch)
        if lost:
            return
        with self.store.begin() as uow:
            uow.record_answer(answer, now=NOON)
            is_new = uow.contact().reference_held != answer.standing.reference_version
        if is_new and self.chance.random() < 0.3:
            known = desk_of(self.centre.connection, self.id)
            now = self.centre.now
            told = reference(self.centre.connection, self.centre.centre, known, now)
            with self.store.begin() as uow:
                uow.record_reference(told, now=NOON)

    def push(self, batch):
        place, now = self.centre.connection, self.centre.now
        known = desk_of(place, self.id)
        answer = take_in(place, self.centre.centre, known, batch, encode(batch), now)
        assert answer.outcome is not PushOutcome.QUARANTINED
        return answer

    def save(self):
        file = self.folder / f"{self.restored}.backup"
        self.saved = backup(self.store, file, taken_at=NOON).file

    def restore(self):
        """Go on from the last backup; somebody looks up the highest code on each day's paper."""
        if self.saved is None:
            return

        def settle(uow, _profile):
            for day, serial in self.paper.items():
                uow.raise_counter(AGENCY, day, serial)

        self.store.close()
        self.restored += 1
        self.store = restore(self.saved, self.folder / str(self.restored), KEY, settle=settle)


def cut(batch):
    rows, head = batch.rows[:MOST_ROWS], batch.prev_hash
    for row in rows:
        digest = op_hash(bytes(row.header), row.nonce, bytes(row.body))
        head = chain_hash(batch.desk_id, batch.epoch, row.seq, head, digest)
    return replace(batch, rows=rows, head=head)


def happen(centre, desks, papers, chance):
    """Let one thing happen that can."""
    desk, what = chance.choice(desks), chance.random()
    if what < 0.15:
        papers += desk.receive()
    elif what < 0.5 and papers:
        for _each in range(chance.choice((1, 1, 5))):
            desk.act(chance.choice(papers))
    elif what < 0.86 and not desk.is_alone:
        desk.exchange(lost=chance.random() < 0.3, twice=chance.random() < 0.2)
    elif what < 0.89:
        desk.save()
    elif what < 0.92:
        desk.restore()
    elif what < 0.94:
        centre.now += chance.choice((1, 1, 10, 40)) * DAY
    elif what < 0.96 and desk.is_alone:
        desk.join(lost=chance.random() < 0.3)
    elif what < 0.98:
        centre.save()
    else:
        centre.put_back()


def come_to_rest(desks):
    for _round in range(4):
        for desk in desks:
            desk.exchange()
            for _each in range(200):
                if not desk.waits:
                    break
                desk.exchange()
            assert not desk.waits


def check_desk(centre, desk, stored):
    """What the desk holds is there, with the same verdicts, and makes the same dossiers."""
    with desk.store.read() as connection:
        mine = connection.exec_driver_sql(MINE).all()
        epoch = desk.store.profile.epoch.to_bytes(8)
        end = connection.exec_driver_sql(END, (epoch,)).one_or_none()
    query = "SELECT high_water, head FROM epoch WHERE desk_id = :desk AND epoch = :epoch"
    assert centre.all(query, desk=desk.id, epoch=epoch) == [end or (0, START)]
    there = {one.op_id: one for one in stored}
    own = [there[UUID(bytes=row.op_id)] for row in mine]
    said = [(one.verdict, one.reason, one.version) for one in own]
    assert [tuple(row[2:]) for row in mine] == said
    for dossier_id in {one.dossier_id for one in own} - {None}:
        with desk.store.begin() as uow:
            assert uow.dossier(dossier_id) == folded(dossier_id, own)
    assert verify(desk.store).findings == ()


def folded(dossier_id, stored):
    found = [one for one in stored if one.dossier_id == dossier_id and one.version]
    found.sort(key=lambda one: one.version)
    operations = [read_stored(one.header, one.body) for one in found]
    return fold(dossier_id, operations, version=found[-1].version if found else 0)


def check_dossiers(centre, stored):
    """Each stands where its operations have led it, and they are numbered without a gap."""
    for row in centre.all("SELECT dossier_id, code, status, version FROM dossier"):
        numbers = [one.version for one in stored if one.dossier_id == row.dossier_id]
        assert sorted(filter(None, numbers)) == list(range(1, row.version + 1))
        right = folded(row.dossier_id, stored)
        assert (row.code, row.status) == (right.code, right.status)


def check_codes(centre, stored):
    """No code is there twice without a word, and none is doubted that was rightly given."""
    given = {}
    for one in stored:
        body = read_stored(one.header, one.body).body
        if isinstance(body, op.Received):
            given.setdefault(body.code, []).append(one.reason)
            assert one.reason != "not_leased" or centre.was_put_back
    for reasons in given.values():
        assert {reason == "code_clash" for reason in reasons} == {len(reasons) > 1}


def check_feeds(centre, stored):
    """Each is one chain without a gap, and what it says last of an operation is so."""
    now = {one.op_id: (one.verdict, one.version) for one in stored}
    for agency, code, last, end in centre.all("SELECT id, code, feed_seq, feed_hash FROM agency"):
        rows = centre.all(FED, agency=agency)
        assert [row.seq for row in rows] == list(range(1, last + 1))
        before = START
        for row in rows:
            said = FeedEntry(
                seq=row.seq,
                op_id=row.op_id,
                op_hash=row.op_hash,
                dossier_version=row.version or 0,
                verdict=row.verdict,
            )
            before = feed_hash(code, before, said)
            assert before == row.hash
        assert before == end
        told = {row.op_id: (row.verdict, row.version) for row in rows}
        if code == AGENCY:
            assert told == {one.op_id: now[one.op_id] for one in stored if one.dossier_id}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_desks_and_centre_agree_in_the_end(database, tmp_path, seed):
    chance, papers = random.Random(seed), []
    with database.begin() as connection:
        centre = Centre(connection)
        desks = [Desk(tmp_path / f"{number}", number, centre, chance) for number in (1, 2, 3)]
        for desk in desks[:2]:
            desk.join()
        centre.save()
        for _step in range(STEPS):
            happen(centre, desks, papers, chance)
        come_to_rest(desks)
        stored = centre.all(STORED)
        for desk in desks:
            check_desk(centre, desk, stored)
            desk.store.close()
        check_dossiers(centre, stored)
        check_codes(centre, stored)
        check_feeds(centre, stored)
        connection.rollback()
