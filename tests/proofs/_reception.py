"""A reception desk behind a window: an office with dossiers in every state, and its surroundings.

Nothing here goes by itself: what is asked of another thread, of a printer and of the centre is
done when the proof says so, and is answered when it says so.
"""

import io
import shutil
import sys
import time
from collections import deque
from contextlib import closing
from contextvars import copy_context
from dataclasses import replace as with_changes
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QObject

from counter_app.bootstrap import access
from counter_app.devices.printers import Condition, PrinterStatus
from counter_app.domain.guidance_code import guidance_digits
from counter_app.domain.judgement import Reason, Verdict
from counter_app.domain.officer import DESK_ROLES, Officer, Role
from counter_app.domain.operation import GuidanceOutcome
from counter_app.errors import CounterError, PrinterUnavailable
from counter_app.keys.throttle import Uptime
from counter_app.services.business_day import confirm_day
from counter_app.services.guidance import give_guidance
from counter_app.services.numbers import open_reserve
from counter_app.services.opening import sign_in
from counter_app.services.papers import preview_paper
from counter_app.services.people import add_colleague
from counter_app.services.print_jobs import queue_print
from counter_app.services.queue import issue
from counter_app.services.scans import add_scan
from counter_app.services.setting_up import set_up
from tests.desktop.linked import acknowledge, link
from tests.desktop.sample import (
    a_fortnight,
    an_application,
    note_on_unknown,
    receive,
    token_of,
)
from tests.office import MONDAY, OFFICER, PASSWORD, StillClock, a_new_desk
from tests.proofs._office import load_law

EVERYTHING = Officer(id="lan", name="Lê Thị Thử", roles=DESK_ROLES | frozenset(Role))
COLLEAGUES = (
    Officer(id="binh", name="Lê Văn Thử", roles=frozenset({Role.RECEPTION})),
    Officer(id="thu", name="Trần Thị Thử", roles=frozenset({Role.CASHIER, Role.RETURN})),
)
CARDS = (
    "001190012345||Nguyễn Thị Thử|15031990|Nữ|Số 12 ngõ 34 phố Thử Nghiệm, Phường Thử|01062021",
    "001090000001||Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm, phường Phú Thử|01012022",
)
TOLD = (
    ("amended", Verdict.PROPOSED, Reason.VALUE_CHANGED),
    ("finished", Verdict.REFUSED, Reason.ILLEGAL_TRANSITION),
    ("received", Verdict.FLAGGED, Reason.CODE_CLASH),
)
MOODS = ("ok", "empty", "hanging", "none")


class Way:
    """The way into the desk of one folder, whose clock the proof moves."""

    def __init__(self, folder):
        self.folder = folder
        self.clock = StillClock(MONDAY)
        self.opened = []
        self._times = 0

    def prepare(self):
        pass

    def law(self):
        return load_law()

    def enter(self, officer, password, _progress=None):
        self._times += 1  # a long while lies between, or wrong passwords would keep all out
        desk = sign_in(
            self.folder,
            officer,
            password,
            catalogue=load_law(),
            clock=self.clock,
            uptime=Uptime(boot="proof", seconds=self._times * 4000),
        )
        self.opened.append(desk)
        return desk


class Printers:
    """The PC's printers in a mood; with `fault` they have a bug in one of their drivers."""

    def __init__(self, *, fault=False):
        self.mood = "ok"
        self.printed = 0
        self._fault = fault

    def names(self):
        return [] if self.mood == "none" else ["Máy in A", "Máy in B"]

    def default(self):
        return next(iter(self.names()), "")

    def status(self):
        how = Condition.READY if self.mood == "ok" else Condition.ERROR
        return [
            PrinterStatus(name=name, condition=how, usual=name == self.default())
            for name in self.names()
        ]

    def print_pdf(self, pdf, printer, title):
        if self._fault:
            raise ZeroDivisionError
        if self.mood != "ok":
            raise PrinterUnavailable(printer=printer or self.default())
        assert pdf.startswith(b"%PDF")
        assert title
        self.printed += 1

    print_roll = print_pdf

    def print_test_page(self, printer, _size, lines):
        self.print_pdf(b"%PDF", printer, lines[0])


class Lanes(QObject):
    """Lanes that work, and are answered, one piece at a time: `go_on` says which."""

    def __init__(self):
        super().__init__()
        self.asked = 0
        self.working_s = 0.0
        self.stuck = set()
        names = ("write", "read", "paper", "care", "away", "quick")
        self._lines = {name: deque() for name in names}
        self._answers = deque()
        lanes = map(self._lane, self._lines)
        self.write, self.read, self.paper, self.care, self.away, self.quick = lanes

    def printing(self, printer):
        name = f"printer {printer}"
        self._lines.setdefault(name, deque())
        return self._lane(name)

    @property
    def ready(self):
        """The lanes that have something to do and are not stuck; and that of the answers."""
        waiting = [name for name, line in self._lines.items() if line and not self._is_stuck(name)]
        return waiting + ["answers"] * bool(self._answers)

    def go_on(self, lane):
        """Do the next piece of work of a lane, or give the next answer."""
        if lane == "answers":
            self._answer(*self._answers.popleft())
            return
        context, work, done, failed = self._lines[lane].popleft()
        began = time.thread_time()
        try:
            outcome = context.run(work), None
        except Exception as error:  # told where it is asked for, as a future does
            outcome = None, error
        self.working_s += time.thread_time() - began
        self._answers.append((outcome, done, failed))

    def settle(self):
        """Do everything that can be done."""
        while ready := self.ready:
            self.go_on(ready[-1])

    def _answer(self, outcome, done, failed):
        result, error = outcome
        try:
            if isinstance(error, CounterError):
                failed(error)
            elif error is not None:
                raise error
            else:
                done(result)
        except Exception:  # as Qt does with what a slot raises
            sys.excepthook(*sys.exc_info())

    def _is_stuck(self, name):
        return any(name.startswith(each) for each in self.stuck)

    def _lane(self, name):
        def run(work, *, done, failed):
            self.asked += 1
            self._lines[name].append((copy_context(), work, done, failed))

        return run


def an_office(folder, *, linked):
    """Set up a desk that has been at work for a fortnight, and return what can be scanned there."""
    set_up(folder, a_new_desk(officer=EVERYTHING))
    for colleague in COLLEAGUES:
        add_colleague(folder, access(folder, OFFICER.id, PASSWORD), colleague, PASSWORD)
    way = Way(folder)
    way.clock.at = MONDAY - timedelta(days=3)
    desk = way.enter(OFFICER.id, PASSWORD)
    with closing(desk.store):
        then = confirm_day(desk, way.clock.at.date())
        made = a_fortnight(then, way.clock, 30)
        way.clock.at = MONDAY
        desk = confirm_day(desk, MONDAY.date())
        made += [receive(desk, number) for number in range(60, 66)]  # who have not paid yet
        made.append(note_on_unknown(desk))
        _fill(with_changes(desk, officer=EVERYTHING), made)
        if linked:
            _link(desk)
        else:
            open_reserve(desk)
        return tuple(_payloads(desk, made))


def _fill(desk, made):
    for number in (100, 101):
        give_guidance(
            desk,
            replace(an_application(number), components=()),
            token=token_of(number),
            outcome=GuidanceOutcome.SUPPLEMENT,
        )
    for letter in "AABB":
        issue(desk, letter)
    for number in (3, 4):
        add_scan(desk, made[number], a_picture(number))
        sheet = preview_paper(desk, made[number], "receipt", size="a5")
        queue_print(desk, sheet, printer=("Máy in A", "")[number % 2])


def _link(desk):
    link(desk)
    with desk.store.read() as connection:
        query = "SELECT dossier_id FROM operation WHERE kind = ? ORDER BY position DESC LIMIT 1"
        told = [
            (UUID(bytes=connection.exec_driver_sql(query, (kind,)).scalar_one()), kind, *said)
            for kind, *said in TOLD
        ]
    acknowledge(desk, told)


def _payloads(desk, made):
    yield from CARDS
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT code FROM dossier WHERE code <> '' LIMIT 8")
        yield from (code for (code,) in rows)
    with desk.store.begin() as uow:
        for dossier_id in made[::3]:
            received = uow.dossier(dossier_id).received
            if received is not None:
                yield received.receipt
    yield guidance_digits(token_of(100))
    yield from ("1234567890123", "9" * 243, "https://x.example/T/12345678", "khong phai ma nao ca")


def a_picture(number):
    """Return a page as a scanner gives it."""
    picture = Image.new("RGB", (420, 594), (250, 250, 250 - number))
    picture.paste((20, 20, 60 + number), (40, 40, 200, 90 + number))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def files_in(folder):
    """Leave files in `folder` that can be chosen in a dialog, good and bad; return them."""
    folder.mkdir()
    (folder / "trang.png").write_bytes(a_picture(9))
    (folder / "hong.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "la.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (folder / "rong.pem").write_bytes(b"")
    return sorted(folder.iterdir())


def a_copy(office, folder):
    """Return a copy of an office that nobody has open."""
    return Path(shutil.copytree(office, folder))
