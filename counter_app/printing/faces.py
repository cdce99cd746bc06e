"""The letters that paper is written in, how wide they are, and what stands for those we lack."""

import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, Final

from counter_app import assets
from counter_app.domain.text import nfc, visible

MISSING: Final = "\u25a1"  # □: something stood here that the font cannot show


class Weight(Enum):
    """The four fonts; the value is the end of the file's name."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


class Face:
    """One font: its name in the PDF library, and the width of each of its letters."""

    def __init__(self, font: Any) -> None:
        """Take over what the library has read."""
        self.font = font
        self.name: str = font.fontName
        self.has = frozenset(font.face.charToGlyph)
        self._widths = _Widths(font.face)
        self.blank = self.width(" ", 1)

    def width(self, text: str, size: float) -> float:
        """Return how wide `text` is in letters of `size` points, in points."""
        return sum(map(self._widths.__getitem__, text)) * size / 1000


class _Widths(dict[str, float]):
    """Widths in thousandths of the letters' size, by letter."""

    def __init__(self, face: Any) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, letter: str) -> float:
        width = self[letter] = float(self._face.getCharWidth(ord(letter)))
        return width


@cache
def faces() -> Mapping[Weight, Face]:
    """Return the fonts, read from their files the first time."""
    # Not with the module: the library takes longer to import than a receipt to print.
    from reportlab import rl_config
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0  # streams as bytes: a quarter smaller than as text
    found = {}
    for weight in Weight:
        path = assets.RESOURCES / "fonts" / f"CounterSerif-{weight.value}.ttf"
        # Only letters that are used, and not all of ASCII besides.
        font = TTFont(f"CounterSerif-{weight.value}", str(path), asciiReadable=0)
        registerFont(font)
        found[weight] = Face(font)
    return found


def printable(text: str) -> str:
    """Return `text` in letters that the fonts have: NFC, nothing unseen, □ for what is lacking."""
    return nfc(text).translate(_letters())


@cache
def _letters() -> "_Letters":
    return _Letters(faces()[Weight.REGULAR].has)


class _Letters(dict[int, str]):
    """What is printed for each character, found out when it first comes."""

    def __init__(self, has: frozenset[int]) -> None:
        super().__init__({ord("\t"): " ", ord("\n"): "\n"})
        self._has = has

    def __missing__(self, code: int) -> str:
        letter = self[code] = self._find(chr(code))
        return letter

    def _find(self, letter: str) -> str:
        if unicodedata.category(letter) in {"Zl", "Zp"}:
            return "\n"
        if not visible(letter) or unicodedata.name(letter, "").startswith("VARIATION SELECTOR"):
            return ""
        for form in ("NFC", "NFKC", "NFD", "NFKD"):  # ﬁ as fi, full-width Ａ as A
            spelled = unicodedata.normalize(form, letter)
            if all(ord(part) in self._has for part in spelled):
                return spelled
        return " " if letter.isspace() else MISSING
