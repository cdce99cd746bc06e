"""Nothing comes up as a window of its own but windows, dialogs and what opens under a field."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.desktop.walking import CTRL, Walk

_MEANT = {Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Dialog}
K = Qt.Key


class Doorkeeper(QObject):
    """Notes what is shown as a window of its own, and was not meant to be one."""

    def __init__(self):
        super().__init__()
        self.flashed = []

    def eventFilter(self, watched, event):
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, QDialog)
            and watched.windowType() not in _MEANT
        ):
            self.flashed.append(f"{type(watched).__name__}: {watched.accessibleName()}")
        return False


@pytest.fixture
def doorkeeper(undressed):
    keeper = Doorkeeper()
    undressed.installEventFilter(keeper)
    yield keeper
    undressed.removeEventFilter(keeper)


@pytest.fixture
def walk_from(qtbot, doorkeeper, enter, tasks):
    opened = []

    def walk_from(folder):
        opened.append(Walk(qtbot, folder, enter, tasks))
        assert doorkeeper.flashed == ["MainWindow: "]
        return opened[-1]

    yield walk_from
    for walk in opened:
        walk.close()


def flashes(stops, doorkeeper):
    """Return what flashed up on the way to each stop."""
    doorkeeper.flashed.clear()
    found = {}
    for stop in stops:
        if doorkeeper.flashed:
            found[stop] = list(doorkeeper.flashed)
            doorkeeper.flashed.clear()
    return found


def test_nothing_flashes_up_at_the_first_run(walk_from, doorkeeper, tmp_path):
    assert flashes(walk_from(tmp_path / "new").first_run(), doorkeeper) == {}


def test_nothing_flashes_up_at_work(walk_from, doorkeeper, folder):
    walk = walk_from(folder)
    assert flashes(walk.sign_in(), doorkeeper) == {}
    assert flashes(walk.work(), doorkeeper) == {}


def test_nothing_flashes_up_when_the_window_is_dressed_anew(walk_from, doorkeeper, folder):
    walk = walk_from(folder)
    list(walk.sign_in())
    list(walk.work())
    doorkeeper.flashed.clear()
    walk.key(K.Key_Plus, CTRL)
    walk.window.apply_settings(replace(walk.window.settings, language="en", dark=True))
    walk.settle()
    assert doorkeeper.flashed == []
    assert QApplication.activeWindow() is walk.window
