"""Pushes: every row is stored once and for good, and what it brings is judged."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.central import tables
from counter_app.central.enrolment import desk_of, revoke
from counter_app.central.ingest import take_in
from counter_app.central.quarantine import MOST_KEPT, MOST_PUSHES
from counter_app.central.reconsidering import reconsider
from counter_app.central.refusals import Refused
from counter_app.domain import operation as op
from counter_app.domain.officer import Role
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.domain.status import Status
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START, FeedEntry, feed_hash
from tests.central.line import (
    NOW,
    DeskOnTheLine,
    a_chain,
    enrolled,
    push,
    raw_row,
    verdict_of,
)
from tests.factories import AGENCY, DAY, EXAMPLES, a_code, an_office, an_operation

OTHER = "H57.133"
PRINTED = EXAMPLES["receipt_printed"]
FORWARDED = EXAMPLES["forwarded"]
APPLIED = "applied", ""
CONTENTS = (tables.chain, tables.operation, tables.operation_body, tables.dossier, tables.feed)


@pytest.fixture
def desk(database, centre):
    return enrolled(database, centre)


@pytest.fixture
def other(database, centre, desk):
    return enrolled(database, centre)


def rows(database, table, *columns):
    with database.read() as connection:
        query = sa.select(*columns) if columns else sa.select(table)
        return connection.execute(query.order_by(*table.primary_key)).all()


def contents(database):
    with database.read() as connection:
        return left_in(connection)


def left_in(connection):
    """Return all that pushes have left, but for when and in which order it was stored."""
    left = {}
    for table in CONTENTS:
        columns = [c for c in table.columns if c.name not in {"stored_at", "position"}]
        query = sa.select(*columns).order_by(*table.primary_key)
        left[table.name] = connection.execute(query).all()
    return left


def the_dossier(database, operation):
    with database.read() as connection:
        query = sa.select(tables.dossier).where(
            tables.dossier.c.dossier_id == operation.header.dossier_id
        )
        return connection.execute(query).one()


def specialist(kind, on, desk, **changes):
    return desk.act(EXAMPLES[kind], on, role=Role.SPECIALIST, **changes)


def test_a_push_is_stored_and_judged(database, centre, desk):
    received = desk.receive()
    printed = desk.act(PRINTED, received)
    answer = push(database, centre, desk)
    assert answer.outcome == "stored"
    assert (answer.standing.high_water, answer.standing.head) == (2, desk.head)
    assert [(one.op_id, one.dossier_version) for one in answer.judgements] == [
        (received.header.op_id, 1),
        (printed.header.op_id, 2),
    ]
    assert verdict_of(answer, received) == verdict_of(answer, printed) == APPLIED


def test_the_bytes_of_an_operation_are_kept_as_they_came(database, centre, desk):
    header = encode(desk.operation(EXAMPLES["officer_signed_in"]).header)
    spaced = json.dumps(json.loads(header) | {"of_tomorrow": 1}, indent=2).encode()
    desk._chain(raw_row(1, spaced, b'{ "x" : 1 }'))
    push(database, centre, desk)
    (stored,) = rows(database, tables.operation)
    (said,) = rows(database, tables.operation_body)
    assert (stored.header, said.body) == (spaced, b'{ "x" : 1 }')


def test_a_dossier_stands_where_its_operations_have_brought_it(database, centre, desk):
    received = desk.receive()
    desk.act(FORWARDED, received)
    specialist("finished", received, desk)
    desk.act(EXAMPLES["result_returned"], received, role=Role.RETURN)
    push(database, centre, desk)
    dossier = the_dossier(database, received)
    assert dossier.status == Status.RETURNED
    assert (dossier.version, dossier.code) == (4, received.body.code)
    assert (dossier.receiving, dossier.competent) == (AGENCY, AGENCY)
    assert dossier.due_at == received.body.due_at
    assert dossier.received_at == received.body.received_at
    assert dossier.finished_at and dossier.returned_at


def test_the_dossier_has_the_bytes_of_its_receipt(database, centre, desk):
    received = desk.receive()
    push(database, centre, desk)
    packed = the_dossier(database, received).receipt
    assert packed[1:9] == desk.key.key_id
    assert int.from_bytes(packed) == int(received.body.receipt.rpartition("/")[2])


@pytest.mark.parametrize("times", [1, 40])
def test_the_same_push_again_changes_nothing(database, centre, desk, times):
    received = desk.receive()
    desk.act(PRINTED, received)
    first = push(database, centre, desk)
    before = contents(database)
    for _ in range(times):
        assert push(database, centre, desk) == first
    assert contents(database) == before


def test_a_push_that_overlaps_what_is_there_adds_the_rest(database, centre, desk):
    operations = [desk.receive() for _ in range(4)]
    push(database, centre, desk, desk.batch(1, 3))
    answer = push(database, centre, desk, desk.batch(2, 4))
    assert answer.standing.high_water == 4
    assert [verdict_of(answer, one) for one in operations] == [None, APPLIED, APPLIED, APPLIED]
    assert len(rows(database, tables.operation)) == 4


def test_rows_after_a_gap_are_not_stored(database, centre, desk):
    for _ in range(4):
        desk.receive()
    push(database, centre, desk, desk.batch(1, 1))
    answer = push(database, centre, desk, desk.batch(3, 4))
    assert (answer.outcome, answer.standing.high_water) == ("gap", 1)
    assert answer.standing.head == desk.hashes[1]
    assert len(rows(database, tables.operation)) == 1


def test_an_empty_push_asks_how_far_the_centre_is(database, centre, desk):
    desk.receive()
    push(database, centre, desk)
    answer = push(database, centre, desk, desk.batch(2, 1))
    assert (answer.outcome, answer.standing.high_water) == ("stored", 1)
    assert answer.judgements == ()


def test_what_was_there_before_its_epoch_is_issued_again_under_the_next(database, centre, desk):
    received = desk.receive()
    push(database, centre, desk)
    before = contents(database)["operation"]
    restored = desk.reissue(epoch=7)
    answer = push(database, centre, restored)
    assert (answer.outcome, answer.standing.high_water) == ("stored", 1)
    assert verdict_of(answer, received) == APPLIED
    assert contents(database)["operation"] == before
    assert len(rows(database, tables.chain)) == 2
    assert rows(database, tables.desk)[0].epoch == (7).to_bytes(8)


def test_rows_of_an_older_epoch_are_a_copys(database, centre, desk):
    desk.receive()
    push(database, centre, desk)
    restored = desk.reissue(epoch=7)
    push(database, centre, restored)
    desk.receive()
    answer = push(database, centre, desk)
    assert (answer.outcome, answer.reason) == ("quarantined", "forked")
    assert rows(database, tables.desk)[0].forked_at == NOW
    (kept,) = rows(database, tables.quarantine)
    assert (kept.reason, kept.content) == ("forked", encode(desk.batch()))


def test_a_push_of_an_older_epoch_that_was_late_on_the_way_is_known(database, centre, desk):
    desk.receive()
    push(database, centre, desk)
    push(database, centre, desk.reissue(epoch=7))
    assert push(database, centre, desk).outcome == "stored"
    assert rows(database, tables.desk)[0].forked_at is None


def test_an_epoch_of_the_enrolment_is_older_even_if_nothing_came_under_it(database, centre, desk):
    desk.receive()
    push(database, centre, desk.reissue(epoch=7))
    assert push(database, centre, desk).outcome == "quarantined"


@pytest.mark.parametrize("sent", [0, 1], ids=["on stored rows", "right after them"])
def test_two_copies_that_go_on_differently_fork(database, centre, desk, sent):
    desk.receive()
    copy = desk.copy()
    desk.receive()
    copy.receive(4999)
    copy.receive(4998)
    push(database, centre, desk)
    before = contents(database)
    answer = push(database, centre, copy, copy.batch(2 + sent))
    assert (answer.outcome, answer.reason) == ("quarantined", "forked")
    assert contents(database) == before
    # Of neither copy it is known which is right: both are kept, and nothing is acted on.
    desk.receive()
    assert push(database, centre, desk).outcome == "quarantined"
    assert [kept.reason for kept in rows(database, tables.quarantine)] == ["forked", "forked"]


def test_a_revoked_desk_is_kept_apart_byte_by_byte_and_once(database, centre, desk):
    desk.receive()
    with database.begin() as connection:
        revoke(connection, desk.id, NOW)
    for _ in range(3):
        answer = push(database, centre, desk)
        assert (answer.outcome, answer.reason) == ("quarantined", "revoked")
    (kept,) = rows(database, tables.quarantine)
    assert (kept.reason, kept.rows, kept.content) == ("revoked", 1, encode(desk.batch()))
    assert rows(database, tables.operation) == []


def test_no_desk_has_others_told_the_same_history_without_end(database, centre, desk):
    received = desk.receive()
    push(database, centre, desk)
    for n in range(400):
        there = op.Reassigned(agency=AGENCY if n % 2 else OTHER, reason="Sai địa bàn")
        desk.act(there, received, role=Role.LEADER)
    before = contents(database)
    with pytest.raises(Refused) as refused:
        push(database, centre, desk, desk.batch(2))
    assert (refused.value.status, refused.value.refusal.reason) == (413, "too_large")
    assert contents(database) == before
    assert push(database, centre, desk, desk.batch(2, 101)).outcome == "stored"


KEPT_ALREADY = """
INSERT INTO quarantine (home, desk_id, epoch, reason, digest, rows, content, stored_at)
SELECT home, desk_id, epoch, 'revoked', int4send(number), 1, decode(repeat('00', :size), 'hex'),
  :now
FROM desk, generate_series(1, :pushes) AS number WHERE desk_id = :desk
"""


@pytest.mark.parametrize(("pushes", "size"), [(MOST_PUSHES, 1), (8, MOST_KEPT // 8)])
def test_what_is_kept_apart_of_one_desk_has_an_end(database, centre, desk, other, pushes, size):
    with database.begin() as connection:
        for one in (desk, other):
            one.receive()
            revoke(connection, one.id, NOW)
        given = {"pushes": pushes, "size": size, "desk": desk.id, "now": NOW}
        connection.execute(sa.text(KEPT_ALREADY), given)
    assert push(database, centre, desk).outcome == "quarantined"
    assert len(rows(database, tables.quarantine, tables.quarantine.c.id)) == pushes
    assert push(database, centre, other).outcome == "quarantined"
    assert len(rows(database, tables.quarantine, tables.quarantine.c.id)) == pushes + 1


def touched(batch, **changes):
    return replace(batch, rows=(replace(batch.rows[0], **changes), *batch.rows[1:]))


@pytest.mark.parametrize(
    "harm",
    [
        lambda batch: replace(batch, head=bytes(32)),
        lambda batch: replace(batch, prev_hash=bytes(31) + b"\1"),
        lambda batch: replace(batch, rows=batch.rows[::-1]),
        lambda batch: replace(batch, rows=batch.rows[:1] + batch.rows[2:]),
        lambda batch: replace(batch, rows=batch.rows[:1] * 2),
        lambda batch: touched(batch, nonce=b"another"),
        lambda batch: touched(batch, seq=-1),
        lambda batch: touched(batch, seq=2**64),
        lambda batch: replace(batch, epoch=-1),
        lambda batch: replace(batch, epoch=2**70),
    ],
)
def test_what_does_not_hang_together_is_kept_apart_and_stops_nobody(database, centre, desk, harm):
    for _ in range(3):
        desk.receive()
    answer = push(database, centre, desk, harm(desk.batch()))
    assert (answer.outcome, answer.reason) == ("quarantined", "broken_chain")
    assert rows(database, tables.operation) == []
    assert push(database, centre, desk).outcome == "stored"


@pytest.mark.parametrize("header", [b"{}", b"[]", b'{"op_id": 1}', b"[" * 5000])
def test_a_header_without_identity_is_kept_apart(database, centre, desk, header):
    desk._chain(raw_row(1, header, b"{}"))
    assert push(database, centre, desk).reason == "unreadable_header"


def test_another_desks_operation_is_kept_apart(database, centre, desk):
    desk.do(an_operation(EXAMPLES["officer_signed_in"], desk_id=UUID(int=99)))
    assert push(database, centre, desk).reason == "foreign_operation"


def test_another_desks_push_is_kept_apart(database, centre, desk):
    stranger = a_chain(desk.key, [an_operation(EXAMPLES["officer_signed_in"])])
    assert push(database, centre, desk, stranger).reason == "foreign_operation"


def test_one_identity_with_two_contents_is_kept_twice(database, centre, desk, other):
    received = desk.receive()
    push(database, centre, desk)
    twin = other.receive(header={"op_id": received.header.op_id})
    answer = push(database, centre, other)
    assert (answer.outcome, answer.standing.high_water) == ("stored", 1)
    assert verdict_of(answer, twin) is None
    (kept,) = rows(database, tables.quarantine)
    assert (kept.reason, kept.desk_id) == ("operation_clash", other.id)
    assert len(rows(database, tables.operation)) == 1
    assert len(rows(database, tables.chain)) == 2


def test_desk_matters_are_kept_and_bump_no_version(database, centre, desk):
    received = desk.receive()
    viewed = desk.act(EXAMPLES["record_viewed"], received)
    signed_in = desk.act(EXAMPLES["officer_signed_in"], received)
    answer = push(database, centre, desk)
    assert verdict_of(answer, viewed) == verdict_of(answer, signed_in) == APPLIED
    assert the_dossier(database, received).version == 1
    assert len(rows(database, tables.feed)) == 1


def test_looking_at_a_dossier_makes_none(database, centre, desk):
    desk.act(EXAMPLES["record_viewed"], UUID(int=5))
    push(database, centre, desk)
    assert rows(database, tables.dossier) == []


# What the desk gives out.


def test_two_dossiers_with_one_code_are_both_kept_and_both_flagged(database, centre, desk, other):
    first, second = desk.receive(), other.receive(1)
    push(database, centre, desk)
    answer = push(database, centre, other)
    assert verdict_of(answer, second) == ("flagged", "code_clash")
    again = push(database, centre, desk, desk.batch(2, 1))
    assert verdict_of(again, first) == ("flagged", "code_clash")
    told = [(row.op_id, row.verdict) for row in rows(database, tables.feed)]
    assert told == [
        (first.header.op_id, "applied"),
        (second.header.op_id, "flagged"),
        (first.header.op_id, "flagged"),
    ]
    assert {the_dossier(database, one).version for one in (first, second)} == {1}


def test_two_dossiers_with_one_code_in_one_push_are_flagged(database, centre, desk):
    first, second = desk.receive(5), desk.receive(5)
    answer = push(database, centre, desk)
    assert verdict_of(answer, first) == verdict_of(answer, second) == ("flagged", "code_clash")


def test_a_third_dossier_with_the_code_leaves_the_others_flagged(database, centre, desk, other):
    desk.receive(5)
    desk.receive(5)
    push(database, centre, desk)
    third = other.receive(5)
    assert verdict_of(push(database, centre, other), third) == ("flagged", "code_clash")
    assert len(rows(database, tables.feed)) == 3


@pytest.mark.parametrize(
    ("serial", "day"), [(9000, DAY), (1, DAY + timedelta(days=200)), (1, DAY - timedelta(days=9))]
)
def test_a_code_that_is_none_of_the_desks_is_flagged(database, centre, desk, serial, day):
    received = desk.receive(serial, day=day)
    assert verdict_of(push(database, centre, desk), received) == ("flagged", "not_leased")
    assert the_dossier(database, received).status == Status.RECEIVED


def test_another_agencys_code_is_flagged(database, centre, desk):
    received = desk.receive(code=a_code(1, agency=OTHER))
    assert verdict_of(push(database, centre, desk), received) == ("flagged", "not_leased")


def test_the_desks_reserve_is_its_own(database, centre, desk):
    reserve = next(lease for lease in desk.leases if lease.kind == "reserve")
    received = desk.receive(reserve.hi)
    assert verdict_of(push(database, centre, desk), received) == APPLIED


@pytest.mark.parametrize(
    "change",
    [
        {"receipt": "1" * 240},
        {"receipt": ""},
        {"code": "H57.132-260803-0002"},
        {"code": "nothing"},
        {"code": "H57.132-260803-0002\x00"},
        {"code": secrets.token_hex(9000)},
    ],
)
def test_a_receipt_that_is_not_the_dossiers_is_flagged(database, centre, desk, change):
    received = desk.receive()
    desk.rows, desk.hashes = [], [START]
    wrong = an_operation(
        replace(received.body, **change), on=received.header.dossier_id, desk_id=desk.id
    )
    desk.do(wrong)
    assert verdict_of(push(database, centre, desk), wrong) == ("flagged", "receipt_differs")


def test_a_receipt_for_another_dossier_is_flagged(database, centre, desk):
    received = desk.receive()
    moved = desk.act(received.body, UUID(int=77))
    answer = push(database, centre, desk, desk.batch())
    assert verdict_of(answer, moved) == ("flagged", "code_clash")
    assert the_dossier(database, moved).status == Status.RECEIVED


def test_a_receipt_that_another_desk_signed_is_flagged(database, centre, desk, other):
    borrowed = DeskOnTheLine(key=other.key, desk_id=desk.id)
    borrowed.receive(1)
    answer = push(database, centre, desk, borrowed.batch())
    assert [one.reason for one in answer.judgements] == ["other_key"]


def test_a_dossier_received_twice_counts_once(database, centre, desk, other):
    token = bytes(16)
    first = desk.receive(token=token)
    desk.act(FORWARDED, first)
    push(database, centre, desk)
    second = other.receive(token=token)
    assert verdict_of(push(database, centre, other), second) == ("flagged", "received_twice")
    assert the_dossier(database, first).status == Status.PROCESSING
    assert len(rows(database, tables.dossier)) == 1


def test_a_date_to_come_is_flagged(database, centre, desk):
    noted = desk.act(EXAMPLES["noted"], desk.receive(), business_date=DAY + timedelta(days=3))
    assert verdict_of(push(database, centre, desk), noted) == ("flagged", "future_date")


# Several desks on one dossier.


def test_an_intent_waits_until_the_reception_is_there(database, centre, desk, other):
    received = desk.receive()
    waiting = other.act(FORWARDED, received)
    fact = other.act(EXAMPLES["noted"], received)
    answer = push(database, centre, other)
    assert verdict_of(answer, waiting) == ("waiting", "not_received")
    assert verdict_of(answer, fact) == APPLIED
    push(database, centre, desk)
    assert the_dossier(database, received).status == Status.PROCESSING
    answer = push(database, centre, other, other.batch(3, 2))
    assert verdict_of(answer, waiting) == APPLIED
    versions = {one.op_id: one.dossier_version for one in answer.judgements}
    assert versions == {waiting.header.op_id: 3}


def test_a_later_verdict_is_told_until_the_desk_goes_on_from_it(database, centre, desk, other):
    received = desk.receive()
    waiting = other.act(FORWARDED, received)
    push(database, centre, other)
    push(database, centre, desk)

    def told(first, last):
        answer = push(database, centre, other, other.batch(first, last))
        return verdict_of(answer, waiting)

    for _ in range(6):
        other.act(EXAMPLES["officer_signed_in"], received)
    assert told(2, 1) == APPLIED  # the desk only asks, and its answer is lost
    assert told(2, 3) == APPLIED  # goes on from what it had before
    assert told(2, 3) == APPLIED  # the answer was lost once more
    assert told(4, 5) is None  # goes on from an answer that told it
    assert rows(database, tables.settled) == []


def test_a_verdict_that_changes_again_is_told_again(database, centre, desk, other):
    first = desk.receive()
    push(database, centre, desk)
    clash = other.receive(1)
    push(database, centre, other)
    assert verdict_of(push(database, centre, desk), first) == ("flagged", "code_clash")
    assert verdict_of(push(database, centre, other), clash) == ("flagged", "code_clash")
    assert len(rows(database, tables.settled)) == 1


def test_what_another_desk_has_overtaken_is_proposed(database, centre, desk, other):
    received = desk.receive()
    push(database, centre, desk)
    voided = other.act(EXAMPLES["voided"], received, role=Role.SUPERVISOR, base_version=1)
    push(database, centre, other)
    late = desk.act(FORWARDED, received, base_version=1)
    answer = push(database, centre, desk)
    assert verdict_of(answer, late) == ("proposed", "overtaken")
    dossier = the_dossier(database, received)
    assert (dossier.status, dossier.version, dossier.voided) == (Status.STOPPED, 2, True)
    assert verdict_of(push(database, centre, other), voided) == APPLIED


def test_what_was_not_possible_for_the_desk_itself_is_refused(database, centre, desk):
    finished = specialist("finished", desk.receive(), desk)
    answer = push(database, centre, desk)
    assert verdict_of(answer, finished) == ("refused", "illegal_transition")


def test_an_entry_that_two_desks_change_keeps_the_first_value(database, centre, desk, other):
    received = desk.receive()
    push(database, centre, desk)

    def amended(by, old, new):
        body = op.Amended(field="applicant.phone", old=old, new=new, reason="Ghi nhầm")
        operation = by.act(body, received, base_version=1)
        return verdict_of(push(database, centre, by), operation)

    assert amended(desk, "0900000001", "0900000002") == APPLIED
    assert amended(other, "0900000001", "0900000003") == ("proposed", "value_changed")
    assert amended(other, "0900000002", "0900000004") == APPLIED


def test_what_is_refused_stops_nothing_else(database, centre, desk):
    first, second = desk.receive(), desk.receive()
    refused = specialist("finished", first, desk)
    paid = desk.act(EXAMPLES["fee_paid"], first, role=Role.CASHIER)
    forwarded = desk.act(FORWARDED, second)
    answer = push(database, centre, desk)
    assert verdict_of(answer, refused)[0] == "refused"
    assert verdict_of(answer, paid) == verdict_of(answer, forwarded) == APPLIED


# What a newer release writes.


@pytest.mark.parametrize(
    "header",
    [
        {"kind": "of_tomorrow"},
        {"version": 2},
        {"version": 10**6},
        {"role": "of_tomorrow"},
        {"kind": "of\u0000tomorrow", "role": "x"},
    ],
)
def test_what_cannot_be_read_waits_and_holds_up_intents_on_its_dossier_only(
    database, centre, desk, header
):
    first, second = desk.receive(), desk.receive()
    known = desk.operation(EXAMPLES["noted"], on=first.header.dossier_id)
    raw = json.dumps(json.loads(encode(known.header)) | header).encode()
    desk._chain(raw_row(0, raw, b'{"text": "x"}'))
    blocked = desk.act(FORWARDED, first)
    fact = desk.act(EXAMPLES["noted"], first)
    free = desk.act(FORWARDED, second)
    answer = push(database, centre, desk)
    assert verdict_of(answer, known) == ("waiting", "newer_program")
    assert verdict_of(answer, blocked) == ("waiting", "newer_program")
    assert verdict_of(answer, fact) == verdict_of(answer, free) == APPLIED
    assert the_dossier(database, first).needs_newer_program


def test_a_body_that_does_not_fit_its_kind_waits(database, centre, desk):
    received = desk.receive()
    header = desk.operation(EXAMPLES["fee_paid"], on=received.header.dossier_id).header
    desk._chain(raw_row(0, encode(header), b'{"amount": "much"}'))
    answer = push(database, centre, desk)
    assert {one.verdict.value for one in answer.judgements} == {"applied", "waiting"}


def test_an_operation_on_no_dossier_waits(database, centre, desk):
    nowhere = desk.operation(EXAMPLES["fee_paid"], on=None)
    desk.do(nowhere)
    answer = push(database, centre, desk)
    assert verdict_of(answer, nowhere) == ("waiting", "newer_program")


# Feeds.


def feed_of(database, code):
    with database.read() as connection:
        query = (
            sa.select(tables.feed, tables.agency.c.code, tables.agency.c.feed_hash.label("end"))
            .join(tables.agency, tables.agency.c.id == tables.feed.c.agency_id)
            .where(tables.agency.c.code == code)
            .order_by(tables.feed.c.seq)
        )
        return connection.execute(query).all()


def assert_feed_holds(database, code):
    """Prove a feed from its first row on: without a gap, and chained to its end."""
    told = feed_of(database, code)
    assert [row.seq for row in told] == list(range(1, len(told) + 1))
    hashes = {row.op_id: row.op_hash for row in rows(database, tables.operation)}
    end = START
    for row in told:
        entry = FeedEntry(
            seq=row.seq,
            op_id=row.op_id,
            op_hash=hashes[row.op_id],
            dossier_version=row.dossier_version or 0,
            verdict=row.verdict,
        )
        end = feed_hash(code, end, entry)
        assert row.hash == end
    assert told[-1].end == end
    return told


def test_the_receiving_and_the_competent_agency_are_told_all(database, centre, desk):
    received = desk.receive(competent_agency=OTHER)
    noted = desk.act(EXAMPLES["noted"], received)
    push(database, centre, desk)
    for code in (AGENCY, OTHER):
        told = assert_feed_holds(database, code)
        assert [row.op_id for row in told] == [received.header.op_id, noted.header.op_id]
        assert all(row.whole for row in told)


def test_the_answer_tells_where_the_feed_of_the_agency_ends(database, centre, desk):
    desk.receive()
    answer = push(database, centre, desk)
    told = assert_feed_holds(database, AGENCY)
    assert (answer.standing.feed_seq, answer.standing.feed_hash) == (1, told[-1].end)
    assert push(database, centre, desk).standing == answer.standing


def test_an_agency_that_joins_is_told_the_history(database, centre, desk):
    received = desk.receive()
    push(database, centre, desk)
    reassigned = desk.act(
        op.Reassigned(agency=OTHER, reason="Sai địa bàn"), received, role="leader"
    )
    push(database, centre, desk)
    told = assert_feed_holds(database, OTHER)
    assert [row.op_id for row in told] == [received.header.op_id, reassigned.header.op_id]
    assert the_dossier(database, received).competent == OTHER


def test_an_agency_that_leaves_is_told_so_and_nothing_after(database, centre, desk):
    received = desk.receive(competent_agency="H57.134")
    reassigned = desk.act(
        op.Reassigned(agency=OTHER, reason="Sai địa bàn"), received, role="leader"
    )
    push(database, centre, desk)
    desk.act(EXAMPLES["noted"], received)
    push(database, centre, desk)
    assert [row.op_id for row in assert_feed_holds(database, "H57.134")] == [
        received.header.op_id,
        reassigned.header.op_id,
    ]


@pytest.mark.parametrize("agency", ["Sở Tư pháp", "x" * 9000, "H57.\x00133"])
def test_what_is_no_agencys_code_has_no_feed(database, centre, desk, agency):
    received = desk.receive(competent_agency=agency)
    assert verdict_of(push(database, centre, desk), received) == APPLIED
    assert len(rows(database, tables.agency)) == 1


def test_a_waiting_operation_is_told_and_told_again_once_it_counts(database, centre, desk, other):
    received = desk.receive()
    other.act(FORWARDED, received)
    push(database, centre, other)
    push(database, centre, desk)
    told = assert_feed_holds(database, AGENCY)
    assert [(row.verdict, row.dossier_version) for row in told] == [
        ("waiting", None),
        ("applied", 1),
        ("applied", 2),
    ]


def test_an_office_of_another_name_is_still_told(database, centre, desk):
    received = desk.receive(office=an_office(code="no code"))
    push(database, centre, desk)
    assert the_dossier(database, received).receiving == AGENCY
    assert len(assert_feed_holds(database, AGENCY)) == 1


# At the same time.


def at_once(*jobs):
    start = Barrier(len(jobs))

    def run(job):
        start.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def test_desks_that_push_at_once_neither_lose_nor_double_nor_wait_for_ever(database, centre):
    desks = [enrolled(database, centre) for _ in range(3)]
    shared = [desks[0].receive() for _ in range(6)]
    push(database, centre, desks[0])
    for number, desk in enumerate(desks):
        order = shared if number % 2 else shared[::-1]
        for _ in range(4):
            desk.receive()
            for received in order:
                desk.act(EXAMPLES["noted"], received)

    def send(desk):
        first = 7 if desk is desks[0] else 1
        for seq in range(first, len(desk.rows) + 1, 7):
            answer = push(database, centre, desk, desk.batch(seq, min(seq + 6, len(desk.rows))))
            assert answer.outcome == "stored"

    at_once(*(lambda desk=desk: send(desk) for desk in desks))
    total = sum(len(desk.rows) for desk in desks)
    assert len(rows(database, tables.operation)) == total
    assert len(assert_feed_holds(database, AGENCY)) == total
    for received in shared:
        with database.read() as connection:
            versions = connection.scalars(
                sa.select(tables.operation.c.dossier_version)
                .where(tables.operation.c.dossier_id == received.header.dossier_id)
                .order_by(tables.operation.c.dossier_version)
            ).all()
        assert versions == list(range(1, 1 + 1 + 3 * 4))


def test_one_push_that_comes_several_times_at_once_counts_once(database, centre, desk):
    desk.receive()
    answers = at_once(*[lambda: push(database, centre, desk)] * 4)
    assert len({encode(answer) for answer in answers}) == 1
    assert len(rows(database, tables.operation)) == 1


def test_two_desks_that_give_out_one_code_at_once_are_both_flagged(database, centre, desk, other):
    desk.receive(7)
    other.receive(7)
    at_once(*(lambda one=one: push(database, centre, one) for one in (desk, other)))
    verdicts = [row.reason for row in rows(database, tables.operation)]
    assert verdicts == ["code_clash", "code_clash"]


def test_one_dossier_of_two_desks_at_once_is_one(database, centre, desk, other):
    token = bytes(16)
    desk.receive(token=token)
    other.receive(token=token)
    at_once(*(lambda one=one: push(database, centre, one) for one in (desk, other)))
    assert sorted(row.reason for row in rows(database, tables.operation)) == ["", "received_twice"]
    assert len(rows(database, tables.dossier)) == 1


# In whatever pieces, and however often.

HISTORY = 12


@st.composite
def pieces(draw):
    """Draw pushes as bad weather makes them: cut anywhere, twice, too late and too early."""
    span = st.tuples(st.integers(1, HISTORY), st.integers(1, HISTORY)).map(sorted)
    return [*draw(st.lists(span, max_size=8)), *draw(st.just(()) | st.just([(1, HISTORY)]))]


def told_in(connection):
    """Return what each agency was told of each dossier, in its order."""
    feed, told = tables.feed.c, {}
    query = (
        sa.select(tables.agency.c.code, feed.dossier_id, feed.op_id, feed.verdict)
        .join(tables.agency, tables.agency.c.id == feed.agency_id)
        .order_by(feed.agency_id, feed.seq)
    )
    for code, dossier_id, *entry in connection.execute(query):
        told.setdefault((code, dossier_id), []).append(entry)
    return told


@pytest.fixture
def history(database, centre, desk, other):
    """A desk that has done a little of everything, some of it on another desk's dossier."""
    theirs = other.receive()
    other.act(EXAMPLES["noted"], theirs)
    push(database, centre, other)
    mine = desk.receive(competent_agency=OTHER)
    desk.act(PRINTED, mine)
    clash = desk.receive(int(theirs.body.code[-4:]))
    desk.act(FORWARDED, mine)
    specialist("finished", clash, desk)
    desk.act(FORWARDED, UUID(int=404))
    desk.act(EXAMPLES["noted"], UUID(int=404))
    desk.act(op.Reassigned(agency="H57.134", reason="Sai"), mine, role=Role.LEADER)
    desk.act(EXAMPLES["officer_signed_in"], mine)
    desk.act(FORWARDED, theirs, base_version=2)
    desk.act(EXAMPLES["fee_paid"], theirs, role=Role.CASHIER)
    desk._chain(raw_row(0, encode(desk.operation(EXAMPLES["noted"], on=UUID(int=9)).header), b"[]"))
    assert len(desk.rows) == HISTORY
    return desk


def test_in_whatever_pieces_a_chain_comes_the_centre_ends_up_the_same(database, centre, history):
    def fill(spans):
        with database.begin() as connection:
            connection.execute(sa.text("SAVEPOINT empty"))
            known = desk_of(connection, history.id)
            for first, last in spans:
                batch = history.batch(first, last)
                take_in(connection, centre, known, batch, encode(batch), NOW)
            left = left_in(connection) | {"feed": told_in(connection)}
            connection.execute(sa.text("ROLLBACK TO SAVEPOINT empty"))
        return left

    whole = fill([(1, HISTORY)])
    assert len(whole["chain"]) == HISTORY + 2

    @settings(max_examples=40, deadline=None)
    @given(pieces())
    def same(spans):
        done = 0
        for first, last in spans:
            done = max(done, last) if first <= done + 1 else done
        assert fill([*spans, (done + 1, HISTORY)] if done < HISTORY else spans) == whole

    same()


def test_what_waited_for_a_newer_program_goes_on_once_it_can_be_read(database, centre, desk):
    received = desk.receive()
    desk.act(EXAMPLES["noted"], received)
    desk.act(EXAMPLES["record_viewed"], received)
    push(database, centre, desk)
    with database.begin() as connection:  # as an older release would have left it
        connection.execute(
            sa.text(
                "UPDATE operation SET verdict = 'waiting', reason = 'newer_program', "
                "dossier_version = NULL WHERE kind <> 'received'"
            )
        )
        connection.execute(sa.text("UPDATE dossier SET needs_newer_program = true, version = 1"))
    assert reconsider(database, NOW) == 2
    assert reconsider(database, NOW) == 0
    dossier = the_dossier(database, received)
    assert (dossier.version, dossier.needs_newer_program) == (2, False)
    assert [row.verdict for row in assert_feed_holds(database, AGENCY)] == ["applied"] * 3


def test_a_dossier_that_only_a_desk_s_own_affair_made_unreadable_is_readable_again(
    database, centre, desk
):
    token = bytes(range(16))
    named = {"dossier_id": dossier_id_of(token)}
    guided = desk.act(EXAMPLES["guidance_given"], dossier_id_of(token), **named)
    received = desk.receive(token=token)
    push(database, centre, desk)
    with database.begin() as connection:  # as an older release would have left it
        waits = "UPDATE operation SET verdict = 'waiting', reason = 'newer_program' WHERE kind = "
        connection.execute(sa.text(f"{waits}'{guided.header.kind}'"))
        connection.execute(sa.text("UPDATE dossier SET needs_newer_program = true"))
    assert reconsider(database, NOW) == 1
    dossier = the_dossier(database, received)
    assert (dossier.version, dossier.needs_newer_program) == (1, False)
    assert len(assert_feed_holds(database, AGENCY)) == 1
