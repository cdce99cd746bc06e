"""Text into lines: nothing is lost, nothing is wider than the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.printing.faces import Weight, faces, printable
from counter_app.printing.typeset import Span, cut, wrap, wrap_spans

WORDS = st.text("aăâbdđeêghiươớợ Nguyễn\n-.", max_size=200)


@pytest.fixture
def face():
    return faces()[Weight.REGULAR]


@given(text=WORDS, width=st.floats(30, 300))
def test_no_line_is_wider_than_the_room_and_no_letter_is_lost(text, width):
    face = faces()[Weight.REGULAR]
    lines = wrap(text, face, 10, width)
    assert all(face.width(line, 10) <= width + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(label=WORDS, value=WORDS, width=st.floats(30, 300))
def test_texts_in_two_fonts_share_their_lines(label, value, width):
    regular, bold = faces()[Weight.REGULAR], faces()[Weight.BOLD]
    lines = wrap_spans([Span(label, regular), Span(value, bold)], 10, width)
    said = "".join(part.text for line in lines for part in line.parts)
    assert "".join(said.split()) == "".join((label + value).split())
    for line in lines:
        for part in line.parts:
            assert part.x + part.face.width(part.text, 10) <= width + 0.01


def test_a_long_word_is_broken_behind_a_sign(face):
    assert wrap("H57.132-260803-0001", face, 10, 80) == ["H57.132-260803-", "0001"]


def test_a_room_too_small_for_a_letter_holds_one(face):
    assert wrap("abc", face, 10, 1) == ["a", "b", "c"]


def test_what_is_cut_says_so():
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abc def", 5) == "abc…"


@pytest.mark.parametrize(
    ("typed", "on_paper"),
    [
        ("Nguyễn", "Nguyễn"),
        ("a\tb\u00a0c", "a b\u00a0c"),
        ("A\u200bB\u202eC\x00D", "ABCD"),
        ("ﬁ Ａ ①", "fi A 1"),
        ("😀", "□"),
        ("❤\ufe0f", "□"),
        ("漢", "□"),
        ("ḿ", "m\u0301"),
        ("a\u2028b", "a\nb"),
    ],
)
def test_paper_shows_what_the_font_can(typed, on_paper):
    assert printable(typed) == on_paper
