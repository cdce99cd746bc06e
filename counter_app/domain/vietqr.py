"""What a citizen's banking app reads to make a transfer: the QR code that all banks here share.

The layout is EMVCo's, merchant-presented mode: fields of a tag, a length and a value, two digits
each for the first two; the account stands in NAPAS's own template under tag 38.
"""

import re
import unicodedata
from typing import Final

from msgspec import Struct

from counter_app.domain.dossier_code import DossierCode
from counter_app.errors import InvalidField
from counter_app.i18n import N_, _

LONGEST_PURPOSE: Final = 25
MOST_AMOUNT: Final = 10**13 - 1  # dong: thirteen digits have room

_BIN: Final = re.compile(r"[0-9]{6}", re.ASCII)
_ACCOUNT: Final = re.compile(r"[0-9A-Za-z]{1,19}", re.ASCII)
_AMOUNT: Final = re.compile(r"[1-9][0-9]{0,12}", re.ASCII)

_FORMAT, _STATIC, _ONE_TIME = "01", "11", "12"
_NAPAS: Final = "A000000727"
_TO_ACCOUNT: Final = "QRIBFTTA"
_DONG: Final = "704"  # ISO 4217
_COUNTRY: Final = "VN"
_POLYNOMIAL: Final = 0x1021
_STROKED: Final = str.maketrans({"đ": "d", "Đ": "D"})

Fields = dict[str, str]


class VietQr(Struct, frozen=True, kw_only=True):
    """What such a code says; `amount` is in whole dong, None if the payer enters it."""

    bank_bin: str
    account: str
    amount: int | None
    purpose: str


def vietqr(bank_bin: str, account: str, *, amount: int | None, purpose: str) -> str:
    """Return the text of the QR code for a transfer to an account, in plain ASCII.

    With an `amount` in whole dong it is good for this one payment. The `purpose` goes without
    accents, its first 25 characters; without any it is left out.

    Raises:
        InvalidField: the bank's number, the account or the amount cannot be written so.
    """
    if problem := account_problem(bank_bin, account):
        raise InvalidField(field=_("Account"), reason=_(problem))
    if amount is not None and not 0 < amount <= MOST_AMOUNT:
        raise InvalidField(field=_("Amount"), reason=_("No such sum can be transferred at once."))
    words = plain(purpose)
    whole = (
        _field("00", _FORMAT)
        + _field("01", _STATIC if amount is None else _ONE_TIME)
        + _field("38", _account_template(bank_bin, account))
        + _field("53", _DONG)
        + ("" if amount is None else _field("54", str(amount)))
        + _field("58", _COUNTRY)
        + (_field("62", _field("08", words)) if words else "")
        + "6304"
    )
    return f"{whole}{_crc(whole):04X}"


def parse_vietqr(text: str) -> VietQr | None:
    """Return what the text of a QR code asks to be transferred; None if it is no such code.

    It is none if its check sum is wrong, or it is not for an account and in dong.
    """
    if not text.isascii() or text[-8:-4] != "6304" or f"{_crc(text[:-4]):04X}" != text[-4:]:
        return None
    fields = _fields(text[:-8])
    napas = _fields(fields.get("38", ""))
    target = _fields(napas.get("01", ""))
    if (fields.get("00"), fields.get("53"), fields.get("58")) != (_FORMAT, _DONG, _COUNTRY):
        return None
    if (napas.get("00"), napas.get("02")) != (_NAPAS, _TO_ACCOUNT):
        return None
    bank_bin, account = target.get("00", ""), target.get("01", "")
    amount = fields.get("54", "")
    if account_problem(bank_bin, account) or (amount and not _AMOUNT.fullmatch(amount)):
        return None
    return VietQr(
        bank_bin=bank_bin,
        account=account,
        amount=int(amount) if amount else None,
        purpose=_fields(fields.get("62", "")).get("08", ""),
    )


def account_problem(bank_bin: str, account: str) -> str:
    """Return what is wrong with a bank's number or an account, to be translated; "" if nothing."""
    if not _BIN.fullmatch(bank_bin):
        return N_("A bank's number (BIN) has 6 digits.")
    if not _ACCOUNT.fullmatch(account):
        return N_("An account has 1 to 19 digits or letters, without blanks.")
    return ""


def transfer_purpose(code: DossierCode) -> str:
    """Return by which words a transfer is known again: the dossier's code without its hyphens.

    Of a code that is too long, the end: that is where the codes of an office differ.
    """
    return plain(code.replace("-", ""), longest=None)[-LONGEST_PURPOSE:]


def plain(text: str, *, longest: int | None = LONGEST_PURPOSE) -> str:
    """Return `text` in printable ASCII: letters without accents, other signs as blanks."""
    letters = unicodedata.normalize("NFD", text).translate(_STROKED)
    bare = (c for c in letters if not unicodedata.combining(c))
    words = "".join(c if c.isascii() and c.isprintable() else " " for c in bare).split()
    return " ".join(words)[:longest].rstrip()


def _account_template(bank_bin: str, account: str) -> str:
    target = _field("00", bank_bin) + _field("01", account)
    return _field("00", _NAPAS) + _field("01", target) + _field("02", _TO_ACCOUNT)


def _field(tag: str, value: str) -> str:
    # In ASCII as many bytes as characters: nothing here lets any other text through.
    return f"{tag}{len(value):02}{value}"


def _fields(text: str) -> Fields:
    """Return the values by their tags; none at all if the lengths do not add up."""
    found: Fields = {}
    while text:
        tag, length, rest = text[:2], text[2:4], text[4:]
        if not (tag.isdigit() and length.isdigit()) or len(rest) < int(length) or tag in found:
            return {}
        found[tag], text = rest[: int(length)], rest[int(length) :]
    return found


def _crc(text: str) -> int:
    """Return the check sum of `text`: CRC-16/CCITT-FALSE (ISO/IEC 13239, initial value FFFF)."""
    rest = 0xFFFF
    for byte in text.encode("ascii"):
        rest ^= byte << 8
        for _bit in range(8):
            rest = (rest << 1 ^ (_POLYNOMIAL if rest & 0x8000 else 0)) & 0xFFFF
    return rest
