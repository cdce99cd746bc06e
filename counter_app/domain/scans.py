"""The scans of a dossier as an officer looks for them: paper by paper, in the order asked for."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from counter_app.domain.dossier import Dossier, Scan
from counter_app.domain.procedure import Procedure

MOST_SCANS: Final = 200
"""Of one dossier: what is more, nobody looks through."""

MOST_BYTES: Final = 200 * 1024 * 1024
"""Of one dossier: what is more, no slow line brings to the centre."""

TURNS: Final = (0, 90, 180, 270)
"""Degrees by which a scan may be turned clockwise."""


class PaperScans(Struct, frozen=True, kw_only=True):
    """One paper of a dossier with its scans in order; `component` "" stands for all others.

    `handed_in`: it came with the application, and ought to be scanned.
    """

    component: str
    name: str
    scans: tuple[Scan, ...] = ()
    handed_in: bool = False

    @property
    def size(self) -> int:
        """How many bytes its scans have."""
        return size_of(self.scans)


def by_paper(dossier: Dossier, procedure: Procedure | None) -> tuple[PaperScans, ...]:
    """Return every paper that may be scanned: those asked for, those handed in, and any other."""
    asked = _asked(dossier, procedure)
    handed_in = {paper.id: paper.name for paper in dossier.papers}
    scanned = {scan.added.component: scan.added.name for scan in dossier.scans}
    names = scanned | handed_in | asked
    order = [*asked, *handed_in, *scanned, ""]
    return tuple(
        PaperScans(
            component=component,
            name=names.get(component, "") if component else "",
            scans=tuple(s for s in dossier.scans if s.added.component == component),
            handed_in=component in handed_in,
        )
        for component in _last(order)
    )


def size_of(scans: Iterable[Scan]) -> int:
    """Return how many bytes so many scans have."""
    return sum(scan.added.size for scan in scans)


def _asked(dossier: Dossier, procedure: Procedure | None) -> dict[str, str]:
    if procedure is None or dossier.received is None:
        return {}
    return {each.id: each.name for each in procedure.components_of(dossier.received.case)}


def _last(order: Sequence[str]) -> list[str]:
    """Return each once, where it comes first; what belongs to no paper stands at the end."""
    return [*(component for component in dict.fromkeys(order) if component), ""]
