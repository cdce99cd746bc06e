"""The addresses at which desks, and those who watch over the centre, ask it.

Each request is one transaction, in a thread, and nothing is answered before it is durable.
"""

import random
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Final, TypeAlias, TypeVar
from uuid import UUID

import sqlalchemy as sa
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, QueryParameter
from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST

from counter_app.central import enrolment, metrics
from counter_app.central.accounts import account_of
from counter_app.central.database import Database, check_schema
from counter_app.central.desks import EnrolledDesk, desk_of, hear_desk
from counter_app.central.exchange import (
    ENROL,
    PUSH,
    QUEUE,
    QUEUE_COUNT,
    REFERENCE,
    TIME,
    Heard,
    read_body,
)
from counter_app.central.identity import Centre
from counter_app.central.ingest import take_in
from counter_app.central.queue import next_count, rows_after
from counter_app.central.reference import reference
from counter_app.central.refusals import Refused, busy, is_contended, revoked_desk, unknown_desk
from counter_app.central.standing import reference_version_of, standing_of
from counter_app.central.status import CentreStatus, status
from counter_app.errors import DatabaseUnusable
from counter_app.wire.messages import (
    MOST_ROWS,
    CentreCard,
    EnrolAnswer,
    EnrolRequest,
    PushAnswer,
    PushBatch,
    PushOutcome,
    QueueAnswer,
    QueueCount,
    QueueCountRequest,
    Reference,
    TimeAnswer,
)

CENTRE: Final = "/v1/centre"
STATUS: Final = "/v1/status"
METRICS: Final = "/metrics"
HEALTH: Final = "/healthz"

LARGEST_PUSH: Final = 4 * MOST_ROWS
"""Rows; releases to come may send more at once than this one does."""

_TRIES: Final = 4
_KNOWN: Final = "The ETag of what the desk has."
_LAST_ROW: Final = "The last row that the desk has; without it, all of the day."
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_OF_PROXIES: Final = frozenset({"forwarded", "via", "x-forwarded-for", "x-real-ip"})
_T = TypeVar("_T")


class House:
    """What every address needs: the database, who the centre is, and what time it is."""

    def __init__(self, database: Database, centre: Centre, now: Callable[[], datetime]) -> None:
        self.database: Final = database
        self.centre: Final = centre
        self.now: Final = now


_Request: TypeAlias = Request[Any, Any, Any]
_House = NamedDependency[House]
_Heard = NamedDependency[Heard]
_Bearer = Annotated[str, HeaderParameter(name="Authorization")]


class Health(Struct, frozen=True, kw_only=True):
    """Whether the centre can work."""

    state: str = "ok"


@post(PUSH, status_code=200, sync_to_thread=True)
def push(house: _House, heard: _Heard) -> PushAnswer:
    """Take the rows of a desk in: first stored, then judged."""
    batch = read_body(heard.body, PushBatch)
    if batch.desk_id != heard.desk_id:
        raise Refused(400, "bad_request", "The rows are another desk's than the one that signs.")
    if len(batch.rows) > LARGEST_PUSH:
        raise Refused(413, "too_large", f"A push has at most {LARGEST_PUSH} rows.")
    now = house.now()

    def work(connection: sa.Connection) -> PushAnswer:
        desk = _hear(connection, heard, now)
        return take_in(connection, house.centre, desk, batch, heard.sent, now)

    answer = _in_transaction(house.database, work) or _later(house, batch, now)
    metrics.PUSHES.labels(outcome=answer.outcome.value).inc()
    metrics.ROWS.inc(len(batch.rows))
    for judgement in answer.judgements:
        metrics.VERDICTS.labels(verdict=judgement.verdict.value).inc()
    return answer


@get(REFERENCE, sync_to_thread=True)
def get_reference(
    house: _House,
    heard: _Heard,
    known: Annotated[str, HeaderParameter(name="If-None-Match", description=_KNOWN)] = "",
) -> Response[Reference | None]:
    """Return what every desk has from the centre, or 304 if the desk has it already."""
    now = house.now()

    def work(connection: sa.Connection) -> tuple[int, Reference | None]:
        desk = _hear(connection, heard, now)
        _not_revoked(desk)
        version = reference_version_of(connection, desk)
        if known == _tag(version):
            return version, None
        return version, reference(connection, house.centre, desk, now)

    done = _in_transaction(house.database, work)
    if done is None:
        raise busy()
    version, found = done
    return Response(found, status_code=200 if found else 304, headers={"etag": _tag(version)})


@get(QUEUE, sync_to_thread=True)
def get_queue(
    house: _House,
    heard: _Heard,
    day: Annotated[date, QueryParameter(description="The business date.")],
    after: Annotated[UUID | None, QueryParameter(description=_LAST_ROW)] = None,
) -> Response[QueueAnswer | None]:
    """Return what the desk's office did with its numbers since, or 304 if that is nothing."""
    with house.database.read() as connection:  # asked often: nobody waits, nothing is noted
        desk = _not_revoked(desk_of(connection, heard.desk_id))
        answer = rows_after(connection, desk, day, after)
    nothing_new = not answer.whole and not answer.rows
    return Response(None if nothing_new else answer, status_code=304 if nothing_new else 200)


@post(QUEUE_COUNT, status_code=200, sync_to_thread=True)
def count_ticket(house: _House, heard: _Heard) -> QueueCount:
    """Give the desk's office its next number of a group."""
    request = read_body(heard.body, QueueCountRequest)

    def work(connection: sa.Connection) -> int:
        desk = _not_revoked(desk_of(connection, heard.desk_id))
        return next_count(connection, desk, request, house.now())

    count = _in_transaction(house.database, work)
    if count is None:
        raise busy()
    return QueueCount(count=count)


@get(TIME, sync_to_thread=False)
def get_time(house: _House) -> TimeAnswer:
    """Return what time it is at the centre."""
    return TimeAnswer(centre_id=house.centre.id, now=house.now())


@post(ENROL, status_code=200, sync_to_thread=True)
def enrol(house: _House, heard: _Heard) -> EnrolAnswer:
    """Make a desk one of the centre's that has a code for it."""
    request = read_body(heard.body, EnrolRequest)
    if request.desk_id != heard.desk_id:
        raise Refused(400, "bad_request", "Another desk is to be enrolled than the one that signs.")
    now = house.now()

    def work(connection: sa.Connection) -> EnrolAnswer:
        answer = enrolment.enrol(connection, house.centre, request, now)
        _hear(connection, heard, now)
        return answer

    answer = _in_transaction(house.database, work)
    if answer is None:
        raise busy()
    return answer


@get(CENTRE, sync_to_thread=False)
def get_card(house: _House) -> CentreCard:
    """Return who the centre says it is."""
    return CentreCard(centre_id=house.centre.id, root_key=house.centre.root_key)


@get(STATUS, sync_to_thread=True)
def get_status(house: _House, bearer: _Bearer = "") -> CentreStatus:
    """Return how the centre stands."""
    with house.database.read() as connection:
        _check_account(connection, bearer)
        return status(connection, house.now())


@get(METRICS, sync_to_thread=True, media_type=CONTENT_TYPE_LATEST)
def get_metrics(house: _House, request: _Request, bearer: _Bearer = "") -> bytes:
    """Return what the centre has counted, for Prometheus."""
    try:
        with house.database.read() as connection:
            if not _is_near(request):
                _check_account(connection, bearer)
            metrics.look(connection, house.now())
    except DatabaseUnusable:
        # Whether a token is good cannot be known now; that the database is gone, this host may.
        if not _is_near(request):
            raise
        metrics.DATABASE_UP.set(0)
    else:
        metrics.DATABASE_UP.set(1)
    return metrics.exposition()


@get(HEALTH, sync_to_thread=True)
def get_health(house: _House) -> Health:
    """Say whether the centre can work."""
    check_schema(house.database)
    return Health()


HANDLERS: Final = (
    push,
    get_reference,
    get_queue,
    count_ticket,
    get_time,
    enrol,
    get_card,
    get_status,
    get_metrics,
    get_health,
)
ROUTES: Final = frozenset(
    {PUSH, REFERENCE, QUEUE, QUEUE_COUNT, TIME, ENROL, CENTRE, STATUS, METRICS, HEALTH}
)


def _hear(connection: sa.Connection, heard: Heard, now: datetime) -> EnrolledDesk:
    """Note that the desk was heard, which takes its row's lock, and return the desk."""
    desk = hear_desk(
        connection,
        heard.desk_id,
        now,
        program=heard.program,
        clock_offset=heard.clock_offset,
    )
    if desk is None:
        raise unknown_desk()
    return desk


def _not_revoked(desk: EnrolledDesk | None) -> EnrolledDesk:
    if desk is None:
        raise unknown_desk()
    if desk.revoked_at is not None:
        raise revoked_desk()
    return desk


def _tag(version: int) -> str:
    return f'"{version}"'


def _in_transaction(database: Database, work: Callable[[sa.Connection], _T]) -> _T | None:
    """Return what `work` has returned and is durable; None if others were always in the way."""
    for tried in range(_TRIES):
        try:
            with database.begin() as connection:
                return work(connection)
        except sa.exc.DBAPIError as error:
            if not is_contended(error):
                raise
            time.sleep(random.uniform(0.005, 0.05) * (tried + 1))  # or they meet again
    return None


def _later(house: House, batch: PushBatch, now: datetime) -> PushAnswer:
    with house.database.read() as connection:
        desk = desk_of(connection, batch.desk_id)
        if desk is None:
            raise busy()
        standing = standing_of(connection, house.centre, desk, now, epoch=batch.epoch)
    return PushAnswer(outcome=PushOutcome.RETRY, standing=standing)


def _check_account(connection: sa.Connection, bearer: str) -> None:
    scheme, _space, token = bearer.partition(" ")
    if scheme.lower() != "bearer" or account_of(connection, token) is None:
        raise Refused(401, "unauthorized", "This needs the token of an account.")


def _is_near(request: _Request) -> bool:
    """Say whether a program on this host asks, and not somebody by way of a proxy on it."""
    near = request.client is not None and request.client.host in _LOOPBACK
    return near and not any(name in request.headers for name in _OF_PROXIES)
