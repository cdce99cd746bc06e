"""Guidance before acceptance: noted and printed for whoever cannot be received yet.

It makes no dossier, takes no number and is never counted as received. It stands under the
identity that the dossier will have, so that the same intake is taken up again at any time.
"""

from collections.abc import Sequence
from contextvars import copy_context
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.catalogue.procedures import ProcedureFile
from counter_app.desk import Desk
from counter_app.domain.business_date import check_business_date
from counter_app.domain.draft import Draft
from counter_app.domain.guidance import check_guidance, missing_of, tidied
from counter_app.domain.guidance_code import guidance_digits, parse_guidance
from counter_app.domain.intake import Intake
from counter_app.domain.operation import GuidanceGiven, GuidanceOutcome
from counter_app.domain.papers import MissingPaper
from counter_app.domain.procedure import ProcedureRef
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.domain.workflow import check
from counter_app.errors import DossierExists, GuidanceMistyped, UnknownGuidance, UnknownProcedure
from counter_app.i18n import DEFAULT, speak
from counter_app.store.drafts import draft_of
from counter_app.store.guidance import guidance_by_id, guidance_on, newest_guidance
from counter_app.store.journal import Entry
from counter_app.store.timeline import dossier

MOST_LISTED = 200


class Guidance(Struct, frozen=True, kw_only=True):
    """One guidance as it was noted; `received` says whether its dossier was since, here."""

    op_id: UUID
    given: GuidanceGiven
    received: bool = False

    @property
    def digits(self) -> str:
        """What the QR of its paper says."""
        return guidance_digits(self.given.token)


class Reopened(Struct, frozen=True, kw_only=True):
    """What there is to go on with: the dossier if it was received meanwhile, or else the intake.

    Of guidance that was given elsewhere, nothing is `known` here: the intake is empty, and its
    dossier will have the identity that stands on the paper all the same.
    """

    draft: Draft
    dossier_id: UUID | None = None
    known: bool = True
    given_at: datetime | None = None


def give_guidance(
    desk: Desk,
    intake: Intake,
    *,
    token: bytes,
    outcome: GuidanceOutcome,
    reason: str = "",
    missing: Sequence[MissingPaper] | None = None,
    agency: str = "",
) -> Guidance:
    """Note what somebody was told who came with `intake`, and keep it to be gone on with.

    `missing` are all things that it still lacks, unless others are named; `token` was drawn
    with the draft. Once more with the same one is another guidance beside the first.

    Raises:
        UnknownProcedure: the catalogue has no such procedure.
        IncompleteEntry: what it is there to say was left out.
        InvalidField: a text cannot be stored.
        DossierExists: it was received already, and what it lacks is a matter of that dossier.
    """
    check_business_date(desk.business_date)
    file = _file(desk, intake, outcome)
    if missing is None:
        missing = lacking(desk, intake) if outcome is GuidanceOutcome.SUPPLEMENT else ()
    said = _given(desk, intake, file, token=token, outcome=outcome)
    given = tidied(replace(said, missing=tuple(missing), reason=reason, agency=agency))
    check_guidance(given)
    with desk.store.begin() as uow:
        blank = uow.dossier(dossier_id_of(token))
        if blank.received is not None:
            raise DossierExists(code=blank.code)
        role = check(given.kind, blank.status, desk.officer.roles)
        if file is not None:
            uow.keep_form(file.ref.code, file.ref.version, file.raw)
        operation = desk.operation(given, role=role, on=blank)
        uow.append(operation)
        if not given.intake.is_blank:
            uow.save_draft(_draft(desk, given.intake, token, given.procedure))
    return Guidance(op_id=operation.header.op_id, given=given)


def lacking(desk: Desk, intake: Intake) -> tuple[MissingPaper, ...]:
    """Return all that keeps `intake` from being received now, in the language of the paper.

    Raises:
        UnknownProcedure: which procedure it is for has not been said, or there is none such.
    """
    form = desk.catalogue.procedure(intake.procedure, desk.business_date).form

    def in_the_paper_s_words() -> tuple[MissingPaper, ...]:
        speak(DEFAULT)
        return missing_of(intake, form, desk.business_date)

    # In a context of its own: the officer goes on in the language of the window.
    return copy_context().run(in_the_paper_s_words)


def guidances(desk: Desk, *, limit: int = MOST_LISTED) -> Sequence[Guidance]:
    """Return the guidance given at this desk, the newest first."""
    with desk.store.read() as connection:
        found = newest_guidance(connection, limit)
        ids = {each.operation.header.dossier_id for each in found} - {None}
        received = {i for i in ids if i is not None and dossier(connection, i).received}
    return [_guidance(entry, received) for entry in found]


def find_guidance(desk: Desk, token: bytes) -> Sequence[Guidance]:
    """Return what was told to those who came with one intake, the newest first; may be nothing."""
    dossier_id = dossier_id_of(token)
    with desk.store.read() as connection:
        found = guidance_on(connection, dossier_id)
        received = {dossier_id} if dossier(connection, dossier_id).received else set()
    return [_guidance(entry, received) for entry in reversed(found)]


def guidance_noted(desk: Desk, op_id: UUID) -> Guidance:
    """Return one guidance by the identity of its operation, as its paper is made of it.

    Raises:
        UnknownGuidance: this desk has none such.
    """
    with desk.store.read() as connection:
        entry = guidance_by_id(connection, op_id)
    if entry is None:
        raise UnknownGuidance(guidance=op_id)
    return _guidance(entry, set())


def reopen(desk: Desk, token: bytes) -> Reopened:
    """Return what there is to go on with for whoever brings the paper back."""
    dossier_id = dossier_id_of(token)
    with desk.store.read() as connection:
        found = dossier(connection, dossier_id)
        kept = draft_of(connection, token)
        given = guidance_on(connection, dossier_id)
    last = given[-1].operation.body if given else None
    told = last if isinstance(last, GuidanceGiven) else None
    intake, procedure = (told.intake, told.procedure) if told else (Intake(), None)
    return Reopened(
        draft=replace(kept, officer=desk.officer.id)
        if kept
        else _draft(desk, intake, token, procedure),
        dossier_id=dossier_id if found.received else None,
        known=bool(found.received or kept or told),
        given_at=told.given_at if told else None,
    )


def token_in(digits: str) -> bytes:
    """Return the token in the digits of a guidance paper.

    Raises:
        GuidanceMistyped: they are none, or not all of them.
    """
    token = parse_guidance(digits)
    if token is None:
        raise GuidanceMistyped
    return token


def _file(desk: Desk, intake: Intake, outcome: GuidanceOutcome) -> ProcedureFile | None:
    """Return the procedure; what is helped or turned down elsewhere may be in no catalogue."""
    try:
        return desk.catalogue.procedure(intake.procedure, desk.business_date)
    except UnknownProcedure:
        if outcome is GuidanceOutcome.SUPPLEMENT or intake.procedure:
            raise
        return None


def _given(
    desk: Desk,
    intake: Intake,
    file: ProcedureFile | None,
    *,
    token: bytes,
    outcome: GuidanceOutcome,
) -> GuidanceGiven:
    cases = {case.id: case.name for case in file.form.case} if file else {}
    return GuidanceGiven(
        token=token,
        outcome=outcome,
        intake=intake,
        procedure=file.ref if file else None,
        case_name=cases.get(intake.case or "", ""),
        office=desk.profile.office,
        desk_name=desk.profile.name,
        officer_name=desk.officer.name,
        given_at=desk.now(),
    )


def _draft(desk: Desk, intake: Intake, token: bytes, procedure: ProcedureRef | None) -> Draft:
    return Draft(
        token=token,
        officer=desk.officer.id,
        intake=intake,
        saved_at=desk.now(),
        version=procedure.version if procedure else 0,
    )


def _guidance(entry: Entry, received: set[UUID]) -> Guidance:
    header, body = entry.operation.header, entry.operation.body
    assert isinstance(body, GuidanceGiven)
    return Guidance(op_id=header.op_id, given=body, received=header.dossier_id in received)
