"""From what was done to a dossier to what a paper says of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import accumulate
from uuid import UUID

from counter_app.domain import operation as op
from counter_app.domain.corrected import corrected
from counter_app.domain.dossier import Dossier, step
from counter_app.domain.operation import Operation, Received
from counter_app.domain.paper import DossierPaper, HandOver, Punctuality


def dossier_paper(
    dossier_id: UUID,
    operations: Sequence[Operation],
    about: UUID | None,
    *,
    officer_name: str = "",
    copy: int = 0,
) -> DossierPaper | None:
    """Return what a paper says that tells of the operation `about`, or of the whole dossier.

    The dossier is as it stood right after that operation, whatever has been done to it since.
    None if its reception is not among the operations that count, or `about` is not.
    """
    until = _up_to(about, operations)
    told = until[-1] if about is not None and until else None
    states = list(accumulate(until, step, initial=Dossier(id=dossier_id)))
    dossier, received = states[-1], corrected(states[-1])
    if received is None or (about is not None and told is None):
        return None
    zone, asked = received.received_at.tzinfo, _request(until)
    request = until[asked].body if asked is not None else None
    return DossierPaper(
        dossier=dossier,
        received=received,
        about=told.body if told else None,
        at=_at(told, zone) if told else received.received_at,
        stage=states[len(until) - 1 if asked is None else asked].status if told else None,
        request=request if isinstance(request, op.WithdrawalRequested) else None,
        requested_at=None if asked is None else _at(until[asked], zone),
        hand_overs=tuple(_hand_overs(until, received)),
        forwarded_to=_unit(until),
        officer_name=officer_name,
        copy=copy,
    )


def officer_names(operations: Iterable[Operation]) -> dict[str, str]:
    """Return the officers' names by their short names, as far as a dossier tells them."""
    bodies = ((each.header.actor, each.body) for each in operations)
    return {actor: body.officer_name for actor, body in bodies if isinstance(body, Received)}


def _at(operation: Operation, zone: tzinfo | None) -> datetime:
    return operation.header.wall_utc.astimezone(zone)


def _up_to(about: UUID | None, operations: Sequence[Operation]) -> Sequence[Operation]:
    """Return what was done up to `about`, or all of it; nothing if that is not among it."""
    if about is None:
        return operations
    ids = [each.header.op_id for each in operations]
    return operations[: ids.index(about) + 1] if about in ids else ()


def _request(operations: Sequence[Operation]) -> int | None:
    """Return where the applicant's request to have it back stands, if it was not taken back."""
    asked = None
    for number, each in enumerate(operations):
        if isinstance(each.body, op.WithdrawalRequested):
            asked = number
        elif isinstance(each.body, op.WithdrawalTakenBack):
            asked = None
    return asked


def _unit(operations: Iterable[Operation]) -> str:
    units = [each.body.unit for each in operations if isinstance(each.body, op.Forwarded)]
    return units[-1] if units else ""


def _hand_overs(operations: Sequence[Operation], received: Received) -> Iterator[HandOver]:
    """Return each time the papers went from one to another, as far as the desk knows of it."""
    names = officer_names(operations)
    desk = received.office.unit or received.office.name
    zone, holder = received.received_at.tzinfo, desk
    dossier = Dossier(id=UUID(int=0))
    for operation in operations:
        dossier = step(dossier, operation)
        actor, at = names.get(operation.header.actor, ""), _at(operation, zone)
        match operation.body:
            case op.Forwarded(unit=unit, receiver=receiver, hand_over=number):
                yield HandOver(
                    giver=holder, receiver=unit, at=at, given_by=actor, taken_by=receiver,
                    note=number,
                )  # fmt: skip
                holder = unit
            case op.Finished() as body if holder != desk:
                ended = body.issued_at.astimezone(zone) if body.issued_at else at
                yield HandOver(
                    giver=holder, receiver=desk, at=ended, taken_by=actor,
                    result=_punctuality(ended, dossier.due_at, zone), note=body.result,
                )  # fmt: skip
                holder = desk
            case op.ResultReturned() as body:
                yield HandOver(
                    giver=holder, receiver=body.collector.full_name, at=at, given_by=actor,
                    taken_by=body.collector.full_name,
                )  # fmt: skip


def _punctuality(ended: datetime, due: datetime | None, zone: tzinfo | None) -> Punctuality:
    """Return how an end stands to what was promised; days are compared, as the nation does."""
    if due is None:
        return "in_time"
    promised = due.astimezone(zone).date()
    if ended.date() == promised:
        return "in_time"
    return "early" if ended.date() < promised else "late"
