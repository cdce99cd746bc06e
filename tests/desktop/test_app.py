"""The program as it is started: real threads, a real clock put aside, and everything put back."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from counter_app.bootstrap import Opening, run_window
from counter_app.desktop import app as program
from counter_app.errors import NoDisplay
from counter_app.settings import BACKUPS, FILE, load
from tests.desktop.typing import type_text
from tests.office import MONDAY, PASSWORD


@pytest.fixture
def start(qtbot, undressed):
    """Start the program on a folder: `start(folder)`."""
    started = []

    def start(folder, **options):
        running = program.start(Opening(folder, at=MONDAY), **options)
        started.append(running)
        qtbot.waitUntil(lambda: hasattr(running.window, "wedge"))
        return running

    yield start
    for running in started:
        running.close()
        running.window.hide()
        running.window.deleteLater()
        for translator in undressed.findChildren(QTranslator):
            QCoreApplication.removeTranslator(translator)


def page(running):
    return running.window._pages.currentWidget()


def test_from_the_start_to_the_last_backup(qtbot, start, folder):
    running = start(folder)
    window = running.window
    qtbot.waitUntil(page(running).password.isEnabled)
    type_text(page(running).password.edit, PASSWORD)
    page(running).sign_in_button.click()
    qtbot.waitUntil(lambda: hasattr(page(running), "confirm_button"), timeout=20_000)
    page(running).confirm_button.click()
    qtbot.waitUntil(lambda: window.is_working, timeout=20_000)
    assert "Quầy 1" in window.windowTitle()
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
    assert list((folder / BACKUPS).iterdir())


def test_without_a_desk_the_first_run_begins_and_leaves_no_trace(qtbot, start, tmp_path):
    running = start(tmp_path / "new")
    assert page(running).next_button.isVisible()
    with qtbot.waitSignal(running.window.closed):
        running.window.close()
    assert not (tmp_path / "new").exists()


def test_a_language_can_be_asked_for_at_the_start(start, folder):
    running = start(folder, language="en")
    assert page(running).sign_in_button.text() == "&Sign in"
    assert load(folder).language == "vi"


def test_a_slip_in_the_settings_keeps_nobody_out(qtbot, start, folder):
    (folder / FILE).write_text('{"scale": 100')
    running = start(folder)
    qtbot.waitUntil(page(running).password.isEnabled)
    assert FILE in page(running)._trouble.text()


def test_bugs_are_left_to_others_again_when_the_program_has_ended(start, folder):
    before = sys.excepthook
    running = start(folder)
    assert sys.excepthook is not before
    running.close()
    assert sys.excepthook is before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_one_sentence_says_so(monkeypatch, folder):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoDisplay):
        run_window(folder, None)
