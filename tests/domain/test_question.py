"""What a procedure asks: every kind of question, on conditions, in rows, and never twice."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.catalogue.procedures import decode_procedure
from counter_app.domain.answer import answer_in_words
from counter_app.domain.channel import Channel
from counter_app.domain.fee import FeeRule
from counter_app.domain.intake import Intake, answers_of, settled, tidied
from counter_app.domain.intake_check import problems
from counter_app.domain.party import Party, PartyKind
from counter_app.domain.question import Choice, Part, Question, is_blank
from counter_app.errors import InvalidForm
from tests.domain.test_procedure import a_procedure
from tests.factories import a_party

FILE = Path(__file__).parents[1] / "forms/procedures/9.000001-moi-loai-cau-hoi.toml"
TODAY = date(2026, 11, 23)
YES_OR_NO = (Choice(id="yes", label="Có"), Choice(id="no", label="Không"))
MEMBERS = Question(
    id="members",
    label="Thành viên",
    type="group",
    fewest=1,
    most=3,
    part=(
        Part(id="name", label="Họ tên", required=True),
        Part(id="born", label="Ngày sinh", type="date"),
        Part(id="share", label="Phần góp", type="number", minimum=1, maximum=100),
        Part(id="kin", label="Quan hệ", type="choice", choices=YES_OR_NO),
        Part(id="home", label="Nơi ở", type="place"),
    ),
    when={"family": "yes"},
)
PROCEDURE = a_procedure(
    question=(
        Question(id="family", label="Hộ gia đình", type="choice", choices=YES_OR_NO),
        MEMBERS,
        Question(id="mother", label="Người mẹ", type="person"),
        Question(id="place", label="Nơi sinh", type="place"),
        Question(
            id="late",
            label="Quá hạn",
            type="choice",
            choices=YES_OR_NO,
            default="no",
            when={"family": "yes"},
        ),
        Question(
            id="days",
            label="Số ngày",
            type="number",
            minimum=1,
            required=True,
            when={"late": "yes"},
        ),
    ),
    fee=(FeeRule(id="late", name="Quá hạn", amount=9000, when={"late": "yes"}),),
)


def intake_with(**answers):
    return Intake(procedure="9.000001", applicant=a_party(), components="all", answers=answers)


def found(**answers):
    whole = settled(tidied(intake_with(**answers)), PROCEDURE)
    return {problem.field: problem for problem in problems(whole, PROCEDURE, TODAY)}


def test_a_question_is_asked_only_on_its_condition():
    assert [q.id for q in PROCEDURE.questions_of({})] == ["family", "mother", "place"]
    asked = [q.id for q in PROCEDURE.questions_of({"family": "yes", "late": "yes"})]
    assert asked == ["family", "members", "mother", "place", "late", "days"]


def test_what_hangs_on_a_hidden_question_is_hidden_with_it():
    asked = [q.id for q in PROCEDURE.questions_of({"family": "no", "late": "yes"})]
    assert asked == ["family", "mother", "place"]


def test_what_is_hidden_is_neither_checked_nor_stored_nor_charged():
    answers = {"family": "no", "late": "yes", "days": "mười", "members": ({"name": ""},)}
    assert found(**answers) == {}
    whole = settled(tidied(intake_with(**answers)), PROCEDURE)
    assert answers_of(whole) == {"family": "no"}
    assert PROCEDURE.fees_of(None, Channel.DIRECT, answers) == ()
    assert len(PROCEDURE.fees_of(None, Channel.DIRECT, answers | {"family": "yes"})) == 1


def test_a_default_counts_where_it_is_asked():
    assert settled(intake_with(family="yes"), PROCEDURE).answers == {"family": "yes", "late": "no"}


def test_every_row_is_held_against_its_parts():
    rows = (
        {"name": "Trần Thử", "born": "30/02/1990"},
        {},
        {"share": 101, "kin": "maybe", "hobby": "x"},
        {"name": "Lê Thử", "share": "nửa", "home": "x" * 300},
    )
    problem = found(family="yes", members=rows)
    assert set(problem) == {
        "answers.members[0].born",
        "answers.members[2].name",
        "answers.members[2].share",
        "answers.members[2].kin",
        "answers.members[2].hobby",
        "answers.members[3].share",
        "answers.members[3].home",
    }
    assert problem["answers.members[2].name"].named == "Thành viên, dòng 3: Họ tên"


def test_rows_are_counted_without_the_empty_ones():
    assert set(found(family="yes")) == {"answers.members"}
    assert set(found(family="yes", members=({}, {"name": ""}))) == {"answers.members"}
    assert found(family="yes", members=({}, {"name": "Thử"})) == {}
    too_many = found(family="yes", members=tuple({"name": f"Thử {n}"} for n in range(4)))
    assert "3" in too_many["answers.members"].sentence


def test_a_person_is_checked_like_the_applicant():
    mother = a_party(full_name="", birth_date="2030-01-01", id_number="123")
    problem = found(mother=mother)
    assert set(problem) == {
        "answers.mother.full_name",
        "answers.mother.birth_date",
        "answers.mother.id_number",
    }
    assert problem["answers.mother.full_name"].named == "Người mẹ: họ và tên"
    assert found(mother=Party()) == {}
    assert set(found(mother=a_party(kind=PartyKind.BUSINESS))) == {"answers.mother"}
    assert set(found(mother="Trần Thị Thử")) == {"answers.mother"}


def test_what_is_stored_is_tidy_and_says_something():
    rows = ({"name": "  Trần   Thử ", "born": "5/3/1990", "home": ""}, {"name": " "}, {})
    mother = a_party(full_name=" Lê  Thử ", birth_date="1/2/1960", phone="+84 900000001")
    typed = intake_with(family="yes", members=rows, mother=mother, place="  Huế ")
    stored = answers_of(settled(tidied(typed), PROCEDURE))
    assert stored["members"] == ({"name": "Trần Thử", "born": "1990-03-05"},)
    assert stored["mother"].full_name == "Lê Thử"
    assert (stored["mother"].birth_date, stored["mother"].phone) == ("1960-02-01", "0900000001")
    assert stored["place"] == "Huế"
    assert list(stored) == ["family", "members", "mother", "place", "late"]


def test_rows_and_persons_are_told_with_their_labels():
    rows = ({"name": "Trần Thử", "born": "1990-03-05", "kin": "yes"}, {"name": "Lê Thử"})
    said = answer_in_words(rows, MEMBERS)
    assert said == "Họ tên: Trần Thử, Ngày sinh: 05/03/1990, Quan hệ: Có; Họ tên: Lê Thử"
    person = Party(full_name="Lê Thử", id_number="001190000002", birth_date="1990")
    assert answer_in_words(person, None) == "Lê Thử, số định danh 001190000002, sinh 1990"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"when": {"later": "yes"}}, r"question\[0\].when: no question later"),
        ({"when": {"first": "yes"}}, r"question\[0\].when: no question first"),
    ],
)
def test_a_condition_speaks_of_what_was_asked_before(change, reason):
    first = Question(id="first", label="A", type="choice", choices=YES_OR_NO, **change)
    later = Question(id="later", label="B", type="choice", choices=YES_OR_NO)
    with pytest.raises(ValueError, match=reason):
        a_procedure(question=(first, later))


def test_a_condition_names_a_choice_that_there_is():
    first = Question(id="first", label="A", type="choice", choices=YES_OR_NO)
    text = Question(id="text", label="B")
    for other, choice in (("first", "maybe"), ("text", "x")):
        second = Question(id="second", label="C", when={other: choice})
        with pytest.raises(ValueError, match=r"question\[2\].when"):
            a_procedure(question=(first, text, second))


@pytest.mark.parametrize(
    "question",
    [
        {"type": "group"},
        {"type": "text", "part": (Part(id="a", label="A"),)},
        {"type": "text", "most": 3},
        {"type": "group", "part": (Part(id="a", label="A"),), "fewest": 3, "most": 2},
        {"type": "group", "part": (Part(id="a", label="A"),), "most": 0},
        {"type": "group", "part": (Part(id="a", label="A"),), "most": 10_000},
        {"type": "group", "part": (Part(id="a", label="A"), Part(id="a", label="B"))},
        {"type": "group", "part": (Part(id="a", label="A"),), "default": ({"a": "x"},)},
        {"type": "person", "default": Party(full_name="Thử")},
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(question):
    with pytest.raises(ValueError, match=r"belong|does not answer|the same id|a group has"):
        Question(id="a", label="A", **question)


def test_a_file_asks_for_every_kind_and_the_place_of_what_is_wrong_is_told():
    raw = FILE.read_bytes()
    kinds = {question.type for question in decode_procedure(raw, FILE.name).form.question}
    assert kinds == {"text", "date", "number", "choice", "place", "person", "group"}
    broken = raw.replace(b"fewest = 1", b"fewest = 9")
    with pytest.raises(InvalidForm, match=r"\$\.question\[6\]"):
        decode_procedure(broken, FILE.name)
    unknown = raw.replace(b'when = { form = "family" }', b'when = { shape = "family" }')
    with pytest.raises(InvalidForm, match=r"question\[5\]\.when"):
        decode_procedure(unknown, FILE.name)


cells = st.text(max_size=9) | st.integers()
names = st.sampled_from(["name", "born", "share", "kin", "x"])
rows = st.lists(st.dictionaries(names, cells, max_size=3), max_size=4)
parties = st.builds(Party, full_name=st.text(max_size=9), birth_date=st.text(max_size=9))
answers = st.one_of(cells, rows.map(tuple), parties)
questions = st.sampled_from([question.id for question in PROCEDURE.question])


@given(st.dictionaries(questions, answers, max_size=4))
def test_whatever_is_answered_gets_sentences_and_never_a_crash(given_answers):
    tidy = tidied(intake_with(**given_answers))
    whole = settled(tidy, PROCEDURE)
    for problem in problems(whole, PROCEDURE, TODAY):
        assert problem.sentence
        assert problem.named
    assert settled(whole, PROCEDURE) == whole
    stored = answers_of(whole)
    assert answers_of(replace(whole, answers=stored)) == stored
    assert not any(is_blank(answer) for answer in stored.values())
    asked = {question.id: question for question in PROCEDURE.questions_of(whole.answers)}
    assert stored.keys() <= asked.keys()
    for name, answer in stored.items():
        assert isinstance(answer_in_words(answer, asked[name]), str)
    PROCEDURE.fees_of(None, Channel.DIRECT, given_answers)
