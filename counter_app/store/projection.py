"""What is kept beside the journal so that lists and searches need not fold: one row a dossier.

Appending and rebuilding go the same way through `advance`, so they cannot disagree.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.body import Scope
from counter_app.domain.corrected import corrected
from counter_app.domain.dossier import Dossier, step
from counter_app.domain.operation import Received
from counter_app.domain.party import Party
from counter_app.domain.payment import unknown_lines
from counter_app.domain.text import words
from counter_app.store.instants import to_micros
from counter_app.store.journal import Entry
from counter_app.store.tables import dossier as _table

Row = tuple[Any, ...]

_COLUMNS: Final = [column.name for column in _table.columns]
_NOBODY: Final = Party()


class Standing(Struct, frozen=True, kw_only=True):
    """A dossier as folded so far, and what of the journal its projection tells besides.

    `first` is the position of whatever was first noted under it, 0 before there is anything;
    nothing is `known` of it until an operation has had an effect.
    """

    dossier: Dossier
    first: int = 0
    known: bool = False
    received_on: date | None = None


def advance(standing: Standing, entry: Entry) -> Standing:
    """Return where the dossier stands after one more entry."""
    first = min(standing.first or entry.position, entry.position)
    header, body = entry.operation.header, entry.operation.body
    if not entry.counts or (body.scope is Scope.DESK and not standing.known):
        return replace(standing, first=first)  # who was guided or looked at makes no dossier
    dossier = step(standing.dossier, entry.operation)
    return Standing(
        dossier=replace(dossier, version=max(dossier.version, entry.dossier_version or 0)),
        first=first,
        known=True,
        received_on=header.business_date if isinstance(body, Received) else standing.received_on,
    )


def standing_of(dossier_id: UUID, entries: Iterable[Entry]) -> Standing:
    """Return where a dossier stands after all of `entries`."""
    standing = Standing(dossier=Dossier(id=dossier_id))
    for entry in entries:
        standing = advance(standing, entry)
    return standing


def row_of(standing: Standing) -> Row:
    """Return the row of a dossier, in the order of the table's columns."""
    dossier, received = standing.dossier, corrected(standing.dossier)
    applicant = received.applicant if received else _NOBODY
    submitter = (received and received.submitter) or _NOBODY
    return (
        standing.first,
        dossier.id.bytes,
        dossier.version,
        dossier.code,
        None if dossier.status is None else int(dossier.status),
        standing.received_on and standing.received_on.isoformat(),
        to_micros(received.received_at if received else None),
        to_micros(dossier.due_at),
        received.procedure.code if received else "",
        received.procedure.name if received else "",
        received.procedure.field if received else "",
        applicant.full_name,
        applicant.id_number,
        submitter.id_number,
        applicant.phone,
        received.channel.value if received else "",
        received.officer_name if received else "",
        dossier.charged,
        dossier.paid,
        to_micros(dossier.finished_at),
        to_micros(dossier.returned_at),
        int(dossier.voided),
        int(dossier.needs_newer_program),
        int(bool(unknown_lines(dossier.fees))),
        dossier.exempted,
    )


def words_of(standing: Standing) -> str:
    """Return what a dossier is found by: the folded names on it, and those that were wrong."""
    said = (standing.dossier.received, corrected(standing.dossier))
    people = [person for one in said if one for person in (one.applicant, one.submitter) if person]
    names = dict.fromkeys(person.full_name for person in people)
    return " ".join(word for name in names for word in search_words(name))


def search_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, or of what is typed to find one, as the index has them.

    In plain ASCII: what other scripts count as a letter, SQLite and Python say differently.
    """
    return tuple(word if word.isascii() else _spelt(word) for word in words(text))


def _spelt(word: str) -> str:
    return "".join(c if c.isascii() else f"u{ord(c):x}" for c in word)


_UPSERT: Final = (
    f"INSERT INTO dossier ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)}) "
    "ON CONFLICT (dossier_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "dossier_id")
)
_REPLACE_WORDS: Final = "INSERT OR REPLACE INTO dossier_words (rowid, words) VALUES (?, ?)"


def write_row(raw: Any, row: Row) -> None:
    """Put one row of the projection in place of whatever was there for that dossier."""
    raw.execute(_UPSERT, row)


def confirm_row(raw: Any, dossier_id: UUID, version: int) -> None:
    """Note of a dossier that stands as it stood that `version` of its operations are confirmed."""
    raw.execute("UPDATE dossier SET version = ? WHERE dossier_id = ?", (version, dossier_id.bytes))


def write_words(raw: Any, row_id: int, text: str) -> None:
    """Make the dossier in row `row_id` found by `text`."""
    raw.execute(_REPLACE_WORDS, (row_id, text))


def write_standing(raw: Any, standing: Standing) -> None:
    """Make row and words of a dossier what they are after its operations were judged anew."""
    if standing.known:
        write_row(raw, row_of(standing))
    else:  # all that was done to it waits, or was refused
        raw.execute("DELETE FROM dossier WHERE id = ?", (standing.first,))
    query = "SELECT words FROM dossier_words WHERE rowid = ?"
    found = raw.execute(query, (standing.first,)).fetchone()
    text = words_of(standing)
    if text and (text,) != found:
        write_words(raw, standing.first, text)
    elif found and not text:
        raw.execute("DELETE FROM dossier_words WHERE rowid = ?", (standing.first,))
