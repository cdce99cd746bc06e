"""Printers that do what the title of a paper says, in a process of their own."""

import os
import sys

from counter_app.devices.apart import serve
from counter_app.devices.printers import Condition, PrinterStatus
from counter_app.errors import PaperTooLarge

A = "Máy in A"


class Printers:
    """One printer, and it is busy."""

    def names(self):
        return [A]

    def default(self):
        return A

    def status(self):
        return [PrinterStatus(name=A, condition=Condition.BUSY, usual=True)]

    def print_pdf(self, pdf, printer, title):
        assert (pdf, printer) == (b"%PDF", A)
        match title:
            case "too large":
                raise PaperTooLarge(printer=printer)
            case "bug":
                raise ZeroDivisionError
            case "crash":
                os._exit(1)

    print_roll = print_pdf

    def print_test_page(self, printer, size, lines):
        assert (printer, size, lines) == (A, "roll80", ("whole", "Quầy 1"))


if __name__ == "__main__":
    serve(Printers(), sys.stdin.buffer, sys.stdout.buffer)
