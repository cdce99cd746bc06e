"""The one road for all that follows reception: check, build an operation, append it."""

from uuid import UUID

from counter_app.desk import Desk
from counter_app.domain.body import Body
from counter_app.domain.dossier import Dossier
from counter_app.domain.workflow import check
from counter_app.errors import NeedsNewerProgram


def act(desk: Desk, dossier_id: UUID, body: Body) -> Dossier:
    """Do `body` to a dossier and return what has become of it.

    Raises:
        NeedsNewerProgram: a newer program has changed the dossier.
        IllegalTransition: not possible from where it stands.
        NotPermitted: the officer has no role that may do it.
    """
    with desk.store.begin() as uow:
        dossier = uow.dossier(dossier_id)
        if dossier.needs_newer_program:
            raise NeedsNewerProgram(code=dossier.code)
        role = check(body.kind, dossier.status, desk.officer.roles)
        uow.append(desk.operation(body, role=role, on=dossier))
        return uow.dossier(dossier_id)
