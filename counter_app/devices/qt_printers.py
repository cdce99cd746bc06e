"""The system's printers, reached through Qt."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from counter_app.devices.printers import Condition, PrinterStatus, Size
from counter_app.devices.roll import ROLL_DOTS_PER_INCH, Strip, paint_strips
from counter_app.devices.trial_page import trial_page
from counter_app.errors import NoPrinter, PaperTooLarge, PrinterGone, PrinterUnavailable

if TYPE_CHECKING:  # the sign-in window does not wait for it
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

DOTS_PER_INCH: Final = 300
"""What pages are drawn at: a QR code stays sharp, and a page is not yet a burden on the spooler."""

_MM_PER_INCH: Final = 25.4
_MARGIN_MM: Final = 10
"""A sheet may be so much wider than what a printer says it takes: Letter stands in for A4."""


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
    """Draws the pages that `pages_of` makes of a PDF, at `DOTS_PER_INCH`; strips for a roll."""

    def __init__(
        self,
        pages_of: Callable[[bytes], Iterable[PagePicture]],
        strips_of: Callable[[bytes], Iterable[Strip]],
    ) -> None:
        self._pages_of = pages_of
        self._strips_of = strips_of

    def names(self) -> Sequence[str]:
        """Return the printers that the system knows, by name."""
        from PySide6.QtPrintSupport import QPrinterInfo  # as above

        return sorted(QPrinterInfo.availablePrinterNames())

    def default(self) -> str:
        """Return the printer that the system itself would take, or "" if it has none."""
        from PySide6.QtPrintSupport import QPrinterInfo  # as above

        return QPrinterInfo.defaultPrinterName()

    def status(self) -> Sequence[PrinterStatus]:
        """Return how each printer is, as far as the system tells."""
        from PySide6.QtPrintSupport import QPrinterInfo  # as above

        found = [
            PrinterStatus(
                name=info.printerName(), condition=_condition(info), usual=info.isDefault()
            )
            for info in QPrinterInfo.availablePrinters()
        ]
        return sorted(found, key=lambda each: each.name)

    def print_pdf(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on paper.

        Raises:
            NoPrinter: there is none at all.
            PrinterGone: there is none of this name.
            PaperTooLarge: it is made for narrower paper.
            PrinterUnavailable: it does not take the pages.
        """
        # The printer's own resolution would be 1200 dots and more: minutes for one page.
        device = self._device(printer, title, DOTS_PER_INCH)
        pages = iter(self._pages_of(pdf))
        first = next(pages, None)
        if first is not None and not takes(_sizes(device.printerName()), _millimetres(first)):
            raise PaperTooLarge(printer=device.printerName())
        if first is None or not paint(chain([first], pages), device):
            raise PrinterUnavailable(printer=device.printerName())

    def print_roll(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on a roll, dot for dot: whatever the printer's driver, it has no fonts.

        Raises:
            NoPrinter: there is none at all.
            PrinterGone: there is none of this name.
            PrinterUnavailable: it does not take the pages.
        """
        device = self._device(printer, title, ROLL_DOTS_PER_INCH)
        if not paint_strips(self._strips_of(pdf), device):
            raise PrinterUnavailable(printer=device.printerName())

    def print_test_page(self, printer: str, size: Size, lines: Sequence[str]) -> None:
        """Print the test page on the same road as every other paper.

        Raises:
            PrinterUnavailable: there is no such printer, or it does not take the page.
        """
        page = trial_page(size, lines)
        if size == "roll80":
            self.print_roll(page, printer, lines[0])
        else:
            self.print_pdf(page, printer, lines[0])

    def _device(self, printer: str, title: str, dots_per_inch: int) -> "QPrinter":
        """Return a printer that is there and does not say that it cannot print.

        One that says so would keep the pages, and bring them out when nobody thinks of them.
        """
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # as above

        name, known = printer or self.default(), QPrinterInfo.availablePrinterNames()
        if not name:
            raise NoPrinter
        if name not in known:
            raise PrinterGone(printer=name)
        info = QPrinterInfo.printerInfo(name)
        if _condition(info) is Condition.ERROR:
            raise PrinterUnavailable(printer=name)
        device = QPrinter(info, QPrinter.PrinterMode.ScreenResolution)
        device.setResolution(dots_per_inch)
        device.setDocName(title)
        device.setFullPage(True)
        return device


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


def takes(sizes: Sequence[QSizeF], sheet: QSizeF) -> bool:
    """Say whether a printer with paper of these sizes takes a sheet; all in millimetres.

    One that names no sizes is let try.
    """
    widest = max((_short(size) for size in sizes), default=_short(sheet))
    return _short(sheet) <= widest + _MARGIN_MM


def _short(size: QSizeF) -> float:
    return min(size.width(), size.height())


def _sizes(printer: str) -> Sequence[QSizeF]:
    from PySide6.QtPrintSupport import QPrinterInfo  # as above

    known = QPrinterInfo.printerInfo(printer).supportedPageSizes()
    return [size.size(QPageSize.Unit.Millimeter) for size in known]


def _millimetres(page: PagePicture) -> QSizeF:
    return QSizeF(page.width, page.height) * (_MM_PER_INCH / DOTS_PER_INCH)


def _condition(info: "QPrinterInfo") -> Condition:
    from PySide6.QtPrintSupport import QPrinter  # as above

    return {
        QPrinter.PrinterState.Idle: Condition.READY,
        QPrinter.PrinterState.Active: Condition.BUSY,
    }.get(info.state(), Condition.ERROR)


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
