"""The numbers by which a person is known: personal number, old identity card, passport."""

import re
from enum import StrEnum
from typing import Final

from counter_app.domain.finding import Finding
from counter_app.domain.partial_date import PartialDate
from counter_app.domain.party import Sex

# The 63 provinces as they were when numbering began. Numbers once given out are never changed,
# so this list outlives every merger. From 101 on stand the countries of those born abroad.
# fmt: off
PROVINCES: Final = frozenset((
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35,
    36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70,
    72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
))
# fmt: on

_SEPARATORS: Final = re.compile(r"[\s.\-]+")
_PASSPORT: Final = re.compile(r"[A-Z](?=.*\d)[A-Z0-9]{6,8}")


class DocumentKind(StrEnum):
    """What a number stands on, as far as its shape tells."""

    PERSONAL_NUMBER = "personal_number"
    OLD_NUMBER = "old_number"
    PASSPORT = "passport"
    OTHER = "other"


def document_number(text: str) -> str:
    """Return a typed number as it is stored: capitals, without blanks, dots and hyphens."""
    return _SEPARATORS.sub("", text).upper()


def document_kind(text: str) -> DocumentKind:
    """Return what kind of number `text` is: 12 digits, 9 digits, or a letter and 6 to 8 signs."""
    number = document_number(text)
    if not number.isascii():
        return DocumentKind.OTHER
    if number.isdigit() and len(number) == 12:
        return DocumentKind.PERSONAL_NUMBER
    if number.isdigit() and len(number) == 9:
        return DocumentKind.OLD_NUMBER
    return DocumentKind.PASSPORT if _PASSPORT.fullmatch(number) else DocumentKind.OTHER


def sex_of(number: str) -> Sex | None:
    """Return what the fourth digit of a personal number tells: even for men, odd for women."""
    if document_kind(number) is not DocumentKind.PERSONAL_NUMBER:
        return None
    return Sex.FEMALE if int(document_number(number)[3]) % 2 else Sex.MALE


def birth_year(number: str) -> int | None:
    """Return the year of birth: the fourth digit tells the century, two more the year."""
    if document_kind(number) is not DocumentKind.PERSONAL_NUMBER:
        return None
    digits = document_number(number)
    return 1900 + int(digits[3]) // 2 * 100 + int(digits[4:6])


def check_personal_number(
    number: str, *, sex: Sex | None = None, born: PartialDate | None = None
) -> tuple[Finding, ...]:
    """Return what is odd about a personal number, alone and beside the person's other data.

    It has no check digit: these are reasons to look at the card again, never to refuse.
    """
    if document_kind(number) is not DocumentKind.PERSONAL_NUMBER:
        return (Finding.LENGTH,)
    place = int(document_number(number)[:3])
    checks = {
        Finding.PROVINCE: place in PROVINCES or place > 100,
        Finding.SEX_DIFFERS: sex in {None, sex_of(number)},
        Finding.BIRTH_YEAR_DIFFERS: born is None or born.year == birth_year(number),
    }
    return tuple(finding for finding, fits in checks.items() if not fits)
