"""The formats that are for ever: were one of these vectors to change, no old backup would hold."""

from hashlib import sha256
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from counter_app.wire.codec import encode
from counter_app.wire.hashing import (
    START,
    ChainRow,
    FeedEntry,
    chain_hash,
    feed_hash,
    op_hash,
)

DESK = UUID("00112233-4455-6677-8899-aabbccddeeff")
EPOCH = 0xFEDCBA9876543210
HEADER, NONCE, BODY = b'{"kind":"noted"}', bytes(range(16)), '{"text":"Đã gọi"}'.encode()

OPERATION_VECTOR = "9fc9f530cbf97773210dcddf36b63d33d88fd4e3a7730c3413949075ad6e865a"
CHAIN_VECTORS = [
    "a6ab3ee66cfa8b5ee4ce985eabfb16f94523e5c2a74e6305997f3cc8de1251d0",
    "5d3cc95268e575df1d1d9c550d008d31801d3466de376d11794d234a284c25b4",
]
FEED_VECTOR = "c75e3b3d0db7e8f2498f59ccc38ba42372f5c4f22ac63bb3446201a38cf490da"


def framed(*parts):
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()


def a_row(prev_hash=START, *, seq=1, header=HEADER, body=BODY):
    linked = chain_hash(DESK, EPOCH, seq, prev_hash, op_hash(header, NONCE, body))
    return ChainRow(
        epoch=EPOCH,
        seq=seq,
        op_id=UUID(int=7),
        prev_hash=prev_hash,
        hash=linked,
        header=Raw(header),
        nonce=NONCE,
        body=Raw(body),
    )


def test_the_hash_of_an_operation_never_changes():
    assert op_hash(HEADER, NONCE, BODY).hex() == OPERATION_VECTOR


def test_the_hash_of_a_chain_row_never_changes():
    first = chain_hash(DESK, EPOCH, 1, START, op_hash(HEADER, NONCE, BODY))
    second = chain_hash(DESK, EPOCH, 2, first, op_hash(HEADER, NONCE, BODY))
    assert [first.hex(), second.hex()] == CHAIN_VECTORS


def a_feed_entry(**changes):
    told = {"seq": 3, "op_id": DESK, "op_hash": START, "dossier_version": 2, "verdict": "applied"}
    return FeedEntry(**told | changes)


def test_the_hash_of_a_feeds_row_never_changes():
    assert feed_hash("H57.132", START, a_feed_entry()).hex() == FEED_VECTOR


def test_the_hash_of_a_feeds_row_is_what_its_description_says():
    told = (3).to_bytes(8, "big"), START, DESK.bytes, START, (2).to_bytes(8, "big"), b"applied"
    linked = framed(b"counter-app feed 1", b"H57.132", *told, b"\1")
    assert feed_hash("H57.132", START, a_feed_entry()) == linked


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 4},
        {"op_id": UUID(int=7)},
        {"op_hash": bytes(31) + b"\1"},
        {"dossier_version": 3},
        {"verdict": "flagged"},
        {"whole": False},
    ],
)
def test_a_feeds_row_that_was_touched_has_another_hash(change):
    touched = feed_hash("H57.132", START, a_feed_entry(**change))
    assert touched != feed_hash("H57.132", START, a_feed_entry())
    assert feed_hash("H57.133", START, a_feed_entry()) != touched


def test_the_hash_is_what_its_description_says():
    inner = framed(b"counter-app body 1", NONCE, BODY)
    digest = framed(b"counter-app operation 1", HEADER, inner)
    assert op_hash(HEADER, NONCE, BODY) == digest
    place = DESK.bytes, EPOCH.to_bytes(8, "big"), (3).to_bytes(8, "big")
    linked = framed(b"counter-app chain 1", *place, START, digest)
    assert chain_hash(DESK, EPOCH, 3, START, digest) == linked


@given(st.binary(max_size=4), st.binary(max_size=4), st.binary(max_size=4), st.data())
def test_a_byte_that_moves_from_one_part_to_the_next_is_seen(header, nonce, body, data):
    whole = header + nonce + body
    one = data.draw(st.integers(0, len(whole)))
    two = data.draw(st.integers(one, len(whole)))
    other = whole[:one], whole[one:two], whole[two:]
    same = other == (header, nonce, body)
    assert (op_hash(*other) == op_hash(header, nonce, body)) == same


def test_a_row_follows_only_the_row_it_was_written_after():
    first = a_row()
    second = a_row(first.hash, seq=2)
    assert first.follows(DESK, START)
    assert second.follows(DESK, first.hash)
    assert not second.follows(DESK, START)
    assert not first.follows(UUID(int=1), START)


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": EPOCH - 1},
        {"seq": 2},
        {"prev_hash": bytes(31) + b"\1"},
        {"hash": START},
        {"header": Raw(b'{"kind":"voted"}')},
        {"nonce": bytes(16)},
        {"body": Raw(b'{"text":"x"}')},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_row_that_was_touched_does_not_follow(change):
    assert not replace(a_row(), **change).follows(DESK, START)


def test_a_row_travels_without_losing_a_byte():
    row = a_row(header=b'{ "kind" : "noted" }', body='{"b":1,  "a":"Đ"}'.encode())
    arrived = msgspec.json.decode(encode(row), type=ChainRow)
    assert arrived == row
    assert arrived.follows(DESK, START)
