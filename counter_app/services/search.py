"""Finding dossiers again: by code, ID number, phone, or name without accents."""

from collections.abc import Sequence

from counter_app.desk import Desk
from counter_app.store.rows import DossierRow
from counter_app.store.search import find, rows


def search_ids(desk: Desk, text: str) -> Sequence[int]:
    """Return the row ids of all that match, the newest first: cheap, even for very many."""
    with desk.store.read() as connection:
        return find(connection, text)


def dossier_rows(desk: Desk, ids: Sequence[int]) -> Sequence[DossierRow]:
    """Return the rows with these ids, in their order."""
    with desk.store.read() as connection:
        return rows(connection, ids)


def search_dossiers(desk: Desk, text: str, *, limit: int) -> Sequence[DossierRow]:
    """Return the newest `limit` dossiers that match."""
    with desk.store.read() as connection:
        return rows(connection, find(connection, text)[:limit])
