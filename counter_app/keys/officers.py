"""Who has an account at this desk: made, corrected and dismissed by whoever has the store's key.

Having the key proves that somebody has signed in; whether his role allows it is for the
services to say.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.officer import Officer
from counter_app.errors import InvalidOfficer, NoSupervisor, OfficerExists, ProfileExists
from counter_app.keys import recovery
from counter_app.keys.device import new_secret, read_secret, write_secret
from counter_app.keys.durable import alone
from counter_app.keys.keyfile import (
    USUAL_COST,
    Account,
    Cost,
    KeyFile,
    change_keys,
    has_keys,
    read_keys,
    write_keys,
)
from counter_app.keys.passwords import check_password
from counter_app.keys.signin import Unlocked, unlock, unlock_with_recovery
from counter_app.keys.throttle import Throttle, Uptime
from counter_app.keys.wrapping import (
    KEY_SIZE,
    check_seal,
    check_value,
    is_sealed,
    sealed,
    wrap,
    wrap_for_recovery,
)

_LONGEST_ID: Final = 64


class NewKeys(Struct, frozen=True, kw_only=True):
    """The store's key, and the recovery key: to be printed now, for it is kept nowhere."""

    key: bytes
    recovery_key: str

    def __repr__(self) -> str:  # neither has any business in a log or a traceback
        return "NewKeys(…)"


def create_keys(
    folder: Path, *, language: str, officer: Officer, password: str, cost: Cost = USUAL_COST
) -> NewKeys:
    """Give a new desk its key, its first officer and its recovery key.

    Raises:
        ProfileExists: there are slots in `folder`; they are left as they are.
        WeakPassword: with the reason.
        InvalidOfficer: the short name cannot be used.
        NoSupervisor: the first officer could not let others in.
    """
    officer = _checked(officer)
    check_password(password, officer)
    key, device_secret = secrets.token_bytes(KEY_SIZE), new_secret()
    recovery_key = recovery.new_recovery()
    slot = wrap(key, officer.id, password, device_secret, cost)
    keys = KeyFile(
        language=language,
        cost=cost,
        key_check=check_value(key),
        device_check=check_value(device_secret),
        recovery=wrap_for_recovery(key, recovery_key),
        accounts=(sealed(Account(officer=officer, slot=slot), key),),
    )
    _check_led(keys)
    with alone(folder):
        if has_keys(folder):
            raise ProfileExists(place=folder)
        write_secret(folder, device_secret)  # first: without slots it binds nobody
        write_keys(folder, keys)
    return NewKeys(key=key, recovery_key=recovery.printed(recovery_key))


def add_officer(folder: Path, key: bytes, officer: Officer, password: str) -> None:
    """Give somebody an account, with a password to be changed at the first sign-in.

    Raises:
        OfficerExists: the short name is taken, perhaps by somebody who has left.
        InvalidOfficer: the short name cannot be used.
        WeakPassword: with the reason.
    """
    account = _with_password(folder, key, Account(officer=_checked(officer)), password)

    def add(keys: KeyFile) -> KeyFile:
        if keys.find(officer.id):
            raise OfficerExists(officer=officer.id)
        return keys.keeping(sealed(replace(account, must_change=True), key))

    change_keys(folder, add)


def change_password(folder: Path, officer_id: str, old: str, new: str, now: Uptime) -> None:
    """Let an officer choose a new password; the old one opens nothing from then on.

    Raises:
        WeakPassword: with the reason.
        SignInRefused: `old` is wrong; it counts like a sign-in. Likewise what `unlock` raises.
    """
    unlocked = unlock(folder, officer_id, old, now)
    _give(folder, unlocked.key, unlocked.officer.id, new, must_change=False)


def reset_password(folder: Path, key: bytes, officer_id: str, password: str) -> None:
    """Give an officer another password, to be changed at the next sign-in, and unlock him.

    Whoever was dismissed may sign in again.

    Raises:
        UnknownOfficer: there is none of this name.
        WeakPassword: with the reason.
        OfficerAltered: the entry was changed by other means; `correct_officer` comes first.
    """
    _give(folder, key, officer_id, password, must_change=True)


def correct_officer(folder: Path, key: bytes, officer: Officer) -> None:
    """Give an officer the name and roles that `officer` says.

    Puts right an entry that was altered by other means, too; the password is then gone, for
    it may be another's, and must be given anew.

    Raises:
        UnknownOfficer: there is none of this short name.
        NoSupervisor: nobody would be left to let others in.
    """

    def correct(keys: KeyFile) -> KeyFile:
        account = keys.account(officer.id)
        slot = account.slot if is_sealed(account, key) else None
        corrected = _checked(replace(officer, id=account.officer.id))
        return keys.keeping(sealed(replace(account, officer=corrected, slot=slot), key))

    _change_led(folder, key, correct)


def deactivate(folder: Path, key: bytes, officer_id: str) -> None:
    """Dismiss an officer: the entry stays, for papers name it; the slot is destroyed.

    Raises:
        UnknownOfficer: there is none of this name.
        NoSupervisor: nobody would be left to let others in.
    """

    def dismiss(keys: KeyFile) -> KeyFile:
        account = replace(keys.account(officer_id), active=False, slot=None)
        return keys.keeping(sealed(account, key))

    _change_led(folder, key, dismiss)


def unlock_officer(folder: Path, key: bytes, officer_id: str) -> None:
    """Forget an officer's wrong passwords: he may try again at once.

    Raises:
        UnknownOfficer: there is none of this name.
    """
    _check_key(read_keys(folder).keys, key)
    change_keys(
        folder,
        lambda keys: keys.keeping(replace(keys.account(officer_id), throttle=Throttle())),
    )


def renew_recovery(folder: Path, key: bytes) -> str:
    """Return a new recovery key, to be printed; the old sheet opens nothing here any more.

    It still opens the backups that were made with it.
    """
    raw = recovery.new_recovery()
    slot = wrap_for_recovery(key, raw)
    _check_key(read_keys(folder).keys, key)
    change_keys(folder, lambda keys: replace(keys, recovery=slot), forget=True)
    return recovery.printed(raw)


def rebind_device(folder: Path, recovery_key: str, officer_id: str, password: str) -> Unlocked:
    """Make these data at home on this PC, after a restore, and let one officer in.

    All other passwords were bound to the PC that was: these officers get new ones by
    `reset_password`. If the power goes meanwhile, the same call works again.

    Raises:
        RecoveryKeyMistyped: with the groups that cannot be right.
        RecoveryKeyRefused: it is the recovery key of other data.
        UnknownOfficer: there is none of this name.
        NoSupervisor: the officer could not let the others in.
        WeakPassword: with the reason.
    """
    key = unlock_with_recovery(folder, recovery_key)
    keys, device_secret = read_keys(folder).keys, new_secret()
    account = keys.account(officer_id)  # sealed or not: who has the recovery key vouches for it
    check_password(password, account.officer)
    slot = wrap(key, account.officer.id, password, device_secret, keys.cost)
    welcome = replace(account, active=True, must_change=False, slot=slot, throttle=Throttle())

    def rebind(keys: KeyFile) -> KeyFile:
        bound = replace(
            keys,
            device_check=check_value(device_secret),
            accounts=tuple(_without_slot(each, key) for each in keys.accounts),
        ).keeping(sealed(welcome, key))
        _check_led(bound)
        write_secret(folder, device_secret)
        return bound

    reading = change_keys(folder, rebind, forget=True)
    return Unlocked(officer=account.officer, key=key, findings=reading.findings)


def _give(folder: Path, key: bytes, officer_id: str, password: str, *, must_change: bool) -> None:
    before = read_keys(folder).keys.account(officer_id)
    check_seal(before, key)
    slot = _with_password(folder, key, before, password).slot

    def give(keys: KeyFile) -> KeyFile:
        account = keys.account(officer_id)
        check_seal(account, key)
        given = replace(
            account, active=True, slot=slot, must_change=must_change, throttle=Throttle()
        )
        return keys.keeping(sealed(given, key))

    change_keys(folder, give, forget=True)


def _with_password(folder: Path, key: bytes, account: Account, password: str) -> Account:
    check_password(password, account.officer)
    keys = read_keys(folder).keys
    _check_key(keys, key)
    device_secret = read_secret(folder, keys)
    return replace(account, slot=wrap(key, account.officer.id, password, device_secret, keys.cost))


def _without_slot(account: Account, key: bytes) -> Account:
    """Return `account` as it is after a move; a broken seal is left for all to see."""
    bare = replace(account, slot=None)
    return sealed(bare, key) if is_sealed(account, key) else bare


def _change_led(folder: Path, key: bytes, change: Callable[[KeyFile], KeyFile]) -> None:
    def checked(keys: KeyFile) -> KeyFile:
        _check_key(keys, key)
        changed = change(keys)
        _check_led(changed)
        return changed

    change_keys(folder, checked, forget=True)


def _check_led(keys: KeyFile) -> None:
    if not any(account.leads for account in keys.accounts):
        raise NoSupervisor


def _check_key(keys: KeyFile, key: bytes) -> None:
    if not hmac.compare_digest(check_value(key), keys.key_check):
        raise ValueError("the key of another store")  # a slot made with it would open nothing


def _checked(officer: Officer) -> Officer:
    """Return `officer` with names as they are stored: NFC, no blanks around them."""
    short = unicodedata.normalize("NFC", officer.id).strip()
    if not short.isprintable() or not 0 < len(short) <= _LONGEST_ID:
        raise InvalidOfficer(most=_LONGEST_ID)
    return replace(officer, id=short, name=unicodedata.normalize("NFC", officer.name).strip())
