"""Pieces of a form, one below the other, and where a page ends between them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from counter_app.printing.sheet import Sheet


class Piece(NamedTuple):
    """Something that is never cut in two: how high it is, and what draws it below `y`.

    `keep` holds it together with the next one; `again` is drawn first where the piece begins
    a page (the titles of a table).
    """

    height: float
    draw: Callable[[Sheet, float], None]
    keep: bool = False
    again: "Piece | None" = None


def nothing(height: float, *, keep: bool = False) -> Piece:
    """Return an empty piece."""
    return Piece(height, lambda _sheet, _y: None, keep)


def stacked(pieces: Iterable[Piece]) -> Piece:
    """Return pieces below each other as one."""
    parts = list(pieces)

    def draw(sheet: Sheet, y: float) -> None:
        for part in parts:
            part.draw(sheet, y)
            y += part.height

    return Piece(sum(part.height for part in parts), draw)


def abreast(pieces: Iterable[Piece]) -> Piece:
    """Return pieces beside each other as one, their tops in line."""
    parts = list(pieces)

    def draw(sheet: Sheet, y: float) -> None:
        for part in parts:
            part.draw(sheet, y)

    return Piece(max(part.height for part in parts), draw)


def flow(sheet: Sheet, pieces: Iterable[Piece]) -> None:
    """Put the pieces on the sheet, and turn the page where one does not fit."""
    together: list[Piece] = []
    for piece in pieces:
        together.append(piece)
        if not piece.keep:
            _place(sheet, together)
            together = []
    _place(sheet, together)


def _place(sheet: Sheet, together: list[Piece]) -> None:
    if sum(piece.height for piece in together) > sheet.room and not sheet.is_fresh:
        sheet.turn()
    for piece in together:
        # What is kept together may still be more than a page.
        if piece.height > sheet.room and not sheet.is_fresh:
            sheet.turn()
        if sheet.is_fresh and sheet.page > 1 and piece.again:
            _draw(sheet, piece.again)
        _draw(sheet, piece)


def _draw(sheet: Sheet, piece: Piece) -> None:
    piece.draw(sheet, sheet.y)
    sheet.y += piece.height
