"""A dossier as lists show it: one flat row, read off the projections."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from msgspec import Struct

from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.status import Status
from counter_app.store.engine import driver
from counter_app.store.instants import from_micros


class DossierRow(Struct, frozen=True, kw_only=True):
    """One line of a list. Instants are in UTC; money is in whole dong.

    `charged` is what is known of the fees; `fee_unknown` says that there are others, None that
    nobody has looked. `unsent`: the centre has not acknowledged all that was done here to the
    dossier.
    """

    id: int
    dossier_id: UUID
    code: DossierCode
    status: Status | None
    applicant_name: str
    id_number: str
    phone: str
    procedure_code: str
    procedure_name: str
    received_on: date | None
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    charged: int
    paid: int
    fee_unknown: bool | None
    voided: bool
    needs_newer_program: bool
    unsent: bool


# CROSS JOIN fixes the way: from the dossier to its operations, never through all that is pending.
SELECT: Final = (
    "SELECT id, dossier_id, code, status, applicant_name, id_number, phone, procedure_code, "
    "procedure_name, received_on, received_at, due_at, finished_at, returned_at, charged, paid, "
    "fee_unknown, voided, needs_newer_program, EXISTS (SELECT 1 FROM operation CROSS JOIN delivery "
    "USING (position) WHERE operation.dossier_id = dossier.dossier_id AND state = 'pending') "
    "FROM dossier"
)
"""The beginning of each statement whose rows `row_of` reads."""


def rows(connection: sa.Connection, ids: Sequence[int]) -> list[DossierRow]:
    """Return the rows with these ids, in their order; one that is no more is left out."""
    marks = ", ".join("?" for _id in ids)
    found = read_rows(connection, f"{SELECT} WHERE id IN ({marks})", tuple(ids))
    by_id = {row.id: row for row in found}
    return [by_id[row_id] for row_id in ids if row_id in by_id]


def read_rows(
    connection: sa.Connection, query: str, parameters: tuple[Any, ...]
) -> list[DossierRow]:
    """Return what a statement that begins with SELECT finds."""
    return [row_of(row) for row in driver(connection).execute(query, parameters)]


def row_of(row: Iterable[Any]) -> DossierRow:
    """Return what a row of SELECT says."""
    (
        row_id, dossier_id, code, status, applicant_name, id_number, phone, procedure_code,
        procedure_name, received_on, received_at, due_at, finished_at, returned_at, charged, paid,
        fee_unknown, voided, needs_newer_program, unsent,
    ) = row  # fmt: skip
    return DossierRow(
        id=row_id,
        dossier_id=UUID(bytes=dossier_id),
        code=DossierCode(code),
        status=None if status is None else Status(status),
        applicant_name=applicant_name,
        id_number=id_number,
        phone=phone,
        procedure_code=procedure_code,
        procedure_name=procedure_name,
        received_on=date.fromisoformat(received_on) if received_on else None,
        received_at=from_micros(received_at),
        due_at=from_micros(due_at),
        finished_at=from_micros(finished_at),
        returned_at=from_micros(returned_at),
        charged=charged,
        paid=paid,
        fee_unknown=None if fee_unknown is None else bool(fee_unknown),
        voided=bool(voided),
        needs_newer_program=bool(needs_newer_program),
        unsent=bool(unsent),
    )
