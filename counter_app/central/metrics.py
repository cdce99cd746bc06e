"""What the centre counts while it works, for whoever watches over it.

No person, no code of a dossier and no name of a desk is among it.
"""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from counter_app.central import tables

REGISTRY: Final = CollectorRegistry()

REQUESTS: Final = Counter(
    "counter_requests", "Requests answered.", ("route", "status"), registry=REGISTRY
)
SECONDS: Final = Histogram(
    "counter_request_seconds",
    "From the end of a request's headers to its answer.",
    ("route",),
    buckets=(0.005, 0.02, 0.1, 0.5, 2, 10, 60),
    registry=REGISTRY,
)
PUSHES: Final = Counter(
    "counter_pushes", "Pushes by what was done with them.", ("outcome",), registry=REGISTRY
)
ROWS: Final = Counter("counter_push_rows", "Rows in the pushes.", registry=REGISTRY)
VERDICTS: Final = Counter(
    "counter_verdicts", "Judgements sent to desks.", ("verdict",), registry=REGISTRY
)
TRACKING: Final = Counter(
    "counter_tracking", "Answers of the tracking page by their kind.", ("kind",), registry=REGISTRY
)
DATABASE_UP: Final = Gauge(
    "counter_database_up", "1 when the database answers, else 0.", registry=REGISTRY
)
DESKS: Final = Gauge(
    "counter_desks", "Desks by how long ago they were last heard.", ("heard",), registry=REGISTRY
)
QUARANTINED: Final = Gauge(
    "counter_quarantined_rows", "Rows kept apart that nobody has adopted.", registry=REGISTRY
)

_HEARD: Final = {
    "minutes_5": timedelta(minutes=5),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
_NEVER: Final = "never"
_LONGER: Final = "longer"


def exposition() -> bytes:
    """Return all that was counted, in the text format of Prometheus."""
    return generate_latest(REGISTRY)


def look(connection: sa.Connection, now: datetime) -> None:
    """Count again what stands in the database."""
    last = tables.desk.c.last_contact
    within = [(last > now - age, name) for name, age in _HEARD.items()]
    heard = sa.case((last.is_(None), _NEVER), *within, else_=_LONGER)
    desks = sa.select(heard, sa.func.count()).where(tables.desk.c.revoked_at.is_(None))
    for name in (*_HEARD, _LONGER, _NEVER):
        DESKS.labels(heard=name).set(0)
    for name, count in connection.execute(desks.group_by(sa.literal_column("1"))):
        DESKS.labels(heard=name).set(count)
    apart = sa.select(sa.func.coalesce(sa.func.sum(tables.quarantine.c.rows), 0))
    QUARANTINED.set(float(connection.scalars(apart).one()))
