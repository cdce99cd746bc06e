"""A sum in Vietnamese words, as it stands in brackets behind the figures."""

from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ("", "nghìn", "triệu")
_BILLION: Final = 10**9


def number_words(number: int) -> str:
    """Return a whole number in words: “một trăm linh năm nghìn”, for 105.000."""
    if number < 0:
        return f"âm {number_words(-number)}"
    return " ".join(_words(number, leading=True)) or _DIGITS[0]


def money_words(amount: int) -> str:
    """Return an amount of dong in words, as a sentence begins: “Tám nghìn đồng”."""
    return f"{number_words(amount)} đồng".capitalize()


def _words(number: int, *, leading: bool) -> list[str]:
    """Return the words of `number`; `leading` means that none stand before it."""
    if number >= _BILLION:
        billions, rest = divmod(number, _BILLION)
        return [*_words(billions, leading=leading), "tỷ", *_words(rest, leading=False)]
    words: list[str] = []
    for place in (2, 1, 0):
        group = number // 1000**place % 1000
        if group:
            words += _group(group, leading=leading and not words)
            words += [_GROUPS[place]] if place else []
    return words


def _group(group: int, *, leading: bool) -> list[str]:
    """Return three digits in words; behind other words the hundreds are said even if 0."""
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words += ["mười"]
    elif units and words:
        words += ["linh"]
    if units:
        words += [_unit(units, tens)]
    return words


def _unit(unit: int, tens: int) -> str:
    if unit == 1 and tens > 1:
        return "mốt"
    if unit == 5 and tens > 0:
        return "lăm"
    return _DIGITS[unit]
