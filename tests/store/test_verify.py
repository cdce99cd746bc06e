"""Whatever is not as it was written is found, and said once with the place."""

from uuid import UUID

import pytest

from counter_app.store.verify import Problem, verify
from tests.factories import DAY, EXAMPLES, a_code, a_received, an_operation
from tests.store.conftest import done, register, registered, sql

_P = Problem
LIFT = {
    table: [f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete"]
    for table in ("operation", "operation_body", "chain", "form_version")
} | {"code_counter": ["DROP TRIGGER code_counter_no_delete"]}


@pytest.fixture
def store(stores):
    store = stores.new()
    with store.begin() as uow:
        for number in range(1, 20):
            register(uow, number)
        uow.keep_form("receipt", 1, b"x")
    done(store, 3, EXAMPLES["forwarded"], EXAMPLES["finished"])
    done(store, 3, EXAMPLES["record_viewed"], EXAMPLES["officer_signed_in"])
    return store


def test_a_sound_store_has_no_findings(stores, store):
    report = verify(store)
    assert (report.operations, report.chain_rows, report.dossiers) == (23, 23, 19)
    assert report.findings == ()
    assert verify(stores.reopened()).findings == ()


def test_an_empty_store_is_sound(tmp_path, stores):
    stores.folder = tmp_path / "other"
    assert verify(stores.new()).findings == ()


@pytest.mark.parametrize(
    ("harm", "problem", "where"),
    [
        ("UPDATE operation_body SET body = X'7B7D' WHERE position = 5", _P.OPERATION_ALTERED, "5"),
        ("UPDATE operation_body SET nonce = zeroblob(16)", _P.OPERATION_ALTERED, "1"),
        ("UPDATE operation SET header = X'7B7D' WHERE position = 5", _P.OPERATION_ALTERED, "5"),
        ("UPDATE operation SET op_hash = zeroblob(32)", _P.OPERATION_ALTERED, "1"),
        ("UPDATE operation SET actor = 'khac' WHERE position = 5", _P.COLUMN_DIFFERS, "5"),
        ("UPDATE operation SET business_date = '2026-08-04'", _P.COLUMN_DIFFERS, "1"),
        ("UPDATE operation SET wall_utc = wall_utc + 1", _P.COLUMN_DIFFERS, "1"),
        ("UPDATE operation SET header = X'FF' WHERE position = 7", _P.COLUMN_DIFFERS, "7"),
        ("DELETE FROM operation_body WHERE position = 5", _P.PART_MISSING, "5"),
        ("DELETE FROM delivery WHERE position = 5", _P.PART_MISSING, "5"),
        ("DELETE FROM chain WHERE seq = 23", _P.NOT_IN_CHAIN, "23"),
        ("DELETE FROM chain WHERE seq = 5", _P.CHAIN_BROKEN, "6"),
        ("UPDATE chain SET hash = zeroblob(32) WHERE seq = 5", _P.CHAIN_BROKEN, "5"),
        ("UPDATE chain SET prev_hash = zeroblob(32) WHERE seq = 5", _P.CHAIN_BROKEN, "5"),
        ("UPDATE chain SET seq = seq + 100 WHERE seq > 20", _P.CHAIN_BROKEN, "121"),
        ("UPDATE chain SET position = 6 WHERE seq = 5", _P.CHAIN_BROKEN, "5"),
        ("UPDATE chain SET epoch = zeroblob(8)", _P.CHAIN_BROKEN, "1"),
        ("UPDATE form_version SET bytes = X'00'", _P.FORM_ALTERED, "receipt 1"),
        ("UPDATE dossier SET paid = 1 WHERE id = 4", _P.PROJECTION_DIFFERS, "4"),
        ("DELETE FROM dossier WHERE id = 4", _P.PROJECTION_DIFFERS, "4"),
        ("UPDATE dossier_words SET words = 'x' WHERE rowid = 4", _P.PROJECTION_DIFFERS, "4"),
        ("DROP TRIGGER chain_no_delete", _P.TRIGGER_MISSING, "chain_no_delete"),
        ("DELETE FROM code_counter", _P.CODE_NOT_COUNTED, a_code(1)),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_what_was_touched_is_found_with_its_place(stores, store, harm, problem, where):
    words = harm.split()
    for statement in LIFT.get(words[1] if words[0] == "UPDATE" else words[2], ()):
        sql(store, statement)
    sql(store, "PRAGMA foreign_keys = OFF")
    sql(store, harm)
    found = {finding.problem: finding for finding in verify(stores.reopened()).findings}
    assert found[problem].first == where


def test_a_trigger_that_says_something_else_is_missing(store):
    sql(store, "DROP TRIGGER chain_no_delete")
    sql(store, "CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain BEGIN SELECT 1; END")
    assert [f.first for f in verify(store).findings] == ["chain_no_delete"]


def test_the_code_of_another_desk_need_not_be_counted_here(store):
    received = a_received(code=a_code(5000))
    elsewhere = an_operation(received, on=UUID(int=500), desk_id=UUID(int=0xD))
    with store.begin() as uow:
        uow.append(elsewhere)
    sql(store, "DROP TRIGGER chain_no_delete")
    sql(store, "DELETE FROM chain WHERE seq = 24")
    assert {f.problem for f in verify(store).findings} == {Problem.TRIGGER_MISSING}


def test_a_thousand_troubles_of_one_kind_are_one_finding(store):
    sql(store, "UPDATE dossier SET paid = 1")
    [finding] = verify(store).findings
    assert (finding.problem, finding.count) == (Problem.PROJECTION_DIFFERS, 19)


@pytest.mark.parametrize("table", ["operation", "operation_body", "chain", "dossier", "lease"])
def test_a_flipped_bit_is_found_wherever_it_is(stores, store, table):
    [(root,)] = sql(store, "SELECT rootpage FROM sqlite_master WHERE name = ?", table)
    stores.close()
    file = stores.folder / "desk.db"
    content = bytearray(file.read_bytes())
    content[(root - 1) * 4096 + 2000] ^= 4
    file.write_bytes(content)
    problems = {finding.problem for finding in verify(stores.open()).findings}
    assert Problem.PAGE in problems


def test_the_desk_goes_on_while_it_is_looked_at(store):
    seen = []

    def go_on(done_so_far, total):
        seen.append((done_so_far, total))
        registered(store, 1000 + len(seen))

    assert verify(store, progress=go_on).findings == ()
    assert seen


def test_the_days_first_dossier_is_counted(store):
    assert registered(store, 99, day=DAY.replace(day=4)).code.endswith("0001")
    assert verify(store).findings == ()
