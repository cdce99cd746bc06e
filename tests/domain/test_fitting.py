"""A draft of an older version of its procedure: nothing that was entered vanishes unsaid."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalogue.procedures import decode_procedure
from counter_app.domain.answer import answer_in_words
from counter_app.domain.fitting import fit
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.party import Party
from counter_app.domain.question import is_blank
from tests.factories import a_party

FORMS = Path(__file__).parents[1] / "forms"
OLD, NEW = (
    decode_procedure((FORMS / file).read_bytes(), file).form
    for file in (
        "procedures/9.000001-moi-loai-cau-hoi.toml",
        "later/9.000001-moi-loai-cau-hoi.v2.toml",
    )
)
MEMBERS = (
    {"name": "Lê Thử", "born": "1990-03-05", "share": 40, "kin": "spouse"},
    {},
    {"name": "Lê Mẫu", "share": 60},
    {"name": "Lê Ba"},
)


def begun(**answers):
    return Intake(
        procedure="9.000001",
        applicant=a_party(),
        components=(PaperGiven(id="application"), PaperGiven(id="proof")),
        answers=answers,
    )


def fitted(**answers):
    found = fit(begun(**answers), NEW, (OLD,))
    return found.intake.answers, [str(one) for one in found.left_out][1:]


def test_under_the_same_version_a_draft_stays_as_it_was_even_half_typed():
    answers = {
        "purpose": "thử",
        "since": "15/3/19",
        "copies": "hai",
        "form": "family",
        "head": Party(full_name="Lê"),
        "members": ({"name": "Lê", "share": "một", "kin": "child"},),
    }
    found = fit(begun(**answers), OLD)
    assert found.intake == begun(**answers)
    assert found.left_out == ()


def test_a_paper_and_a_question_that_are_gone_are_named_in_words():
    found = fit(begun(purpose="đi học"), NEW, (OLD,))
    assert [str(one) for one in found.left_out] == [
        "giấy tờ: Giấy tờ chứng minh",
        "Mục đích: đi học",
    ]
    assert found.intake.components == (PaperGiven(id="application"),)
    assert found.intake.answers == {}


def test_what_means_the_same_under_another_kind_is_carried_over():
    person = a_party()
    answers, left_out = fitted(copies=3, head=person)
    assert answers == {"copies": "3", "head": answer_in_words(person, None)}
    assert left_out == []


def test_what_has_no_meaning_under_another_kind_is_named():
    answers, left_out = fitted(since="2026-03-05", form="alone")
    assert answers == {}
    assert left_out == ["Bắt đầu từ ngày: 05/03/2026", "Hình thức: Một cá nhân"]


def test_a_group_that_was_made_smaller_names_rows_and_cells():
    answers, left_out = fitted(members=MEMBERS)
    assert answers["members"] == (
        {"name": "Lê Thử", "share": "40"},
        {"name": "Lê Mẫu", "share": "60"},
    )
    assert left_out == [
        "Thành viên hộ gia đình, dòng 1: Ngày sinh: 05/03/1990",
        "Thành viên hộ gia đình, dòng 1: Quan hệ: Vợ hoặc chồng",
        "Thành viên hộ gia đình, dòng 3: Họ và tên: Lê Ba",
    ]


def test_without_any_older_version_the_names_are_those_of_the_file():
    found = fit(begun(purpose="đi học"), NEW)
    assert [str(one) for one in found.left_out] == ["giấy tờ: proof", "purpose: đi học"]


cells = st.text(max_size=6) | st.integers()
names = st.sampled_from(["name", "born", "share", "kin", "x"])
answers = st.one_of(
    cells,
    st.lists(st.dictionaries(names, cells, max_size=3), max_size=5).map(tuple),
    st.builds(Party, full_name=st.text(max_size=6)),
)
asked = st.sampled_from(["purpose", "since", "copies", "form", "place", "head", "members", "gone"])


@given(st.dictionaries(asked, answers, max_size=5), st.booleans())
def test_every_answer_is_carried_over_or_named(typed, forwards):
    old, new = (OLD, NEW) if forwards else (NEW, OLD)
    found = fit(begun(**typed), new, (old,))
    kept = found.intake.answers
    simple = {name: each for name, each in typed.items() if not isinstance(each, tuple)}
    lost = [name for name, each in simple.items() if not is_blank(each) and name not in kept]
    named = [one for one in found.left_out if one.name != "giấy tờ"]
    assert len(named) >= len(lost)
    assert fit(found.intake, new, (new,)).intake == found.intake
