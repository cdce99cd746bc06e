"""A group's applications from one sheet: looked through first, then received one by one.

Each line becomes a dossier of its own in a transaction of its own: one that fails stops no
other. Its token follows from what it says, from the office and from the desk's own secret, and
not from the day: the same line once more, after a fall of the power, in a corrected sheet or a
week later, is the same dossier. What is meant to be received a second time is asked for so.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from counter_app.catalogue.procedures import ProcedureFile
from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.group_sheet import (
    MOST_LINES,
    Column,
    Unplaced,
    columns_of,
    intake_of,
    out_of_reach,
    place_headings,
)
from counter_app.domain.intake import Intake, settled, tidied
from counter_app.domain.problem import Problem
from counter_app.domain.receipt_code import TOKEN_SIZE, dossier_id_of
from counter_app.errors import (
    GroupOutOfReach,
    GroupSheetRefused,
    InvalidInput,
    RuleViolation,
)
from counter_app.i18n import N_, _, law
from counter_app.services.registration import problems_of, register_dossier
from counter_app.store.timeline import dossier
from counter_app.wire.codec import encode
from counter_app.workbook.reading import MOST_COLUMNS, Row, read_workbook
from counter_app.workbook.writing import Table, workbook

_TAG: Final = b"counter-app group 2\x00"
_BATCH_TAG: Final = b"counter-app batch 1\x00"
_EMPTY_LINES: Final = 300  # of a new sheet, dressed as text: an ID number keeps its zeros


class GroupLine(Struct, frozen=True, kw_only=True):
    """One application of a group: its line in the sheet, and what keeps it from being received.

    `received` is the code of the dossier that the same line has become already, `received_at`
    when.
    """

    number: int
    intake: Intake
    token: bytes
    problems: tuple[Problem, ...] = ()
    received: DossierCode | None = None
    received_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can be received."""
        return not self.problems and self.received is None


class Group(Struct, frozen=True, kw_only=True):
    """A sheet that was looked through; `batch` is what its dossiers will share.

    `reception` counts how often it is received on purpose, from 1.
    """

    procedure: str
    procedure_name: str
    batch: UUID
    lines: tuple[GroupLine, ...]
    reception: int = 1

    @property
    def ready(self) -> tuple[GroupLine, ...]:
        """The lines that can be received."""
        return tuple(line for line in self.lines if line.is_ready)

    @property
    def wrong(self) -> tuple[GroupLine, ...]:
        """The lines that cannot."""
        return tuple(line for line in self.lines if line.problems)

    @property
    def known(self) -> tuple[GroupLine, ...]:
        """The lines that were received before."""
        return tuple(line for line in self.lines if line.received is not None)


class LineDone(Struct, frozen=True, kw_only=True):
    """What has become of one line; `again`: it was received before, and nothing was done."""

    number: int
    dossier: Dossier | None = None
    again: bool = False
    reason: str = ""


class _Line(NamedTuple):
    number: int
    intake: Intake
    unread: tuple[Problem, ...]


def read_group(desk: Desk, path: Path, procedure: str, *, reception: int = 1) -> Group:
    """Look through a sheet of applications for one procedure; nothing is received by that.

    With another `reception`, the lines are others than those of the first: whoever means to
    receive the same sheet a second time says 2, as often as it takes to receive all of it.

    Raises:
        UnknownProcedure: the catalogue has no such procedure.
        GroupOutOfReach: it asks what no cell can say.
        UnreadableFile: it is no workbook, is too large, or holds what acts.
        GroupSheetRefused: its headings are not those of the procedure's sheet.
    """
    file = desk.catalogue.procedure(procedure, desk.business_date)
    _check_reach(file)
    rows = _rows(path)
    columns = _columns(path, rows, file)
    read = [_read(path, row, columns, file) for row in rows[1:]]
    tokens = tokens_of(desk, [line.intake for line in read], reception=reception)
    batch = _batch_of(desk, file.form.code, tokens)
    lines = tuple(_line(desk, line, token, file) for line, token in zip(read, tokens, strict=True))
    return Group(
        procedure=file.form.code,
        procedure_name=file.form.name,
        batch=batch,
        lines=lines,
        reception=reception,
    )


def register_group(desk: Desk, lines: Iterable[GroupLine], *, batch: UUID) -> Iterator[LineDone]:
    """Receive `lines` one after the other, and tell of each what has become of it.

    Each in a transaction of its own; whoever stops asking stops in between. What the rules
    refuse is told and does not stop the others.
    """
    return (register_line(desk, line, batch=batch) for line in lines)


def register_line(desk: Desk, line: GroupLine, *, batch: UUID) -> LineDone:
    """Receive one line; the same one again is the dossier that it has become.

    Raises:
        NotPermitted: the officer may not receive anything.
        StoreError: nothing can be written.
    """
    known = _received(desk, line.token)
    if known is not None:
        return LineDone(number=line.number, dossier=known, again=True)
    try:
        made = register_dossier(desk, line.intake, token=line.token, batch=batch)
    except (RuleViolation, InvalidInput) as error:
        return LineDone(number=line.number, reason=str(error))
    return LineDone(number=line.number, dossier=made)


def tokens_of(desk: Desk, intakes: Sequence[Intake], *, reception: int = 1) -> tuple[bytes, ...]:
    """Return the token of each of a group's settled intakes, the same on whatever day.

    Two lines that say the same are two dossiers. One that was registered by mistake and voided
    may be handed in again.
    """
    seen: Counter[bytes] = Counter()
    tokens = []
    for intake in intakes:
        content = encode(intake)
        while True:
            seen[content] += 1
            token = _token(desk, content, seen[content], reception)
            known = _received(desk, token)
            if known is None or not known.voided:
                break
        tokens.append(token)
    return tuple(tokens)


def group_template(desk: Desk, procedure: str) -> bytes:
    """Return the empty sheet that a group fills in, as XLSX.

    Raises:
        UnknownProcedure: the catalogue has no such procedure.
        GroupOutOfReach: it asks what no cell can say.
    """
    file = desk.catalogue.procedure(procedure, desk.business_date)
    _check_reach(file)
    columns = columns_of(file.form)
    table = Table(
        title=file.form.code,
        captions=[column.heading for column in columns],
        widths=[column.width for column in columns],
        rows=[[""] * len(columns)] * _EMPTY_LINES,
    )
    return workbook([table])


def _check_reach(file: ProcedureFile) -> None:
    if beyond := out_of_reach(file.form):
        names = ", ".join(law(question.label) for question in beyond)
        raise GroupOutOfReach(procedure=file.form.code, questions=names)


def _rows(path: Path) -> tuple[Row, ...]:
    sheets = read_workbook(path, most_rows=MOST_LINES + 1)
    filled = [sheet for sheet in sheets if sheet.rows]
    if len(filled) != 1:
        reason = N_("it must have one sheet with lines, and has {count}")
        raise GroupSheetRefused(file=path.name, reason=_(reason).format(count=len(filled)))
    return filled[0].rows


def _columns(path: Path, rows: Sequence[Row], file: ProcedureFile) -> tuple[Column | None, ...]:
    placed, unplaced = place_headings(rows[0].cells, file.form)
    if said := _said(unplaced):
        raise GroupSheetRefused(file=path.name, reason=said)
    return placed


def _said(unplaced: Unplaced) -> str:
    parts = (
        (N_("nobody knows the headings: {names}"), unplaced.strange),
        (N_("headings stand there twice: {names}"), unplaced.twice),
        (N_("headings are missing: {names}"), unplaced.missing),
    )
    return "; ".join(_(words).format(names=", ".join(names)) for words, names in parts if names)


def _read(path: Path, row: Row, columns: Sequence[Column | None], file: ProcedureFile) -> _Line:
    cells = [*row.cells, *[""] * (MOST_COLUMNS - len(row.cells))]
    beyond = [
        cell
        for place, cell in enumerate(cells)
        if cell.strip() and (place >= len(columns) or columns[place] is None)
    ]
    if beyond:
        reason = N_("line {line} has something under no heading")
        raise GroupSheetRefused(file=path.name, reason=_(reason).format(line=row.number))
    named = [(column, cell) for column, cell in zip(columns, cells, strict=False) if column]
    intake, unread = intake_of(named, file.form)
    return _Line(row.number, settled(tidied(intake), file.form), unread)


def _line(desk: Desk, read: _Line, token: bytes, file: ProcedureFile) -> GroupLine:
    number, intake, unread = read
    fields = {problem.field for problem in unread}
    found = problems_of(desk, intake, file.form)
    known = _received(desk, token)
    return GroupLine(
        number=number,
        intake=intake,
        token=token,
        problems=() if known else (*unread, *(p for p in found if p.field not in fields)),
        received=known.code if known else None,
        received_at=known.received.received_at if known and known.received else None,
    )


def _received(desk: Desk, token: bytes) -> Dossier | None:
    with desk.store.read() as connection:
        found = dossier(connection, dossier_id_of(token))
    return found if found.received else None


def _token(desk: Desk, content: bytes, count: int, reception: int) -> bytes:
    """Return what nobody can guess who has not the secret of this desk."""
    numbers = reception.to_bytes(4, "big") + count.to_bytes(4, "big")
    said = b"\x00".join((_TAG, desk.agency.encode(), numbers, content))
    return hmac.digest(desk.profile.signing_seed, said, "sha256")[:TOKEN_SIZE]


def _batch_of(desk: Desk, procedure: str, tokens: Sequence[bytes]) -> UUID:
    content = sha256(b"".join((procedure.encode(), *tokens))).digest()
    raw = hmac.digest(desk.profile.signing_seed, _BATCH_TAG + content, "sha256")[:16]
    number = int.from_bytes(raw, "big") & ~(0xF << 76) | 8 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)
