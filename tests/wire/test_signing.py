"""Who signed what: genuine receipts pass, and not one altered bit does."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.receipt_code import (
    ReceiptCode,
    parse_receipt_code,
    receipt_code_for,
    to_digits,
)
from counter_app.wire.signing import (
    RECEIPT_TAG,
    ReceiptVerdict,
    SigningKey,
    sign_receipt,
    verify,
    verify_receipt,
)

KEY = SigningKey.from_seed(bytes(range(32)))
OTHER = SigningKey.from_seed(bytes(range(1, 33)))
KEYS = {key.key_id: key.public for key in (KEY, OTHER)}
MUTATIONS = 2_000


def a_signed_receipt(code="H57.132-260804-0583", key=KEY):
    unsigned = receipt_code_for(
        code, key_id=key.key_id, due_on=date(2026, 8, 7), token=bytes(range(16))
    )
    return sign_receipt(key, unsigned)


GOLDEN = {
    "H57.132-260804-0583": (
        "00058427378990114790251393979138008194979787406678042088402034701570713154476422805"
        "78443319606882226367388192626222849544223248114521052279365414226510569581109790553"
        "87269512719424106034867511300320251097051044197632268180960627367699508916973869313"
    ),
    "000.00.19.H57-260804-0001": (
        "00250943681953540531415858604547265326056087754760833443347503446087834728965598439"
        "96074539444170752219639048246771522360843959484691963991415208907559616752696241694"
        "89983737797995566734302095789495311852895555843530883362538055720636996292195453037"
        "773621000"
    ),
}


@pytest.mark.parametrize("code", GOLDEN)
def test_the_same_receipt_is_signed_in_the_same_way_for_ever(code):
    digits = a_signed_receipt(code).digits
    assert digits == GOLDEN[code]
    assert verify_receipt(parse_receipt_code(digits), KEYS) is ReceiptVerdict.GENUINE


def test_the_key_and_its_name_are_those_of_ed25519():
    assert KEY.public.hex() == "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    assert KEY.key_id.hex() == "56475aa75463474c"
    assert SigningKey.from_seed(KEY.seed).public == KEY.public


def test_new_keys_differ_and_keep_their_secret_to_themselves():
    one, other = SigningKey.generate(), SigningKey.generate()
    assert one.seed != other.seed
    assert one.seed.hex() not in repr(one)
    assert repr(one) == f"SigningKey({one.key_id.hex()})"


def test_a_seed_has_32_bytes():
    with pytest.raises(ValueError, match="32"):
        SigningKey.from_seed(b"short")


def test_a_receipt_of_an_unknown_key_is_not_called_forged():
    receipt = a_signed_receipt()
    assert verify_receipt(receipt, {OTHER.key_id: OTHER.public}) is ReceiptVerdict.UNKNOWN_KEY


def test_a_receipt_that_another_key_signed_is_forged():
    forged = replace(a_signed_receipt(), signature=a_signed_receipt(key=OTHER).signature)
    assert verify_receipt(forged, KEYS) is ReceiptVerdict.FORGED


def test_a_receipt_is_signed_only_by_the_key_that_it_names():
    with pytest.raises(ValueError, match="names"):
        sign_receipt(OTHER, a_signed_receipt())


def test_not_one_altered_bit_is_accepted():
    chance = random.Random(20260804)
    raw = a_signed_receipt().packed
    verdicts = set()
    for _ in range(MUTATIONS):
        altered = bytearray(raw)
        for bit in chance.sample(range(8 * len(raw)), chance.choice([1, 1, 2, 8])):
            altered[bit // 8] ^= 1 << bit % 8
        read = parse_receipt_code(to_digits(bytes(altered)))
        verdicts.add(verify_receipt(read, KEYS) if read else None)
    assert verdicts == {None, ReceiptVerdict.FORGED, ReceiptVerdict.UNKNOWN_KEY}


def test_not_one_altered_digit_is_accepted():
    chance = random.Random(583)
    digits = a_signed_receipt().digits
    for _ in range(MUTATIONS):
        place = chance.randrange(len(digits))
        other = chance.choice([digit for digit in "0123456789" if digit != digits[place]])
        read = parse_receipt_code(digits[:place] + other + digits[place + 1 :])
        assert read is None or verify_receipt(read, KEYS) is not ReceiptVerdict.GENUINE


@given(st.binary(max_size=40), st.binary(max_size=80), st.binary(max_size=70))
def test_junk_is_not_a_signature_and_raises_nothing(public, message, signature):
    assert not verify(public, b"test", message, signature)
    assert not verify(KEY.public, b"test", message, signature)


def test_what_was_signed_for_one_purpose_does_not_pass_for_another():
    signature = KEY.sign(b"batch", b"receipt 1 and more")
    assert verify(KEY.public, b"batch", b"receipt 1 and more", signature)
    assert not verify(KEY.public, RECEIPT_TAG, b"receipt 1 and more", signature)
    assert not verify(KEY.public, b"batch receipt", b" 1 and more", signature)


@pytest.mark.parametrize("tag", [b"", b"a\0b"])
def test_a_purpose_that_could_be_taken_for_another_is_refused(tag):
    with pytest.raises(ValueError, match="domain tag"):
        KEY.sign(tag, b"message")


def test_an_unsigned_receipt_is_forged():
    unsigned: ReceiptCode = replace(a_signed_receipt(), signature=b"")
    assert verify_receipt(unsigned, KEYS) is ReceiptVerdict.FORGED
