"""What the centre has flagged, proposed, refused or let wait, for a person to see to."""

from collections.abc import Sequence

from counter_app.desk import Desk
from counter_app.store import unsettled as _store
from counter_app.store.unsettled import MOST_LISTED, Unsettled

__all__ = ["MOST_LISTED", "Unsettled", "unsettled"]


def unsettled(desk: Desk) -> Sequence[Unsettled]:
    """Return what the centre has not taken as it came, the latest first, MOST_LISTED at most."""
    with desk.store.read() as connection:
        return _store.unsettled(connection)
