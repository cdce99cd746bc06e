"""How desk and centre know that it is the other who speaks, and what is answered to what.

A desk signs each request: method, path, desk, epoch, a nonce and the body's hash. The centre
signs each answer over the request's signature, the status and the body's hash, and shows the
certificate by which its root, which the desk has pinned, vouches for its key. So a page of
a captive portal, an answer that was cut or recorded, another host's, or the centre's own to
another question or another desk is never taken for the answer, whatever TLS says.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from counter_app.wire.codec import encode
from counter_app.wire.messages import Certificate
from counter_app.wire.signing import SigningKey, verify

REQUEST_TAG: Final = b"counter-app request 1"
ANSWER_TAG: Final = b"counter-app answer 1"
CERTIFICATE_TAG: Final = b"counter-app certificate 1"
NONCE_SIZE: Final = 16

DESK_HEADER: Final = "counter-desk"
EPOCH_HEADER: Final = "counter-epoch"
NONCE_HEADER: Final = "counter-nonce"
SIGNATURE_HEADER: Final = "counter-signature"
CERTIFICATE_HEADER: Final = "counter-certificate"

_LENGTH_SIZE: Final = 8
_EPOCH_SIZE: Final = 8
_FINGERPRINT_GROUP: Final = 4


class Signed(Struct, frozen=True, kw_only=True):
    """Who asks: what a request's headers say, still to be verified."""

    desk_id: UUID
    epoch: int
    nonce: bytes
    signature: bytes


def sign_request(
    key: SigningKey, *, method: str, path: str, desk_id: UUID, epoch: int, body: bytes
) -> tuple[bytes, dict[str, str]]:
    """Return the signature of a request, and the headers that hold it and a fresh nonce.

    `body` is as it is sent. The signature is what an answer will be bound to.
    """
    nonce = secrets.token_bytes(NONCE_SIZE)
    place = _place(method, path, desk_id, epoch)
    said = _framed(*place, nonce, sha256(body).digest())
    signature = key.sign(REQUEST_TAG, said)
    return signature, {
        DESK_HEADER: str(desk_id),
        EPOCH_HEADER: f"{epoch:016x}",
        NONCE_HEADER: _text(nonce),
        SIGNATURE_HEADER: _text(signature),
    }


def read_signed(headers: Mapping[str, str]) -> Signed | None:
    """Return what the headers of a request say of its sender; None if they do not."""
    try:
        return Signed(
            desk_id=UUID(headers[DESK_HEADER]),
            epoch=int.from_bytes(_sized(bytes.fromhex(headers[EPOCH_HEADER]), _EPOCH_SIZE)),
            nonce=_bytes(headers[NONCE_HEADER], NONCE_SIZE),
            signature=_bytes(headers[SIGNATURE_HEADER], 64),
        )
    except (KeyError, ValueError):
        return None


def is_signed_by(public: bytes, signed: Signed, *, method: str, path: str, body: bytes) -> bool:
    """Say whether the desk with this key has sent the request."""
    place = _place(method, path, signed.desk_id, signed.epoch)
    said = _framed(*place, signed.nonce, sha256(body).digest())
    return verify(public, REQUEST_TAG, said, signed.signature)


def certify(root: SigningKey, certificate: Certificate) -> Certificate:
    """Return the certificate with the root's signature."""
    said = encode(replace(certificate, signature=b""))
    return replace(certificate, signature=root.sign(CERTIFICATE_TAG, said))


def is_certified(root_key: bytes, certificate: Certificate) -> bool:
    """Say whether the root has given this certificate."""
    said = encode(replace(certificate, signature=b""))
    return verify(root_key, CERTIFICATE_TAG, said, certificate.signature)


def sign_answer(
    key: SigningKey, certificate: Certificate, *, request: bytes, status: int, body: bytes
) -> dict[str, str]:
    """Return the headers that sign an answer to the request with the signature `request`."""
    return {
        SIGNATURE_HEADER: _text(key.sign(ANSWER_TAG, _answer(request, status, body))),
        CERTIFICATE_HEADER: _text(encode(certificate)),
    }


def is_answer_of(
    root_key: bytes,
    centre_id: UUID,
    headers: Mapping[str, str],
    *,
    request: bytes,
    status: int,
    body: bytes,
) -> bool:
    """Say whether this is the centre's answer, whole, to the request with this signature."""
    try:
        raw = base64.b64decode(headers[CERTIFICATE_HEADER], validate=True)
        certificate = msgspec.json.decode(raw, type=Certificate)
        signature = _bytes(headers[SIGNATURE_HEADER], 64)
    except (KeyError, ValueError, RecursionError):  # msgspec's own errors are ValueErrors
        return False
    return (
        certificate.centre_id == centre_id
        and is_certified(root_key, certificate)
        and verify(certificate.public_key, ANSWER_TAG, _answer(request, status, body), signature)
    )


def fingerprint(public: bytes) -> str:
    """Return what two people compare by eye: the start of a key's hash in groups of four."""
    text = sha256(public).hexdigest()[:32].upper()
    parts = (text[n : n + _FINGERPRINT_GROUP] for n in range(0, 32, _FINGERPRINT_GROUP))
    return " ".join(parts)


def _place(method: str, path: str, desk_id: UUID, epoch: int) -> tuple[bytes, ...]:
    return method.upper().encode(), path.encode(), desk_id.bytes, epoch.to_bytes(_EPOCH_SIZE)


def _answer(request: bytes, status: int, body: bytes) -> bytes:
    return _framed(request, status.to_bytes(2), sha256(body).digest())


def _framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(_LENGTH_SIZE) + part for part in parts)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, size: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    return _sized(raw, size)


def _sized(raw: bytes, size: int) -> bytes:
    if len(raw) != size:
        raise ValueError(f"{len(raw)} bytes and not {size}")
    return raw
