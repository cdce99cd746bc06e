"""The same person with the same procedure still open: found by number, else by name and birth."""

from counter_app.domain import operation as op
from counter_app.services.acting import act
from counter_app.services.applicants import open_of_same
from tests.factories import a_party, an_intake
from tests.office import register


def test_an_open_dossier_of_the_same_number_is_found(desk):
    dossier = register(desk)
    found = open_of_same(desk, an_intake())
    assert (found.dossier_id, found.code) == (dossier.id, dossier.code)
    assert open_of_same(desk, an_intake(procedure="1.000894")) is None
    other = a_party(full_name="Lê Mẫu", id_number="001090000002")
    assert open_of_same(desk, an_intake(applicant=other)) is None


def test_the_newest_is_told_and_those_already_known_are_not(desk):
    first, second = register(desk), register(desk)
    assert open_of_same(desk, an_intake()).dossier_id == second.id
    assert open_of_same(desk, an_intake(), known={second.id}).dossier_id == first.id
    assert open_of_same(desk, an_intake(), known={first.id, second.id}) is None


def test_what_was_ended_or_voided_is_open_no_longer(desk):
    dossier = register(desk)
    act(desk, dossier.id, op.Voided(reason="Nhập hai lần"))
    assert open_of_same(desk, an_intake()) is None


def test_without_a_number_name_and_birth_date_tell(desk):
    nameless = a_party(id_number="")
    dossier = register(desk, applicant=nameless)
    register(desk, applicant=a_party(id_number="", birth_date="1990-03-16"))
    assert open_of_same(desk, an_intake(applicant=nameless)).dossier_id == dossier.id
    typed = a_party(id_number="", birth_date="15/3/1990", full_name=" Trần  Văn Thử ")
    assert open_of_same(desk, an_intake(applicant=typed)).dossier_id == dossier.id
    unborn = a_party(id_number="", birth_date="")
    assert open_of_same(desk, an_intake(applicant=unborn)) is None


def test_whoever_typed_no_name_is_nobodys_double(desk):
    register(desk)
    strange = a_party(full_name='"', id_number="")
    assert open_of_same(desk, an_intake(applicant=strange)) is None
