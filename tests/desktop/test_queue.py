"""The queue's screen and the hall's display: numbers, places, and one key for each."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from counter_app.desktop import hall, queue
from counter_app.desktop.hall import HallPresenter
from counter_app.desktop.hall.presenter import HallCall, HallState
from counter_app.desktop.hall.window import BLINKS
from counter_app.desktop.queue import QueuePresenter
from counter_app.desktop.queue.words import about_others
from counter_app.desktop.tickets import Tickets
from counter_app.domain.officer import Role
from counter_app.domain.operation import TicketEnd
from counter_app.domain.queue import TicketState
from counter_app.errors import NobodyCalled
from counter_app.services.business_day import confirm_day
from counter_app.services.queue import issue, queue_of
from tests.desktop.conftest import RecordingView
from tests.desktop.typing import press
from tests.desktop.walking import Walk
from tests.office import kinds, with_roles

K = Qt.Key


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def tickets(desk, tasks):
    return Tickets(desk, tasks)


@pytest.fixture
def opened():
    return []


@pytest.fixture
def presenter(desk, tasks, navigator, tickets, view, opened):
    made = QueuePresenter(desk, tasks, navigator, tickets, lambda: opened.append("hall"))
    made.attach(view)
    made.enter()
    return made


def numbers(found):
    return [ticket.number for ticket in found]


def test_before_anybody_has_come_there_is_nobody_and_every_group_can_be_chosen(presenter, view):
    assert (view.state.current, view.state.waiting, view.state.looked) == (None, [], True)
    assert [group.letter for group in view.state.groups] == list("ABCDEFGH")
    assert about_others(view.state) == ""


def test_a_number_is_given_out_and_printed(presenter, view, navigator, desk):
    presenter.draw("ho_tich")
    assert view.state.drawn.number == "A001"
    assert numbers(view.state.waiting) == ["A001"]
    asked, given = next(each for each in navigator.asked if each[0] == "print_sheet")
    assert asked == "print_sheet"
    assert "ticket" in str(given)


def test_whom_the_law_lets_forward_comes_first_and_the_choice_holds_once(presenter, view):
    presenter.draw("ho_tich")
    presenter.let_forward("uu_tien")
    presenter.draw("ho_tich")
    presenter.draw("ho_tich", forward=True)
    presenter.draw("ho_tich")
    assert numbers(view.state.waiting) == ["A002", "A003", "A001", "A004"]
    assert view.state.priority == ""


def test_a_call_ends_the_one_before_and_all_is_in_the_journal(presenter, view, desk):
    presenter.draw("ho_tich")
    presenter.draw("chung_thuc")
    presenter.call_next()
    assert view.state.current.number == "A001"
    presenter.recall()
    presenter.call_next()
    assert (view.state.current.number, view.state.waiting) == ("B001", [])
    assert kinds(desk)[-4:] == ["ticket_called", "ticket_called", "ticket_ended", "ticket_called"]


def test_sent_on_served_and_not_there(presenter, view):
    for _each in range(3):
        presenter.draw("ho_tich")
    presenter.call_next()
    presenter.move("dat_dai")
    assert (view.state.current, view.state.waiting[0].group) == (None, "dat_dai")
    presenter.call_next()
    presenter.end(TicketEnd.ABSENT)
    assert numbers(view.state.absent) == ["A001"]
    presenter.call(view.state.absent[0].id)
    assert view.state.current.number == "A001"
    presenter.end(TicketEnd.SERVED)
    assert numbers(view.state.waiting) == ["A002", "A003"]


def test_nobody_to_call_is_no_mistake(presenter, view, navigator):
    presenter.call_next()
    assert navigator.last("say")[1] == "info"
    presenter.recall()
    assert isinstance(navigator.last("refuse"), NobodyCalled)
    assert not view.state.calling


def test_a_desk_calls_for_the_groups_that_it_serves_and_remembers_them(presenter, view, navigator):
    presenter.draw("dat_dai")
    presenter.draw("ho_tich")
    presenter.serve(["ho_tich"])
    assert navigator.settings.queue_groups == ("ho_tich",)
    assert (numbers(view.state.waiting), view.state.elsewhere) == (["A001"], 1)
    presenter.call_next()
    assert view.state.current.number == "A001"
    presenter.serve([group.id for group in view.state.groups])
    assert navigator.settings.queue_groups == ()


def test_the_application_is_one_key_away(presenter, navigator):
    presenter.begin_intake()
    assert navigator.asked[-1] == ("begin_intake", None)


def test_who_receives_nobody_may_give_out_numbers_only(desk, tasks, navigator, view):
    leader = with_roles(desk, Role.LEADER)
    presenter = QueuePresenter(leader, tasks, navigator, Tickets(leader, tasks), lambda: None)
    presenter.attach(view)
    presenter.enter()
    presenter.draw("ho_tich")
    assert not view.state.may_call
    assert numbers(view.state.waiting) == ["A001"]


def test_after_midnight_the_screen_is_empty(desk, tasks, navigator, view, clock):
    issue(desk, "A")
    clock.at += timedelta(days=1)
    tomorrow = confirm_day(desk, clock.at.date())
    presenter = QueuePresenter(tomorrow, tasks, navigator, Tickets(tomorrow, tasks), lambda: None)
    presenter.attach(view)
    presenter.enter()
    assert (view.state.waiting, view.state.current) == ([], None)


# The keys


@pytest.fixture
def screen(qtbot, presenter):
    widget = queue.build(presenter)
    qtbot.addWidget(widget)
    widget.resize(1100, 600)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.setFocus()
    yield widget
    widget.hide()


def test_one_key_gives_out_a_number_and_one_calls_it(qtbot, screen, desk, navigator):
    qtbot.keyClick(screen.call_button, "a")
    qtbot.keyClick(screen.call_button, "b")
    qtbot.keyClick(screen.call_button, K.Key_Space)
    assert screen.number.text() == "A001"
    qtbot.keyClick(screen.call_button, K.Key_Return)
    assert screen.number.text() == "B001"
    qtbot.keyClick(screen.call_button, "r")
    qtbot.keyClick(screen.call_button, "s")
    assert screen.number.text() == "—"
    held = {ticket.number: ticket.state for ticket in queue_of(desk).tickets.values()}
    assert held == {"A001": TicketState.SERVED, "B001": TicketState.SERVED}


def test_shift_lets_somebody_forward_and_v_says_that_nobody_came(qtbot, screen, desk):
    qtbot.keyClick(screen.call_button, "a")
    qtbot.keyClick(screen.call_button, "A", Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(screen.call_button, "p")
    qtbot.keyClick(screen.call_button, "b")
    qtbot.keyClick(screen.call_button, K.Key_Space)
    assert screen.number.text() == "A002"
    qtbot.keyClick(screen.call_button, "v")
    qtbot.keyClick(screen.call_button, K.Key_Space)
    assert screen.number.text() == "B001"


def test_a_number_out_of_turn_is_called_and_ended_from_the_list(qtbot, screen):
    for _each in range(3):
        qtbot.keyClick(screen.call_button, "a")
    screen.table.setFocus()
    screen.table.selectRow(1)
    qtbot.keyClick(screen.table, "v")
    screen.table.setFocus()
    screen.table.selectRow(1)
    qtbot.keyClick(screen.table, K.Key_Return)
    assert screen.number.text() == "A003"


@pytest.mark.qt_log_ignore("grabbing the keyboard", r"raise\(\)", extend=True)
def test_the_menu_sends_a_number_on_by_the_letter_of_its_group(qtbot, screen, desk):
    qtbot.keyClick(screen.call_button, "a")
    qtbot.keyClick(screen.call_button, K.Key_Space)
    qtbot.keyClick(screen.call_button, "m")
    qtbot.keyClick(screen.menu, "c")
    (ticket,) = queue_of(desk).tickets.values()
    assert (ticket.group, ticket.moves) == ("dat_dai", 1)


def test_after_a_click_space_still_calls(qtbot, screen):
    button = screen.drawing.buttons["ho_tich"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert screen.call_button.hasFocus()


def test_in_sight_it_looks_and_out_of_sight_it_does_not(qtbot, presenter, tickets, screen):
    assert tickets._watchers == {"queue"}
    screen.hide()
    assert tickets._watchers == set()


def test_from_anywhere_a_number_is_two_keys_away(qtbot, undressed, folder, enter, tasks):
    walk = Walk(qtbot, folder, enter, tasks)
    list(walk.sign_in())
    walk.settle()
    walk.key(K.Key_F11)
    walk.key(K.Key_A)
    desk = walk.window.workplace.desk
    # A scanner's first letter would look the same: it is known to be none after a moment.
    qtbot.waitUntil(lambda: numbers(queue_of(desk).waiting()) == ["A001"])
    walk.key(K.Key_Space)
    assert walk.view.number.text() == "A001"
    walk.key(K.Key_F2)
    assert walk.view is walk.window.workplace._views["intake"]
    walk.close()


# The hall


@pytest.fixture
def shown():
    return []


@pytest.fixture
def display(qtbot, desk, tasks, navigator, tickets, shown):
    """The display's presenter; `shown` are its windows."""

    def build(presenter):
        shown.append(hall.build(presenter))
        return shown[-1]

    made = HallPresenter(desk, tasks, navigator, tickets, build)
    yield made
    made.close()


def test_the_hall_sees_the_last_six_calls_and_nothing_of_who_waits(
    qtbot, display, presenter, shown
):
    for _each in range(8):
        presenter.draw("ho_tich")
        presenter.call_next()
    display.open()
    state = shown[0]._state
    assert [call.number for call in state.calls] == [f"A00{n}" for n in (8, 7, 6, 5, 4, 3)]
    assert {call.place for call in state.calls} == {"Quầy 1"}
    assert state.clock == "09:30"


def test_a_new_call_lights_up_three_times_at_most(qtbot, display, presenter, shown):
    display.open()
    window = shown[0]
    presenter.draw("ho_tich")
    assert not window._blinking.isActive()
    presenter.call_next()
    assert window._blinking.isActive()
    seen = []
    for _each in range(20):
        window._blink()
        seen.append(window._lit)
    assert seen.count(False) == BLINKS
    assert window._lit
    assert not window._blinking.isActive()
    presenter.recall()
    assert window._blinking.isActive()


def test_the_display_is_left_by_escape_and_opened_again(qtbot, display, shown, tickets):
    display.open()
    press(shown[0], K.Key_Escape)
    assert not shown[0].isVisible()
    assert tickets._watchers == set()
    display.open()
    assert len(shown) == 2
    press(shown[1], K.Key_F11)
    assert not shown[1].isVisible()


def test_with_one_screen_it_is_a_window_beside_the_work(qtbot, display, shown):
    display.open()
    assert not shown[0].isFullScreen()
    assert shown[0].size().width() == 960


def test_the_screen_that_it_fills_is_remembered(display, navigator):
    display.remember("HDMI-1")
    assert navigator.settings.hall_screen == "HDMI-1"
    display.remember("HDMI-1")
    assert [what for what, _with in navigator.asked].count("apply_settings") == 1


def test_the_next_officer_has_the_display_again_unless_it_was_closed(
    qtbot, display, navigator, shown
):
    display.resume()
    assert shown == []
    display.open()
    display.rest()
    assert navigator.settings.hall_open
    display.resume()
    assert len(shown) == 2
    assert not shown[1].isVisible()  # there is no second screen: it waits for one
    shown[1]._screen_came(QGuiApplication.primaryScreen())
    assert shown[1].isFullScreen()
    press(shown[1], K.Key_Escape)
    assert not navigator.settings.hall_open


def test_when_its_screen_goes_it_steps_aside_and_comes_back_with_it(qtbot, display, shown):
    display.open()
    window, screen = shown[0], QGuiApplication.primaryScreen()
    window._fill(screen)
    assert window.isFullScreen()
    window._screen_went(screen)
    assert not window.isVisible()
    window._screen_came(screen)
    assert window.isVisible()
    assert window.isFullScreen()


def test_the_chime_is_off_unless_the_office_wants_it(qtbot, display, screen, navigator, shown):
    display.open()
    qtbot.keyClick(screen.call_button, "a")
    assert not shown[0]._state.chime
    screen.chime.click()
    assert navigator.settings.hall_chime
    qtbot.keyClick(screen.call_button, K.Key_Space)
    assert shown[0]._state.chime


def test_long_names_of_places_are_drawn_within_the_display(qtbot, display, shown):
    display.open()
    call = HallCall(number="A10-012", place="Quầy tiếp nhận hồ sơ đất đai số 12")
    shown[0].show_state(HallState(office="UBND phường Phú Thử", calls=[call] * 6, clock="09:30"))
    picture = shown[0].grab().toImage()
    edge = {picture.pixelColor(picture.width() - 2, y).name() for y in range(picture.height())}
    assert edge == {"#0b1526"}


def test_the_display_is_a_window_of_its_own(qtbot, display, shown):
    display.open()
    assert shown[0].isWindow()
