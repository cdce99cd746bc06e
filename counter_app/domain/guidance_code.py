"""The guidance code: what the QR on a guidance paper says, so that its intake is taken up again.

Bytes: format 2 · token 16 · 2 check bytes, the start of a SHA-256 over a domain tag and the
bytes before. It is printed as one decimal number of always 44 digits, which a scanner that
types cannot garble and which nothing else on paper looks like. It is not signed: whoever made
one up would only find an empty form. It says nothing of who came, or for what.
"""

import hashlib
import re
from typing import Final

from counter_app.domain.receipt_code import TOKEN_SIZE

DIGITS: Final = 44
"""How many digits it has: the first byte leaves no other number."""

_FORMAT: Final = b"\x02"
_CHECK_SIZE: Final = 2
_SIZE: Final = len(_FORMAT) + TOKEN_SIZE + _CHECK_SIZE
_TAG: Final = b"counter-app guidance 1\x00"
_GROUP: Final = 4
_TYPED: Final = re.compile(r"[\s.\-\ufeff\0]+")
_LONGEST: Final = 2 * DIGITS  # with whatever stands between the groups


def guidance_digits(token: bytes) -> str:
    """Return what the QR of the guidance given with `token` says.

    Raises:
        ValueError: a token has 16 bytes.
    """
    if len(token) != TOKEN_SIZE:
        raise ValueError(f"a token has {TOKEN_SIZE} bytes")
    return str(int.from_bytes(_FORMAT + token + _check(token), "big"))


def parse_guidance(digits: str) -> bytes | None:
    """Return the token in a guidance code, scanned or typed in groups.

    None for anything that no desk would have printed; never raises.
    """
    if len(digits) > _LONGEST:
        return None
    plain = _TYPED.sub("", digits)
    if len(plain) != DIGITS or not (plain.isascii() and plain.isdigit()):
        return None
    number = int(plain)
    if number.bit_length() > 8 * _SIZE:
        return None
    raw = number.to_bytes(_SIZE, "big")
    token = raw[1 : 1 + TOKEN_SIZE]
    return token if raw == _FORMAT + token + _check(token) else None


def in_groups(digits: str) -> str:
    """Return the digits as they are printed to be read and typed: in groups of four."""
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def _check(token: bytes) -> bytes:
    return hashlib.sha256(_TAG + _FORMAT + token).digest()[:_CHECK_SIZE]
