"""Answers that come after the officer's window has gone."""

import pytest
import shiboken6
from PySide6.QtCore import QObject

from counter_app.desktop.visit import Visit
from counter_app.errors import NoPrinter
from tests.desktop.conftest import Waiting


@pytest.fixture
def lanes():
    return Waiting()


@pytest.fixture
def window(qapp):
    return QObject()


def refuse():
    raise NoPrinter


def ask(visit, told):
    """Ask for two things, one of which is refused."""
    visit.read(lambda: "a page", done=told.append, failed=told.append)
    visit.printing("Máy in A")(refuse, done=told.append, failed=told.append)


def test_answers_come_as_long_as_the_window_is_there(lanes, window):
    told = []
    ask(Visit(lanes, window), told)
    lanes.work()
    assert told[0] == "a page"
    assert isinstance(told[1], NoPrinter)


def test_what_was_asked_for_is_done_and_nobody_told_once_it_is_gone(lanes, window):
    told, done = [], []
    visit = Visit(lanes, window)
    ask(visit, told)
    visit.write(lambda: done.append("written"), done=told.append, failed=told.append)
    shiboken6.delete(window)
    lanes.work()
    assert (told, done) == ([], ["written"])
