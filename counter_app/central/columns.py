"""Whole columns of values on their way into PostgreSQL, in the bytes that it reads fastest.

A push becomes rows of half a dozen tables. Each column of them goes as one parameter, an array
in PostgreSQL's own binary form (`array_recv`), and one statement unnests them all: that is some
ten times as fast as a statement a row, and needs no COPY, which cannot skip what is known.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from typing import Any, Final, TypeVar
from uuid import UUID

from psycopg import Connection, pq
from psycopg.adapt import Dumper

V = TypeVar("V")

_HEAD: Final = Struct(">iiIii")
_LENGTH: Final = Struct(">i")
_LONG: Final = Struct(">iq")
_DAY: Final = Struct(">ii")
_NONE: Final = _LENGTH.pack(-1)
_UUID_SIZE: Final = _LENGTH.pack(16)
_FLAGS: Final = {False: _LENGTH.pack(1) + b"\0", True: _LENGTH.pack(1) + b"\1"}
_FIRST_DAY: Final = date(2000, 1, 1)
_FIRST_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Column(bytes):
    """An array as PostgreSQL reads it; a subclass for each type of element."""

    element: int
    array: int


class Uuids(Column):
    """An array of uuid."""

    element, array = 2950, 2951


class Blobs(Column):
    """An array of bytea."""

    element, array = 17, 1001


class Texts(Column):
    """An array of text."""

    element, array = 25, 1009


class Numbers(Column):
    """An array of bigint."""

    element, array = 20, 1016


class Flags(Column):
    """An array of boolean."""

    element, array = 16, 1000


class Dates(Column):
    """An array of date."""

    element, array = 1082, 1182


class Instants(Column):
    """An array of timestamp with time zone."""

    element, array = 1184, 1185


def uuids(values: Sequence[UUID | None]) -> Uuids:
    """Return a column of identities."""
    return Uuids(_array(Uuids, values, lambda value: _UUID_SIZE + value.bytes))


def blobs(values: Sequence[bytes]) -> Blobs:
    """Return a column of bytes."""
    return Blobs(_array(Blobs, values, _framed))


def texts(values: Sequence[str]) -> Texts:
    """Return a column of texts, without the one character that PostgreSQL cannot store."""
    return Texts(_array(Texts, values, lambda value: _framed(value.replace("\0", "").encode())))


def numbers(values: Sequence[int | None]) -> Numbers:
    """Return a column of whole numbers."""
    return Numbers(_array(Numbers, values, lambda value: _LONG.pack(8, value)))


def flags(values: Sequence[bool]) -> Flags:
    """Return a column of yes and no."""
    return Flags(_array(Flags, values, _FLAGS.__getitem__))


def dates(values: Sequence[date]) -> Dates:
    """Return a column of days."""
    return Dates(_array(Dates, values, lambda value: _DAY.pack(4, (value - _FIRST_DAY).days)))


def instants(values: Sequence[datetime | None]) -> Instants:
    """Return a column of instants; one without an offset is taken for UTC."""
    return Instants(_array(Instants, values, lambda value: _LONG.pack(8, _micros(value))))


def teach(raw: Connection[Any]) -> None:
    """Let a connection take columns as parameters; once more does no harm."""
    for kind in Column.__subclasses__():
        raw.adapters.register_dumper(kind, _DUMPERS[kind])


def _array(kind: type[Column], values: Sequence[V | None], written: Callable[[V], bytes]) -> bytes:
    if not values:
        return _HEAD.pack(0, 0, kind.element, 0, 0)[:12]
    parts: Iterable[bytes] = [_NONE if value is None else written(value) for value in values]
    head = _HEAD.pack(1, int(None in values), kind.element, len(values), 1)
    return b"".join((head, *parts))


def _framed(raw: bytes) -> bytes:
    return _LENGTH.pack(len(raw)) + raw


def _micros(value: datetime) -> int:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return (aware - _FIRST_INSTANT) // _MICROSECOND


class _AsItIs(Dumper):
    """Hands a column on unchanged."""

    format = pq.Format.BINARY

    def dump(self, obj: Column) -> bytes:
        """Return the bytes, which are what they say already."""
        return obj


_DUMPERS: Final = {
    kind: type(f"_{kind.__name__}", (_AsItIs,), {"oid": kind.array})
    for kind in Column.__subclasses__()
}
