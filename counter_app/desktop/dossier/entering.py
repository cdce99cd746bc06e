"""An entry that is being made on a dossier: what was typed so far, and what became of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.dossier.asking import Ask, Asked, PaperLine, Value, beside, lines_of
from counter_app.desktop.dossier.entries import ENTRIES
from counter_app.desktop.dossier.situation import EntryKind, Situation
from counter_app.domain.body import Body
from counter_app.errors import CounterError, NeedsNewerProgram
from counter_app.services.acting import Possible, possible_now
from counter_app.services.preparing import barred_now, prepare
from counter_app.services.viewing import OpenDossier, open_dossier


class Entering(Struct, frozen=True, kw_only=True):
    """All that the panel shows of one entry.

    `problems` are said beside the fields of their names; under "" what concerns no field.
    """

    kind: str
    situation: Situation
    values: Mapping[str, Value]
    printing: bool = True
    problems: Mapping[str, str] = {}
    busy: bool = False

    @property
    def row(self) -> EntryKind:
        """How an entry of this kind is made."""
        return ENTRIES[self.kind]

    @property
    def asks(self) -> Sequence[Ask]:
        """The fields, in the language spoken."""
        return self.row.asks(self.situation, self.values)

    def body(self) -> Body:
        """Return the entry.

        Raises:
            CounterError: something typed cannot be read.
        """
        return self.row.make(self.situation, self.values)


class Opened(Struct, frozen=True, kw_only=True):
    """A dossier, what can be done to it now, and what a rule stands against."""

    opened: OpenDossier
    possible: tuple[Possible, ...] = ()
    barred: Mapping[str, CounterError] = {}


def look(desk: Desk, dossier_id: UUID) -> Opened:
    """Return a dossier with what can be done to it; the look is noted.

    Raises:
        UnknownDossier: this desk has nothing of it.
    """
    opened = open_dossier(desk, dossier_id)
    try:
        possible = possible_now(desk, opened.dossier)
    except NeedsNewerProgram:
        return Opened(opened=opened)
    return Opened(opened=opened, possible=possible, barred=barred_now(desk, opened.dossier))


def begin(desk: Desk, opened: OpenDossier, kind: str) -> Entering:
    """Return a new entry of `kind` with what is presumed in it."""
    situation = Situation(
        dossier=opened.dossier,
        procedure=opened.procedure,
        calendar=desk.catalogue.calendar,
        now=opened.now,
        prepared=prepare(desk, opened.dossier.id, kind),
    )
    values = {ask.id: ask.start for ask in ENTRIES[kind].asks(situation, {})}
    return Entering(kind=kind, situation=situation, values=values)


def edited(entering: Entering, name: str, value: Value) -> Entering:
    """Return the entry with another value in one field, of which nothing wrong is said yet."""
    values = {**entering.values, name: value}
    problems = {key: said for key, said in entering.problems.items() if key not in {name, ""}}
    after = replace(entering, values=values, problems=problems)
    other = entering.row.resets.get(name)
    if other is None:
        return after
    starts = {ask.id: ask.start for ask in after.asks}
    return replace(after, values={**values, other: starts.get(other, "")})


def all_ticked(entering: Entering) -> Entering:
    """Return the entry with all papers on its list meant, or none if all were."""
    for ask in entering.asks:
        if ask.kind is Asked.PAPERS:
            lines = lines_of(entering.values, ask.id)
            on = not all(line.ticked for line in lines)
            return edited(entering, ask.id, tuple(replace(line, ticked=on) for line in lines))
    return entering


def with_line(entering: Entering, name: str, written: str) -> Entering:
    """Return the entry with one more paper on the list, written by the officer."""
    lines = lines_of(entering.values, name)
    place = 1 + sum(line.free for line in lines)
    line = PaperLine(id=f"other_{place}", name=written, ticked=True, originals=1, free=True)
    return edited(entering, name, (*lines, line))


def refused(entering: Entering, error: CounterError) -> Entering:
    """Return the entry with what is wrong with it."""
    return replace(entering, busy=False, problems=beside(error, entering.asks))
