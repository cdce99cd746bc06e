"""Who pays less: by which ground, on which day, and how much."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.exemption import Exemptions, Ground
from counter_app.domain.fee import FeeKind, FeeLine

LAST, FIRST = date(2027, 2, 28), date(2027, 3, 1)
FEE = FeeLine(id="registration", name="Lệ phí", kind=FeeKind.FEE, unit_amount=8000, quantity=1)
CHARGE = FeeLine(id="copy", name="Phí", kind=FeeKind.CHARGE, unit_amount=8000, quantity=1)


def a_ground(**changes):
    said = {"id": "poor", "name": "Hộ nghèo", "legal_basis": "x", "evidence": "x", "source": "x"}
    return Ground(**said | changes)


def the_rules(*grounds, round_to=1):
    return Exemptions(
        version=1,
        effective_from=date(2025, 7, 1),
        legal_basis="x",
        source="x",
        round_to=round_to,
        ground=grounds,
    )


@given(st.integers(0, 10**12), st.integers(1, 100), st.integers(1, 10**6))
def test_a_reduction_is_never_less_than_the_share_nor_more_than_the_fee(amount, percent, unit):
    reduction = the_rules(round_to=unit).reduction(amount, percent)
    assert amount * percent <= reduction * 100
    assert reduction <= amount
    assert reduction == amount or reduction % unit == 0
    assert reduction - amount * percent // 100 <= unit


@pytest.mark.parametrize(
    ("amount", "percent", "unit", "reduction"),
    [
        (8000, 100, 1, 8000),
        (15_000, 50, 1, 7500),
        (15_001, 50, 1, 7501),
        (15_000, 50, 1000, 8000),
        (400, 50, 1000, 400),
        (0, 50, 1, 0),
        (10**12, 33, 1, 330_000_000_000),
    ],
)
def test_a_percentage_is_rounded_up_for_the_applicant(amount, percent, unit, reduction):
    assert the_rules(round_to=unit).reduction(amount, percent) == reduction


def test_a_ground_concerns_the_fees_that_it_names():
    ground = a_ground(fields=("Hộ tịch",), kinds=(FeeKind.FEE,))
    assert ground.concerns(FEE, procedure="1.004746", field="Hộ tịch")
    assert not ground.concerns(CHARGE, procedure="2.000635", field="Hộ tịch")
    assert not ground.concerns(FEE, procedure="1.004194", field="Cư trú")
    assert a_ground(fees=("copy",)).concerns(CHARGE, procedure="x", field="x")
    assert not a_ground(procedures=("1",)).concerns(CHARGE, procedure="2", field="x")
    assert a_ground().concerns(CHARGE, procedure="x", field="x")


def test_the_same_ground_stands_in_the_new_law_from_its_first_day():
    old, new = a_ground(until=LAST, legal_basis="old"), a_ground(since=FIRST, legal_basis="new")
    rules = the_rules(old, new)
    assert rules.find("poor", LAST).legal_basis == "old"
    assert rules.find("poor", FIRST).legal_basis == "new"
    assert rules.find("rich", FIRST) is None
    with pytest.raises(ValueError, match="poor"):
        the_rules(old, a_ground(since=LAST))
    with pytest.raises(ValueError, match="before"):
        a_ground(since=FIRST, until=LAST)
    with pytest.raises(ValueError, match="unverified"):
        a_ground(source="")


def test_the_law_of_civil_status_lets_off_fees_and_not_charges(catalogue):
    rules = catalogue.exemptions
    for day in (LAST, FIRST):
        found = rules.grounds_for((FEE,), day, procedure="1.004746", field="Hộ tịch")
        assert [ground.id for ground in found] == ["merit_family", "poor", "disabled"]
        assert not rules.grounds_for((CHARGE,), day, procedure="2.000635", field="Hộ tịch")
    assert "60/2014" in rules.find("poor", LAST).legal_basis
    assert "03/2026" in rules.find("poor", FIRST).legal_basis
    assert all(ground.unverified or ground.source for ground in rules.ground)
