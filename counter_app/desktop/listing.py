"""A list of dossiers as a screen holds it: all ids at once, the rows as they come; without Qt."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from counter_app.store.rows import DossierRow


class Listing(Struct, frozen=True, kw_only=True):
    """Which dossiers, in which order, and what is known of them so far.

    `now` is the instant by which remaining days are counted, and its offset the office's.
    Where there is no centre, `sends` is false, and nothing is shown as waiting for it.
    """

    now: datetime
    sends: bool = True
    ids: Sequence[int] = ()
    rows: Mapping[int, DossierRow] = {}

    def with_rows(self, found: Sequence[DossierRow]) -> "Listing":
        """Return the list with a page more of its rows."""
        told = found if self.sends else [replace(row, unsent=False) for row in found]
        return replace(self, rows={**self.rows, **{row.id: row for row in told}})


def listing(
    now: datetime, ids: Sequence[int], rows: Sequence[DossierRow], *, sends: bool = True
) -> Listing:
    """Return a list of which the first rows are known."""
    return Listing(now=now, ids=ids, sends=sends).with_rows(rows)
