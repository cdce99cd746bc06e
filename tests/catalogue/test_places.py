from collections import Counter
from datetime import date

import msgspec
import pytest

from counter_app.catalogue.places import PLACES_FILE, read_places
from counter_app.domain.places import PlaceKind, PlacesFile
from counter_app.domain.text import nfc
from counter_app.errors import InvalidForm

FIRST_DAY = date(2025, 7, 1)
TODAY = date(2026, 11, 22)
PROVINCE_CODES = (
    "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82"
    " 86 91 92 96"
).split()

SMALL = """
version = 1
effective_from = 2025-07-01
legal_basis = "for a test"
unverified = true

[[province]]
code = "46"
name = "Thành phố Huế"
communes = '''
19774 Phường Phú Xuân
19777 Xã Hòa Thử
'''
"""


@pytest.fixture(scope="module")
def places():
    return read_places()


def kinds(units):
    return Counter(unit.kind for unit in units)


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "places.toml"
        path.write_text(text, encoding="utf-8")
        return read_places(path)

    return read


@pytest.mark.parametrize("day", [FIRST_DAY, TODAY])
def test_there_are_34_provinces_and_3321_communes(places, day):
    assert [province.code for province in places.provinces(day)] == PROVINCE_CODES
    assert len(places.communes(day)) == 3321


def test_on_the_first_day_28_were_provinces_and_6_cities(places):
    assert kinds(places.provinces(FIRST_DAY)) == {PlaceKind.PROVINCE: 28, PlaceKind.CITY: 6}
    assert kinds(places.communes(FIRST_DAY)) == {
        PlaceKind.COMMUNE: 2621,
        PlaceKind.WARD: 687,
        PlaceKind.SPECIAL_ZONE: 13,
    }


def test_three_provinces_became_cities_in_2026_and_22_communes_wards(places):
    assert kinds(places.provinces(TODAY)) == {PlaceKind.PROVINCE: 25, PlaceKind.CITY: 9}
    assert kinds(places.communes(TODAY))[PlaceKind.WARD] == 687 + 10 + 12


def test_every_commune_lies_in_a_province_that_there_is(places):
    assert {c.province for c in places.communes(TODAY)} == set(PROVINCE_CODES)


def test_there_are_no_districts(places):
    assert not {"quận", "huyện", "thị xã"} & {unit.kind for unit in places.communes(FIRST_DAY)}


def test_no_day_before_the_first_has_any(places):
    assert places.communes(date(2025, 6, 30)) == ()


def test_every_change_names_its_law_and_its_source():
    file = msgspec.toml.decode(PLACES_FILE.read_bytes(), type=PlacesFile)
    assert [change.effective_from for change in file.change] == sorted(
        change.effective_from for change in file.change
    )
    assert all(change.legal_basis and change.source for change in file.change)


def test_the_file_is_composed_and_its_lines_in_order():
    text = PLACES_FILE.read_text("utf-8")
    assert text == nfc(text)
    for entry in msgspec.toml.decode(text, type=PlacesFile).province:
        codes = [line.split()[0] for line in entry.communes.splitlines()]
        assert codes == sorted(codes)


def test_a_decomposed_file_is_read_as_if_it_were_composed(read):
    places = read(SMALL.replace("Huế", "Hue\u0302\u0301"))
    assert places.provinces(TODAY)[0].name == "Huế"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("19777 Xã Hòa Thử", "1977 Xã Hòa Thử", "province 46, line 2"),
        ("19777 Xã Hòa Thử", "19777 Huyện Hòa Thử", "province 46, line 2"),
        ("19777 Xã Hòa Thử", "19777 Xã  Hòa Thử", "province 46, line 2"),
        ("19777 Xã Hòa Thử", "19774 Xã Hòa Thử", "19774 is given twice"),
        ("Thành phố Huế", "Quận Huế", "46 Quận Huế"),
        ('code = "46"', 'code = "046"', "046 Thành phố Huế"),
        ('code = "46"', "code = 46", "$.province[0].code"),
        ("unverified = true", "", "source"),
        ("version = 1", "version = 1\nverson = 2", "verson"),
        ("version = 1", "version 1", "line 2"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_with_the_place(read, old, new, place):
    with pytest.raises(InvalidForm) as refused:
        read(SMALL.replace(old, new))
    assert place in str(refused.value)
    assert "places.toml" in str(refused.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InvalidForm):
        read_places(tmp_path / "places.toml")


def change(*lines, day="2026-09-20", province="46"):
    head = f'province = "{province}"\neffective_from = {day}\nlegal_basis = "x"\nsource = "x"\n'
    return "\n[[change]]\n" + head + "\n".join(lines) + "\n"


def test_a_commune_that_went_into_another_names_its_successor(read):
    places = read(SMALL + change("ended = { 19777 = '19774' }"))
    assert places.commune("19777", date(2026, 9, 20)) is None
    ended = places.commune("19777", date(2026, 9, 19))
    assert (ended.effective_to, ended.successor) == (date(2026, 9, 19), "19774")


def test_a_change_may_bring_a_new_commune(read):
    places = read(SMALL + change("communes = '19999 Xã Mới Thử'"))
    assert places.commune("19999", date(2026, 9, 19)) is None
    assert places.commune("19999", date(2026, 9, 20)).province == "46"


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        (change(province="47"), "no such province"),
        (change("ended = { 11111 = '19774' }"), "no commune 11111"),
        (change("communes = '19774 Xã X'", day="2025-07-01"), "19774 has a later change"),
    ],
)
def test_a_change_that_does_not_fit_what_stands_above_is_refused(read, added, reason):
    with pytest.raises(InvalidForm, match=reason):
        read(SMALL + added)
