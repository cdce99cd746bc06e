"""A walk through all that the window shows: nothing flashes up, and each letter leads one way.

Only windows, dialogs and what opens under a field may come up as a window of its own. The letters
that go with Alt lead to one place each of what is in sight, and can be typed.
"""

from collections import defaultdict

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QTabBar, QWidget

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

    def walk_from(folder, language):
        opened.append(Walk(qtbot, folder, enter, tasks, language=language))
        assert doorkeeper.flashed == ["MainWindow: "]
        doorkeeper.flashed.clear()
        return opened[-1]

    yield walk_from
    for walk in opened:
        walk.close()


def letter_of(text):
    """Return the letter that stands behind the sign for it."""
    place = text.replace("&&", "  ").find("&")
    return text[place + 1].lower() if 0 <= place < len(text) - 1 else ""


def letters_in_sight(window):
    """Return what is said by each letter that goes with Alt, of all that is in sight."""
    found = defaultdict(list)
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        for text in said_by(widget):
            if letter := letter_of(text):
                found[letter].append(text)
    return found


def said_by(widget):
    """Return the words of a widget in which a letter may lead somewhere."""
    if isinstance(widget, QTabBar):
        return [widget.tabText(place) for place in range(widget.count())]
    leads = isinstance(widget, QAbstractButton) or (
        isinstance(widget, QLabel) and widget.buddy() is not None
    )
    return [widget.text()] if leads else []


def wrong(stops, walk, doorkeeper):
    """Return, by stop, what flashed up on the way to it, and letters that lead astray."""
    found = {}
    for stop in stops:
        if doorkeeper.flashed:
            found[stop] = list(doorkeeper.flashed)
            doorkeeper.flashed.clear()
        for letter, texts in letters_in_sight(walk.window).items():
            if len(texts) > 1 or not letter.isascii():
                found[stop, letter] = texts
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_is_in_order_at_the_first_run(walk_from, doorkeeper, tmp_path, language):
    walk = walk_from(tmp_path / "new", language)
    assert wrong(walk.first_run(), walk, doorkeeper) == {}


def test_all_is_in_order_at_work_and_when_the_window_is_dressed_anew(walk_from, doorkeeper, folder):
    walk = walk_from(folder, "vi")
    assert wrong(walk.sign_in(), walk, doorkeeper) == {}
    assert wrong(walk.work(), walk, doorkeeper) == {}
    walk.key(K.Key_Plus, CTRL)
    walk.window.apply_settings(replace(walk.window.settings, language="en", dark=True))
    walk.settle()
    assert doorkeeper.flashed == []
    assert QApplication.activeWindow() is walk.window


def test_all_is_in_order_at_work_in_english(walk_from, doorkeeper, folder):
    walk = walk_from(folder, "en")
    assert wrong(walk.sign_in(), walk, doorkeeper) == {}
    assert wrong(walk.work(), walk, doorkeeper) == {}
