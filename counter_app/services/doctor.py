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
from counter_app.errors import CounterError, NotConfigured
from counter_app.i18n import _, format_instant
from counter_app.keys.inspection import inspect
from counter_app.keys.keyfile import has_keys
from counter_app.settings import BACKUPS
from counter_app.store.backup import backups
from counter_app.store.engine import library_version

LEAST_FREE: Final = 500 * 1024 * 1024
"""Bytes; below this an administrator should be told."""

OLDEST_BACKUP: Final = timedelta(days=2)
# Releases before this can corrupt a database when two connections checkpoint at once.
_SQLITE: Final = (3, 51, 3)


class Check(Struct, frozen=True, kw_only=True):
    """One thing that was looked at; `detail` is what a person should read."""

    check: str
    ok: bool
    detail: str


def examine(folder: Path) -> list[Check]:
    """Look at the program and at the profile in `folder`; never raises for what it finds."""
    looked = [_python(), *_packages(), _sqlite(), _law(folder), _clock()]
    if not has_keys(folder):
        absent = str(NotConfigured(place=folder))
        return [*looked, Check(check="profile", ok=False, detail=absent)]
    return [*looked, *_keys(folder), _settings(folder), *_disk(folder), _backup(folder)]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(check="python", ok=sys.version_info >= (3, 11), detail=version)


def _packages() -> Iterator[Check]:
    for package in ("PySide6", "sqlcipher3", "argon2", "reportlab", "qrcode", "pypdfium2"):
        there = find_spec(package) is not None
        detail = _("installed") if there else _("missing: install the extra [desk]")
        yield Check(check=f"package {package}", ok=there, detail=detail)


def _sqlite() -> Check:
    version = library_version()
    numbers = tuple(int(part) for part in version.split("."))
    return Check(check="sqlite", ok=numbers >= _SQLITE, detail=version)


def _law(folder: Path) -> Check:
    def load() -> str:
        own = folder / "forms"
        catalogue = load_catalogue(own if own.is_dir() else None)
        zone = catalogue.calendar.utc_offset
        catalogue.print_form("receipt", datetime.now(UTC).date())  # reads them all
        return _("{count} procedures, calendar of UTC{zone}").format(
            count=len(catalogue.versions), zone=zone
        )

    return _tried("forms", load)


def _clock() -> Check:
    now = datetime.now(UTC)
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    behind = now < built - timedelta(days=1)
    detail = format_instant(now.astimezone())
    return Check(check="clock", ok=not behind, detail=detail)


def _keys(folder: Path) -> Iterator[Check]:
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


def _disk(folder: Path) -> Iterator[Check]:
    free = shutil.disk_usage(folder).free
    detail = _("{megabytes} MB free").format(megabytes=free // (1024 * 1024))
    yield Check(check="disk", ok=free >= LEAST_FREE, detail=detail)
    writable = os.access(folder, os.W_OK)
    detail = _("can be written") if writable else _("cannot be written")
    yield Check(check="folder", ok=writable, detail=f"{folder}: {detail}")


def _backup(folder: Path) -> Check:
    latest = next(iter(backups(folder / BACKUPS)), None)
    if latest is None:
        return Check(check="backup", ok=False, detail=_("There is no backup yet."))
    taken = datetime.fromtimestamp(latest.stat().st_mtime, UTC)
    fresh = datetime.now(UTC) - taken <= OLDEST_BACKUP
    return Check(check="backup", ok=fresh, detail=format_instant(taken.astimezone()))


def _tried(check: str, look: Callable[[], str]) -> Check:
    try:
        return Check(check=check, ok=True, detail=look())
    except CounterError as error:
        return Check(check=check, ok=False, detail=str(error))
