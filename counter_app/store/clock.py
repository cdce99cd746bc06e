"""What the desk asks before it says what day it is: which day was last said to be."""

from datetime import date

import sqlalchemy as sa

_LAST = (
    "SELECT business_date FROM operation WHERE kind = 'clock_confirmed' AND dossier_id IS NULL "
    "ORDER BY position DESC LIMIT 1"
)


def last_confirmed_day(connection: sa.Connection) -> date | None:
    """Return the day that an officer confirmed last: the latest word, not the highest date."""
    found = connection.exec_driver_sql(_LAST).scalar()
    return date.fromisoformat(found) if found else None
