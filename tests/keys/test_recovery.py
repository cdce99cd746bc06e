"""The recovery key on paper; how secrets are typed is proved in tests/domain/test_typed_secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.typed_secret import GROUPS
from counter_app.errors import RecoveryKeyMistyped
from counter_app.keys.recovery import new_recovery, printed, typed


@given(st.binary(min_size=20, max_size=20))
def test_what_is_printed_can_be_typed(key):
    assert typed(printed(key)) == key


def test_no_two_are_alike():
    assert len({new_recovery() for _ in range(100)}) == 100


def test_a_slip_is_named_by_its_groups():
    groups = printed(bytes(range(20))).split("-")
    with pytest.raises(RecoveryKeyMistyped) as mistyped:
        typed("-".join([groups[0], "*****", *groups[2:5]]))
    assert mistyped.value.values == {"groups": "2, 6, 7, 8", "total": GROUPS}


@given(st.text())
def test_whatever_else_is_typed_is_refused_in_words(text):
    with pytest.raises(RecoveryKeyMistyped):
        typed(text)
