"""A picture from outside made into a new one: upright, on white, no larger than a page need be.

It runs in the program of its own, under its limits, and imports nothing of ours but those.
"""

import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageFile

from counter_app.imaging import limits
from counter_app.imaging.frames import DOTS, PAGES, Refused

_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_GREY: Final = frozenset({"1", "L", "LA", "La", "I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
_DEEP: Final = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N"})
_SEEN_THROUGH: Final = frozenset({"RGBA", "RGBa", "LA", "La", "PA"})
_STRIP: Final = 512  # rows that are looked at together: the whole would be there twice
_SMOOTH: Final = Image.Resampling.LANCZOS
_LEAST_DPI: Final = 30  # what says less, says nothing: phones write 72, some scanners 1

Image.MAX_IMAGE_PIXELS = None  # looked at below, before anything is opened
ImageFile.LOAD_TRUNCATED_IMAGES = False


class Drawn(NamedTuple):
    """One page as JPEG, with its size in dots and a small picture of it."""

    content: bytes
    width: int
    height: int
    thumbnail: bytes


def pages(raw: bytes, kind: str) -> Iterator[Drawn]:
    """Return the pages of a picture one by one; only a TIFF has several.

    Raises:
        Refused: it has more dots or pages than are opened.
        Exception: whatever Pillow says of what is no picture.
    """
    with Image.open(io.BytesIO(raw), formats=[kind.upper()]) as image:
        number = 0
        while True:
            yield _drawn(image, kind)
            number += 1
            if kind != "tiff" or not _has(image, number):
                return


def _has(image: Image.Image, number: int) -> bool:
    try:
        image.seek(number)
    except EOFError:
        return False
    if number == limits.MOST_PAGES:
        raise Refused(PAGES)
    return True


def _drawn(image: Image.Image, kind: str) -> Drawn:
    width, height = image.size
    if width * height > limits.MOST_DOTS:
        raise Refused(DOTS, width=width, height=height)
    scale = min(1.0, _most(image) / max(width, height))
    if kind == "jpeg":  # opened at a half, a quarter or an eighth of its size, if that is enough
        image.draft(None, (round(width * scale), round(height * scale)))
    image.load()
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    small = _small(image, round(max(width, height) * scale))
    upright = small.transpose(turn) if turn is not None else small
    return Drawn(_jpeg(upright), *upright.size, _jpeg(_thumbnail(upright), quality=70))


def _most(image: Image.Image) -> int:
    """Return how long the longer edge may be: 300 dots to the inch of A4, 200 where it is known."""
    told = image.info.get("dpi")
    dots = round(max(told)) if told and all(map(_is_number, told)) else 0
    if dots <= max(_LEAST_DPI, limits.DOTS_PER_INCH):
        return limits.LONG_EDGE
    enough = max(image.size) * limits.DOTS_PER_INCH // dots
    return min(max(enough, limits.LONG_EDGE_OF_LAW), limits.LONG_EDGE)


def _is_number(value: object) -> bool:
    try:
        return 0 < float(value) < 1e6  # type: ignore[arg-type]  # what a file says may be anything
    except (TypeError, ValueError, ZeroDivisionError):
        return False


def _small(image: Image.Image, edge: int) -> Image.Image:
    """Return the picture in grey or colours on white, its longer edge so long at most.

    Rows are made narrow first, then fewer, so that the whole is never there twice.
    """
    width, height = image.size
    scale = min(1.0, edge / max(width, height))
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    factor = max(1, min(width // wide, height // high))
    mode = "L" if image.mode in _GREY else "RGB"
    narrow = Image.new(mode, (wide, -(-height // factor)), "white")
    step = _STRIP * factor
    for top in range(0, height, step):
        strip = _flat(image.crop((0, top, width, min(top + step, height))), mode)
        rows = strip.reduce(factor) if factor > 1 else strip
        narrow.paste(rows.resize((wide, rows.height), _SMOOTH), (0, top // factor))
    return narrow.resize((wide, high), _SMOOTH)


def _flat(strip: Image.Image, mode: str) -> Image.Image:
    """Return a part of a picture on white, whatever its dots were told in."""
    if strip.mode in _DEEP:
        return strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if strip.mode in _SEEN_THROUGH or "transparency" in strip.info:
        seen = strip.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground.convert(mode)
    return strip if strip.mode == mode else strip.convert(mode)


def _thumbnail(page: Image.Image) -> Image.Image:
    small = page.copy()
    small.thumbnail((limits.THUMBNAIL, limits.THUMBNAIL))
    return small


def _jpeg(page: Image.Image, quality: int = limits.QUALITY) -> bytes:
    buffer = io.BytesIO()
    # Nothing of what stood beside the picture goes with it: no place, no time, no camera.
    page.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
