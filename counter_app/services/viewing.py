"""Opening a dossier: what it has become, what has happened to it, and a note that one looked."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import parse_dossier_code
from counter_app.domain.operation import RecordViewed
from counter_app.domain.workflow import check
from counter_app.errors import UnknownDossier
from counter_app.store.timeline import TimelineEntry, timeline, was_viewed


class OpenDossier(Struct, frozen=True, kw_only=True):
    """A dossier with its timeline, the newest first."""

    dossier: Dossier
    entries: Sequence[TimelineEntry]


def open_dossier(desk: Desk, dossier_id: UUID) -> OpenDossier:
    """Return a dossier, and note once a day for each officer that it was read.

    Raises:
        UnknownDossier: this desk has nothing of it.
    """
    with desk.store.begin() as uow:
        dossier = uow.dossier(dossier_id)
        if dossier == Dossier(id=dossier_id):
            raise UnknownDossier(code=str(dossier_id))
        seen = was_viewed(uow.connection, dossier_id, desk.officer.id, desk.business_date)
        if not seen:
            role = check("record_viewed", dossier.status, desk.officer.roles)
            viewed = RecordViewed(code=dossier.code)
            uow.append(desk.operation(viewed, role=role, on=dossier))
    with desk.store.read() as connection:
        return OpenDossier(dossier=dossier, entries=timeline(connection, dossier_id))


def find_dossier(desk: Desk, code: str) -> UUID:
    """Return the identity of the dossier with a printed code.

    Raises:
        UnknownDossier: this desk has none, or `code` is no code.
    """
    parsed = parse_dossier_code(code)
    with desk.store.begin() as uow:
        known = uow.find_by_code(parsed) if parsed else None
    if known is None:
        raise UnknownDossier(code=code)
    return known
