"""Finding a dossier by whatever the citizen has of it, while one types."""

import pytest
from PySide6.QtCore import Qt

from counter_app.desktop import search
from counter_app.desktop.search import SearchPresenter
from counter_app.domain.officer import Role
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.services.scanning import read_scan
from counter_app.services.search import Only
from counter_app.services.viewing import open_dossier
from tests.desktop.conftest import RecordingView, Waiting
from tests.desktop.sample import a_person, receive, token_of
from tests.desktop.typing import press, type_text
from tests.factories import a_party
from tests.office import register


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = SearchPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def dossiers(desk):
    """Four dossiers of four people, the last of them the newest."""
    return [receive(desk, number) for number in range(4)]


def names(state):
    return [state.listing.rows[row_id].applicant_name for row_id in state.listing.ids]


@pytest.mark.parametrize(
    "typed",
    [a_person(2).id_number, "0900000002", "le huu chi thu", "Lê Hữu Chi", "261123-0003"],
)
def test_one_box_takes_number_phone_name_and_code(presenter, view, dossiers, typed):
    presenter.type(typed)
    assert names(view.state) == ["Lê Hữu Chi Thử"]


def test_one_letter_is_not_enough_to_search_for(presenter, view, dossiers):
    presenter.type("l")
    assert not view.state.enough
    assert not view.state.listing.ids


def test_the_newest_is_chosen_at_once_and_enter_opens_it(presenter, view, navigator, dossiers):
    presenter.type("thu")
    assert view.state.chosen == view.state.listing.ids[0]
    presenter.open_chosen()
    assert navigator.last("open_dossier") == dossiers[-1]


def test_enter_before_the_answer_opens_as_soon_as_it_is_there(desk, navigator, view, dossiers):
    tasks = Waiting()
    presenter = SearchPresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.type("chi")
    presenter.open_chosen()
    assert not navigator.asked
    tasks.work()
    assert navigator.last("open_dossier") == dossiers[2]


def test_an_answer_to_what_was_typed_before_is_dropped(desk, navigator, view, dossiers):
    tasks = Waiting()
    presenter = SearchPresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.type("chi")
    presenter.type("zzz")
    tasks.work()
    assert view.state.looked
    assert not view.state.listing.ids


def test_only_some_of_what_was_found_can_be_wanted(presenter, view, dossiers):
    presenter.type("thu")
    presenter.narrow(Only.OVERDUE)
    assert view.state.looked
    assert not view.state.listing.ids
    presenter.narrow(Only.TODAY)
    assert len(view.state.listing.ids) == len(dossiers)


def test_what_is_searched_from_elsewhere_is_searched_among_all(presenter, view, dossiers):
    presenter.narrow(Only.OVERDUE)
    presenter.search("thu")
    assert view.state.only is Only.ALL
    assert len(view.state.listing.ids) == len(dossiers)


def test_coming_back_keeps_the_choice_and_sees_what_has_changed(desk, presenter, view, dossiers):
    presenter.type("thu")
    presenter.choose(view.state.listing.ids[2])
    receive(desk, 5)
    presenter.enter()
    assert len(view.state.listing.ids) == len(dossiers) + 1
    assert view.state.chosen_row.applicant_name == "Trần Thị Bình Thử"


def test_of_two_papers_with_one_code_both_are_found_and_neither_is_guessed(
    desk, presenter, view, dossiers
):
    received = open_dossier(desk, dossiers[0]).dossier.received
    with desk.store.begin() as uow:
        other = uow.dossier(dossier_id_of(token_of(99)))
        uow.append(desk.operation(received, role=Role.RECEPTION, on=other))
    assert read_scan(desk, received.code).dossier_id is None
    presenter.search(received.code)
    found = {row.dossier_id for row in view.state.listing.rows.values()}
    assert found == {dossiers[0], other.id}


@pytest.fixture
def screen(qtbot, desk, tasks, navigator, dossiers):
    presenter = SearchPresenter(desk, tasks, navigator)
    widget = search.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.resize(1150, 600)
        widget.show()
        widget.activateWindow()
    widget.setFocus()
    yield widget


def shown(screen):
    return screen.table.model().rowCount()


def test_results_come_while_one_types_without_a_key_more(qtbot, screen):
    type_text(screen.box, "chi")
    qtbot.waitUntil(lambda: shown(screen) == 1)
    assert screen.glance.name.text() == "Lê Hữu Chi Thử"
    assert screen.glance.id_number.text() == "••••••••0002"


def test_a_fee_that_nobody_has_entered_is_not_called_free(qtbot, desk, screen):
    register(desk, procedure="1.004746", applicant=a_party(full_name="Lê Phí Thử"))
    type_text(screen.box, "le phi thu")
    qtbot.waitUntil(lambda: shown(screen) == 1)
    assert screen.glance._values["Fees"].text() == "chưa nhập"


def test_the_arrows_move_in_the_table_while_the_cursor_stays_in_the_box(
    screen, navigator, dossiers
):
    type_text(screen.box, "thu")
    press(screen.box, Qt.Key.Key_Return)
    assert navigator.last("open_dossier") == dossiers[3]
    press(screen.box, Qt.Key.Key_Down)
    press(screen.box, Qt.Key.Key_Down)
    assert screen.box.hasFocus()
    press(screen.box, Qt.Key.Key_Return)
    assert navigator.last("open_dossier") == dossiers[1]


def test_nothing_found_says_what_to_do(screen):
    type_text(screen.box, "zzzz")
    press(screen.box, Qt.Key.Key_Return)
    assert "zzzz" in screen.empty.sentence.text()
    assert "quét" in screen.empty.sentence.text()


def test_nothing_found_among_some_offers_to_search_all(screen):
    type_text(screen.box, "thu")
    press(screen.box, Qt.Key.Key_Return)
    screen.narrowed.emit(Only.OVERDUE)
    screen.empty.action.click()
    assert shown(screen) == 4
