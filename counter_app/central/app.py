"""The centre as one application: the desks' exchange, and the citizens' tracking page."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.types import ASGIApp

from counter_app.central.api import HANDLERS, ROUTES, House
from counter_app.central.database import Database
from counter_app.central.exchange import HEARD_KEY, CheckedRequests, Heard, SignedAnswers
from counter_app.central.guards import Failures, Guards, Memory
from counter_app.central.identity import Centre
from counter_app.central.refusals import refusal_of
from counter_app.central.tracking.app import TrackingApp, handles

_THREADS: Final = 16  # fewer than the database has connections: nobody waits for one


def utc_now() -> datetime:
    """Return what time it is."""
    return datetime.now(UTC)


def build_app(
    database: Database,
    centre: Centre,
    *,
    now: Callable[[], datetime] = utc_now,
    failures: Failures | None = None,
) -> ASGIApp:
    """Return the centre as an ASGI application.

    The citizens' page comes first and straight: it is asked most. Everything else goes through
    the guards, is signed where a desk asks, and meets the addresses of `api`.
    """
    tracking = TrackingApp(database.url, centre, now=now)
    api = _api(House(database, centre, now), tracking)
    guarded = Guards(
        CheckedRequests(api, database, now),
        routes=ROUTES,
        failures=failures or Failures(),
        memory=Memory(),
    )
    return _Front(api, tracking, SignedAnswers(guarded, centre))


class _Front:
    """Tells the citizens' page, the desks' exchange and the server's own affairs apart."""

    def __init__(self, api: Litestar, tracking: TrackingApp, exchange: ASGIApp) -> None:
        self._api: Final = api
        self._tracking: Final = tracking
        self._exchange: Final = exchange

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] == ScopeType.HTTP:
            if handles(scope["path"]):
                await self._tracking(scope, receive, send)
            else:
                await self._exchange(scope, receive, send)
        elif scope["type"] == ScopeType.WEBSOCKET:
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
        else:
            await self._api(scope, receive, send)


def _api(house: House, tracking: TrackingApp) -> Litestar:
    @asynccontextmanager
    async def lifespan(_api: Litestar) -> AsyncIterator[None]:
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="centre") as threads:
            asyncio.get_running_loop().set_default_executor(threads)
            await tracking.start()
            try:
                yield
            finally:
                await tracking.stop()

    return Litestar(
        HANDLERS,
        dependencies={
            "house": Provide(lambda: house, sync_to_thread=False),
            "heard": Provide(_heard, sync_to_thread=False),
        },
        exception_handlers={Exception: _refuse},
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=None,  # what is served describes itself in docs/openapi.json
        request_max_body_size=None,  # the guards have counted
    )


def _heard(request: Request[Any, Any, Any]) -> Heard:
    scope: Any = request.scope
    heard: Heard = scope[HEARD_KEY]
    return heard


def _refuse(_request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    refused = refusal_of(error)
    return Response(refused.body, status_code=refused.status, headers=refused.headers)
