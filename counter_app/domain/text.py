"""Vietnamese text as it is stored, searched, sorted and shown."""

import re
import unicodedata
from typing import Final

_BLANKS: Final = re.compile(r"[^\S\n]+")
_WORD: Final = re.compile(r"[^\W_]+")
# What is typed for đ: also the Icelandic and the African letter that look the same.
_STROKED: Final = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ZERO_WIDTH: Final = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # unseen, though no Cf

# The alphabet: ă stands after every a, so its second sign is one that comes after z.
_AFTER: Final = {"\u0302": "|", "\u0306": "{", "\u031b": "}"}
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}

SortKey = tuple[tuple[str, str], ...]


def nfc(text: str) -> str:
    """Return `text` with each accented letter as one character, as it is kept everywhere."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """Return a name or another single line: NFC, no blanks around it, one between words."""
    return " ".join(nfc(text).split())


def tidy_lines(text: str) -> str:
    """Return a note: NFC, each line tidy, no empty lines around it, at most one within."""
    lines = re.sub(r"\r\n?|[\u2028\u2029]", "\n", nfc(text))
    lines = "\n".join(_BLANKS.sub(" ", line).strip() for line in lines.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def forbidden(text: str) -> str:
    """Return the first character that no stored text may hold, or "" if there is none.

    These are the control characters but for line feed and tab, and halves of surrogate pairs,
    which no file can hold.
    """
    found = _FORBIDDEN.search(text)
    return found[0] if found else ""


def visible(text: str) -> str:
    """Return what paper and screens may show of `text`: nothing unseen, nothing that turns it.

    The stored text is another thing and stays as it was typed.
    """
    return "".join(c for c in text if not (_is_control(c) or _is_half(c) or _is_unseen(c)))


def fold(text: str) -> str:
    """Return `text` for searching: without accents, case and unseen characters, đ as d."""
    letters = "".join(c for c in unicodedata.normalize("NFD", text) if not _is_unseen(c))
    letters = unicodedata.normalize("NFD", letters.casefold()).translate(_STROKED)
    return nfc("".join(c for c in letters if not unicodedata.combining(c)))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`, without the signs between them."""
    return tuple(_WORD.findall(fold(text)))


def given_name_key(full_name: str) -> SortKey:
    """Return what sorts persons as a Vietnamese register does.

    The given name (the last word) comes first, then the family name, then the names between;
    each by the Vietnamese alphabet (a ă â … d đ), and by tone where the letters are the same.
    """
    names = visible(full_name).split()
    return tuple(_alphabetical(name) for name in (*names[-1:], *names[:-1]))


def matches_name(query: str, text: str) -> int | None:
    """Return how well `text` answers what was typed to find it, 0 best; None if it does not.

    `query` may be a part of the text without its accents, beginnings of its words, or letters
    from among the initials of its words: "dks" finds "Đăng ký khai sinh". An empty query
    finds everything.
    """
    asked, there = words(query), words(text)
    typed, whole = " ".join(asked), " ".join(there)
    initials = "".join(word[0] for word in there)
    letters = "".join(asked)
    grades = (
        typed == whole,
        whole.startswith(typed) or initials == letters,
        initials.startswith(letters),
        all(any(word.startswith(part) for word in there) for part in asked),
        initials[:1] == letters[:1] and _in_order(letters, initials),
        typed in whole,
        _in_order(letters, initials),
    )
    return next((grade for grade, fits in enumerate(grades) if fits), None)


def initials_match(query: str, text: str) -> bool:
    """Say whether the letters of `query` stand, in order, among the initials of `text`."""
    return _in_order("".join(words(query)), "".join(word[0] for word in words(text)))


def _in_order(letters: str, initials: str) -> bool:
    remaining = iter(initials)
    return all(letter in remaining for letter in letters)


def _alphabetical(word: str) -> tuple[str, str]:
    signs = unicodedata.normalize("NFD", word.casefold().replace("đ", "d{"))
    letters = (_AFTER.get(sign, "" if unicodedata.combining(sign) else sign) for sign in signs)
    return "".join(letters), "".join(_TONES.get(sign, "") for sign in signs)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\t"


def _is_half(character: str) -> bool:
    return unicodedata.category(character) == "Cs"


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or character in _ZERO_WIDTH
