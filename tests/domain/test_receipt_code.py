"""The receipt code: bytes and digits that stay as they are for ever, and junk that is refused."""

import hashlib
from datetime import date
from uuid import RFC_4122

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.dossier_code import make_dossier_code
from counter_app.domain.receipt_code import (
    ReceiptCode,
    bears,
    dossier_id_of,
    from_digits,
    key_id_in,
    key_id_of,
    label_of,
    packed_receipt,
    parse_receipt_code,
    pin_of,
    receipt_code_for,
    same_pin,
    to_digits,
    tracking_url,
)

TOKEN = bytes(range(16))
SIGNATURE = bytes(range(64, 128))

short = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,3}", fullmatch=True)
legacy = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True)


@st.composite
def receipts(draw):
    digits = draw(st.integers(4, 6))
    return ReceiptCode(
        key_id=draw(st.binary(min_size=8, max_size=8)),
        agency=draw(short | legacy),
        received_on=draw(st.dates(date(2020, 1, 1), date(2099, 12, 31))),
        serial=draw(st.integers(0, 10**digits - 1)),
        serial_digits=digits,
        due_on=draw(st.none() | st.dates(date(2020, 1, 2), date(2199, 6, 6))),
        token=draw(st.binary(min_size=16, max_size=16)),
        signature=draw(st.binary(min_size=64, max_size=64)),
    )


def a_receipt(**changes):
    return replace(
        ReceiptCode(
            key_id=b"12345678",
            agency="H57.132",
            received_on=date(2026, 8, 4),
            serial=583,
            due_on=date(2026, 8, 7),
            token=TOKEN,
            signature=SIGNATURE,
        ),
        **changes,
    )


def changed(position, value):
    """Return the digits of a receipt of which one byte is another."""
    raw = bytearray(a_receipt().packed)
    raw[position] = value
    return to_digits(bytes(raw))


@given(receipts())
def test_what_is_written_is_read_back(receipt):
    assert parse_receipt_code(receipt.digits) == receipt


@given(receipts(), receipts())
def test_two_receipts_never_have_the_same_digits(one, other):
    assert (one.digits == other.digits) == (one == other)


def test_the_bytes_are_those_of_format_1():
    assert a_receipt().unsigned_bytes.hex(" ") == (
        "01 31 32 33 34 35 36 37 38 07 71 78 e7 94 12 c0 09 67 00 02 47 09 6a "
        "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"
    )
    # In base 40, H is 18, 5 is 6 and 7 is 8; then ".13"; then "2" and two blanks.
    assert [18 * 1600 + 6 * 40 + 8, 37 * 1600 + 2 * 40 + 4, 3 * 1600] == [0x7178, 0xE794, 0x12C0]


def test_the_same_receipt_has_always_the_same_digits():
    assert a_receipt().digits == (
        "00052097330134633498729176155394877812359034342187195838100856527239480164523959472"
        "83846582881943964113811881603624182570117643804542810298399663619066174210854978530"
        "49307789338052229368575841608013064590969896080023284210717701974939006959471132287"
    )


@pytest.mark.parametrize(
    ("agency", "size", "digits"),
    [("H57", 99, 239), ("H57.01", 101, 244), ("H57.132", 103, 249), ("000.00.19.H57", 107, 258)],
)
def test_the_number_of_digits_depends_on_the_agency_only(agency, size, digits):
    for serial in (0, 999_999):
        receipt = a_receipt(agency=agency, serial=serial, serial_digits=6)
        assert len(receipt.packed) == size
        assert len(receipt.digits) == digits


def test_the_dossier_code_on_the_same_paper_is_in_it():
    assert a_receipt().dossier_code == "H57.132-260804-0583"
    code = make_dossier_code("000.00.19.H47", date(2026, 1, 5), 583, digits=6)
    receipt = receipt_code_for(code, key_id=b"12345678", due_on=None, token=TOKEN)
    assert receipt.dossier_code == code == "000.00.19.H47-260105-000583"


@given(st.text() | st.text("0123456789", min_size=235, max_size=260))
@example("9" * 249)
@example("0" * 249)
@example("٣" * 249)
@example("1" * 100_000)
def test_junk_is_none(text):
    receipt = parse_receipt_code(text)
    assert receipt is None or receipt.digits in text


@given(st.binary(min_size=99, max_size=107).filter(lambda raw: len(raw) % 2 == 1))
def test_bytes_and_digits_are_one_to_one(raw):
    assert from_digits(to_digits(raw)) == raw


@pytest.mark.parametrize("size", [0, 1, 97, 98, 100, 108, 109, 1000])
def test_a_number_of_another_length_is_none(size):
    assert from_digits(to_digits(bytes(size))) is None


def test_a_number_too_large_for_its_length_is_none():
    assert from_digits(str(256**103 - 1)) == b"\xff" * 103
    assert from_digits(str(256**103)) is None


@pytest.mark.parametrize(
    ("position", "value"),
    [
        (0, 2),  # another format
        (9, 6),  # an agency shorter than its characters
        (9, 8),
        (9, 200),
        (10, 0xFF),  # more than three characters of base 40
        (15, 0x41),  # a character where the padding is
        (18, 0x30),  # seven digits
        (18, 0x0F),  # six digits in the room of four
    ],
)
def test_there_is_one_way_only_to_write_a_code(position, value):
    assert parse_receipt_code(changed(position, value)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"key_id": b"1234567"},
        {"token": b""},
        {"signature": b"x"},
        {"agency": "h57"},
        {"received_on": date(2019, 12, 31)},
        {"received_on": date(2100, 1, 1)},
        {"due_on": date(2020, 1, 1)},
        {"due_on": date(2199, 6, 7)},
        {"serial": 10_000},
        {"serial": -1},
        {"serial_digits": 3},
    ],
)
def test_what_could_not_be_read_back_is_not_made(changes):
    with pytest.raises(ValueError, match=r"\w"):
        a_receipt(**changes)


def test_what_is_not_signed_is_not_printed():
    with pytest.raises(ValueError, match="signed"):
        _ = a_receipt(signature=b"").digits


@pytest.mark.parametrize(
    "written",
    ["{}", " {}\r\n", "HTTPS://HUE.EXAMPLE/T/{}", "https://hue.example/mot-cua/t/{}/", "ơtps/T/{}"],
)
def test_a_receipt_is_read_from_its_address_or_the_digits_alone(written):
    assert parse_receipt_code(written.format(a_receipt().digits)) == a_receipt()


@pytest.mark.parametrize("written", ["{}0", "0{}", "/T/{}/T/", "/T/ {}", "/T/{}?a=1", "-{}"])
def test_anything_else_around_the_digits_is_none(written):
    assert parse_receipt_code(written.format(a_receipt().digits)) is None


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://tra-cuu.hue.example", "HTTPS://TRA-CUU.HUE.EXAMPLE/T/123"),
        (" https://hue.example/mot-cua/ ", "HTTPS://HUE.EXAMPLE/MOT-CUA/T/123"),
        ("", "123"),
        ("  ", "123"),
    ],
)
def test_the_address_is_in_upper_case_and_without_a_base_the_digits_alone(base, url):
    assert tracking_url(base, "123") == url


def test_the_identity_follows_from_the_token_alone():
    identity = dossier_id_of(TOKEN)
    assert str(identity) == "203495f3-39d4-8e84-ab5e-330cadbf4e40"
    assert identity == a_receipt().dossier_id


@given(st.binary(min_size=16, max_size=16))
def test_the_identity_is_a_uuid_of_version_8(token):
    identity = dossier_id_of(token)
    digest = hashlib.sha256(b"counter-app dossier-id 1\0" + token).hexdigest()
    assert identity.version == 8
    assert identity.variant == RFC_4122
    assert identity.hex[:12] == digest[:12]
    assert identity.hex[13:16] == digest[13:16]
    assert identity.hex[17:] == digest[17:32]


def test_the_pin_follows_from_the_token_alone():
    assert pin_of(TOKEN) == a_receipt().pin == "P0XXEB"


@given(st.binary(min_size=16, max_size=16))
def test_a_pin_has_six_characters_that_nobody_confuses(token):
    assert len(pin_of(token)) == 6
    assert set(pin_of(token)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert same_pin(pin_of(token), pin_of(token))


@pytest.mark.parametrize("typed", ["1X0AB1", "lxoabi", " 1x0-AB1\r\n", "IXO ABL"])
def test_a_pin_is_the_same_however_it_is_typed(typed):
    assert same_pin(typed, "1X0AB1")


@pytest.mark.parametrize("typed", ["", "1X0AB", "1X0AB2", "1X0AB11", "1X0ABĐ", "\ud800"])
def test_another_pin_is_another(typed):
    assert not same_pin(typed, "1X0AB1")


def test_a_key_is_named_by_the_start_of_its_hash():
    assert key_id_of(b"public") == hashlib.sha256(b"public").digest()[:8]


@given(receipts())
def test_the_bytes_of_a_receipt_tell_its_code_its_dossier_and_its_key(receipt):
    packed = packed_receipt(tracking_url("https://example.vn", receipt.digits))
    assert packed == receipt.packed
    assert key_id_in(packed) == receipt.key_id
    label = label_of(receipt.dossier_code)
    assert bears(packed, label=label, dossier_id=receipt.dossier_id)
    assert not bears(packed, label=label, dossier_id=dossier_id_of(bytes(15) + b"x"))
    assert not bears(
        packed, label=label[:-1] + bytes([label[-1] ^ 1]), dossier_id=receipt.dossier_id
    )


@pytest.mark.parametrize("text", ["", "1", "https://example.vn/T/", "7" * 240 + " 1", "1" * 10**6])
def test_what_is_no_receipt_bears_no_code(text):
    label = label_of(a_receipt().dossier_code)
    assert not bears(packed_receipt(text), label=label, dossier_id=a_receipt().dossier_id)


def test_what_is_no_code_has_no_label():
    with pytest.raises(ValueError, match="no dossier code"):
        label_of("H57.132")
