"""The Code 128 of a dossier code, which every desk's scanner reads, as bars."""

import re
from typing import Final

BORDER: Final = 10  # narrowest bars that stay white at each end of a Code 128

# The widths of bar, space, bar, space, bar, space of each symbol (ISO/IEC 15417).
_SYMBOLS: Final = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 "
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 "
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 "
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 "
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 "
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 "
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 "
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 "
    "211214 211232 2331112"
).split()
_CODE_C: Final = 99
_CODE_B: Final = 100
_STARTS: Final = {_CODE_B: 104, _CODE_C: 105}
_STOP: Final = 106
_FIRST_SIGN: Final = 32


def code128_bars(text: str) -> tuple[int, list[tuple[int, int]]]:
    """Return how many narrowest bars wide a Code 128 is with its borders, and its bars.

    A bar is (column, columns).

    Raises:
        ValueError: a character is not ASCII, or is a control character.
    """
    if not (text.isascii() and text.isprintable()):
        raise ValueError(f"{text!r} cannot be written as Code 128")
    values = _values(text)
    check = values[0] + sum(place * value for place, value in enumerate(values))
    bars, column = [], BORDER
    for value in (*values, check % 103, _STOP):
        for index, width in enumerate(map(int, _SYMBOLS[value])):
            if index % 2 == 0:
                bars.append((column, width))
            column += width
    return column + BORDER, bars


def _values(text: str) -> list[int]:
    """Return the symbols of `text`; four digits or more are held by twos."""
    values: list[int] = []
    now = 0
    for match in re.finditer(r"(?:\d\d){2,}|.", text):
        part = match[0]
        wanted = _CODE_C if len(part) > 1 else _CODE_B
        if wanted != now:
            values.append(wanted if values else _STARTS[wanted])
            now = wanted
        if wanted == _CODE_C:
            values += [int(part[n : n + 2]) for n in range(0, len(part), 2)]
        else:
            values.append(ord(part) - _FIRST_SIGN)
    return values
