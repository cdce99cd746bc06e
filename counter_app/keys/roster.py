"""Who works at this desk, as the sign-in screen may say it while all else is locked."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.officer import Officer
from counter_app.keys.finding import Finding
from counter_app.keys.keyfile import Account, change_keys, read_keys
from counter_app.keys.throttle import Throttle, Uptime


class Listed(Struct, frozen=True, kw_only=True):
    """One officer as anybody may see him."""

    officer: Officer
    active: bool
    has_password: bool  # none after a restore on another PC, until a supervisor gives one
    must_change: bool
    throttle: Throttle

    def wait(self, now: Uptime) -> int:
        """Return the seconds until the officer may try again; `throttle.locked` is for ever."""
        return self.throttle.wait(now)


class Roster(Struct, frozen=True, kw_only=True):
    """The officers of this desk, and the language that was spoken last."""

    language: str
    officers: tuple[Listed, ...]
    findings: tuple[Finding, ...]


def read_roster(folder: Path) -> Roster:
    """Return who works at this desk, the active ones first, by name. Needs no password.

    Raises:
        NotConfigured: no desk has been set up in `folder`.
        StoreTooNew: it was set up by a newer release.
        StoreDamaged: the slots cannot be read.
    """
    reading = read_keys(folder)
    listed = sorted(
        map(_listed, reading.keys.accounts),
        key=lambda each: (not each.active, each.officer.name, each.officer.id),
    )
    return Roster(language=reading.keys.language, officers=tuple(listed), findings=reading.findings)


def list_officers(folder: Path) -> tuple[Listed, ...]:
    """Return the officers of `read_roster`."""
    return read_roster(folder).officers


def officer_of(folder: Path, officer_id: str) -> Listed:
    """Return one officer; capitals make no difference.

    Raises:
        UnknownOfficer: there is none of this name.
    """
    return _listed(read_keys(folder).keys.account(officer_id))


def set_language(folder: Path, language: str) -> None:
    """Remember the language of the sign-in screen. Needs no password."""
    change_keys(folder, lambda keys: replace(keys, language=language))


def _listed(account: Account) -> Listed:
    return Listed(
        officer=account.officer,
        active=account.active,
        has_password=account.slot is not None,
        must_change=account.must_change,
        throttle=account.throttle,
    )
