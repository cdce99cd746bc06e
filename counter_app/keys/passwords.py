"""Which passwords an officer may choose. With the secret of this PC each is a second factor."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

from counter_app.domain.officer import Officer
from counter_app.errors import WeakPassword
from counter_app.i18n import N_, _

LEAST: Final = 8
MOST: Final = 256
"""Characters, after NFKC."""

_LEAST_DIFFERENT: Final = 4

# Without the digits and marks around them, which everybody adds and every guesser tries.
_COMMON_WORDS: Final = """
    password passwort passw0rd p@ssw0rd p@ssword pass passwd secret admin administrator root user
    guest welcome letmein login changeme default master qwerty qwertyui qwertyuiop asdfgh asdfghjk
    asdfghjkl zxcvbn zxcvbnm azerty qwe qweasd qweasdzxc asd abc abcd abcdef abcdefgh abcxyz
    iloveyou sunshine princess football baseball monkey dragon superman batman trustno
    computer internet google facebook samsung iphone
    matkhau matkhaumoi matkhaucu mk motcua bophanmotcua tiepnhan traketqua hoso thutuc hanhchinh
    thutuchanhchinh hanhchinhcong dichvucong canbo canbomotcua ubnd ubndxa ubndphuong uyban
    uybannhandan xa phuong huyen tinh vanphong quantri nguoidung khongbiet xinchao
    vietnam vietnamvodich hanoi saigon hochiminh danang anhyeuem emyeuanh yeuem yeuanh
    counter counterapp reception supervisor
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_RUNS: Final = (
    "0123456789012345678901234567890",
    "9876543210987654321098765432109",
    "abcdefghijklmnopqrstuvwxyz",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    UNIFORM = "uniform"
    COMMON = "common"
    NAME = "name"

    def __format__(self, spec: str) -> str:
        """Return the reason in the language spoken."""
        return format(_(_REASONS[self]), spec)


_REASONS: Final = {
    Weakness.SHORT: N_("it is too short"),
    Weakness.LONG: N_("it is too long"),
    Weakness.UNIFORM: N_("the same few characters come again and again"),
    Weakness.COMMON: N_("it is among the first that are tried"),
    Weakness.NAME: N_("it is the officer's own name"),
}


def check_password(password: str, officer: Officer) -> None:
    """Let a password pass that `officer` may have.

    Raises:
        WeakPassword: with the reason, and what to do.
    """
    if weakness := _weakness(password, officer):
        raise WeakPassword(reason=weakness, least=LEAST, most=MOST)


def _weakness(password: str, officer: Officer) -> Weakness | None:
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) < LEAST:
        return Weakness.SHORT
    if len(normal) > MOST:
        return Weakness.LONG
    if len(set(normal)) < _LEAST_DIFFERENT:
        return Weakness.UNIFORM
    plain, core = _plain(password), _core(password)
    names = {_plain(officer.id), _core(officer.id), _plain(officer.name)} - {""}
    if plain in names or core in names:
        return Weakness.NAME
    if plain in _COMMON or core in _COMMON or any(plain in run for run in _RUNS):
        return Weakness.COMMON
    return None


def _core(text: str) -> str:
    return re.sub(r"^[\d\W_]+|[\d\W_]+$", "", _plain(text))


def _plain(text: str) -> str:
    """Return `text` without case, blanks and the marks of Vietnamese."""
    apart = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    return "".join(each for each in apart if not unicodedata.combining(each) and not each.isspace())
