"""Handing results out: one, or a stack for one person, all of it or nothing."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.collecting import check_collector
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.entry import check_entry, tidied
from counter_app.domain.identity import document_number
from counter_app.domain.operation import ResultReturned
from counter_app.domain.workflow import check
from counter_app.errors import NeedsNewerProgram
from counter_app.store.collecting import waiting_for


class ToReturn(Struct, frozen=True, kw_only=True):
    """The result of one dossier, and how it goes out."""

    dossier_id: UUID
    body: ResultReturned


class Returned(Struct, frozen=True, kw_only=True):
    """A result that was handed out, and under which id that was noted."""

    op_id: UUID
    dossier_id: UUID
    code: DossierCode


def results_for(desk: Desk, number: str) -> Sequence[UUID]:
    """Return the dossiers whose result waits for the person with this ID number."""
    with desk.store.read() as connection:
        return waiting_for(connection, document_number(number))


def return_results(desk: Desk, results: Sequence[ToReturn]) -> tuple[Returned, ...]:
    """Note that results were handed out: all of them, each by itself, in one transaction.

    Raises:
        NeedsNewerProgram: a newer program has changed one of the dossiers.
        IllegalTransition: the result of one of them is not there; nothing was noted.
        NotPermitted: the officer has no role that may do it.
        InvalidField: somebody collects who is not named there, and nothing lets them.
        IncompleteEntry: nobody is named who collects.
    """
    done = []
    with desk.store.begin() as uow:
        for result in results:
            dossier = uow.dossier(result.dossier_id)
            if dossier.needs_newer_program:
                raise NeedsNewerProgram(code=dossier.code)
            body = tidied(result.body)
            role = check(body.kind, dossier.status, desk.officer.roles)
            check_entry(body, desk.business_date)
            check_collector(body, dossier)
            operation = desk.operation(body, role=role, on=dossier)
            uow.append(operation)
            done.append(
                Returned(op_id=operation.header.op_id, dossier_id=dossier.id, code=dossier.code)
            )
    return tuple(done)
