"""Intakes that were begun: kept while typing, offered again after a crash."""

from collections.abc import Sequence

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.draft import Draft
from counter_app.domain.fitting import LeftOut, fit
from counter_app.domain.intake import Intake
from counter_app.domain.procedure import Procedure
from counter_app.store.drafts import drafts


class Reopened(Struct, frozen=True, kw_only=True):
    """A draft as the procedure in force today can take it, and what found no place there."""

    procedure: Procedure
    intake: Intake
    left_out: tuple[LeftOut, ...]


def keep_draft(
    desk: Desk,
    intake: Intake,
    *,
    token: bytes,
    version: int = 0,
    left_out: Sequence[LeftOut] = (),
) -> None:
    """Keep what has been typed so far; nothing typed drops the draft.

    `version` is that of the procedure, which may be another one when the draft is opened again.
    """
    with desk.store.begin() as uow:
        if intake.is_blank and not left_out:
            uow.drop_draft(token)
        else:
            draft = Draft(
                token=token,
                officer=desk.officer.id,
                intake=intake,
                saved_at=desk.now(),
                version=version,
                left_out=tuple(left_out),
            )
            uow.save_draft(draft)


def reopen(desk: Desk, draft: Draft) -> Reopened:
    """Return a draft fitted to its procedure as it is today, whenever it was begun.

    Raises:
        UnknownProcedure: there is none with this code any more, or none in force.
    """
    form = desk.catalogue.procedure(draft.intake.procedure, desk.business_date).form
    fitted = fit(draft.intake, form, _others(desk, form, draft.version))
    left_out = tuple(dict.fromkeys((*draft.left_out, *fitted.left_out)))
    return Reopened(procedure=form, intake=fitted.intake, left_out=left_out)


def drop_draft(desk: Desk, token: bytes) -> None:
    """Forget an intake that will not become a dossier."""
    with desk.store.begin() as uow:
        uow.drop_draft(token)


def unfinished(desk: Desk) -> Sequence[Draft]:
    """Return the drafts of this officer, the latest first."""
    with desk.store.read() as connection:
        return drafts(connection, desk.officer.id)


def _others(desk: Desk, form: Procedure, begun_under: int) -> Sequence[Procedure]:
    """Return the versions that tell what was typed, first the one under which it was."""
    if begun_under == form.version:
        return ()
    versions = [file.form for file in desk.catalogue.versions[form.code] if file.form is not form]
    return sorted(
        versions,
        key=lambda other: (other.version == begun_under, other.effective_from, other.version),
        reverse=True,
    )
