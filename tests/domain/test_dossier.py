"""A dossier is what its operations have made of it, in whatever order they come."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import operation as op
from counter_app.domain.dossier import Dossier, fold, step
from counter_app.domain.operation import Unreadable
from counter_app.domain.status import Status
from tests.factories import DOSSIER_ID, EXAMPLES, NOON, a_received, an_operation

bodies = st.sampled_from([*EXAMPLES.values(), Unreadable()])


def lived(*history):
    return fold(DOSSIER_ID, [an_operation(body) for body in history])


@given(st.lists(bodies))
def test_the_fold_takes_operations_in_whatever_order_they_come(history):
    assert fold(UUID(int=1), map(an_operation, history)).id == UUID(int=1)


@given(st.lists(bodies))
def test_money_adds_up_whatever_else_happens(history):
    paid = sum(body.amount for body in history if body.kind == "fee_paid")
    given_back = sum(body.amount for body in history if body.kind == "fee_reversed")
    assert lived(*history).paid == paid - given_back


@given(st.lists(bodies), st.lists(bodies))
def test_folding_on_gives_what_folding_all_gives(before, after):
    first, then = [an_operation(b) for b in before], [an_operation(b) for b in after]
    on = fold(DOSSIER_ID, first)
    for operation in then:
        on = step(on, operation)
    assert on == fold(DOSSIER_ID, first + then)


def test_what_is_not_known_here_is_blank_and_can_still_be_paid_for():
    dossier = lived(EXAMPLES["fee_paid"])
    assert (dossier.code, dossier.status, dossier.paid) == ("", None, 16_000)


def test_a_supplement_brings_papers_and_a_new_hour():
    dossier = lived(
        a_received(),
        EXAMPLES["forwarded"],
        EXAMPLES["supplement_requested"],
        EXAMPLES["supplement_received"],
    )
    assert dossier.status is Status.PROCESSING
    assert [paper.id for paper in dossier.papers] == ["to_khai", "chung_sinh"]
    assert dossier.due_at == EXAMPLES["supplement_received"].due_at
    assert dossier.missing == ()


def test_a_supplement_taken_where_nobody_knows_the_promise_leaves_it_as_it_was():
    brought = op.SupplementReceived(papers=EXAMPLES["supplement_received"].papers)
    requested = (a_received(), EXAMPLES["forwarded"], EXAMPLES["supplement_requested"])
    assert lived(*requested, brought).due_at == a_received().due_at


def test_a_newer_program_blocks_judging_and_hides_nothing():
    dossier = lived(a_received(), Unreadable())
    assert dossier.needs_newer_program
    assert dossier.code == a_received().code


def test_overdue_is_reckoned_at_the_end_of_the_work_and_not_of_the_waiting():
    received = a_received(due_at=NOON + timedelta(days=1))
    finished = op.Finished(result="Giấy khai sinh", issued_at=NOON)
    assert lived(received).overdue_at(NOON + timedelta(days=2))
    assert not lived(received, finished).overdue_at(NOON + timedelta(days=2))


def test_without_a_promised_hour_nothing_is_overdue():
    assert not lived(a_received(due_at=None)).overdue_at(NOON + timedelta(days=900))


def test_the_second_print_is_a_reprint():
    once = op.ReceiptPrinted(copy=0, paper="a5", to="x")
    assert lived(a_received(), once).prints == 1
    assert isinstance(lived(a_received(), once), Dossier)


def test_what_was_handed_out_without_word_of_its_finishing_is_not_overdue_for_ever():
    received = a_received(due_at=NOON + timedelta(days=1))
    assert not lived(received, EXAMPLES["result_returned"]).overdue_at(NOON + timedelta(days=9))
