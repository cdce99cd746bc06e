"""The system's printers, reached through Qt."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from counter_app.devices.printers import Size
from counter_app.devices.trial_page import trial_page
from counter_app.errors import NoPrinter, PrinterUnavailable

DOTS_PER_INCH: Final = 300
"""What pages are drawn at: a QR code stays sharp, and a page is not yet a burden on the spooler."""

_MM_PER_INCH: Final = 25.4


class PagePicture(Protocol):
    """One page as dots: three bytes (red, green, blue) for each, row by row."""

    @property
    def width(self) -> int:
        """Dots in a row."""
        ...

    @property
    def height(self) -> int:
        """Rows."""
        ...

    @property
    def rgb(self) -> bytes:
        """The dots."""
        ...


class QtPrinters:
    """Draws the pages that `pages_of` makes of a PDF, at `DOTS_PER_INCH`."""

    def __init__(self, pages_of: Callable[[bytes], Iterable[PagePicture]]) -> None:
        self._pages_of = pages_of

    def names(self) -> Sequence[str]:
        """Return the printers that the system knows, by name."""
        from PySide6.QtPrintSupport import QPrinterInfo  # the sign-in window does not wait for it

        return sorted(QPrinterInfo.availablePrinterNames())

    def default(self) -> str:
        """Return the printer that the system itself would take, or "" if it has none."""
        from PySide6.QtPrintSupport import QPrinterInfo  # as above

        return QPrinterInfo.defaultPrinterName()

    def print_pdf(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on paper.

        Raises:
            NoPrinter: there is none at all.
            PrinterUnavailable: there is no such printer, or it does not take the pages.
        """
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # as above

        name, known = printer or self.default(), QPrinterInfo.availablePrinterNames()
        if not name and not known:
            raise NoPrinter
        if name not in known:
            raise PrinterUnavailable(printer=name or "–")
        # The printer's own resolution would be 1200 dots and more: minutes for one page.
        device = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.ScreenResolution)
        device.setResolution(DOTS_PER_INCH)
        device.setDocName(title)
        device.setFullPage(True)
        if not paint(self._pages_of(pdf), device):
            raise PrinterUnavailable(printer=name)

    def print_test_page(self, printer: str, size: Size, lines: Sequence[str]) -> None:
        """Print the test page on the same road as every other paper.

        Raises:
            PrinterUnavailable: there is no such printer, or it does not take the page.
        """
        self.print_pdf(trial_page(size, lines), printer, lines[0])


def paint(pages: Iterable[PagePicture], device: QPagedPaintDevice) -> bool:
    """Draw each page on a sheet of its own size; say whether the device took them all."""
    coming = iter(pages)
    first = next(coming, None)
    if first is None:
        return False
    device.setPageLayout(_layout(first))
    painter = QPainter()
    if not painter.begin(device):
        return False
    _draw(painter, first)
    whole = True
    for page in coming:
        device.setPageLayout(_layout(page))
        whole = device.newPage() and whole
        _draw(painter, page)
    return painter.end() and whole


def _draw(painter: QPainter, page: PagePicture) -> None:
    stride = 3 * page.width
    image = QImage(page.rgb, page.width, page.height, stride, QImage.Format.Format_RGB888)
    sheet = painter.viewport()
    painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), image)


def _layout(page: PagePicture) -> QPageLayout:
    short, long = sorted((page.width, page.height))
    size = QSizeF(short, long) * (_MM_PER_INCH / DOTS_PER_INCH)
    # Dots are whole: the sheet is a hair off, and the printer wants to hear “A5”.
    sheet = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = page.width > page.height
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    return QPageLayout(sheet, orientation, QMarginsF())
