"""Where the centre's database is: `--database URL` or `--data DIR`, or the environment."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from counter_app.i18n import N_, _

if TYPE_CHECKING:
    from counter_app.central.database import Database

F = TypeVar("F", bound=Callable[..., Any])

DATABASE: Final = "COUNTER_APP_CENTRAL_DATABASE"
DATA: Final = "COUNTER_APP_CENTRAL_DATA"


class Place:
    """Where the centre's database is."""

    def __init__(self, database: str | None, data: Path | None) -> None:
        """Take what was given on the line, or else what the environment says.

        Raises:
            UsageError: neither of the two was given, or both.
        """
        if not database and not data:
            database, folder = os.environ.get(DATABASE), os.environ.get(DATA)
            data = Path(folder) if folder else None
        if bool(database) == bool(data):
            words = _("Say where the centre's database is: either --database or --data.")
            raise click.UsageError(words)
        self._database = database
        self.data: Final = data

    @contextmanager
    def opened(self) -> Iterator["Database"]:
        """Yield the database, which has this release's tables."""
        # As below.
        from counter_app.central.database import check_schema

        with self.as_it_is() as database:
            check_schema(database)
            yield database

    @contextmanager
    def as_it_is(self, *, make: bool = False, alone: bool = False) -> Iterator["Database"]:
        """Yield the database; of a folder, `make` it if it is not there.

        `alone`: refuse if another program runs its server, and do not share that one.
        """
        # `--help` does not wait for the database.
        from counter_app.central.database import Database

        with self._url(make=make, alone=alone) as url:
            database = Database(url)
            try:
                yield database
            finally:
                database.close()

    @contextmanager
    def _url(self, *, make: bool, alone: bool) -> Iterator[str]:
        if self.data is None:
            yield self._database or ""
            return
        # Only the folder wants the programs of the wheel.
        from counter_app.central.postgres import any_postgres, own_postgres

        running = own_postgres(self.data) if alone else any_postgres(self.data, make=make)
        with running as url:
            yield url


def somewhere(command: F) -> F:
    """Add the options that tell where the centre's database is."""
    database = click.option(
        "--database", metavar="URL", help=N_("A PostgreSQL server, as postgresql://….")
    )
    folder = click.Path(file_okay=False, path_type=Path)
    data = click.option(
        "--data", type=folder, metavar="DIR", help=N_("A PostgreSQL of its own in this folder.")
    )
    both: F = database(data(command))
    return both


def now() -> datetime:
    """Return what time it is."""
    return datetime.now(UTC)
