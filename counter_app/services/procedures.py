"""Finding the procedure that somebody has come for, with what it takes and costs."""

from datetime import datetime

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.deadline import due
from counter_app.domain.procedure import Procedure
from counter_app.store.usage import usage_lately


class Match(Struct, frozen=True, kw_only=True):
    """A procedure that may be meant, and the hour promised if it were received now."""

    procedure: Procedure
    due_at: datetime | None


def find_procedures(desk: Desk, typed: str, *, limit: int) -> tuple[Match, ...]:
    """Return the procedures that answer what was typed, the likeliest first.

    With nothing typed, those that are asked for most at this desk.
    """
    with desk.store.read() as connection:
        usage = usage_lately(connection)
    found = desk.catalogue.find(typed, desk.business_date, usage)
    return tuple(_match(desk, file.form) for file in found[:limit])


def procedure_on_file(desk: Desk, code: str) -> Procedure:
    """Return a procedure as it is today.

    Raises:
        UnknownProcedure: there is none with this code, or none in force.
    """
    return desk.catalogue.procedure(code, desk.business_date).form


def _match(desk: Desk, procedure: Procedure) -> Match:
    promised = due(procedure.deadline, desk.now(), desk.catalogue.calendar)
    return Match(procedure=procedure, due_at=promised.at)
