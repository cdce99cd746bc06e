"""What the lists ask: the dossiers that a filter lets through, and the filters officers keep."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_filter import DossierFilter, Order, SavedFilter, Standing
from counter_app.domain.reports.daily import DUE_SOON
from counter_app.domain.status import Status
from counter_app.store.engine import driver
from counter_app.store.instants import to_micros
from counter_app.store.tables import OPEN, TO_COLLECT
from counter_app.store.timeline import dossier
from counter_app.wire.codec import encode

MOST: Final = 20_000
"""Dossiers that a list holds at most: a year of a busy commune."""

_UNPAID: Final = (
    "(charged - coalesce(exempted, 0) > paid OR fee_unknown = 1) "
    "AND voided = 0 AND status NOT IN (3, 8)"
)
_ORDERS: Final = {
    Order.NEWEST: "id DESC",
    Order.OLDEST: "received_at, id",
    Order.DUE_FIRST: "due_at IS NULL, due_at, id",
    Order.LONGEST_WAITING: "finished_at, id",
}


class Moment(NamedTuple):
    """When it is, and how many days a result may wait before it is listed."""

    now: datetime
    collection_days: int


def listed(
    connection: sa.Connection, wanted: DossierFilter, moment: Moment, *, limit: int = MOST
) -> Sequence[int]:
    """Return the row ids of the dossiers that are wanted, in the order that is wanted."""
    where, values = _where(wanted, moment)
    order = _ORDERS[wanted.order]
    query = f"SELECT id FROM dossier WHERE {where} ORDER BY {order} LIMIT ?"
    return [row_id for (row_id,) in driver(connection).execute(query, (*values, limit))]


def counted(connection: sa.Connection, wanted: DossierFilter, moment: Moment) -> int:
    """Return how many dossiers are wanted, counted up to MOST."""
    where, values = _where(wanted, moment)
    query = f"SELECT count(*) FROM (SELECT 1 FROM dossier WHERE {where} LIMIT {MOST})"
    return int(driver(connection).execute(query, values).fetchone()[0])


def dossiers(connection: sa.Connection, ids: Sequence[int]) -> Iterator[Dossier]:
    """Walk through the dossiers in these rows, folded anew, in their order."""
    query = "SELECT dossier_id FROM dossier WHERE id = ?"
    for row_id in ids:
        (identity,) = driver(connection).execute(query, (row_id,)).fetchone()
        yield dossier(connection, UUID(bytes=identity))


def officers(connection: sa.Connection) -> Sequence[str]:
    """Return who has received dossiers at this desk, by name."""
    query = "SELECT DISTINCT officer_name FROM dossier WHERE officer_name <> '' ORDER BY 1"
    return [name for (name,) in driver(connection).execute(query)]


def saved_filters(connection: sa.Connection, officer: str) -> Sequence[SavedFilter]:
    """Return the filters that an officer has saved, by name; one of a newer program is left out."""
    query = "SELECT name, filter FROM saved_filter WHERE officer = ? AND list = ? ORDER BY name"
    found = []
    for name, raw in driver(connection).execute(query, (officer, _LIST)):
        try:
            found.append(SavedFilter(name=name, filter=_filters.decode(raw)))
        except msgspec.MsgspecError:
            continue
    return found


def save_filter(connection: sa.Connection, officer: str, saved: SavedFilter) -> None:
    """Keep a filter under its name, in place of what bore it."""
    driver(connection).execute(
        "INSERT INTO saved_filter (officer, list, name, filter) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (officer, list, name) DO UPDATE SET filter = excluded.filter",
        (officer, _LIST, saved.name, encode(saved.filter)),
    )


def drop_filter(connection: sa.Connection, officer: str, name: str) -> None:
    """Forget a filter; one that is not there is no matter."""
    query = "DELETE FROM saved_filter WHERE officer = ? AND list = ? AND name = ?"
    driver(connection).execute(query, (officer, _LIST, name))


_LIST: Final = "dossiers"
_filters: Final = msgspec.json.Decoder(DossierFilter)


def _where(wanted: DossierFilter, moment: Moment) -> tuple[str, tuple[Any, ...]]:
    """Return the condition of a filter, and what stands for its question marks."""
    parts: list[tuple[str, tuple[Any, ...]]] = [("code <> ''", ())]
    if wanted.first is not None:
        parts.append(("received_on >= ?", (wanted.first.isoformat(),)))
    if wanted.last is not None:
        parts.append(("received_on <= ?", (wanted.last.isoformat(),)))
    if wanted.standing is not None:
        parts.append(_standing(wanted.standing, moment))
    if wanted.statuses:
        marks = ", ".join("?" for _status in wanted.statuses)
        parts.append((f"status IN ({marks})", tuple(map(int, wanted.statuses))))
    for column, value in (
        ("procedure_code", wanted.procedure),
        ("field", wanted.field),
        ("officer_name", wanted.officer),
        ("channel", wanted.channel.value if wanted.channel else ""),
    ):
        if value:
            parts.append((f"{column} = ?", (value,)))
    where = " AND ".join(condition for condition, _values in parts)
    return where, tuple(value for _condition, values in parts for value in values)


def _standing(standing: Standing, moment: Moment) -> tuple[str, tuple[Any, ...]]:
    now = to_micros(moment.now)
    match standing:
        case Standing.DUE_SOON:
            soon = to_micros(moment.now + DUE_SOON)
            return f"{OPEN} AND due_at >= ? AND due_at < ?", (now, soon)
        case Standing.OVERDUE:
            return f"{OPEN} AND due_at < ?", (now,)
        case Standing.TO_COLLECT:
            return TO_COLLECT, ()
        case Standing.WAITS_LONG:
            since = to_micros(moment.now - timedelta(days=moment.collection_days))
            return f"{TO_COLLECT} AND finished_at < ?", (since,)
        case Standing.SUPPLEMENT:
            return "status = ?", (int(Status.SUPPLEMENT),)
        case Standing.UNPAID:
            return _UNPAID, ()
