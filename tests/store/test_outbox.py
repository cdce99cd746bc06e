"""What is to be sent, batch by batch, and what an answer makes of it."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.operation import Noted
from counter_app.errors import ChainForked
from counter_app.store.contact import contact_of
from counter_app.store.journal import entries_of
from counter_app.store.known import known_desk_of
from counter_app.store.outbox import next_batch, unsent, waiting_dossiers
from counter_app.store.rebuild import rebuild
from counter_app.store.verify import Problem, verify
from counter_app.wire.codec import encode
from counter_app.wire.delivery import WITHOUT_EFFECT, Verdict
from counter_app.wire.hashing import START, chain_hash, op_hash
from counter_app.wire.messages import (
    MOST_BYTES,
    MOST_ROWS,
    Judgement,
    KnownDesk,
    PushAnswer,
    PushBatch,
    PushOutcome,
    Reference,
    Standing,
)
from counter_app.wire.signing import SigningKey
from tests.factories import AGENCY, DESK_ID, EPOCH, EXAMPLES, NOON, an_operation
from tests.store.conftest import done, register, registered, sql

_fresh = count(1)


def batch_of(store):
    with store.read() as connection:
        return next_batch(connection, store.profile)


def hash_at(store, seq):
    found = sql(store, "SELECT hash FROM chain WHERE seq = ?", seq)
    return found[0][0] if found else START


def answer(store, high_water, *judgements, head=None, **standing):
    return PushAnswer(
        outcome=PushOutcome.STORED,
        standing=Standing(
            **{
                "centre_id": UUID(int=1),
                "generation": 1,
                "now": NOON + timedelta(seconds=3),
                "high_water": high_water,
                "head": hash_at(store, high_water) if head is None else head,
                "feed_seq": 0,
                "feed_hash": START,
                "reference_version": 1,
            }
            | standing
        ),
        judgements=judgements,
    )


def record(store, *given, **standing):
    told = answer(store, *given, **standing)
    with store.begin() as uow:
        return uow.record_answer(told, now=NOON)


def judged(store, position, verdict=Verdict.APPLIED, **rest):
    [(op_id,)] = sql(store, "SELECT op_id FROM operation WHERE position = ?", position)
    return Judgement(op_id=UUID(bytes=op_id), verdict=verdict, **rest)


def states(store):
    query = "SELECT state, verdict, dossier_version, reason FROM delivery ORDER BY position"
    return sql(store, query)


def projections(store):
    return [
        sql(store, "SELECT * FROM dossier ORDER BY id"),
        sql(store, "SELECT rowid, words FROM dossier_words ORDER BY rowid"),
    ]


def test_an_empty_outbox_asks_how_far_the_centre_has_heard(store):
    assert batch_of(store) == PushBatch(
        desk_id=DESK_ID, epoch=EPOCH, prev_hash=START, head=START, rows=()
    )
    registered(store, 1)
    record(store, 1)
    end = hash_at(store, 1)
    assert (batch_of(store).prev_hash, batch_of(store).head, batch_of(store).rows) == (end, end, ())


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 40), max_size=4), st.randoms())
def test_batch_by_batch_the_centre_gets_the_whole_chain_whatever_it_stores_of_each(
    stores, bursts, chance
):
    stores.close()
    for file in stores.folder.glob("*"):
        file.unlink()
    store = stores.new()
    registered(store, 1)
    high_water, head = 0, START
    for burst in [*bursts, 0]:
        done(store, 1, *[Noted(text="x")] * burst)
        batch = batch_of(store)
        assert (batch.prev_hash, batch.rows[0].seq if batch.rows else None) == (
            head,
            high_water + 1 if batch.rows else None,
        )
        for row in batch.rows[: chance.randint(0, len(batch.rows))]:
            digest = op_hash(bytes(row.header), row.nonce, bytes(row.body))
            head = chain_hash(DESK_ID, EPOCH, row.seq, head, digest)
            high_water = row.seq
        assert record(store, high_water, head=head).sent_again == 0
    waiting = sql(store, "SELECT count(*) FROM delivery WHERE state = 'pending'")[0][0]
    assert waiting == sum(bursts) + 1 - high_water


def test_a_batch_carries_the_very_bytes_that_were_hashed(store):
    registered(store, 1)
    [row] = msgspec.json.decode(encode(batch_of(store)), type=PushBatch).rows
    [(header, digest, body)] = sql(
        store, "SELECT header, op_hash, body FROM operation JOIN operation_body USING (position)"
    )
    assert (bytes(row.header), bytes(row.body)) == (header, body)
    assert op_hash(header, row.nonce, body) == digest


def test_a_batch_is_bounded_in_rows_and_bytes_but_never_empty(store):
    registered(store, 1)
    record(store, 1)
    done(store, 1, *[Noted(text="x")] * 150)
    assert len(batch_of(store).rows) == MOST_ROWS
    record(store, 151)
    done(store, 1, Noted(text="x" * 300_000), Noted(text="x" * 200_000), Noted(text="y" * 100_000))
    sizes = []
    for high_water in (152, 153, 154):
        sizes.append((len(batch_of(store).rows), len(encode(batch_of(store)))))
        record(store, high_water)
    assert [rows for rows, _size in sizes] == [1, 1, 1]
    assert all(size <= MOST_BYTES for _rows, size in sizes[1:])


def test_what_is_acknowledged_is_not_sent_again(store):
    registered(store, 1)
    registered(store, 2)
    record(store, 1)
    assert [row.seq for row in batch_of(store).rows] == [2]
    assert [state for state, *_rest in states(store)] == ["acked", "pending"]


def test_a_head_that_is_not_ours_is_a_fork_and_changes_nothing(store):
    registered(store, 1)
    for high_water, head in ((1, bytes(32)), (2, bytes(32)), (0, bytes(31) + b"1")):
        with pytest.raises(ChainForked):
            record(store, high_water, head=head)
    assert states(store) == [("pending", None, None, "")]
    with store.read() as connection:
        assert contact_of(connection).at is None


def test_a_centre_that_has_forgotten_gets_again_what_it_forgot_and_judges_anew(store):
    registered(store, 1)
    done(store, 1, EXAMPLES["forwarded"])
    before = projections(store)
    record(store, 2, judged(store, 2, Verdict.REFUSED, reason="role"))
    assert projections(store) != before
    heard = record(store, 1)
    assert (heard.sent_again, heard.dossiers) == (1, {UUID(int=1)})
    assert states(store)[1] == ("pending", None, None, "")
    assert [row.seq for row in batch_of(store).rows] == [2]
    assert projections(store) == before
    assert verify(store).findings == ()


def test_an_answer_that_comes_late_is_put_right_by_the_next(store):
    registered(store, 1)
    registered(store, 2)
    late = answer(store, 1)
    record(store, 2)
    with store.begin() as uow:
        uow.record_answer(late, now=NOON)
    record(store, 2)
    assert unsent_in(store) == 0


def test_an_answer_without_verdicts_acknowledges_nothing(store):
    registered(store, 1)
    done(store, 1, EXAMPLES["forwarded"])
    busy = replace(answer(store, 2), outcome=PushOutcome.RETRY)
    with store.begin() as uow:  # the answer that had the verdicts was lost on the way
        uow.record_answer(busy, now=NOON)
    assert [row.seq for row in batch_of(store).rows] == [1, 2]
    record(store, 2, judged(store, 2, Verdict.REFUSED, reason="role"))
    assert states(store)[1] == ("acked", "refused", None, "role")


def unsent_in(store):
    with store.read() as connection:
        return unsent(connection).operations


@pytest.mark.parametrize("verdict", ["proposed", "refused", "waiting"])
def test_a_dossier_of_which_nothing_was_taken_is_in_no_list(store, verdict):
    registered(store, 1)
    record(store, 1, judged(store, 1, Verdict(verdict), reason="x"))
    assert projections(store) == [[], []]
    assert verify(store).findings == ()
    record(store, 1, judged(store, 1, dossier_version=1))
    assert len(projections(store)[0]) == len(projections(store)[1]) == 1
    assert verify(store).findings == ()


def test_confirmed_entries_stand_in_the_centres_order(store):
    registered(store, 1)
    done(store, 1, Noted(text="1"), Noted(text="2"))
    record(
        store,
        3,
        judged(store, 1, dossier_version=1),
        judged(store, 2, dossier_version=3),
        judged(store, 3, dossier_version=2),
    )
    with store.begin() as uow:
        assert uow.dossier(UUID(int=1)).version == 3
        found = entries_of(uow._raw, UUID(int=1))
    assert [entry.position for entry in found] == [1, 3, 2]
    assert verify(store).findings == ()


_KINDS = ("forwarded", "fee_paid", "noted", "finished", "papers_returned")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.permutations(range(len(_KINDS) + 1)),
    st.permutations(range(1, len(_KINDS) + 2)),
    st.lists(st.sampled_from([*Verdict]), min_size=6, max_size=6),
    st.integers(1, 6),
    st.booleans(),
)
def test_in_whatever_order_an_entry_is_confirmed_the_lists_are_what_a_rebuild_gives(
    store, order, versions, verdicts, per_answer, in_turn
):
    number = next(_fresh)
    registered(store, number)
    done(store, number, *(EXAMPLES[kind] for kind in _KINDS))
    [(last,)] = sql(store, "SELECT max(position) FROM operation")
    first = last - len(_KINDS)
    said = []
    for place in range(6) if in_turn else order:
        verdict = Verdict.APPLIED if in_turn else verdicts[place]
        version = (place + 1) if in_turn else versions[place]
        counts = verdict not in WITHOUT_EFFECT
        said.append(
            judged(store, first + place, verdict, dossier_version=version if counts else None)
        )
    for n in range(0, 6, per_answer):
        record(store, last, *said[n : n + per_answer])
        before = projections(store)
        rebuild(store)
        assert projections(store) == before


def test_a_dossier_already_read_in_the_transaction_is_folded_anew(store):
    registered(store, 1)
    done(store, 1, EXAMPLES["forwarded"])
    told = answer(store, 2, judged(store, 2, Verdict.REFUSED))
    with store.begin() as uow:
        before = uow.dossier(UUID(int=1)).status
        uow.record_answer(told, now=NOON)
        assert uow.dossier(UUID(int=1)).status != before


def test_the_contact_is_remembered_with_the_centres_clock(store):
    registered(store, 1)
    record(store, 1, oldest_program="9.0")
    with store.read() as connection:
        contact = contact_of(connection)
    assert (contact.at, contact.ahead) == (NOON, timedelta(seconds=3))
    assert (contact.high_water, contact.oldest_program) == (1, "9.0")


def test_trouble_is_remembered_from_its_beginning_until_the_centre_answers(store):
    for hour, trouble in enumerate(["A", "A", "B", "B"]):
        with store.begin() as uow:
            uow.record_trouble(trouble, now=NOON + timedelta(hours=hour))
    with store.read() as connection:
        contact = contact_of(connection)
    assert (contact.trouble, contact.trouble_at) == ("B", NOON + timedelta(hours=2))
    record(store, 0)
    with store.read() as connection:
        assert contact_of(connection).trouble == ""


def test_dossiers_wait_and_not_looks_at_them(store):
    registered(store, 1)
    done(store, 1, EXAMPLES["noted"])
    registered(store, 2)
    record(store, 3)
    done(store, 1, EXAMPLES["fee_paid"], wall_utc=NOON + timedelta(hours=1))
    done(store, 2, EXAMPLES["record_viewed"], dossier_id=UUID(int=2))
    with store.read() as connection:
        waiting = waiting_dossiers(connection)
    assert (waiting.dossiers, waiting.oldest) == (1, NOON + timedelta(hours=1))


def test_what_was_told_of_other_desks_is_proved_too(store):
    key = SigningKey.generate()
    reference = Reference(
        version=1,
        standing=answer(store, 0).standing,
        leases=(),
        desks=(KnownDesk(public_key=key.public, desk_name="Quầy 2", agency=AGENCY),),
        agencies=(),
        law=(),
    )
    with store.begin() as uow:
        uow.record_reference(reference, now=NOON)
    with store.read() as connection:
        assert known_desk_of(connection, key.key_id).desk_name == "Quầy 2"
        assert known_desk_of(connection, b"12345678") is None
    assert verify(store).findings == ()
    sql(store, "UPDATE known_desk SET public_key = ?", bytes(32))
    sql(store, "INSERT INTO contact (contact) VALUES ('x')".replace("'x'", "x'00'"))
    sql(store, "DELETE FROM contact WHERE contact <> x'00'")
    problems = {finding.problem for finding in verify(store).findings}
    assert problems == {Problem.KEY_ALTERED, Problem.CENTRE_UNREADABLE}


def test_an_operation_appended_between_taking_and_answering_still_waits(store):
    registered(store, 1)
    told = answer(store, 1)
    with store.begin() as uow:
        register(uow, 2)
    with store.begin() as uow:
        uow.record_answer(told, now=NOON)
    assert [row.seq for row in batch_of(store).rows] == [2]


def test_half_an_answer_leaves_nothing(store):
    registered(store, 1)
    told = answer(store, 1, judged(store, 1, dossier_version=1))
    with pytest.raises(RuntimeError), store.begin() as uow:
        uow.record_answer(told, now=NOON)
        uow.append(an_operation(Noted(text="x"), on=UUID(int=1)))
        raise RuntimeError("the power goes")
    assert states(store) == [("pending", None, None, "")]
    assert store.profile.centre is None
