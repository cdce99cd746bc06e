"""The agencies that a dossier can be handed to, as far as the centre has told of them."""

from collections.abc import Sequence

from counter_app.desk import Desk
from counter_app.domain.agency import Agency
from counter_app.store.known import known_agencies


def other_agencies(desk: Desk) -> Sequence[Agency]:
    """Return the agencies that are known here, but for the desk's own, by name."""
    with desk.store.read() as connection:
        found = known_agencies(connection)
    others = (agency for agency in found if agency.code != desk.agency)
    return sorted(others, key=lambda agency: (agency.name, agency.code))
