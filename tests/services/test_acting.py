"""What follows reception: only what the rules allow, by whoever may do it."""

from uuid import UUID

import pytest

from counter_app.domain.officer import Role
from counter_app.domain.operation import FeePaid, Forwarded, Noted, ResultReturned, Voided
from counter_app.domain.status import Status
from counter_app.errors import IllegalTransition, NeedsNewerProgram, NotPermitted
from counter_app.services.acting import act
from tests.factories import an_operation
from tests.office import counts, is_sound, kinds, register, with_roles


def test_a_dossier_goes_on_from_where_it_stood(desk):
    dossier = register(desk)
    after = act(desk, dossier.id, Forwarded(unit="Bộ phận tư pháp", hand_over="BG-01"))
    assert after.status is Status.PROCESSING
    assert kinds(desk)[-1] == "forwarded"
    assert is_sound(desk)


def test_what_the_rules_do_not_allow_leaves_no_trace(desk):
    dossier = register(desk)
    act(desk, dossier.id, Voided(reason="Nhập nhầm"))
    before = counts(desk)
    with pytest.raises(IllegalTransition):
        act(desk, dossier.id, Voided(reason="Lần nữa"))
    assert counts(desk) == before


def test_it_is_done_by_whoever_may(desk):
    dossier = register(desk)
    before = counts(desk)
    with pytest.raises(NotPermitted):
        act(with_roles(desk, Role.RECEPTION), dossier.id, Voided(reason="Nhập nhầm"))
    assert counts(desk) == before


def test_a_fact_can_be_noted_on_a_dossier_that_was_received_elsewhere(desk):
    paid = act(desk, UUID(int=9), FeePaid(amount=8000, means="cash", receipt_number="", payer=""))
    assert (paid.received, paid.status, paid.paid) == (None, None, 8000)


def test_what_a_newer_program_has_done_is_not_touched(desk):
    dossier = register(desk)
    newer = an_operation(Noted(text="x"), on=dossier.id, kind="from_tomorrow", version=9)
    with desk.store.begin() as uow:
        uow.append(newer)
    before = counts(desk)
    with pytest.raises(NeedsNewerProgram):
        act(desk, dossier.id, Noted(text="y"))
    assert counts(desk) == before


def test_a_result_that_is_not_there_is_returned_to_nobody(desk):
    dossier = register(desk)
    body = ResultReturned(collector=dossier.received.applicant, channel="desk", documents=())
    with pytest.raises(IllegalTransition):
        act(desk, dossier.id, body)
