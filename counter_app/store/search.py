"""What the search screen asks: one box for code, identity number, telephone and name."""

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.domain.dossier_code import FEWEST_DIGITS, DossierCode, parse_dossier_code
from counter_app.domain.phone import parse_phone
from counter_app.domain.text import fold, nfc
from counter_app.store.engine import driver
from counter_app.store.projection import search_words
from counter_app.store.rows import DossierRow, rows

MOST: Final = 1000
"""How many are found at most; who has so many hits types one more word."""

_LOOKED_AT: Final = 100  # so many newest hits are sorted by their accents
_FEWEST_LETTERS: Final = 2  # a single one would walk through half of the index
_LONGEST_BEGINNING: Final = 5  # letters; of these the index has each beginning ready
_LONGEST: Final = 200  # characters; more is no name
_RECENT_DAYS: Final = 30  # a bare running number means one of these
_NUMBER: Final = re.compile(r"[A-Z]?\d{6,}", re.ASCII)
_WHOLE_NUMBERS: Final = (9, 12)  # digits of the two identity numbers; fewer are a beginning
_BEGINNING: Final = re.compile(r"[A-Z]\d{2}[\d.]*(-[\d-]*)?|\d{3}\.[\d.A-Z-]*", re.ASCII)
_DAY_AND_SERIAL: Final = re.compile(r"\d{6}(-\d*)?", re.ASCII)
_SERIAL: Final = re.compile(r"\d{1,5}", re.ASCII)
_LAST_CHARACTER: Final = "\U0010ffff"

__all__ = ["MOST", "DossierRow", "by_code", "find", "rows"]


def find(connection: sa.Connection, text: str, *, limit: int = MOST) -> Sequence[int]:
    """Return the row ids of the dossiers that `text` may mean, the newest first.

    A name is found by the beginnings of its words, with accents or without; of the newest
    hits, those with the very accents that were typed come first.
    """
    text = nfc(text[:_LONGEST]).strip()
    typed = re.sub(r"\s", "", text).upper()
    for finder in (_by_whole_code, _by_number, _by_beginning, _by_day_and_serial, _by_serial):
        if found := finder(connection, typed, limit):
            return found
    return _by_name(connection, text, limit)


def last_code(connection: sa.Connection) -> DossierCode | None:
    """Return the code of the dossier that came to this desk last."""
    query = "SELECT code FROM dossier WHERE code <> '' ORDER BY id DESC LIMIT 1"
    found = connection.exec_driver_sql(query).scalar()
    return DossierCode(found) if found else None


def by_code(connection: sa.Connection, code: DossierCode) -> Sequence[UUID]:
    """Return the dossiers with this code, the newest first; more than one only by a clash."""
    query = "SELECT dossier_id FROM dossier WHERE code = ? ORDER BY id DESC"
    return [UUID(bytes=found) for found in _ids(connection, query, (code,))]


def _by_whole_code(connection: sa.Connection, typed: str, limit: int) -> Sequence[int]:
    code = parse_dossier_code(typed)
    if code is None:
        return ()
    query = "SELECT id FROM dossier WHERE code = ? ORDER BY id DESC LIMIT ?"
    return _ids(connection, query, (code, limit))


def _by_number(connection: sa.Connection, typed: str, limit: int) -> Sequence[int]:
    """Find by identity number (of the applicant, or of who came for them) and by telephone."""
    phone = parse_phone(typed)
    number = phone or re.sub(r"[.\-]", "", typed)
    if not _NUMBER.fullmatch(number):
        return ()
    last = number if len(number) in _WHOLE_NUMBERS else number + _LAST_CHARACTER
    query = (
        "SELECT id FROM dossier WHERE id_number BETWEEN ?1 AND ?2 AND id_number <> '' UNION "
        "SELECT id FROM dossier WHERE submitter_id_number BETWEEN ?1 AND ?2 "
        "AND submitter_id_number <> '' UNION "
        "SELECT id FROM dossier WHERE phone = ?3 AND phone <> '' ORDER BY id DESC LIMIT ?4"
    )
    return _ids(connection, query, (number, last, number, limit))


def _by_beginning(connection: sa.Connection, typed: str, limit: int) -> Sequence[int]:
    """Find by the first characters of a code, as far as it has been typed."""
    if not _BEGINNING.fullmatch(typed):
        return ()
    query = "SELECT id FROM dossier WHERE code >= ? AND code < ? ORDER BY code DESC LIMIT ?"
    found = _ids(connection, query, (typed, typed + _LAST_CHARACTER, limit))
    return sorted(found, reverse=True)


def _by_day_and_serial(connection: sa.Connection, typed: str, limit: int) -> Sequence[int]:
    """Find by a code without its agency, which at one desk is nearly always the same."""
    if not _DAY_AND_SERIAL.fullmatch(typed):
        return ()
    agencies = _ids(connection, "SELECT DISTINCT agency FROM lease", ())
    found = [_by_beginning(connection, f"{agency}-{typed}", limit) for agency in agencies]
    return sorted(chain.from_iterable(found), reverse=True)[:limit]


def _by_serial(connection: sa.Connection, typed: str, limit: int) -> Sequence[int]:
    """Find by the running number alone, on the days on which the desk last gave out numbers."""
    if not _SERIAL.fullmatch(typed):
        return ()
    query = (
        "SELECT dossier.id FROM (SELECT DISTINCT agency, printed_date FROM code_counter "
        "ORDER BY printed_date DESC LIMIT ?) JOIN dossier ON code = agency || '-' || "
        "substr(replace(printed_date, '-', ''), 3) || '-' || ? ORDER BY dossier.id DESC LIMIT ?"
    )
    return _ids(connection, query, (_RECENT_DAYS, typed.zfill(FEWEST_DIGITS), limit))


def _by_name(connection: sa.Connection, text: str, limit: int) -> Sequence[int]:
    typed = [word for word in search_words(text) if len(word) >= _FEWEST_LETTERS]
    if not typed:
        return ()
    *whole, last = typed
    # The last word may still be being typed. That all are only beginnings is tried last: for
    # each the index would first put together all the names that begin so.
    is_begun = len(last) <= _LONGEST_BEGINNING
    words = [*map(_quoted, whole), _quoted(last) + "*" * is_begun]
    found = _matching(connection, words, limit) or _matching(
        connection, [_quoted(word) + "*" for word in typed], limit
    )
    return found if text.casefold() == fold(text) else _accents_first(connection, text, found)


def _quoted(word: str) -> str:
    return f'"{word}"'  # or what is typed is read as FTS5's language


def _matching(connection: sa.Connection, match: Sequence[str], limit: int) -> Sequence[int]:
    # By rowid, or the match is sorted by rank.
    query = (
        "SELECT rowid FROM dossier_words WHERE dossier_words MATCH ? ORDER BY rowid DESC LIMIT ?"
    )
    return _ids(connection, query, (" ".join(match), limit))


def _accents_first(connection: sa.Connection, text: str, found: Sequence[int]) -> Sequence[int]:
    newest = found[:_LOOKED_AT]
    marks = ", ".join("?" for _id in newest)
    query = f"SELECT id, applicant_name FROM dossier WHERE id IN ({marks})"
    names = dict(driver(connection).execute(query, newest).fetchall())
    typed = text.casefold().split()
    ranked = sorted(newest, key=lambda row_id: not _begins(names.get(row_id, ""), typed))
    return [*ranked, *found[_LOOKED_AT:]]


def _begins(name: str, typed: Sequence[str]) -> bool:
    """Say whether each of the words typed is the beginning of a word of `name`, accents and all."""
    there = f" {name.casefold()}"
    return all(f" {word}" in there for word in typed)


def _ids(connection: sa.Connection, query: str, parameters: tuple[Any, ...]) -> Sequence[Any]:
    return [found for (found,) in driver(connection).execute(query, parameters).fetchall()]
