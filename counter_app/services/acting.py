"""The one road for all that follows reception: check, build an operation, append it."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.catalogue.procedures import decode_procedure
from counter_app.desk import Desk
from counter_app.domain.body import Body
from counter_app.domain.collecting import check_collector
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import check_entry, check_extension, check_voiding, completed, tidied
from counter_app.domain.form_file import FormRef
from counter_app.domain.money_entry import MONEY, money_entered
from counter_app.domain.officer import Role
from counter_app.domain.operation import Amended, FeePaid, FeeReversed, Operation, ResultReturned
from counter_app.domain.payment import desk_mark, in_force, payment_number
from counter_app.domain.question import Question
from counter_app.domain.status import Status
from counter_app.domain.workflow import TRANSITIONS, check
from counter_app.errors import (
    NeedsNewerProgram,
    NotByHand,
    RuleViolation,
    UnknownDossier,
    UnknownKind,
)
from counter_app.i18n import N_, _
from counter_app.store.forms import kept_bytes
from counter_app.store.serials import Series
from counter_app.store.timeline import clock_stopped_at, timeline
from counter_app.store.unit_of_work import UnitOfWork

BY_ITSELF: Final[Mapping[str, str]] = {
    "received": N_("`counter-app register` receives an application."),
    "receipt_printed": N_("`counter-app register --receipt` and the window note it."),
    "guidance_given": N_("`counter-app guide` and the window note it."),
    "paper_printed": N_("`counter-app paper` and the window note it."),
    "sheet_printed": N_("Every command that writes such a paper, and the window, note it."),
    "transfer_requested": N_("`counter-app transfer` and the window note it."),
    "scan_added": N_("`counter-app scans CODE --add FILE` and the window note it."),
    "scan_opened": N_("`counter-app scans CODE --open` and the window note it."),
    "ticket_issued": N_("`counter-app queue issue` and the window note it."),
    "ticket_called": N_("`counter-app queue call` and the window note it."),
    "ticket_moved": N_("`counter-app queue move` and the window note it."),
    "ticket_ended": N_("`counter-app queue end` and the window note it."),
    "record_viewed": N_("`counter-app dossier` and the window note it."),
    "officer_signed_in": N_("Every command that asks for the password notes it."),
    "clock_confirmed": N_("The window asks for the day: `counter-app` without a command opens it."),
    "reserve_opened": N_("A supervisor does it in the window: `counter-app` without a command."),
    "store_restored": N_("`counter-app restore` notes it."),
}
"""What is noted when something else is done, and by which command."""

BY_HAND: Final = tuple(kind for kind in TRANSITIONS if kind not in BY_ITSELF)


class Done(Struct, frozen=True, kw_only=True):
    """What has become of a dossier, and under which id it was noted."""

    op_id: UUID
    dossier: Dossier


class Possible(Struct, frozen=True, kw_only=True):
    """One thing that can be done to a dossier now: by whom, and where that leaves it.

    `allowed` says whether the officer at this desk may.
    """

    kind: str
    roles: Sequence[Role]
    allowed: bool
    after: Status | None


def act(desk: Desk, dossier_id: UUID, body: Body) -> Dossier:
    """Do `body` to a dossier and return what has become of it.

    Raises:
        NeedsNewerProgram: a newer program has changed the dossier.
        IllegalTransition: not possible from where it stands.
        NotPermitted: the officer has no role that may do it.
        InvalidField: a value cannot be true, or goes by something that is not so.
        IncompleteEntry: something that it cannot do without is empty.
        RuleViolation: the law does not let it be done now, as a due date put off a second time.
    """
    return carry_out(desk, dossier_id, body).dossier


def carry_out(desk: Desk, dossier_id: UUID, body: Body) -> Done:
    """Do what `act` does, and say also under which id it was noted."""
    return carry_out_all(desk, dossier_id, (body,))


def carry_out_all(desk: Desk, dossier_id: UUID, bodies: Sequence[Body]) -> Done:
    """Do several things to a dossier, one at least; say under which id the last was noted.

    All of them are done, or none.
    """
    with desk.store.begin() as uow:
        for body in bodies:
            operation = _entered(uow, desk, dossier_id, tidied(body))
            uow.append(operation)
        return Done(op_id=operation.header.op_id, dossier=uow.dossier(dossier_id))


def _entered(uow: UnitOfWork, desk: Desk, dossier_id: UUID, body: Body) -> Operation:
    """Return what is appended for a tidied `body`, if the rules allow it."""
    dossier = uow.dossier(dossier_id)
    if dossier.needs_newer_program:
        raise NeedsNewerProgram(code=dossier.code)
    role = check(body.kind, dossier.status, desk.officer.roles)
    check_entry(body, desk.business_date)
    if isinstance(body, MONEY):  # nothing else waits for the rules of payment
        body = money_entered(body, dossier, desk.catalogue.payment)
    if isinstance(body, ResultReturned):
        check_collector(body, dossier)
    whole = completed(
        body,
        dossier,
        stopped_at=clock_stopped_at(uow.connection, dossier_id, body.kind),
        now=desk.now(),
        calendar=desk.catalogue.calendar,
        steps=desk.catalogue.steps,
        questions=_questions(uow, body, dossier),
    )
    return desk.operation(_numbered(uow, desk, whole), role=role, on=dossier)


def _questions(uow: UnitOfWork, body: Body, dossier: Dossier) -> tuple[Question, ...]:
    """Return what the procedure asks that a correction is held to, if it was kept here."""
    answered = isinstance(body, Amended) and body.field.startswith("answers.")
    if not answered or dossier.received is None:
        return ()
    used = dossier.received.procedure
    raw = kept_bytes(
        uow.connection, FormRef(id=used.code, version=used.version, sha256=used.sha256)
    )
    return decode_procedure(raw, used.code).form.question if raw else ()


def _numbered(uow: UnitOfWork, desk: Desk, body: Body) -> Body:
    """Return a payment, or what is given back, with the desk's own number of the year."""
    if not isinstance(body, FeePaid | FeeReversed):
        return body
    year, mark = desk.business_date.year, desk_mark(uow.profile.id, uow.profile.epoch)
    serial = uow.take_serial(Series.PAYMENT, year)
    back = isinstance(body, FeeReversed)
    return replace(body, number=payment_number(mark, year, serial, back=back))


def check_by_hand(kind: str) -> None:
    """Let a kind pass that an officer enters.

    Raises:
        NotByHand: it is noted when something else is done.
        UnknownKind: there is none of this name.
    """
    if kind in BY_ITSELF:
        raise NotByHand(kind=kind, instead=_(BY_ITSELF[kind]))
    if kind not in TRANSITIONS:
        raise UnknownKind(kind=kind, kinds=", ".join(BY_HAND))


def possible_now(desk: Desk, dossier: Dossier) -> tuple[Possible, ...]:
    """Return what can be done to a dossier by hand from where it stands.

    Raises:
        NeedsNewerProgram: a newer program has changed the dossier.
    """
    if dossier.needs_newer_program:
        raise NeedsNewerProgram(code=dossier.code)
    return tuple(
        Possible(
            kind=kind,
            roles=[role for role in Role if role in TRANSITIONS[kind].by],
            allowed=bool(TRANSITIONS[kind].by & desk.officer.roles),
            after=TRANSITIONS[kind].after or dossier.status,
        )
        for kind in BY_HAND
        if dossier.status in TRANSITIONS[kind].before and _is_left(desk, dossier, kind)
    )


def _is_left(desk: Desk, dossier: Dossier, kind: str) -> bool:
    """Say whether the law still leaves it open to do this to a dossier."""
    if kind == "served":
        return dossier.received is not None and dossier.received.on_the_spot
    if kind == "exemption_reversed":
        return bool(in_force(dossier))
    try:
        if kind == "extended":
            check_extension(dossier, desk.now(), desk.catalogue.steps, desk.catalogue.calendar)
        elif kind == "voided":
            check_voiding(dossier)
    except RuleViolation:
        return False
    return True


def look_up(desk: Desk, dossier_id: UUID) -> Dossier:
    """Return a dossier as it stands, for what is to be done to it.

    Raises:
        UnknownDossier: this desk has nothing of it.
    """
    with desk.store.begin() as uow:
        if not timeline(uow.connection, dossier_id):
            raise UnknownDossier(code=str(dossier_id))
        return uow.dossier(dossier_id)
