"""The limit of making paper: a PDF put together by hand over fonts that were read before.

A page is one stream of glyph numbers, a picture of one bit a module for the QR, and a table of
where everything stands. Nothing is measured, wrapped or laid out.
"""

import zlib

from reportlab.pdfbase.ttfonts import TTFontFile

from counter_app import assets
from counter_app.domain.text import nfc
from counter_app.printing.qr import qr_modules

_CATALOGUE, _PAGES, _PAGE, _CONTENT, _PICTURE = range(1, 6)
_FONTS = 10  # the number of the first object of the first font; each has five
_A_FONT = 5
_ROWS = 36  # of a table, on a page
_TO_UNICODE = (
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/U def/CMapType 2 def "
    "1 begincodespacerange<0000><FFFF>endcodespacerange {} endcmap end end"
)


class HandPdf:
    """Two fonts, and what is written with them."""

    def __init__(self):
        self._glyphs, self._objects = [], {}
        for number, weight in enumerate(("Regular", "Bold")):
            path = assets.RESOURCES / "fonts" / f"CounterSerif-{weight}.ttf"
            font = TTFontFile(str(path))
            self._glyphs.append({code: f"{glyph:04X}" for code, glyph in font.charToGlyph.items()})
            self._objects |= _font_objects(_FONTS + _A_FONT * number, weight, font, path)

    def receipt(self, lines, code):
        """Return one page with `lines` and the QR of `code`."""
        written, y = [], 800
        for number, line in enumerate(lines):
            face, size = (1, 13) if number < 4 else (0, 10.5)
            written.append(f"BT/F{face} {size} Tf 56 {y} Td<{self._spell(line, face)}>Tj ET")
            y -= 19
        written.append("q 90 0 0 90 440 90 cm/Q Do Q")
        modules = qr_modules(code)
        side = len(modules)
        bits = b"".join(_packed(row) for row in modules)
        picture = f"/Type/XObject/Subtype/Image/Width {side}/Height {side}/ImageMask true"
        return self._file(
            {
                _PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                _PAGE: _page(595.28, 841.89, _CONTENT, f"/XObject<</Q {_PICTURE} 0 R>>"),
                _CONTENT: _stream("\n".join(written).encode()),
                _PICTURE: _stream(bits, f"{picture}/Decode[1 0]/BitsPerComponent 1", level=0),
            }
        )

    def table(self, head, widths, rows):
        """Return pages with `rows` under `head`, in columns of `widths` points."""
        lefts = [50 + sum(widths[:n]) for n in range(len(widths))]
        room = [int(width / 4.6) for width in widths]  # letters
        title = "".join(
            f"1 0 0 1 {x} 790 Tm<{self._spell(text, 1)}>Tj "
            for x, text in zip(lefts, head, strict=True)
        )
        objects, kids = {}, []
        for first in range(0, len(rows), _ROWS):
            written = [f"BT/F1 8 Tf {title}/F0 7.5 Tf "]
            for below, row in enumerate(rows[first : first + _ROWS], 1):
                y = 790 - 20 * below
                written += [
                    f"1 0 0 1 {x} {y} Tm<{self._spell(text[:most], 0)}>Tj "
                    for x, most, text in zip(lefts, room, row, strict=True)
                ]
                written.append(f"ET 50 {y - 3} m {50 + sum(widths)} {y - 3} l S BT/F0 7.5 Tf ")
            number = 30 + 2 * len(kids)
            objects[number] = _page(595.28, 841.89, number + 1)
            objects[number + 1] = _stream("".join([*written, "ET"]).encode(), level=1)
            kids.append(f"{number} 0 R")
        pages = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
        return self._file({_PAGES: pages.encode(), **objects})

    def _spell(self, text, face):
        return text.translate(self._glyphs[face])

    def _file(self, objects):
        objects = {_CATALOGUE: b"<</Type/Catalog/Pages 2 0 R>>", **self._objects, **objects}
        written, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), {}
        for number, content in objects.items():
            places[number] = len(written)
            written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
        end, size = len(written), max(places) + 1
        table = (
            f"{places[number]:010d} 00000 n \n" if number in places else "0000000000 65535 f \n"
            for number in range(size)
        )
        written += f"xref\n0 {size}\n{''.join(table)}".encode()
        written += f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{end}\n%%EOF\n".encode()
        return bytes(written)


def receipt_lines(received):
    """Return what a receipt says at the least."""
    applicant = received.applicant
    return [
        nfc(line)
        for line in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            f"Mã hồ sơ: {received.code}",
            f"{received.office.name}, {received.desk_name}",
            f"Tiếp nhận hồ sơ của: {applicant.full_name}",
            f"Địa chỉ: {applicant.address}",
            f"Số điện thoại: {applicant.phone}",
            f"Nội dung yêu cầu giải quyết: {received.procedure.name}",
            "Thành phần hồ sơ nộp gồm:",
            *(f"  {n}. {paper.name}" for n, paper in enumerate(received.papers, 1)),
            f"Thời gian nhận hồ sơ: {received.received_at:%H:%M %d/%m/%Y}",
            f"Thời gian trả kết quả: {received.due_at:%H:%M %d/%m/%Y}",
            "NGƯỜI NỘP HỒ SƠ                    NGƯỜI TIẾP NHẬN HỒ SƠ",
            "(Ký và ghi rõ họ tên)              (Ký và ghi rõ họ tên)",
            received.officer_name,
        )
    ]


def _font_objects(number, weight, font, path):
    name, program = f"AAAAA{weight[0]}+Counter", path.read_bytes()
    pairs = sorted(font.charToGlyph.items())
    widths = " ".join(f"{glyph}[{round(font.charWidths[code])}]" for code, glyph in pairs)
    spelled = [f"<{glyph:04X}><{code:04X}>" for code, glyph in pairs]
    hundreds = [spelled[n : n + 100] for n in range(0, len(spelled), 100)]
    chars = "".join(f"{len(h)} beginbfchar\n{chr(10).join(h)}\nendbfchar\n" for h in hundreds)
    return {
        number: (
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{number + 1} 0 R]/ToUnicode {number + 4} 0 R>>"
        ).encode(),
        number + 1: (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)"
            f"/Ordering(Identity)/Supplement 0>>/FontDescriptor {number + 2} 0 R"
            f"/CIDToGIDMap/Identity/W[{widths}]>>"
        ).encode(),
        number + 2: (
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-1000 -400 2000 1200]"
            f"/ItalicAngle 0/Ascent 928/Descent -236/CapHeight 729/StemV 80"
            f"/FontFile2 {number + 3} 0 R>>"
        ).encode(),
        number + 3: _stream(program, f"/Length1 {len(program)}", level=9),
        number + 4: _stream(_TO_UNICODE.format(chars).encode(), level=9),
    }


def _page(width, height, content, resources=""):
    return (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {content} 0 R"
        f"/Resources<</Font<</F0 {_FONTS} 0 R/F1 {_FONTS + _A_FONT} 0 R>>{resources}>>>>"
    ).encode()


def _stream(content, extra="", *, level=6):
    packed = zlib.compress(content, level) if level else content
    by = "/Filter/FlateDecode" if level else ""
    head = f"<</Length {len(packed)}{by}{extra}>>stream\n".encode()
    return head + packed + b"\nendstream"


def _packed(row):
    """Return a row of modules as bits."""
    bits = "".join("1" if module else "0" for module in row)
    size = -(-len(bits) // 8)
    return (int(bits, 2) << (8 * size - len(bits))).to_bytes(size)
