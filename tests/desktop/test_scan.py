"""One scan in full: the reason comes first, and nothing is left of it when one has gone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from counter_app.desktop import scan as screen
from counter_app.desktop.scan import ScanPresenter
from counter_app.domain.operation import ScanPlace
from counter_app.services.scans import add_scan, arrange, withdraw
from tests.desktop.sample import receive
from tests.desktop.typing import press
from tests.imaging import corpus
from tests.office import kinds

PAPER = "application"


class RecordingView:
    """Keeps the state it is shown."""

    def show_state(self, state):
        self.state = state


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def dossier(desk):
    return receive(desk, 0)


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = ScanPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def scans(desk, dossier):
    """Two pictures of one paper."""
    return [
        add_scan(desk, dossier, corpus.small(colour, size), component=PAPER)[0].scan
        for colour, size in (("red", (60, 80)), ("blue", (90, 40)))
    ]


def opened(presenter, dossier, scan, reason="Đối chiếu"):
    presenter.open(dossier, scan)
    presenter.enter()
    presenter.give_reason(reason)


def test_before_there_is_a_reason_nothing_is_shown_or_noted(desk, presenter, view, dossier, scans):
    presenter.open(dossier, scans[0])
    presenter.enter()
    assert view.state.picture == b""
    assert view.state.reasons[0] == "Đối chiếu với bản chính."
    assert "scan_opened" not in kinds(desk)
    assert presenter._navigator.last("show_place") == "scan"


def test_then_it_is_noted_and_shown_as_it_was_turned(desk, presenter, view, dossier, scans):
    places = [ScanPlace(scan=scans[0], turn=90), ScanPlace(scan=scans[1])]
    arrange(desk, dossier, PAPER, places)
    opened(presenter, dossier, scans[0])
    assert view.state.picture.startswith(b"\xff\xd8\xff")
    assert (view.state.turn, view.state.place) == (90, 0)
    assert kinds(desk)[-1] == "scan_opened"


def test_leafing_opens_and_notes_each_page_for_the_same_reason(
    desk, presenter, view, dossier, scans
):
    opened(presenter, dossier, scans[0])
    before = view.state.picture
    presenter.step(1)
    assert view.state.scan == scans[1]
    assert view.state.picture != before
    presenter.step(1)
    presenter.step(-1)
    assert view.state.scan == scans[0]
    assert kinds(desk).count("scan_opened") == 2


def test_a_pdf_is_leafed_through_page_by_page(desk, presenter, view, dossier):
    (added,) = add_scan(desk, dossier, corpus.pdf_of(2))
    opened(presenter, dossier, added.scan)
    assert (view.state.number, view.state.pages) == (1, 2)
    first = view.state.picture
    presenter.step(1)
    assert (view.state.number, view.state.picture != first) == (2, True)
    presenter.step(1)
    assert view.state.number == 2
    assert kinds(desk).count("scan_opened") == 1


def test_a_pdf_that_cannot_be_shown_can_be_saved(desk, presenter, view, dossier, tmp_path):
    raw = b"%PDF-1.4\nnothing of a PDF\n%%EOF\n"
    (added,) = add_scan(desk, dossier, raw)
    opened(presenter, dossier, added.scan)
    assert view.state.problem
    presenter.save(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == raw
    assert presenter._navigator.last("say")[1] == "good"


def test_a_lost_page_is_told(desk, presenter, view, dossier, scans):
    for path in (desk.store.folder / "scans").glob("*/*"):
        path.unlink()
    opened(presenter, dossier, scans[0])
    assert str(scans[0]) in view.state.problem
    assert view.state.picture == b""


def test_who_leaves_takes_nothing_along(presenter, view, dossier, scans, tmp_path):
    opened(presenter, dossier, scans[0])
    assert presenter.leave()
    assert (view.state.picture, view.state.reason, view.state.scans) == (b"", "", ())
    assert presenter._navigator.last("open_dossier") == dossier
    presenter.save(tmp_path / "x")
    assert not (tmp_path / "x").exists()
    assert not presenter.leave()


def test_one_that_was_withdrawn_meanwhile_is_not_opened(desk, presenter, view, dossier, scans):
    withdraw(desk, dossier, scans[0], "Nhầm")
    presenter.open(dossier, scans[0])
    presenter.enter()
    assert view.state.problem
    presenter.give_reason("Đối chiếu")
    assert view.state.picture == b""


def test_a_long_reason_makes_the_window_no_wider(qtbot, presenter, dossier, scans):
    view = screen.build(presenter)
    qtbot.addWidget(view)
    opened(presenter, dossier, scans[0], "Đối chiếu với bản chính " * 20)
    assert view.minimumSizeHint().width() < 1130  # what the navigation leaves of 1366
    assert view.why.toolTip().count("Đối chiếu") == 20


def test_two_keys_from_the_list_to_the_page(qtbot, desk, presenter, dossier, scans):
    view = screen.build(presenter)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    presenter.open(dossier, scans[0])
    presenter.enter()
    assert view.reasons.isVisible()
    press(view.reasons, Qt.Key.Key_1, "1")
    assert view.picture.isVisible()
    assert view.why.text().endswith("Đối chiếu với bản chính.")
    assert view.place.text() == "Trang 1/2"
    view.after_button.click()
    assert view.place.text() == "Trang 2/2"
    assert not view.after_button.isEnabled()
    whole = view.picture._sheet.size()
    view.zoom_button.click()
    assert view.picture._sheet.size() != whole
    assert QImage.fromData(presenter._state.picture).width() == 90
