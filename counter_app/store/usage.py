"""What the procedure box asks: what do people come for here, these days?"""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

LATELY: Final = 1_000  # dossiers: some weeks of a desk, and as quick to read in any store

_QUERY: Final = (
    "SELECT procedure_code, count(*) FROM "
    "(SELECT procedure_code FROM dossier ORDER BY id DESC LIMIT ?) GROUP BY procedure_code"
)


def usage_lately(connection: sa.Connection) -> Mapping[str, int]:
    """Return how many of the newest dossiers each procedure has, by its code."""
    rows = connection.exec_driver_sql(_QUERY, (LATELY,)).all()
    return {code: count for code, count in rows if code}
