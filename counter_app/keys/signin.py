"""Opening the desk: by an officer's password, or by the recovery key when none helps."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.officer import Officer
from counter_app.errors import SignInRefused
from counter_app.keys import recovery
from counter_app.keys.device import read_secret
from counter_app.keys.finding import Finding
from counter_app.keys.keyfile import Account, KeyFile, change_keys, read_keys
from counter_app.keys.throttle import Throttle, Uptime
from counter_app.keys.wrapping import check_seal, decoy, unwrap, unwrap_by_recovery


class Unlocked(Struct, frozen=True, kw_only=True):
    """Who has signed in, with the key to the store."""

    officer: Officer
    key: bytes
    must_change: bool = False  # the password was chosen by somebody else
    failed_before: int = 0  # wrong passwords since the last sign-in: the officer should know
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:  # a key has no business in a log or a traceback
        return "Unlocked(…)"


def unlock(folder: Path, officer_id: str, password: str, now: Uptime) -> Unlocked:
    """Sign an officer in.

    The try is counted as a wrong one, durably, before the password is looked at, and taken
    back when it was right: pulling the plug in between gains nothing. An unknown or dismissed
    officer gets the same answer after the same time as a wrong password.

    Raises:
        SignInRefused: name or password is wrong.
        SignInThrottled: too many wrong passwords; with the seconds to wait.
        SignInLocked: far too many; a supervisor must unlock the officer.
        OfficerAltered: the entry was changed by other means than this program.
        DeviceSecretMissing: these data come from another PC.
        NotConfigured: no desk has been set up in `folder`.
    """
    device_secret = read_secret(folder, read_keys(folder).keys)
    reading = change_keys(folder, lambda keys: _counted(keys, officer_id, now))
    account = _usable(reading.keys, officer_id)
    slot = account.slot if account else None
    known_id = account.officer.id if account else officer_id
    key = unwrap(slot or decoy(reading.keys.cost), known_id, password, device_secret)
    if account is None or key is None:
        raise SignInRefused
    check_seal(account, key)
    change_keys(folder, lambda keys: _forgiven(keys, account))
    return Unlocked(
        officer=account.officer,
        key=key,
        must_change=account.must_change,
        failed_before=account.throttle.failures - 1,
        findings=reading.findings,
    )


def unlock_with_recovery(folder: Path, recovery_key: str) -> bytes:
    """Return the store's key. Works on any PC, and however many passwords were wrong.

    Raises:
        RecoveryKeyMistyped: with the groups that cannot be right.
        RecoveryKeyRefused: it is the recovery key of other data.
        NotConfigured: no desk has been set up in `folder`.
    """
    raw = recovery.typed(recovery_key)
    return unwrap_by_recovery(read_keys(folder).keys.recovery, raw)


def _usable(keys: KeyFile, officer_id: str) -> Account | None:
    account = keys.find(officer_id)
    return account if account and account.active and account.slot else None


def _counted(keys: KeyFile, officer_id: str, now: Uptime) -> KeyFile:
    account = _usable(keys, officer_id)
    if account is None:
        return keys  # written all the same: it takes the same time
    account.throttle.check(now)
    return keys.keeping(replace(account, throttle=account.throttle.failed(now)))


def _forgiven(keys: KeyFile, opened: Account) -> KeyFile:
    account = _usable(keys, opened.officer.id)
    if account is None or account.slot != opened.slot:
        raise SignInRefused  # dismissed, or given a new password, while this one was looked at
    return keys.keeping(replace(account, throttle=Throttle()))
