"""How the store's key is wrapped, unwrapped and vouched for. Bytes in, bytes out.

argon2id makes a guess at a password dear, HKDF joins it to the secret of this PC, AES-GCM wraps
and tells right from wrong. Each use of a key has a tag of its own.
"""

import hashlib
import hmac
import secrets
import unicodedata
from typing import Final

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec.structs import replace

from counter_app.errors import OfficerAltered, RecoveryKeyRefused, StoreDamaged
from counter_app.keys.keyfile import Account, Cost, RecoverySlot, Slot

KEY_SIZE: Final = 32
"""Bytes of the store's key."""

_SALT_SIZE: Final = 16
_NONCE_SIZE: Final = 12
_CHECK_SIZE: Final = 16

_SLOT: Final = b"counter-app/keys/slot/1"
_RECOVERY: Final = b"counter-app/keys/recovery/1"
_CHECK: Final = b"counter-app/keys/check/1"
_SEAL: Final = b"counter-app/keys/seal/1"


def wrap(key: bytes, officer_id: str, password: str, device_secret: bytes, cost: Cost) -> Slot:
    """Return a new slot that was tried: `password` and `device_secret` open it again.

    Raises:
        StoreDamaged: this PC computes wrongly; the old slot must stay.
    """
    salt, nonce = secrets.token_bytes(_SALT_SIZE), secrets.token_bytes(_NONCE_SIZE)
    slot = Slot(salt=salt, cost=cost, nonce=nonce, wrapped=bytes(KEY_SIZE + 16))
    wrapping_key = _from_password(slot, password, device_secret)
    wrapped = AESGCM(wrapping_key).encrypt(nonce, key, _bound_to(officer_id))
    slot = replace(slot, wrapped=wrapped)
    prove(slot, key, officer_id, password, device_secret)
    return slot


def prove(slot: Slot, key: bytes, officer_id: str, password: str, device_secret: bytes) -> None:
    """Let pass a slot that `password` opens to `key`.

    Raises:
        StoreDamaged: it does not; what was there before must stay.
    """
    if unwrap(slot, officer_id, password, device_secret) != key:
        raise StoreDamaged(reason="keys.json")


def unwrap(slot: Slot, officer_id: str, password: str, device_secret: bytes) -> bytes | None:
    """Return the store's key, or nothing if this password does not open the slot."""
    wrapping_key = _from_password(slot, password, device_secret)
    try:
        return AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped, _bound_to(officer_id))
    except InvalidTag:
        return None


def decoy(cost: Cost) -> Slot:
    """Return a slot that nothing opens: an unknown officer costs as much time as a known one."""
    return Slot(
        salt=secrets.token_bytes(_SALT_SIZE),
        cost=cost,
        nonce=secrets.token_bytes(_NONCE_SIZE),
        wrapped=secrets.token_bytes(KEY_SIZE + 16),
    )


def wrap_for_recovery(key: bytes, recovery: bytes) -> RecoverySlot:
    """Return a new slot that was tried: `recovery` alone opens it."""
    salt, nonce = secrets.token_bytes(_SALT_SIZE), secrets.token_bytes(_NONCE_SIZE)
    wrapped = AESGCM(_derived(recovery, _RECOVERY, salt=salt)).encrypt(nonce, key, _RECOVERY)
    slot = RecoverySlot(salt=salt, nonce=nonce, wrapped=wrapped)
    unwrap_by_recovery(slot, recovery)
    return slot


def unwrap_by_recovery(slot: RecoverySlot, recovery: bytes) -> bytes:
    """Return the store's key.

    Raises:
        RecoveryKeyRefused: it is the recovery key of another desk, or of another time.
    """
    # No argon2: the recovery key is 160 random bits, and nobody guesses those at any price.
    wrapping_key = _derived(recovery, _RECOVERY, salt=slot.salt)
    try:
        return AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped, _RECOVERY)
    except InvalidTag as error:
        raise RecoveryKeyRefused from error


def check_value(secret: bytes) -> bytes:
    """Return what tells one random secret from another without telling the secret."""
    return _derived(secret, _CHECK, size=_CHECK_SIZE)


def sealed(account: Account, key: bytes) -> Account:
    """Return `account` with the seal of whoever has the store's key."""
    return replace(account, seal=_seal(account, key))


def is_sealed(account: Account, key: bytes) -> bool:
    """Whether name, roles and slot are as somebody with the store's key has left them."""
    return hmac.compare_digest(account.seal, _seal(account, key))


def check_seal(account: Account, key: bytes) -> None:
    """Let an account pass that nobody has altered by other means than this program.

    Raises:
        OfficerAltered: somebody has, perhaps to give himself a role.
    """
    if not is_sealed(account, key):
        raise OfficerAltered(officer=account.officer.id)


def _seal(account: Account, key: bytes) -> bytes:
    officer = account.officer
    # Field by field: a field that a later release adds to a Struct must not break the seals.
    said = msgspec.json.encode(
        [
            officer.id,
            officer.name,
            sorted(role.value for role in officer.roles),
            account.active,
            account.must_change,
            account.slot.wrapped if account.slot else None,
        ]
    )
    return hmac.digest(_derived(key, _SEAL), said, hashlib.sha256)


def _from_password(slot: Slot, password: str, device_secret: bytes) -> bytes:
    # NFKC: one keyboard writes ế as one character, another as three.
    normal = unicodedata.normalize("NFKC", password)
    stretched = hash_secret_raw(
        normal.encode(),
        slot.salt,
        time_cost=slot.cost.passes,
        memory_cost=slot.cost.memory,
        parallelism=slot.cost.lanes,
        hash_len=KEY_SIZE,
        type=Type.ID,
    )
    return _derived(stretched + device_secret, _SLOT, salt=slot.salt)


def _bound_to(officer_id: str) -> bytes:
    return _SLOT + b"/" + officer_id.encode()


def _derived(
    secret: bytes, purpose: bytes, *, salt: bytes | None = None, size: int = KEY_SIZE
) -> bytes:
    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=purpose).derive(secret)
