"""A printer fails in front of a citizen: the keys that bring the paper out of another one."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.desktop import theme
from counter_app.desktop.tasks import TaskRunner
from counter_app.desktop.workplace import Workplace
from counter_app.domain.print_job import JobState
from counter_app.domain.sheet import Sheet
from counter_app.services.print_jobs import begin_sending, jobs, mark, queue_print
from counter_app.settings import Settings
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.sample import receive
from tests.desktop.typing import press

K = Qt.Key


@pytest.fixture
def tasks(qtbot):
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def printer():
    return RecordingPrinter()


@pytest.fixture
def at_work(qtbot, undressed, desk, tasks, printer):
    theme.choose(undressed, dark=False, scale=100)
    settings = replace(Settings(), print_at_once=True)
    window = Workplace(desk, tasks, settings, printer)
    theme.dress(window, scale=100)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: tasks.is_idle)
    yield window
    window.leave()


def test_what_did_not_come_out_is_printed_in_three_keys(qtbot, at_work, desk, tasks, printer):
    dossier = receive(desk, 0)
    printer.works = False
    at_work.print_receipt(dossier)
    qtbot.waitUntil(lambda: [job.state for job in jobs(desk)] == [JobState.FAILED])
    qtbot.waitUntil(at_work.status.papers.isVisible)
    assert at_work.status.papers.text() == "1 giấy chờ in (Ctrl+9)"
    qtbot.waitUntil(lambda: "chưa in ra" in at_work.banner.message.text())
    printer.works = True
    qtbot.keyClick(at_work, K.Key_9, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tasks.is_idle)
    table = at_work._view("prints").table
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table and table.rowCount() == 1)
    for _key in range(2):
        press(QApplication.focusWidget(), K.Key_Return, "\r")
    qtbot.waitUntil(lambda: len(printer.printed) == 1)
    qtbot.waitUntil(lambda: [job.state for job in jobs(desk)] == [JobState.DONE])
    qtbot.waitUntil(at_work.status.papers.isHidden)


def test_after_a_crash_the_window_asks_and_the_answer_takes_the_question_away(
    qtbot, undressed, desk, tasks, printer
):
    sheet = Sheet(form="receipt", title="Giấy tiếp nhận 7", size="a5", pdf=b"%PDF")
    sending = begin_sending(desk, queue_print(desk, sheet, printer="Máy in A"))
    mark(desk, sending.job.id, JobState.UNKNOWN)  # as the next start does
    theme.choose(undressed, dark=False, scale=100)
    window = Workplace(desk, tasks, Settings(), printer)
    theme.dress(window, scale=100)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: "Giấy tiếp nhận 7" in window.banner.message.text())
    answers = [window.banner._actions.itemAt(at).widget() for at in range(3)]
    assert [each.text() for each in answers] == ["Đã in ra", "Chưa, in lại", "Chưa, để in sau"]
    answers[0].click()
    qtbot.waitUntil(lambda: [job.state for job in jobs(desk)] == [JobState.DONE])
    qtbot.waitUntil(lambda: "Giấy tiếp nhận 7" not in window.banner.message.text())
    assert printer.printed == []
    window.leave()
