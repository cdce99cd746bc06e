"""How a dossier that was just received comes to where a kind of entry is possible."""

from functools import cache

from counter_app.domain.status import Status
from counter_app.domain.workflow import TRANSITIONS

_STEPS = (
    "forwarded",
    "supplement_requested",
    "obligation_set",
    "withdrawal_requested",
    "finished",
    "result_returned",
)


@cache
def road_to(kind):
    """Return the shortest row of entries after which one of `kind` is possible."""
    wanted = TRANSITIONS[kind].before
    roads = {Status.RECEIVED: ()}
    begun = [Status.RECEIVED]
    while begun:
        status = begun.pop(0)
        if status in wanted:
            return roads[status]
        for step in _STEPS:
            after = TRANSITIONS[step].after
            if status in TRANSITIONS[step].before and after not in roads:
                roads[after] = (*roads[status], step)
                begun.append(after)
    return ()
