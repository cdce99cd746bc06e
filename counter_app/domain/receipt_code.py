"""The receipt code: what the QR on a receipt says, so that any desk and the centre can tell it.

Bytes, all numbers big-endian; the format never changes, a new one gets another first byte:

====== ==========================================================================
size   what
====== ==========================================================================
1      format: 1
8      key id: start of SHA-256 of the desk's public key
1      length of the agency's code in characters
2 to 3 characters: the agency's code in base 40, padded to whole threes
2      day of reception, in days since 2020-01-01
3      running number in the low 20 bits; digits beyond four in the high 4 bits
2      promised day, in days since 2020-01-01; 0 = none
16     token: random, drawn with the draft
64     Ed25519 signature over a domain tag and all bytes before
====== ==========================================================================

It is printed as one decimal number, whose digits a QR holds in little room and a scanner that
types them cannot garble. It says nothing of the applicant or of what was applied for.
"""

import hashlib
import hmac
import struct
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from counter_app.domain.dossier_code import (
    FEWEST_DIGITS,
    DossierCode,
    is_agency_code,
    make_dossier_code,
    parts,
    serial_digits,
)

KEY_ID_SIZE: Final = 8
TOKEN_SIZE: Final = 16
SIGNATURE_SIZE: Final = 64

_FORMAT: Final = 1
_DAY_0: Final = date(2020, 1, 1)
_LAST_DAY: Final = 0xFFFF
_SERIAL_BITS: Final = 20
_BASE_40: Final = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-"  # the blank pads, and no code has it
_GROUP: Final = 3  # characters in two bytes: 40³ < 65536
_ID_TAG: Final = b"counter-app dossier-id 1\x00"
_PIN_BITS: Final = 30
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES: Final = str.maketrans("OIL", "011", "-")


class ReceiptCode(Struct, frozen=True, kw_only=True):
    """What the QR on a receipt says; `signature` is empty until a desk's key has signed it.

    Raises:
        ValueError: it cannot be written in format 1.
    """

    key_id: bytes
    agency: str
    received_on: date
    serial: int
    serial_digits: int = FEWEST_DIGITS
    due_on: date | None = None
    token: bytes
    signature: bytes = b""

    def __post_init__(self) -> None:
        """Refuse what another reader would not read as the same."""
        if len(self.key_id) != KEY_ID_SIZE or len(self.token) != TOKEN_SIZE:
            raise ValueError("a key id has 8 bytes and a token 16")
        if len(self.signature) not in {0, SIGNATURE_SIZE}:
            raise ValueError("a signature has 64 bytes")
        if serial_digits(self.dossier_code) != self.serial_digits:
            raise ValueError(f"{self.serial} is not written with {self.serial_digits} digits")
        _days(self.received_on)
        if self.due_on is not None and _days(self.due_on) == 0:
            raise ValueError(f"{self.due_on} would be read as no promised day")

    @property
    def dossier_code(self) -> DossierCode:
        """The code as it is printed on the same paper."""
        return make_dossier_code(
            self.agency, self.received_on, self.serial, digits=self.serial_digits
        )

    @property
    def dossier_id(self) -> UUID:
        """The identity of the dossier."""
        return dossier_id_of(self.token)

    @property
    def pin(self) -> str:
        """What is typed beside the dossier code where no QR can be scanned."""
        return pin_of(self.token)

    @property
    def unsigned_bytes(self) -> bytes:
        """The bytes that are signed."""
        due = 0 if self.due_on is None else _days(self.due_on)
        serial = self.serial_digits - FEWEST_DIGITS << _SERIAL_BITS | self.serial
        head = bytes((_FORMAT,)) + self.key_id + bytes((len(self.agency),)) + _pack(self.agency)
        numbers = struct.pack(">H3sH", _days(self.received_on), serial.to_bytes(3, "big"), due)
        return head + numbers + self.token

    @property
    def packed(self) -> bytes:
        """The bytes with their signature.

        Raises:
            ValueError: it is not signed.
        """
        if not self.signature:
            raise ValueError("a receipt code is not printed before it is signed")
        return self.unsigned_bytes + self.signature

    @property
    def digits(self) -> str:
        """The signed code as it stands in the QR.

        Raises:
            ValueError: it is not signed.
        """
        return to_digits(self.packed)


def receipt_code_for(
    code: DossierCode, *, key_id: bytes, due_on: date | None, token: bytes
) -> ReceiptCode:
    """Return what the QR of this dossier will say, still to be signed.

    Raises:
        ValueError: it cannot be written in format 1.
    """
    agency, day, serial = parts(code)
    return ReceiptCode(
        key_id=key_id,
        agency=agency,
        received_on=day,
        serial=serial,
        serial_digits=serial_digits(code),
        due_on=due_on,
        token=token,
    )


def parse_receipt_code(text: str) -> ReceiptCode | None:
    """Return what a QR says, the address of the tracking page or the digits alone.

    None for anything that no desk would have written; never raises. What is returned is well
    formed, and may still be forged: see `wire.signing`.
    """
    digits = text.strip().upper().rpartition("/T/")[2].removesuffix("/")
    raw = from_digits(digits)
    return _read(raw) if raw else None


def packed_receipt(text: str) -> bytes:
    """Return the bytes of a QR as `parse_receipt_code` reads them, unread; b"" for none."""
    return _packed(text) if len(text) <= _LONGEST else b""


@lru_cache(256)  # it is looked at twice when a dossier is taken in
def _packed(text: str) -> bytes:
    digits = text.strip().upper().rpartition("/T/")[2].removesuffix("/")
    return from_digits(digits) or b""


def label_of(code: DossierCode) -> bytes:
    """Return how a receipt's bytes name the dossier's code: agency, day and running number.

    Raises:
        ValueError: it is no dossier code, or cannot be written in format 1.
    """
    agency, day, serial = parts(code)
    number = serial_digits(code) - FEWEST_DIGITS << _SERIAL_BITS | serial
    numbers = _days(day).to_bytes(2, "big") + number.to_bytes(3, "big")
    return bytes((len(agency),)) + _pack(agency) + numbers


def bears(packed: bytes, *, label: bytes, dossier_id: UUID) -> bool:
    """Say whether a receipt's bytes name this code (`label_of`) and identify this dossier."""
    said, token = packed[_LABEL_FROM:_LABEL_TO], packed[_LABEL_TO + 2 : -SIGNATURE_SIZE]
    known = packed[:1] == bytes((_FORMAT,)) and said == label
    return known and len(token) == TOKEN_SIZE and dossier_id_of(token) == dossier_id


class Glance(NamedTuple):
    """What can be read off a receipt's bytes without asking whether a desk would write them."""

    dossier_id: UUID
    received_on: date
    due_on: date | None


def glance(packed: bytes) -> Glance:
    """Return whose receipt this would be, and its days, from bytes of a receipt's length.

    Ten times as quick as `parse_receipt_code`, and worth nothing before the bytes have been
    compared with those of a receipt that is known.
    """
    dates, token = packed[_LABEL_TO - _NUMBERS_SIZE : _LABEL_TO + 2], packed[_TOKEN_FROM:]
    received, _number, due = struct.unpack(">H3sH", dates)
    return Glance(
        dossier_id=dossier_id_of(token[:TOKEN_SIZE]),
        received_on=_DAY_0 + timedelta(days=received),
        due_on=_DAY_0 + timedelta(days=due) if due else None,
    )


def key_id_in(packed: bytes) -> bytes:
    """Return by which key a receipt's bytes say they were signed."""
    return packed[1 : 1 + KEY_ID_SIZE]


def tracking_url(base: str, digits: str) -> str:
    """Return the address that a citizen's phone opens; without a base the digits alone.

    All in upper case, which a QR holds in less room; the path is matched case-blind.
    """
    return f"{base.strip().rstrip('/').upper()}/T/{digits}" if base.strip() else digits


def key_id_of(public_key: bytes) -> bytes:
    """Return how a receipt names the key that signed it, of which these are the raw bytes."""
    return hashlib.sha256(public_key).digest()[:KEY_ID_SIZE]


def dossier_id_of(token: bytes) -> UUID:
    """Return the identity of the dossier that was registered with `token`.

    A UUID of version 8 (RFC 9562), so that whoever reads a receipt knows the identity too.
    """
    number = int.from_bytes(hashlib.sha256(_ID_TAG + token).digest()[:16], "big")
    number = number & ~(0xF << 76) | 8 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def pin_of(token: bytes) -> str:
    """Return the six characters that are printed beside the code, and stored nowhere."""
    start = hmac.digest(token, b"pin", "sha256")[:4]
    number = int.from_bytes(start, "big") >> 8 * len(start) - _PIN_BITS
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(_PIN_BITS - 5, -1, -5))


def same_pin(typed: str, pin: str) -> bool:
    """Say whether `typed` is meant to be `pin`: O is 0, I and L are 1; takes always as long."""
    plain = "".join(typed.split()).upper().translate(_LOOK_ALIKES)
    return hmac.compare_digest(plain.encode(errors="replace"), pin.encode())


def to_digits(raw: bytes) -> str:
    """Return bytes as a decimal number, always as many digits for as many bytes."""
    return str(int.from_bytes(raw, "big")).zfill(_digit_count(len(raw)))


def from_digits(digits: str) -> bytes | None:
    """Return the bytes of a number; None if `to_digits` writes no receipt code like that."""
    size = _SIZES.get(len(digits))
    if size is None or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return int(digits).to_bytes(size, "big")
    except OverflowError:  # as many digits, and more than so many bytes hold
        return None


def has_receipt_length(digits: str) -> bool:
    """Say whether these are as many digits as stand on some receipt: nothing was cut off."""
    return len(digits) in _SIZES and digits.isascii() and digits.isdigit()


def _digit_count(size: int) -> int:
    return len(str(256**size - 1))


_LONGEST: Final = 1000  # characters, with the address before the digits
_FIXED_SIZE: Final = 1 + KEY_ID_SIZE + 1 + 2 + 3 + 2 + TOKEN_SIZE + SIGNATURE_SIZE
_LABEL_FROM: Final = 1 + KEY_ID_SIZE
_NUMBERS_SIZE: Final = 2 + 3
_TOKEN_FROM: Final = -(TOKEN_SIZE + SIGNATURE_SIZE)
_LABEL_TO: Final = _TOKEN_FROM - 2
_SIZES: Final = {
    _digit_count(_FIXED_SIZE + 2 * groups): _FIXED_SIZE + 2 * groups for groups in range(1, 6)
}


def _days(day: date) -> int:
    days = (day - _DAY_0).days
    if not 0 <= days <= _LAST_DAY:
        raise ValueError(f"{day} cannot be written in a receipt code")
    return days


@lru_cache(1024)  # an office has one code, and a centre reads thousands of its receipts
def _pack(agency: str) -> bytes:
    padded = agency + _BASE_40[0] * (-len(agency) % _GROUP)
    packed = b""
    for n in range(0, len(padded), _GROUP):
        number = 0
        for character in padded[n : n + _GROUP]:
            number = number * 40 + _BASE_40.index(character)
        packed += number.to_bytes(2, "big")
    return packed


def _unpack(packed: bytes, length: int) -> str | None:
    text = ""
    for (number,) in struct.iter_unpack(">H", packed):
        group = number // 1600, number // 40 % 40, number % 40
        if max(group) >= len(_BASE_40):
            return None
        text += "".join(_BASE_40[value] for value in group)
    agency = text[:length]
    # Packed again, or a second way to write the same code would pass.
    return agency if is_agency_code(agency) and _pack(agency) == packed else None


def _read(raw: bytes) -> ReceiptCode | None:
    layout = f">B{KEY_ID_SIZE}sB{len(raw) - _FIXED_SIZE}sH3sH{TOKEN_SIZE}s{SIGNATURE_SIZE}s"
    first, key_id, length, packed, received, number, due, token, signature = struct.unpack(
        layout, raw
    )
    agency = _unpack(packed, length)
    if first != _FORMAT or agency is None:
        return None
    serial = int.from_bytes(number, "big")
    try:
        return ReceiptCode(
            key_id=key_id,
            agency=agency,
            received_on=_DAY_0 + timedelta(days=received),
            serial=serial & (1 << _SERIAL_BITS) - 1,
            serial_digits=FEWEST_DIGITS + (serial >> _SERIAL_BITS),
            due_on=_DAY_0 + timedelta(days=due) if due else None,
            token=token,
            signature=signature,
        )
    except ValueError:  # well packed, but nothing that a desk would have written
        return None
