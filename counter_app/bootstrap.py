"""The composition root: real clocks and real folders put behind the ports.

What is heavy is imported where it is first needed: `--help` waits for none of it, and the
sign-in window is there before the database.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from counter_app.errors import MissingExtra, NoDisplay, NotConfigured, StoreError
from counter_app.keys.keyfile import has_keys
from counter_app.keys.throttle import uptime
from counter_app.settings import OWN_FORMS

if TYPE_CHECKING:
    from counter_app.catalogue.catalogue import Catalogue
    from counter_app.desk import Clock, Desk
    from counter_app.keys.signin import Unlocked

_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


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


def catalogue_of(folder: Path | None) -> "Catalogue":
    """Return the law that comes with the program, and what a profile has that is newer.

    Raises:
        InvalidForm: one of the files is not as it should be.
        StoreError: this account may not look into the profile.
    """
    from counter_app.catalogue.catalogue import load_catalogue
    from counter_app.catalogue.from_centre import FOLDER

    places = (folder / OWN_FORMS, folder / FOLDER) if folder else ()
    try:
        own, centre = [place if place.is_dir() else None for place in places] or (None, None)
    except OSError as error:
        raise StoreError(reason=error) from error
    return load_catalogue(own, centre)


def _law_stamp(folder: Path) -> frozenset[tuple[str, int]]:
    """Return what changes when the centre has sent other law."""
    from counter_app.catalogue.from_centre import FOLDER

    found = (folder / FOLDER).glob("*/*.toml")
    return frozenset((str(path), path.stat().st_mtime_ns) for path in found)


class Opening:
    """The way into the desk in `folder`: the law is read once, and while the password is typed.

    `at` stops the clock, for practice.
    """

    def __init__(self, folder: Path, *, at: datetime | None = None) -> None:
        self.folder = folder
        self._at = at
        self._law: Catalogue | None = None
        self._stamp: frozenset[tuple[str, int]] = frozenset()
        self._reading = Lock()

    def prepare(self) -> None:
        """Read the law, and import what `enter` needs.

        Raises:
            InvalidForm: one of the files is not as it should be.
        """
        import counter_app.services.opening  # noqa: F401 - long enough for a password

        self.law()

    def law(self) -> "Catalogue":
        """Return the law as it is now: read again only if the centre has sent other since.

        Raises:
            InvalidForm: one of the files is not as it should be.
        """
        with self._reading:
            if self._law is None or self._stamp != _law_stamp(self.folder):
                self._stamp = _law_stamp(self.folder)
                self._law = catalogue_of(self.folder)
            return self._law

    def enter(
        self,
        officer: str,
        password: str,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> "Desk":
        """Return the desk with this officer at it; whoever asks for it closes its store.

        `progress` is told how far a store of an older release has been brought up to date.

        Raises:
            NotConfigured: no desk has been set up in `folder`.
            SignInRefused: name or password is wrong.
            StoreLocked: the desk is open in another window.
        """
        from counter_app.services.opening import sign_in

        if not has_keys(self.folder):
            raise NotConfigured(place=self.folder)
        catalogue = self.law()
        return sign_in(
            self.folder,
            officer,
            password,
            catalogue=catalogue,
            clock=self._clock(catalogue.calendar.zone),
            uptime=uptime(),
            progress=progress,
        )

    def _clock(self, zone: tzinfo) -> "Clock":
        return SystemClock(zone) if self._at is None else StoppedClock(self._at.astimezone(zone))


@contextmanager
def open_desk(
    folder: Path, officer: str, password: str, *, at: datetime | None = None
) -> "Iterator[Desk]":
    """Lend the desk with this officer at it; whatever happens, its store is closed after.

    Raises:
        NotConfigured: no desk has been set up in `folder`.
        SignInRefused: name or password is wrong.
        StoreLocked: the desk is open in another window.
    """
    desk = Opening(folder, at=at).enter(officer, password)
    try:
        yield desk
    finally:
        desk.store.close()


def run_window(folder: Path, language: str | None) -> int:
    """Open the window on the desk in `folder`, and return the exit code when it is closed.

    `language` None means the one that was spoken last.

    Raises:
        MissingExtra: the packages of the window are not installed.
        NoDisplay: there is no screen to open it on.
        UnreadableFile: somebody edited the settings, and they do not parse any more.
    """
    if find_spec("PySide6") is None:
        raise MissingExtra(extra="desk")
    if sys.platform == "linux" and not any(map(os.environ.get, _DISPLAYS)):
        raise NoDisplay  # Qt itself would abort
    from counter_app.desktop.app import run

    return run(Opening(folder), language=language)


@contextmanager
def restored(
    folder: Path,
    file: Path,
    *,
    recovery_key: str,
    officer: str,
    password: str,
    highest_code: str | None,
) -> "Iterator[Desk]":
    """Lend the desk that goes on in `folder` from the backup `file`; see `restore_desk`."""
    from counter_app.services.restoring import restore_desk

    catalogue = catalogue_of(folder)
    desk = restore_desk(
        folder,
        file,
        recovery_key=recovery_key,
        officer_id=officer,
        password=password,
        highest_code=highest_code,
        catalogue=catalogue,
        clock=SystemClock(catalogue.calendar.zone),
    )
    try:
        yield desk
    finally:
        desk.store.close()


def access(folder: Path, officer: str, password: str) -> "Unlocked":
    """Sign an officer in to the locks alone, without opening the store.

    Raises:
        NotConfigured: no desk has been set up in `folder`.
        SignInRefused: name or password is wrong.
    """
    from counter_app.keys.signin import unlock

    return unlock(folder, officer, password, uptime())


def default_profile() -> Path:
    """Return where a PC's desk is kept unless `--profile` or COUNTER_APP_PROFILE says otherwise."""
    if chosen := os.environ.get("COUNTER_APP_PROFILE"):
        return Path(chosen)
    # `--help` need not wait for it.
    from platformdirs import site_data_path, user_data_path

    shared = site_data_path("counter-app", appauthor=False)
    return shared if has_keys(shared) else user_data_path("counter-app", appauthor=False)
