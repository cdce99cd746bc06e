"""Telephone numbers of Vietnam, as people say them and as they are stored."""

import re
from itertools import pairwise
from typing import Final

# Mobile numbers have 10 digits, landlines 11, service numbers 8 or 10 and no area code.
_NUMBER: Final = re.compile(
    r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}"
    r"|02\d{9}"
    r"|1[89]00(?:\d{4}|\d{6})"
)
_ABROAD: Final = re.compile(r"^(?:\+|00)?840?(?=[235789]\d{8,9}$)")
_BETWEEN: Final = re.compile(r"[\s.()\-‐‑–]+")
_TWO_DIGIT_AREAS: Final = ("024", "028")  # the two largest cities


def parse_phone(text: str) -> str | None:
    """Return the digits of a Vietnamese number as they are dialled at home, or None.

    Blanks, dots, hyphens, brackets around the area code and +84 or 0084 before it do no harm.
    """
    digits = _ABROAD.sub("0", _BETWEEN.sub("", text))
    return digits if digits.isascii() and _NUMBER.fullmatch(digits) else None


def format_phone(digits: str) -> str:
    """Return a stored number in groups that can be read out; anything else as it is."""
    if not _NUMBER.fullmatch(digits) or not digits.isascii():
        return digits
    if digits.startswith("1"):
        cuts = (4, 7) if len(digits) == 10 else (4,)
    elif digits.startswith(_TWO_DIGIT_AREAS):
        cuts = (3, 7)
    else:
        cuts = (4, 7) if len(digits) == 10 else (4, 8)
    edges = (0, *cuts, len(digits))
    return " ".join(digits[a:b] for a, b in pairwise(edges))
