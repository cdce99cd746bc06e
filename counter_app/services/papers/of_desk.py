"""Papers that are of no dossier, or of many: guidance, hand-over lists, the register, numbers.

Whoever prints one notes it (`print_jobs.keep_sheet`, `note_sheet`): personal data leaves the desk
on it. A list says how things stand, and a second one is no reprint; the paper of a guidance is.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.operation import Forwarded, GuidanceGiven, GuidanceOutcome
from counter_app.domain.paper import (
    GuidancePaper,
    HandOverPaper,
    HandOverRow,
    RegisterPaper,
    RegisterRow,
    TicketPaper,
)
from counter_app.domain.print_form import PaperSize
from counter_app.domain.sheet import Sheet
from counter_app.errors import NoSuchPaper, UnknownGuidance
from counter_app.services.papers.sheet import rendered
from counter_app.store.audit import next_copy
from counter_app.store.guidance import guidance_by_id
from counter_app.store.handed_over import handed_over
from counter_app.store.timeline import dossier as dossier_in

HAND_OVER_LIST: Final = "hand-over-list"

_OF_GUIDANCE: Final = {
    GuidanceOutcome.SUPPLEMENT: "supplement-request",
    GuidanceOutcome.REFUSAL: "refusal",
}


def guidance_sheet(
    desk: Desk, op_id: UUID, *, size: PaperSize, copy: int | None = None, bilingual: bool = False
) -> Sheet:
    """Return what somebody takes home who could not be received: form 02, or form 03 with reasons.

    `copy` above 0 marks it as a reprint; without one it is reckoned from what was noted. One
    that is known not to have come out is the same copy again.

    Raises:
        UnknownGuidance: no such guidance was given at this desk.
        NoSuchPaper: who was only helped to apply elsewhere takes no paper home.
    """
    with desk.store.read() as connection:
        entry = guidance_by_id(connection, op_id)
        reckoned = next_copy(connection, op_id, entry.position) if entry else 0
    given = entry.operation.body if entry else None
    if not isinstance(given, GuidanceGiven):
        raise UnknownGuidance(guidance=op_id)
    form = _OF_GUIDANCE.get(given.outcome)
    if form is None:
        raise NoSuchPaper(form=given.outcome, papers=", ".join(_OF_GUIDANCE.values()))
    copy = reckoned if copy is None else copy
    paper = GuidancePaper(given=given, practice=desk.profile.practice, copy=copy)
    day = given.given_at.date()
    sheet = rendered(desk, form, paper, day=day, size=size, bilingual=bilingual)
    return replace(sheet, about=op_id, copy=copy)


def hand_over_sheet(desk: Desk, number: str, *, size: PaperSize = "a4") -> Sheet:
    """Return the list with which dossiers went to the unit that examines them.

    Raises:
        NoSuchPaper: nothing went on a list of this number.
    """
    with desk.store.read() as connection:
        gone = [entry.operation for entry in handed_over(connection, number)]
        dossiers = {each.header.dossier_id: each for each in gone if each.header.dossier_id}
        rows = tuple(_row(dossier_in(connection, dossier_id), desk) for dossier_id in dossiers)
    if not gone:
        raise NoSuchPaper(form=f"{HAND_OVER_LIST} {number}", papers=HAND_OVER_LIST)
    last = gone[-1]
    assert isinstance(last.body, Forwarded)
    ours = last.header.actor == desk.officer.id
    paper = HandOverPaper(
        number=number,
        unit=last.body.unit,
        receiver=last.body.receiver,
        rows=rows,
        office=desk.profile.office,
        desk_name=desk.profile.name,
        officer_name=desk.officer.name if ours else "",
        at=_local(desk, last.header.wall_utc),
        practice=desk.profile.practice,
    )
    sheet = rendered(desk, HAND_OVER_LIST, paper, day=last.header.business_date, size=size)
    return replace(sheet, number=number, lines=len(rows))


def register_sheet(
    desk: Desk,
    rows: Sequence[RegisterRow],
    *,
    first: date,
    last: date,
    form: str = "register",
    size: PaperSize = "a4",
) -> Sheet:
    """Return the register of a period, or another list of the same lines by its `form`."""
    paper = RegisterPaper(
        rows=rows,
        first=first,
        last=last,
        office=desk.profile.office,
        desk_name=desk.profile.name,
        officer_name=desk.officer.name,
        printed_at=desk.now(),
    )
    sheet = rendered(desk, form, paper, day=desk.business_date, size=size)
    return replace(sheet, lines=len(rows), first=first, last=last)


def ticket_sheet(desk: Desk, ticket: TicketPaper, *, size: PaperSize = "roll80") -> Sheet:
    """Return a number in the queue."""
    sheet = rendered(desk, "ticket", ticket, day=desk.business_date, size=size)
    return replace(sheet, number=ticket.number)


def _row(dossier: Dossier, desk: Desk) -> HandOverRow:
    """Return a dossier's line; of one whose reception is not known here, what is known."""
    received = dossier.received
    return HandOverRow(
        code=dossier.code,
        procedure=received.procedure.name if received else "",
        applicant=received.applicant.full_name if received else "",
        papers=len([each for each in dossier.papers if not each.shown]),
        sets=received.sets if received else 1,
        received_at=received.received_at if received else None,
        due_at=_local(desk, dossier.due_at) if dossier.due_at else None,
    )


def _local(desk: Desk, instant: datetime) -> datetime:
    return instant.astimezone(desk.catalogue.calendar.zone)
