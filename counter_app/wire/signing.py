"""Signing bytes with the key of a desk, and telling who signed them (Ed25519).

Every signature is made over a domain tag and the bytes, so that what was signed for one
purpose never passes for another.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from msgspec.structs import replace

from counter_app.domain.receipt_code import ReceiptCode, key_id_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED_SIZE: Final = 32
RECEIPT_TAG: Final = b"counter-app receipt 1"


class SigningKey:
    """The private key of a desk; what prints it shows the public part only."""

    def __init__(self, private: "Ed25519PrivateKey") -> None:
        self._private = private
        self.public: Final = private.public_key().public_bytes_raw()
        self.key_id: Final = key_id_of(self.public)

    def __repr__(self) -> str:
        return f"SigningKey({self.key_id.hex()})"

    @classmethod
    def generate(cls) -> Self:
        """Return a new key, drawn at random."""
        # Costs 40 ms to import, which the start of the program need not wait for.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Return the key that these 32 bytes make.

        Raises:
            ValueError: they are not 32.
        """
        # As in `generate`.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes that make this key again."""
        return self._private.private_bytes_raw()

    def sign(self, tag: bytes, message: bytes) -> bytes:
        """Return the signature of `message` for the purpose `tag`; always the same 64 bytes."""
        return self._private.sign(_tagged(tag, message))


class ReceiptVerdict(StrEnum):
    """What can be said of a receipt without asking anybody."""

    GENUINE = "genuine"
    FORGED = "forged"
    UNKNOWN_KEY = "unknown_key"


def verify(public: bytes, tag: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the key signed `message` for the purpose `tag`; False for any junk."""
    # As in `SigningKey.generate`.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _tagged(tag, message))
    except (InvalidSignature, ValueError):  # ValueError: these bytes are no key
        return False
    return True


def sign_receipt(key: SigningKey, receipt: ReceiptCode) -> ReceiptCode:
    """Return the receipt code with the key's signature.

    Raises:
        ValueError: the receipt code names another key.
    """
    if receipt.key_id != key.key_id:
        raise ValueError("a receipt code is signed by the key that it names")
    return replace(receipt, signature=key.sign(RECEIPT_TAG, receipt.unsigned_bytes))


def verify_receipt(receipt: ReceiptCode, keys: Mapping[bytes, bytes]) -> ReceiptVerdict:
    """Return what is to be thought of a scanned receipt; `keys` are public keys by key id."""
    public = keys.get(receipt.key_id)
    if public is None:
        return ReceiptVerdict.UNKNOWN_KEY
    if verify(public, RECEIPT_TAG, receipt.unsigned_bytes, receipt.signature):
        return ReceiptVerdict.GENUINE
    return ReceiptVerdict.FORGED


def _tagged(tag: bytes, message: bytes) -> bytes:
    if not tag or b"\0" in tag:  # or another pair of tag and message could give the same bytes
        raise ValueError(f"{tag!r} is no domain tag")
    return tag + b"\0" + message
