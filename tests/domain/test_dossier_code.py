"""The dossier code: how it is written, typed and taken apart."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app import assets
from counter_app.domain.dossier_code import (
    Numbering,
    is_agency_code,
    make_dossier_code,
    parse_dossier_code,
    parts,
    serial_digits,
)

NUMBERING = msgspec.toml.decode(
    (assets.FORMS / "rules" / "numbering.toml").read_bytes(), type=Numbering
)
AGENCIES = ["H57", "H57.1", "H57.132", "G01.899.001.1", "000.00.19.H47"]
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(st.sampled_from(AGENCIES), days, st.integers(0, 999_999))
def test_what_is_made_is_read_back(agency, day, serial):
    code = make_dossier_code(agency, day, serial)
    assert parse_dossier_code(code) == code
    assert parts(code) == (agency, day, serial)
    assert len(code) <= 50


def test_the_running_number_has_at_least_four_digits():
    day = date(2026, 8, 4)
    assert make_dossier_code("H57.132", day, 583) == "H57.132-260804-0583"
    assert make_dossier_code("000.00.19.H47", day, 12345) == "000.00.19.H47-260804-12345"
    assert make_dossier_code("H57", day, 7, digits=6) == "H57-260804-000007"
    assert serial_digits(make_dossier_code("H57", day, 7, digits=6)) == 6


@pytest.mark.parametrize(
    "typed",
    [
        "H57.132-260804-0583",
        "h57.132-260804-0583\r\n",
        " H57 . 132 - 260804 - 0583 ",
        "H57.132–260804—0583",
        "H57.132‑260804−0583\t",
        "Ｈ57．132－260804－0583",
        "\ufeffH57.132-260804-\u200b0583",
    ],
)
def test_a_typed_code_is_tidied(typed):
    assert parse_dossier_code(typed) == "H57.132-260804-0583"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "H57.132",
        "H57.132-260804",
        "H57.132-260804-583",
        "H57.132-260804-1234567",
        "H57.1321-260804-0583",
        "H57.1.2.3.4-260804-0583",
        "H5-260804-0583",
        "Đ57-260804-0583",
        "00.00.19.H47-260105-0001",
        "000.00.19.H47.1-260105-0001",
        "H57.132-260231-0583",
        "H57.132-261301-0583",
        "H57.132-26080٤-0583",
        "H57.132-260804-0583-0583",
        "H57.132-260804-0583" + "0" * 1000,
    ],
)
def test_what_is_no_code_is_none(typed):
    assert parse_dossier_code(typed) is None


@given(st.text())
def test_any_text_can_be_asked_about(text):
    code = parse_dossier_code(text)
    assert code is None or parse_dossier_code(code) == code


@pytest.mark.parametrize("agency", AGENCIES)
def test_both_forms_of_an_agency_code_are_known(agency):
    assert is_agency_code(agency)


@pytest.mark.parametrize(
    "text", ["", "h57", "57", "H57.", "H57.1234", "000.00.19.H4", "H5٧", "H57\n"]
)
def test_anything_else_is_no_agency_code(text):
    assert not is_agency_code(text)


@pytest.mark.parametrize(
    ("agency", "day", "serial"),
    [
        ("h57", date(2026, 8, 4), 1),
        ("H57", date(2026, 8, 4), -1),
        ("H57", date(2026, 8, 4), 1_000_000),
        ("H57", date(2126, 8, 4), 1),
        ("H57", date(1970, 1, 1), 1),
    ],
)
def test_a_code_that_could_not_be_read_back_is_not_made(agency, day, serial):
    with pytest.raises(ValueError, match="no dossier code"):
        make_dossier_code(agency, day, serial)


def test_what_is_no_code_has_no_parts():
    with pytest.raises(ValueError, match="no dossier code"):
        parts("H57")


def test_the_rule_gives_out_only_its_own_numbers():
    day = date(2026, 8, 4)
    assert NUMBERING.code("H57.132", day, 1) == "H57.132-260804-0001"
    assert NUMBERING.code("H57.132", day, 9999) == "H57.132-260804-9999"
    for serial in (0, 10_000):
        with pytest.raises(ValueError, match="no running number"):
            NUMBERING.code("H57.132", day, serial)


@pytest.mark.parametrize("change", [{"serial_last": 10_000}, {"serial_first": 5, "serial_last": 4}])
def test_a_fifth_digit_does_not_come_by_accident(change):
    with pytest.raises(ValueError, match="running numbers"):
        replace(NUMBERING, **change)
