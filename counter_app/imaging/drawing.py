"""A picture from outside made into a new one: upright, on white, no larger than a page need be.

It runs in the program of its own, under its limits, and imports nothing of ours but those.
"""

import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageFile

from counter_app.imaging import limits
from counter_app.imaging.frames import DOTS, HEAVY, PAGES, Refused

_ORIENTATION: Final = 0x0112
_ROWS_OF_STRIP: Final = 0x0116
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
_ONE_BYTE: Final = frozenset({"1", "L", "P"})
_STRIP: Final = 64  # rows of the new picture that are made together
_BESIDE: Final = 8  # rows on both sides of a strip that the filter looks at, made smaller or not
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
    if kind == "webp":  # its library makes room as soon as it is opened
        _check_webp(raw)
    number = 0
    while True:
        # Opened anew for each page: one is let go of before it is made into a JPEG.
        with Image.open(io.BytesIO(raw), formats=[kind.upper()]) as image:
            if number and not _has(image, number):
                return
            yield _drawn(image, kind)
        number += 1
        if kind != "tiff":
            return


def _check_webp(raw: bytes) -> None:
    """Let a WebP pass that says to be no larger than there is room for."""
    number = int.from_bytes
    match raw[12:16]:
        case b"VP8X":
            wide, high = number(raw[24:27], "little") + 1, number(raw[27:30], "little") + 1
        case b"VP8L":
            both = number(raw[21:25], "little")
            wide, high = (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1
        case _:
            wide, high = (
                number(raw[26:28], "little") & 0x3FFF,
                number(raw[28:30], "little") & 0x3FFF,
            )
    if wide * high > limits.MOST_DOTS_OF_WEBP:
        raise Refused(DOTS, width=wide, height=high, most=limits.MOST_DOTS_OF_WEBP)


def _has(image: Image.Image, number: int) -> bool:
    try:
        image.seek(number)
    except EOFError:
        return False
    if number == limits.MOST_PAGES:
        raise Refused(PAGES)
    return True


def _drawn(image: Image.Image, kind: str) -> Drawn:
    """Return a page as it is kept; the picture it is made of is closed."""
    width, height = image.size
    _check_dots(image, kind)
    scale = min(1.0, _most(image) / max(width, height))
    if kind == "jpeg":  # opened at a half, a quarter or an eighth of its size, if that is enough
        many = width * height > limits.MOST_DOTS_OPENED
        wanted = min(scale, 0.5) if many else scale
        image.draft(None, (round(width * wanted), round(height * wanted)))
    _check_room(image, width * height)
    image.load()
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    small = _small(image, round(max(width, height) * scale))
    upright = small.transpose(turn) if turn is not None else small
    return Drawn(_jpeg(upright), *upright.size, _jpeg(_thumbnail(upright), quality=70))


def _check_dots(image: Image.Image, kind: str) -> None:
    """Let a picture pass whose dots have room in the memory that there is."""
    width, height = image.size
    if kind == "jpeg":
        most = limits.MOST_DOTS
    elif image.mode in _ONE_BYTE:
        most = limits.MOST_DOTS_OF_GREY
    else:
        most = limits.MOST_DOTS_OPENED
    if width * height > most:
        raise Refused(DOTS, width=width, height=height, most=most)


def _check_room(image: Image.Image, dots: int) -> None:
    """Let a picture pass for which its library has room: one that fails calls it damaged.

    `dots` are those of the file, of which `image` may be opened at a half only.
    """
    wide, high = image.size
    beside = 0
    if image.format == "TIFF" and image.mode != "1":  # a strip is unpacked whole
        strip = min(high, int(image.getexif().get(_ROWS_OF_STRIP, high)))
        beside = wide * strip * len(image.getbands())
    elif image.info.get("progressive"):  # all its waves are there at once, in two bytes each
        sides = [(across, down) for _, across, down, *_ in image.layer]  # type: ignore[attr-defined]
        most = max(across for across, _ in sides) * max(down for _, down in sides)
        beside = 2 * dots * sum(across * down for across, down in sides) // most
    bytes_of_dot = 1 if image.mode in _ONE_BYTE else 4
    if wide * high * bytes_of_dot + beside > limits.MOST_ROOM:
        raise Refused(HEAVY)


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
    """Return the picture in grey or colours on white, its longer edge so long at most; close it.

    It is made strip by strip, each with the rows beside it that the filter looks at: seams are
    not seen, and of the whole there is never a second copy.
    """
    width, height = image.size
    scale = min(1.0, edge / max(width, height))
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    factor = max(1, min(width // wide, height // high))
    mode = "L" if image.mode in _GREY else "RGB"
    small = Image.new(mode, (wide, high), "white")
    for top in range(0, high, _STRIP):
        rows = min(_STRIP, high - top)
        first, last = top * height / high, (top + rows) * height / high
        above = max(0, int(first) - _BESIDE * factor) // factor * factor
        below = min(height, int(last) + _BESIDE * factor)
        strip = _flat(image.crop((0, above, width, below)), mode)
        strip = strip.reduce(factor) if factor > 1 else strip
        box = (0, (first - above) / factor, width / factor, (last - above) / factor)
        box = (*box[:3], min(box[3], strip.height))
        small.paste(strip.resize((wide, rows), _SMOOTH, box), (0, top))
    image.close()  # all that is needed of it is there by now
    return small


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
    # Coarsely first: a copy to be made smaller would be as large as the page.
    small = page.reduce(max(1, max(page.size) // (2 * limits.THUMBNAIL)))
    small.thumbnail((limits.THUMBNAIL, limits.THUMBNAIL), _SMOOTH)
    return small


def _jpeg(page: Image.Image, quality: int = limits.QUALITY) -> bytes:
    buffer = io.BytesIO()
    # Nothing of what stood beside the picture goes with it: no place, no time, no camera.
    page.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
