from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalogue.places import read_places
from counter_app.domain.places import PlaceKind

TODAY = date(2026, 11, 22)
PLACES = read_places()
COMMUNES = st.sampled_from(PLACES.communes(TODAY))


def completed(text, **how):
    return [suggestion.text for suggestion in PLACES.complete(text, TODAY, **how)]


def test_a_commune_is_found_by_its_code():
    ward = PLACES.commune("19753", TODAY)
    assert ward.full_name == "Phường Phú Xuân"
    assert PLACES.address(ward, TODAY) == "Phường Phú Xuân, thành phố Huế"


def test_a_code_that_nobody_has_finds_nothing():
    assert PLACES.commune("99999", TODAY) is None
    assert PLACES.province("99", TODAY) is None


def test_a_unit_is_called_as_it_was_on_the_day():
    before, since = date(2026, 4, 29), date(2026, 4, 30)
    assert PLACES.province("75", before).full_name == "Tỉnh Đồng Nai"
    assert PLACES.province("75", since).full_name == "Thành phố Đồng Nai"
    assert PLACES.commune("26368", before).kind is PlaceKind.COMMUNE
    assert PLACES.commune("26368", since).full_name == "Phường Long Thành"
    assert PLACES.commune("26368", before).effective_to == before


def test_the_communes_of_one_province_are_those_and_no_others():
    assert {commune.province for commune in PLACES.communes(TODAY, "46")} == {"46"}
    assert len(PLACES.communes(TODAY, "46")) == 40


@pytest.mark.parametrize(
    "typed",
    [
        "phu xuan hue",
        "Phú Xuân, Huế",
        "phu xuan, tp hue",
        "p phu xuan hue",
        "P.Phú Xuân TP.Huế",
        "px hue",
        "phường phú xuân, thành phố huế",
        "Phu\u0301 Xua\u0302n Hue\u0302\u0301",
    ],
)
def test_an_address_is_completed_however_it_is_cut_short(typed):
    assert completed(typed)[0] == "Phường Phú Xuân, thành phố Huế"


def test_house_and_street_before_a_comma_are_kept():
    assert completed("12/3  Lê Lợi, phu xuan, hue")[0] == (
        "12/3 Lê Lợi, Phường Phú Xuân, thành phố Huế"
    )


def test_a_street_with_many_commas_is_kept():
    assert completed("Tổ 1, Khu 2, Ngõ 3, Hẻm 4, phu xuan, hue")[0] == (
        "Tổ 1, Khu 2, Ngõ 3, Hẻm 4, Phường Phú Xuân, thành phố Huế"
    )


def test_a_street_that_is_also_a_part_of_the_name_is_kept():
    assert completed("Xuân, Phú Xuân, Huế")[0] == "Xuân, Phường Phú Xuân, thành phố Huế"


def test_a_name_that_begins_so_comes_before_one_that_only_holds_it():
    assert all("Phú" in text or "Phù" in text for text in completed("phu", near="46")[:3])


def test_a_rank_may_be_said_by_its_first_letter():
    assert all(text.startswith("Xã Ph") for text in completed("x phu"))
    assert completed("dk truong sa") == ["Đặc khu Trường Sa, tỉnh Khánh Hòa"]


def test_of_equal_names_the_one_nearby_comes_first():
    assert len(completed("tan lap")) == 4
    assert completed("tan lap", near="80")[0] == "Xã Tân Lập, tỉnh Tây Ninh"


def test_a_province_alone_offers_its_communes():
    assert len(completed("hue", limit=100)) >= 40
    assert all(text.endswith("thành phố Huế") for text in completed("hue", limit=40))
    assert all(text.endswith("thành phố Hồ Chí Minh") for text in completed("tphcm"))


def test_accents_that_were_typed_tell_two_names_apart():
    assert completed("Tân Thạnh, Tây Ninh")[0] == "Xã Tân Thạnh, tỉnh Tây Ninh"
    assert completed("Tân Thành, Tây Ninh")[0] == "Xã Tân Thành, tỉnh Tây Ninh"


def test_a_word_of_the_name_is_not_taken_for_the_province():
    assert completed("phuoc vinh tay tay ninh")[0] == "Xã Phước Vĩnh Tây, tỉnh Tây Ninh"


def test_the_sign_in_a_name_may_be_left_out():
    assert completed("mdrak") == completed("m'drak") == completed("M’Drắk") != []


def test_an_address_is_completed_to_the_names_of_the_day():
    (before,) = PLACES.complete("bo ha bac ninh", date(2026, 9, 19))
    (since,) = PLACES.complete("bo ha bac ninh", date(2026, 9, 20))
    assert before.text == "Xã Bố Hạ, tỉnh Bắc Ninh"
    assert since.text == "Phường Bố Hạ, thành phố Bắc Ninh"


@pytest.mark.parametrize(
    "typed", ["", " ", "p", ",", ",,,", "zzz", "—", "12 Lê Lợi,", "\u202e", "%"]
)
def test_what_fits_nothing_or_nearly_everything_offers_nothing(typed):
    assert completed(typed) == []


def test_no_more_are_offered_than_asked_for():
    assert len(completed("xa", limit=3)) == 3


@given(COMMUNES)
def test_a_whole_address_offers_itself_first(commune):
    address = PLACES.address(commune, TODAY)
    assert completed(address)[0] == address


@given(COMMUNES, st.text(max_size=20))
def test_any_typing_is_borne(commune, noise):
    for suggestion in PLACES.complete(f"{noise}{commune.name}", TODAY):
        assert suggestion.text.endswith(PLACES.address(suggestion.commune, TODAY))
