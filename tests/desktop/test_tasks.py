"""Work off the window's thread: answers come back to it, and no dead network holds up the end."""

import time
from threading import Event, current_thread

import pytest

from counter_app.desktop.tasks import TaskRunner
from counter_app.errors import CentreUnreachable


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


def no_failure(error):
    raise AssertionError(error)


def test_a_printer_that_hangs_keeps_no_other_waiting_nor_the_end(qtbot, runner):
    begun, never, done = Event(), Event(), []
    runner.printing("Máy in A")(
        lambda: begun.set() or never.wait(60), done=done.append, failed=no_failure
    )
    runner.printing("Máy in A")(lambda: "after it", done=done.append, failed=no_failure)
    runner.printing("Máy in B")(lambda: "another", done=done.append, failed=no_failure)
    assert begun.wait(5)
    qtbot.waitUntil(lambda: done == ["another"])
    before = time.monotonic()
    runner.close()
    assert time.monotonic() - before < 5


def test_a_system_that_does_not_say_what_printers_it_has_does_not_hold_up_the_end(runner):
    begun, never = Event(), Event()
    runner.printing("")(lambda: begun.set() or never.wait(60), done=no_failure, failed=no_failure)
    assert begun.wait(5)
    before = time.monotonic()
    runner.close()
    assert time.monotonic() - before < 30
    never.set()


@pytest.mark.parametrize("lane", ["write", "read", "paper", "away"])
def test_what_is_done_elsewhere_is_answered_in_the_windows_thread(qtbot, runner, lane):
    answers = []
    getattr(runner, lane)(
        lambda: current_thread().name,
        done=lambda where: answers.append((where, current_thread().name)),
        failed=no_failure,
    )
    assert not runner.is_idle
    qtbot.waitUntil(lambda: bool(answers))
    ((where, answered),) = answers
    assert where.startswith(lane)
    assert answered == current_thread().name
    assert runner.is_idle


def test_a_failure_on_the_network_is_told_as_one(qtbot, runner):
    failures = []

    def nobody_there():
        raise CentreUnreachable(reason="…")

    runner.away(nobody_there, done=no_failure, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], CentreUnreachable)


def test_the_end_waits_a_moment_for_the_network_and_no_longer(qapp, runner):
    begun, never = Event(), Event()
    answers = []
    runner.away(lambda: begun.set() or never.wait(60), done=answers.append, failed=no_failure)
    runner.away(
        lambda: answers.append("begun after the end"), done=answers.append, failed=no_failure
    )
    assert begun.wait(5)
    before = time.monotonic()
    runner.close()
    assert time.monotonic() - before < 5
    never.set()
    qapp.processEvents()
    assert answers == []
