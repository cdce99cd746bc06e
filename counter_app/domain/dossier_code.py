"""The dossier code: the label that is printed on paper and that everybody names a dossier by.

`<agency>-YYMMDD-XXXX`: the agency in its short form ("H57.132") or its long legacy form
("000.00.19.H57"), the day of reception and the running number of that day.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Annotated, Final, NamedTuple, NewType

from msgspec import Meta

from counter_app.domain.form_file import FormFile

DossierCode = NewType("DossierCode", str)

FEWEST_DIGITS: Final = 4
MOST_DIGITS: Final = 6

_SHORT: Final = r"[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3}"
_LEGACY: Final = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}"
_AGENCY: Final = re.compile(f"{_SHORT}|{_LEGACY}")
_CODE: Final = re.compile(rf"({_SHORT}|{_LEGACY})-([0-9]{{6}})-([0-9]{{4,6}})")
_LONGEST: Final = 200  # characters, blanks and all
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_CENTURY: Final = 2000


class CodeParts(NamedTuple):
    """What a dossier code is made of."""

    agency: str
    date: date
    serial: int


class Numbering(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the running numbers of a day are written: the schema of forms/rules/numbering.toml.

    Raises:
        ValueError: the numbers do not fit the digits.
    """

    serial_digits: Annotated[int, Meta(ge=FEWEST_DIGITS, le=MOST_DIGITS)]
    serial_first: Annotated[int, Meta(ge=1)]
    serial_last: int

    def __post_init__(self) -> None:
        """Refuse a range that is empty, or that would need one more digit."""
        FormFile.__post_init__(self)
        if not self.serial_first <= self.serial_last < 10**self.serial_digits:
            raise ValueError(
                f"running numbers {self.serial_first} to {self.serial_last} "
                f"in {self.serial_digits} digits"
            )

    def code(self, agency: str, day: date, serial: int) -> DossierCode:
        """Return the code of the dossier with this running number.

        Raises:
            ValueError: the number is none of those that may be given out.
        """
        if not self.serial_first <= serial <= self.serial_last:
            raise ValueError(f"{serial} is no running number")
        return make_dossier_code(agency, day, serial, digits=self.serial_digits)


def is_agency_code(text: str) -> bool:
    """Say whether `text` is written like an agency's code, short or legacy."""
    return _AGENCY.fullmatch(text) is not None


def is_dossier_code(text: str) -> bool:
    """Say whether `text` is a dossier code exactly as it is printed."""
    return _parts(text) is not None


def make_dossier_code(
    agency: str, day: date, serial: int, *, digits: int = FEWEST_DIGITS
) -> DossierCode:
    """Return the code, its running number in at least four digits.

    Raises:
        ValueError: such a code cannot be written.
    """
    code = f"{agency}-{day:%y%m%d}-{serial:0{digits}}"
    if _parts(code) != (agency, day, serial):
        raise ValueError(f"no dossier code can be made of {agency!r}, {day} and {serial}")
    return DossierCode(code)


def parse_dossier_code(text: str) -> DossierCode | None:
    """Return the code that was typed or scanned, tidied; None if it is none.

    Forgives lower case, blanks within, other dashes, full-width letters and line ends.
    """
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).upper()
    code = "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")
    return DossierCode(code) if _parts(code) else None


def parts(code: DossierCode) -> CodeParts:
    """Return agency, day of reception and running number.

    Raises:
        ValueError: it is no dossier code.
    """
    found = _parts(code)
    if found is None:
        raise ValueError(f"{code!r} is no dossier code")
    return found


def serial_digits(code: DossierCode) -> int:
    """Return with how many digits the running number is written."""
    return len(code.rpartition("-")[2])


def _parts(code: str) -> CodeParts | None:
    return _parts_of(code) if len(code) <= _LONGEST else None


@lru_cache(1024)  # whoever takes dossiers in looks at the same code several times in a row
def _parts_of(code: str) -> CodeParts | None:
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    agency, day, serial = match.groups()
    try:
        received = date(_CENTURY + int(day[:2]), int(day[2:4]), int(day[4:]))
    except ValueError:  # the 31st of February
        return None
    return CodeParts(agency, received, int(serial))
