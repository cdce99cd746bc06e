"""Text into lines: words are put side by side as long as there is room, long ones are broken."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from counter_app.printing.faces import Face

ELLIPSIS: Final = "…"
_BREAKS: Final = "-./@_"  # signs behind which a long word is rather broken


class Span(NamedTuple):
    """Text in one font, its letters `scale` times as large as those of its line."""

    text: str
    face: Face
    scale: float = 1.0


_Word = tuple[float, str, Span]  # where it begins, and of what it is a part


class Placed(NamedTuple):
    """Text in one font, `x` points from the left end of its line."""

    x: float
    text: str
    face: Face
    scale: float = 1.0


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


def wrap_spans(
    spans: Iterable[Span],
    size: float,
    width: float,
    *,
    indent: float = 0.0,
    justified: bool = False,
) -> list[Line]:
    """Return the lines of texts in several fonts that follow each other, a blank between them.

    The first line of a paragraph begins `indent` points further in; `justified` lines are as
    wide as the room, but for a paragraph's last.
    """
    setter = _Setter(size, width, indent, justified=justified)
    for span in spans:
        for number, paragraph in enumerate(span.text.split("\n")):
            if number:
                setter.end_paragraph()
            for word in paragraph.split():
                setter.add(word, span)
    setter.end_paragraph()
    return setter.lines


class _Setter:
    """The lines so far and the one being set."""

    def __init__(self, size: float, width: float, indent: float, *, justified: bool) -> None:
        self.lines: list[Line] = []
        self._size = size
        self._room = width
        self._indent = indent
        self._justified = justified
        self._words: list[_Word] = []
        self._end = indent

    def add(self, word: str, span: Span) -> None:
        """Put a word behind the last one, or on the next line."""
        face, size = span.face, self._size * span.scale
        width = face.width(word, size)
        start = self._end + face.blank * size if self._words else self._end
        if start + width > self._room and self._words:
            self._turn()
            start = 0.0
        while start + width > self._room and len(word) > 1:
            head = self._head(word, face, size, self._room - start)
            self._put(start, head, span, face.width(head, size))
            self._turn()
            start, word = 0.0, word[len(head) :]
            width = face.width(word, size)
        self._put(start, word, span, width)

    def end_paragraph(self) -> None:
        """Go to the next line; an empty one stays empty."""
        self.lines.append(Line(tuple(_joined(self._words)), self._end))
        self._words, self._end = [], self._indent

    def _turn(self) -> None:
        """Go to the next line of the same paragraph."""
        if self._justified and len(self._words) > 1:
            more = (self._room - self._end) / (len(self._words) - 1)
            parts = (
                Placed(start + n * more, word, span.face, span.scale)
                for n, (start, word, span) in enumerate(self._words)
            )
            self.lines.append(Line(tuple(parts), self._room))
        else:
            self.lines.append(Line(tuple(_joined(self._words)), self._end))
        self._words, self._end = [], 0.0

    def _put(self, start: float, word: str, span: Span, width: float) -> None:
        self._words.append((start, word, span))
        self._end = start + width

    def _head(self, word: str, face: Face, size: float, room: float) -> str:
        """Return as much of a long word as fits into `room`, and never nothing."""
        end, room = 1, room - face.width(word[0], size)
        while end < len(word) and (room := room - face.width(word[end], size)) >= 0:
            end += 1
        after_sign = 1 + max(word.rfind(sign, 0, end) for sign in _BREAKS)
        return word[: after_sign if after_sign > end / 2 else end]


def _alike(one: Span, other: Span) -> bool:
    """Say whether texts of two spans look the same."""
    return one is other or (one.face is other.face and one.scale == other.scale)


def _joined(words: Sequence[_Word]) -> Iterator[Placed]:
    """Return the words of a line as few texts as there are changes of font."""
    first = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or not _alike(words[number][2], words[first][2]):
            start, _word, span = words[first]
            text = " ".join(word[1] for word in words[first:number])
            yield Placed(start, text, span.face, span.scale)
            first = number
