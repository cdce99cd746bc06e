"""The pages of a PDF as pictures, for the screen and for printers that want dots."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from threading import Lock
from typing import Any, Final

from msgspec import Struct

from counter_app.errors import MissingExtra

_POINTS: Final = 72  # to the inch
_SCANT: Final = 0.01
_one_at_a_time: Final = Lock()  # the library below is not made for two threads


class PageImage(Struct, frozen=True, kw_only=True):
    """One page: its size in dots, and three bytes (red, green, blue) for each, row by row."""

    width: int
    height: int
    rgb: bytes


class SinglePage(Struct, frozen=True, kw_only=True):
    """One page out of `count`; `number` counts from 1."""

    image: PageImage
    number: int
    count: int


def page_images(pdf: bytes, *, dots_per_inch: float = 96) -> list[PageImage]:
    """Return every page of a PDF as a picture.

    Raises:
        MissingExtra: what looks at pages is not installed; only a desk has it.
    """
    with _opened(pdf) as document:
        return [_image(page, dots_per_inch / _POINTS) for page in document]


def each_page(pdf: bytes, *, dots_per_inch: float) -> Iterator[PageImage]:
    """Draw one page after the other, so that never more than one takes up room.

    Between two of them others may draw: a printer takes its time.

    Raises:
        MissingExtra: what looks at pages is not installed; only a desk has it.
    """
    for number in count():
        with _opened(pdf) as document:
            if number == len(document):
                return
            image = _image(document[number], dots_per_inch / _POINTS)
        yield image


def page_within(pdf: bytes, number: int, *, width: int, height: int | None = None) -> SinglePage:
    """Return one page, or the last if there are fewer, exactly as large as there is room for.

    `width` and `height` are in dots; without a height the page is as wide as the room.

    Raises:
        MissingExtra: what looks at pages is not installed; only a desk has it.
    """
    with _opened(pdf) as document:
        shown = min(number, len(document))
        page = document[shown - 1]
        wide, high = page.get_size()
        scale = width / wide if height is None else min(width / wide, height / high)
        return SinglePage(image=_image(page, scale), number=shown, count=len(document))


def grey_pages(pdf: bytes, *, dots_per_inch: float) -> list[tuple[bytes, int, int]]:
    """Return every page in shades of grey, a byte a dot, with its width and height in dots.

    Raises:
        MissingExtra: what looks at pages is not installed; only a desk has it.
    """
    with _opened(pdf) as document:
        return [_grey(page, dots_per_inch / _POINTS) for page in document]


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Return the pages of several PDFs, in their order, as one.

    Raises:
        MissingExtra: what looks at pages is not installed; only a desk has it.
    """
    whole = BytesIO()
    with _opened(pdfs[0]) as document:
        for pdf in pdfs[1:]:
            document.import_pages(type(document)(pdf))
        document.save(whole)
    return whole.getvalue()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    try:
        # Not with the module: only who looks at a page needs it.
        import pypdfium2
    except ImportError as error:
        raise MissingExtra(extra="desk") from error
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _image(page: Any, scale: float) -> PageImage:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    image = PageImage(width=bitmap.width, height=bitmap.height, rgb=_rows(bitmap, 3))
    page.close()
    return image


def _grey(page: Any, scale: float) -> tuple[bytes, int, int]:
    # Not a dot more than there are: the library rounds up, and would stretch the page to it.
    dots = max(1, round(page.get_width() * scale))
    bitmap = page.render(scale=(dots - _SCANT) / page.get_width(), grayscale=True)
    grey = _rows(bitmap, 1), bitmap.width, bitmap.height
    page.close()
    return grey


def _rows(bitmap: Any, colours: int) -> bytes:
    """Return the dots of a picture without what stands between its rows."""
    padded, stride, length = memoryview(bitmap.buffer), bitmap.stride, colours * bitmap.width
    starts = range(0, bitmap.height * stride, stride)
    return b"".join(bytes(padded[start : start + length]) for start in starts)
