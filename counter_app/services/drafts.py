"""Intakes that were begun: kept while typing, offered again after a crash."""

from collections.abc import Sequence

from counter_app.desk import Desk
from counter_app.domain.draft import Draft
from counter_app.domain.intake import Intake
from counter_app.store.drafts import drafts


def keep_draft(desk: Desk, intake: Intake, *, token: bytes) -> None:
    """Keep what has been typed so far; nothing typed drops the draft."""
    with desk.store.begin() as uow:
        if intake.is_blank:
            uow.drop_draft(token)
        else:
            draft = Draft(token=token, officer=desk.officer.id, intake=intake, saved_at=desk.now())
            uow.save_draft(draft)


def drop_draft(desk: Desk, token: bytes) -> None:
    """Forget an intake that will not become a dossier."""
    with desk.store.begin() as uow:
        uow.drop_draft(token)


def unfinished(desk: Desk) -> Sequence[Draft]:
    """Return the drafts of this officer, the latest first."""
    with desk.store.read() as connection:
        return drafts(connection, desk.officer.id)
