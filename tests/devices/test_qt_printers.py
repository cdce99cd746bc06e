"""Pages on their way to paper: each on a sheet of its own size, and said when none comes out."""

import pypdfium2
import pytest
from PySide6.QtGui import QPdfWriter

from counter_app.devices.qt_printers import DOTS_PER_INCH, QtPrinters, paint
from counter_app.devices.trial_page import trial_page
from counter_app.errors import NoPrinter, PrinterUnavailable
from counter_app.printing import each_page

LINES = ["Trang in thử", "UBND phường Phú Thử · Quầy 1"]
POINTS = {"a5": (420, 595), "a4": (595, 842)}


def pages_of(pdf):
    return each_page(pdf, dots_per_inch=DOTS_PER_INCH)


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
    printers = QtPrinters(pages_of)
    with pytest.raises(PrinterUnavailable, match="Máy in không có"):
        printers.print_pdf(trial_page("a5", LINES), "Máy in không có", "Trang in thử")


def test_without_any_printer_it_is_said_that_there_is_none(qapp):
    printers = QtPrinters(pages_of)
    if printers.names():
        pytest.skip("this PC has a printer")
    with pytest.raises(NoPrinter, match="Máy này chưa có máy in"):
        printers.print_pdf(trial_page("a5", LINES), "", "Trang in thử")


def test_a_document_without_pages_does_not_come_out(qapp, tmp_path):
    assert not paint([], QPdfWriter(str(tmp_path / "out.pdf")))
