from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.channel import Channel
from counter_app.domain.deadline import DeadlineInForm
from counter_app.domain.fee import FeeRule
from counter_app.domain.form_file import in_force
from counter_app.domain.procedure import Case, Choice, Component, Procedure, Question

COPIES = Question(id="copies", label="Số bản", type="number", minimum=1, maximum=9, default=1)
YES_OR_NO = (Choice(id="yes", label="Có"), Choice(id="no", label="Không"))
HOUSE = Case(id="house", name="Nhà ở", components=("application",))


def a_procedure(**changes):
    return Procedure(
        **{
            "version": 1,
            "effective_from": date(2026, 1, 1),
            "legal_basis": "Luật Thử nghiệm",
            "unverified": True,
            "code": "9.000001",
            "name": "Thử nghiệm",
            "field": "Thử nghiệm",
            "level": "commune",
            "deadline": DeadlineInForm(unit="working_days", value=3),
            "component": (
                Component(id="application", name="Tờ khai"),
                Component(id="identity", name="Giấy tờ tùy thân", shown=True),
            ),
        }
        | changes
    )


TWO_CASES = a_procedure(
    case=(
        HOUSE,
        Case(
            id="shop",
            name="Cửa hàng",
            components=("identity", "application"),
            deadline=DeadlineInForm(unit="none"),
        ),
    ),
    question=(COPIES, Question(id="late", label="Quá hạn", type="choice", choices=YES_OR_NO)),
    fee=(
        FeeRule(id="house", name="Lệ phí", amount=5000, cases=("house",)),
        FeeRule(id="copy", name="Bản sao", amount=800, per="copy", copies="copies"),
        FeeRule(id="late", name="Quá hạn", set_by_council=True, when={"late": "yes"}),
    ),
)


def fees(case, **answers):
    lines = TWO_CASES.fees_of(case, Channel.DIRECT, answers)
    return {line.id: line.amount for line in lines}


def test_a_case_asks_for_its_own_papers_in_the_order_of_the_file():
    assert [c.id for c in TWO_CASES.components_of("house")] == ["application"]
    assert [c.id for c in TWO_CASES.components_of("shop")] == ["application", "identity"]
    assert [c.id for c in TWO_CASES.components_of(None)] == ["application", "identity"]


def test_a_case_takes_the_time_of_the_procedure_unless_it_has_its_own():
    assert TWO_CASES.deadline_of("house") == TWO_CASES.deadline.plain()
    assert TWO_CASES.deadline_of("shop").unit == "none"
    assert TWO_CASES.deadline_of(None) == TWO_CASES.deadline.plain()


def test_an_unknown_case_is_nobodys_guess():
    with pytest.raises(KeyError):
        TWO_CASES.components_of("tower")


def test_fees_follow_the_case_and_the_answers():
    assert fees("house") == {"house": 5000, "copy": 800}
    assert fees("shop", copies=3) == {"copy": 2400}
    assert fees("shop", late="yes") == {"copy": 800, "late": None}
    assert fees("shop", late="no") == {"copy": 800}


def test_an_unanswered_question_counts_with_its_default():
    question = Question(id="copies", label="Số bản", type="number", default=4)
    procedure = a_procedure(question=(question,), fee=(TWO_CASES.fee[1],))
    (line,) = procedure.fees_of(None, Channel.POST, {})
    assert line.quantity == 4


@given(st.dictionaries(st.sampled_from(["copies", "late", "other"]), st.text() | st.integers()))
def test_whatever_was_typed_a_fee_is_never_below_that_of_one_copy(answers):
    assert fees("shop", **answers)["copy"] >= 800


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "1.00119"}, "no procedure code"),
        ({"code": "1.001193.000.00.00.h40"}, "no procedure code"),
        ({"component": (Component(id="To khai", name="x"),)}, "no identifier"),
        ({"component": (Component(id="a", name="x"), Component(id="a", name="y"))}, "the same id"),
        ({"case": (HOUSE, HOUSE)}, "the same id"),
        (
            {"case": (Case(id="a", name="A", components=("application", "ghost")),)},
            "no component ghost",
        ),
        ({"case": (HOUSE,)}, "no case asks for the component identity"),
        ({"fee": (FeeRule(id="a", name="A", amount=1, cases=("tower",)),)}, "no case tower"),
        (
            {"fee": (FeeRule(id="a", name="A", amount=1, per="copy", copies="copies"),)},
            "no question for a number copies",
        ),
        (
            {"fee": (FeeRule(id="a", name="A", amount=1, when={"late": "yes"}),)},
            "no choice yes of a question late",
        ),
        ({"unverified": False}, "`source`"),
        ({"version": 0}, "version"),
        ({"effective_to": date(2025, 12, 31)}, "lies before"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(change, reason):
    with pytest.raises(ValueError, match=reason):
        a_procedure(**change)


@pytest.mark.parametrize("code", ["1.001193", "1.001193.000.00.00.H40"])
def test_a_code_is_the_nations_or_an_agencys(code):
    assert a_procedure(code=code).code == code


@pytest.mark.parametrize(
    "question",
    [
        {"type": "choice"},
        {"type": "text", "choices": YES_OR_NO},
        {"type": "text", "minimum": 1},
        {"type": "number", "minimum": 1, "default": 0},
        {"type": "number", "maximum": 9, "default": 10},
        {"type": "number", "default": "one"},
        {"type": "text", "default": 1},
        {"type": "choice", "choices": YES_OR_NO, "default": "maybe"},
        {"type": "choice", "choices": (YES_OR_NO[0], YES_OR_NO[0])},
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(question):
    with pytest.raises(ValueError, match=r"belong to|does not answer|the same id"):
        Question(id="a", label="A", **question)


@pytest.mark.parametrize("number", [{"originals": 0}, {"originals": -1, "copies": 2}])
def test_a_paper_of_which_there_is_none_is_refused(number):
    with pytest.raises(ValueError, match="at least one"):
        Component(id="a", name="A", **number)


def test_of_the_versions_in_force_the_law_that_came_last_holds():
    old = a_procedure(version=1, effective_to=date(2026, 12, 31))
    new = a_procedure(version=2, effective_from=date(2026, 7, 1))
    assert in_force([old, new], date(2025, 12, 31)) is None
    assert in_force([old, new], date(2026, 6, 30)) is old
    assert in_force([old, new], date(2026, 7, 1)) is new


def test_the_last_day_of_a_version_is_its_own():
    old = a_procedure(effective_to=date(2026, 12, 31))
    assert in_force([old], date(2026, 12, 31)) is old
    assert in_force([old], date(2027, 1, 1)) is None


def test_a_corrected_version_replaces_the_one_of_the_same_day_but_no_later_law():
    wrong = a_procedure(version=1)
    right = a_procedure(version=3)
    later = a_procedure(version=2, effective_from=date(2026, 7, 1))
    assert in_force([wrong, right], date(2026, 6, 1)) is right
    assert in_force([wrong, right, later], date(2026, 8, 1)) is later


@given(st.lists(st.builds(a_procedure, version=st.integers(1, 9)), max_size=5), st.dates())
def test_what_is_in_force_holds_on_that_day(versions, day):
    found = in_force(versions, day)
    assert found is None or found.holds_on(day)
