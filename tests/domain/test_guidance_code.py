"""The code on a guidance paper survives scanners, and is taken for nothing else."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier_code import parse_dossier_code
from counter_app.domain.guidance_code import DIGITS, guidance_digits, in_groups, parse_guidance
from counter_app.domain.receipt_code import parse_receipt_code
from counter_app.domain.scanned import ScanKind, looks_like_receipt, read_id_card, scan_kind

tokens = st.binary(min_size=16, max_size=16)


@given(tokens)
def test_what_is_printed_is_read_again(token):
    digits = guidance_digits(token)
    assert parse_guidance(digits) == token
    assert parse_guidance(in_groups(digits)) == token
    assert parse_guidance(f"\ufeff{digits}\r\n") == token


@given(tokens)
def test_it_has_always_as_many_digits_and_nothing_else(token):
    digits = guidance_digits(token)
    assert len(digits) == DIGITS
    assert digits.isascii()
    assert digits.isdigit()


@given(tokens)
def test_it_is_taken_for_no_other_paper(token):
    digits = guidance_digits(token)
    assert scan_kind(digits) is ScanKind.GUIDANCE
    assert looks_like_receipt(digits) is None
    assert parse_receipt_code(digits) is None
    assert read_id_card(digits) is None
    assert parse_dossier_code(digits) is None


@given(tokens, st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_a_slip_of_one_digit_never_means_the_same_intake(token, place, more):
    digits = guidance_digits(token)
    slipped = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert parse_guidance(slipped) != token


def test_of_a_thousand_slips_next_to_none_passes():
    digits = guidance_digits(secrets.token_bytes(16))
    slips = {
        digits[:place] + other + digits[place + 1 :]
        for place in range(DIGITS)
        for other in "0123456789"
    } - {digits}
    assert sum(parse_guidance(slip) is not None for slip in slips) <= 2


@given(st.text(max_size=120))
def test_nothing_that_is_typed_makes_it_raise(text):
    found = parse_guidance(text)
    assert found is None or len(found) == 16


@pytest.mark.parametrize(
    "payload", ["", "2" * 43, "2" * 44, "9" * 44, "2" * 45, "٢" * 44, "1" * 240, "001090000001"]
)
def test_other_digits_are_none(payload):
    assert parse_guidance(payload) is None


def test_a_token_of_another_length_is_a_bug():
    with pytest.raises(ValueError, match="16 bytes"):
        guidance_digits(b"short")
