"""Whole columns of values on their way into PostgreSQL, in the bytes that it reads fastest.

A push becomes rows of half a dozen tables. Each column of them goes as one parameter, an array
in PostgreSQL's own binary form (`array_recv`), and one statement unnests them all: that is some
ten times as fast as a statement a row, and needs no COPY, which cannot skip what is known.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from typing import Any, Final, TypeVar
from uuid import UUID

from psycopg import Connection, pq
from psycopg.adapt import Dumper

_HEAD: Final = Struct(">iiIii")
_EMPTY: Final = Struct(">iiI")
_LENGTH: Final = Struct(">i")
_LONG: Final = Struct(">iq")
_DAY: Final = Struct(">ii")
_NONE: Final = _LENGTH.pack(-1)
_UUID_SIZE: Final = _LENGTH.pack(16)
_FLAGS: Final = {False: _LENGTH.pack(1) + b"\0", True: _LENGTH.pack(1) + b"\1"}
_FIRST_DAY: Final = date(2000, 1, 1)
_FIRST_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
# In UTC the first hours of the year 1 can lie before it, and nobody could read them again.
_EARLIEST: Final = (datetime.min.replace(tzinfo=UTC) - _FIRST_INSTANT) // _MICROSECOND
# And Vietnam's clock, which is ahead, must still be able to show the last one.
_LATEST: Final = (
    datetime.max.replace(tzinfo=UTC) - timedelta(days=1) - _FIRST_INSTANT
) // _MICROSECOND


class Column(bytes):
    """An array as PostgreSQL reads it; a subclass for each type of element."""

    element: int
    array: int


C = TypeVar("C", bound=Column)


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
    return _column(
        Uuids,
        values,
        [_NONE if one is None else _UUID_SIZE + one.int.to_bytes(16) for one in values],
    )


def blobs(values: Sequence[bytes]) -> Blobs:
    """Return a column of bytes."""
    return _column(Blobs, values, [_LENGTH.pack(len(one)) + one for one in values])


def texts(values: Sequence[str]) -> Texts:
    """Return a column of texts, without the one character that PostgreSQL cannot store."""
    written = {one: _text(one) for one in set(values)}  # most of them say the same
    return _column(Texts, values, [written[one] for one in values])


def numbers(values: Sequence[int | None]) -> Numbers:
    """Return a column of whole numbers."""
    pack = _LONG.pack
    return _column(Numbers, values, [_NONE if one is None else pack(8, one) for one in values])


def flags(values: Sequence[bool]) -> Flags:
    """Return a column of yes and no."""
    return _column(Flags, values, [_FLAGS[one] for one in values])


def dates(values: Sequence[date]) -> Dates:
    """Return a column of days."""
    written = {one: _DAY.pack(4, (one - _FIRST_DAY).days) for one in set(values)}
    return _column(Dates, values, [written[one] for one in values])


def instants(values: Sequence[datetime | None]) -> Instants:
    """Return a column of instants; one without an offset is taken for UTC."""
    pack = _LONG.pack
    return _column(
        Instants, values, [_NONE if one is None else pack(8, _micros(one)) for one in values]
    )


def teach(raw: Connection[Any]) -> None:
    """Let a connection take columns as parameters; once more does no harm."""
    for kind in Column.__subclasses__():
        raw.adapters.register_dumper(kind, _DUMPERS[kind])


def _column(kind: type[C], values: Sequence[object], written: list[bytes]) -> C:
    if not values:
        return kind(_EMPTY.pack(0, 0, kind.element))
    head = _HEAD.pack(1, _NONE in written, kind.element, len(written), 1)
    return kind(b"".join((head, *written)))


def _text(value: str) -> bytes:
    raw = value.replace("\0", "").encode()
    return _LENGTH.pack(len(raw)) + raw


def _micros(value: datetime) -> int:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    micros = (aware - _FIRST_INSTANT) // _MICROSECOND
    return min(max(micros, _EARLIEST), _LATEST)


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
