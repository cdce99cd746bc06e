"""What the desk asks before it says what day it is: which day it was the last time."""

from datetime import date

import sqlalchemy as sa

_LAST = (
    "SELECT business_date FROM operation WHERE kind = 'clock_confirmed' AND dossier_id IS NULL "
    "ORDER BY position DESC LIMIT 1"
)

_RESTORED = (
    "SELECT EXISTS (SELECT 1 FROM operation WHERE kind = 'store_restored' AND dossier_id IS NULL "
    "AND business_date >= ?)"
)


def last_confirmed_day(connection: sa.Connection) -> date | None:
    """Return the day that an officer confirmed last: the latest word, not the highest date."""
    found = connection.exec_driver_sql(_LAST).scalar()
    return date.fromisoformat(found) if found else None


def was_restored(connection: sa.Connection, day: date) -> bool:
    """Say whether the desk went on from a backup on `day`, or on a later one by a wrong clock."""
    return bool(connection.exec_driver_sql(_RESTORED, (day.isoformat(),)).scalar())


def last_business_day(connection: sa.Connection) -> date | None:
    """Return the day of the last entry in the journal, whoever said that it was that day."""
    query = "SELECT business_date FROM operation ORDER BY position DESC LIMIT 1"
    found = connection.exec_driver_sql(query).scalar()
    return date.fromisoformat(found) if found else None
