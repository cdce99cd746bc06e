"""Receiving an application: from what was typed to a durable dossier with its code."""

from uuid import UUID

from msgspec.structs import replace

from counter_app.catalogue.procedures import ProcedureFile
from counter_app.desk import Desk
from counter_app.domain.business_date import check_business_date
from counter_app.domain.deadline import Due, due
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.fee import FeeLine
from counter_app.domain.form_file import FormRef
from counter_app.domain.intake import Intake, answers_of, papers_of, settled, tidied
from counter_app.domain.intake_check import Problem, check, problems
from counter_app.domain.operation import Received
from counter_app.domain.procedure import Procedure
from counter_app.domain.receipt_code import dossier_id_of, receipt_code_for, tracking_url
from counter_app.domain.workflow import check as check_transition
from counter_app.store.serials import Series
from counter_app.wire.signing import sign_receipt

RECEIPT_FORM = "receipt"


def register_dossier(
    desk: Desk, intake: Intake, *, token: bytes, batch: UUID | None = None
) -> Dossier:
    """Receive one application and give it its code.

    All of it happens in one transaction: either the code is used up, the wording of the law
    is kept and the operation that will go to the centre is in the journal, or nothing
    happened. `token` was drawn with the draft: with the same one a second time, what the
    first made is returned. Those of one group share `batch`.

    Raises:
        ImpossibleClock: no dossier could be numbered on the business date.
        UnknownProcedure: the catalogue has no such procedure.
        IncompleteIntake: something that the procedure requires is empty.
        InvalidField: a value cannot be true.
        NoCodesLeft: the numbers of this desk for the day are used up.
    """
    check_business_date(desk.business_date)
    file = desk.catalogue.procedure(intake.procedure, desk.business_date)
    intake = settled(tidied(intake), file.form)
    check(intake, file.form, desk.business_date)
    receipt_form = desk.catalogue.print_form(RECEIPT_FORM, desk.business_date)
    dossier_id = dossier_id_of(token)
    with desk.store.begin() as uow:
        blank = uow.dossier(dossier_id)
        if blank.received is not None:
            return blank
        role = check_transition("received", blank.status, desk.officer.roles)
        uow.keep_form(file.ref.code, file.ref.version, file.raw)
        form = uow.keep_form(RECEIPT_FORM, receipt_form.form.version, receipt_form.raw)
        code = uow.take_code(desk.agency, desk.business_date)
        received = _received(desk, intake=intake, file=file, code=code, token=token, form=form)
        entry = uow.take_serial(Series.REGISTER, desk.business_date.year)
        received = replace(received, register_entry=entry, batch=batch)
        uow.append(desk.operation(received, role=role, on=blank))
        uow.drop_draft(token)
        return uow.dossier(dossier_id)


def due_of(desk: Desk, intake: Intake, procedure: Procedure) -> Due:
    """Return when the result is promised if it is received now, and why."""
    case = settled(intake, procedure).case
    known = case in {each.id for each in procedure.case}
    return due(procedure.deadline_of(case if known else None), desk.now(), desk.catalogue.calendar)


def fees_of(intake: Intake, procedure: Procedure) -> tuple[FeeLine, ...]:
    """Return what the application costs as far as it has been answered."""
    intake = settled(intake, procedure)
    return procedure.fees_of(intake.case, intake.channel, intake.answers)


def problems_of(desk: Desk, intake: Intake, procedure: Procedure | None) -> tuple[Problem, ...]:
    """Return what still keeps the intake from being received."""
    tidy = tidied(intake)
    whole = settled(tidy, procedure) if procedure else tidy
    return problems(whole, procedure, desk.business_date)


def _received(
    desk: Desk,
    *,
    intake: Intake,
    file: ProcedureFile,
    code: DossierCode,
    token: bytes,
    form: FormRef,
) -> Received:
    procedure = file.form
    promised = due_of(desk, intake, procedure)
    case = procedure.case_of(intake.case)
    return Received(
        code=code,
        office=desk.profile.office,
        desk_name=desk.profile.name,
        officer_name=desk.officer.name,
        procedure=file.ref,
        case=intake.case,
        case_name=case.name if case else "",
        channel=intake.channel,
        applicant=intake.applicant,
        submitter=intake.submitter,
        authority=intake.authority,
        collector=intake.collector,
        competent_agency=intake.competent_agency,
        on_the_spot=procedure.on_the_spot,
        papers=papers_of(intake, procedure),
        answers=answers_of(intake),
        fees=fees_of(intake, procedure),
        return_channel=intake.return_channel,
        note=intake.note,
        received_at=desk.now(),
        deadline=procedure.deadline_of(intake.case),
        due_at=promised.at,
        due_steps=promised.steps,
        receipt=_receipt(desk, code, promised, token),
        receipt_form=form,
        practice=desk.profile.practice,
        numbering=desk.paper_style.numbering,
    )


def _receipt(desk: Desk, code: DossierCode, promised: Due, token: bytes) -> str:
    due_on = promised.at.date() if promised.at else None
    unsigned = receipt_code_for(code, key_id=desk.key.key_id, due_on=due_on, token=token)
    signed = sign_receipt(desk.key, unsigned)
    return tracking_url(desk.profile.tracking_url, signed.digits)
