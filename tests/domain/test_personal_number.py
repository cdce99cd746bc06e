"""The 12 digits of a person, and the other numbers people bring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.finding import Finding
from counter_app.domain.identity import (
    PROVINCES,
    DocumentKind,
    birth_year,
    check_personal_number,
    document_kind,
    document_number,
    sex_of,
)
from counter_app.domain.partial_date import PartialDate
from counter_app.domain.party import Sex
from counter_app.i18n import speak

anything = st.text(st.characters(exclude_categories=()), max_size=20)
personal_numbers = st.from_regex("[0-9]{12}", fullmatch=True)


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("079090000001", Sex.MALE, 1990),
        ("079190000001", Sex.FEMALE, 1990),
        ("001200000001", Sex.MALE, 2000),
        ("001325000001", Sex.FEMALE, 2025),
        ("096499000001", Sex.MALE, 2199),
    ],
)
def test_a_number_tells_sex_and_year_of_birth(number, sex, year):
    assert (sex_of(number), birth_year(number)) == (sex, year)


@pytest.mark.parametrize("number", ["", "07909000000", "0790900000011", "0790900000O1", "B1234567"])
def test_what_is_no_personal_number_tells_nothing(number):
    assert sex_of(number) is None
    assert birth_year(number) is None
    assert check_personal_number(number) == (Finding.LENGTH,)


def test_a_number_that_fits_the_person_has_no_findings():
    born = PartialDate(1990, 3, 15)
    assert check_personal_number("079190000001", sex=Sex.FEMALE, born=born) == ()
    assert check_personal_number("079190000001", born=PartialDate(1990)) == ()
    assert check_personal_number("079190000001") == ()


@pytest.mark.parametrize(
    ("number", "born", "findings"),
    [
        ("003190000001", PartialDate(1990), (Finding.PROVINCE,)),
        ("000190000001", PartialDate(1990), (Finding.PROVINCE,)),
        ("100190000001", PartialDate(1990), (Finding.PROVINCE,)),
        ("101190000001", PartialDate(1990), ()),
        ("079090000001", PartialDate(1990), (Finding.SEX_DIFFERS,)),
        ("079191000001", PartialDate(1990), (Finding.BIRTH_YEAR_DIFFERS,)),
        ("079390000001", PartialDate(1990), (Finding.BIRTH_YEAR_DIFFERS,)),
        (
            "097291000001",
            PartialDate(1990),
            (Finding.PROVINCE, Finding.SEX_DIFFERS, Finding.BIRTH_YEAR_DIFFERS),
        ),
    ],
)
def test_what_does_not_fit_a_woman_born_then_is_found(number, born, findings):
    assert check_personal_number(number, sex=Sex.FEMALE, born=born) == findings


def test_there_are_the_63_provinces_of_the_time_when_numbering_began():
    assert len(PROVINCES) == 63
    assert {min(PROVINCES), max(PROVINCES)} == {1, 96}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("079090000001", DocumentKind.PERSONAL_NUMBER),
        ("0790 9000.0001", DocumentKind.PERSONAL_NUMBER),
        ("212000001", DocumentKind.OLD_NUMBER),
        ("B1234567", DocumentKind.PASSPORT),
        ("c12345678", DocumentKind.PASSPORT),
        ("EA1234567", DocumentKind.PASSPORT),
        ("07909000001", DocumentKind.OTHER),
        ("B123", DocumentKind.OTHER),
        ("BABABABA", DocumentKind.OTHER),
        ("٠٧٩٠٩٠٠٠٠٠٠١", DocumentKind.OTHER),
        ("", DocumentKind.OTHER),
    ],
)
def test_a_number_is_recognised_by_its_shape(typed, kind):
    assert document_kind(typed) is kind


@given(anything)
def test_any_text_is_of_some_kind_and_its_stored_form_of_the_same(text):
    assert document_kind(document_number(text)) is document_kind(text)
    assert check_personal_number(text) is not None


@given(personal_numbers)
def test_every_12_digits_have_a_sex_and_a_year(number):
    assert sex_of(number) in Sex
    assert 1900 <= birth_year(number) <= 2399
    assert Finding.LENGTH not in check_personal_number(number)


@given(personal_numbers)
def test_a_number_fits_what_it_tells_itself(number):
    born = PartialDate(birth_year(number))
    assert set(check_personal_number(number, sex=sex_of(number), born=born)) <= {Finding.PROVINCE}


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_has_its_sentence_in_both_languages(finding):
    said = {f"{finding}"}
    speak("en")
    said.add(f"{finding}")
    assert len(said) == 2
    assert finding.value not in said
