"""Opening a dossier: what it has become, what has happened to it, and a note that one looked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from counter_app.catalogue.procedures import decode_procedure
from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import parse_dossier_code
from counter_app.domain.form_file import FormRef
from counter_app.domain.operation import Received, RecordViewed
from counter_app.domain.procedure import Procedure
from counter_app.domain.workflow import check
from counter_app.errors import SharedCode, UnknownDossier
from counter_app.store.audit import was_viewed
from counter_app.store.forms import kept_form
from counter_app.store.guidance import guidance_on
from counter_app.store.journal import Entry
from counter_app.store.search import by_code
from counter_app.store.timeline import timeline


class OpenDossier(Struct, frozen=True, kw_only=True):
    """A dossier with its timeline, the newest first, as it stood at `now`.

    Before all that happened to it stands what was told to whoever came too early with it.

    `procedure` is the very version under which it was received, none as long as this desk has
    not seen that; `names` are the officers' that this desk knows, by their short names; `sends`
    says whether there is a centre that the entries go to.
    """

    now: datetime
    dossier: Dossier
    entries: Sequence[Entry]
    sends: bool
    procedure: Procedure | None = None
    names: dict[str, str] = {}


def open_dossier(desk: Desk, dossier_id: UUID) -> OpenDossier:
    """Return a dossier, and note once a day for each officer that it was read.

    Raises:
        UnknownDossier: this desk has nothing of it.
    """
    with desk.store.begin() as uow:
        entries = timeline(uow.connection, dossier_id)
        if not entries:
            raise UnknownDossier(code=str(dossier_id))
        dossier = uow.dossier(dossier_id)
        if not was_viewed(uow.connection, dossier_id, desk.officer.id, desk.business_date):
            role = check("record_viewed", dossier.status, desk.officer.roles)
            viewed = RecordViewed(code=dossier.code)
            uow.append(desk.operation(viewed, role=role, on=dossier))
        told = guidance_on(uow.connection, dossier_id)
        used = dossier.received and _form_of(dossier.received)
        raw = kept_form(uow.connection, used) if used else b""
    return OpenDossier(
        now=desk.now(),
        dossier=dossier,
        entries=[*told, *entries][::-1],
        procedure=decode_procedure(raw, used.id).form if used else None,
        names=_names(entries) | {desk.officer.id: desk.officer.name},
        sends=desk.sends,
    )


def find_dossiers(desk: Desk, code: str) -> Sequence[UUID]:
    """Return the identity of the dossier with a printed code; more than one only by a clash.

    What is no code may be the identity itself.

    Raises:
        UnknownDossier: this desk has none, or `code` is no code.
    """
    parsed = parse_dossier_code(code)
    dossier_id = None if parsed else _id_in(code)
    with desk.store.read() as connection:
        if parsed:
            known = by_code(connection, parsed)
        else:
            known = [dossier_id] if dossier_id and timeline(connection, dossier_id) else []
    if not known:
        raise UnknownDossier(code=code)
    return known


def find_dossier(desk: Desk, code: str) -> UUID:
    """Return the identity of the only dossier with a printed code.

    Raises:
        UnknownDossier: this desk has none, or `code` is no code.
        SharedCode: it has several.
    """
    known = find_dossiers(desk, code)
    if len(known) > 1:
        ids = ", ".join(str(dossier_id) for dossier_id in known)
        raise SharedCode(code=parse_dossier_code(code), count=len(known), ids=ids)
    return known[0]


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def _form_of(received: Received) -> FormRef:
    used = received.procedure
    return FormRef(id=used.code, version=used.version, sha256=used.sha256)


def _names(entries: Iterable[Entry]) -> dict[str, str]:
    done = [entry.operation for entry in entries]
    return {op.header.actor: op.body.officer_name for op in done if isinstance(op.body, Received)}
