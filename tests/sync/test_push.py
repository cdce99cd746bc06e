"""What is done at a desk comes to the centre once, whatever happens on the way."""

import secrets
from uuid import UUID

import pytest

from counter_app.domain.officer import Role
from counter_app.domain.operation import Forwarded, Noted
from counter_app.domain.status import Status
from counter_app.errors import (
    CentreNotTrusted,
    CentreRefused,
    CentreUnreachable,
    ChainForked,
    DeskRevoked,
    DeskUnknown,
    NotEnrolled,
    ProgramTooOld,
)
from counter_app.services.acting import act
from counter_app.services.status import desk_status
from counter_app.services.unsettled import unsettled
from counter_app.store.outbox import unsent
from counter_app.store.timeline import dossier
from counter_app.sync.client import client_for
from counter_app.sync.push import apply, push_all, send, take
from counter_app.wire.delivery import Verdict
from counter_app.wire.messages import Judgement, PushOutcome
from tests.office import is_sound, kinds, register


def op_ids(desk):
    with desk.store.read() as connection:
        found = connection.exec_driver_sql("SELECT op_id FROM operation ORDER BY position")
        return [UUID(bytes=op_id) for (op_id,) in found]


def waiting(desk):
    with desk.store.read() as connection:
        return unsent(connection).operations


def noted(desk, dossier, many):
    """Note something on a dossier, so many times in one transaction."""
    with desk.store.begin() as uow:
        for number in range(many):
            note = Noted(text=str(number))
            uow.append(desk.operation(note, role=Role.RECEPTION, on=dossier))


def test_a_desk_that_stands_alone_has_nowhere_to_send(desk):
    with pytest.raises(NotEnrolled):
        client_for(desk)


def test_all_that_was_done_is_sent_in_its_order_and_once(enrolled, client, centre):
    one = register(enrolled)
    noted(enrolled, one, 119)
    pushed = push_all(enrolled, client)
    assert pushed.sent == 122
    assert pushed.exchanges == 2
    assert [op_id for op_id, _hash in centre.rows] == op_ids(enrolled)
    assert waiting(enrolled) == 0
    assert is_sound(enrolled)


def test_one_connection_is_kept(enrolled, client, centre):
    noted(enrolled, register(enrolled), 250)
    before = centre.connections
    push_all(enrolled, client)
    push_all(enrolled, client)
    assert centre.connections == before + 1


def test_with_nothing_to_send_the_centre_is_still_asked(enrolled, client, centre):
    push_all(enrolled, client)
    before = len(centre.requests)
    assert push_all(enrolled, client).sent == 0
    assert len(centre.requests) == before + 1


def test_if_the_power_goes_before_the_answer_is_noted_the_same_rows_go_again(
    enrolled, client, centre
):
    register(enrolled)
    send(client, take(enrolled))
    stored = list(centre.rows)
    assert waiting(enrolled) == len(stored)
    push_all(enrolled, client)
    assert centre.rows == stored
    assert waiting(enrolled) == 0


def test_an_answer_noted_twice_changes_nothing_more(enrolled, client):
    register(enrolled)
    answer = send(client, take(enrolled))
    assert apply(enrolled, answer).acknowledged > 0
    again = apply(enrolled, answer)
    assert (again.acknowledged, again.sent_again, again.dossiers) == (0, 0, frozenset())


def test_a_centre_restored_to_yesterday_gets_again_what_it_has_forgotten(enrolled, client, centre):
    noted(enrolled, register(enrolled), 150)
    push_all(enrolled, client)
    before = list(centre.rows)
    centre.forget(40)
    register(enrolled)
    pushed = push_all(enrolled, client)
    assert centre.rows[: len(before)] == before
    assert len(centre.rows) == len(before) + 1
    assert waiting(enrolled) == 0
    assert pushed.sent == len(before) - 40 + 1
    assert is_sound(enrolled)


def test_a_centre_that_has_lost_everything_gets_everything_again(enrolled, client, centre):
    register(enrolled)
    push_all(enrolled, client)
    before = list(centre.rows)
    centre.forget(0)
    push_all(enrolled, client)
    assert centre.rows == before


def note_at_length(desk, dossier, characters):
    """Note what no officer could, as another program might."""
    body = Noted(text=secrets.token_hex(characters // 2))
    with desk.store.begin() as uow:
        uow.append(desk.operation(body, role=Role.RECEPTION, on=dossier))


def test_a_row_larger_than_a_push_goes_alone(enrolled, client, centre):
    one = register(enrolled)
    note_at_length(enrolled, one, 400_000)
    act(enrolled, one.id, Noted(text="x"))
    push_all(enrolled, client)
    batches = [r for r in centre.requests if r.path.endswith("/push")]
    assert len(batches) == 3
    assert len(centre.rows) == len(op_ids(enrolled))


def test_a_batch_holds_no_more_bytes_than_a_push_may(enrolled, client, centre):
    one = register(enrolled)
    for _each in range(8):
        note_at_length(enrolled, one, 60_000)
    push_all(enrolled, client)
    batches = [r.message for r in centre.requests if r.path.endswith("/push")]
    assert len(batches) > 1
    assert max(map(len, batches)) <= 256 * 1024


def test_a_refused_intent_has_no_effect_and_stops_nothing_else(enrolled, client, centre):
    first, second = register(enrolled), register(enrolled)
    act(enrolled, first.id, Forwarded(unit="Tư pháp"))
    act(enrolled, second.id, Noted(text="x"))
    centre.verdicts["forwarded"] = (Verdict.REFUSED, "overtaken")
    pushed = push_all(enrolled, client)
    assert waiting(enrolled) == 0
    assert list(pushed.verdicts.values()).count(Verdict.REFUSED) == 1
    with enrolled.store.read() as connection:
        assert dossier(connection, first.id).status is Status.RECEIVED
    [one] = unsettled(enrolled)
    assert (one.code, one.operation.header.kind, one.verdict, one.reason) == (
        first.code,
        "forwarded",
        Verdict.REFUSED,
        "overtaken",
    )
    assert act(enrolled, first.id, Forwarded(unit="Tư pháp")).status is Status.PROCESSING
    assert is_sound(enrolled)


def test_a_flagged_fact_keeps_its_effect_and_is_listed(enrolled, client, centre):
    one = register(enrolled)
    centre.verdicts["received"] = (Verdict.FLAGGED, "code_clash")
    push_all(enrolled, client)
    with enrolled.store.read() as connection:
        assert dossier(connection, one.id).status is Status.RECEIVED
    assert [each.reason for each in unsettled(enrolled)] == ["code_clash"]
    assert desk_status(enrolled).flagged == 1


def test_what_was_let_wait_counts_once_the_centre_has_judged_it(enrolled, client, centre):
    one = register(enrolled)
    act(enrolled, one.id, Forwarded(unit="Tư pháp"))
    forwarded = op_ids(enrolled)[-1]
    centre.verdicts["forwarded"] = (Verdict.WAITING, "not_received")
    push_all(enrolled, client)
    assert desk_status(enrolled).held_up == 1
    with enrolled.store.read() as connection:
        assert dossier(connection, one.id).status is Status.RECEIVED
    applied = Judgement(op_id=forwarded, verdict=Verdict.APPLIED, dossier_version=2)
    centre.later.append(applied)
    push_all(enrolled, client)
    with enrolled.store.read() as connection:
        assert dossier(connection, one.id).status is Status.PROCESSING
    assert unsettled(enrolled) == []
    assert is_sound(enrolled)


def test_what_is_said_of_an_operation_that_nobody_here_has_done_is_no_matter(
    enrolled, client, centre
):
    centre.later.append(Judgement(op_id=UUID(int=5), verdict=Verdict.REFUSED))
    push_all(enrolled, client)
    assert unsettled(enrolled) == []


def test_a_gap_at_the_centre_is_filled(enrolled, client, centre):
    for _each in range(5):
        register(enrolled)
    push_all(enrolled, client)
    register(enrolled)
    centre.forget(2)
    push_all(enrolled, client)
    assert len(centre.rows) == len(op_ids(enrolled))


def test_a_centre_that_takes_nothing_just_now_is_left_alone(enrolled, client, centre):
    register(enrolled)
    centre.outcomes = [PushOutcome.RETRY]
    with pytest.raises(CentreUnreachable):
        push_all(enrolled, client)
    assert len([r for r in centre.requests if r.path.endswith("/push")]) == 1
    assert waiting(enrolled) > 0


def test_rows_that_a_centre_never_takes_are_not_sent_for_ever(enrolled, client, centre):
    register(enrolled)
    centre.outcomes = [PushOutcome.GAP] * 50
    with pytest.raises(CentreUnreachable):
        push_all(enrolled, client)
    assert len(centre.outcomes) > 40


@pytest.mark.parametrize(
    ("reason", "error"),
    [("revoked", DeskRevoked), ("fork", ChainForked), ("", ChainForked), ("x", CentreRefused)],
)
def test_what_is_kept_apart_is_not_acknowledged(enrolled, client, centre, reason, error):
    register(enrolled)
    centre.outcomes, centre.reason = [PushOutcome.QUARANTINED], reason
    with pytest.raises(error):
        push_all(enrolled, client)
    assert waiting(enrolled) == len(op_ids(enrolled))


def test_a_chain_that_is_not_ours_is_a_fork_and_nothing_is_noted(enrolled, client, centre):
    register(enrolled)
    push_all(enrolled, client)
    register(enrolled)
    op_id, _hash = centre.rows[-1]
    centre.rows[-1] = (op_id, bytes(32))
    before = waiting(enrolled)
    with pytest.raises(ChainForked):
        push_all(enrolled, client)
    assert waiting(enrolled) == before


def test_a_centre_that_knows_more_of_us_than_we_do_is_a_fork(enrolled, client, centre):
    push_all(enrolled, client)
    centre.rows.append((UUID(int=1), bytes(32)))
    with pytest.raises(ChainForked):
        push_all(enrolled, client)


@pytest.mark.parametrize(
    ("status", "reason", "error"),
    [
        (403, "revoked", DeskRevoked),
        (409, "forked", ChainForked),
        (401, "unknown_desk", DeskUnknown),
        (400, "bad_request", CentreRefused),
        (426, "program_too_old", ProgramTooOld),
        (503, "too_busy", CentreUnreachable),
        (404, "not_found", CentreRefused),
    ],
)
def test_a_refusal_is_told_by_its_reason(enrolled, client, centre, status, reason, error):
    centre.refusals = [(status, reason)]
    with pytest.raises(error):
        push_all(enrolled, client)
    assert waiting(enrolled) == len(kinds(enrolled))


def test_a_push_that_was_not_proved_leaves_all_waiting(enrolled, client, centre):
    register(enrolled)
    centre.twist = lambda answer: type(answer)(200, {"content-type": "text/html"}, b"<html>OK")
    with pytest.raises(CentreNotTrusted):
        push_all(enrolled, client)
    assert waiting(enrolled) == len(kinds(enrolled))
