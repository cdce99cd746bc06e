"""What the pages ask of the database: one prepared query for a dossier, one for a desk's key.

In the driver's own words and not through `sqlalchemy`, whose way to a row costs as much as the
query itself; a test runs them against the tables of `central.tables`.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout, TooManyRequests
from sqlalchemy.engine import make_url

from counter_app.domain.receipt_code import ReceiptCode
from counter_app.errors import DatabaseUnusable

CONNECTIONS: Final = 8
MOST_WAITING: Final = 1000
_MOST_AT_ONCE: Final = 64
LONGEST_WAIT: Final = 2.0
"""Seconds that a page waits for a connection before it says that it cannot look up."""

# Its pauses double, and a server that is back would be found back minutes later; whoever comes
# next begins anew.
_LONGEST_RECONNECT: Final = 5.0

# What a page may do, whatever a request holds: read, and not for long.
_OPTIONS: Final = (
    "-c default_transaction_read_only=on -c statement_timeout=3000 -c jit=off -c timezone=UTC"
)
_AWAY: Final = (PoolTimeout, PoolClosed, TooManyRequests)
_log: Final = logging.getLogger(__name__)

_COLUMNS: Final = """
    d.code, d.status, d.voided, d.practice, d.needs_newer_program,
    d.received_at, d.due_at, d.finished_at, d.returned_at, d.receipt,
    coalesce(r.profile, h.profile),
    CASE WHEN d.status = 8 THEN (
        SELECT o.kind FROM operation o
        WHERE o.dossier_id = d.dossier_id AND o.kind IN ('stopped', 'refused', 'voided')
        AND o.verdict IN ('applied', 'flagged')
        ORDER BY o.dossier_version DESC LIMIT 1
    ) = 'refused' END
FROM dossier d
JOIN agency h ON h.id = d.home
LEFT JOIN agency r ON r.code = d.receiving
"""
_BY_IDENTITY: Final = f"SELECT d.dossier_id, {_COLUMNS} WHERE d.dossier_id = ANY(%s)"
_BY_CODE: Final = f"SELECT {_COLUMNS} WHERE d.code = %s LIMIT 32"
_ISSUER: Final = """
SELECT k.public_key, k.revoked_at IS NOT NULL, k.practice, k.last_contact, h.profile, EXISTS (
    SELECT FROM lease l JOIN agency a ON a.id = l.agency_id
    WHERE l.desk_id = k.desk_id AND a.code = %s AND l.numbers @> %s::int AND l.dates @> %s::date
)
FROM desk k JOIN agency h ON h.id = k.home
WHERE k.key_id = %s
"""


class DossierRow(NamedTuple):
    """A dossier as the database has it; `profile` is the agency to go to, in JSON."""

    code: str
    status: int | None
    voided: bool
    practice: bool
    needs_newer_program: bool
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    receipt: bytes
    profile: bytes
    refused: bool | None


class IssuerRow(NamedTuple):
    """The desk whose key a receipt names; `leased` says whether the number was its to give."""

    public_key: bytes
    revoked: bool
    practice: bool
    last_contact: datetime | None
    profile: bytes
    leased: bool


_Question = tuple[UUID, asyncio.Future[DossierRow | None]]


class Records:
    """The pages' own few connections to the database, that can only read."""

    def __init__(self, url: str) -> None:
        self._pool = AsyncConnectionPool(
            make_url(url).set(drivername="postgresql").render_as_string(hide_password=False),
            min_size=2,
            max_size=CONNECTIONS,
            max_waiting=MOST_WAITING,
            timeout=LONGEST_WAIT,
            reconnect_timeout=_LONGEST_RECONNECT,
            open=False,
            name="tracking",
            kwargs={
                "application_name": "counter-app tracking",
                "autocommit": True,
                "connect_timeout": 5,
                "options": _OPTIONS,
                "prepare_threshold": 0,
            },
        )

        self._asked: list[_Question] = []
        self._asking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to connect. Returns at once, also while the database is away."""
        await self._pool.open(wait=False)

    async def stop(self) -> None:
        """Close the connections."""
        await self._pool.close()

    async def dossier(self, dossier_id: UUID) -> DossierRow | None:
        """Return the dossier of this identity.

        Raises:
            DatabaseUnusable: it does not answer.
        """
        answer: asyncio.Future[DossierRow | None] = asyncio.get_running_loop().create_future()
        self._asked.append((dossier_id, answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await answer

    async def dossiers(self, code: str) -> list[DossierRow]:
        """Return the dossiers of this code: two offline desks may have given out the same.

        Raises:
            DatabaseUnusable: it does not answer.
        """
        return [DossierRow(*row) for row in await self._rows(_BY_CODE, (code,))]

    async def issuer(self, receipt: ReceiptCode) -> IssuerRow | None:
        """Return the desk whose key this receipt names.

        Raises:
            DatabaseUnusable: it does not answer.
        """
        values = (receipt.agency, receipt.serial, receipt.received_on, receipt.key_id)
        rows = await self._rows(_ISSUER, values)
        return IssuerRow(*rows[0]) if rows else None

    async def _ask(self) -> None:
        # A question on its way costs more than what it asks for: all who have come meanwhile
        # are asked for together by the next one.
        while self._asked:
            asked, self._asked = self._asked[:_MOST_AT_ONCE], self._asked[_MOST_AT_ONCE:]
            wanted = list({one for one, _answer in asked})
            outcome = await asyncio.gather(
                self._rows(_BY_IDENTITY, (wanted,)), return_exceptions=True
            )
            _answer_all(asked, outcome[0])
        self._asking = None

    async def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return await self._once(query, values)
        except _AWAY as error:
            raise _unusable(error) from None
        except psycopg.OperationalError:  # the server may have been started anew
            await self._pool.check()
        try:
            return await self._once(query, values)
        except psycopg.OperationalError as error:
            raise _unusable(error) from None

    async def _once(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query, values, binary=True)
            return await cursor.fetchall()


def _answer_all(asked: list[_Question], outcome: list[tuple[Any, ...]] | BaseException) -> None:
    waiting = [(one, answer) for one, answer in asked if not answer.done()]  # others have gone
    if isinstance(outcome, BaseException):
        for _one, answer in waiting:
            answer.set_exception(outcome)
        return
    found = {one: DossierRow(*row) for one, *row in outcome}
    for one, answer in waiting:
        answer.set_result(found.get(one))


def _unusable(error: Exception) -> DatabaseUnusable:
    # Without its message, which could quote what was looked for.
    _log.warning("The tracking page has no database: %s", type(error).__name__)
    return DatabaseUnusable(reason=type(error).__name__)
