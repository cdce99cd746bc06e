"""The window of an enrolled desk: what goes to the centre while one works, and what is seen of it.

The centre answers over a real socket; the lanes are the real ones.
"""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from counter_app.desktop.post import Post
from counter_app.desktop.tasks import TaskRunner
from counter_app.desktop.workplace import Workplace
from counter_app.errors import ChainForked
from counter_app.services.status import desk_status
from counter_app.settings import Settings
from counter_app.sync import enrolling
from counter_app.wire.delivery import Verdict
from counter_app.wire.messages import PushOutcome
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.road import RecordingRoad
from tests.desktop.sample import receive
from tests.desktop.typing import type_text
from tests.sync.fake_centre import FakeCentre, serving


@pytest.fixture
def centre():
    return FakeCentre()


@pytest.fixture
def url(centre):
    with serving(centre) as url:
        yield url


@pytest.fixture
def enrolled(desk, centre, url):
    """The desk, once it is the centre's."""
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    return desk


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def work(qtbot, undressed, enrolled, runner):
    """The work of an officer at this desk, in sight."""
    work = Workplace(enrolled, runner, Settings(), RecordingPrinter())
    qtbot.addWidget(work)
    with qtbot.waitActive(work):
        work.resize(1366, 728)
        work.show()
        work.activateWindow()
    yield work
    work.leave()
    for timer in work.findChildren(QTimer):  # a draft would be kept when the lanes are closed
        timer.stop()
    qtbot.waitUntil(lambda: runner.is_idle)


def runner_of(work):
    """Return the lanes below those of the visit."""
    return work._tasks._tasks


def send(qtbot, work):
    """Send what waits, and let the window hear of it."""
    work.send_now()
    qtbot.waitUntil(lambda: not work._post.courier.traffic.working)
    qtbot.waitUntil(lambda: runner_of(work).is_idle)


def test_what_was_done_is_sent_and_the_status_line_says_so(qtbot, work, enrolled, centre):
    receive(enrolled, 0)
    work.changed()
    qtbot.waitUntil(lambda: "1 hồ sơ chờ gửi" in work.status.state.text())
    send(qtbot, work)
    assert "received" in centre.operations.values()
    assert desk_status(enrolled).unsent == 0
    assert work.status.state.text() == "Đã gửi hết lúc 09:30"


def test_a_centre_that_is_gone_disturbs_nobody_who_types(qtbot, work, enrolled, centre):
    receive(enrolled, 0)
    centre.twist = lambda _answer: None  # it hangs up
    work.go("intake")
    field = work._views["intake"].applicant.name.line
    qtbot.waitUntil(lambda: work.isAncestorOf(QApplication.focusWidget()))
    QApplication.processEvents()  # the focus that `go` has promised
    field.setFocus()
    type_text(field, "Trần Vă")
    send(qtbot, work)
    type_text(field, "n Thử")
    assert field.text() == "Trần Văn Thử"
    assert field.hasFocus()
    assert not work.banner.isVisible()
    assert work.status.state.text().startswith("Ngoại tuyến — 1 hồ sơ chờ gửi")


def test_two_desks_on_one_journal_are_told_above_the_screen_until_it_is_over(
    qtbot, work, enrolled, centre
):
    receive(enrolled, 0)
    centre.outcomes, centre.reason = [PushOutcome.QUARANTINED], "forked"
    send(qtbot, work)
    assert work.banner.message.text() == str(ChainForked())
    assert work.status.state.property("tone") == "danger"
    send(qtbot, work)
    assert not work.banner.isVisible()


def test_a_strangers_page_is_no_acknowledgement(qtbot, work, enrolled, centre):
    receive(enrolled, 0)
    waiting = desk_status(enrolled).unsent

    def portal(answer):
        answer.headers, answer.body = {"content-type": "text/html"}, b"<html>Wi-Fi</html>"
        return answer

    centre.twist = portal
    send(qtbot, work)
    assert desk_status(enrolled).unsent == waiting
    assert "không chứng minh được" in work.banner.message.text()


def test_what_the_centre_refuses_is_seen_in_the_line_and_in_the_list(qtbot, work, enrolled, centre):
    receive(enrolled, 0)
    centre.verdicts = {"received": (Verdict.FLAGGED, "code_clash")}
    send(qtbot, work)
    assert work.status.reports.text() == "1 mục cần người xử lý (F8)"
    qtbot.mouseClick(work.status.reports, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: work._views["centre"].reports.table.rowCount() == 1)


def test_after_the_end_nothing_goes_out(qtbot, work, centre):
    send(qtbot, work)
    asked = len(centre.requests)
    work.leave()
    work.send_now()
    qtbot.waitUntil(lambda: runner_of(work).is_idle)
    assert len(centre.requests) == asked


def test_the_bell_rings_and_the_network_is_watched(qtbot, desk, tasks, qapp):
    road = RecordingRoad(waiting=1)
    post = Post(desk, tasks, qapp, road=lambda _desk: road)
    heard = []
    post.told.connect(heard.append)
    post.begin()
    post._ring_in(0)
    qtbot.waitUntil(lambda: bool(heard) and not heard[-1].working)
    assert road.waiting == 0
    post.stop()
    assert road.closed
    post.deleteLater()
