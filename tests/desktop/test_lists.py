"""The register and the lists: turned to, narrowed, saved, printed and written out."""

import pytest
from openpyxl import load_workbook

from counter_app.desktop import lists
from counter_app.desktop.lists import ListsPresenter
from counter_app.domain.channel import Channel
from counter_app.i18n import format_date
from counter_app.services.lists import register_of
from tests.desktop.conftest import RecordingView
from tests.desktop.sample import receive


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = ListsPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def dossiers(desk):
    return [receive(desk, number) for number in range(4)]


def shown(view):
    return [view.state.listing.rows[row_id].dossier_id for row_id in view.state.listing.ids]


def test_it_begins_with_what_was_received_today(presenter, view, dossiers, desk):
    presenter.enter()
    assert len(shown(view)) == len(dossiers)
    assert view.state.first == view.state.last == format_date(desk.business_date)
    assert view.state.wanted == register_of(desk.business_date, desk.business_date)


def test_a_day_that_is_none_is_said_and_the_list_stays(presenter, view, dossiers):
    presenter.enter()
    before = shown(view)
    presenter.narrow("first", "31/02/2026")
    assert (view.state.problems, shown(view)) == (("first",), before)
    presenter.narrow("first", "1/1/2026")
    assert view.state.problems == ()
    assert view.state.wanted.first.isoformat() == "2026-01-01"


def test_it_is_narrowed_and_widened_again(presenter, view, dossiers, desk):
    presenter.enter()
    presenter.narrow("channel", Channel.POST)
    assert shown(view) == []
    presenter.narrow("channel", None)
    assert len(shown(view)) == len(dossiers)


def test_what_was_saved_comes_back(presenter, view, dossiers, navigator):
    presenter.enter()
    presenter.turn_to("unpaid")
    presenter.save("Chưa thu")
    wanted = view.state.wanted
    presenter.turn_to("register")
    presenter.take_saved("Chưa thu")
    assert (view.state.wanted, view.state.which) == (wanted, "")
    presenter.drop("Chưa thu")
    assert view.state.choices.saved == []


def test_a_name_that_is_none_is_refused_in_words(presenter, navigator, dossiers):
    presenter.enter()
    presenter.save("  ")
    assert "1" in str(navigator.last("refuse"))


def test_what_is_shown_is_written_to_a_workbook(presenter, view, dossiers, tmp_path):
    presenter.enter()
    presenter.write_workbook(tmp_path / "register.xlsx")
    sheet = load_workbook(tmp_path / "register.xlsx").active
    codes = {cell.value for cell in sheet["B"]}
    assert {view.state.listing.rows[i].code for i in view.state.listing.ids} <= codes
    assert not view.state.busy


def test_what_is_shown_is_printed_as_the_register(presenter, view, dossiers, navigator):
    presenter.enter()
    presenter.print_register()
    sheet = navigator.last("print_sheet")
    assert (sheet.form, sheet.copy, sheet.pdf[:5]) == ("register", 0, b"%PDF-")
    assert not view.state.busy


def test_the_screen_is_wired(qtbot, presenter, dossiers, undressed):
    view = lists.build(presenter)
    qtbot.addWidget(view)
    view.show()
    presenter.enter()
    view.lists.chosen.emit("overdue")
    assert view.lists._buttons["overdue"].isChecked()
    view.lists.chosen.emit("register")
    view.first.setText("01/01/2020")
    view.first.editingFinished.emit()
    assert presenter._state.wanted.first.year == 2020
    assert view.print.isEnabled()
