"""Where a dossier stands, in the ten states that the whole country reports."""

from enum import IntEnum
from typing import Final

from counter_app.i18n import N_, _


class Status(IntEnum):
    """The national status codes, as the National Public Service Portal numbers them."""

    SUBMITTED = 1
    RECEIVED = 2
    NOT_ACCEPTED = 3
    PROCESSING = 4
    SUPPLEMENT = 5
    OBLIGATION = 6
    WITHDRAWAL = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10

    def __format__(self, spec: str) -> str:
        """Return the status in the language spoken."""
        return format(_(_LABELS[self]), spec)


_LABELS: Final = {
    Status.SUBMITTED: N_("newly submitted"),
    Status.RECEIVED: N_("received"),
    Status.NOT_ACCEPTED: N_("not accepted"),
    Status.PROCESSING: N_("being processed"),
    Status.SUPPLEMENT: N_("supplement requested"),
    Status.OBLIGATION: N_("financial obligation requested"),
    Status.WITHDRAWAL: N_("withdrawal requested"),
    Status.STOPPED: N_("stopped"),
    Status.FINISHED: N_("finished"),
    Status.RETURNED: N_("result returned"),
}

ENDED: Final = frozenset({Status.NOT_ACCEPTED, Status.STOPPED, Status.RETURNED})
