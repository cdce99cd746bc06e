"""What desk and centre say to each other arrives whole, and what is altered is seen."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from counter_app.domain.enrol_code import read_enrol_code
from counter_app.wire import envelope as env
from counter_app.wire import messages as msg
from counter_app.wire.codec import encode
from counter_app.wire.compression import unpack
from counter_app.wire.hashing import START, ChainRow
from tests.factories import EXAMPLES, an_office, an_operation
from tests.wire import example

EXCHANGES = {each.title: each for each in example.exchanges()}
MESSAGES = {
    type(message): message
    for each in EXCHANGES.values()
    for message in (each.said, each.answer)
    if message is not None
}
OTHERS = (
    example.certificate(),
    msg.TimeAnswer(centre_id=example.CENTRE_ID, now=example.NOW),
    msg.QueueAnswer(
        rows=(
            msg.QueueRow(
                op_id=example.CENTRE_ID,
                desk_id=example.CENTRE_ID,
                at=example.NOW,
                kind="ticket_called",
                version=1,
                body=msgspec.Raw(b"{}"),
            ),
        ),
        whole=True,
    ),
    msg.QueueCountRequest(day=example.NOW.date(), letter="A", above=12),
    msg.QueueCount(count=13),
    msg.Reference(
        version=7,
        standing=example.standing(),
        leases=(example.lease(1, 200),),
        desks=(msg.KnownDesk(public_key=b"k" * 32, desk_name="Quầy 2", agency="H57.132"),),
        agencies=(an_office(),),
        law=(msg.LawFile(path="rules/calendar.toml", sha256="ab" * 32, content=b"version = 2"),),
    ),
)
ALL = {type(each).__name__: each for each in (*MESSAGES.values(), *OTHERS)}


def again(message):
    """Return a message as the other side reads it."""
    return msgspec.json.decode(encode(message), type=type(message))


def titled(mapping):
    return list(mapping.values())


# The example in the documents.


@pytest.mark.parametrize("each", titled(EXCHANGES), ids=EXCHANGES)
def test_the_example_is_signed_as_the_code_demands(each):
    signed = env.read_signed(each.headers)
    assert env.is_signed_by(
        example.DESK_KEY.public, signed, method=each.method, path=each.path, body=each.sent
    )
    assert env.is_answer_of(
        example.ROOT.public,
        example.CENTRE_ID,
        each.answer_headers,
        request=signed.signature,
        status=each.status,
        body=each.answered,
    )


def test_what_is_sent_in_the_example_unpacks_to_what_is_said():
    for each in EXCHANGES.values():
        is_packed = each.title in example.PACKED
        sent = unpack(each.sent, most=msg.MOST_BYTES) if is_packed else each.sent
        assert sent == (encode(each.said) if each.said else b"")


def test_the_head_of_the_example_follows_from_its_rows():
    (row,) = example.batch().rows
    linked = ChainRow(
        epoch=example.EPOCH,
        seq=row.seq,
        op_id=UUID(json.loads(bytes(row.header))["op_id"]),
        prev_hash=START,
        hash=example.batch().head,
        header=row.header,
        nonce=row.nonce,
        body=row.body,
    )
    assert linked.follows(example.DESK_ID, START)


def test_the_enrolment_code_of_the_example_names_its_centre():
    code = read_enrol_code(example.enrol_code())
    assert code.secret == EXCHANGES["Enrolment"].said.secret
    assert code.names(EXCHANGES["Who are you?"].answer.root_key)


# Every message.


@pytest.mark.parametrize("message", titled(ALL), ids=ALL)
def test_a_message_comes_back_as_it_was(message):
    assert again(message) == message
    assert encode(again(message)) == encode(message)


def test_there_is_no_message_without_a_test():
    parts = {
        msg.SentRow,
        msg.Judgement,
        msg.Standing,
        msg.KnownDesk,
        msg.LawFile,
        msg.QueueRow,
    }
    known = {
        each
        for each in vars(msg).values()
        if isinstance(each, type)
        and issubclass(each, msgspec.Struct)
        and each.__module__ == msg.__name__
    }
    assert {cls.__name__ for cls in known - parts} == set(ALL)


@pytest.mark.parametrize("message", titled(ALL), ids=ALL)
def test_a_field_of_a_later_release_does_no_harm(message):
    later = encode(message)[:-1] + b',"mood":{"calm":[1,2]}}'
    assert msgspec.json.decode(later, type=type(message)) == message


@pytest.mark.parametrize("message", titled(ALL), ids=ALL)
def test_a_message_that_lacks_what_it_is_for_is_refused_with_the_place(message):
    whole = json.loads(encode(message))
    optional = {field.name for field in msgspec.structs.fields(type(message)) if not field.required}
    for name in set(whole) - optional:
        cut = {key: value for key, value in whole.items() if key != name}
        with pytest.raises(msgspec.ValidationError, match=f"`{name}`"):
            msgspec.json.decode(json.dumps(cut), type=type(message))


@pytest.mark.parametrize("message", titled(ALL), ids=ALL)
@given(junk=st.binary(max_size=60), place=st.integers(0, 2000))
def test_a_message_that_was_touched_is_another_one_or_none(message, junk, place):
    raw = encode(message)
    place = min(place, len(raw))
    touched = raw[:place] + junk + raw[place + len(junk) :]
    try:
        read = msgspec.json.decode(touched, type=type(message))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return
    assert isinstance(read, type(message))


# Rows travel with the very bytes that were hashed.


blanks = st.text(" \n\t\r", max_size=3)


@given(blanks, blanks, st.sampled_from(sorted(EXAMPLES)), st.integers(1, 2**63 - 1))
def test_a_row_arrives_with_the_very_bytes_that_were_hashed(before, after, kind, seq):
    operation = an_operation(EXAMPLES[kind])
    body = encode(operation.body).replace(b":", f"{before}:{after}".encode(), 1)
    header = encode(operation.header).replace(b",", f"{after},{before}".encode(), 1)
    row = msg.SentRow(seq=seq, nonce=bytes(16), header=Raw(header), body=Raw(body))
    arrived = again(replace(example.batch(), rows=(row, row)))
    assert [bytes(each.body) for each in arrived.rows] == [body, body]
    assert [bytes(each.header) for each in arrived.rows] == [header, header]


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 2},
        {"nonce": bytes(15) + b"\1"},
        {"header": Raw(b'{"kind":"fee_paid"}')},
        {"body": Raw(b'{"amount":160000,"means":"cash","receipt_number":"0000001","payer":""}')},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_row_that_was_touched_leads_to_another_head(change):
    batch = example.batch()
    touched = replace(batch, rows=(replace(batch.rows[0], **change),))
    assert example.head_of(touched) != batch.head


@pytest.mark.parametrize(
    "change",
    [{"desk_id": UUID(int=1)}, {"epoch": 1}, {"prev_hash": bytes(31) + b"\1"}],
    ids=lambda change: next(iter(change)),
)
def test_rows_in_another_place_lead_to_another_head(change):
    assert example.head_of(replace(example.batch(), **change)) != example.batch().head


def test_a_row_left_out_or_put_elsewhere_leads_to_another_head():
    (row,) = example.batch().rows
    one, two, three = (replace(row, seq=seq, nonce=bytes([seq]) * 16) for seq in (1, 2, 3))
    heads = {
        example.head_of(replace(example.batch(), rows=rows))
        for rows in ((one, two, three), (one, three), (one, three, two), (two, one, three), (one,))
    }
    assert len(heads) == 5


def test_an_epoch_of_64_bits_arrives_whole():
    batch = replace(example.batch(), epoch=2**64 - 1)
    assert again(batch).epoch == 2**64 - 1


def test_an_instant_keeps_its_meaning():
    standing = replace(example.standing(), now=datetime(2026, 11, 23, 2, 30, 0, 123456, UTC))
    assert again(standing).now == standing.now


def test_numbers_that_a_desk_gives_up_arrive_day_by_day():
    (lease,) = EXCHANGES["Enrolment"].said.leases
    assert (lease.lo, lease.hi, lease.from_date) == (1, 9999, date(2026, 11, 24))
