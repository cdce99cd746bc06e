import msgspec
import pytest

from counter_app.catalogue.agency import read_agency_rules
from counter_app.domain.agency import Agency, AgencyKind
from counter_app.errors import InvalidField, InvalidForm

RULES = read_agency_rules()
CENTRE = "Trung tâm Phục vụ hành chính công"


@pytest.mark.parametrize(
    ("name", "kind", "unit", "place"),
    [
        ("UBND phường Thử Nghiệm", AgencyKind.COMMUNE, CENTRE, "Thử Nghiệm"),
        ("Uỷ ban nhân dân xã Thử Nghiệm", AgencyKind.COMMUNE, CENTRE, "Thử Nghiệm"),
        ("ubnd Đặc khu Thử Nghiệm", AgencyKind.COMMUNE, CENTRE, "Thử Nghiệm"),
        (f"{CENTRE} xã Thử Nghiệm", AgencyKind.COMMUNE, "", "Thử Nghiệm"),
        ("UBND thành phố Huế", AgencyKind.PROVINCE, CENTRE, "Huế"),
        ("Sở Y tế", AgencyKind.DEPARTMENT, "Bộ phận Tiếp nhận và Trả kết quả", ""),
        ("Bộ Thử nghiệm", AgencyKind.CENTRAL, "Bộ phận Tiếp nhận và Trả kết quả", ""),
        ("Văn phòng Thử nghiệm", AgencyKind.COMMUNE, "Bộ phận Tiếp nhận và Trả kết quả", ""),
    ],
)
def test_code_and_name_are_enough_to_begin_with(name, kind, unit, place):
    agency = RULES.agency("H57.132", name)
    assert (agency.kind, agency.unit, agency.place) == (kind, unit, place)


def test_what_was_typed_is_tidied():
    agency = RULES.agency(" h57.132 ", "  UBND  phươ\u0300ng Thử ")
    assert (agency.code, agency.name) == ("H57.132", "UBND phường Thử")


def test_the_letterhead_leaves_out_what_is_not_known():
    agency = RULES.agency("H57.132", "UBND phường Thử")
    assert agency.letterhead == ("UBND PHƯỜNG THỬ", CENTRE.upper())
    above = msgspec.structs.replace(agency, parent_name="UBND thành phố Thử")
    assert above.letterhead[0] == "UBND THÀNH PHỐ THỬ"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("code", "   "),
        ("code", "57.132"),
        ("code", "H57.1324"),
        ("name", ""),
        ("name", " "),
        ("name", "x" * 256),
        ("hotline", "x" * 256),
        ("address", "một\x00hai"),
        ("unit", "hai\ndòng"),
    ],
)
def test_a_line_that_cannot_be_stored_or_printed_is_refused(field, value):
    agency = Agency(**{"code": "H57.132", "name": "UBND xã Thử", field: value})
    with pytest.raises(InvalidField):
        agency.check()


@pytest.mark.parametrize("code", ["H57", "H57.132", "G01.2.3", "000.00.19.H57"])
def test_both_forms_of_a_code_are_good(code):
    Agency(code=code, name="x" * 255).check()


def test_only_what_is_known_is_written_and_read_again():
    agency = Agency(code="H57.132", name="UBND xã Thử")
    written = msgspec.json.encode(agency)
    assert written == '{"code":"H57.132","name":"UBND xã Thử"}'.encode()
    assert msgspec.json.decode(written, type=Agency) == agency


def test_rules_that_are_not_as_they_should_be_are_refused(tmp_path):
    path = tmp_path / "agency.toml"
    path.write_text('version = 1\neffective_from = 2025-07-01\nlegal_basis = "x"\n')
    with pytest.raises(InvalidForm, match=r"agency\.toml"):
        read_agency_rules(path)
