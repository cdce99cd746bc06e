"""What every test finds: a screen as an office has it, our fonts, and Vietnamese."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from counter_app import assets, i18n

# Before the application is made. Offscreen's own screen is a square of 800 pixels; the name
# of the file may hold no colon, so Windows keeps that one.
_SCREEN = Path(__file__).with_name("screen.json")
os.environ.setdefault(
    "QT_QPA_PLATFORM",
    "offscreen" if sys.platform == "win32" else f"offscreen:configfile={_SCREEN}",
)


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
