"""The one-time code of a new desk: typed without a slip, and good for one centre only."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.enrol_code import ENROL_SECRET_SIZE, print_enrol_code, read_enrol_code
from counter_app.domain.typed_secret import GROUPS
from counter_app.errors import EnrolCodeMistyped

SECRET = bytes(range(ENROL_SECRET_SIZE))
ROOT = bytes(range(32))
GOLDEN = "000GD-40R4C-0M307-E2095-185GD-R3B34-1Q6J6-JSP4Y"

secrets = st.binary(min_size=ENROL_SECRET_SIZE, max_size=ENROL_SECRET_SIZE)
roots = st.binary(min_size=32, max_size=32)


def test_a_code_is_printed_in_the_same_way_for_ever():
    assert print_enrol_code(SECRET, ROOT) == GOLDEN


@given(secrets, roots)
def test_what_is_shown_at_the_centre_is_read_at_the_desk(secret, root):
    code = read_enrol_code(print_enrol_code(secret, root).lower().replace("-", " "))
    assert code.secret == secret
    assert code.names(root)


@given(secrets, roots, roots)
def test_it_names_the_centre_that_made_it_and_no_other(secret, root, other):
    code = read_enrol_code(print_enrol_code(secret, root))
    assert code.names(other) == (other == root)


@given(st.integers(0, 8 * 32 - 1))
def test_a_root_key_that_differs_in_a_bit_is_not_named(bit):
    other = bytearray(ROOT)
    other[bit // 8] ^= 1 << bit % 8
    assert not read_enrol_code(print_enrol_code(SECRET, ROOT)).names(bytes(other))


def test_48_bits_of_the_root_keys_hash_are_in_it():
    code = read_enrol_code(print_enrol_code(SECRET, ROOT))
    assert code.root == sha256(ROOT).digest()[:6]


@pytest.mark.parametrize("group", range(1, GROUPS + 1))
def test_a_slip_is_named_by_its_group(group):
    groups = GOLDEN.split("-")
    groups[group - 1] = groups[group - 1][::-1]
    with pytest.raises(EnrolCodeMistyped) as mistyped:
        read_enrol_code("-".join(groups))
    assert mistyped.value.values == {"groups": str(group), "total": GROUPS}


@given(st.text())
def test_whatever_else_is_typed_is_refused_in_words(text):
    with pytest.raises(EnrolCodeMistyped) as mistyped:
        read_enrol_code(text)
    assert str(GROUPS) in str(mistyped.value)
