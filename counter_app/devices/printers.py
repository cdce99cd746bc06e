"""What a screen may ask of the printers of a PC; there is no Qt here."""

from collections.abc import Sequence
from typing import Literal, Protocol

Size = Literal["a5", "a4"]


class Printer(Protocol):
    """The printers of this PC. Each call may take seconds: they belong in the paper lane."""

    def names(self) -> Sequence[str]:
        """Return the printers that the system knows, by name."""
        ...

    def default(self) -> str:
        """Return the printer that the system itself would take, or "" if it has none."""
        ...

    def print_pdf(self, pdf: bytes, printer: str, title: str) -> None:
        """Put every page on paper; `printer` "" means the system's own choice.

        `title` is what the system's list of print jobs shows, and names nobody.

        Raises:
            PrinterUnavailable: nothing came out; what was to be printed is safe.
        """
        ...

    def print_test_page(self, printer: str, size: Size, lines: Sequence[str]) -> None:
        """Put a page on paper that shows edges, letters and measure, headed by `lines`.

        Raises:
            PrinterUnavailable: nothing came out.
        """
        ...
