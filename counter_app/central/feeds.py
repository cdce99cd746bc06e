"""What each agency is to be told: rows that are numbered and chained under its own lock.

Whoever adds to a feed holds the agency's row until the commit, so no reader ever misses a row
that was numbered early and committed late. An agency that joins a dossier gets all of it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.central.columns import texts
from counter_app.central.driver import Raw
from counter_app.central.judging import Entry
from counter_app.domain.agency import Agency
from counter_app.domain.dossier_code import is_agency_code
from counter_app.wire.codec import encode
from counter_app.wire.hashing import START, FeedEntry, feed_hash

_MISSING: Final = (
    "SELECT code FROM unnest(%s) AS code WHERE code NOT IN (SELECT code FROM agency) ORDER BY code"
)
_FOUND: Final = (
    "INSERT INTO agency (code, profile, feed_hash) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
# Not FOR UPDATE: enrolling a desk only points to the row, and need not wait for a push.
_LOCK: Final = (
    "SELECT id, code, feed_seq, feed_hash FROM agency WHERE code = ANY(%s) "
    "ORDER BY id FOR NO KEY UPDATE"
)


class Feed(Struct, frozen=True):
    """The end of an agency's feed, while its lock is held."""

    agency_id: int
    agency: str
    seq: int
    hash: bytes


class FeedRow(Struct, frozen=True):
    """A row to be added to an agency's feed."""

    agency_id: int
    seq: int
    entry: Entry
    hash: bytes


class Told(Struct, frozen=True):
    """What is to be told, to whom, and who hears of the dossier for the first time."""

    agencies: frozenset[str]
    joining: frozenset[str]
    history: tuple[Entry, ...]
    news: Entry


def lock_feeds(raw: Raw, codes: Iterable[str], home: str = "") -> dict[str, Feed]:
    """Return the feeds of these agencies, locked until the commit.

    One that nobody was enrolled to yet is noted by its code, so that its feed is whole when
    its first desk reads it; what is no agency's code has none. `home` is one there is.
    """
    wanted = sorted({code for code in codes if is_agency_code(code)})
    if any(code != home for code in wanted):
        missing = raw.execute(_MISSING, (texts(wanted),), prepare=True).fetchall()
        for (code,) in missing:
            note_agency(raw, Agency(code=code, name=code))
    rows = raw.execute(_LOCK, (texts(wanted),), prepare=True).fetchall() if wanted else ()
    return {code: Feed(number, code, seq, end) for number, code, seq, end in rows}


def note_agency(raw: Raw, agency: Agency) -> None:
    """Note an agency with an empty feed; one that is known is left as it is."""
    raw.execute(_FOUND, (agency.code, encode(agency), START))


def feed_rows(feeds: Mapping[str, Feed], told: Iterable[Told]) -> tuple[list[FeedRow], list[Feed]]:
    """Return the rows to be added, and where the feeds they were added to end then."""
    ends, rows = dict(feeds), []
    for one in told:
        for code in sorted(one.agencies & feeds.keys()):
            before = one.history if code in one.joining else ()
            for entry in (*before, one.news):
                row = _next(ends[code], entry)
                rows.append(row)
                ends[code] = replace(ends[code], seq=row.seq, hash=row.hash)
    return rows, [end for code, end in ends.items() if end.seq != feeds[code].seq]


def _next(end: Feed, entry: Entry) -> FeedRow:
    said = FeedEntry(
        seq=end.seq + 1,
        op_id=entry.op_id,
        op_hash=entry.op_hash,
        dossier_version=entry.version,
        verdict=entry.verdict or "",
    )
    return FeedRow(end.agency_id, said.seq, entry, feed_hash(end.agency, end.hash, said))
