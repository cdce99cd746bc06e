"""What is appended is durable together, or not at all; and nothing of it is ever changed."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.domain.dossier import Dossier, fold
from counter_app.domain.operation import Noted, Unreadable
from counter_app.domain.status import Status
from counter_app.errors import StoreError, StoreFull
from counter_app.store.drafts import drafts
from counter_app.store.forms import kept_form
from counter_app.store.outbox import unsent
from counter_app.store.rows import rows
from counter_app.store.timeline import dossier, timeline
from counter_app.store.triggers import TRIGGERS
from counter_app.wire.delivery import DeliveryState
from tests.factories import (
    AGENCY,
    DAY,
    EXAMPLES,
    NOON,
    a_code,
    a_draft,
    a_received,
    an_operation,
)
from tests.store.conftest import done, register, registered, sql

bodies = st.sampled_from([*EXAMPLES.values(), Unreadable()])
_fresh = count(1)


def test_a_dossier_is_blank_until_it_has_been_received(store):
    with store.begin() as uow:
        assert uow.dossier(UUID(int=7)) == Dossier(id=UUID(int=7))
        received = register(uow, 7)
    assert received.status is Status.RECEIVED
    assert received.code == a_code(1)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(bodies, st.integers(0, 2)), max_size=12))
def test_what_is_stored_is_the_fold_of_what_was_appended(store, history):
    ids = [UUID(int=next(_fresh)) for _ in range(3)]
    operations = [an_operation(body, on=ids[number]) for body, number in history]
    for operation in operations:
        with store.begin() as uow:
            uow.append(operation)
    with store.read() as connection, store.begin() as uow:
        for dossier_id in ids:
            own = [o for o in operations if o.header.dossier_id == dossier_id]
            assert (
                uow.dossier(dossier_id) == dossier(connection, dossier_id) == fold(dossier_id, own)
            )
            assert [entry.operation for entry in timeline(connection, dossier_id)] == own


def test_half_a_transaction_leaves_nothing(store):
    with pytest.raises(RuntimeError), store.begin() as uow:
        register(uow, 1)
        uow.keep_form("receipt", 1, b"x")
        uow.save_draft(a_draft())
        raise RuntimeError("the power goes")
    for table in ("operation", "operation_body", "chain", "delivery", "dossier", "dossier_words"):
        assert sql(store, f"SELECT * FROM {table}") == []
    for table in ("form_version", "draft", "code_counter"):
        assert sql(store, f"SELECT * FROM {table}") == []
    assert registered(store, 1).code == a_code(1)


def test_what_was_committed_is_there_after_the_store_was_left_open(stores, store):
    registered(store, 1)
    copy = stores.folder.with_name("copy")
    copy.mkdir()
    for file in stores.folder.iterdir():  # as a power cut leaves them
        (copy / file.name).write_bytes(file.read_bytes())
    stores.close()
    stores.folder = copy
    with stores.open().begin() as uow:
        assert uow.dossier(UUID(int=1)).code == a_code(1)


def test_an_operation_comes_once(store):
    operation = an_operation(EXAMPLES["received"])
    with store.begin() as uow:
        uow.append(operation)
    with pytest.raises(sqlcipher.IntegrityError), store.begin() as uow:
        uow.append(operation)


@pytest.mark.parametrize("table", ["operation", "operation_body", "chain", "form_version"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET rowid = rowid",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_what_is_written_for_ever_is_not_changed_by_any_statement(store, table, statement):
    registered(store, 1)
    with store.begin() as uow:
        uow.keep_form("receipt", 1, b"x")
    before = sql(store, f"SELECT * FROM {table}")
    column = sql(store, f"SELECT name FROM pragma_table_info('{table}')")[0][0]
    statement = statement.replace("rowid", column).format(table=table)
    with pytest.raises(sa.exc.IntegrityError, match="for ever"):
        sql(store, statement)
    assert sql(store, f"SELECT * FROM {table}") == before != []


def test_every_trigger_is_there(store):
    names = sql(store, "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    assert [name for (name,) in names] == sorted(TRIGGERS)


def test_the_chain_has_no_gaps_whatever_was_given_up(store):
    for number in range(1, 6):
        try:
            with store.begin() as uow:
                register(uow, number)
                if number % 2:
                    raise RuntimeError
        except RuntimeError:
            continue
    assert [seq for (seq,) in sql(store, "SELECT seq FROM chain ORDER BY seq")] == [1, 2]


def test_looking_at_a_dossier_does_not_make_it_known(store):
    done(store, 1, EXAMPLES["record_viewed"], dossier_id=UUID(int=1))
    assert sql(store, "SELECT * FROM dossier") == []
    registered(store, 1)
    with store.read() as connection:
        assert [entry.operation.header.kind for entry in timeline(connection, UUID(int=1))] == [
            "received"
        ]


def test_a_fact_about_a_dossier_received_elsewhere_is_kept(store):
    done(store, 1, EXAMPLES["fee_paid"])
    [(row_id, code, paid)] = sql(store, "SELECT id, code, paid FROM dossier")
    assert (code, paid) == ("", 16_000)
    with store.read() as connection:
        [row] = rows(connection, [row_id])
    assert row.status is None


@pytest.mark.parametrize("verdict", ["proposed", "refused", "waiting"])
def test_what_the_centre_has_not_taken_has_no_effect_and_hides_nothing(store, verdict):
    registered(store, 1)
    done(store, 1, EXAMPLES["forwarded"])
    sql(store, "UPDATE delivery SET state = 'acked', verdict = ? WHERE position = 2", verdict)
    done(store, 1, EXAMPLES["noted"])
    with store.begin() as uow:
        assert uow.dossier(UUID(int=1)).status is Status.RECEIVED
    with store.read() as connection:
        entries = timeline(connection, UUID(int=1))
    assert [e.operation.header.kind for e in entries] == ["received", "forwarded", "noted"]
    assert [e.verdict for e in entries] == [None, verdict, None]
    [(status,)] = sql(store, "SELECT status FROM dossier")
    assert status == Status.RECEIVED


def test_confirmed_operations_count_as_the_centre_numbered_them_then_ours(store):
    registered(store, 1)
    done(store, 1, Noted(text="1"), Noted(text="2"), Noted(text="3"))
    for position, version in ((1, 1), (3, 2), (2, 3)):
        sql(
            store,
            "UPDATE delivery SET state = 'acked', verdict = 'applied', dossier_version = ? "
            "WHERE position = ?",
            version,
            position,
        )
    with store.begin() as uow:
        assert uow.dossier(UUID(int=1)).version == 3
    with store.read() as connection:
        entries = timeline(connection, UUID(int=1))
    assert [entry.position for entry in entries] == [1, 3, 2, 4]
    assert [entry.state for entry in entries][-1] is DeliveryState.PENDING


def test_what_a_newer_program_has_done_blocks_that_dossier_only(store):
    registered(store, 1)
    registered(store, 2)
    done(store, 1, Noted(text="x"), kind="noticed")
    with store.begin() as uow:
        assert uow.dossier(UUID(int=1)).needs_newer_program
        assert not uow.dossier(UUID(int=2)).needs_newer_program


def test_two_receipts_with_one_code_are_both_found(store):
    for number in (1, 2):
        with store.begin() as uow:
            uow.append(an_operation(a_received(code=a_code(5)), on=UUID(int=number)))
    with store.begin() as uow:
        assert uow.find_by_code(a_code(5)) == [UUID(int=2), UUID(int=1)]
        assert uow.find_by_code(a_code(6)) == []


def test_a_form_is_kept_once_for_each_wording(store):
    with store.begin() as uow:
        one = uow.keep_form("receipt", 1, b"one")
        again = uow.keep_form("receipt", 1, b"one")
        other = uow.keep_form("receipt", 1, b"other")
    assert one == again != other
    with store.read() as connection:
        assert kept_form(connection, one) == b"one"
        assert kept_form(connection, other) == b"other"
    assert sql(store, "SELECT count(*) FROM form_version") == [(2,)]


def test_a_draft_is_offered_to_whoever_typed_it_until_it_is_dropped(stores, store):
    first, later = a_draft(), a_draft(token=bytes(16), saved_at=NOON + timedelta(hours=1))
    with store.begin() as uow:
        for draft in (first, later, a_draft(token=b"1" * 16, officer="khac")):
            uow.save_draft(draft)
        uow.save_draft(first)
    store = stores.reopened()
    with store.read() as connection:
        assert drafts(connection, "thu") == [later, first]
    with store.begin() as uow:
        uow.drop_draft(later.token)
        uow.drop_draft(b"never kept")
    with store.read() as connection:
        assert drafts(connection, "thu") == [first]


def test_the_status_bar_knows_how_much_is_unsent_and_since_when(store):
    with store.read() as connection:
        assert unsent(connection).operations == 0
        assert unsent(connection).oldest is None
    registered(store, 1)
    done(store, 1, Noted(text="x"), wall_utc=NOON - timedelta(days=1))
    with store.read() as connection:
        assert (unsent(connection).operations, unsent(connection).oldest) == (2, NOON)
    sql(store, "UPDATE delivery SET state = 'acked' WHERE position = 1")
    with store.read() as connection:
        assert unsent(connection).oldest == NOON - timedelta(days=1)


def test_a_full_disk_saves_nothing_and_says_so_and_work_goes_on_when_there_is_space(store):
    registered(store, 1)
    pages = sql(store, "PRAGMA page_count")[0][0]
    sql(store, f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull), store.begin() as uow:
        for number in range(2, 500):
            register(uow, number)
    with store.read() as connection:
        assert timeline(connection, UUID(int=1))
        assert timeline(connection, UUID(int=2)) == []
    sql(store, "PRAGMA max_page_count = 1000000")
    assert registered(store, 2).code == a_code(2)


def test_an_error_that_somebody_swallows_never_looks_like_success(store):
    sql(store, f"PRAGMA max_page_count = {sql(store, 'PRAGMA page_count')[0][0]}")
    with pytest.raises(StoreError, match="bị hủy"), store.begin() as uow:
        try:
            uow.keep_form("large", 1, bytes(10_000_000))
        except Exception:
            uow.drop_draft(b"as if nothing had been")


def test_reading_sees_one_state_while_others_write(store):
    registered(store, 1)
    with store.read() as connection:
        assert len(timeline(connection, UUID(int=1))) == 1
        done(store, 1, Noted(text="x"))
        assert len(timeline(connection, UUID(int=1))) == 1
    with store.read() as connection:
        assert len(timeline(connection, UUID(int=1))) == 2


def test_nothing_is_written_by_reading(store):
    with store.read() as connection, pytest.raises(sa.exc.OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM dossier")


def test_a_code_is_of_the_day_it_was_received_on(store):
    tomorrow = DAY + timedelta(days=1)
    assert registered(store, 1).code == a_code(1)
    assert registered(store, 2, day=tomorrow).code == a_code(1, tomorrow)
    assert registered(store, 3).code == a_code(2)
    with store.begin() as uow:
        assert uow.take_code(AGENCY, tomorrow) == a_code(2, tomorrow)
