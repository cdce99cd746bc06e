"""The QR code for a transfer, character by character."""

from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.vietqr import (
    LONGEST_PURPOSE,
    MOST_AMOUNT,
    VietQr,
    parse_vietqr,
    plain,
    transfer_purpose,
    vietqr,
)
from counter_app.errors import InvalidField
from tests.factories import a_code

ASKED_FOR_120_000 = (
    "00020101021238570010A0000007270127000697041501130011001932418"
    "0208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C"
)
ASKED_FOR_1_943_000 = (
    "00020101021238540010A00000072701240006970436011010234567890208QRIBFTTA"
    "5303704540719430005802VN62120808TT0000696304A8E5"
)

accounts = st.text(ascii_letters + digits, min_size=1, max_size=19)
amounts = st.none() | st.integers(1, MOST_AMOUNT)
bins = st.text(digits, min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("text", "bank_bin", "account", "amount", "purpose"),
    [
        (ASKED_FOR_120_000, "970415", "0011001932418", 120_000, "ung ho lu lut"),
        (ASKED_FOR_1_943_000, "970436", "1023456789", 1_943_000, "TT000069"),
    ],
)
def test_known_codes_come_out_character_by_character(text, bank_bin, account, amount, purpose):
    assert vietqr(bank_bin, account, amount=amount, purpose=purpose) == text
    assert parse_vietqr(text) == VietQr(
        bank_bin=bank_bin, account=account, amount=amount, purpose=purpose
    )


@given(bins, accounts, amounts, st.text())
def test_what_is_written_is_read_again(bank_bin, account, amount, purpose):
    text = vietqr(bank_bin, account, amount=amount, purpose=purpose)
    assert len(text.encode("utf-8")) == len(text.encode("ascii")) == len(text)
    assert parse_vietqr(text) == VietQr(
        bank_bin=bank_bin, account=account, amount=amount, purpose=plain(purpose)
    )
    assert len(plain(purpose).encode("utf-8")) <= LONGEST_PURPOSE


@given(st.integers(0, len(ASKED_FOR_120_000) - 1), st.characters(min_codepoint=32))
def test_a_character_that_was_changed_is_noticed(place, other):
    changed = ASKED_FOR_120_000[:place] + other + ASKED_FOR_120_000[place + 1 :]
    assert (parse_vietqr(changed) is None) == (changed != ASKED_FOR_120_000)


@given(st.text())
def test_any_other_text_is_no_such_code(text):
    assert parse_vietqr(text) is None


def test_without_an_amount_the_payer_enters_it():
    text = vietqr("970436", "1023456789", amount=None, purpose="")
    assert text.startswith("000201010211")
    assert "5802VN6304" in text
    assert parse_vietqr(text).amount is None


def test_vietnamese_goes_without_its_accents():
    assert plain("Ủng hộ  Đồng bào lũ lụt") == "Ung ho Dong bao lu lut"
    assert plain("Nộp phí ✓ hồ sơ") == "Nop phi ho so"
    assert plain("x" * 24 + " y") == "x" * 24  # no blank at the end


def test_a_transfer_is_known_again_by_the_code_of_the_dossier():
    assert transfer_purpose(a_code(1)) == "H57.1322608030001"
    longest = DossierCode("H57.132.132.132-260803-000123")
    assert transfer_purpose(longest) == "57.132.132.132260803000123"[-25:]


@pytest.mark.parametrize(
    ("bank_bin", "account", "amount"),
    [
        ("97043", "1", 1),
        ("9704366", "1", 1),
        ("97043x", "1", 1),
        ("٩٧٠٤٣٦", "1", 1),
        ("970436", "", 1),
        ("970436", "1" * 20, 1),
        ("970436", "10 20", 1),
        ("970436", "tài1", 1),
        ("970436", "1", 0),
        ("970436", "1", -5),
        ("970436", "1", MOST_AMOUNT + 1),
    ],
)
def test_what_no_bank_could_read_is_refused(bank_bin, account, amount):
    with pytest.raises(InvalidField):
        vietqr(bank_bin, account, amount=amount, purpose="x")
