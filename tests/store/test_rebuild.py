"""The projections can always be made again from the journal, and come out the same."""

from itertools import count, pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.store.differing import windows
from counter_app.store.rebuild import rebuild
from counter_app.store.search import find
from counter_app.store.verify import Problem, verify
from tests.factories import AGENCY, DAY, EXAMPLES, a_party, an_operation
from tests.store.conftest import done, register, registered, sql

_fresh = count(1)


def projections(store):
    return [
        sql(store, "SELECT * FROM dossier ORDER BY id"),
        sql(store, "SELECT rowid, words FROM dossier_words ORDER BY rowid"),
    ]


@pytest.fixture
def store(stores):
    store = stores.new()
    with store.begin() as uow:
        for number in range(1, 60):
            register(uow, number, applicant=a_party(full_name=f"Nguyễn Thử {number}"))
    for number in (3, 30, 59):
        done(store, number, EXAMPLES["forwarded"], EXAMPLES["finished"], EXAMPLES["fee_paid"])
    return store


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(EXAMPLES.values())),
            st.integers(0, 2),
            st.sampled_from([None, "applied", "flagged", "proposed", "refused", "waiting"]),
            st.permutations(range(12)),
        ),
        max_size=12,
    )
)
def test_what_is_written_step_by_step_is_what_a_rebuild_gives(store, history):
    ids = [UUID(int=1000 + next(_fresh)) for _ in range(3)]
    for body, number, verdict, _order in history:
        with store.begin() as uow:
            uow.append(an_operation(body, on=ids[number], dossier_id=ids[number]))
        if verdict in {None, "applied", "flagged"}:
            continue
        # As the centre's answer will do: it alone changes what has been folded already.
        sql(
            store,
            "UPDATE delivery SET state = 'acked', verdict = ? "
            "WHERE position = (SELECT max(position) FROM operation)",
            verdict,
        )
        rebuild(store)
    assert rebuild(store) == 0
    found = {finding.problem for finding in verify(store).findings}
    assert found <= {Problem.SCAN_MISSING}  # an example of one has no page


def test_a_sound_store_is_left_as_it_is(store):
    before = projections(store)
    assert rebuild(store) == 0
    assert projections(store) == before


@pytest.mark.parametrize(
    "harm",
    [
        ["DELETE FROM dossier", "DELETE FROM dossier_words"],
        ["UPDATE dossier SET status = 8, due_at = NULL WHERE id % 7 = 0"],
        ["UPDATE dossier SET id = id + 100000"],
        ["UPDATE dossier SET id = -id"],
        ["DELETE FROM dossier_words WHERE rowid = 5"],
        ["INSERT INTO dossier_words (rowid, words) VALUES (-4, 'x'), (9999, 'y')"],
        ["UPDATE dossier_words SET words = 'nobody'"],
        ["UPDATE dossier SET dossier_id = randomblob(16)"],
        ["UPDATE dossier_words_content SET c0 = 'nobody' WHERE id = 5"],
        ["DELETE FROM dossier_words_data WHERE id > 10"],
        ["DELETE FROM dossier_words_docsize"],
    ],
    ids=lambda harm: harm[0],
)
def test_whatever_has_become_of_the_projections_they_come_out_the_same(stores, store, harm):
    before = projections(store)
    for statement in harm:
        sql(store, statement)
    store = stores.reopened()
    assert verify(store).findings
    assert verify(store, rebuild=True).findings == ()
    assert projections(store) == before
    with store.read() as connection:
        assert len(find(connection, "nguyen thu")) == 59


def test_the_counters_are_no_projection(store):
    sql(store, "DELETE FROM dossier")
    rebuild(store)
    with store.begin() as uow:
        assert uow.take_code(AGENCY, DAY).endswith("-0060")


def test_it_says_how_far_it_is(store):
    told = []
    rebuild(store, progress=lambda done, total: told.append((done, total)))
    assert told == [(68, 68)]


def test_it_may_be_given_up_at_any_moment_and_taken_up_again(store):
    before = projections(store)
    sql(store, "UPDATE dossier SET status = 8")
    windows_left = iter([False, False, True])
    assert 0 < rebuild(store, window=10, is_cancelled=lambda: next(windows_left)) < 59
    assert rebuild(store) > 0
    assert projections(store) == before


def test_registering_goes_on_meanwhile(store):
    numbers = count(100)
    sql(store, "UPDATE dossier SET status = 8")
    rebuild(store, window=10, progress=lambda _done, _total: registered(store, next(numbers)))
    assert verify(store).findings == ()
    assert next(numbers) > 105


def test_windows_cover_every_position_once():
    for last in (0, 1, 1999, 2000, 2001, 6000):
        edges = list(windows(last))
        assert all(one[1] == other[0] for one, other in pairwise(edges))
        assert last == 0 or edges[-1][1] >= last


def test_a_journal_that_is_wrong_is_not_projected(store):
    with store.begin() as uow:
        uow.connection.exec_driver_sql("DROP TRIGGER operation_body_no_update")
        uow.connection.exec_driver_sql(
            "UPDATE operation_body SET body = X'7B7D' WHERE position = 5"
        )
    before = projections(store)
    report = verify(store, rebuild=True)
    assert {finding.problem for finding in report.findings} >= {Problem.OPERATION_ALTERED}
    assert projections(store) == before
