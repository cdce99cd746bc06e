"""Sums in words, as they are said: compared with what the words mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.money_words import money_words, number_words

UNITS = {
    word: value
    for value, words in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn", "năm lăm", "sáu", "bảy", "tám", "chín")
    )
    for word in words.split()
}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


def meaning(words):
    """Return the number that words say, by the rules of the language alone."""
    before, _, after = f" {words} ".rpartition(" tỷ ")
    if before:
        return meaning(before.strip()) * 10**9 + (meaning(after.strip()) if after.strip() else 0)
    total = group = digit = 0
    for word in words.split():
        if word in UNITS:
            digit = UNITS[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + 10 * digit, 0
        elif word == "trăm":
            group, digit = group + 100 * digit, 0
        elif word in SCALES:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        else:
            assert word == "linh"
    return total + group + digit


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (8_000, "tám nghìn"),
        (105_000, "một trăm linh năm nghìn"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_234_500, "một triệu hai trăm ba mươi bốn nghìn năm trăm"),
        (10**9, "một tỷ"),
        (10**9 + 5, "một tỷ không trăm linh năm"),
        (10**12, "một nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_numbers_are_said_as_a_cashier_says_them(number, words):
    assert number_words(number) == words


@given(st.integers(0, 10**15))
def test_words_mean_the_number_they_were_made_from(number):
    assert meaning(number_words(number)) == number


@given(st.integers(0, 10**15))
def test_the_rules_for_one_and_five_and_zero_are_kept(number):
    said = number_words(number)
    for wrong in ("mươi một", "mươi năm", "mười năm", "mười mốt", "linh mốt", "linh lăm", "  "):
        assert f" {wrong} " not in f" {said} "


def test_a_sum_begins_with_a_capital_and_ends_with_its_unit():
    assert money_words(16_000) == "Mười sáu nghìn đồng"
    assert money_words(0) == "Không đồng"
