"""From what an entry on a dossier is begun, and the fields that many entries have; without Qt."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from msgspec import Struct

from counter_app.desktop.dossier.asking import Ask, Asked, PaperLine, Values, ticked
from counter_app.domain.body import Body
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import Dossier
from counter_app.domain.papers import PaperTaken
from counter_app.domain.party import Party
from counter_app.domain.procedure import Procedure
from counter_app.errors import IncompleteEntry
from counter_app.i18n import _
from counter_app.services.preparing import Prepared

V = TypeVar("V")


class Situation(Struct, frozen=True, kw_only=True):
    """How a dossier stands when something is to be entered on it."""

    dossier: Dossier
    procedure: Procedure | None
    calendar: WorkCalendar
    now: datetime
    prepared: Prepared = Prepared()

    @property
    def person(self) -> Party:
        """Who stands at the desk, as far as the dossier tells."""
        received = self.dossier.received
        return (received.submitter or received.applicant) if received else Party()

    @property
    def asked_for(self) -> list[PaperLine]:
        """The papers that the procedure asks for in this case."""
        received = self.dossier.received
        if self.procedure is None or received is None:
            return []
        return [
            PaperLine(id=c.id, name=c.name, originals=c.originals, copies=c.copies)
            for c in self.procedure.components_of(received.case)
        ]


class EntryKind(NamedTuple):
    """How one kind of entry is made.

    `asks` are its fields, `make` the entry of what was typed there, `papers` the forms that are
    printed with it. What will follow is said by `told`. After another choice in one field, the
    one that it `resets` begins anew.
    """

    asks: Callable[[Situation, Values], Sequence[Ask]]
    make: Callable[[Situation, Values], Body]
    papers: tuple[str, ...] = ()
    told: Callable[[Situation], Sequence[str]] = lambda _situation: ()
    resets: Mapping[str, str] = {}


def reason(s: Situation, *, presumed: bool = False) -> Ask:
    """Ask why; a reason that ends something is never presumed."""
    usual = s.prepared.reasons
    return Ask(
        id="reason",
        caption=_("Reason"),
        kind=Asked.REASON,
        needed=True,
        start=usual[0] if usual and presumed else "",
        offers=usual,
    )


def papers(caption: str, name: str, lines: Sequence[PaperLine]) -> Ask:
    """Ask for papers on a list, under which others can be written."""
    return Ask(
        id=name, caption=caption, kind=Asked.PAPERS, needed=True, start=tuple(lines), grow=True
    )


def taken(values: Values, name: str) -> tuple[PaperTaken, ...]:
    """Return the papers that are meant on a list, as the journal keeps them."""
    return tuple(
        PaperTaken(id=line.id, name=line.name, originals=line.originals, copies=line.copies)
        for line in ticked(values, name)
    )


def given(name: str, value: V | None) -> V:
    """Return what was entered in the field of this name.

    Raises:
        IncompleteEntry: nothing was.
    """
    if not value:
        raise IncompleteEntry(fields=name)
    return value
