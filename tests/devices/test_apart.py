"""Printers are asked in a process of their own: what hangs or breaks there hangs nothing here."""

import sys
import time

import pytest

from counter_app.desktop.printing_process import COMMAND
from counter_app.devices.apart import PrintersApart
from counter_app.devices.printers import Condition, PrinterStatus
from counter_app.errors import PaperTooLarge, PrintBrokenOff, PrintersSilent

SERVED = (sys.executable, "-m", "tests.devices.served")


@pytest.fixture
def printers():
    """The printers of tests/devices/served.py, which do what the titles say."""
    return PrintersApart(SERVED, patience=60)


def test_what_is_asked_comes_to_the_printers_and_back(printers):
    assert printers.names() == ("Máy in A",)
    assert printers.default() == "Máy in A"
    ready = PrinterStatus(name="Máy in A", condition=Condition.BUSY, usual=True)
    assert printers.status() == (ready,)
    printers.print_pdf(b"%PDF", "Máy in A", "whole")
    printers.print_roll(b"%PDF", "Máy in A", "whole")
    printers.print_test_page("Máy in A", "roll80", ["whole", "Quầy 1"])


def test_what_a_printer_refuses_is_told_in_the_language_spoken_here(printers):
    with pytest.raises(PaperTooLarge, match="Máy in “Máy in A” không nhận khổ giấy"):
        printers.print_pdf(b"%PDF", "Máy in A", "too large")
    assert printers.names() == ("Máy in A",)


def test_a_bug_there_is_a_bug_here(printers):
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        printers.print_pdf(b"%PDF", "Máy in A", "bug")
    assert printers.names() == ("Máy in A",)


def test_of_a_driver_that_crashes_nobody_knows_what_came_out(printers):
    with pytest.raises(PrintBrokenOff, match="Máy in A"):
        printers.print_pdf(b"%PDF", "Máy in A", "crash")
    assert printers.names() == ("Máy in A",)


def test_a_system_that_does_not_answer_is_given_up():
    hung = (sys.executable, "-c", "import time; time.sleep(600)")
    before = time.monotonic()
    with pytest.raises(PrintersSilent):
        PrintersApart(hung, patience=0.1).default()
    assert time.monotonic() - before < 60


def test_the_real_one_starts_and_answers():
    assert isinstance(PrintersApart(COMMAND, patience=60).names(), tuple)
