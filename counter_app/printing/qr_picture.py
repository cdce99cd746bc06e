"""A QR code as a picture in a file."""

import io
from typing import Final

from counter_app.printing.qr import QR_BORDER, qr_modules

_DOTS: Final = 8  # of a module's side: a phone reads it from a screen or from paper
_WHITE: Final = 1


def qr_picture(text: str) -> bytes:
    """Return the code of `text` as a PNG, black on white, with its white border.

    Raises:
        ValueError: it is too long for any QR code.
    """
    # Not with the module: a start of the program need not wait for it.
    from PIL import Image

    modules = qr_modules(text)
    side = len(modules) + 2 * QR_BORDER
    small = Image.new("1", (side, side), _WHITE)
    for row, line in enumerate(modules):
        for column, black in enumerate(line):
            if black:
                small.putpixel((column + QR_BORDER, row + QR_BORDER), 0)
    buffer = io.BytesIO()
    small.resize((side * _DOTS, side * _DOTS), Image.Resampling.NEAREST).save(buffer, "PNG")
    return buffer.getvalue()
