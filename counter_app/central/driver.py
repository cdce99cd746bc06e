"""The driver's own connection, for statements that are to be fast, within a transaction of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa

from counter_app.central.columns import teach

Raw = psycopg.Connection[Any]


@contextmanager
def driver(connection: sa.Connection) -> Iterator[Raw]:
    """Yield what is below `connection`; what goes wrong looks as it does above."""
    raw: Any = connection.connection.driver_connection
    teach(raw)
    try:
        yield raw
    except psycopg.Error as error:
        of_server = isinstance(error, psycopg.OperationalError)
        kind = sa.exc.OperationalError if of_server else sa.exc.DBAPIError
        # No parameters: what stands in rows is personal.
        raise kind("a push", None, error, connection_invalidated=raw.closed) from error
