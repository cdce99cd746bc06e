"""A real desk on its own file, with a clock that stands still; the window and the printer recorded.

`desk` is a desk with an officer at it, `folder` its profile, `tasks` lanes that work at once,
`navigator` a window that only notes what it was asked.
"""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.domain.officer import DESK_ROLES, Officer
from counter_app.errors import CounterError, PrinterUnavailable
from counter_app.keys.keyfile import Cost
from counter_app.keys.throttle import Uptime
from counter_app.services.business_day import confirm_day
from counter_app.services.opening import sign_in
from counter_app.services.setting_up import NewDesk, set_up
from counter_app.settings import Settings
from tests.factories import VIETNAM, an_office

CHEAP = Cost(memory=64, passes=1)
OFFICER = Officer(id="lan", name="Lê Thị Thử", roles=DESK_ROLES)
PASSWORD = "bảy con sếu bay"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)


class StillClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


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


class Waiting:
    """Lanes that work when the test says so: for what is shown meanwhile."""

    def __init__(self) -> None:
        self.waiting = []

    def write(self, work, *, done, failed):
        self.waiting.append(lambda: AtOnce().write(work, done=done, failed=failed))

    read = write
    paper = write

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

    def print_test_page(self, printer, size, lines):
        self.print_pdf(b"test page", printer, lines[0])


class RecordingNavigator:
    """A window that notes what it is asked for, as (what, with what)."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.printer = RecordingPrinter()
        self.asked = []

    def begin_intake(self, *, card=None, draft=None):
        self.asked.append(("begin_intake", card or draft))

    def open_dossier(self, dossier_id):
        self.asked.append(("open_dossier", dossier_id))

    def search_for(self, text):
        self.asked.append(("search_for", text))

    def print_receipt(self, dossier_id, *, again=False):
        self.asked.append(("print_receipt", (dossier_id, again)))

    def show_paper(self):
        self.asked.append(("show_paper", None))

    def look_at_receipt(self, dossier_id):
        self.asked.append(("look_at_receipt", dossier_id))

    def await_scan(self):
        self.asked.append(("await_scan", None))

    def go_home(self):
        self.asked.append(("go_home", None))

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


@pytest.fixture(scope="session")
def _profile(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "profile"
    wanted = NewDesk(
        office=an_office(unit="Trung tâm Phục vụ hành chính công", place="Phú Thử"),
        name="Quầy 1",
        language="vi",
        officer=OFFICER,
        password=PASSWORD,
        cost=CHEAP,
    )
    set_up(folder, wanted)
    return folder


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture
def folder(_profile, tmp_path) -> Path:
    """The profile of a new desk, which nobody has open."""
    return Path(shutil.copytree(_profile, tmp_path / "profile"))


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def enter(catalogue, clock):
    """Open a desk as the sign-in screen does: `enter(folder, officer, password)`."""
    opened = []

    def enter(folder, officer, password):
        now = Uptime(boot="test", seconds=1000)
        desk = sign_in(folder, officer, password, catalogue=catalogue, clock=clock, uptime=now)
        opened.append(desk)
        return desk

    yield enter
    for desk in opened:
        desk.store.close()


@pytest.fixture
def desk(enter, folder):
    """A desk with an officer at it, on the day that the clock shows, confirmed."""
    return confirm_day(enter(folder, OFFICER.id, PASSWORD), MONDAY.date())


@pytest.fixture
def tasks() -> AtOnce:
    return AtOnce()


@pytest.fixture
def navigator() -> RecordingNavigator:
    return RecordingNavigator()
