"""What the guidance screen shows: the one being given, and those that were."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.intake import Intake
from counter_app.domain.operation import GuidanceOutcome
from counter_app.domain.papers import MissingPaper
from counter_app.services.guidance import Guidance


class MissingLine(Struct, frozen=True, kw_only=True):
    """One thing to bring; `told` as long as the officer leaves it on the paper.

    What was `added` by hand has a name that can be typed.
    """

    paper: MissingPaper
    told: bool = True
    added: bool = False


class Subject(Struct, frozen=True, kw_only=True):
    """Whose application it is, with the token that its dossier will be known by."""

    intake: Intake
    token: bytes
    procedure_name: str = ""


class GuidanceState(Struct, frozen=True, kw_only=True):
    """All that the screen shows. Without a `subject` it is the list of what was `given`.

    `reasons` can be chosen for a refusal; `looked` is false before the store has answered.
    """

    now: datetime
    subject: Subject | None = None
    outcome: GuidanceOutcome = GuidanceOutcome.SUPPLEMENT
    lines: tuple[MissingLine, ...] = ()
    reasons: Sequence[str] = ()
    reason: str = ""
    agency: str = ""
    problem: str = ""
    busy: bool = False
    given: Sequence[Guidance] = ()
    looked: bool = False

    @property
    def missing(self) -> tuple[MissingPaper, ...]:
        """Return what will stand on the paper."""
        return tuple(line.paper for line in self.lines if line.told)


def with_line(state: GuidanceState, place: int, line: MissingLine) -> GuidanceState:
    """Return `state` with another line in this place."""
    lines = (*state.lines[:place], line, *state.lines[place + 1 :])
    return replace(state, lines=lines, problem="")
