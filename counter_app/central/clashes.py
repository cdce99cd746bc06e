"""Two dossiers that bear one code: both are kept and flagged, and both offices are told.

Found under the locks of the agencies' feeds, which whoever gives out a code of theirs must
hold: of two pushes at once, the second sees what the first has done.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.central.dossiers import Handled
from counter_app.central.driver import Raw
from counter_app.central.feeds import Told
from counter_app.central.judging import Entry
from counter_app.central.reading import Clashing, clashing
from counter_app.domain.dossier_code import is_dossier_code
from counter_app.domain.judgement import Reason, Verdict
from counter_app.domain.operation import Received


class Clashes(Struct, frozen=True):
    """The codes that several dossiers bear, and what has to be said of the earlier ones."""

    codes: frozenset[str]
    earlier: tuple[Clashing, ...]

    def judged(self, entry: Entry) -> Entry:
        """Return the entry, flagged if it is a reception under one of these codes."""
        return _flagged(entry) if code_in(entry) in self.codes else entry

    @property
    def changed(self) -> list[Entry]:
        """What was stored before and is flagged now."""
        return [entry for other in self.earlier for entry in _unflagged(other)]

    def among(self, told: Iterable[Told]) -> Iterator[Told]:
        """Yield what is told with the flags in it, each earlier dossier's after its twin's."""
        untold = list(self.earlier)
        for one in told:
            yield replace(one, news=self.judged(one.news))
            code = code_in(one.news)
            twins = [other for other in untold if other.code == code]
            untold = [other for other in untold if other.code != code]
            for other in twins:
                for entry in _unflagged(other):
                    yield Told(other.agencies, frozenset(), (), entry)


def find_clashes(raw: Raw, handled: Sequence[Handled]) -> Clashes:
    """Return which codes of these dossiers others bear too."""
    given: dict[str, set[UUID]] = {}
    for one in handled:
        for entry in one.turn.judged:
            if code := code_in(entry):
                given.setdefault(code, set()).add(one.turn.dossier.id)
    if not given:
        return Clashes(frozenset(), ())
    others = clashing(raw, given)
    within = {code for code, dossiers in given.items() if len(dossiers) > 1}
    return Clashes(frozenset(within | {other.code for other in others}), tuple(others))


def code_in(entry: Entry) -> str:
    """Return the code that an entry gives to its dossier; "" if it is no reception, or no code."""
    body = entry.operation.body
    return body.code if isinstance(body, Received) and is_dossier_code(body.code) else ""


def _unflagged(other: Clashing) -> list[Entry]:
    found = (entry for entry in other.entries if code_in(entry) == other.code)
    return [_flagged(entry) for entry in found if entry.reason != Reason.CODE_CLASH]


def _flagged(entry: Entry) -> Entry:
    return replace(entry, verdict=Verdict.FLAGGED, reason=Reason.CODE_CLASH)
