"""The window and the printer recorded, and lanes that work at once; the desk is the real one.

`tasks` are lanes that work at once, `navigator` a window that only notes what it was asked.
"""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from counter_app.devices.printers import Condition, PrinterStatus
from counter_app.errors import CounterError, PrinterUnavailable
from counter_app.settings import Settings


class AtOnce:
    """Lanes that work at once, in the thread that asks."""

    def write(self, work, *, done, failed):
        try:
            result = work()
        except CounterError as error:
            failed(error)
        else:
            done(result)

    read = write
    paper = write
    care = write
    away = write
    quick = write

    def printing(self, _printer):
        return self.paper


class Waiting:
    """Lanes that work when the test says so: for what is shown meanwhile."""

    def __init__(self) -> None:
        self.waiting = []

    def write(self, work, *, done, failed):
        self.waiting.append(lambda: AtOnce().write(work, done=done, failed=failed))

    read = write
    paper = write
    care = write
    away = write
    quick = write

    def printing(self, _printer):
        return self.paper

    def work(self) -> None:
        """Do all that waits, and what comes of it."""
        while self.waiting:
            self.waiting.pop(0)()


class RecordingPrinter:
    """Prints nothing and notes what it was given; with `works = False` it is switched off."""

    def __init__(self) -> None:
        self.printed = []
        self.works = True

    def names(self):
        return ["Máy in A", "Máy in B"]

    def default(self):
        return "Máy in A"

    def print_pdf(self, pdf, printer, title):
        if not self.works:
            raise PrinterUnavailable(printer=printer or self.default())
        self.printed.append((pdf, printer, title))

    print_roll = print_pdf

    def status(self):
        condition = Condition.READY if self.works else Condition.ERROR
        return [
            PrinterStatus(name=name, condition=condition, usual=name == self.default())
            for name in self.names()
        ]

    def print_test_page(self, printer, size, lines):
        self.print_pdf(b"test page", printer, lines[0])


class RecordingView:
    """Keeps the state that it was shown last."""

    def show_state(self, state):
        self.state = state


class RecordingNavigator:
    """A window that notes what it is asked for, as (what, with what)."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.printer = RecordingPrinter()
        self.printing = None  # a real PrintingDesk, in tests of what prints
        self.asked = []

    def begin_intake(self, *, card=None, draft=None):
        self.asked.append(("begin_intake", card or draft))

    def give_guidance(self, intake, token, *, done):
        self.asked.append(("give_guidance", (intake, token, done)))

    def open_dossier(self, dossier_id):
        self.asked.append(("open_dossier", dossier_id))

    def begin_return(self, dossier_id):
        self.asked.append(("begin_return", dossier_id))

    def open_cashier(self, dossier_id):
        self.asked.append(("open_cashier", dossier_id))

    def search_for(self, text):
        self.asked.append(("search_for", text))

    def print_receipt(self, dossier_id, *, again=False):
        self.asked.append(("print_receipt", (dossier_id, again)))

    def print_sheet(self, make, *, form="", printer=""):
        if self.printing is not None:
            self.printing.print_sheet(make, form=form, printer=printer)
            return
        choice = self.settings.choice(form)
        chosen = printer or choice.printer or self.printer.default()
        sheet = make(choice.paper, chosen)
        self.asked.append(("print_sheet", sheet))
        try:
            self.printer.print_pdf(sheet.pdf, chosen, sheet.title)
        except CounterError as error:
            self.refuse(error)

    def send_print(self, job, printer):
        self.asked.append(("send_print", job))
        if self.printing is not None:
            self.printing.send(job, printer)

    def show_paper(self):
        self.asked.append(("show_paper", None))

    def look_at_receipt(self, dossier_id):
        self.asked.append(("look_at_receipt", dossier_id))

    def await_scan(self):
        self.asked.append(("await_scan", None))

    def go_home(self):
        self.asked.append(("go_home", None))

    def show_place(self, place):
        self.asked.append(("show_place", place))

    def show_centre(self):
        self.asked.append(("show_centre", None))

    def begin_enrolment(self):
        self.asked.append(("begin_enrolment", None))

    def enrolled(self):
        self.asked.append(("enrolled", None))

    def send_now(self):
        self.asked.append(("send_now", None))

    def say(self, text, tone="info", actions=(), *, seconds=0):
        self.asked.append(("say", (text, tone)))
        self.actions = dict(actions)

    def refuse(self, error):
        self.asked.append(("refuse", error))

    def changed(self):
        self.asked.append(("changed", None))

    def apply_settings(self, settings):
        self.settings = settings
        self.asked.append(("apply_settings", settings))

    def last(self, what):
        """Return with what it was asked for `what` the last time."""
        return next(given for name, given in reversed(self.asked) if name == what)


@pytest.fixture
def tasks() -> AtOnce:
    return AtOnce()


@pytest.fixture
def navigator() -> RecordingNavigator:
    return RecordingNavigator()


@pytest.fixture(autouse=True)
def undressed(qapp):
    """The application, which is put back as it was whatever a test has it wear."""
    style, font, palette = qapp.styleSheet(), qapp.font(), qapp.palette()
    yield qapp
    # What was closed goes first: to undress it as well takes longer than many a test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if qapp.property("dark") is not None:
        qapp.setStyleSheet(style)
        qapp.setFont(font)
        qapp.setPalette(palette)
        qapp.setProperty("dark", None)


_PATIENCE = 60_000
"""Milliseconds: as long as anything takes on a machine that does much else."""


class PatientBot(QtBot):
    """Waits for what a test waits for on a slow machine, too."""

    def waitUntil(self, callback, *, timeout=_PATIENCE):
        """Wait until `callback` says that it is so."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=_PATIENCE, **options):
        """Wait until `signal` has come."""
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitActive(self, widget, *, timeout=_PATIENCE):
        """Wait until a window is where the keys go."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget, *, timeout=_PATIENCE):
        """Wait until a window is in sight."""
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request):
    """What types and clicks, and waits patiently."""
    return PatientBot(request)
