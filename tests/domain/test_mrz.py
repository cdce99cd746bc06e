"""The three lines for machines on the back of an identity card. All cards here are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.finding import Doubt, Finding
from counter_app.domain.mrz import check_digit, id_card_of, parse_mrz
from counter_app.domain.partial_date import PartialDate
from counter_app.domain.party import Sex

# The specimen that the standard itself shows.
UTOPIAN = (
    "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
)


def a_card(number="079190000001", born="900315", sex="F", expires="300315", name="LE<<THI<AN"):
    """Return the lines of a card with all their check digits."""
    document = number[3:]
    first = f"IDVNM{document}{check_digit(document)}{number}<<{check_digit(number)}"
    second = f"{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}VNM<<<<<<<<<<<"
    whole = check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    return "\n".join([first, second + whole, name.ljust(30, "<")])


def test_a_vietnamese_card_is_read():
    mrz = parse_mrz(a_card())
    assert mrz.number == "079190000001"
    assert mrz.full_name == "LE THI AN"
    assert mrz.birth_date == PartialDate(1990, 3, 15)
    assert mrz.sex is Sex.FEMALE
    assert mrz.expires_on == date(2030, 3, 15)
    assert (mrz.issuer, mrz.nationality) == ("VNM", "VNM")
    assert mrz.doubts == ()


def test_the_specimen_of_the_standard_is_read():
    mrz = parse_mrz(UTOPIAN)
    assert (mrz.number, mrz.full_name) == ("D23145890", "ERIKSSON ANNA MARIA")
    assert (mrz.birth_date, mrz.expires_on) == (PartialDate(1974, 8, 12), date(2012, 4, 15))
    assert mrz.doubts == ()


@pytest.mark.parametrize(
    "dirt",
    [
        lambda lines: lines.replace("\n", ""),
        lambda lines: lines.replace("\n", "\r\n") + "\r\n",
        lambda lines: f"\ufeff  {lines}\t",
        lambda lines: lines.replace("\n", "   "),
        lambda lines: lines.lower(),
        " ".join,
        lambda lines: lines.rstrip("<"),
        lambda lines: lines.replace("\n", "").rstrip("<"),
    ],
)
def test_line_ends_blanks_and_lost_fillers_do_no_harm(dirt):
    mrz = parse_mrz(dirt(a_card()))
    assert (mrz.number, mrz.full_name, mrz.doubts) == ("079190000001", "LE THI AN", ())


@pytest.mark.parametrize(
    ("number", "born", "known"),
    [
        ("079190000001", "900315", PartialDate(1990, 3, 15)),
        ("079324000001", "240315", PartialDate(2024, 3, 15)),
        ("079124000001", "240315", PartialDate(1924, 3, 15)),
        ("079150000001", "50<<<<", PartialDate(1950)),
        ("079150000001", "5003<<", PartialDate(1950, 3)),
    ],
)
def test_the_number_tells_the_century_of_birth(number, born, known):
    mrz = parse_mrz(a_card(number=number, born=born))
    assert (mrz.birth_date, mrz.doubts) == (known, ())


@pytest.mark.parametrize(
    ("place", "field"),
    [(6, "number"), (18, "number"), (32, "birth_date"), (42, "expires_on"), (50, "number")],
)
def test_a_digit_read_wrongly_puts_its_field_in_doubt(place, field):
    lines = a_card().replace("\n", "")
    wrong = "7" if lines[place] != "7" else "1"
    mrz = parse_mrz(lines[:place] + wrong + lines[place + 1 :])
    assert Doubt(field, Finding.CHECK_DIGIT) in mrz.doubts


def test_a_birth_date_that_never_was_is_left_out():
    mrz = parse_mrz(a_card(born="900230"))
    assert mrz.birth_date is None
    assert mrz.doubts == (Doubt("birth_date", Finding.UNREADABLE),)


def test_the_number_is_compared_with_sex_and_year():
    mrz = parse_mrz(a_card(sex="M", born="910315"))
    assert {doubt.finding for doubt in mrz.doubts} == {
        Finding.SEX_DIFFERS,
        Finding.BIRTH_YEAR_DIFFERS,
    }


def test_as_a_card_its_name_is_to_be_compared():
    card = id_card_of(parse_mrz(a_card()))
    assert (card.number, card.full_name) == ("079190000001", "LE THI AN")
    assert card.birth_date == PartialDate(1990, 3, 15)
    assert card.doubtful == {"full_name"}


@pytest.mark.parametrize("text", ["", "IDVNM", a_card()[:60], a_card() + "<", "<" * 90, "A" * 90])
def test_what_has_not_the_shape_is_none(text):
    assert parse_mrz(text) is None


@given(st.text(st.characters(exclude_categories=()), max_size=120))
def test_any_text_is_a_card_or_none(text):
    assert parse_mrz(text) is None


@given(
    st.from_regex(
        r"[IAC][A-Z<]{4}[A-Z0-9][A-Z0-9<]{8}[0-9<][A-Z0-9<]{15}[0-9<]{7}[MFX<][0-9<]{7}[A-Z<]{3}"
        r"[A-Z0-9<]{11}[0-9<][A-Z][A-Z<]{29}",
        fullmatch=True,
    )
)
def test_whatever_stands_in_the_lines_they_are_read(text):
    mrz = parse_mrz(text)
    assert mrz.raw == text
    assert id_card_of(mrz).doubtful


@given(st.from_regex("[0-9]{12}", fullmatch=True), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_what_is_on_a_right_card_comes_out_of_it(tail, born):
    century = born.year // 100 - 19
    number = f"{tail[:3]}{2 * century}{born:%y}{tail[6:]}"
    mrz = parse_mrz(a_card(number=number, born=f"{born:%y%m%d}", sex="M"))
    assert (mrz.number, mrz.birth_date.exact()) == (number, born)
    assert {doubt.finding for doubt in mrz.doubts} <= {Finding.PROVINCE}
