"""A bug, as the officer and the support meet it: a number and a place, and nobody's name."""

import logging
import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication

from counter_app.desktop.incidents import IncidentDialog, Incidents
from counter_app.desktop.logbook import FOLDER, incident_of, keep_log, log

NAME = "Trần Văn Thử"


def a_bug():
    """Raise an error that knows a citizen's name, and bring it here."""
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise RuntimeError(f"cannot register {NAME}") from error
    except RuntimeError as error:
        return error


@pytest.fixture
def logs(tmp_path):
    keep_log(tmp_path)
    yield tmp_path / FOLDER / "window.log"
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


@pytest.fixture
def incidents(qapp):
    incidents = Incidents(qapp)
    incidents.watch()
    yield incidents
    incidents.rest()
    incidents.deleteLater()


def test_where_it_happened_is_said_and_nobody_is_named():
    said = str(incident_of(a_bug()))
    assert "RuntimeError" in said
    assert "ValueError" in said  # what it came from
    assert "tests/desktop/test_incidents.py" in said
    assert NAME not in said


def test_an_incident_has_a_number_that_can_be_read_out():
    assert len(incident_of(a_bug()).code) == 4


def test_the_log_holds_the_incident_and_no_name(logs):
    incident = incident_of(a_bug())
    log.error("incident %s", incident)
    written = logs.read_text("utf-8")
    assert incident.code in written
    assert NAME not in written


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / FOLDER).write_text("a file where a folder should be")
    keep_log(tmp_path)
    log.info("started")
    assert [type(handler) for handler in log.handlers] == [logging.NullHandler]
    log.handlers.clear()


def test_a_bug_in_the_window_is_logged_and_shown_once(qtbot, incidents, logs):
    for _ in range(3):
        error = a_bug()
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: incidents._shown is not None)
    dialog = incidents._shown
    assert logs.read_text("utf-8").count("ERROR incident") == 3
    dialog.accept()
    qtbot.waitUntil(lambda: incidents._shown is None)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_another_thread_is_shown_in_the_windows(qtbot, incidents):
    def fail():
        raise RuntimeError(NAME)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: incidents._shown is not None)
    incidents._shown.accept()


def test_the_number_can_be_copied_for_the_support(qtbot):
    incident = incident_of(a_bug())
    dialog = IncidentDialog(incident)
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == str(incident)
