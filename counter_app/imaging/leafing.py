"""One page of a PDF as a picture, drawn in the program of its own: never where the desk's data are.

It imports nothing of ours but the limits.
"""

import io
from typing import Final

import pypdfium2

from counter_app.imaging import limits

_LONGEST: Final = limits.LONG_EDGE_OF_LAW
_LEAST: Final = 1.0  # points; a page without size is drawn all the same


def leaf(raw: bytes, number: int) -> tuple[bytes, int]:
    """Return page `number`, counted from 0, or the last, as JPEG; and how many there are.

    Raises:
        Exception: whatever PDFium says of what is no PDF.
    """
    document = pypdfium2.PdfDocument(raw)
    count = len(document)
    page = document[min(number, count - 1)]
    wide, high = page.get_size()
    picture = page.render(scale=_LONGEST / max(wide, high, _LEAST)).to_pil().convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=limits.QUALITY)
    return buffer.getvalue(), count
