"""Handing results out: who may take them, and a stack that goes out whole or not at all."""

import pytest
from msgspec.structs import replace

from counter_app.domain import operation as op
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.collecting import Collector, documents_of, people_of, who_is
from counter_app.domain.id_card import parse_id_card
from counter_app.domain.officer import Officer, Role
from counter_app.domain.party import Authority
from counter_app.domain.status import Status
from counter_app.errors import IllegalTransition, InvalidField
from counter_app.services.acting import act, look_up
from counter_app.services.returning import ToReturn, results_for, return_results
from tests.factories import a_party, an_operation
from tests.office import counts, register

CARD = "001090000001|001234567|Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm|01012022"
STRANGER = a_party(full_name="Lê Thị Lạ Thử", id_number="001185000009")


@pytest.fixture
def desk(desk):
    from dataclasses import replace as changed

    everybody = Officer(id=desk.officer.id, name=desk.officer.name, roles=frozenset(Role))
    return changed(desk, officer=everybody)


def finished(desk, **intake):
    dossier = register(desk, **intake)
    act(desk, dossier.id, op.Forwarded(unit="Bộ phận tư pháp - hộ tịch"))
    return act(desk, dossier.id, op.Finished(result="Giấy khai sinh; Trích lục"))


def handed_to(collector, **changes):
    return op.ResultReturned(collector=collector, channel=ReturnChannel.DESK, **changes)


def test_a_stack_goes_out_together(desk):
    made = [finished(desk), finished(desk)]
    body = handed_to(a_party(), identified=True)
    done = return_results(desk, [ToReturn(dossier_id=each.id, body=body) for each in made])
    assert [each.code for each in done] == [each.code for each in made]
    assert [look_up(desk, each.id).status for each in made] == [Status.RETURNED] * 2


def test_one_that_is_not_ready_keeps_the_whole_stack_here(desk):
    ready, not_yet = finished(desk), register(desk)
    before = counts(desk)
    body = handed_to(a_party())
    with pytest.raises(IllegalTransition):
        return_results(desk, [ToReturn(dossier_id=d.id, body=body) for d in (ready, not_yet)])
    assert counts(desk) == before


def test_a_corrected_number_leads_to_the_result_that_waits(desk):
    dossier = finished(desk)
    right = op.Amended(field="applicant.id_number", new="001090000777", reason="Nhầm số")
    act(desk, dossier.id, right)
    assert list(results_for(desk, "001090000777")) == [dossier.id]


def test_who_is_not_named_needs_a_paper_by_whichever_road_it_is_entered(desk):
    dossier = finished(desk)
    with pytest.raises(InvalidField, match=r"authority\.document"):
        act(desk, dossier.id, handed_to(STRANGER))
    paper = Authority(document="Giấy ủy quyền số 1", issued_on="2026-11-01")
    after = act(desk, dossier.id, handed_to(STRANGER, authority=paper))
    assert after.status is Status.RETURNED


def test_who_is_not_named_needs_a_paper(desk):
    dossier = finished(desk)
    with pytest.raises(InvalidField) as refusal:
        return_results(desk, [ToReturn(dossier_id=dossier.id, body=handed_to(STRANGER))])
    assert refusal.value.values["field"] == "authority.document"
    body = handed_to(STRANGER, authority=Authority(document="Giấy ủy quyền số 12"))
    assert return_results(desk, [ToReturn(dossier_id=dossier.id, body=body)])


def test_the_submitter_and_the_named_collector_may_take_it(desk):
    other = a_party(full_name="Bùi Văn Thử", id_number="001090000077")
    dossier = finished(desk, submitter=STRANGER, collector=other)
    assert list(people_of(dossier)) == [Collector.NAMED, Collector.APPLICANT, Collector.SUBMITTER]
    for person in (STRANGER, other):
        body = handed_to(person)
        assert return_results(desk, [ToReturn(dossier_id=dossier.id, body=body)])
        dossier = finished(desk, submitter=STRANGER, collector=other)


def test_a_card_is_compared_by_its_number_old_or_new(desk):
    card = parse_id_card(CARD)
    assert who_is(card, finished(desk)) is Collector.APPLICANT
    old = finished(desk, applicant=a_party(id_number="001234567"))
    assert who_is(card, old) is Collector.APPLICANT
    other = finished(desk, applicant=a_party(id_number="001090000055"))
    assert who_is(card, other) is Collector.OTHER


def test_a_corrected_number_is_the_one_that_counts(desk):
    dossier = register(desk, applicant=a_party(id_number="001090000055"))
    body = op.Amended(field="applicant.id_number", new="001090000001", reason="Nhập sai")
    assert who_is(parse_id_card(CARD), act(desk, dossier.id, body)) is Collector.APPLICANT


def test_results_are_found_for_whoever_stands_at_the_desk(desk):
    mine = finished(desk)
    theirs = finished(desk, applicant=STRANGER, submitter=a_party())
    register(desk)
    assert list(results_for(desk, "001 090 000 001")) == [mine.id, theirs.id]
    assert list(results_for(desk, "001090000099")) == []


def test_the_documents_of_a_result_are_told_one_by_one():
    done = an_operation(op.Finished(result="Giấy khai sinh; Trích lục"))
    assert documents_of([done]) == ("Giấy khai sinh", "Trích lục")
    assert documents_of([], "Giấy khai sinh") == ("Giấy khai sinh",)
    assert replace(handed_to(a_party()), number="VN1").number == "VN1"
