"""The proof that the store is what was written: pages, hashes, chain, projections, counters."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from counter_app.domain.dossier_code import DossierCode, parse_dossier_code
from counter_app.errors import StoreDamaged
from counter_app.i18n import N_, _
from counter_app.store.codes import is_counted
from counter_app.store.contact import contact_of
from counter_app.store.differing import Progress, differences, last_id, windows
from counter_app.store.engine import driver
from counter_app.store.known import known_agencies, misplaced_keys
from counter_app.store.rebuild import rebuild as rebuild_projections
from counter_app.store.scans import SpokenOf, State, spoken_of
from counter_app.store.store import Store
from counter_app.store.triggers import missing_triggers
from counter_app.store.unit_of_work import columns_of
from counter_app.wire.codec import decode_header
from counter_app.wire.hashing import START, chain_hash, op_hash


class Problem(StrEnum):
    """What can be wrong with a store."""

    PAGE = "page"
    UNREADABLE = "unreadable"
    OPERATION_ALTERED = "operation_altered"
    COLUMN_DIFFERS = "column_differs"
    PART_MISSING = "part_missing"
    CHAIN_BROKEN = "chain_broken"
    NOT_IN_CHAIN = "not_in_chain"
    FORM_ALTERED = "form_altered"
    PROJECTION_DIFFERS = "projection_differs"
    INDEX_DIFFERS = "index_differs"
    TRIGGER_MISSING = "trigger_missing"
    CODE_NOT_COUNTED = "code_not_counted"
    KEY_ALTERED = "key_altered"
    CENTRE_UNREADABLE = "centre_unreadable"
    SCAN_MISSING = "scan_missing"
    SCAN_ALTERED = "scan_altered"

    def __format__(self, spec: str) -> str:
        """Return the problem in the language spoken."""
        return format(_(_LABELS[self]), spec)


_P: Final = Problem
_LABELS: Final = {
    _P.PAGE: N_("a page of the file is not what was written"),
    _P.UNREADABLE: N_("a part of the file cannot be read"),
    _P.OPERATION_ALTERED: N_("an entry of the journal is not what was written"),
    _P.COLUMN_DIFFERS: N_("a column of the journal is not what its entry says"),
    _P.PART_MISSING: N_("an entry of the journal has lost a part"),
    _P.CHAIN_BROKEN: N_("the chain is broken"),
    _P.NOT_IN_CHAIN: N_("an entry of this desk is not in the chain"),
    _P.FORM_ALTERED: N_("the wording of a form is not what was kept"),
    _P.PROJECTION_DIFFERS: N_("a dossier in the lists is not what the journal says"),
    _P.INDEX_DIFFERS: N_("the index over the names is not complete"),
    _P.TRIGGER_MISSING: N_("a protection of the journal is missing"),
    _P.CODE_NOT_COUNTED: N_("a dossier number could be given out a second time"),
    _P.KEY_ALTERED: N_("the key of another desk is not what the centre has told"),
    _P.CENTRE_UNREADABLE: N_("what was heard from the centre cannot be read"),
    _P.SCAN_MISSING: N_("a scan that the journal speaks of is not there"),
    _P.SCAN_ALTERED: N_("a scan is not what was kept"),
}


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is wrong, how many times, and where first."""

    problem: Problem
    count: int
    first: str


class VerifyReport(Struct, frozen=True, kw_only=True):
    """What was looked at, what is wrong, and how many rows of the projections were put right.

    `orphans` are scans that a crash has left and that the journal does not speak of: no fault.
    """

    operations: int
    chain_rows: int
    dossiers: int
    findings: tuple[Finding, ...]
    repaired: int = 0
    scans: int = 0
    orphans: int = 0


Trouble = tuple[Problem, str]
_Check = Callable[[sa.Connection], Iterable[Trouble]]


def verify(
    store: Store,
    *,
    rebuild: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> VerifyReport:
    """Look at everything, while the desk goes on.

    With `rebuild` the projections are first put right, unless the journal itself is wrong.
    """
    findings: dict[Problem, Finding] = {}
    _gather(findings, _damaged_pages(store))
    for check in (journal_troubles, _forms, _triggers, _counters, _centre):
        _gather(findings, _troubles_of(store, check))
    repaired = rebuild_projections(store) if rebuild and not findings else 0
    _gather(findings, _troubles_of(store, _structure))
    _gather(findings, _projections(store, progress))
    scans = _scans_of(store)
    _gather(findings, _scans(store, scans))
    return VerifyReport(
        operations=_count(store, "operation"),
        chain_rows=_count(store, "chain"),
        dossiers=_count(store, "dossier"),
        findings=tuple(findings.values()),
        repaired=repaired,
        scans=len(scans),
        orphans=len(store.scans.orphans(scans)),
    )


def journal_troubles(connection: sa.Connection) -> Iterator[Trouble]:
    """Return where journal and chain are not, bit by bit, what was written."""
    raw = driver(connection)
    yield from _operations(raw)
    yield from _chain(raw)
    query = (
        "SELECT position FROM operation WHERE desk_id IN (SELECT desk_id FROM chain) "
        "AND position NOT IN (SELECT position FROM chain)"
    )
    for (position,) in raw.execute(query):
        yield Problem.NOT_IN_CHAIN, str(position)


def _troubles_of(store: Store, check: _Check) -> Iterator[Trouble]:
    try:
        with store.read() as connection:
            yield from check(connection)
    except StoreDamaged as error:
        yield Problem.UNREADABLE, str(error.values["reason"])


def _count(store: Store, table: str) -> int:
    """Return how many rows there are, as far as they can be read."""
    try:
        with store.read() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
    except StoreDamaged:
        return 0


def _gather(findings: dict[Problem, Finding], troubles: Iterable[Trouble]) -> None:
    for problem, where in troubles:
        before = findings.get(problem)
        count, first = (before.count + 1, before.first) if before else (1, where)
        findings[problem] = Finding(problem=problem, count=count, first=first)


def _damaged_pages(store: Store) -> Iterator[Trouble]:
    """Look at the file itself; twice, as a page that is just being written looks damaged."""
    if not any(_troubles_of(store, _pages)):
        return
    try:
        with store.begin() as uow:  # now nobody writes
            yield from _pages(uow.connection)
    except StoreDamaged as error:
        yield Problem.UNREADABLE, str(error.values["reason"])


def _pages(connection: sa.Connection) -> Iterator[Trouble]:
    for (found,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        yield Problem.PAGE, found


def _structure(connection: sa.Connection) -> Iterator[Trouble]:
    # A search first: the check that follows would trust what this connection remembers of the
    # index over the names, and find fault with what has been written since.
    connection.exec_driver_sql("SELECT 1 FROM dossier_words WHERE dossier_words MATCH 'a' LIMIT 1")
    for (found,) in connection.exec_driver_sql("PRAGMA quick_check"):
        if found != "ok":
            yield Problem.INDEX_DIFFERS if "fts5" in found.casefold() else Problem.PAGE, found
    for table, *_rest in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem.PART_MISSING, table


_JOURNAL: Final = (
    "SELECT operation.*, nonce, body, state FROM operation "
    "LEFT JOIN operation_body USING (position) LEFT JOIN delivery USING (position) "
    "ORDER BY operation.position"
)


def _operations(raw: Any) -> Iterator[Trouble]:
    for position, *columns, header, digest, nonce, body, state in raw.execute(_JOURNAL):
        if nonce is None or body is None or state is None:
            yield Problem.PART_MISSING, str(position)
        elif op_hash(header, nonce, body) != digest:
            yield Problem.OPERATION_ALTERED, str(position)
        try:
            said = columns_of(decode_header(header))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            said = ()
        if said != tuple(columns):
            yield Problem.COLUMN_DIFFERS, str(position)


_CHAIN: Final = (
    "SELECT chain.desk_id, epoch, seq, prev_hash, hash, op_hash FROM chain "
    "LEFT JOIN operation USING (position) ORDER BY chain.desk_id, epoch, seq"
)


def _chain(raw: Any) -> Iterator[Trouble]:
    place, expected, before = b"", 1, START
    for desk_id, epoch, seq, prev_hash, linked, digest in raw.execute(_CHAIN):
        if desk_id + epoch != place:
            place, expected, before = desk_id + epoch, 1, START
        number = int.from_bytes(epoch)
        right = digest and chain_hash(UUID(bytes=desk_id), number, seq, before, digest)
        if (seq, prev_hash, linked) != (expected, before, right):
            yield Problem.CHAIN_BROKEN, str(seq)
        expected, before = seq + 1, linked


def _forms(connection: sa.Connection) -> Iterator[Trouble]:
    query = "SELECT id, version, sha256, bytes FROM form_version"
    for form_id, version, digest, content in connection.exec_driver_sql(query):
        if sha256(content).hexdigest() != digest:
            yield Problem.FORM_ALTERED, f"{form_id} {version}"


def _triggers(connection: sa.Connection) -> Iterator[Trouble]:
    for name in missing_triggers(connection):
        yield Problem.TRIGGER_MISSING, name


def _centre(connection: sa.Connection) -> Iterator[Trouble]:
    for key_id in misplaced_keys(connection):
        yield Problem.KEY_ALTERED, key_id
    try:
        contact_of(connection)
        known_agencies(connection)
    except (StoreDamaged, msgspec.MsgspecError) as error:
        yield Problem.CENTRE_UNREADABLE, str(error)


class _OnlyCode(Struct):
    code: str


def _counters(connection: sa.Connection) -> Iterator[Trouble]:
    raw = driver(connection)
    query = (
        "SELECT body FROM operation JOIN operation_body USING (position) "
        "WHERE kind = 'received' AND desk_id IN (SELECT desk_id FROM chain) "
    )
    decoder = msgspec.json.Decoder(_OnlyCode)
    for (body,) in raw.execute(query):
        code = _code(decoder, body)
        if code is not None and not is_counted(raw, code):
            yield Problem.CODE_NOT_COUNTED, code


def _code(decoder: msgspec.json.Decoder[_OnlyCode], body: bytes) -> DossierCode | None:
    try:
        return parse_dossier_code(decoder.decode(body).code)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # found as altered already
        return None


def _scans_of(store: Store) -> list[SpokenOf]:
    """Return the scans of this desk, as far as its journal can be read."""
    try:
        with store.read() as connection:
            return list(spoken_of(connection))
    except StoreDamaged:
        return []


_OF_SCANS: Final = {State.MISSING: _P.SCAN_MISSING, State.ALTERED: _P.SCAN_ALTERED}


def _scans(store: Store, scans: Iterable[SpokenOf]) -> Iterator[Trouble]:
    for each in scans:
        if (problem := _OF_SCANS.get(store.scans.state_of(each.sha256))) is not None:
            yield problem, str(each.position)


def _projections(store: Store, progress: Progress) -> Iterator[Trouble]:
    try:
        with store.read() as connection:
            last = last_id(connection)
    except StoreDamaged as error:
        yield Problem.UNREADABLE, str(error.values["reason"])
        return
    for after, upto in windows(last):
        # A state to each window: what is written meanwhile need not be kept for us.
        yield from _troubles_of(store, partial(_wrong_rows, after=after, upto=upto))
        progress(min(upto, last), last)


def _wrong_rows(connection: sa.Connection, after: int, upto: int) -> Iterator[Trouble]:
    for difference in differences(driver(connection), after, upto):
        yield Problem.PROJECTION_DIFFERS, str(difference.id)
