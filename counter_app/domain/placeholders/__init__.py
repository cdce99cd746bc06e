"""What a printed form may ask for, by name: nothing but what stands here can be filled in.

One module for each kind of paper; a new one is a Struct in `domain/paper.py`, its module here,
and a line in the table below. A form says in `paper` whose values it is filled with.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, Literal

from counter_app.domain.paper import Paper
from counter_app.domain.placeholders.dossier import DOSSIER
from counter_app.domain.placeholders.guidance import GUIDANCE
from counter_app.domain.placeholders.hand_over import HAND_OVER
from counter_app.domain.placeholders.kind import Cell, Kind, Rows, Terms, Value
from counter_app.domain.placeholders.receipt import RECEIPT
from counter_app.domain.placeholders.recovery import RECOVERY
from counter_app.domain.placeholders.register import REGISTER
from counter_app.domain.placeholders.summary import SUMMARY
from counter_app.domain.placeholders.text import fill, names_in, problem
from counter_app.domain.placeholders.ticket import TICKET

__all__ = [
    "KINDS",
    "Cell",
    "Kind",
    "PaperKind",
    "Rows",
    "Terms",
    "Value",
    "fill",
    "kind_of",
    "names_in",
    "problem",
    "rows_of",
    "values_of",
]

PaperKind = Literal[
    "receipt", "dossier", "guidance", "register", "hand_over", "ticket", "summary", "recovery"
]

KINDS: Final[Mapping[PaperKind, Kind]] = {
    "receipt": RECEIPT,
    "dossier": DOSSIER,
    "guidance": GUIDANCE,
    "register": REGISTER,
    "hand_over": HAND_OVER,
    "ticket": TICKET,
    "summary": SUMMARY,
    "recovery": RECOVERY,
}

_NOTHING: Final[Mapping[str, str]] = {}
_KIND_OF: Final[Mapping[type, PaperKind]] = {kind.of: name for name, kind in KINDS.items()}


def kind_of(paper: Paper) -> PaperKind:
    """Return for which forms `paper` holds the values."""
    return _KIND_OF[type(paper)]


def values_of(
    paper: Paper, terms: Terms, of_form: Mapping[str, str] = _NOTHING
) -> Callable[[str], str]:
    """Return what tells the value of each placeholder for one paper; `of_form` are the form's own.

    In a form for several kinds, what this one does not know is empty.
    """
    known = KINDS[kind_of(paper)].values
    return cache(lambda name: known[name](paper, terms) if name in known else of_form.get(name, ""))


def rows_of(paper: Paper, source: str) -> Rows | None:
    """Return a source of rows; None where a form for several kinds names another's."""
    return KINDS[kind_of(paper)].rows.get(source)
