"""What a request says: which page, in which language, and what was typed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qs

from msgspec import Struct

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_FORM_BYTES: Final = 2048
LONGEST_FORM: Final = 10.0
"""Seconds that a form may take to arrive."""

_MOST_FIELDS: Final = 8
_RECEIPTS: Final = "/t"
_FILES: Final = frozenset({"/", "/robots.txt", "/favicon.svg"})


class Place(Struct, frozen=True, kw_only=True):
    """The digits that an address ends with, and the way up from there to “/”."""

    digits: str
    up: str


class Unacceptable(Struct, frozen=True):
    """A form that is not read any further, and the HTTP status that says why."""

    status: int


def handles(path: str) -> bool:
    """Say whether the tracking pages answer at `path`."""
    return path in _FILES or path[:3].lower() in {_RECEIPTS, f"{_RECEIPTS}/"}


def place_of(path: str) -> Place | None:
    """Return which receipt a path names; None for the page with the form."""
    if path == "/":
        return None
    digits = path[len(_RECEIPTS) + 1 :]
    if digits.endswith("/"):
        return Place(digits=digits[:-1], up="../../")
    return Place(digits=digits, up="../" if len(path) > len(_RECEIPTS) else "./")


def header(scope: Scope, name: bytes) -> str:
    """Return one header of a request, or ""."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def chosen_language(scope: Scope, known: Mapping[str, object]) -> str | None:
    """Return the language that was chosen on the page itself, by `?lang=`."""
    query: bytes = scope.get("query_string", b"")
    return _first_known(query.decode("latin-1"), known) if query else None


def accepted_language(scope: Scope, known: Mapping[str, object]) -> str:
    """Return the language that a browser likes best of those there are; else the default.

    As RFC 9110, 12.5.4 writes it: `vi-VN,vi;q=0.9,en;q=0.8`.
    """
    return _liked_best(header(scope, b"accept-language"), tuple(known))


@lru_cache(maxsize=256)  # browsers say it in few ways
def _liked_best(accepted: str, known: tuple[str, ...]) -> str:
    best, liked = known[0], 0.0
    for item in accepted.split(","):
        tag, _, weight = item.partition(";")
        language = tag.strip().lower().partition("-")[0]
        quality = _quality(weight)
        if language in known and quality > liked:
            best, liked = language, quality
    return best


async def form_of(scope: Scope, receive: Receive) -> dict[str, str] | Unacceptable:
    """Return the fields of a form, or why it is not read."""
    kind = header(scope, b"content-type").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return Unacceptable(415)
    body = b""
    try:
        async with asyncio.timeout(LONGEST_FORM):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > MOST_FORM_BYTES:
                    return Unacceptable(413)
                if not message.get("more_body"):
                    break
    except TimeoutError:
        return Unacceptable(408)
    try:
        fields = parse_qs(body.decode(), max_num_fields=_MOST_FIELDS)
    except ValueError:  # not UTF-8, or more fields than the form has
        return Unacceptable(400)
    return {name: values[0] for name, values in fields.items()}


def _first_known(query: str, known: Mapping[str, object]) -> str | None:
    try:
        values = parse_qs(query, max_num_fields=_MOST_FIELDS).get("lang", [])
    except ValueError:
        return None
    return next((value for value in values if value in known), None)


def _quality(weight: str) -> float:
    name, _, number = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(max(float(number), 0.0), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
