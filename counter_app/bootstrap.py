"""The composition root: real clocks and real folders put behind the ports."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from counter_app.catalogue.catalogue import Catalogue, load_catalogue
from counter_app.desk import Clock, Desk
from counter_app.errors import NotConfigured
from counter_app.keys.keyfile import has_keys
from counter_app.keys.signin import Unlocked, unlock
from counter_app.keys.throttle import uptime
from counter_app.services.opening import sign_in

LAW_FOLDER: Final = "forms"


class SystemClock:
    """The PC's clock, read in the time zone that the offices keep."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """Return the present instant."""
        return datetime.now(self._zone)


class StoppedClock:
    """Always the same instant: for practice, and for showing what would happen then."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the instant it was stopped at."""
        return self._at


def catalogue_of(folder: Path | None) -> Catalogue:
    """Return the law that comes with the program, and what a profile has that is newer.

    Raises:
        InvalidForm: one of the files is not as it should be.
    """
    own = folder / LAW_FOLDER if folder else None
    return load_catalogue(own if own and own.is_dir() else None)


@contextmanager
def open_desk(
    folder: Path, officer: str, password: str, *, at: datetime | None = None
) -> Iterator[Desk]:
    """Lend the desk with this officer at it; whatever happens, its store is closed after.

    Raises:
        NotConfigured: no desk has been set up in `folder`.
        SignInRefused: name or password is wrong.
        StoreLocked: the desk is open in another window.
    """
    if not has_keys(folder):
        raise NotConfigured(place=folder)
    catalogue = catalogue_of(folder)
    zone = catalogue.calendar.zone
    clock: Clock = SystemClock(zone) if at is None else StoppedClock(at.astimezone(zone))
    desk = sign_in(folder, officer, password, catalogue=catalogue, clock=clock, uptime=uptime())
    try:
        yield desk
    finally:
        desk.store.close()


def access(folder: Path, officer: str, password: str) -> Unlocked:
    """Sign an officer in to the locks alone, without opening the store.

    Raises:
        NotConfigured: no desk has been set up in `folder`.
        SignInRefused: name or password is wrong.
    """
    return unlock(folder, officer, password, uptime())


def default_profile() -> Path:
    """Return where a PC's desk is kept unless `--profile` or COUNTER_APP_PROFILE says otherwise."""
    if chosen := os.environ.get("COUNTER_APP_PROFILE"):
        return Path(chosen)
    # `--help` need not wait for it.
    from platformdirs import site_data_path, user_data_path

    shared = site_data_path("counter-app", appauthor=False)
    return shared if has_keys(shared) else user_data_path("counter-app", appauthor=False)
