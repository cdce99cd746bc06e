"""The shape of the store, by number, and how an older store is brought up to it."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from msgspec import Struct

from counter_app.errors import StoreDamaged, StoreTooNew
from counter_app.i18n import _
from counter_app.store.triggers import create_triggers

_HERE: Final = Path(__file__).resolve().parent / "migrations"


class Schema(Struct, frozen=True, kw_only=True):
    """A number that rises with each migration, and the folders that the migrations stand in."""

    version: int
    folders: tuple[Path, ...]


SCHEMA: Final = Schema(version=3, folders=(_HERE / "versions",))
"""What this release reads and writes."""


def version_of(connection: sa.Connection) -> int:
    """Return the number of the store's shape; 0 for one that is just being made."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def is_behind(connection: sa.Connection, schema: Schema) -> bool:
    """Say whether a store needs migrations.

    Raises:
        StoreTooNew: written by a newer release.
        StoreDamaged: nothing is in it.
    """
    version = version_of(connection)
    if version > schema.version:
        raise StoreTooNew
    if version == 0:  # a store is given its name only when it is complete
        raise StoreDamaged(reason=_("the file is empty"))
    return version < schema.version


def migrate(connection: sa.Connection, schema: Schema) -> None:
    """Bring a store up to `schema`, within the transaction that `connection` is in."""
    # Costs 0.3 s to import, and is needed once in a release.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, schema.folders)))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    create_triggers(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.version:d}")
