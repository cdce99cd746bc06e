"""The real window with printers that do not answer: everything else goes on."""

from threading import Event

import pytest
from msgspec.structs import replace

from counter_app.desktop.main_window import MainWindow
from counter_app.desktop.tasks import TaskRunner
from counter_app.domain.print_job import JobState
from counter_app.services.business_day import confirm_day
from counter_app.services.print_jobs import jobs
from counter_app.settings import load
from tests.desktop.sample import receive
from tests.desktop.typing import type_text
from tests.desktop.walking import Way
from tests.office import MONDAY, PASSWORD


class Hung:
    """Printers of a system that does not answer before it is `let_go`."""

    def __init__(self):
        self.asked, self.let_go = Event(), Event()

    def names(self):
        self.asked.set()
        self.let_go.wait(60)
        return []

    status = names

    def default(self):
        self.names()
        return ""


@pytest.fixture
def hung():
    return Hung()


@pytest.fixture
def window(qtbot, undressed, folder, enter, hung):
    """The window as it is, with its threads, of an officer who has signed in."""
    confirm_day(enter(folder), MONDAY.date()).store.close()
    tasks = TaskRunner()
    window = MainWindow(Way(folder, enter), load(folder), tasks, lambda: hung)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted), qtbot.waitActive(window):
        window.open()
        window.activateWindow()
    qtbot.waitUntil(window._pages.currentWidget().password.isEnabled)
    type_text(window._pages.currentWidget().password.edit, PASSWORD)
    window._pages.currentWidget().sign_in_button.click()
    qtbot.waitUntil(lambda: window.is_working, timeout=20_000)
    yield window
    window.rest()
    tasks.close()
    hung.let_go.set()


def test_a_system_that_does_not_answer_keeps_nobody_from_working_or_leaving(qtbot, window, hung):
    work, done = window.workplace, []
    work.go("prints")  # asks how the printers are
    assert hung.asked.wait(20)
    dossier = receive(work.desk, 0)
    work.settings = replace(work.settings, print_at_once=True)
    work.print_receipt(dossier)
    qtbot.waitUntil(lambda: len(jobs(work.desk)) == 1, timeout=20_000)
    (job,) = jobs(work.desk)
    assert (job.state, job.printer) == (JobState.WAITING, "")
    window._tasks.paper(lambda: "pages", done=done.append, failed=done.append)
    qtbot.waitUntil(lambda: done == ["pages"], timeout=20_000)
    window.lock()
    assert not window.is_working
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
    assert not hung.let_go.is_set()
