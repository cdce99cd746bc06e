"""The three lines for machines on the back of an identity card (ICAO 9303, size TD1)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.finding import Doubt, Finding
from counter_app.domain.id_card import IdCard
from counter_app.domain.identity import birth_year, check_personal_number
from counter_app.domain.partial_date import PartialDate, parse_partial_date
from counter_app.domain.party import Sex
from counter_app.errors import ImpossibleDate

_LINE: Final = 30  # characters
_LONGEST: Final = 400  # characters, blanks and line ends included
_TD1: Final = re.compile(
    r"[IAC][A-Z<](?P<issuer>[A-Z<]{3})(?P<document>[A-Z0-9][A-Z0-9<]{8})(?P<document_check>[0-9<])"
    r"(?P<personal>[A-Z0-9<]{12})(?P<rest>[A-Z0-9<]{2})(?P<personal_check>[A-Z0-9<])"
    r"(?P<birth>[0-9<]{6})(?P<birth_check>[0-9<])(?P<sex>[MFX<])"
    r"(?P<expiry>[0-9<]{6})(?P<expiry_check>[0-9<])(?P<nationality>[A-Z<]{3})"
    r"[A-Z0-9<]{11}(?P<all_check>[0-9<])(?P<name>[A-Z][A-Z<]{29})"
)


class Mrz(Struct, frozen=True, kw_only=True):
    """A person as the machine-readable lines say: the name in capitals, without accents."""

    number: str
    full_name: str
    birth_date: PartialDate | None
    sex: Sex | None
    expires_on: date | None
    issuer: str
    nationality: str
    raw: str
    doubts: tuple[Doubt, ...] = ()


def parse_mrz(text: str) -> Mrz | None:
    """Read the lines, in one piece or in three; None if `text` is something else.

    A Vietnamese card gives the personal number of 12 digits; another gives its own number. A
    wrong check digit is a doubt about the field that it guards.
    """
    found = _TD1.fullmatch(_in_one_piece(text))
    if found is None:
        return None
    number = found["personal"] if _is_vietnamese(found) else found["document"].rstrip("<")
    expires_on = _expiry(found["expiry"])
    mrz = Mrz(
        number=number,
        full_name=" ".join(found["name"].replace("<", " ").split()),
        birth_date=_birth(found, number, expires_on),
        sex={"M": Sex.MALE, "F": Sex.FEMALE}.get(found["sex"]),
        expires_on=expires_on,
        issuer=found["issuer"].rstrip("<"),
        nationality=found["nationality"].rstrip("<"),
        raw=text,
    )
    wrong = _wrong_check_digits(found) or _wrong_check_of_all(found)
    return replace(mrz, doubts=(*wrong, *_doubts_about_contents(mrz, found)))


def id_card_of(mrz: Mrz) -> IdCard:
    """Return what the lines say as a card; its name, being without accents, is in doubt."""
    doubts = [doubt for doubt in mrz.doubts if doubt.field != "expires_on"]
    return IdCard(
        number=mrz.number,
        full_name=mrz.full_name,
        birth_date=mrz.birth_date,
        sex=mrz.sex,
        raw=mrz.raw,
        doubts=(*doubts, Doubt("full_name", Finding.ACCENTS_LOST)),
    )


def check_digit(text: str) -> str:
    """Return the check digit: weights 7, 3, 1; letters count from A = 10, fillers as 0."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def _in_one_piece(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    lines = text.replace("\ufeff", "").upper().split()
    if len(lines) == 3:  # fillers at the end of a line get lost like blanks
        lines = [line.ljust(_LINE, "<") for line in lines]
    return "".join(lines).ljust(3 * _LINE, "<")


def _is_vietnamese(found: re.Match[str]) -> bool:
    return found["issuer"] == "VNM" and found["personal"].isdigit()


def _birth(found: re.Match[str], number: str, expires_on: date | None) -> PartialDate | None:
    year, month, day = (found["birth"][at : at + 2] for at in (0, 2, 4))
    if not year.isdigit():
        return None
    known = birth_year(number) if _is_vietnamese(found) else None
    latest = expires_on.year if expires_on else 1999
    century = known // 100 if known else (20 if 2000 + int(year) <= latest else 19)
    with suppress(ImpossibleDate):
        return parse_partial_date(f"{day}{month}{century}{year}".replace("<", "0"))
    return None


def _expiry(digits: str) -> date | None:
    if not digits.isdigit():
        return None
    year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _wrong_check_digits(found: re.Match[str]) -> list[Doubt]:
    guards = [("document", "number"), ("birth", "birth_date"), ("expiry", "expires_on")]
    if _is_vietnamese(found):
        guards.append(("personal", "number"))
    wrong = (
        Doubt(field, Finding.CHECK_DIGIT)
        for part, field in guards
        if check_digit(found[part]) != found[f"{part}_check"].replace("<", "0")
    )
    return list(dict.fromkeys(wrong))


def _wrong_check_of_all(found: re.Match[str]) -> list[Doubt]:
    lines = found.string
    guarded = lines[5:37] + lines[38:45] + lines[48:59]  # all but names, sex and nationality
    fits = check_digit(guarded) == found["all_check"].replace("<", "0")
    return [] if fits else [Doubt("number", Finding.CHECK_DIGIT)]


def _doubts_about_contents(mrz: Mrz, found: re.Match[str]) -> Iterator[Doubt]:
    if mrz.issuer == "VNM":
        for finding in check_personal_number(mrz.number, sex=mrz.sex):
            yield Doubt("number", finding)
    if _is_vietnamese(found):
        if found["document"] != mrz.number[3:]:
            yield Doubt("number", Finding.UNREADABLE)
        if found["birth"][:2] != mrz.number[4:6]:
            yield Doubt("number", Finding.BIRTH_YEAR_DIFFERS)
    for field in ("full_name", "birth_date", "sex", "expires_on"):
        if not getattr(mrz, field):
            yield Doubt(field, Finding.UNREADABLE)
