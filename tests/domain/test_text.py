"""Vietnamese text: stored in one shape, found without accents, sorted as a register sorts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.text import (
    fold,
    forbidden,
    given_name_key,
    initials_match,
    matches_name,
    nfc,
    tidy,
    tidy_lines,
    visible,
    words,
)

anything = st.text(st.characters(exclude_categories=()), max_size=60)  # halves of pairs too
VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
vietnamese = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " "), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Bưởi", "dang thi buoi"),
        ("NGUYỄN ĐÌNH ƯỚC", "nguyen dinh uoc"),
        (unicodedata.normalize("NFD", "Huỳnh Mỹ Ẩn"), "huynh my an"),
        ("Ðỗ Ɖức", "do duc"),  # letters of other nations that look like Đ
        ("A\u200bn\u202e", "an"),
        ("STRAẞE", "strasse"),
    ],
)
def test_folding_takes_off_accents_case_and_what_cannot_be_seen(text, folded):
    assert fold(text) == folded


@given(anything)
def test_what_is_folded_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_both_shapes_of_a_letter_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@given(vietnamese)
def test_every_vietnamese_text_folds_to_plain_letters(text):
    assert fold(text).isascii()
    assert len(fold(text)) == len(text)


def test_words_are_without_the_signs_between_them():
    assert words("Cấp bản-sao, trích_lục (02)") == ("cap", "ban", "sao", "trich", "luc", "02")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lê \t Văn\u00a0 Tám\n", "Lê Văn Tám"),
        ("Ho\u0300a", "Hòa"),
        (" \u3000 ", ""),
        ("A\u200bB", "A\u200bB"),  # unseen, yet kept
    ],
)
def test_a_name_is_kept_tidy(typed, kept):
    assert tidy(typed) == kept


def test_a_note_keeps_its_lines_and_one_empty_line_between_them():
    note = "\r\n Một  hai\t\r\nba\rbốn\n\n\n\nnăm \n\n"
    assert tidy_lines(note) == "Một hai\nba\nbốn\n\nnăm"


@given(anything)
def test_what_is_tidy_stays_as_it_is(text):
    assert tidy(tidy(text)) == tidy(text)
    assert tidy_lines(tidy_lines(text)) == tidy_lines(text)


@given(anything)
def test_what_is_tidy_is_nfc(text):
    assert unicodedata.is_normalized("NFC", tidy(text))
    assert unicodedata.is_normalized("NFC", tidy_lines(text))


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\r", "\ud800", "\udfff"])
def test_controls_and_halves_of_letters_are_forbidden(sign):
    assert forbidden(f"Lê\n{sign}\tTám\0") == sign


@pytest.mark.parametrize("text", ["", "dòng\n\tdòng", "<b>&{x}=1+1", "😀", "\u202eabc", "a\u200db"])
def test_what_is_only_odd_is_not_forbidden(text):
    assert forbidden(text) == ""


@given(anything)
def test_what_is_not_forbidden_can_be_written_to_a_file(text):
    if not forbidden(text):
        assert text.encode().decode() == text


@given(anything)
def test_what_is_visible_holds_nothing_unseen_and_nothing_new(text):
    shown = visible(text)
    assert forbidden(shown) == ""
    assert not any(unicodedata.category(sign) == "Cf" for sign in shown)
    remaining = iter(text)
    assert all(sign in remaining for sign in shown)


def test_no_direction_of_writing_reaches_the_paper():
    assert visible("Lê\u202e Văn\u2066\u200f Tám\ufeff\u00ad\0 😀") == "Lê Văn Tám 😀"


@given(vietnamese)
def test_vietnamese_is_visible_as_it_is(text):
    assert visible(text) == text


REGISTER = [
    "Lê Thị An",
    "Trần Bảo An",
    "Trần Thị An",
    "Bùi Văn Ân",
    "Ngô Ba",
    "Lý Dung",
    "Lý Dũng",
    "Cao Đào",
    "Cao Hoa",
    "Cao Hòa",
    "Lê Ơn",
    "Lê Út",
    "Lê Ưng",
]


@given(st.permutations(REGISTER))
def test_persons_are_sorted_by_given_name_then_family_name_then_the_rest(mixed):
    assert sorted(mixed, key=given_name_key) == REGISTER


def test_where_the_tone_stands_does_not_change_the_order():
    assert given_name_key("Lê Hoà") == given_name_key("LÊ HÒA")


@given(anything)
def test_every_name_can_be_sorted(name):
    assert given_name_key(name) == given_name_key(nfc(name))


PROCEDURES = [
    "Đăng ký khai sinh",
    "Đăng ký kết hôn",
    "Đăng ký lại khai sinh",
    "Chứng thực bản sao từ bản chính",
    "Thủ tục thông báo lưu trú",
    "Cấp bản sao Trích lục hộ tịch",
    "Trợ cấp mai táng phí",
]


def best(query):
    graded = [(matches_name(query, text), text) for text in PROCEDURES]
    return min((grade, text) for grade, text in graded if grade is not None)[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dks", "Đăng ký khai sinh"),
        ("dkks", "Đăng ký khai sinh"),
        ("DKKH", "Đăng ký kết hôn"),
        ("dkh", "Đăng ký kết hôn"),
        ("dkl", "Đăng ký lại khai sinh"),
        ("ket", "Đăng ký kết hôn"),
        ("kết hôn", "Đăng ký kết hôn"),
        ("sinh lai", "Đăng ký lại khai sinh"),
        ("ban sao", "Chứng thực bản sao từ bản chính"),
        ("trich luc ho", "Cấp bản sao Trích lục hộ tịch"),
        ("tcm", "Trợ cấp mai táng phí"),
        ("ttt", "Thủ tục thông báo lưu trú"),
        ("ai tang", "Trợ cấp mai táng phí"),
    ],
)
def test_a_procedure_is_found_by_a_few_letters(query, found):
    assert best(query) == found


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("dang ky khai sinh", "dang"),
        ("dkks", "dkk"),
        ("dkk", "khai"),
        ("khai", "dks"),
        ("dks", "ang"),
        ("ang", "kks"),
    ],
)
def test_the_closer_answer_ranks_before_the_looser_one(better, worse):
    assert matches_name(better, PROCEDURES[0]) < matches_name(worse, PROCEDURES[0])


@pytest.mark.parametrize("query", ["xyz", "skd", "dkksx", "ly hon"])
def test_what_does_not_answer_is_left_out(query):
    assert matches_name(query, PROCEDURES[0]) is None


def test_nothing_typed_finds_everything():
    assert all(matches_name(" ", text) is not None for text in PROCEDURES)


def test_initials_may_leave_some_out_but_keep_their_order():
    assert initials_match("dks", "Đăng ký khai sinh")
    assert initials_match("tthn", "Tình trạng hôn nhân")
    assert not initials_match("sk", "Đăng ký khai sinh")


@given(anything, anything)
def test_any_query_may_be_asked_of_any_text(query, text):
    assert matches_name(query, text) in {None, *range(7)}
    assert matches_name(text, text) == 0
