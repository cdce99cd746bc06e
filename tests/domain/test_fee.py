import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.channel import Channel
from counter_app.domain.fee import FeeKind, FeeLine, FeeRule, FeeStep, total_of

CERTIFIED_COPY = FeeRule(
    id="certification",
    name="Phí chứng thực bản sao",
    kind=FeeKind.CHARGE,
    per="page",
    pages="pages",
    copies="copies",
    cap=200_000,
    steps=(FeeStep(from_page=1, amount=2000), FeeStep(from_page=3, amount=1000)),
)

pages = st.integers(1, 5000)


def a_rule(**changes):
    return FeeRule(**{"id": "le_phi", "name": "Lệ phí", "amount": 8000} | changes)


def a_line(amount, quantity=1):
    return FeeLine(id="a", name="Lệ phí", kind=FeeKind.FEE, unit_amount=amount, quantity=quantity)


@pytest.mark.parametrize(
    ("pages", "amount"),
    [
        (1, 2000),
        (2, 4000),
        (3, 5000),
        (4, 6000),
        (10, 12_000),
        (197, 199_000),
        (198, 200_000),
        (199, 200_000),
        (5000, 200_000),
    ],
)
def test_a_certified_copy_costs_less_from_the_third_page_and_never_more_than_the_cap(pages, amount):
    assert CERTIFIED_COPY.unit_amount(pages) == amount


@given(pages, pages)
def test_more_pages_never_cost_less(some, others):
    fewer, more = sorted((some, others))
    assert CERTIFIED_COPY.unit_amount(fewer) <= CERTIFIED_COPY.unit_amount(more) <= 200_000


@given(pages)
def test_steps_are_the_same_as_counting_page_by_page(count):
    page_by_page = sum(2000 if page < 3 else 1000 for page in range(1, count + 1))
    assert CERTIFIED_COPY.unit_amount(count) == min(page_by_page, 200_000)


def test_a_case_costs_what_it_costs_however_many_pages():
    assert a_rule().unit_amount(7) == 8000


def test_what_the_council_sets_and_nobody_has_entered_is_unknown_and_not_free():
    assert a_rule(amount=None, set_by_council=True).unit_amount() is None
    assert a_rule(amount=12_000, set_by_council=True).unit_amount() == 12_000
    assert a_line(None, 3).amount is None
    assert a_line(0, 3).amount == 0


def test_an_unknown_line_adds_nothing_to_what_is_known():
    assert total_of((a_line(8000, 2), a_line(None), a_line(1000))) == 17_000
    assert total_of(()) == 0


def test_a_line_may_belong_to_some_channels_cases_and_answers():
    rule = a_rule(channels=(Channel.ONLINE,), cases=("list",), when={"in_time": "no"})
    late = {"in_time": "no"}
    assert rule.concerns("list", Channel.ONLINE, late)
    assert not rule.concerns("list", Channel.DIRECT, late)
    assert not rule.concerns("household", Channel.ONLINE, late)
    assert not rule.concerns("list", Channel.ONLINE, {"in_time": "yes"})
    assert not rule.concerns("list", Channel.ONLINE, {})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount": -1}, "0 or more"),
        ({"cap": -1}, "0 or more"),
        ({"amount": None}, "set_by_council"),
        ({"per": "copy"}, "copies"),
        ({"copies": "copies"}, "copies"),
        ({"per": "page", "copies": "copies", "amount": None, "set_by_council": True}, "steps"),
        ({"pages": "pages"}, "pages"),
        ({"steps": (FeeStep(from_page=1, amount=1),)}, "steps"),
        (
            {
                "per": "page",
                "copies": "copies",
                "pages": "pages",
                "steps": (FeeStep(from_page=1, amount=1),),
            },
            "stand in `steps`",
        ),
    ],
)
def test_a_tariff_that_cannot_be_reckoned_is_refused(change, reason):
    with pytest.raises(ValueError, match=reason):
        a_rule(**change)


@pytest.mark.parametrize("from_pages", [(2,), (1, 1), (1, 5, 3)])
def test_steps_begin_at_the_first_page_and_rise(from_pages):
    steps = tuple(FeeStep(from_page=page, amount=1) for page in from_pages)
    with pytest.raises(ValueError, match="page 1"):
        a_rule(amount=None, per="page", copies="copies", pages="pages", steps=steps)


@pytest.mark.parametrize("step", [{"from_page": 0, "amount": 1}, {"from_page": 1, "amount": -1}])
def test_a_step_before_the_first_page_or_below_nothing_is_refused(step):
    with pytest.raises(ValueError, match="a step begins"):
        FeeStep(**step)


def test_an_unknown_amount_survives_the_journal():
    line = a_line(None)
    assert msgspec.json.decode(msgspec.json.encode(line), type=FeeLine) == line
