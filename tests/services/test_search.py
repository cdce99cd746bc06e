"""Finding dossiers again: whatever somebody at the desk has to tell of them."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.operation import Amended
from counter_app.services.acting import act
from counter_app.services.search import (
    Only,
    dossier_rows,
    search,
    search_dossiers,
    search_ids,
)
from tests.factories import a_party
from tests.office import MONDAY, is_sound, register

LAN = a_party(full_name="Nguyễn Thị Lan Thử", id_number="046190000123", phone="0912 345 678")
DUC = a_party(full_name="Đặng Đức Thử", id_number="046085000456", phone="02343636836")


@pytest.fixture
def both(desk):
    register(desk, applicant=LAN)
    register(desk, applicant=DUC)
    return desk


@pytest.mark.parametrize(
    "typed", ["Trần Thị Đúng Thử", "tran dung", "046190000789", "nguyen thi lan"]
)
def test_a_dossier_is_found_by_what_was_put_right_and_by_the_name_that_was_wrong(both, typed):
    (found,) = search(both, LAN.id_number).rows
    right = {"full_name": "Trần Thị Đúng Thử", "id_number": "046190000789"}
    for part, new in right.items():
        act(both, found.dossier_id, Amended(field=f"applicant.{part}", new=new, reason="Nhầm"))
    (row,) = search(both, typed).rows
    assert (row.applicant_name, row.id_number) == (right["full_name"], right["id_number"])
    assert is_sound(both)


@pytest.mark.parametrize(
    "typed",
    [
        "H57.132-261123-0001",
        "h57.132 - 261123 - 0001",
        "H57.132-261123-0001\r\n",
        "261123-0001",
        "0001",
        "1",
        "046190000123",
        "046 190 000 123",
        "0461900",
        "0912345678",
        "0912 345 678",
        "+84 912 345 678",
        "84912345678",
        "0912.345.678",
        "Nguyễn Thị Lan Thử",
        "nguyen thi lan",
        "NGUYỄN LAN",
        "lan thu",
        "lan",
        unicodedata.normalize("NFD", "Nguyễn Thị Lan"),
    ],
)
def test_a_dossier_is_found_by_what_is_known_of_it(both, typed):
    found = search(both, typed)
    assert [row.applicant_name for row in found.rows] == [LAN.full_name]
    assert [row.id for row in found.rows] == list(found.ids)


@pytest.mark.parametrize(
    "typed", ["Đặng", "dang duc", "ĐẶNG", unicodedata.normalize("NFD", "Đặng")]
)
def test_the_letter_with_a_stroke_is_found_with_and_without_it(both, typed):
    assert [row.applicant_name for row in search(both, typed).rows] == [DUC.full_name]


@pytest.mark.parametrize("typed", ["H57.132-2611", "H57.132", "261123", "thu", "Thử"])
def test_what_is_common_to_all_finds_all_the_newest_first(both, typed):
    names = [row.applicant_name for row in search(both, typed).rows]
    assert names == [DUC.full_name, LAN.full_name]


def test_who_typed_the_accents_finds_those_first(desk):
    for name in ("Trần Thị Hoá", "Trần Thị Hoa", "Trần Thị Hòa"):
        register(desk, applicant=a_party(full_name=name))
    assert search(desk, "Hoa").rows[0].applicant_name == "Trần Thị Hòa"
    assert search(desk, "Hoá").rows[0].applicant_name == "Trần Thị Hoá"


@pytest.mark.parametrize("typed", ["", " ", "x", "không ai", "999999999999", "H99", "%", "_", '"'])
def test_what_nobody_is_called_finds_nobody(both, typed):
    found = search(both, typed)
    assert (list(found.ids), list(found.rows)) == ([], [])


def test_who_came_for_somebody_is_found_too(desk):
    dossier = register(desk, applicant=LAN, submitter=DUC)
    assert search(desk, "046085000456").rows[0].dossier_id == dossier.id
    assert search(desk, "dang duc").rows[0].dossier_id == dossier.id


def test_a_limit_keeps_the_newest(both):
    rows = search_dossiers(both, "thu", limit=1)
    assert [row.applicant_name for row in rows] == [DUC.full_name]
    ids = search_ids(both, "thu")
    assert [row.id for row in dossier_rows(both, ids)] == list(ids)


def test_what_is_found_can_be_narrowed(both, clock):
    assert len(search(both, "thu", Only.TODAY).rows) == 2
    assert len(search(both, "thu", Only.OPEN).rows) == 2
    assert search(both, "thu", Only.OVERDUE).rows == []
    assert search(both, "thu", Only.TO_COLLECT).rows == []
    clock.at = MONDAY + timedelta(hours=10)
    assert len(search(both, "thu", Only.OVERDUE).rows) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text() | st.from_regex(r"[A-Z0-9.\-\"*() ]{1,30}", fullmatch=True))
def test_nothing_that_can_be_typed_stops_the_search(both, typed):
    assert len(search(both, typed).rows) <= 2
