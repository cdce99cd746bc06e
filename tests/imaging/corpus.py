"""Files from outside, made here: pages as a scanner has them, and files that mean harm."""

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from counter_app import assets

A4_200 = (1654, 2339)
_FONT = assets.RESOURCES / "fonts" / "NotoSans-Regular.ttf"
_HAND = "Họ và tên: Trần Văn Thử. Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập – Tự do – Hạnh phúc."


def page(size=A4_200, *, lines=40, colour="RGB", tall=None, seed=1):
    """Return a page with words on it, a red stamp, and the grain that paper has."""
    rng = random.Random(seed)
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(_FONT), tall or size[0] // 60)
    for line in range(lines):
        top = size[1] * (line + 2) // (lines + 4)
        draw.text((size[0] // 12, top), f"{line + 1}. {_HAND}", font=font, fill="black")
    across = size[0] // 6
    left, top = size[0] - 2 * across, size[1] - 2 * across
    draw.ellipse((left, top, left + across, top + across), outline=(190, 20, 30), width=8)
    for _ in range(400):
        x, y = rng.randrange(size[0]), rng.randrange(size[1])
        draw.point((x, y), fill=(200, 200, 200))
    return picture if colour == "RGB" else picture.convert(colour)


def saved(picture, form="PNG", **options):
    """Return a picture as the bytes of a file."""
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def small(colour="white", size=(60, 80), form="PNG", **options):
    """Return the bytes of a small picture in one colour."""
    return saved(Image.new("RGB", size, colour), form, **options)


def chunk(name, content):
    """Return a part of a PNG."""
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png_of(width, height, *extra):
    """Return a PNG that says to be so large, and has hardly any dots."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    dots = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return start + b"".join(extra) + dots + chunk(b"IEND", b"")


def png_bomb_of_words(megabytes=100):
    """Return a small PNG whose words unpack to so many megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    return png_of(10, 10, chunk(b"zTXt", b"Comment\0\0" + packed))


def png_bomb_of_dots(side=6000):
    """Return a PNG of 100 kB whose dots are many, and allowed."""
    return saved(Image.new("RGB", (side, side), "white"))


def tiff_of(pages, size=(60, 80), **options):
    """Return a TIFF of so many pages, each in a shade of its own."""
    shades = [Image.new("L", size, 5 * n % 256) for n in range(pages)]
    return saved(shades[0], "TIFF", save_all=True, append_images=shades[1:], **options)


def tiff_that_says(pages):
    """Return a TIFF of so many directories of one dot each."""
    directory = struct.pack("<HHHII", 5, 256, 3, 1, 1) + b"".join(
        struct.pack("<HHII", tag, 3, 1, value)
        for tag, value in ((257, 1), (258, 8), (262, 1), (273, 8))
    )
    raw = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(pages):
        after = len(raw) + len(directory) + 4
        raw += directory + struct.pack("<I", after if number < pages - 1 else 0)
    return bytes(raw)


def pdf_of(pages=1, *, encrypt=None):
    """Return a PDF as a scanner's program writes it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    for number in range(pages):
        canvas.drawString(72, 720, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_place(picture, orientation=1):
    """Return a JPEG of a phone: it says where and with what it was taken, and which way is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Dien thoai bia"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (21.0, 1.0, 42.5)
    gps[3], gps[4] = "E", (105.0, 51.0, 15.25)
    return saved(picture, "JPEG", exif=exif, comment=b"taken by somebody")


def jpeg_that_says(width, height, **options):
    """Return the head of a JPEG that says to be so large, and has hardly any dots."""
    raw = small(size=(16, 16), form="JPEG", **options)
    said = struct.pack(">HH", height, width)
    return raw.replace(struct.pack(">HH", 16, 16), said, 1)


def webp_that_says(width, height, *, as_what):
    """Return the head of a WebP that says to be so large, in one of the three ways it can."""
    heads = {
        b"VP8 ": bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", width, height),
        b"VP8L": b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14),
        b"VP8X": bytes(4) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3],
    }
    body = as_what + struct.pack("<I", 100) + heads[as_what] + bytes(100)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def tiff_of_one_strip(width, height):
    """Return the head of a TIFF in colours, packed, whose dots are all in one strip."""
    entries = (
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 5), (262, 3, 2), (273, 4, 8),
        (277, 3, 3), (278, 4, height), (279, 4, 100),
    )  # fmt: skip
    fields = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    directory = struct.pack("<H", len(entries)) + fields + bytes(4)
    return b"II*\0" + struct.pack("<I", 8) + directory + bytes(100)
