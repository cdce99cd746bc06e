"""What an entry on a dossier begins with: what is usual here, and what will follow from it."""

from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.agency import Agency
from counter_app.domain.deadline import Due
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import check_extension, check_voiding, due_again
from counter_app.domain.extension import proposed_extension
from counter_app.domain.workflow import TRANSITIONS, may_be_voided
from counter_app.errors import RuleViolation
from counter_app.store.handing import Unit, given_lately, last_units
from counter_app.store.known import known_agencies
from counter_app.store.timeline import STARTS_THE_CLOCK, clock_stopped_at
from counter_app.store.timeline import dossier as read_dossier


class Prepared(Struct, frozen=True, kw_only=True):
    """What is known beforehand of an entry of one kind.

    `new_due` is the hour that will hold once the clock goes on, or that an apology proposes,
    with the reasons; `until` the last day for a supplement, where there is one.
    """

    reasons: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    agencies: tuple[Agency, ...] = ()
    new_due: Due | None = None
    until: date | None = None


def prepare(desk: Desk, dossier_id: UUID, kind: str) -> Prepared:
    """Return what an entry of `kind` on a dossier begins with; nothing is changed by it."""
    with desk.store.read() as connection:
        dossier = read_dossier(connection, dossier_id)
        field = dossier.received.procedure.field if dossier.received else ""
        stopped_at = clock_stopped_at(connection, dossier_id, kind)
        units = last_units(given_lately(connection), field) if kind == "forwarded" else ()
        agencies = known_agencies(connection) if kind == "reassigned" else []
    steps, calendar, now = desk.catalogue.steps, desk.catalogue.calendar, desk.now()
    new_due = None
    if dossier.received is not None and dossier.due_at is not None:
        if kind in STARTS_THE_CLOCK:
            new_due = due_again(kind, dossier, stopped_at, now, calendar)
        elif kind == "extended":
            new_due = proposed_extension(dossier.received.deadline, dossier.due_at, calendar)
    limited = kind == "supplement_requested" and steps.supplement_days > 0
    return Prepared(
        reasons=desk.catalogue.reasons.of(kind),
        units=units,
        agencies=tuple(agencies),
        new_due=new_due,
        until=desk.business_date + timedelta(days=steps.supplement_days) if limited else None,
    )


def barred_now(desk: Desk, dossier: Dossier) -> dict[str, RuleViolation]:
    """Return what could be done from where a dossier stands but for a rule, and which."""
    barred: dict[str, RuleViolation] = {}
    if dossier.status in TRANSITIONS["extended"].before:
        try:
            check_extension(dossier, desk.now(), desk.catalogue.steps, desk.catalogue.calendar)
        except RuleViolation as rule:
            barred["extended"] = rule
    if may_be_voided(dossier.status, served=dossier.served):
        try:
            check_voiding(dossier)
        except RuleViolation as rule:
            barred["voided"] = rule
    return barred
