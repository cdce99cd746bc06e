"""The home screen counts what is to be done, and lists what it has counted."""

from datetime import datetime, timedelta

import pytest

from counter_app.store.home import MOST_COUNTED, HomeList, Moment, Tiles, day_page, listed, tiles
from tests.factories import DAY, EXAMPLES, NOON, VIETNAM, an_operation
from tests.store.conftest import done, register, registered

MOMENT = Moment(day=DAY, now=NOON)
YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def store(stores):
    store = stores.new()
    evening = datetime(2026, 8, 3, 17, tzinfo=VIETNAM)
    dues = {
        1: NOON - timedelta(days=3),  # overdue
        2: NOON - timedelta(hours=1),  # overdue, and due today
        3: evening,  # due today, and soon
        4: evening + timedelta(hours=12),  # soon
        5: evening + timedelta(days=5),
        6: None,
        7: NOON - timedelta(days=1),  # late, but finished: waits to be collected
    }
    for number, due_at in dues.items():
        registered(store, number, day=DAY if number % 2 else YESTERDAY, due_at=due_at)
    done(store, 7, EXAMPLES["forwarded"], EXAMPLES["finished"])
    return store


def test_the_tiles_count(store):
    with store.read() as connection:
        assert tiles(connection, MOMENT) == Tiles(
            received=4, due_today=2, due_soon=2, overdue=2, to_collect=1
        )


@pytest.mark.parametrize(
    ("which", "ids"),
    [
        (HomeList.RECEIVED, [7, 5, 3, 1]),
        (HomeList.DUE_TODAY, [2, 3]),
        (HomeList.DUE_SOON, [3, 4]),
        (HomeList.OVERDUE, [1, 2]),
        (HomeList.TO_COLLECT, [7]),
    ],
)
def test_a_tile_lists_what_it_counts(store, which, ids):
    with store.read() as connection:
        assert listed(connection, which, MOMENT) == ids
        assert getattr(tiles(connection, MOMENT), which) == len(ids)


def test_what_has_ended_is_on_no_list_of_work(store):
    done(store, 1, EXAMPLES["forwarded"], EXAMPLES["refused"])
    done(store, 7, EXAMPLES["result_returned"])
    with store.read() as connection:
        assert listed(connection, HomeList.OVERDUE, MOMENT) == [2]
        assert listed(connection, HomeList.TO_COLLECT, MOMENT) == []


def test_the_days_list_comes_by_the_page_newest_first(store):
    with store.read() as connection:
        first = day_page(connection, DAY, limit=3)
        rest = day_page(connection, DAY, before=first[-1].id, limit=3)
    assert [row.dossier_id.int for row in first + rest] == [7, 5, 3, 1]


def test_a_page_is_the_same_while_others_are_registered(store):
    with store.read() as connection:
        first = day_page(connection, DAY, limit=2)
    with store.begin() as uow:
        register(uow, 8)
    with store.read() as connection:
        rest = day_page(connection, DAY, before=first[-1].id, limit=2)
    assert [row.dossier_id.int for row in first + rest] == [7, 5, 3, 1]


def test_counting_stops_where_nobody_counts_on(store):
    with store.begin() as uow:
        uow.connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n LIMIT 11000) "
            "INSERT INTO dossier SELECT i, randomblob(16), 0, code, status, received_on, "
            "received_at, due_at, procedure_code, procedure_name, field, applicant_name, "
            "id_number, submitter_id_number, phone, channel, officer_name, charged, paid, "
            "finished_at, returned_at, voided, needs_newer_program, fee_unknown, "
            "exempted FROM dossier, n "
            "WHERE dossier.id = 1"
        )
    with store.read() as connection:
        assert tiles(connection, MOMENT).overdue == MOST_COUNTED
        plan = "EXPLAIN QUERY PLAN SELECT 1 FROM dossier WHERE status IN (1, 2, 4, 5, 6, 7) "
        found = connection.exec_driver_sql(plan + "AND due_at >= 0 AND due_at < 9").all()
    assert "dossier_open" in found[0][3]


def test_a_dossier_of_unknown_state_is_on_no_list(stores, store):
    done(store, 99, an_operation(EXAMPLES["fee_paid"]).body)
    with store.read() as connection:
        assert tiles(connection, MOMENT).overdue == 2
