"""What the panel of scans shows, and how it changes before the journal has answered."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.devices.watched import Dropped
from counter_app.domain.dossier import Scan
from counter_app.domain.operation import Digitised, ScanPlace
from counter_app.domain.scans import PaperScans
from counter_app.services.scans import EarlierScans

FULL_TURN = 360
QUARTER = 90


class Coming(Struct, frozen=True, kw_only=True):
    """A file on its way in: what the officer calls it, for which paper of which dossier."""

    name: str
    source: Path | bytes
    dossier_id: UUID
    component: str
    digitised: Digitised
    dropped: Dropped | None = None


class ScansState(Struct, frozen=True, kw_only=True):
    """All that the panel shows.

    `chosen` is the paper whose scans are in sight, `selected` one of them. `pictures` are small
    JPEGs by scan. `done` of `coming` files are in, what is the matter with the others says
    `problems`. `dropped` lie in the scanner's folder. `earlier` is there while the scans of
    earlier dossiers are shown, `asking` while it is asked why one is withdrawn.
    """

    dossier_id: UUID | None = None
    papers: tuple[PaperScans, ...] = ()
    count: int = 0
    size: int = 0
    may_add: bool = False
    may_withdraw: bool = False
    has_earlier: bool = False
    chosen: str = ""
    selected: UUID | None = None
    pictures: Mapping[UUID, bytes] = {}
    results: bool = False
    done: int = 0
    coming: int = 0
    problems: tuple[str, ...] = ()
    folder: str = ""
    deletes: bool = False
    dropped: tuple[Dropped, ...] = ()
    earlier: tuple[EarlierScans, ...] | None = None
    asking: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def paper(self) -> PaperScans | None:
        """The paper whose scans are in sight."""
        return next((paper for paper in self.papers if paper.component == self.chosen), None)

    @property
    def scan(self) -> Scan | None:
        """The scan that is selected, of the paper in sight."""
        scans = self.paper.scans if self.paper else ()
        return next((scan for scan in scans if scan.added.scan == self.selected), None)


def moved(state: ScansState, step: int) -> ScansState:
    """Return the state with the selected scan `step` places later in its paper."""
    paper, scan = state.paper, state.scan
    if paper is None or scan is None:
        return state
    scans = list(paper.scans)
    at = scans.index(scan)
    to = min(max(at + step, 0), len(scans) - 1)
    scans.insert(to, scans.pop(at))
    return _with(state, replace(paper, scans=tuple(scans)))


def turned(state: ScansState) -> ScansState:
    """Return the state with the selected scan a quarter further clockwise."""
    paper, scan = state.paper, state.scan
    if paper is None or scan is None:
        return state
    other = replace(scan, turn=(scan.turn + QUARTER) % FULL_TURN)
    scans = tuple(other if each is scan else each for each in paper.scans)
    return _with(state, replace(paper, scans=scans))


def order_of(paper: PaperScans) -> tuple[ScanPlace, ...]:
    """Return the scans of a paper as the journal notes their order."""
    return tuple(ScanPlace(scan=scan.added.scan, turn=scan.turn) for scan in paper.scans)


def _with(state: ScansState, paper: PaperScans) -> ScansState:
    papers = tuple(paper if p.component == paper.component else p for p in state.papers)
    return replace(state, papers=papers)
