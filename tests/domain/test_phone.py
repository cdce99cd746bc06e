"""Telephone numbers, however they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.phone import format_phone, parse_phone

numbers = st.from_regex(
    r"0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}|02[0-9]{9}|1[89]00([0-9]{4}|[0-9]{6})",
    fullmatch=True,
)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("0912-345–678 ", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 (0)912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912\u00a0345\u00a0678", "0912345678"),
        ("0271.3636.836", "02713636836"),
        ("(024) 3825 1234", "02438251234"),
        ("+84 24 3825 1234", "02438251234"),
        ("1900 1234", "19001234"),
        ("1900.123.456", "1900123456"),
        ("18001234", "18001234"),
    ],
)
def test_a_number_is_kept_as_it_is_dialled_at_home(said, kept):
    assert parse_phone(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "",
        "0912",
        "091234567",
        "09123456789",
        "0112345678",
        "0271363683",
        "+1 202 555 0100",
        "84",
        "0912345678 hoặc 0912345679",
        "٠٩١٢٣٤٥٦٧٨",
        "113",
        "190012345",
    ],
)
def test_what_is_no_vietnamese_number_is_none(said):
    assert parse_phone(said) is None


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("0912345678", "0912 345 678"),
        ("02438251234", "024 3825 1234"),
        ("02713636836", "0271 3636 836"),
        ("19001234", "1900 1234"),
        ("1900123456", "1900 123 456"),
        ("+1 202 555 0100", "+1 202 555 0100"),
    ],
)
def test_a_number_is_shown_in_groups(kept, shown):
    assert format_phone(kept) == shown


@given(numbers)
def test_what_is_shown_is_read_again(number):
    assert parse_phone(format_phone(number)) == number


@given(
    numbers.filter(lambda number: number.startswith("0")), st.sampled_from(["+84", "0084", "84"])
)
def test_the_country_before_it_does_no_harm(number, country):
    assert parse_phone(country + number[1:]) == number


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_is_a_number_or_none(text):
    kept = parse_phone(text)
    assert kept is None or parse_phone(kept) == kept
    assert isinstance(format_phone(text), str)
