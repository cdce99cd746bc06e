"""Secrets as they are printed and typed: eight groups of five characters.

A group is four characters of Crockford's base 32 and a fifth that checks them and their place,
so a slip of the finger is named by its group before anything is tried. Any one wrong
character is noticed, and any two that are swapped, and any two groups.
"""

import re
import unicodedata
from typing import Final

GROUPS: Final = 8
SECRET_SIZE: Final = 20
"""Bytes: 160 bits, four characters of five bits in each group."""

_GROUP_SIZE: Final = 5
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Blanks, dashes and what is not seen; any other sign is a slip of the finger.
_BETWEEN: Final = re.compile(r"[\s_.,:;\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff-]+")
_READ_AS: Final = str.maketrans("OIL", "011")


class WrongGroups(ValueError):
    """These groups cannot be right, counted from 1."""

    def __init__(self, groups: set[int]) -> None:
        super().__init__(groups)
        self.groups = groups


def in_groups(secret: bytes) -> str:
    """Return 20 bytes as they stand on paper."""
    number = int.from_bytes(secret, "big")
    values = [number >> shift & 31 for shift in range(SECRET_SIZE * 8 - 5, -5, -5)]
    groups = [values[start : start + 4] for start in range(0, len(values), 4)]
    return "-".join(
        "".join(_ALPHABET[value] for value in (*group, _check(group, place)))
        for place, group in enumerate(groups)
    )


def from_groups(text: str) -> bytes:
    """Return the 20 bytes that somebody has typed; case, blanks and O for 0 do not matter.

    Raises:
        WrongGroups: with the numbers of the groups that cannot be right.
    """
    read = [_group(group, place) for place, group in enumerate(_groups(text))]
    wrong = {place for place, values in enumerate(read, 1) if values is None}
    wrong |= set(range(len(read) + 1, GROUPS + 1))  # left out
    if len(read) > GROUPS:
        wrong = {place for place in wrong if place < GROUPS} | {GROUPS}
    if wrong:
        raise WrongGroups(wrong)
    number = 0
    for values in read:
        for value in values or ():
            number = number << 5 | value
    return number.to_bytes(SECRET_SIZE, "big")


def _groups(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    apart = _BETWEEN.sub(" ", plain).split()
    if len(apart) == GROUPS:  # as printed: a character too few spoils its own group only
        return apart
    joined = "".join(apart)
    return [joined[start : start + _GROUP_SIZE] for start in range(0, len(joined), _GROUP_SIZE)]


def _group(text: str, place: int) -> list[int] | None:
    values = [_ALPHABET.find(character) for character in text]
    if len(values) != _GROUP_SIZE or -1 in values or _check(values[:4], place) != values[4]:
        return None
    return values[:4]


def _check(values: list[int], place: int) -> int:
    """Return Σ αⁱ·valueᵢ and the place over GF(32): weights that differ catch every swap."""
    check = place
    for value in reversed(values):
        check = _times_alpha(check ^ value)
    return check


def _times_alpha(value: int) -> int:
    doubled = value << 1
    return doubled ^ 0b100101 if doubled > 31 else doubled  # modulo x⁵ + x² + 1
