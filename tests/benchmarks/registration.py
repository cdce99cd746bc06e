"""What an officer waits for at Ctrl+Enter: a durable registration, and its receipt as PDF."""

import secrets
import tempfile
from pathlib import Path
from random import Random

from counter_app.printing import prepare
from counter_app.services.receipts import print_receipt
from counter_app.services.registration import register_dossier
from counter_app.store import tables
from counter_app.store.differing import last_id
from counter_app.store.engine import connect
from counter_app.store.tables import insert_into
from counter_app.wire.signing import SigningKey
from tests.benchmarks._hand import HandPdf, receipt_lines
from tests.benchmarks._measure import against, in_turn
from tests.benchmarks._stores import copy_of, profile_with
from tests.proofs._office import an_application, enter

REGISTRATION_TARGET = 2.5
RECEIPT_TARGET = 7

_ROUNDS = 300
_WARM = 20
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "cache_size = -32768",
)
_BY_POSITION = (tables.operation, tables.operation_body, tables.chain, tables.delivery)


class RawStatements:
    """Writes the rows of each registration once more, into another store, by bare statements."""

    def __init__(self, path, desk):
        self._desk = desk
        self._connection = connect(path, desk.store.key)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._key = SigningKey.generate()
        self._waiting = []
        with desk.store.read() as connection:
            self._seen = last_id(connection)

    def close(self):
        """Let go of the store."""
        self._connection.close()

    def next(self):
        """Return what writes the oldest registration that has not been written here."""
        self._look()
        statements, message = self._waiting.pop(0)

        def write():
            self._key.sign(b"counter-app benchmark", message)
            execute = self._connection.execute
            execute("BEGIN IMMEDIATE")
            for statement, row in statements:
                execute(statement, row)
            execute("COMMIT")

        return write

    def _look(self):
        query = "SELECT position FROM operation WHERE position > ? AND kind = 'received'"
        with self._desk.store.read() as connection:
            new = connection.exec_driver_sql(query, (self._seen,)).scalars().all()
            self._waiting += [self._registration(connection, position) for position in new]
        self._seen = max(new, default=self._seen)

    def _registration(self, connection, position):
        def row(query):
            return tuple(connection.exec_driver_sql(query, (position,)).one())

        rows = [
            (insert_into(table), row(f"SELECT * FROM {table.name} WHERE position = ?"))
            for table in _BY_POSITION
        ]
        rows.append((insert_into(tables.dossier), row("SELECT * FROM dossier WHERE id = ?")))
        words = row("SELECT rowid, words FROM dossier_words WHERE rowid = ?")
        rows.append(("INSERT INTO dossier_words (rowid, words) VALUES (?, ?)", words))
        rows.append(
            ("UPDATE code_counter SET next = next + 1 WHERE printed_date = ?", (self._day,))
        )
        return rows, row("SELECT body FROM operation_body WHERE position = ?")[0]

    @property
    def _day(self):
        return self._desk.business_date.isoformat()


def run(dossiers):
    """Measure both, and yield a line for each."""
    profile = profile_with(dossiers)
    with tempfile.TemporaryDirectory(prefix="bench-registration-") as folder:
        ours = copy_of(profile, Path(folder) / "ours")
        raw = copy_of(profile, Path(folder) / "raw")
        desk = enter(ours)
        statements = RawStatements(raw / desk.store.path.name, desk)
        try:
            yield _registration(desk, statements, dossiers)
            yield _with_receipt(desk, statements, dossiers)
        finally:
            statements.close()
            desk.store.close()


def _registration(desk, statements, dossiers):
    rng = Random(1)

    def ours(_number):
        intake, token = an_application(rng), secrets.token_bytes(16)
        return lambda: register_dossier(desk, intake, token=token)

    ours(0)()  # one ahead: the other repeats what has been done
    times = in_turn(_WARM + _ROUNDS, ours=ours, raw=lambda _number: statements.next())
    return against(
        "registration, durable",
        times["ours"][_WARM:],
        "the same rows by raw statements, and one signature",
        times["raw"][_WARM:],
        REGISTRATION_TARGET,
        dossiers=dossiers,
    )


def _with_receipt(desk, statements, dossiers):
    rng, hand, last = Random(2), HandPdf(), []
    prepare()

    def ours(_number):
        intake, token = an_application(rng), secrets.token_bytes(16)

        def work():
            last[:] = [register_dossier(desk, intake, token=token)]
            print_receipt(desk, last[0].id, size="a5", to="pdf")

        return work

    def limit(_number):
        insert, received = statements.next(), last[0].received

        def work():
            insert()
            hand.receipt(receipt_lines(received), received.receipt)

        return work

    ours(0)()
    times = in_turn(_WARM + _ROUNDS, ours=ours, limit=limit)
    return against(
        "registration to receipt as PDF",
        times["ours"][_WARM:],
        "the same rows by raw statements, one signature, and a page made by hand",
        times["limit"][_WARM:],
        RECEIPT_TARGET,
        dossiers=dossiers,
    )
