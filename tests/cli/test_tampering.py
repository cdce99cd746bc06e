"""P14: a dishonest administrator who has the store's key; `verify` finds what he has done.

What he cannot hide is in the parameters; what only somebody outside can find, at the end.
"""

import pytest

from counter_app.domain.operation import Noted
from counter_app.services.acting import act
from counter_app.store.verify import Problem
from counter_app.wire.hashing import START, chain_hash, op_hash
from tests.office import register
from tests.store.conftest import sql

DAMAGED = 5
LIFTED = [
    f"DROP TRIGGER {table}_no_{act}"
    for table in ("operation", "operation_body", "chain")
    for act in ("update", "delete")
]
COUNTERS_LIFTED = ["DROP TRIGGER code_counter_only_upwards"]
PROTECTIONS = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
SWAP = "UPDATE {0} SET {1} = (SELECT {1} FROM {0} AS o WHERE o.position = 9 - {0}.position) "
SWAP += "WHERE position IN (4, 5)"


@pytest.fixture
def tamper(desk):
    """Change a store behind the program's back; what was lifted for it is put back after."""
    for number in range(4):
        dossier = register(desk)
        act(desk, dossier.id, Noted(text=f"Lần {number}"))

    def tamper(*statements, lift=(), restore=True):
        kept = [statement for (statement,) in sql(desk.store, PROTECTIONS)]
        with desk.store.begin() as uow:
            for statement in ("PRAGMA defer_foreign_keys = ON", *lift, *statements):
                uow.connection.exec_driver_sql(statement)
            for statement in kept if restore else ():
                name = statement.split()[2]
                uow.connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
                uow.connection.exec_driver_sql(statement)
        desk.store.close()

    return tamper


def names(outcome):
    """Return which problems are named."""
    said = "\n".join(outcome.result["findings"])
    return {problem for problem in Problem if f"{problem}" in said}


_P = Problem


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        ("UPDATE operation_body SET body = CAST(replace(body, 'Thử', 'Thu') AS BLOB)",
         _P.OPERATION_ALTERED),
        ("UPDATE operation SET header = CAST(replace(header, 'lan', 'hoa') AS BLOB), actor = 'hoa'",
         _P.OPERATION_ALTERED),
        ("UPDATE operation SET business_date = '2026-11-20'", _P.COLUMN_DIFFERS),
        (SWAP.format("operation_body", "body"), _P.OPERATION_ALTERED),
        (SWAP.format("operation", "op_hash"), _P.CHAIN_BROKEN),
        ("UPDATE chain SET position = 9 - position WHERE position IN (4, 5)", _P.CHAIN_BROKEN),
        ("DELETE FROM chain WHERE seq = 5", _P.CHAIN_BROKEN),
        ("DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)", _P.NOT_IN_CHAIN),
    ],
)  # fmt: skip
def test_a_journal_that_was_altered_is_found_and_nothing_makes_it_good(run, tamper, harm, problem):
    tamper(harm, lift=LIFTED)
    found = run("verify")
    assert (found.code, found.result["ok"]) == (DAMAGED, False)
    assert problem in names(found)
    again = run("verify", "--rebuild")
    assert (again.code, again.result["repaired"]) == (DAMAGED, 0)
    assert names(again) == names(found)


def test_an_entry_that_was_taken_out_of_the_middle_is_missed(run, tamper):
    tamper(*(f"DELETE FROM {table} WHERE position = 5" for table in JOURNAL), lift=LIFTED)
    found = run("verify", "--rebuild")
    assert (found.code, found.result["repaired"]) == (DAMAGED, 0)
    assert _P.CHAIN_BROKEN in names(found)


@pytest.mark.parametrize("lifted", [LIFTED[:1], COUNTERS_LIFTED, LIFTED])
def test_a_protection_that_was_taken_away_is_missed(run, tamper, lifted):
    tamper(lift=lifted, restore=False)
    found = run("verify", "--rebuild")
    assert (found.code, names(found)) == (DAMAGED, {_P.TRIGGER_MISSING})
    (line,) = found.result["findings"]
    assert min(statement.split()[-1] for statement in lifted) in line


def test_a_counter_that_was_turned_back_is_found_and_not_turned_on(run, tamper):
    tamper("UPDATE code_counter SET next = 2", lift=COUNTERS_LIFTED)
    for words in (("verify",), ("verify", "--rebuild")):
        found = run(*words)
        assert (found.code, names(found)) == (DAMAGED, {_P.CODE_NOT_COUNTED})


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE dossier SET applicant_name = 'Ai đó'",
        "UPDATE dossier SET status = 10 WHERE code LIKE '%-0002'",
        "DELETE FROM dossier WHERE code LIKE '%-0003'",
        "UPDATE dossier_words SET words = 'ai do'",
    ],
)
def test_a_list_that_was_altered_is_found_and_made_anew(run, tamper, harm):
    tamper(harm)
    found = run("verify")
    assert (found.code, names(found)) == (DAMAGED, {_P.PROJECTION_DIFFERS})
    mended = run("verify", "--rebuild")
    assert (mended.code, mended.result["ok"]) == (0, True)
    assert mended.result["repaired"] > 0
    assert run("verify").code == 0


# What no chain can tell without an anchor outside; docs/architecture.md says so.

JOURNAL = ("chain", "operation_body", "delivery", "operation")


def test_a_tail_that_was_cut_off_whole_is_not_missed_before_a_centre_knows_it(run, tamper):
    last = "WHERE position = (SELECT max(position) FROM operation)"
    tamper(*(f"DELETE FROM {table} {last}" for table in JOURNAL), lift=LIFTED)
    assert run("verify").code == 0
    assert "không có gì sai" in run("verify", json=False).out


def test_a_journal_that_was_hashed_anew_is_believed_before_a_centre_knows_it(run, tamper, desk):
    rows = sql(
        desk.store,
        "SELECT operation.position, header, nonce, body, seq FROM operation "
        "JOIN operation_body USING (position) JOIN chain USING (position) ORDER BY seq",
    )
    before, statements, desk_id = START, [], desk.profile.id
    for position, header, nonce, body, seq in rows:
        raw = body.replace("Lần".encode(), b"Lan")
        digest = op_hash(header, nonce, raw)
        linked = chain_hash(desk_id, desk.profile.epoch, seq, before, digest)
        statements += [
            f"UPDATE operation_body SET body = X'{raw.hex()}' WHERE position = {position}",
            f"UPDATE operation SET op_hash = X'{digest.hex()}' WHERE position = {position}",
            f"UPDATE chain SET prev_hash = X'{before.hex()}', hash = X'{linked.hex()}' "
            f"WHERE seq = {seq}",
        ]
        before = linked
    tamper(*statements, lift=LIFTED)
    assert run("verify").code == 0
