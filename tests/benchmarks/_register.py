"""A centre's register with very many dossiers, some of which have real receipts."""

import secrets
from datetime import UTC, date, datetime

import psycopg

from counter_app.domain.agency import Agency
from counter_app.domain.dossier_code import make_dossier_code
from counter_app.domain.receipt_code import receipt_code_for
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START
from counter_app.wire.signing import SigningKey, sign_receipt
from tests.factories import AGENCY, an_office

REAL = 20_000
"""Receipts that citizens ask for, spread over all the others."""

_SPREAD = 50
_SERIALS = 9_000
_DAY = date(2026, 8, 3)
_DUE = date(2026, 8, 20)
_COLUMNS = (
    "home, dossier_id, code, status, version, receiving, competent, received_at, due_at, receipt, "
    "practice, voided, needs_newer_program"
)
_FILL = (
    f"INSERT INTO dossier ({_COLUMNS}) SELECT %(home)s, gen_random_uuid(), 'K01.1-260803-' || n, "
    "2, 1, %(agency)s, %(agency)s, %(at)s::timestamptz + n * interval '3 s', "
    "%(at)s::timestamptz + n * interval '5 s', %(receipt)s, false, false, false "
    "FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n"
)


def fill(dsn, dossiers):
    """Fill the empty register of a centre; return receipts that are there, and who they are."""
    receipts = _receipts(min(REAL, dossiers))
    with psycopg.connect(dsn) as connection:
        home = _an_agency(connection)
        indexes = _without_indexes(connection)
        share, fillers = -(-len(receipts) // _SPREAD), dossiers - len(receipts)
        for number in range(_SPREAD):
            first, last = (fillers * n // _SPREAD for n in (number, number + 1))
            told = {"home": home, "agency": AGENCY, "first": first, "last": last - 1}
            told |= {"at": _at(), "receipt": receipts[0].packed}
            connection.execute(_FILL, told)
            _insert(connection, home, receipts[number * share : (number + 1) * share])
        for index in indexes:
            connection.execute(index)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE dossier")
        connection.execute("CHECKPOINT")  # or it comes while pages are asked for
    return receipts


def _receipts(number):
    key = SigningKey.generate()
    return [
        sign_receipt(
            key,
            receipt_code_for(
                make_dossier_code(AGENCY, _DAY, 1 + n % _SERIALS),
                key_id=key.key_id,
                due_on=_DUE,
                token=secrets.token_bytes(16),
            ),
        )
        for n in range(number)
    ]


def _an_agency(connection):
    profile = encode(Agency(code=AGENCY, name=an_office().name))
    query = "INSERT INTO agency (code, profile, feed_hash) VALUES (%s, %s, %s) RETURNING id"
    return connection.execute(query, (AGENCY, profile, START)).fetchone()[0]


def _without_indexes(connection):
    """Drop the register's indexes, and return what makes them again: they are quicker at once."""
    query = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'dossier'"
    found = dict(connection.execute(query).fetchall())
    primary = found.pop("dossier_pkey")
    connection.execute("ALTER TABLE dossier DROP CONSTRAINT dossier_pkey")
    for name in found:
        connection.execute(f"DROP INDEX {name}")
    key = "ALTER TABLE dossier ADD PRIMARY KEY USING INDEX dossier_pkey"
    return [*found.values(), primary, key]


def _insert(connection, home, receipts):
    copy = f"COPY dossier ({_COLUMNS}) FROM STDIN"
    with connection.cursor().copy(copy) as rows:
        for receipt in receipts:
            at, code = _at(), receipt.dossier_code
            who = (home, receipt.dossier_id, code, 2, 1, AGENCY, AGENCY, at, at)
            rows.write_row((*who, receipt.packed, False, False, False))


def _at():
    return datetime(2026, 8, 3, 2, tzinfo=UTC)
