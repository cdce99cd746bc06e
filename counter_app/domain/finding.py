"""What an officer should look at in an identity; none of it turns a citizen away."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from counter_app.i18n import N_, _


class Finding(StrEnum):
    """Something that does not look right."""

    LENGTH = "length"
    PROVINCE = "province"
    SEX_DIFFERS = "sex_differs"
    BIRTH_YEAR_DIFFERS = "birth_year_differs"
    CHECK_DIGIT = "check_digit"
    NEVER_ISSUED = "never_issued"
    UNREADABLE = "unreadable"
    ACCENTS_LOST = "accents_lost"
    MANGLED = "mangled"
    EARLIER_THAN_BIRTH = "earlier_than_birth"

    def __format__(self, spec: str) -> str:
        """Return what to look at, in the language spoken."""
        return format(_(_SENTENCES[self]), spec)


class Doubt(Struct, frozen=True):
    """A finding, and the field in which it was made."""

    field: str
    finding: Finding


_SENTENCES: Final = {
    Finding.LENGTH: N_("A personal number has 12 digits: compare it with the card."),
    Finding.PROVINCE: N_(
        "No province has the first three digits: compare the number with the card."
    ),
    Finding.SEX_DIFFERS: N_(
        "The fourth digit belongs to the other sex: compare the number with the card."
    ),
    Finding.BIRTH_YEAR_DIFFERS: N_(
        "The number tells another year of birth: compare it with the card."
    ),
    Finding.CHECK_DIGIT: N_("A check digit does not fit: a character was read or typed wrongly."),
    Finding.NEVER_ISSUED: N_("No tax code begins with these digits: compare it with the paper."),
    Finding.UNREADABLE: N_("This could not be read: type it from the card."),
    Finding.ACCENTS_LOST: N_("The accents may be missing: compare with the card."),
    Finding.MANGLED: N_("The scanner has changed letters: compare with the card."),
    Finding.EARLIER_THAN_BIRTH: N_("The card cannot be older than the person."),
}
