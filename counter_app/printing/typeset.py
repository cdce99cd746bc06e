"""Text into lines: words are put side by side as long as there is room, long ones are broken."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from counter_app.printing.faces import Face

ELLIPSIS: Final = "…"
_BREAKS: Final = "-./@_"  # signs behind which a long word is rather broken


class Span(NamedTuple):
    """Text in one font."""

    text: str
    face: Face


class Placed(NamedTuple):
    """Text in one font, `x` points from the left end of its line."""

    x: float
    text: str
    face: Face


class Line(NamedTuple):
    """What stands on one line, and how wide it is in points."""

    parts: tuple[Placed, ...]
    width: float


def cut(text: str, longest: int) -> str:
    """Return at most `longest` characters of `text`, the last “…” where some are left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Return the lines of `text` in letters of `size`, none wider than `width` points."""
    if "\n" not in text and face.width(text, size) <= width:
        return [text]
    return [
        "".join(part.text for part in line.parts)
        for line in wrap_spans([Span(text, face)], size, width)
    ]


def wrap_spans(spans: Iterable[Span], size: float, width: float) -> list[Line]:
    """Return the lines of texts in several fonts that follow each other, a blank between them."""
    setter = _Setter(size, width)
    for span in spans:
        for number, paragraph in enumerate(span.text.split("\n")):
            if number:
                setter.end_line()
            for word in paragraph.split():
                setter.add(word, span.face)
    setter.end_line()
    return setter.lines


class _Setter:
    """The lines so far and the one being set."""

    def __init__(self, size: float, width: float) -> None:
        self.lines: list[Line] = []
        self._size = size
        self._room = width
        self._words: list[tuple[float, str, Face]] = []
        self._end = 0.0

    def add(self, word: str, face: Face) -> None:
        """Put a word behind the last one, or on the next line."""
        width = face.width(word, self._size)
        start = self._end + face.blank * self._size if self._words else 0.0
        if start + width > self._room and self._words:
            self.end_line()
            start = 0.0
        while start + width > self._room and len(word) > 1:
            head = self._head(word, face)
            self._put(0.0, head, face, face.width(head, self._size))
            self.end_line()
            word = word[len(head) :]
            width = face.width(word, self._size)
        self._put(start, word, face, width)

    def end_line(self) -> None:
        """Go to the next line; an empty one stays empty."""
        self.lines.append(Line(tuple(_joined(self._words)), self._end))
        self._words, self._end = [], 0.0

    def _put(self, start: float, word: str, face: Face, width: float) -> None:
        self._words.append((start, word, face))
        self._end = start + width

    def _head(self, word: str, face: Face) -> str:
        """Return as much of a long word as fits on a line, and never nothing."""
        end, room = 1, self._room - face.width(word[0], self._size)
        while end < len(word) and (room := room - face.width(word[end], self._size)) >= 0:
            end += 1
        after_sign = 1 + max(word.rfind(sign, 0, end) for sign in _BREAKS)
        return word[: after_sign if after_sign > end / 2 else end]


def _joined(words: Sequence[tuple[float, str, Face]]) -> Iterator[Placed]:
    """Return the words of a line as few texts as there are changes of font."""
    first = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or words[number][2] is not words[first][2]:
            start, _word, face = words[first]
            yield Placed(start, " ".join(word for _, word, _ in words[first:number]), face)
            first = number
