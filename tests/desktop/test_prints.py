"""The list of print jobs: what an officer sees of each, and what can be done about it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from counter_app.desktop import prints
from counter_app.desktop.printing_desk import PrintingDesk
from counter_app.desktop.prints import PrintsPresenter
from counter_app.desktop.prints.words import HANGS_AFTER, Act, explained, hangs, since, state_tag
from counter_app.devices.printers import Condition
from counter_app.domain.officer import Role
from counter_app.domain.print_job import JobState
from counter_app.domain.sheet import Sheet
from counter_app.errors import NotPermitted, PrintersSilent, PrintJobGone
from counter_app.services.papers import print_paper
from counter_app.services.print_jobs import (
    begin_sending,
    discard,
    end_sending,
    jobs,
    mark,
    queue_print,
)
from tests.desktop.sample import receive
from tests.office import with_roles


class RecordingView:
    """Keeps the state it is shown."""

    def show_state(self, state):
        self.state = state


def kept(desk, title, *, printer="Máy in A", **changes):
    """Have a paper kept that is to be printed; return its job."""
    given = {"form": "extension", "title": title, "size": "a5", "pdf": b"%PDF " + title.encode()}
    return queue_print(desk, Sheet(**given | changes), printer=printer)


def failed(desk, title, **changes):
    job = kept(desk, title, **changes)
    end_sending(desk, begin_sending(desk, job).job, JobState.FAILED, problem="Máy in hết giấy.")
    return job


def unknown(desk, title, **changes):
    job = kept(desk, title, **changes)
    mark(desk, begin_sending(desk, job).job.id, JobState.UNKNOWN)
    return job


def state_of(desk, job):
    return next(each for each in jobs(desk) if each.id == job)


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    navigator.printing = PrintingDesk(desk, tasks, navigator, lambda: None)
    presenter = PrintsPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


def test_what_is_to_be_seen_to_comes_first(presenter, view, desk):
    done = kept(desk, "xong")
    mark(desk, done, JobState.DONE)
    waiting, broken = kept(desk, "chờ"), failed(desk, "hỏng")
    presenter.enter()
    assert [job.id for job in view.state.jobs] == [waiting, broken, done]
    assert view.state.chosen == waiting


def test_the_printers_are_shown_with_those_that_are_gone(presenter, view, desk):
    kept(desk, "chờ", printer="Máy in đã tháo")
    presenter.enter()
    shown = {each.name: each.condition for each in view.state.all_printers}
    assert shown == {
        "Máy in A": Condition.READY,
        "Máy in B": Condition.READY,
        "Máy in đã tháo": Condition.GONE,
    }
    assert view.state.target == "Máy in A"


def test_what_failed_goes_to_another_printer_as_the_same_copy(presenter, view, navigator, desk):
    job = failed(desk, "hỏng")
    presenter.enter()
    assert list(view.state.acts) == [Act.AGAIN, Act.SAVE, Act.DISCARD]
    presenter.choose_printer("Máy in B")
    presenter.do(Act.AGAIN)
    assert navigator.printer.printed == [("%PDF hỏng".encode(), "Máy in B", "hỏng")]
    assert state_of(desk, job).state is JobState.DONE


def test_a_paper_that_nobody_knows_of_is_asked_for(presenter, view, desk, navigator):
    first, second, third = (unknown(desk, title) for title in ("một", "hai", "ba"))
    presenter.enter()
    assert list(view.state.acts)[:3] == [Act.CAME_OUT, Act.AGAIN, Act.LATER]
    presenter.do(Act.CAME_OUT)
    presenter.choose(second)
    presenter.do(Act.LATER)
    presenter.choose(third)
    presenter.do(Act.AGAIN)
    found = [state_of(desk, job).state for job in (first, second, third)]
    assert found == [JobState.DONE, JobState.WAITING, JobState.DONE]
    assert [title for _pdf, _printer, title in navigator.printer.printed] == ["ba"]


def test_a_receipt_that_came_out_is_printed_again_as_a_reprint(presenter, view, desk, navigator):
    dossier = receive(desk, 0)
    mark(desk, kept(desk, "GTN", form="receipt", dossier_id=dossier), JobState.DONE)
    presenter.enter()
    assert list(view.state.acts) == [Act.REPRINT, Act.OPEN]
    presenter.do(Act.REPRINT)
    assert navigator.last("print_receipt") == (dossier, True)
    presenter.do(Act.OPEN)
    assert navigator.last("open_dossier") == dossier


def test_another_paper_of_a_dossier_is_printed_again_as_a_reprint(presenter, view, navigator, desk):
    dossier = receive(desk, 0)

    def make(size, to):
        return print_paper(desk, dossier, "control-slip", size=size, to=to)

    navigator.print_sheet(make, form="control-slip")
    presenter.enter()
    presenter.do(Act.REPRINT)
    assert [(job.copy, job.state) for job in jobs(desk)] == [
        (1, JobState.DONE),
        (0, JobState.DONE),
    ]


def test_all_that_waits_goes_out_in_order(presenter, view, navigator, desk):
    failed(desk, "một")
    kept(desk, "hai")
    kept(desk, "ba", printer="")
    presenter.enter()
    assert view.state.to_be_sent == 3
    presenter.print_all()
    assert [title for *_rest, title in navigator.printer.printed] == ["một", "hai", "ba"]
    assert view.state.to_be_sent == 0


def test_a_paper_is_given_up_only_after_a_question(presenter, view, desk):
    job = kept(desk, "chờ")
    presenter.enter()
    presenter.do(Act.DISCARD)
    assert list(view.state.acts) == [Act.DISCARD_IT, Act.KEEP_IT]
    presenter.do(Act.KEEP_IT)
    assert state_of(desk, job).state is JobState.WAITING
    presenter.do(Act.DISCARD)
    presenter.do(Act.DISCARD_IT)
    assert state_of(desk, job).state is JobState.DISCARDED
    assert desk.officer.name in explained(view.state.job, view.state.now)


def test_another_officers_paper_is_left_to_a_supervisor(tasks, navigator, desk):
    job = kept(desk, "chờ")
    presenter = PrintsPresenter(with_roles(desk, Role.RECEPTION), tasks, navigator)
    presenter.enter()
    presenter.do(Act.DISCARD)
    presenter.do(Act.DISCARD_IT)
    assert isinstance(navigator.last("refuse"), NotPermitted)
    assert state_of(desk, job).state is JobState.WAITING


def test_a_paper_can_go_into_a_file_instead(presenter, view, desk, navigator, tmp_path):
    job = failed(desk, "hỏng")
    presenter.enter()
    presenter.save(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == "%PDF hỏng".encode()
    assert state_of(desk, job).state is JobState.DONE
    assert explained(state_of(desk, job), desk.now()) == "Đã lưu thành tệp."
    assert str(tmp_path / "a.pdf") in navigator.last("say")[0]


def test_what_somebody_has_seen_to_meanwhile_is_said(presenter, navigator, desk):
    job = kept(desk, "chờ")
    presenter.enter()
    discard(desk, job)
    presenter.do(Act.AGAIN)
    assert isinstance(navigator.last("refuse"), PrintJobGone)
    assert navigator.printer.printed == []


def test_without_a_printer_it_is_said(presenter, view, navigator, desk):
    kept(desk, "chờ", printer="")
    navigator.printer.names = list
    navigator.printer.default = str
    presenter.enter()
    presenter.do(Act.AGAIN)
    assert "chưa có máy in" in navigator.last("say")[0]


def test_without_a_printer_what_would_go_to_the_usual_one_is_not_offered_to_all(
    presenter, view, navigator, desk
):
    kept(desk, "chờ", printer="")
    navigator.printer.status = list
    presenter.enter()
    assert view.state.to_be_sent == 0


def test_a_paper_for_the_usual_printer_says_what_it_waits_for(presenter, view, desk):
    kept(desk, "chờ", printer="")
    presenter.enter()
    assert "máy in thường dùng" in explained(view.state.job, view.state.now)


def test_a_system_that_does_not_tell_of_its_printers_is_said(qtbot, presenter, desk, navigator):
    def silent():
        raise PrintersSilent

    navigator.printer.status = silent
    kept(desk, "chờ")
    widget = prints.build(presenter)
    qtbot.addWidget(widget)
    presenter.enter()
    assert widget.broken.text() == str(PrintersSilent())
    assert widget.buttons[Act.AGAIN].isEnabled()
    presenter.do(Act.AGAIN)  # where it was meant to go is known all the same
    assert [printer for _pdf, printer, _title in navigator.printer.printed] == ["Máy in A"]


def test_a_printer_that_does_not_answer_is_looked_after(presenter, view, desk, clock, navigator):
    job = begin_sending(desk, kept(desk, "kẹt")).job
    assert not hangs(job, desk.now())
    clock.at += HANGS_AFTER
    presenter.enter()
    assert state_tag(view.state.job, view.state.now).text == "Không trả lời"
    assert "2 phút" in explained(view.state.job, view.state.now)
    presenter.choose_printer("Máy in B")
    presenter.do(Act.AGAIN)
    assert [printer for _pdf, printer, _title in navigator.printer.printed] == ["Máy in B"]


@pytest.mark.parametrize("state", JobState)
def test_every_state_has_its_words(desk, state):
    job = replace(state_of(desk, kept(desk, "giấy")), state=state, problem="Vì thế.")
    assert state_tag(job, desk.now()).text
    assert explained(job, desk.now())
    assert since(job, desk.now() + timedelta(minutes=5))


@pytest.fixture
def screen(qtbot, presenter, desk, navigator):
    failed(desk, "hỏng", dossier_id=receive(desk, 0))
    unknown(desk, "không rõ")
    widget = prints.build(presenter)
    qtbot.addWidget(widget)
    widget.resize(1154, 622)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    presenter.enter()
    widget.setFocus()
    return widget


def test_from_the_list_to_paper_by_keys_alone(qtbot, screen, navigator, desk):
    assert screen.table.item(0, 0).text() == "Không in được"
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert screen.focusWidget() is screen.buttons[Act.AGAIN]
    qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_Return)
    assert len(navigator.printer.printed) == 1


def test_the_lines_are_chosen_by_arrows(qtbot, screen):
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    assert not screen.buttons[Act.CAME_OUT].isHidden()
    assert screen.buttons[Act.REPRINT].isHidden()


def test_del_asks_first(qtbot, screen, desk):
    qtbot.keyClick(screen.table, Qt.Key.Key_Delete)
    assert screen.buttons[Act.AGAIN].isHidden()
    assert not screen.buttons[Act.DISCARD_IT].isHidden()


def test_a_file_is_called_by_the_code_alone(screen, tmp_path, desk):
    screen.buttons[Act.SAVE].click()
    dialog = screen.findChild(QFileDialog)
    (proposed,) = dialog.selectedFiles()
    assert proposed.endswith("-0001.pdf")
    dialog.fileSelected.emit(str(tmp_path / "a.pdf"))
    dialog.close()
    assert (tmp_path / "a.pdf").exists()


def test_an_empty_list_says_so(qtbot, presenter):
    widget = prints.build(presenter)
    qtbot.addWidget(widget)
    presenter.enter()
    assert "Không có giấy nào chờ in" in widget.empty.sentence.text()


def test_the_screen_fits_a_small_window_before_anything_is_shown(qtbot, presenter):
    widget = prints.build(presenter)
    qtbot.addWidget(widget)
    assert widget.minimumSizeHint().width() < 900
