"""Making the projections again from the journal, a window at a time, while the desk goes on."""

from collections.abc import Callable

import sqlalchemy as sa

from counter_app.store.differing import (
    WINDOW,
    Progress,
    differences,
    last_id,
    put_right,
    windows,
)
from counter_app.store.engine import driver
from counter_app.store.store import Store


def rebuild(
    store: Store,
    *,
    progress: Progress = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    window: int = WINDOW,
) -> int:
    """Make the projections what the journal says, and return how many rows were not.

    Registering goes on between one window and the next. The code counters are no projection
    and stay as they are.
    """
    wrong = 0
    with store.read() as connection:
        last = last_id(connection)
    for after, upto in windows(last, window):
        if is_cancelled():
            return wrong
        with store.begin() as uow:
            raw = driver(uow.connection)
            found = list(differences(raw, after, upto))
            put_right(raw, found)
        wrong += len(found)
        progress(min(upto, last), last)
    with store.begin() as uow:
        _mend_index(uow.connection)
    return wrong


def _mend_index(connection: sa.Connection) -> None:
    """Make the index over the names anew if it does not find what it stands for."""
    if not _is_index_sound(connection):
        connection.exec_driver_sql("INSERT INTO dossier_words (dossier_words) VALUES ('rebuild')")


def _is_index_sound(connection: sa.Connection) -> bool:
    """Say whether the index holds all the names; to SQLite the question is a kind of writing."""
    check = "INSERT INTO dossier_words (dossier_words, rank) VALUES ('integrity-check', 1)"
    try:
        connection.exec_driver_sql(check)
    except sa.exc.DatabaseError:
        return False
    return True
