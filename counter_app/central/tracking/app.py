"""The public pages over HTTP. Nothing that a request holds is written to any log."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from counter_app import assets
from counter_app.central.identity import Centre
from counter_app.central.metrics import TRACKING
from counter_app.central.tracking.looking_up import DossierRow, IssuerRow, Records
from counter_app.central.tracking.pages import STYLE_HASH, Facts, Pages, Typed, every_language
from counter_app.central.tracking.recognising import (
    is_reported,
    state_unread,
    state_unreported,
    with_pin,
)
from counter_app.central.tracking.requests import (
    Place,
    Receive,
    Scope,
    Send,
    Unacceptable,
    accepted_language,
    chosen_language,
    form_of,
    handles,
    place_of,
)
from counter_app.central.tracking.tries import MINUTE, Tries
from counter_app.domain.dossier_code import parse_dossier_code
from counter_app.domain.receipt_code import (
    ReceiptCode,
    glance,
    packed_receipt,
    parse_receipt_code,
)
from counter_app.domain.status import Status
from counter_app.domain.tracking import VIETNAM, PageState, Reported
from counter_app.errors import DatabaseUnusable

__all__ = ["TrackingApp", "handles"]

_Headers = list[tuple[bytes, bytes]]

_POLICY: Final = (
    f"default-src 'none'; style-src 'self' 'sha256-{STYLE_HASH}'; img-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_GUARDS: Final[_Headers] = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
_PAGE: Final[_Headers] = [
    *_GUARDS,
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"vary", b"Accept-Language"),
]
_LATER: Final = (b"retry-after", str(int(MINUTE)).encode())
_TRANSPORT: Final = (b"strict-transport-security", b"max-age=31536000")
_LONGEST: Final = 64  # of what was typed, and of what is remembered of it
_ROBOTS: Final = b"User-agent: *\nDisallow: /\n"
_STATUS: Final = {
    PageState.UNCONFIRMED: 404,
    PageState.ALTERED: 404,
    PageState.UNKNOWN_KEY: 404,
    PageState.UNREADABLE: 404,
    PageState.NOT_FOUND: 404,
    PageState.TOO_MANY: 429,
    PageState.UNAVAILABLE: 503,
}


class TrackingApp:
    """An ASGI application for the paths that `handles` names."""

    def __init__(
        self,
        url: str,
        centre: Centre,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        tries: Tries | None = None,
    ) -> None:
        self._records = Records(url)
        self._pages = every_language(centre.tracking_url)
        self._now = now
        self._tries = tries or Tries()
        self._icon = (assets.RESOURCES / "icons" / "app.svg").read_bytes()

    async def start(self) -> None:
        """Begin to connect to the database; the pages say so as long as it is away."""
        await self._records.start()

    async def stop(self) -> None:
        """Let go of the database."""
        await self._records.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path, method = scope["path"], scope["method"]
        if path in {"/robots.txt", "/favicon.svg"}:
            await self._send_file(path, scope, send)
        elif method == "POST" and path == "/":
            await self._send_found(scope, receive, send)
        elif method not in {"GET", "HEAD"}:
            allowed = b"GET, HEAD, POST" if path == "/" else b"GET, HEAD"
            await _send(scope, send, 405, [*_GUARDS, (b"allow", allowed)], b"")
        else:
            await self._send_scanned(scope, send)

    async def _send_file(self, path: str, scope: Scope, send: Send) -> None:
        robots = path == "/robots.txt"
        kind = b"text/plain; charset=utf-8" if robots else b"image/svg+xml"
        headers = [*_GUARDS, (b"content-type", kind), (b"cache-control", b"public, max-age=86400")]
        await _send(scope, send, 200, headers, _ROBOTS if robots else self._icon)

    async def _send_scanned(self, scope: Scope, send: Send) -> None:
        language = chosen_language(scope, self._pages) or accepted_language(scope, self._pages)
        pages, place = self._pages[language], place_of(scope["path"])
        state, up = PageState.ASKING, "./"
        if place is None:
            body = pages.said(state, up=up, now=self._now())
        else:
            state, body = await self._scanned(pages, place, _address(scope))
        await _send_page(scope, send, language, state, body)

    async def _scanned(self, pages: Pages, place: Place, address: str) -> tuple[PageState, bytes]:
        up, now = place.up, self._now()
        packed = packed_receipt(place.digits)
        receipt, issuer = None, None
        try:
            row = await self._records.dossier(glance(packed).dossier_id) if packed else None
            if row is not None and is_reported(packed, row):
                return _reported(pages, row, up=up, now=now)
            if (receipt := parse_receipt_code(place.digits)) is not None:
                issuer = await self._records.issuer(receipt)
        except DatabaseUnusable:
            state = PageState.UNAVAILABLE
            return state, pages.said(state, up=up, now=now)
        if receipt is None:
            state = state_unread(place.digits)
        else:
            state = state_unreported(receipt, row, issuer, now.astimezone(VIETNAM).date())
            if issuer is not None and state in {PageState.NOT_YET, PageState.UNCONFIRMED}:
                facts = _printed(receipt, issuer)
                return state, pages.shown(state, facts, up=up, now=now)
        subject = receipt.token if receipt else place.digits.encode(errors="replace")[:_LONGEST]
        state = self._failed(state, address, subject)
        profile = None if issuer is None else issuer.profile
        return state, pages.said(state, up=up, now=now, profile=profile)

    def _failed(self, state: PageState, address: str, subject: bytes) -> PageState:
        if self._tries.too_many(address, subject):
            return PageState.TOO_MANY
        self._tries.failed(address, subject)
        return state

    async def _send_found(self, scope: Scope, receive: Receive, send: Send) -> None:
        form = await form_of(scope, receive)
        if isinstance(form, Unacceptable):
            await _send(scope, send, form.status, [*_GUARDS, (b"connection", b"close")], b"")
            return
        chosen = form["lang"] if form.get("lang") in self._pages else None
        language = chosen or accepted_language(scope, self._pages)
        typed = Typed(code=form.get("code", "")[:_LONGEST], pin=form.get("pin", "")[:_LONGEST])
        state, body = await self._found(self._pages[language], typed, _address(scope))
        await _send_page(scope, send, language, state, body)

    async def _found(self, pages: Pages, typed: Typed, address: str) -> tuple[PageState, bytes]:
        up, now = "./", self._now()
        code = parse_dossier_code(typed.code) or ""
        subject = (code or typed.code).encode(errors="replace")
        # Before it is looked at: who guesses must not learn from a try that was one too many.
        if self._tries.too_many(address, subject):
            state = PageState.TOO_MANY
            return state, pages.said(state, up=up, now=now, typed=typed)
        try:
            rows = await self._records.dossiers(code)
        except DatabaseUnusable:
            state = PageState.UNAVAILABLE
            return state, pages.said(state, up=up, now=now, typed=typed)
        if (found := with_pin(rows, typed.pin)) is not None:
            return _reported(pages, found, up=up, now=now, typed=typed)
        self._tries.failed(address, subject)
        state = PageState.NOT_FOUND
        return state, pages.said(state, up=up, now=now, typed=typed)


def _reported(
    pages: Pages,
    row: DossierRow,
    *,
    up: str,
    now: datetime,
    typed: Typed | None = None,
) -> tuple[PageState, bytes]:
    printed = glance(row.receipt)
    dossier = Reported(
        status=None if row.status is None else Status(row.status),
        voided=row.voided,
        refused=bool(row.refused),
        due_on=printed.due_on,
        due_at=row.due_at,
    )
    facts = Facts(
        code=row.code,
        received_at=row.received_at,
        received_on=printed.received_on,
        due_at=row.due_at,
        due_on=printed.due_on,
        moved=dossier.was_moved,
        finished_at=row.finished_at,
        returned_at=row.returned_at,
        overdue=dossier.is_overdue(now),
        practice=row.practice,
        news_not_read=row.needs_newer_program,
        profile=row.profile,
    )
    state = dossier.state
    return state, pages.shown(state, facts, up=up, now=now, typed=typed)


def _printed(receipt: ReceiptCode, issuer: IssuerRow) -> Facts:
    return Facts(
        code=receipt.dossier_code,
        received_on=receipt.received_on,
        due_on=receipt.due_on,
        reported=False,
        last_report=issuer.last_contact,
        practice=issuer.practice,
        profile=issuer.profile,
    )


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


async def _send_page(
    scope: Scope, send: Send, language: str, state: PageState, body: bytes
) -> None:
    TRACKING.labels(kind=state.value).inc()
    status = _STATUS.get(state, 200)
    headers = [*_PAGE, (b"content-language", language.encode())]
    if status in {429, 503}:
        headers.append(_LATER)
    await _send(scope, send, status, headers, body)


async def _send(scope: Scope, send: Send, status: int, headers: _Headers, body: bytes) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    if scope.get("scheme") == "https":
        headers.append(_TRANSPORT)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    sent = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": sent})
