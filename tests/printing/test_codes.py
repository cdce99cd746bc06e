"""The codes on a receipt: read back from the page as a cheap printer gives it."""

import random
import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import QRData

from counter_app.domain.print_block import Qr
from counter_app.printing import page_images
from counter_app.printing.code128 import BORDER, code128_bars
from counter_app.printing.qr import MASK, QR_BORDER, qr_bars, qr_modules
from tests.printing.papers import CODE, a_receipt, a_receipt_code, form, printed

WORST_PRINTER = 203  # dots per inch
LONG_BASE = "https://tracuu-ho-so.thanhphothunghiem.gov.example.vn"


def scanned(picture):
    """Return what a scanner reads in a grey picture, by the kind of code."""
    pixels = memoryview(picture.tobytes()).cast("B", (picture.height, picture.width))
    return {str(found.format): found.text for found in zxingcpp.read_barcodes(pixels)}


def page(pdf, dots_per_inch=WORST_PRINTER):
    first = page_images(pdf, dots_per_inch=dots_per_inch)[0]
    return Image.frombytes("RGB", (first.width, first.height), first.rgb).convert("L")


def smeared(pdf, *, turned, blur):
    """Return the first page as a bad photograph shows it; `blur` is in dots."""
    picture = page(pdf).filter(ImageFilter.GaussianBlur(blur))
    return picture.rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("size", ["a5", "a4"])
@pytest.mark.parametrize("turned", [0, 3, -3, 90, 180])
def test_both_codes_are_read_from_a_blurred_and_turned_page(size, turned):
    paper = a_receipt(papers=5)
    found = scanned(smeared(printed(paper, size=size), turned=turned, blur=0.7))
    assert set(found.values()) == {paper.received.receipt, CODE}


@pytest.mark.parametrize("turned", [0, 3, -3])
def test_the_qr_is_read_where_letters_are_not(turned):
    paper = a_receipt(papers=5)
    found = scanned(smeared(printed(paper), turned=turned, blur=1.5))
    assert paper.received.receipt in found.values()


@pytest.mark.parametrize("base", ["", LONG_BASE])
def test_with_a_long_address_or_none_it_is_read_too(base):
    code = a_receipt_code(base)
    assert code in scanned(page(printed(a_receipt(receipt=code)))).values()


def test_an_old_code_is_read_too():
    old = "000.00.19.H57-260803-0001"
    assert old in scanned(page(printed(a_receipt(code=old)))).values()


def test_the_qr_fits_its_place_with_whole_dots():
    block = Qr(text="{receipt_payload}")
    for base in ("", "https://tracuu.example.vn", LONG_BASE):
        modules, _bars = qr_bars(a_receipt_code(base))
        assert modules * block.dots_per_module * 25.4 / block.dots_per_inch <= block.side


def test_a_module_is_four_dots_of_the_worst_printer():
    (qr,) = [
        inner
        for block in form("receipt").block
        for inner in getattr(block, "right", ())
        if isinstance(inner, Qr)
    ]
    assert (qr.dots_per_inch, qr.dots_per_module, qr.side) == (WORST_PRINTER, 4, 30)
    picture = page(printed(a_receipt())).point(lambda grey: 255 * (grey > 127))
    rows = (picture.crop((0, y, picture.width, y + 1)).tobytes() for y in range(picture.height))
    # Through the middle of a finder: 1 1 3 1 1 modules, none a dot more or less.
    finder = re.compile(rb"\xff\x00{4}\xff{4}\x00{12}\xff{4}\x00{4}\xff")
    assert sum(bool(finder.search(row)) for row in rows) >= 2 * 3 * 4


def by_the_library(text):
    code = QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK)
    for part in re.fullmatch(r"(.*?)([0-9]*)", text, re.DOTALL).groups():
        if part:
            code.add_data(QRData(part))
    code.make(fit=True)
    return code.modules


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["", "HTTPS://TRACUU.EXAMPLE.VN/T/", "https://x.vn/ế/", "A"]),
    st.integers(1, 900),
    st.integers(0, 2**32),
)
def test_the_modules_are_those_of_the_library(before, length, seed):
    text = before + "".join(random.Random(seed).choices("0123456789", k=length))
    assert qr_modules(text) == by_the_library(text)


@pytest.mark.parametrize("length", [1, 199, 240, 600])
def test_even_nothing_but_zeros_is_read(length):
    # The library stumbles over a block of zeros.
    side, bars = qr_bars("0" * length)
    picture = Image.new("L", (side * 4, side * 4), 255)
    for column, row, columns in bars:
        picture.paste(0, (column * 4, row * 4, (column + columns) * 4, row * 4 + 4))
    assert list(scanned(picture).values()) == ["0" * length]


def test_the_bars_are_the_modules():
    modules = qr_modules("HTTPS://A.VN/T/1234567890")
    side, bars = qr_bars("HTTPS://A.VN/T/1234567890")
    black = {(column + n, row) for column, row, width in bars for n in range(width)}
    assert side == len(modules) + 2 * QR_BORDER
    assert black == {
        (column + QR_BORDER, row + QR_BORDER)
        for row, line in enumerate(modules)
        for column, module in enumerate(line)
        if module
    }


def test_what_no_qr_can_hold_is_refused():
    with pytest.raises(ValueError, match="too long"):
        qr_modules("x" * 3000)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30))
def test_any_text_is_read_back_from_a_code_128(text):
    width, bars = code128_bars(text)
    picture = Image.new("L", (width * 3, 60), 255)
    for column, columns in bars:
        picture.paste(0, (column * 3, 0, (column + columns) * 3, 60))
    assert list(scanned(picture).values()) == [text]
    assert bars[0][0] == BORDER
    assert bars[-1][0] + bars[-1][1] == width - BORDER


@pytest.mark.parametrize("text", ["Mã", "a\nb", "\x7f"])
def test_what_code_128_cannot_hold_is_refused(text):
    with pytest.raises(ValueError, match="Code 128"):
        code128_bars(text)
