"""Pages as dots, black or white: what a thermal printer burns into its paper, line by line.

Text mode would not do: such a printer's own letters lack most of the Vietnamese ones.
"""

from typing import Final

from msgspec import Struct

from counter_app.printing.preview import grey_pages

_HALF: Final = bytes(48 + (grey < 128) for grey in range(256))  # "1" for a dot, "0" for none


class DotImage(Struct, frozen=True, kw_only=True):
    """One page: its size in dots, and its rows, eight dots to a byte, the leftmost highest.

    A row ends with its byte; a dot that is set is black. This is how ESC/POS wants it.
    """

    width: int
    height: int
    bits: bytes

    @property
    def row_bytes(self) -> int:
        """How many bytes a row has."""
        return (self.width + 7) // 8


def pages_as_images(
    pdf: bytes, *, dots_per_inch: int, width_dots: int | None = None
) -> list[DotImage]:
    """Return every page as a printer of so many dots to the inch prints it.

    Dots are whole: the bars of a QR code keep their widths. With `width_dots` a page that is
    wider loses the same at both edges, which such a printer cannot reach, and a narrower one
    is put in the middle.

    Raises:
        MissingExtra: what looks at pages is not installed; only a desk has it.
    """
    return [
        _dots(grey, width, height, width if width_dots is None else width_dots)
        for grey, width, height in grey_pages(pdf, dots_per_inch=dots_per_inch)
    ]


def _dots(grey: bytes, width: int, height: int, room: int) -> DotImage:
    row_bytes = (room + 7) // 8
    spare = row_bytes * 8 - room
    cut, added = max(0, width - room) // 2, max(0, room - width) // 2
    rows = []
    for y in range(height):
        row = grey[y * width + cut : y * width + cut + min(room, width)].translate(_HALF)
        row = (b"0" * added + row).ljust(room, b"0") + b"0" * spare
        rows.append(int(row, 2).to_bytes(row_bytes, "big"))
    return DotImage(width=room, height=height, bits=b"".join(rows))
