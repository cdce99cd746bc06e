"""What the desk asks before it says what day it is: which day it was the last time."""

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


def last_business_day(connection: sa.Connection) -> date | None:
    """Return the day of the last entry in the journal, whoever said that it was that day."""
    query = "SELECT business_date FROM operation ORDER BY position DESC LIMIT 1"
    found = connection.exec_driver_sql(query).scalar()
    return date.fromisoformat(found) if found else None
