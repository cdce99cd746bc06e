"""What the QR code of an identity card says, in all the states in which scanners deliver it."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.finding import Doubt, Finding
from counter_app.domain.identity import check_personal_number, sex_of
from counter_app.domain.mangled import damage_to_address, damage_to_name, repaired
from counter_app.domain.partial_date import PartialDate, parse_partial_date
from counter_app.domain.party import Sex
from counter_app.domain.text import fold, tidy, visible
from counter_app.errors import ImpossibleDate

_LONGEST: Final = 4096  # characters; no QR code holds more
_FEWEST_FIELDS: Final = 6
_SYMBOLOGY: Final = re.compile(r"\]Q\d")  # some scanners say first what kind of code it was
_DIRT: Final = " \t\r\n\0\ufeff"
_LETTERS: Final = re.compile(r"[^\W\d_]")
_NOT_A_DIGIT: Final = re.compile(r"[^0-9]")
_OLD_NUMBER: Final = re.compile(r"[0-9]{9}|[0-9]{12}")
_DATE_LIKE: Final = re.compile(r"[0-9][0-9/.\- ]{3,9}")


class IdCard(Struct, frozen=True, kw_only=True):
    """A person as their card says. What could not be read is empty, and among the doubts."""

    number: str
    old_number: str = ""
    full_name: str = ""
    birth_date: PartialDate | None = None
    sex: Sex | None = None
    address: str = ""
    issued_on: date | None = None
    remainder: tuple[str, ...] = ()  # what newer cards say besides
    raw: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def doubtful(self) -> frozenset[str]:
        """The names of the fields that an officer should compare with the card."""
        return frozenset(doubt.field for doubt in self.doubts)


def parse_id_card(payload: str) -> IdCard | None:
    """Read the text of an identity card's QR code; None if it is something else.

    The fields are number, old number (often empty), name, birth date, sex, address and date of
    issue (may be missing); cards since 2024 have more after them.
    """
    fields = _fields(payload)
    if not _looks_like_a_card(fields):
        return None
    read = [_clean(field) for field in fields]
    birth_date, issued = _date(read[3]), _date(read[6])
    card = IdCard(
        number=_number(read[0]),
        old_number=read[1],
        full_name=read[2],
        birth_date=birth_date,
        sex=_sex(read[4]) or sex_of(_number(read[0])),
        address=read[5],
        issued_on=issued.exact() if issued else None,
        remainder=tuple(read[7:]),
        raw=payload,
    )
    return replace(card, doubts=tuple(_doubts(card, fields)))


def _fields(payload: str) -> list[str]:
    """Return at least seven fields, the second of them for the old number, or none at all."""
    if len(payload) > _LONGEST:
        return []
    fields = _SYMBOLOGY.sub("", payload.strip(_DIRT)).split("|")
    if len(fields) < _FEWEST_FIELDS:
        return []
    if _LETTERS.search(fields[1]) and _DATE_LIKE.fullmatch(_clean(fields[2])):
        fields.insert(1, "")  # left out, instead of left empty
    return fields + [""] * (7 - len(fields))


def _looks_like_a_card(fields: list[str]) -> bool:
    if not fields:
        return False
    number, born, sex = (_clean(fields[place]) for place in (0, 3, 4))
    signs = (
        9 <= len(_NOT_A_DIGIT.sub("", number)) <= 13,
        _DATE_LIKE.fullmatch(born) is not None,
        _sex(sex) is not None,
    )
    return sum(signs) >= 2


def _clean(field: str) -> str:
    return tidy(visible(repaired(field.strip(_DIRT)) or field))


def _number(field: str) -> str:
    digits = _NOT_A_DIGIT.sub("", field)
    return digits if len(digits) == 12 else field


def _date(field: str) -> PartialDate | None:
    with suppress(ImpossibleDate):
        return parse_partial_date(field)
    return None


def _sex(field: str) -> Sex | None:
    return {"nam": Sex.MALE, "nu": Sex.FEMALE}.get(fold(field))


def _doubts(card: IdCard, fields: list[str]) -> Iterator[Doubt]:
    for finding in check_personal_number(
        card.number, sex=_sex(_clean(fields[4])), born=card.birth_date
    ):
        yield Doubt("number", finding)
    if card.old_number and not _OLD_NUMBER.fullmatch(card.old_number):
        yield Doubt("old_number", Finding.UNREADABLE)
    if card.birth_date is None:
        yield Doubt("birth_date", Finding.UNREADABLE)
    if _sex(_clean(fields[4])) is None:
        yield Doubt("sex", Finding.UNREADABLE)
    if card.issued_on is None and _clean(fields[6]):
        yield Doubt("issued_on", Finding.UNREADABLE)
    if card.issued_on and card.birth_date and card.issued_on < card.birth_date.first_day():
        yield Doubt("issued_on", Finding.EARLIER_THAN_BIRTH)
    yield from _doubts_about_letters(card, fields)


def _doubts_about_letters(card: IdCard, fields: list[str]) -> Iterator[Doubt]:
    name = _damage(fields[2], damage_to_name)
    address = _damage(fields[5], damage_to_address)
    # One scanner has sent both: what it did to one field it may have done to the other, unseen.
    shared = Finding.MANGLED if Finding.MANGLED in {name, address} else None
    if shared is None and fields[4].strip(_DIRT).casefold() == "nu":
        shared = Finding.ACCENTS_LOST
    for field, text, damage in (
        ("full_name", card.full_name, name),
        ("address", card.address, address),
    ):
        if not text:
            yield Doubt(field, Finding.UNREADABLE)
        elif found := damage or shared:
            yield Doubt(field, found)


def _damage(field: str, look: Callable[[str], Finding | None]) -> Finding | None:
    sent = field.strip(_DIRT)
    return Finding.MANGLED if repaired(sent) else look(tidy(sent))
