"""Law that the centre hands to all desks because it is newer than what their program brings."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from counter_app.catalogue.from_centre import check_law
from counter_app.central import tables
from counter_app.central.identity import raise_reference_version


def add_law(connection: sa.Connection, files: Mapping[str, bytes], now: datetime) -> frozenset[str]:
    """Keep files by their places under forms/; return the places of those that are new.

    Desks have them with the next reference data. Either all of them are kept, or none.

    Raises:
        InvalidForm: one of them is not as it should be, or is a version that another file is.
    """
    law = tables.law_file
    # Two who add law at once must each see the other's.
    connection.execute(sa.text("LOCK TABLE law_file IN SHARE ROW EXCLUSIVE MODE"))
    known = {row.path: row.content for row in connection.execute(sa.select(law))}
    changed = {path: raw for path, raw in files.items() if known.get(path) != raw}
    check_law((known | changed).items())
    for path, raw in changed.items():
        row = {"sha256": sha256(raw).hexdigest(), "content": raw, "added_at": now}
        added = pg.insert(law).values(path=path, **row)
        connection.execute(added.on_conflict_do_update(index_elements=["path"], set_=row))
    if changed:
        raise_reference_version(connection)
    return frozenset(changed)
