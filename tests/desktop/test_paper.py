"""A receipt on its way to paper: noted first, shown if the office wants, never in the way."""

import pypdfium2
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from counter_app.desktop import paper
from counter_app.desktop.paper import PaperPresenter
from counter_app.desktop.printing_desk import PrintingDesk
from counter_app.domain.print_job import JobState
from counter_app.errors import PrinterUnavailable, UnwritableFile
from counter_app.services.print_jobs import jobs
from counter_app.services.viewing import open_dossier
from tests.desktop.conftest import AtOnce, RecordingView, Waiting
from tests.desktop.sample import receive
from tests.desktop.typing import press

A5 = (420, 595)
A4 = (595, 842)


@pytest.fixture
def dossier(desk):
    return receive(desk, 0)


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    navigator.printing = PrintingDesk(desk, tasks, navigator, lambda: None)
    presenter = PaperPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def previewed(presenter, dossier):
    """The presenter with the receipt of a new dossier in sight."""
    presenter.print_receipt(dossier, again=False)
    presenter.enter()
    return presenter


def prints(desk, dossier):
    """Return the prints that the journal has noted, the first first."""
    entries = reversed(open_dossier(desk, dossier).entries)
    bodies = [entry.operation.body for entry in entries]
    return [(b.copy, b.paper, b.to) for b in bodies if b.kind == "receipt_printed"]


def size_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    size = tuple(map(round, document[0].get_size()))
    document.close()
    return size


def code_of(desk, dossier):
    return open_dossier(desk, dossier).dossier.code


def at_once(navigator, **changes):
    navigator.settings = replace(navigator.settings, print_at_once=True, **changes)


def test_an_office_that_looks_first_is_shown_the_paper_and_nothing_is_noted(
    previewed, view, navigator, desk, dossier
):
    assert navigator.asked == [("show_paper", None)]
    assert view.state.receipt.code == code_of(desk, dossier)
    assert view.state.receipt.copy == 0
    assert view.state.outlets.names == ("Máy in A", "Máy in B")
    assert view.state.outlets.chosen == "Máy in A"
    assert prints(desk, dossier) == []


def test_a_print_from_the_preview_is_noted_and_leads_to_the_next_citizen(
    previewed, navigator, desk, dossier
):
    previewed.choose_printer("Máy in B")
    previewed.print()
    ((pdf, printer, title),) = navigator.printer.printed
    assert (printer, title) == ("Máy in B", f"Giấy tiếp nhận {code_of(desk, dossier)}")
    assert size_of(pdf) == A5
    assert prints(desk, dossier) == [(0, "a5", "Máy in B")]
    asked = [name for name, _with in navigator.asked]
    assert asked == [
        "show_paper", "changed", "go_home", "await_scan", "send_print", "changed", "say",
    ]  # fmt: skip


def test_a_reprint_leads_back_to_its_dossier_and_says_that_it_is_one(
    presenter, view, navigator, desk, dossier
):
    at_once(navigator)
    presenter.print_receipt(dossier, again=False)
    navigator.settings = replace(navigator.settings, print_at_once=False)
    presenter.print_receipt(dossier, again=True)
    presenter.enter()
    assert view.state.receipt.copy == 1
    presenter.print()
    assert prints(desk, dossier) == [(0, "a5", "usual"), (1, "a5", "Máy in A")]
    assert navigator.last("open_dossier") == dossier
    assert ("go_home", None) not in navigator.asked


def test_an_office_in_a_hurry_sees_no_preview(presenter, navigator, desk, dossier):
    at_once(navigator, paper="a4")
    presenter.print_receipt(dossier, again=False)
    assert ("show_paper", None) not in navigator.asked
    assert size_of(navigator.printer.printed[0][0]) == A4
    assert prints(desk, dossier) == [(0, "a4", "usual")]  # the system's own choice, by name
    assert code_of(desk, dossier) in navigator.last("say")[0]


def test_the_printer_of_the_settings_is_taken(presenter, navigator, desk, dossier):
    at_once(navigator, printer="Máy in B")
    presenter.print_receipt(dossier, again=False)
    assert prints(desk, dossier) == [(0, "a5", "Máy in B")]


def test_a_printer_that_fails_is_said_with_the_code_and_what_to_do(
    presenter, navigator, desk, dossier
):
    at_once(navigator)
    navigator.printer.works = False
    presenter.print_receipt(dossier, again=False)
    text, tone = navigator.last("say")
    assert code_of(desk, dossier) in text
    assert str(PrinterUnavailable(printer="Máy in A")) in text
    assert tone == "danger"
    assert list(navigator.actions) == ["In lại", "Danh sách in (Ctrl+9)"]


def test_what_never_came_out_is_sent_again_as_the_same_copy(presenter, navigator, desk, dossier):
    at_once(navigator)
    navigator.printer.works = False
    presenter.print_receipt(dossier, again=False)
    navigator.actions["In lại"]()
    navigator.printer.works = True
    navigator.actions["In lại"]()
    assert len(navigator.printer.printed) == 1
    assert prints(desk, dossier) == [(0, "a5", "usual")]
    presenter.print_receipt(dossier, again=True)
    assert [copy for copy, *_rest in prints(desk, dossier)] == [0, 1]


def test_after_a_failure_the_preview_shows_the_copy_that_did_not_come_out(
    presenter, view, navigator, desk, dossier
):
    at_once(navigator)
    navigator.printer.works = False
    presenter.print_receipt(dossier, again=False)
    presenter.look_at(dossier, again=True)
    presenter.enter()
    assert navigator.asked[-1] == ("show_paper", None)
    assert view.state.receipt.copy == 0
    navigator.printer.works = True
    presenter.print()
    assert prints(desk, dossier) == [(0, "a5", "usual")]


@pytest.mark.parametrize("hurry", [True, False])
def test_without_any_printer_the_receipt_is_kept(presenter, navigator, desk, dossier, hurry):
    navigator.settings = replace(navigator.settings, print_at_once=hurry)
    navigator.printer.names = list
    navigator.printer.default = str
    presenter.print_receipt(dossier, again=False)
    if not hurry:
        presenter.enter()
        presenter.print()
    assert "chưa có máy in" in navigator.last("say")[0]
    assert prints(desk, dossier) == [(0, "a5", "usual")]
    assert [(job.state, job.copy) for job in jobs(desk)] == [(JobState.FAILED, 0)]


def test_a_slow_printer_keeps_nobody_waiting(desk, navigator, dossier):
    tasks = AtOnce()
    slow = Waiting()
    navigator.printing = PrintingDesk(desk, tasks, navigator, lambda: None)
    presenter = PaperPresenter(desk, tasks, navigator)
    presenter.print_receipt(dossier, again=False)
    presenter.enter()
    tasks.printing = lambda _printer: slow.write
    presenter.choose_printer("Máy in A")
    presenter.print()
    assert navigator.asked[-2][0] == "await_scan"
    assert navigator.printer.printed == []
    presenter.print_receipt(receive(desk, 1), again=False)
    presenter.enter()
    assert navigator.asked[-1] == ("show_paper", None)
    slow.work()
    assert len(navigator.printer.printed) == 1
    assert ("go_home", None) not in navigator.asked[navigator.asked.index(("await_scan", None)) :]


def test_two_presses_print_once(desk, navigator, dossier):
    tasks = Waiting()
    navigator.printing = PrintingDesk(desk, tasks, navigator, lambda: None)
    presenter = PaperPresenter(desk, tasks, navigator)
    presenter.print_receipt(dossier, again=False)
    presenter.enter()
    tasks.work()
    presenter.print()
    presenter.print()
    tasks.work()
    assert len(navigator.printer.printed) == 1
    assert len(prints(desk, dossier)) == 1


def test_a_receipt_that_comes_late_is_not_shown_for_another_citizen(desk, navigator, view, dossier):
    tasks = Waiting()
    presenter = PaperPresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.make_room(300, 0)
    presenter.print_receipt(dossier, again=False)
    presenter.enter()
    late = list(tasks.waiting)
    tasks.waiting.clear()
    other = receive(desk, 1)
    presenter.print_receipt(other, again=False)
    presenter.enter()
    tasks.work()
    for work in late:
        work()
    tasks.work()
    assert view.state.receipt.code == code_of(desk, other)


def test_a_receipt_can_be_laid_out_for_the_other_size(previewed, view, navigator):
    previewed.choose_size("a4")
    assert size_of(view.state.receipt.pdf) == A4
    previewed.print()
    assert size_of(navigator.printer.printed[0][0]) == A4


def test_a_receipt_in_a_file_counts_as_a_print(previewed, view, navigator, desk, dossier, tmp_path):
    file = tmp_path / "giấy hẹn.pdf"
    first = view.state.receipt.pdf
    previewed.save(file)
    assert file.read_bytes() == first
    assert prints(desk, dossier) == [(0, "a5", "pdf")]
    assert str(file) in navigator.last("say")[0]
    assert view.state.receipt.copy == 1
    assert not view.state.busy


def test_a_file_that_cannot_be_written_is_said_and_the_copy_is_still_to_come(
    previewed, view, navigator, desk, dossier, tmp_path
):
    previewed.save(tmp_path)  # a folder
    assert isinstance(navigator.last("refuse"), UnwritableFile)
    assert view.state.receipt.copy == 0
    previewed.save(tmp_path / "a.pdf")
    assert prints(desk, dossier) == [(0, "a5", "pdf")]


def test_the_page_is_drawn_for_the_room_that_there_is(previewed, view):
    previewed.make_room(400, 0)
    assert view.state.page.image.width == pytest.approx(400, abs=1)
    previewed.make_room(400, 300)
    assert view.state.page.image.height == pytest.approx(300, abs=1)


def test_a_dossier_that_nobody_has_seen_here_is_said(presenter, view, desk):
    unknown = receive(desk, 0)
    presenter.print_receipt(unknown.__class__(int=7), again=True)
    presenter.enter()
    assert view.state.receipt is None
    assert view.state.problem


def test_leaving_forgets_the_citizen(previewed, view, navigator):
    previewed.leave()
    assert view.state.receipt is None
    assert view.state.page is None
    assert navigator.asked[-2:] == [("go_home", None), ("await_scan", None)]


@pytest.fixture
def screen(qtbot, presenter, navigator, dossier):
    view = paper.build(presenter)
    qtbot.addWidget(view)
    view.resize(1154, 622)
    presenter.print_receipt(dossier, again=False)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    presenter.enter()
    view.setFocus()
    return view


def test_enter_prints(screen, navigator):
    press(screen.focusWidget(), Qt.Key.Key_Return, "\r")
    assert len(navigator.printer.printed) == 1


def test_control_p_prints(qtbot, screen, navigator):
    qtbot.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(navigator.printer.printed) == 1)


def test_escape_leaves_without_printing(qtbot, screen, navigator):
    qtbot.keyClick(screen.outlet.print_button, Qt.Key.Key_Escape)
    assert navigator.printer.printed == []
    assert navigator.asked[-1] == ("await_scan", None)


def test_the_screen_shows_the_page_and_says_which_copy(qtbot, screen, desk, dossier):
    assert screen.code.text() == code_of(desk, dossier)
    assert screen.copy_tag.text() == "Bản in đầu"
    qtbot.waitUntil(lambda: screen.pages.page_size.height() > 500)


def test_the_file_is_called_by_the_code_alone(qtbot, screen, desk, dossier, tmp_path):
    screen.outlet.save_button.click()
    dialog = screen.findChild(QFileDialog)
    (proposed,) = dialog.selectedFiles()
    assert proposed.endswith(f"/{code_of(desk, dossier)}.pdf")
    dialog.fileSelected.emit(str(tmp_path / "a.pdf"))
    dialog.close()
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
