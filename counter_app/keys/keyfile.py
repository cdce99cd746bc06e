"""`keys.json`: the officers of a desk and their slots, readable while the desk is locked.

There are always two generations on the disk, the last and the one before. The older is read
only if the younger cannot be, and whoever reads is told.
"""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from counter_app.domain.officer import Officer, Role
from counter_app.errors import (
    NotConfigured,
    StoreDamaged,
    StoreError,
    StoreTooNew,
    UnknownOfficer,
    UnreadableFile,
)
from counter_app.errors.base import in_words
from counter_app.keys.durable import alone, move, put
from counter_app.keys.finding import Concern, Finding
from counter_app.keys.throttle import Throttle

KEYS_NAME: Final = "keys.json"
PREVIOUS_NAME: Final = "keys.json.previous"
DAMAGED_NAME: Final = "keys.json.damaged"

VERSION: Final = 1

LEADING: Final = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Roles that can let others in again; a desk is never left without an officer of one."""

_Salt = Annotated[bytes, Meta(min_length=16, max_length=16)]
_Nonce = Annotated[bytes, Meta(min_length=12, max_length=12)]
_Wrapped = Annotated[bytes, Meta(min_length=48, max_length=48)]  # 32 of the key, 16 of the tag
_Check = Annotated[bytes, Meta(min_length=16, max_length=16)]


class Cost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one guess at a password costs: argon2id's memory in KiB, passes and lanes."""

    memory: Annotated[int, Meta(ge=8, le=1 << 20)]
    passes: Annotated[int, Meta(ge=1, le=16)]
    lanes: Annotated[int, Meta(ge=1, le=8)] = 1


USUAL_COST: Final = Cost(memory=64 * 1024, passes=3)
"""About a third of a second on an office PC."""

LEAST_COST: Final = Cost(memory=19 * 1024, passes=2)
"""OWASP's minimum for argon2id; cheaper slots are a finding."""


class Slot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The store's key, wrapped for one officer by password and this PC's secret."""

    salt: _Salt
    cost: Cost
    nonce: _Nonce
    wrapped: _Wrapped


class RecoverySlot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The store's key, wrapped by the recovery key alone, so that it opens on any PC."""

    salt: _Salt
    nonce: _Nonce
    wrapped: _Wrapped


class Account(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One officer's entry. Without a slot nobody signs in by it until a password is given."""

    officer: Officer
    active: bool = True
    must_change: bool = False  # the password was chosen by somebody else
    slot: Slot | None = None
    seal: bytes = b""  # over all of the above: roles are not granted by a text editor
    throttle: Throttle = Throttle()

    @property
    def leads(self) -> bool:
        """Whether this officer can sign in and let others in."""
        return self.active and self.slot is not None and not LEADING.isdisjoint(self.officer.roles)


class KeyFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of `keys.json`. A field more is a new version: an older program would drop it."""

    version: Annotated[int, Meta(ge=VERSION, le=VERSION)] = VERSION
    language: str
    cost: Cost  # of the slots to come
    key_check: _Check
    device_check: _Check
    recovery: RecoverySlot
    accounts: tuple[Account, ...]

    def find(self, officer_id: str) -> Account | None:
        """Return the officer's account, if there is one; capitals make no difference."""
        wanted = _folded(officer_id)
        return next((each for each in self.accounts if _folded(each.officer.id) == wanted), None)

    def account(self, officer_id: str) -> Account:
        """Return the officer's account.

        Raises:
            UnknownOfficer: there is none.
        """
        if account := self.find(officer_id):
            return account
        raise UnknownOfficer(officer=officer_id)

    def keeping(self, account: Account) -> "KeyFile":
        """Return the file with `account` in the place of the officer's old one, or added."""
        same = [each.officer.id == account.officer.id for each in self.accounts]
        if not any(same):
            return replace(self, accounts=(*self.accounts, account))
        accounts = (
            account if is_old else each for is_old, each in zip(same, self.accounts, strict=True)
        )
        return replace(self, accounts=tuple(accounts))


class Reading(Struct, frozen=True, kw_only=True):
    """What was read, and what there is to say about it."""

    keys: KeyFile
    raw: bytes
    findings: tuple[Finding, ...] = ()


class _Head(Struct):
    version: int


def has_keys(folder: Path) -> bool:
    """Whether slots were ever made in `folder`, readable or not.

    Raises:
        StoreError: this account may not look into it, or it cannot be a folder at all.
    """
    try:
        return any((folder / name).exists() for name in (KEYS_NAME, PREVIOUS_NAME))
    except OSError as error:
        raise StoreError(reason=error) from error


def read_keys(folder: Path) -> Reading:
    """Return the last generation that can be read.

    Raises:
        NotConfigured: there are no slots in `folder`.
        StoreTooNew: they were written by a newer release.
        StoreDamaged: neither generation can be read.
        StoreError: this account may not read the file.
    """
    if not has_keys(folder):
        raise NotConfigured(place=folder)
    try:
        return read_generation(folder / KEYS_NAME)
    except UnreadableFile as error:
        finding = Finding(
            concern=Concern.PREVIOUS_USED,
            values={"file": KEYS_NAME, "reason": str(in_words(error.values["reason"]))},
        )
        try:
            reading = read_generation(folder / PREVIOUS_NAME)
        except UnreadableFile as older:
            raise StoreDamaged(reason=f"{KEYS_NAME}, {PREVIOUS_NAME}") from older
        return replace(reading, findings=(finding,))


def read_generation(path: Path) -> Reading:
    """Return what one file says.

    Raises:
        UnreadableFile: it is not there, damaged, or no file of slots.
        StoreTooNew: it was written by a newer release.
        StoreError: this account may not read it.
    """
    try:
        raw = path.read_bytes()
    except PermissionError as error:
        raise StoreError(reason=error) from error
    except OSError as error:
        raise UnreadableFile(file=path.name, reason=error) from error
    return Reading(keys=decode_keys(raw, path.name), raw=raw)


def decode_keys(raw: bytes, name: str = KEYS_NAME) -> KeyFile:
    """Return what `raw` says.

    Raises:
        UnreadableFile: with the place that is wrong.
        StoreTooNew: it was written by a newer release.
    """
    try:
        if msgspec.json.decode(raw, type=_Head).version > VERSION:
            raise StoreTooNew
        return msgspec.json.decode(raw, type=KeyFile)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableFile(file=name, reason=error) from error


def write_keys(folder: Path, keys: KeyFile) -> None:
    """Make `keys` both generations: where nothing was before, or nothing should be left of it.

    Raises:
        StoreFull: the disk is full.
        StoreReadOnly: the folder cannot be written.
    """
    put(folder / KEYS_NAME, _encode(keys))
    # From the disk: the old slots do not go before the new ones are known to be there.
    put(folder / PREVIOUS_NAME, read_generation(folder / KEYS_NAME).raw)


def change_keys(
    folder: Path, change: Callable[[KeyFile], KeyFile], *, forget: bool = False
) -> Reading:
    """Write what `change` makes of the slots, and return it with what there was to say.

    Durable on return. With `forget` no generation is left that opens by the old slots:
    a password that was changed is of no use after damage either.

    Raises:
        StoreFull: the disk is full; nothing was changed.
        StoreReadOnly: the folder cannot be written.
    """
    if not has_keys(folder):
        raise NotConfigured(place=folder)
    with alone(folder):
        before = read_keys(folder)
        keys = change(before.keys)
        if before.findings and (folder / KEYS_NAME).exists():
            move(folder / KEYS_NAME, folder / DAMAGED_NAME)  # until somebody has looked into it
        put(folder / PREVIOUS_NAME, before.raw)
        if forget:
            write_keys(folder, keys)
        else:
            put(folder / KEYS_NAME, _encode(keys))
    return Reading(keys=keys, raw=_encode(keys), findings=before.findings)


def _encode(keys: KeyFile) -> bytes:
    # Ordered and indented: an administrator may look into it, and compare two of them.
    return msgspec.json.format(msgspec.json.encode(keys, order="deterministic"))


def _folded(officer_id: str) -> str:
    return unicodedata.normalize("NFKC", officer_id).strip().casefold()
