"""A paper on its way to a printer: where it stands, and what may become of it."""

from collections.abc import Mapping, Set
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.domain.dossier_code import DossierCode
from counter_app.i18n import N_, _


class JobState(StrEnum):
    """Where a print job stands; `unknown` when the program ended while it was at the printer."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DISCARDED = "discarded"

    def __format__(self, spec: str) -> str:
        """Return the state in the language spoken."""
        return format(_(_LABELS[self]), spec)


_LABELS: Final = {
    JobState.WAITING: N_("Waits for the printer"),
    JobState.PRINTING: N_("At the printer"),
    JobState.DONE: N_("Printed"),
    JobState.FAILED: N_("Not printed"),
    JobState.UNKNOWN: N_("Did it come out?"),
    JobState.DISCARDED: N_("Discarded"),
}

_S = JobState
AFTER: Final[Mapping[JobState, Set[JobState]]] = {
    _S.WAITING: frozenset({_S.PRINTING, _S.FAILED, _S.DONE, _S.DISCARDED}),
    _S.PRINTING: frozenset({_S.DONE, _S.FAILED, _S.UNKNOWN, _S.WAITING}),
    _S.FAILED: frozenset({_S.WAITING, _S.FAILED, _S.DONE, _S.DISCARDED}),
    _S.UNKNOWN: frozenset({_S.WAITING, _S.DONE, _S.DISCARDED}),
    _S.DONE: frozenset(),
    _S.DISCARDED: frozenset(),
}
"""What a job may become from where it stands. What has ended stays as it is."""

ENDED: Final = frozenset(state for state, after in AFTER.items() if not after)
"""Nothing more is to be done, and the pages are not kept."""

TO_BE_SEEN_TO: Final = frozenset({_S.WAITING, _S.FAILED, _S.UNKNOWN})
"""A paper that somebody may still be waiting for."""


class PrintJob(Struct, frozen=True, kw_only=True):
    """One paper in the list of what was to be printed; its pages are kept beside it.

    `copy` is the one that the journal has noted, 0 the first; `about` the operation that the
    paper tells of, `code` that of its dossier ("" if it has none). `tries` counts how often it
    was sent, `problem` says why it did not come out, who has discarded it, or that it is a file.
    """

    id: int
    made_at: datetime
    changed_at: datetime
    officer: str
    form: str
    title: str
    dossier_id: UUID | None
    code: DossierCode
    about: UUID | None
    copy: int
    paper: str
    printer: str
    state: JobState
    tries: int
    problem: str
