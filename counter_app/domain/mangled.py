"""What scanners that type like a keyboard do to Vietnamese letters, and how one sees it.

Such a scanner sends letters by way of the keyboard's layout and of a typing tool: accents get
lost, letters are dropped or replaced, or the bytes of one letter come out as several.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from counter_app.domain.finding import Finding
from counter_app.domain.text import fold, nfc, words

_SURNAMES: Final = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lương "
    "Trịnh Trương Đào Mai Lâm Hà Cao Tạ Thái Tăng Châu Kiều Lưu Quách Vương Triệu La Tống Tôn "
    "Chu Thạch Danh Nông Bế Lò Lường Quàng Tòng Cà Vì Giàng Sùng Vàng Thào Lù Hạng Lầu Tẩn "
    "Chảo Bàn Phùng Đàm Tô Từ Văn Viên Mạc Nghiêm Khuất Đồng Doãn Lã Cù Thân Tiêu Ông Thi Ma"
)
_ALWAYS_ACCENTED: Final = frozenset({"van", "thi"})  # the two commonest middle names
_FOLDED: Final = frozenset(fold(name) for name in _SURNAMES.split())
# H, K and Y are whole words in the names of some peoples.
_WITH_LETTERS_DROPPED: Final = frozenset(
    re.sub(r"[^a-z]", "", name.casefold()) for name in _SURNAMES.split() if not name.isascii()
) - {"", "h", "k", "y"}

_CODE_PAGES: Final = ("cp1252", "cp1258", "cp437")
_OF_OTHER_BYTES: Final = "ÄÅÆäåæ"  # letters, but what half of a Vietnamese one turns into
_QUOTES: Final = "‘’“”–ʼ"
_NOT_IN_A_NAME: Final = re.compile(r"[\x21-\x26\x28-\x2c/-@\[-`{-~]")  # all but letters . - '
_SYLLABLE: Final = re.compile(
    r"(?:b|ch?|d|g[hi]?|kh?|l|m|ng?h?|ph?|qu|r|s|t[hr]?|v|x|h)?"
    r"(?:a[iouy]?|e[ou]?|i[au]?|ieu?|o[aei]?|oa[ioy]|oeo|u[aeiouy]?|ua[iy]|uo[iu]|uy[aeu]"
    r"|y[ae]?|yeu)"
    r"(?:ch?|m|n[gh]?|p|t)?"
)
_TONE_KEY: Final = re.compile(r"(?<=[aeiouyw])([a-z]*?)[sfrxj]")


def repaired(text: str) -> str | None:
    """Return the letters whose bytes came out one by one ("Nguyá»…n"), or None if none did."""
    for page in _CODE_PAGES:
        with suppress(UnicodeError):
            whole = b"".join(_byte(character, page) for character in text).decode()
            if whole != text:
                return nfc(whole)
    return None


def damage_to_name(name: str) -> Finding | None:
    """Return what seems to have happened to a person's name, if anything."""
    if _has_strange_signs(name) or _NOT_IN_A_NAME.search(name) or any(_broken_words(name)):
        return Finding.MANGLED
    parts = words(name)
    if name.isascii() and parts and (parts[0] in _FOLDED or _ALWAYS_ACCENTED & {*parts}):
        return Finding.ACCENTS_LOST
    return None


def damage_to_address(address: str) -> Finding | None:
    """Return what seems to have happened to an address, if anything."""
    if _has_strange_signs(address):
        return Finding.MANGLED
    spelt_out = [word for word in words(address) if word.isalpha() and len(word) > 1]
    return Finding.ACCENTS_LOST if address.isascii() and len(spelt_out) > 1 else None


def _byte(character: str, page: str) -> bytes:
    try:
        return character.encode(page)
    except UnicodeEncodeError:
        if character > "\x9f":
            raise
        return character.encode("latin-1")  # Windows fills the gaps of its pages like this


def _has_strange_signs(text: str) -> bool:
    return any(
        character == "?"
        or character in _OF_OTHER_BYTES
        or (not character.isascii() and not _is_letter(character) and character not in _QUOTES)
        for character in text
    ) or any(unicodedata.category(character) == "Cc" for character in text)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) in {"Lu", "Ll", "Mn"}


def _broken_words(name: str) -> Iterator[bool]:
    for place, word in enumerate(name.casefold().replace("-", " ").split()):
        plain = fold(word)
        yield place == 0 and word in _WITH_LETTERS_DROPPED and plain not in _FOLDED
        yield len(word) > 1 and plain.isalpha() and not re.search("[aeiouy]", plain)
        yield len(word) < 12 and word.isascii() and _is_telex(word)


def _is_telex(word: str) -> bool:
    """Say whether `word` is a syllable only if some of its letters are the keys of a tool."""
    without_tone = _TONE_KEY.sub(r"\1", word, count=1)
    letters = re.sub(r"([aeod])\1", r"\1", without_tone)
    letters = re.sub(r"(?<=[aou])w", "", letters).replace("w", "u")
    return bool(_SYLLABLE.fullmatch(letters)) and not _SYLLABLE.fullmatch(word)
