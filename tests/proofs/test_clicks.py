"""A few steps of somebody who clicks at everything, and what is seen of a bug there."""

import sys

import pytest

from tests.proofs.test_proofs import proved

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="its window is as large as Qt likes there"
)


def test_a_short_walk_finds_what_was_broken_on_purpose_and_nothing_else():
    verdict = proved("clicks", "--steps", "25", "--seed", "1", "--mutant", "printer")
    broken = set(verdict["broken"]) - {"a standstill"}  # which a busy machine may be
    assert broken == {"a bug"}
    assert verdict["steps"] == 25
