"""Opening a dossier: what it has become, and a note that somebody has looked."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from counter_app.domain.officer import Role
from counter_app.domain.operation import Noted
from counter_app.errors import UnknownDossier
from counter_app.services.acting import act
from counter_app.services.receipts import print_receipt
from counter_app.services.viewing import find_dossiers, open_dossier
from tests.factories import a_received, an_operation
from tests.office import MONDAY, OFFICER, counts, kinds, register, with_roles


def test_a_dossier_is_shown_with_its_timeline_the_newest_first(desk):
    dossier = register(desk)
    print_receipt(desk, dossier.id, size="a5", to="pdf")
    act(desk, dossier.id, Noted(text="Gọi trước khi trả"))
    shown = open_dossier(desk, dossier.id)
    assert [entry.operation.header.kind for entry in shown.entries] == [
        "noted",
        "receipt_printed",
        "received",
    ]
    assert shown.dossier.received == dossier.received
    assert shown.now == MONDAY
    assert shown.names[OFFICER.id] == OFFICER.name


def test_the_procedure_is_the_one_under_which_it_was_received(desk):
    dossier = register(desk)
    later = replace(desk, business_date=desk.business_date.replace(year=2028))
    assert open_dossier(later, dossier.id).procedure.version == dossier.received.procedure.version


def test_that_it_was_read_is_noted_once_for_each_officer_and_day(desk):
    dossier = register(desk)
    for _ in range(3):
        open_dossier(desk, dossier.id)
    assert kinds(desk).count("record_viewed") == 1
    open_dossier(with_roles(desk, Role.RETURN), dossier.id)
    assert kinds(desk).count("record_viewed") == 2
    open_dossier(replace(desk, business_date=desk.business_date + timedelta(days=1)), dossier.id)
    assert kinds(desk).count("record_viewed") == 3


def test_to_have_looked_is_no_part_of_the_timeline(desk):
    dossier = register(desk)
    open_dossier(desk, dossier.id)
    assert len(open_dossier(desk, dossier.id).entries) == 1


def test_what_is_not_here_cannot_be_opened_and_leaves_no_trace(desk):
    before = counts(desk)
    with pytest.raises(UnknownDossier):
        open_dossier(desk, UUID(int=7))
    assert counts(desk) == before


@pytest.mark.parametrize("typed", ["H57.132-261123-0001", " h57.132–261123–0001 "])
def test_a_dossier_is_found_by_its_code(desk, typed):
    dossier = register(desk)
    assert find_dossiers(desk, typed) == [dossier.id]


@pytest.mark.parametrize("typed", ["", "H57.132-261123-0009", "x", "' OR 1=1 --", "\0"])
def test_what_is_no_code_of_this_desk_finds_nothing(desk, typed):
    register(desk)
    with pytest.raises(UnknownDossier):
        find_dossiers(desk, typed)


def test_two_dossiers_with_one_code_are_both_found(desk):
    dossier = register(desk)
    with desk.store.begin() as uow:
        uow.append(an_operation(a_received(code=dossier.code), on=UUID(int=5)))
    assert set(find_dossiers(desk, dossier.code)) == {dossier.id, UUID(int=5)}
