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
from counter_app.store.audit import was_viewed
from counter_app.store.journal import Entry
from counter_app.store.search import by_code
from counter_app.store.timeline import timeline


class OpenDossier(Struct, frozen=True, kw_only=True):
    """A dossier with its timeline, the newest first."""

    dossier: Dossier
    entries: Sequence[Entry]


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
        entries = timeline(connection, dossier_id)
    return OpenDossier(dossier=dossier, entries=entries[::-1])


def find_dossiers(desk: Desk, code: str) -> Sequence[UUID]:
    """Return the identity of the dossier with a printed code; more than one only by a clash.

    Raises:
        UnknownDossier: this desk has none, or `code` is no code.
    """
    parsed = parse_dossier_code(code)
    with desk.store.read() as connection:
        known = by_code(connection, parsed) if parsed else ()
    if not known:
        raise UnknownDossier(code=code)
    return known
