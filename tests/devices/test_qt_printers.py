"""Pages on their way to paper: each on a sheet of its own size, and said when none comes out."""

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from counter_app.devices.qt_printers import DOTS_PER_INCH, QtPrinters, paint, takes
from counter_app.devices.roll import (
    PRINTABLE_DOTS,
    ROLL_DOTS,
    ROLL_DOTS_PER_INCH,
    paint_strips,
    picture_of,
)
from counter_app.devices.trial_page import trial_page
from counter_app.errors import NoPrinter, PrinterGone
from counter_app.printing import each_page
from counter_app.printing.raster import DotImage, pages_as_images

LINES = ["Trang in thử", "UBND phường Phú Thử · Quầy 1"]
POINTS = {"a5": (420, 595), "a4": (595, 842)}
MM = 25.4 / 72


def pages_of(pdf):
    return each_page(pdf, dots_per_inch=DOTS_PER_INCH)


def strips_of(pdf):
    return pages_as_images(pdf, dots_per_inch=ROLL_DOTS_PER_INCH, width_dots=PRINTABLE_DOTS)


def scanned(picture):
    """Return what a scanner reads from a page that was drawn."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(grey.constBits()).cast("B")
    stride, shape = grey.bytesPerLine(), (grey.height(), grey.width())
    rows = b"".join(bytes(pixels[y * stride : y * stride + shape[1]]) for y in range(shape[0]))
    return [code.text for code in zxingcpp.read_barcodes(memoryview(rows).cast("B", shape))]


def into_pdf(file):
    """Return a printer that prints into a file, as finely as one for rolls."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(ROLL_DOTS_PER_INCH)
    printer.setFullPage(True)
    return printer


@pytest.mark.parametrize("size", ["a5", "a4"])
def test_each_page_lies_on_a_sheet_of_its_own_size(qapp, tmp_path, size):
    file = tmp_path / "out.pdf"
    writer = QPdfWriter(str(file))
    writer.setResolution(DOTS_PER_INCH)
    assert paint([*pages_of(trial_page(size, LINES))] * 2, writer)
    del writer  # the file is whole when the writer has gone
    document = pypdfium2.PdfDocument(file)
    sizes = [tuple(map(round, page.get_size())) for page in document]
    document.close()
    assert sizes == [POINTS[size]] * 2


def test_the_trial_page_says_what_it_was_given(qapp):
    document = pypdfium2.PdfDocument(trial_page("a5", LINES))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert LINES[1] in text
    assert "ắặầậ" in text


def test_a_printer_that_is_not_there_is_named(qapp):
    printers = QtPrinters(pages_of, strips_of)
    with pytest.raises(PrinterGone, match="Máy in không có"):
        printers.print_pdf(trial_page("a5", LINES), "Máy in không có", "Trang in thử")


@pytest.mark.parametrize(
    ("paper", "sheet", "taken"),
    [
        ([(80, 297), (72, 200)], (210, 297), False),
        ([(80, 297)], (210, 148), False),
        ([(216, 279)], (210, 297), True),
        ([(210, 297)], (297, 210), True),
        ([(210, 297)], (210, 148), True),
        ([], (210, 297), True),
    ],
)
def test_a_roll_takes_no_sheet(paper, sheet, taken):
    assert takes([QSizeF(*size) for size in paper], QSizeF(*sheet)) is taken


def test_without_any_printer_it_is_said_that_there_is_none(qapp):
    printers = QtPrinters(pages_of, strips_of)
    if printers.names():
        pytest.skip("this PC has a printer")
    with pytest.raises(NoPrinter, match="Máy này chưa có máy in"):
        printers.print_pdf(trial_page("a5", LINES), "", "Trang in thử")


def test_a_document_without_pages_does_not_come_out(qapp, tmp_path):
    assert not paint([], QPdfWriter(str(tmp_path / "out.pdf")))


def test_a_roll_gets_exactly_the_dots_that_were_drawn(qapp, tmp_path):
    file = tmp_path / "roll.pdf"
    drawn = strips_of(trial_page("roll80", LINES))
    assert [(strip.width, strip.height > 780) for strip in drawn] == [(PRINTABLE_DOTS, True)]
    device = into_pdf(file)
    assert paint_strips(drawn, device)
    del device
    document = pypdfium2.PdfDocument(file)
    (image,) = document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    wide, *_turned, high, left, bottom = image.get_matrix().get()
    picture = image.get_bitmap().to_pil().convert("1", dither=0)
    top = document[0].get_height() - bottom - high
    document.close()
    dot = 72 / ROLL_DOTS_PER_INCH
    assert (wide / dot, high / dot) == pytest.approx((PRINTABLE_DOTS, drawn[0].height), abs=0.01)
    assert (left / dot, top / dot) == pytest.approx(((ROLL_DOTS - PRINTABLE_DOTS) / 2, 0), abs=0.01)
    assert bytes(255 - byte for byte in picture.tobytes()) == drawn[0].bits


def test_a_roll_is_as_long_as_what_stands_on_it_however_short(qapp, tmp_path):
    file = tmp_path / "roll.pdf"
    strips = [DotImage(width=PRINTABLE_DOTS, height=h, bits=bytes(72 * h)) for h in (160, 1600)]
    device = into_pdf(file)
    assert paint_strips(strips, device)
    del device
    document = pypdfium2.PdfDocument(file)
    sizes = [tuple(side * MM for side in page.get_size()) for page in document]
    document.close()
    assert [round(wide) for wide, _high in sizes] == [80, 80]
    assert [round(high) for _wide, high in sizes] == [20, 200]


def test_a_roll_without_pages_does_not_come_out(qapp, tmp_path):
    assert not paint_strips([], into_pdf(tmp_path / "roll.pdf"))


def test_a_dot_that_is_set_is_black_and_the_highest_comes_first(qapp):
    picture = picture_of(DotImage(width=10, height=2, bits=b"\x80\x40\x00\x00"))
    black = [(x, y) for y in range(2) for x in range(10) if picture.pixelColor(x, y).value() == 0]
    assert black == [(0, 0), (9, 0)]
    assert (picture.width(), ROLL_DOTS - PRINTABLE_DOTS) == (10, 64)


@pytest.mark.parametrize("size", ["a5", "a4"])
def test_the_code_on_the_trial_page_can_be_scanned(qapp, size):
    (page,) = pages_of(trial_page(size, LINES))
    dots = QImage(page.rgb, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888)
    assert scanned(dots) == ["0123456789" * 24]


def test_the_code_on_a_roll_can_be_scanned(qapp):
    (strip,) = strips_of(trial_page("roll80", LINES))
    assert scanned(picture_of(strip)) == ["0123456789" * 24]
