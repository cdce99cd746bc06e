"""Handing the day's dossiers over for examination: a list with a number, all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.entry import check_entry, tidied
from counter_app.domain.operation import Forwarded
from counter_app.domain.payment import desk_mark
from counter_app.domain.workflow import check
from counter_app.errors import NeedsNewerProgram, NothingToHandOver
from counter_app.store.handing import Unit, given_lately, last_units, to_hand_over
from counter_app.store.serials import Series
from counter_app.store.timeline import dossier as read_dossier


class Waiting(Struct, frozen=True, kw_only=True):
    """One dossier that was received and is still at the desk.

    `tomorrow`: it came so late today that it may go on the next working day. `unit` is where
    its field of law was handed to the last time.
    """

    dossier_id: UUID
    code: DossierCode
    applicant: str
    procedure: str
    received_at: datetime
    due_at: datetime | None
    tomorrow: bool
    unit: Unit


class ToHandOver(Struct, frozen=True, kw_only=True):
    """All that waits at the desk at `now`, and until when of a day it goes the same day."""

    now: datetime
    until: str
    waiting: tuple[Waiting, ...]
    units: tuple[Unit, ...]


class HandedOver(Struct, frozen=True, kw_only=True):
    """A list that was made: its number, and under which id each dossier on it was noted."""

    number: str
    unit: str
    codes: tuple[DossierCode, ...]
    op_ids: dict[UUID, UUID]


def waiting_here(desk: Desk) -> ToHandOver:
    """Return what is to be handed over, the oldest first."""
    now = desk.now()
    with desk.store.read() as connection:
        dossiers = [read_dossier(connection, each) for each in to_hand_over(connection)]
        given = given_lately(connection)
    return ToHandOver(
        now=now,
        until=desk.catalogue.steps.forward_until,
        waiting=tuple(_waiting(desk, dossiers, dict(reversed(given)))),
        units=last_units(given, ""),
    )


def hand_over(
    desk: Desk, dossier_ids: Sequence[UUID], *, unit: str, receiver: str = ""
) -> HandedOver:
    """Hand dossiers over to `unit` on one numbered list, all in one transaction.

    Raises:
        NothingToHandOver: no dossier was named.
        NeedsNewerProgram: a newer program has changed one of them.
        IllegalTransition: one of them is not at the desk any more; nothing was handed over.
        NotPermitted: the officer has no role that may do it.
        IncompleteEntry: no unit was named.
    """
    if not dossier_ids:
        raise NothingToHandOver
    year = desk.business_date.year
    done: dict[UUID, UUID] = {}
    codes: list[DossierCode] = []
    with desk.store.begin() as uow:
        mark = desk_mark(uow.profile.id, uow.profile.epoch)
        number = f"{uow.take_serial(Series.HAND_OVER, year):02}/{year}-{mark}"
        body = tidied(Forwarded(unit=unit, hand_over=number, receiver=receiver))
        check_entry(body, desk.business_date)
        for dossier_id in dict.fromkeys(dossier_ids):
            dossier = uow.dossier(dossier_id)
            if dossier.needs_newer_program:
                raise NeedsNewerProgram(code=dossier.code)
            role = check(body.kind, dossier.status, desk.officer.roles)
            operation = desk.operation(body, role=role, on=dossier)
            uow.append(operation)
            done[dossier_id] = operation.header.op_id
            codes.append(dossier.code)
    return HandedOver(number=number, unit=body.unit, codes=tuple(codes), op_ids=done)


def _waiting(
    desk: Desk, dossiers: Sequence[Dossier], usual: Mapping[str, Unit]
) -> Iterable[Waiting]:
    calendar, today = desk.catalogue.calendar, desk.now()
    last = time.fromisoformat(desk.catalogue.steps.forward_until)
    for dossier in dossiers:
        received = dossier.received
        if received is None or received.on_the_spot:
            continue
        at = calendar.local(received.received_at)
        yield Waiting(
            dossier_id=dossier.id,
            code=dossier.code,
            applicant=received.applicant.full_name,
            procedure=received.procedure.name,
            received_at=at,
            due_at=dossier.due_at,
            tomorrow=at.date() == calendar.local(today).date() and at.time() > last,
            unit=usual.get(received.procedure.field, Unit()),
        )
