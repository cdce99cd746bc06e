"""Tax codes of enterprises, branches and persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.finding import Finding
from counter_app.domain.tax_code import TaxCodeKind, parse_tax_code


@pytest.mark.parametrize(
    ("typed", "kept", "kind"),
    [
        ("0100109106", "0100109106", TaxCodeKind.ENTERPRISE),
        ("0300588569", "0300588569", TaxCodeKind.ENTERPRISE),
        (" 0100 109 106 ", "0100109106", TaxCodeKind.ENTERPRISE),
        ("0100109106-011", "0100109106-011", TaxCodeKind.BRANCH),
        ("0100109106011", "0100109106-011", TaxCodeKind.BRANCH),
        ("0100109106 - 011", "0100109106-011", TaxCodeKind.BRANCH),
        ("079090000001", "079090000001", TaxCodeKind.PERSON),
    ],
)
def test_a_code_is_kept_in_one_shape(typed, kept, kind):
    code = parse_tax_code(typed)
    assert (code.text, code.kind, code.findings) == (kept, kind, ())


@pytest.mark.parametrize(
    ("typed", "finding"),
    [
        ("0100109107", Finding.CHECK_DIGIT),
        ("0100109107-001", Finding.CHECK_DIGIT),
        ("0010109106", Finding.CHECK_DIGIT),  # two digits changed places
        ("0000000000", Finding.NEVER_ISSUED),
        ("0100000021", Finding.CHECK_DIGIT),
        ("003090000001", Finding.PROVINCE),
    ],
)
def test_an_odd_code_is_read_with_a_finding(typed, finding):
    assert parse_tax_code(typed).findings == (finding,)


@pytest.mark.parametrize(
    "typed", ["", "010010910", "01001091060", "0100109106-01", "01001O9106", "٠١٠٠١٠٩١٠٦"]
)
def test_what_has_not_the_shape_is_none(typed):
    assert parse_tax_code(typed) is None


@given(st.from_regex("[0-9]{9}", fullmatch=True))
def test_nine_digits_have_one_tenth_or_none(head):
    found = [parse_tax_code(f"{head}{last}").findings for last in range(10)]
    right = found.count(())
    never = found.count((Finding.NEVER_ISSUED,))
    assert (right, never) in {(1, 0), (0, 10)}


@given(st.from_regex("[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_goes_unseen(head, place, shift):
    right = [code for last in range(10) if not (code := parse_tax_code(f"{head}{last}")).findings]
    for code in right:
        digits = [*code.text]
        digits[place] = str((int(digits[place]) + shift) % 10)
        assert parse_tax_code("".join(digits)).findings


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_is_a_code_or_none(text):
    code = parse_tax_code(text)
    assert code is None or parse_tax_code(code.text) == code
