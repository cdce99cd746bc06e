"""What a screen may ask of the printers of a PC; there is no Qt here."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from counter_app.settings import PaperName

Size = PaperName


class Condition(StrEnum):
    """How a printer is, as far as the system tells."""

    READY = "ready"
    BUSY = "busy"
    ERROR = "error"
    GONE = "gone"


class PrinterStatus(Struct, frozen=True, kw_only=True):
    """One printer of the system; `usual` is the one that the system itself would take."""

    name: str
    condition: Condition = Condition.READY
    usual: bool = False


class Printer(Protocol):
    """The printers of this PC. Each call may take a minute: they belong in lanes of their own.

    What only looks raises PrintersSilent where the system does not answer in time.
    """

    def names(self) -> Sequence[str]:
        """Return the printers that the system knows, by name."""
        ...

    def default(self) -> str:
        """Return the printer that the system itself would take, or "" if it has none."""
        ...

    def status(self) -> Sequence[PrinterStatus]:
        """Return how each printer is; the system often learns of paper and power only later."""
        ...

    def print_pdf(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on paper; `printer` "" means the system's own choice.

        `title` is what the system's list of print jobs shows, and names nobody.

        Raises:
            PrinterUnavailable: nothing came out; what was to be printed is safe.
            PrintBrokenOff: nobody knows what came out.
        """
        ...

    def print_roll(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on a roll 80 mm wide, dot for dot, each as long as it is.

        Raises:
            PrinterUnavailable: nothing came out; what was to be printed is safe.
            PrintBrokenOff: nobody knows what came out.
        """
        ...

    def print_test_page(self, printer: str, size: Size, lines: Sequence[str]) -> None:
        """Put a page on paper that shows edges, letters and measure, headed by `lines`.

        Raises:
            PrinterUnavailable: nothing came out.
        """
        ...
