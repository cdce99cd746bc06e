"""The desk's database: the encrypted journal, what is read off it, its backup and its proof."""

from counter_app.store.store import Store, create_store, open_store
from counter_app.store.unit_of_work import UnitOfWork

__all__ = ["Store", "UnitOfWork", "create_store", "open_store"]
