"""Who speaks, and to what: not one altered part of a request or an answer is accepted."""

import base64
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.wire import envelope as env
from counter_app.wire.codec import encode
from counter_app.wire.messages import Certificate
from counter_app.wire.signing import SigningKey

DESK_KEY = SigningKey.from_seed(bytes(range(32)))
ROOT = SigningKey.from_seed(bytes(range(32, 64)))
ANSWERING = SigningKey.from_seed(bytes(range(64, 96)))
STRANGER = SigningKey.from_seed(bytes(range(96, 128)))
DESK_ID = UUID("00112233-4455-6677-8899-aabbccddeeff")
CENTRE_ID = UUID("ffeeddcc-bbaa-9988-7766-554433221100")
EPOCH = 0xFEDCBA9876543210
NONCE = bytes(range(16))
BODY = '{"text":"Đã gọi"}'.encode()
REQUEST = {"method": "POST", "path": "/v1/push?again=1", "body": BODY}
ASKED = bytes(range(64))
ANSWER = {"request": ASKED, "status": 200, "body": BODY}
CERTIFICATE = env.certify(
    ROOT,
    Certificate(
        centre_id=CENTRE_ID,
        public_key=ANSWERING.public,
        issued_at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
        signature=b"",
    ),
)

REQUEST_VECTOR = (
    "2795372ca2e6c90178d329e85a7e0e3fc2ef59f126cc4efee7e1d7112ab94369"
    "2fdc8d55553255e342135ae1f0d49d4312d00e6364cdd198d4339afbdef88b09"
)
ANSWER_VECTOR = (
    "9d793ecd2e9111b379c51a095d1f447fe7b594c51fdaf2bbcef11f551433fb5d"
    "46b03b25f73dea2e80957e3e48c2c31277ca6fbd3f65897dee5e6022f50c2400"
)
CERTIFICATE_VECTOR = (
    "55100588f724f06560d4458b2c5e8a57c59149786633c495ded90db5bf5269fb"
    "044df0ff97a3ba2d5ae2a81a7275c020d0216839e2cccb833a15c2c2d53def02"
)


def framed(*parts):
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def signature_of(headers):
    return base64.b64decode(headers[env.SIGNATURE_HEADER])


def a_request():
    """Return what the headers of a signed request say."""
    _request, headers = env.sign_request(DESK_KEY, desk_id=DESK_ID, epoch=EPOCH, **REQUEST)
    return env.read_signed(headers)


def an_answer(certificate=CERTIFICATE, key=ANSWERING):
    return env.sign_answer(key, certificate, **ANSWER)


def is_accepted(headers, *, root=ROOT.public, centre_id=CENTRE_ID, **changes):
    return env.is_answer_of(root, centre_id, headers, **ANSWER | changes)


# Requests.


def test_a_request_is_signed_in_the_same_way_for_ever():
    place = b"POST", b"/v1/push?again=1", DESK_ID.bytes, EPOCH.to_bytes(8, "big")
    said = framed(*place, NONCE, sha256(BODY).digest())
    signature = DESK_KEY.sign(b"counter-app request 1", said)
    assert signature.hex() == REQUEST_VECTOR
    signed = env.Signed(desk_id=DESK_ID, epoch=EPOCH, nonce=NONCE, signature=signature)
    assert env.is_signed_by(DESK_KEY.public, signed, **REQUEST)


def test_the_headers_say_who_asks():
    request, headers = env.sign_request(DESK_KEY, desk_id=DESK_ID, epoch=EPOCH, **REQUEST)
    assert headers["counter-desk"] == "00112233-4455-6677-8899-aabbccddeeff"
    assert headers["counter-epoch"] == "fedcba9876543210"
    signed = env.read_signed(headers)
    assert (signed.desk_id, signed.epoch, signed.signature) == (DESK_ID, EPOCH, request)
    assert base64.b64decode(headers["counter-nonce"]) == signed.nonce
    assert env.is_signed_by(DESK_KEY.public, signed, **REQUEST)


def test_each_request_has_a_nonce_of_its_own():
    assert len({a_request().nonce for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "change",
    [
        {"method": "PUT"},
        {"path": "/v1/push"},
        {"path": "/V1/push?again=1"},
        {"body": BODY + b" "},
        {"body": b""},
    ],
    ids=repr,
)
def test_another_request_is_not_what_was_signed(change):
    assert not env.is_signed_by(DESK_KEY.public, a_request(), **REQUEST | change)


@pytest.mark.parametrize(
    "change",
    [
        {"desk_id": UUID(int=1)},
        {"epoch": EPOCH + 1},
        {"nonce": bytes(16)},
        {"signature": bytes(64)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_request_whose_headers_were_touched_is_nobodys(change):
    assert not env.is_signed_by(DESK_KEY.public, replace(a_request(), **change), **REQUEST)


def test_another_desks_key_has_not_signed_it():
    assert not env.is_signed_by(STRANGER.public, a_request(), **REQUEST)


@given(st.integers(0, 8 * 64 - 1))
def test_not_one_altered_bit_of_a_signature_is_accepted(bit):
    signed = a_request()
    altered = bytearray(signed.signature)
    altered[bit // 8] ^= 1 << bit % 8
    touched = replace(signed, signature=bytes(altered))
    assert not env.is_signed_by(DESK_KEY.public, touched, **REQUEST)


@given(st.binary(max_size=40), st.text("/abc?", max_size=6), st.text("/abc?", max_size=6))
def test_a_byte_that_moves_from_one_part_to_the_next_is_seen(body, one, two):
    _request, headers = env.sign_request(
        DESK_KEY, method="POST", path=one + two, desk_id=DESK_ID, epoch=EPOCH, body=body
    )
    signed = env.read_signed(headers)
    moved = {"method": f"POST{one}", "path": two, "body": body}
    assert env.is_signed_by(DESK_KEY.public, signed, **moved) == (not one)


@pytest.mark.parametrize("header", ["counter-desk", "counter-epoch", "counter-nonce"])
@pytest.mark.parametrize("value", [None, "", "x", "0" * 400, "é", "AAAA"])
def test_headers_that_say_nothing_are_no_signature(header, value):
    _request, headers = env.sign_request(DESK_KEY, desk_id=DESK_ID, epoch=EPOCH, **REQUEST)
    touched = {name: each for name, each in headers.items() if name != header}
    if value is not None:
        touched[header] = value
    assert env.read_signed(touched) is None


SAYING_WHO = env.DESK_HEADER, env.EPOCH_HEADER, env.NONCE_HEADER, env.SIGNATURE_HEADER
words = st.text(max_size=100) | st.sampled_from(["AAAA", "0" * 16, "-" * 36])


@given(st.dictionaries(st.sampled_from(SAYING_WHO), words))
def test_junk_in_the_headers_raises_nothing(headers):
    signed = env.read_signed(headers)
    assert signed is None or not env.is_signed_by(DESK_KEY.public, signed, **REQUEST)


# Answers.


def test_an_answer_is_signed_in_the_same_way_for_ever():
    said = framed(ASKED, (200).to_bytes(2, "big"), sha256(BODY).digest())
    signature = ANSWERING.sign(b"counter-app answer 1", said)
    assert signature.hex() == ANSWER_VECTOR
    assert signature_of(an_answer()) == signature


def test_a_certificate_is_signed_in_the_same_way_for_ever():
    said = encode(replace(CERTIFICATE, signature=b""))
    assert said == (
        b'{"centre_id":"ffeeddcc-bbaa-9988-7766-554433221100",'
        b'"public_key":"' + base64.b64encode(ANSWERING.public) + b'",'
        b'"issued_at":"2026-11-23T02:30:00Z","signature":""}'
    )
    assert CERTIFICATE.signature == ROOT.sign(b"counter-app certificate 1", said)
    assert CERTIFICATE.signature.hex() == CERTIFICATE_VECTOR


def test_the_centres_answer_is_accepted():
    assert is_accepted(an_answer())


def test_what_the_centre_answers_another_desk_is_no_answer_here():
    asked, headers = env.sign_request(DESK_KEY, desk_id=DESK_ID, epoch=EPOCH, **REQUEST)
    nonce = base64.b64decode(headers["counter-nonce"])
    place = b"POST", b"/v1/push?again=1", UUID(int=7).bytes, EPOCH.to_bytes(8, "big")
    stranger = STRANGER.sign(env.REQUEST_TAG, framed(*place, nonce, sha256(BODY).digest()))
    theirs = env.sign_answer(ANSWERING, CERTIFICATE, **ANSWER | {"request": stranger})
    assert is_accepted(theirs, request=stranger)
    assert not is_accepted(theirs, request=asked)


@pytest.mark.parametrize(
    "change",
    [
        {"request": bytes(64)},
        {"status": 201},
        {"status": 304},
        {"body": BODY[:-1]},
        {"body": BODY + b"\n"},
        {"body": b"<html>Please sign in to the network</html>"},
    ],
    ids=repr,
)
def test_an_answer_to_something_else_is_none(change):
    assert not is_accepted(an_answer(), **change)


@pytest.mark.parametrize(
    "change",
    [{"root": STRANGER.public}, {"root": ANSWERING.public}, {"root": b""}, {"centre_id": DESK_ID}],
    ids=repr,
)
def test_another_centre_is_not_this_one(change):
    assert not is_accepted(an_answer(), **change)


@pytest.mark.parametrize(
    "change",
    [
        {"centre_id": UUID(int=1)},
        {"public_key": STRANGER.public},
        {"issued_at": datetime(2026, 11, 23, 2, 31, tzinfo=UTC)},
        {"signature": bytes(64)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_certificate_that_was_touched_certifies_nothing(change):
    touched = replace(CERTIFICATE, **change)
    assert not env.is_certified(ROOT.public, touched)
    assert not is_accepted(an_answer(touched))
    assert not is_accepted(an_answer(touched, key=STRANGER))


def test_a_certificate_by_another_root_is_worth_nothing():
    forged = env.certify(STRANGER, replace(CERTIFICATE, public_key=STRANGER.public))
    assert not is_accepted(an_answer(forged, key=STRANGER))
    of_itself = env.certify(ANSWERING, CERTIFICATE)
    assert not is_accepted(an_answer(of_itself))


def test_a_certified_key_must_have_signed_it():
    assert not is_accepted(an_answer(key=ROOT))


def test_another_key_that_the_root_has_certified_answers_too():
    later = env.certify(ROOT, replace(CERTIFICATE, public_key=STRANGER.public))
    assert is_accepted(an_answer(later, key=STRANGER))


def test_a_page_without_signature_is_no_answer():
    whole = an_answer()
    for header in whole:
        assert not is_accepted({name: text for name, text in whole.items() if name != header})
    assert not is_accepted({})


@given(st.sampled_from([env.SIGNATURE_HEADER, env.CERTIFICATE_HEADER]), st.text(max_size=200))
def test_junk_for_a_signature_is_no_answer_and_raises_nothing(header, junk):
    assert not is_accepted(an_answer() | {header: junk})


@given(st.binary(max_size=200))
def test_junk_for_a_certificate_is_no_answer_and_raises_nothing(junk):
    text = base64.b64encode(junk).decode()
    assert not is_accepted(an_answer() | {env.CERTIFICATE_HEADER: text})


def test_a_certificate_made_in_malice_raises_nothing():
    for junk in (b"[" * 50_000, b'{"centre_id":' * 9_000, b"\xff" * 100, b'"\xff"'):
        text = base64.b64encode(junk).decode()
        assert not is_accepted(an_answer() | {env.CERTIFICATE_HEADER: text})


def test_what_a_desk_signed_does_not_pass_for_an_answer():
    said = framed(ASKED, (200).to_bytes(2, "big"), sha256(BODY).digest())
    reused = base64.b64encode(ANSWERING.sign(b"counter-app request 1", said)).decode()
    assert not is_accepted(an_answer() | {env.SIGNATURE_HEADER: reused})


# What two people compare.


def test_a_fingerprint_is_128_bits_in_groups_of_four():
    shown = env.fingerprint(ROOT.public)
    assert shown == "24F6 ED6A CBFE 1009 C030 D7CA 567C 33CA"
    assert [len(group) for group in shown.split()] == [4] * 8


@given(st.binary(min_size=32, max_size=32), st.integers(0, 255))
def test_another_key_has_another_fingerprint(key, bit):
    other = bytearray(key)
    other[bit // 8] ^= 1 << bit % 8
    assert env.fingerprint(bytes(other)) != env.fingerprint(key)
