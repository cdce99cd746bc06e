"""What every test finds: a screen as an office has it, our fonts, Vietnamese, and a desk.

`desk` is a real desk with an officer at it, on a file of its own, its `clock` standing still;
`folder` is its profile, and `enter` opens it as the sign-in screen does.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

from counter_app import assets, i18n
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.keys.signin import unlock
from counter_app.keys.throttle import Uptime
from counter_app.services.business_day import confirm_day
from counter_app.services.opening import opened, sign_in
from counter_app.services.setting_up import set_up
from tests.office import MONDAY, OFFICER, PASSWORD, StillClock, a_new_desk

# Before the application is made. Offscreen's own screen is a square of 800 pixels; the name
# of the file may hold no colon, so Windows keeps that one.
_SCREEN = Path(__file__).with_name("screen.json")
os.environ.setdefault(
    "QT_QPA_PLATFORM",
    "offscreen" if sys.platform == "win32" else f"offscreen:configfile={_SCREEN}",
)


# What takes longest first, or it would be left to one processor at the end.
_LONG = ("proofs", "desktop", "cli", "central")


def pytest_collection_modifyitems(items):
    def turn(item):
        room = item.path.relative_to(Path(__file__).parent).parts[0]
        return _LONG.index(room) if room in _LONG else len(_LONG)

    items.sort(key=turn)


@pytest.fixture(autouse=True)
def _vietnamese():
    """Each test begins in the language of the office, whatever the one before has spoken."""
    i18n.speak(i18n.DEFAULT)


@pytest.fixture(scope="session")
def qapp(qapp):
    """Return the application with our fonts: others would change widths and pictures."""
    from PySide6.QtGui import QFont, QFontDatabase

    for file in sorted((assets.RESOURCES / "fonts").glob("*.ttf")):
        assert QFontDatabase.addApplicationFont(str(file)) >= 0, file
    qapp.setFont(QFont("Noto Sans", 10))
    return qapp


@pytest.fixture
def tool():
    """Find a program by its name; without it a test is skipped, but fails in .ci/run."""

    def find(name):
        if path := shutil.which(name):
            return path
        missing = f"{name} is not installed here"
        return pytest.fail(missing) if os.environ.get("COUNTER_APP_CI") else pytest.skip(missing)

    return find


@pytest.fixture(scope="session")
def profile(tmp_path_factory) -> Path:
    """The profile that `folder` is copied from: nobody opens this one."""
    folder = tmp_path_factory.mktemp("office") / "profile"
    set_up(folder, a_new_desk())
    return folder


@pytest.fixture(scope="session")
def catalogue():
    """The law that comes with the program."""
    return load_catalogue()


@pytest.fixture
def folder(profile, tmp_path) -> Path:
    """The profile of a new desk, which nobody has open."""
    return Path(shutil.copytree(profile, tmp_path / "profile"))


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def enter(catalogue, clock):
    """Open a desk as the sign-in screen does: `enter(folder, officer, password)`."""
    opened = []

    def enter(folder, officer=OFFICER.id, password=PASSWORD):
        now = Uptime(boot="test", seconds=1000)
        desk = sign_in(folder, officer, password, catalogue=catalogue, clock=clock, uptime=now)
        opened.append(desk)
        return desk

    yield enter
    for desk in opened:
        desk.store.close()


@pytest.fixture(scope="session")
def unlocked(profile, tmp_path_factory):
    """What a right password yields; it is looked at once, for that is made to take its time."""
    folder = shutil.copytree(profile, tmp_path_factory.mktemp("office") / "unlocked")
    return unlock(folder, OFFICER.id, PASSWORD, Uptime(boot="test", seconds=1000))


@pytest.fixture
def desk(folder, unlocked, catalogue, clock):
    """A desk with an officer at it, on the day that the clock shows, confirmed."""
    desk = opened(folder, unlocked.key, unlocked.officer, catalogue=catalogue, clock=clock)
    yield confirm_day(desk, MONDAY.date())
    desk.store.close()
