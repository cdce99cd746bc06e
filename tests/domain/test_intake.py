"""What is wrong with an intake is said field by field, and nothing typed is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.channel import Channel
from counter_app.domain.deadline import DeadlineInForm
from counter_app.domain.fee import FeeRule
from counter_app.domain.intake import Intake, PaperGiven, papers_of, tidied
from counter_app.domain.intake_check import check, problems
from counter_app.domain.party import Party, PartyKind
from counter_app.domain.procedure import Case, Choice, Component, Procedure, Question
from counter_app.errors import IncompleteIntake, InvalidField
from tests.factories import a_party

TODAY = date(2026, 11, 23)
PROCEDURE = Procedure(
    version=1,
    effective_from=date(2025, 7, 1),
    legal_basis="thử",
    unverified=True,
    code="1.000001",
    name="Thủ tục thử",
    field="Thử",
    level="commune",
    deadline=DeadlineInForm(unit="working_days", value=3),
    component=(
        Component(id="form", name="Tờ khai"),
        Component(id="proof", name="Giấy tờ chứng minh", originals=2),
        Component(id="extra", name="Giấy khác", required=False),
    ),
    case=(
        Case(id="usual", name="Thông thường", components=("form", "extra")),
        Case(id="hard", name="Khó", components=("form", "proof")),
    ),
    question=(
        Question(id="copies", label="Số bản", type="number", minimum=1, maximum=50, default=1),
        Question(
            id="why",
            label="Mục đích",
            type="choice",
            choices=(Choice(id="study", label="Đi học"), Choice(id="work", label="Đi làm")),
        ),
        Question(id="when", label="Ngày", type="date"),
    ),
    fee=(FeeRule(id="fee", name="Lệ phí", amount=8000, per="copy", copies="copies"),),
)
GOOD = Intake(
    procedure="1.000001",
    case="usual",
    applicant=a_party(),
    components=(PaperGiven(id="form"),),
)


def fields(intake):
    return {problem.field for problem in problems(tidied(intake), PROCEDURE, TODAY)}


def with_applicant(**changes):
    return replace(GOOD, applicant=a_party(**changes))


def test_a_good_intake_passes():
    check(tidied(GOOD), PROCEDURE, TODAY)


def test_all_that_is_missing_is_named_at_once():
    blank = Intake(procedure="1.000001", case="hard")
    with pytest.raises(IncompleteIntake) as refusal:
        check(tidied(blank), PROCEDURE, TODAY)
    for name in ("họ", "Tờ khai", "Giấy tờ chứng minh"):
        assert name in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": "   "}, "applicant.full_name"),
        ({"full_name": "A" * 500}, "applicant.full_name"),
        ({"full_name": "Trần\0Thử"}, "applicant.full_name"),
        ({"id_number": "00109000000"}, "applicant.id_number"),
        ({"birth_date": "30/02/1990"}, "applicant.birth_date"),
        ({"birth_date": "2026-11-24"}, "applicant.birth_date"),
        ({"phone": "12345"}, "applicant.phone"),
        ({"email": "không phải"}, "applicant.email"),
        ({"kind": PartyKind.BUSINESS, "id_number": "12"}, "applicant.id_number"),
    ],
)
def test_a_value_that_cannot_be_true_is_refused_beside_its_field(changes, field):
    assert fields(with_applicant(**changes)) == {field}
    with pytest.raises((InvalidField, IncompleteIntake)):
        check(tidied(with_applicant(**changes)), PROCEDURE, TODAY)


@pytest.mark.parametrize(
    "name",
    ["Trần <b>Thử</b>", "A & B", "=1+1", "{code}", "Thử 😀", "Nguyễn", "a\u202eb", "Đ'Thử"],
)
def test_strange_names_are_kept_as_they_were_typed(name):
    assert fields(with_applicant(full_name=name)) == set()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"copies": 0}, "answers.copies"),
        ({"copies": 51}, "answers.copies"),
        ({"copies": "hai"}, "answers.copies"),
        ({"why": "fun"}, "answers.why"),
        ({"when": "31/04/2026"}, "answers.when"),
        ({"nobody_asked": "x"}, "answers.nobody_asked"),
    ],
)
def test_answers_are_held_against_their_questions(answers, field):
    assert fields(replace(GOOD, answers=answers)) == {field}


def test_a_note_of_five_megabytes_is_refused_in_one_sentence():
    found = problems(tidied(replace(GOOD, note="x" * 5_000_000)), PROCEDURE, TODAY)
    assert [problem.field for problem in found] == ["note"]
    assert len(found[0].sentence) < 200


def test_every_case_asks_for_its_own_papers():
    assert fields(replace(GOOD, case="hard")) == {"components.proof"}
    assert fields(replace(GOOD, case=None)) == {"case"}
    assert fields(replace(GOOD, case="none")) == {"case"}


def test_all_means_what_is_required_and_nothing_besides():
    papers = papers_of(replace(GOOD, case="hard", components="all"), PROCEDURE)
    assert [(paper.id, paper.originals) for paper in papers] == [("form", 1), ("proof", 2)]
    assert [p.id for p in papers_of(replace(GOOD, components="all"), PROCEDURE)] == ["form"]


def test_what_was_typed_is_stored_tidy():
    typed = with_applicant(full_name="  Trần   Thử ", birth_date="3/3/1990", phone="+84 900000001")
    applicant = tidied(typed).applicant
    assert applicant.full_name == "Trần Thử"
    assert (applicant.birth_date, applicant.phone) == ("1990-03-03", "0900000001")


def test_the_fee_follows_the_number_of_copies():
    (line,) = PROCEDURE.fees_of("usual", Channel.DIRECT, {"copies": 3})
    assert line.amount == 24_000


parties = st.builds(
    Party,
    full_name=st.text(max_size=300),
    id_number=st.text(max_size=20),
    birth_date=st.text(max_size=12),
    phone=st.text(max_size=15),
    email=st.text(max_size=20),
)


@given(parties, st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=9)))
def test_whatever_is_typed_gets_sentences_and_never_a_crash(party, answers):
    intake = tidied(replace(GOOD, applicant=party, answers=answers))
    for problem in problems(intake, PROCEDURE, TODAY):
        assert problem.sentence
        assert problem.named is not None
    assert tidied(intake) == intake
