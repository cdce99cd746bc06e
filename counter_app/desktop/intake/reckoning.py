"""What follows from an intake: problems, due date, fee, checklist and hints, at this hour."""

import secrets
from typing import Final

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.intake.state import IntakeState, hints_of, rows_of
from counter_app.domain.intake import Intake
from counter_app.services.registration import due_of, fees_of, problems_of

_TOKEN_BYTES: Final = 16


def blank() -> IntakeState:
    """Return an empty form, with the token that its dossier will be known by."""
    return IntakeState(intake=Intake(), token=secrets.token_bytes(_TOKEN_BYTES))


def reckoned(desk: Desk, state: IntakeState) -> IntakeState:
    """Return `state` with all that follows from its intake if it were received now.

    Before the officer has tried to register, only what is wrong is told, of fields that they
    have left; afterwards what is missing as well.
    """
    intake, procedure = state.intake, state.procedure
    found = problems_of(desk, intake, procedure)
    said = (p for p in found if not p.is_missing and p.field in state.visited)
    return replace(
        state,
        here=desk.profile.office,
        problems=found if state.complained else tuple(said),
        due=due_of(desk, intake, procedure) if procedure else None,
        fees=fees_of(intake, procedure) if procedure else (),
        papers=rows_of(intake, procedure),
        hints=hints_of(intake, state.doubts),
    )
