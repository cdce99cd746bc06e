"""The sheet of scans: files come in one by one, what is wrong is said, and nothing is opened."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from counter_app.desktop import scans as screen
from counter_app.desktop.scans import ScansPresenter
from counter_app.desktop.scans.given import given
from counter_app.domain.officer import Officer, Role
from counter_app.domain.operation import Digitised
from counter_app.imaging.taking_in import Page
from counter_app.services.registration import register_dossier
from counter_app.services.scans import add_scan, keep_pages, scans_of
from tests.desktop.conftest import Waiting
from tests.desktop.sample import an_application, receive
from tests.desktop.typing import press, type_text
from tests.imaging import corpus
from tests.office import is_sound, kinds

PAPER = "application"


class RecordingView:
    """Keeps the states it is shown."""

    def __init__(self):
        self.states = []

    def show_state(self, state):
        self.states.append(state)

    @property
    def state(self):
        return self.states[-1]


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def dossier(desk):
    return receive(desk, 0)


@pytest.fixture
def seen():
    """The scans that somebody wanted to see in full."""
    return []


@pytest.fixture
def presenter(desk, tasks, navigator, view, dossier, seen):
    presenter = ScansPresenter(desk, tasks, navigator, lambda *which: seen.append(which))
    presenter.attach(view)
    presenter.open(dossier)
    presenter.enter()
    return presenter


@pytest.fixture
def files(tmp_path):
    """Write files, and return their paths."""

    def write(*contents):
        paths = [tmp_path / f"trang {number}.jpg" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return paths

    return write


def pages(state):
    return [scan.added.scan for scan in state.paper.scans]


def kept(desk, dossier, *shades, component=PAPER):
    """Keep pages without opening any picture."""
    return [
        keep_pages(
            desk, dossier, [Page(content=b"%d" % n, media="image/jpeg")], component=component
        )[0].scan
        for n in shades
    ]


class TestAdding:
    def test_the_first_paper_is_meant_and_said_to_be_missing(self, presenter, view):
        assert view.state.chosen == PAPER
        assert view.state.paper.handed_in
        assert (view.state.count, view.state.selected) == (0, None)

    def test_files_go_to_the_paper_that_is_meant(self, desk, presenter, view, dossier, files):
        presenter.choose_paper("identity")
        presenter.add_files(files(corpus.small("red"), corpus.small("blue")))
        assert [len(paper.scans) for paper in view.state.papers if paper.scans] == [2]
        assert view.state.paper.component == "identity"
        assert view.state.selected == pages(view.state)[-1]
        assert set(view.state.pictures) == set(pages(view.state))
        assert (view.state.done, view.state.coming) == (0, 0)
        assert presenter._navigator.last("changed") is None
        assert is_sound(desk)

    def test_what_is_wrong_with_one_is_said_and_the_others_come_in(self, presenter, view, files):
        presenter.add_files(files(corpus.small("red"), b"MZ" + bytes(9), corpus.small("blue")))
        assert view.state.count == 2
        (problem,) = view.state.problems
        assert problem.startswith("trang 1.jpg: ")
        assert "chương trình" in problem
        presenter.forget_problems()
        assert view.state.problems == ()

    def test_how_far_it_is_is_shown_meanwhile(self, desk, navigator, view, dossier, files):
        waiting = Waiting()
        presenter = ScansPresenter(desk, waiting, navigator)
        presenter.attach(view)
        presenter.open(dossier)
        presenter.enter()
        waiting.work()
        presenter.add_files(files(corpus.small("red"), corpus.small("blue")))
        assert (view.state.done, view.state.coming) == (0, 2)
        presenter.add_pictures([corpus.small("green")])
        assert (view.state.done, view.state.coming) == (0, 3)
        waiting.work()
        assert [(s.done, s.coming) for s in view.states if s.coming][-1] == (3, 3)
        assert view.state.count == 3

    def test_they_stay_with_their_dossier_when_another_is_opened(
        self, desk, navigator, view, dossier, files
    ):
        waiting, other = Waiting(), receive(desk, 1)
        presenter = ScansPresenter(desk, waiting, navigator)
        presenter.attach(view)
        presenter.open(dossier)
        presenter.enter()
        waiting.work()
        presenter.add_files(files(corpus.small("red")))
        presenter.open(other)
        presenter.enter()
        waiting.work()
        assert scans_of(desk, dossier).count == 1
        assert (view.state.dossier_id, view.state.count) == (other, 0)

    def test_too_many_at_once_are_refused_before_any_is_read(self, presenter, view):
        presenter.add_files([Path(f"/nowhere/{n}.jpg") for n in range(201)])
        assert "201" in view.state.problems[0]
        assert view.state.coming == 0

    def test_what_has_no_file_here_is_said_with_what_to_do(self, presenter, view):
        presenter.refuse_unreachable()
        assert "điện thoại" in view.state.problems[0]

    def test_a_full_disk_is_met_once_and_not_by_every_file(self, desk, presenter, view, files):
        raw = [corpus.small((n, 0, 0)) for n in (0, 80, 160)]
        desk.store.scans.folder.write_bytes(b"")  # a file where the folder would be
        presenter.add_files(files(*raw))
        assert len(view.state.problems) == 3
        assert (view.state.count, view.state.done, view.state.coming) == (0, 0, 0)
        desk.store.scans.folder.unlink()
        presenter.add_files(files(*raw))
        assert view.state.count == 3
        assert is_sound(desk)

    def test_a_name_of_any_letters_is_shown_without_those_that_turn_it(
        self, presenter, view, tmp_path
    ):
        presenter.add_files([tmp_path / "\u202egpj.\udcff😀.jpg"])
        (problem,) = view.state.problems
        assert "gpj.😀.jpg" in problem
        assert not {"\u202e", "\udcff"} & set(problem)

    def test_results_of_others_are_marked_as_such(self, presenter, view, files):
        presenter.choose_results(True)
        presenter.add_files(files(corpus.small()))
        assert view.state.paper.scans[0].added.digitised is Digitised.FROM_RESULT

    def test_who_may_not_add_adds_nothing(self, desk, tasks, navigator, view, dossier, files):
        cashier = Officer(id="thu", name="T", roles=frozenset({Role.CASHIER}))
        presenter = ScansPresenter(replace(desk, officer=cashier), tasks, navigator)
        presenter.attach(view)
        presenter.open(dossier)
        presenter.enter()
        presenter.add_files(files(corpus.small()))
        assert (view.state.may_add, view.state.count) == (False, 0)


class TestScannerFolder:
    @pytest.fixture
    def scanner(self, tmp_path):
        scanner = tmp_path / "scanner"
        scanner.mkdir()
        return scanner

    def drop(self, scanner, presenter, *names):
        for name, colour in zip(names, ("red", "blue"), strict=False):
            (scanner / name).write_bytes(corpus.small(colour, form="JPEG"))
        presenter.look_into_folder()
        presenter.look_into_folder()

    def test_what_lies_there_is_offered_and_taken_by_one_press(self, presenter, view, scanner):
        presenter.choose_folder(str(scanner))
        self.drop(scanner, presenter, "a.jpg", "bb.jpg")
        assert [file.path.name for file in view.state.dropped] == ["a.jpg", "bb.jpg"]
        presenter.take_from_scanner()
        assert view.state.count == 2
        assert sorted(path.name for path in scanner.rglob("*.jpg")) == ["a.jpg", "bb.jpg"]
        assert not list(scanner.glob("*.jpg"))  # laid aside
        presenter.look_into_folder()
        assert view.state.dropped == ()

    def test_it_is_deleted_only_if_the_office_says_so_and_only_when_safe(
        self, presenter, view, scanner
    ):
        presenter.choose_folder(str(scanner))
        presenter.choose_deleting(True)
        self.drop(scanner, presenter, "a.jpg")
        (scanner / "bad.jpg").write_bytes(b"MZ" + bytes(9))
        presenter.look_into_folder()
        presenter.look_into_folder()
        presenter.take_from_scanner()
        assert view.state.count == 1
        assert [path.name for path in scanner.rglob("*") if path.is_file()] == ["bad.jpg"]

    def test_what_is_kept_already_goes_too(self, presenter, view, scanner):
        presenter.choose_folder(str(scanner))
        presenter.add_pictures([corpus.small("red", form="JPEG")])
        self.drop(scanner, presenter, "a.jpg")
        presenter.take_from_scanner()
        assert "đã có" in view.state.problems[0]
        assert not list(scanner.glob("*.jpg"))

    def test_a_file_that_cannot_be_moved_out_is_said_as_it_may_be_taken_twice(
        self, presenter, view, scanner
    ):
        presenter.choose_folder(str(scanner))
        self.drop(scanner, presenter, "a.jpg")
        (scanner / "da-nhan").write_bytes(b"")  # a file where the folder would be
        presenter.take_from_scanner()
        assert view.state.count == 1
        assert "a.jpg" in view.state.problems[0]
        assert "không chuyển được" in view.state.problems[0]

    def test_one_to_which_the_scanner_adds_pages_comes_whole_or_not_at_all(
        self, presenter, view, scanner
    ):
        presenter.choose_folder(str(scanner))
        (scanner / "a.tif").write_bytes(corpus.tiff_of(1))
        presenter.look_into_folder()
        presenter.look_into_folder()
        (scanner / "a.tif").write_bytes(corpus.tiff_of(3))
        presenter.take_from_scanner()
        assert view.state.count == 0
        assert "quét xong" in view.state.problems[0]
        presenter.look_into_folder()
        presenter.look_into_folder()
        presenter.take_from_scanner()
        assert view.state.count == 3

    def test_one_that_is_gone_before_it_is_taken_stops_nothing(self, presenter, view, scanner):
        presenter.choose_folder(str(scanner))
        self.drop(scanner, presenter, "a.jpg", "bb.jpg")
        (scanner / "a.jpg").unlink()
        presenter.take_from_scanner()
        assert (view.state.count, len(view.state.problems)) == (1, 1)

    def test_a_folder_that_is_gone_is_said_once(self, presenter, view, scanner):
        presenter.choose_folder(str(scanner))
        scanner.rmdir()
        presenter.look_into_folder()
        assert str(scanner) in view.state.problems[0]
        presenter.forget_problems()
        presenter.look_into_folder()
        assert view.state.problems == ()

    def test_without_a_folder_nobody_looks(self, presenter, view):
        presenter.look_into_folder()
        assert view.state.dropped == ()


class TestOrder:
    @pytest.fixture
    def scans(self, desk, dossier, presenter):
        found = kept(desk, dossier, 1, 2, 3)
        presenter.enter()
        return found

    def test_the_first_is_meant_until_another_is_chosen(self, presenter, view, scans):
        assert view.state.selected == scans[0]
        presenter.choose_scan(scans[2])
        presenter.enter()
        assert view.state.selected == scans[2]

    def test_keys_move_and_turn_at_once_and_as_often_as_they_are_pressed(
        self, desk, presenter, view, scans, dossier
    ):
        presenter.move(1)
        presenter.move(1)
        presenter.move(1)  # it is the last already
        presenter.turn()
        presenter.turn()
        assert pages(view.state) == [scans[1], scans[2], scans[0]]
        paper = scans_of(desk, dossier).papers[0]
        assert [(s.added.scan, s.turn) for s in paper.scans] == [
            (scans[1], 0),
            (scans[2], 0),
            (scans[0], 180),
        ]
        assert kinds(desk).count("scans_arranged") == 4

    def test_it_is_withdrawn_when_it_was_said_why(self, desk, presenter, view, scans):
        presenter.ask_why()
        assert view.state.asking
        assert "Quét nhầm hồ sơ." in view.state.reasons
        presenter.withdraw("Quét nhầm hồ sơ.")
        assert not view.state.asking
        assert pages(view.state) == scans[1:]
        assert kinds(desk)[-1] == "scan_withdrawn"

    def test_esc_leaves_the_question(self, presenter, view, scans):
        assert not presenter.steps_back()
        presenter.ask_why()
        assert presenter.steps_back()
        assert not view.state.asking

    def test_it_is_opened_elsewhere_where_it_is_asked_why(self, presenter, dossier, scans, seen):
        presenter.open_scan()
        assert seen == [(dossier, scans[0])]


class TestUsingAgain:
    def test_a_page_of_an_earlier_dossier_is_used(self, desk, presenter, view, dossier):
        earlier = register_dossier(desk, an_application(0), token=b"e" * 16).id
        (scan,) = kept(desk, earlier, 7)
        presenter.enter()
        assert view.state.has_earlier
        presenter.show_earlier()
        (offered,) = view.state.earlier
        presenter.reuse(offered.dossier_id, offered.scans[0].added.scan)
        assert view.state.earlier is None
        (used,) = view.state.paper.scans
        assert (used.added.digitised, used.added.earlier) == (Digitised.REUSED, earlier)
        assert used.added.scan != scan

    def test_esc_leads_back(self, desk, presenter, view):
        earlier = register_dossier(desk, an_application(0), token=b"e" * 16).id
        kept(desk, earlier, 7)
        presenter.enter()
        presenter.show_earlier()
        assert presenter.steps_back()
        assert view.state.earlier is None


@pytest.fixture
def panel(qtbot, presenter):
    panel = screen.build(presenter)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    return panel


def drop(panel, mime):
    """Let go of something over the panel."""
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    panel.dropEvent(QDropEvent(QPointF(9, 9), action, mime, button, none))


class TestPanel:
    def test_files_are_dropped(self, panel, view, files, desk, dossier):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files(corpus.small())])
        drop(panel, mime)
        assert scans_of(desk, dossier).count == 1
        assert panel.pages.count() == 1
        assert "1 " in panel.total.text()

    def test_what_a_phone_offers_without_a_file_is_explained(self, panel):
        mime = QMimeData()
        mime.setUrls([QUrl("mtp://phone/DCIM/1.jpg")])
        drop(panel, mime)
        assert panel.problems.isVisible()

    def test_a_picture_is_pasted(self, panel, desk, dossier):
        QGuiApplication.clipboard().setImage(QImage(40, 30, QImage.Format.Format_RGB32))
        panel.paste()
        assert scans_of(desk, dossier).count == 1

    def test_it_is_said_that_nothing_was_copied(self, panel):
        QGuiApplication.clipboard().setText("chỉ là chữ")
        panel.paste()
        assert panel.problems.isVisible()

    def test_bytes_of_another_program_are_taken_as_they_are(self):
        mime = QMimeData()
        mime.setData("image/png", b"whatever it says")
        assert given(mime).pictures == [b"whatever it says"]

    def test_keys_do_it_all(self, qtbot, panel, desk, dossier, presenter, seen):
        one, two = kept(desk, dossier, 1, 2)
        presenter.enter()
        panel.pages.setFocus()
        press(panel.pages, Qt.Key.Key_R, "r")
        qtbot.keyClick(panel.pages, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        press(panel.pages, Qt.Key.Key_Return, "\r")
        assert seen == [(dossier, one)]
        paper = scans_of(desk, dossier).papers[0]
        assert [(s.added.scan, s.turn) for s in paper.scans] == [(two, 0), (one, 90)]
        press(panel.pages, Qt.Key.Key_Delete)
        assert panel.reasons.isVisible()
        press(panel.reasons, Qt.Key.Key_2, "2")
        assert scans_of(desk, dossier).count == 1
        assert kinds(desk)[-1] == "scan_withdrawn"

    def test_another_reason_is_typed(self, panel, desk, dossier, presenter):
        kept(desk, dossier, 1)
        presenter.enter()
        presenter.ask_why()
        panel.reasons.done_button.click()  # nothing was typed: nothing happens
        assert panel.reasons.isVisible()
        type_text(panel.reasons.other, "Ảnh của người khác")
        press(panel.reasons.other, Qt.Key.Key_Return, "\r")
        assert scans_of(desk, dossier).count == 0

    def test_a_paper_without_scans_says_what_to_do(self, panel):
        assert panel.empty.isVisible()
        assert not panel.tools.isVisible()
        assert panel.empty.action.text() == panel.add_button.text().replace("&", "")

    def test_papers_are_named_with_how_far_they_are(self, panel, presenter, files):
        presenter.add_files(files(corpus.small()))
        item = panel.papers.item(0)
        assert item.text() == presenter._state.papers[0].name
        told = item.data(Qt.ItemDataRole.AccessibleTextRole)
        assert "1 trang" in told

    def test_a_page_is_chosen_by_the_mouse(self, qtbot, panel, desk, dossier, presenter, view):
        one, two = kept(desk, dossier, 1, 2)
        presenter.enter()
        place = panel.pages.visualItemRect(panel.pages.item(1)).center()
        qtbot.mouseClick(panel.pages.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
        assert presenter._state.selected == two != one

    def test_only_in_sight_it_looks_into_the_folder(self, panel):
        assert panel._timer.isActive()
        panel.hide()
        assert not panel._timer.isActive()

    def test_a_real_picture_has_its_small_one(self, panel, desk, dossier, presenter):
        add_scan(desk, dossier, corpus.saved(corpus.page((300, 400))), component=PAPER)
        presenter.enter()
        assert not panel.pages.item(0).icon().isNull()
