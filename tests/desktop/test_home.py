"""The day's list: what the tiles count, what the table lists, and what was begun."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from counter_app.desktop import home
from counter_app.desktop.home import HomePresenter
from counter_app.domain import operation as op
from counter_app.errors import StoreDamaged
from counter_app.services.acting import act, look_up
from counter_app.services.drafts import unfinished
from counter_app.services.home import Pile
from tests.desktop.conftest import AtOnce, RecordingView, Waiting
from tests.desktop.sample import a_fortnight, an_application, leave_a_draft, receive
from tests.desktop.typing import press


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = HomePresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


def codes(state):
    return [state.listing.rows[row_id].code for row_id in state.listing.ids]


def test_before_the_store_has_answered_nothing_is_said_to_be_empty(desk, navigator, view):
    tasks = Waiting()
    presenter = HomePresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.enter()
    assert not view.state.looked
    tasks.work()
    assert view.state.looked


def test_a_new_desk_has_nothing_to_list(presenter, view):
    presenter.enter()
    assert view.state.listing.ids == []
    assert {count.number for count in view.state.counts.values()} == {0}


def test_what_was_received_today_is_listed_newest_first(desk, presenter, view):
    for number in range(3):
        receive(desk, number)
    presenter.enter()
    assert view.state.counts[Pile.RECEIVED].number == 3
    assert [code[-4:] for code in codes(view.state)] == ["0003", "0002", "0001"]


def test_each_tile_lists_as_many_as_it_counts(desk, clock, presenter, view):
    a_fortnight(desk, clock, 20)
    presenter.enter()
    for pile in Pile:
        presenter.choose_pile(pile)
        assert view.state.pile is pile
        assert len(view.state.listing.ids) == view.state.counts[pile].number > 0


def test_what_is_late_comes_before_what_will_be_late_soon(desk, clock, presenter, view):
    a_fortnight(desk, clock, 20)
    presenter.choose_pile(Pile.PRESSING)
    listing, count = view.state.listing, view.state.counts[Pile.PRESSING]
    due = [listing.rows[row_id].due_at for row_id in listing.ids]
    assert due == sorted(due)
    assert sum(at < listing.now for at in due) == count.late
    assert 0 < count.late < count.number


def test_a_result_that_is_there_waits_to_be_handed_out(desk, clock, presenter, view):
    made = a_fortnight(desk, clock, 20)
    presenter.choose_pile(Pile.TO_COLLECT)
    waiting = {row.dossier_id for row in view.state.listing.rows.values()}
    assert waiting <= set(made)
    one = look_up(desk, next(iter(waiting)))
    collector, channel = one.received.applicant, one.received.return_channel
    act(desk, one.id, op.ResultReturned(collector=collector, channel=channel))
    presenter.enter()
    assert view.state.counts[Pile.TO_COLLECT].number == len(waiting) - 1


def test_of_two_tiles_pressed_in_haste_the_last_one_is_shown(desk, navigator, view):
    tasks = Waiting()
    presenter = HomePresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.choose_pile(Pile.TO_COLLECT)
    presenter.choose_pile(Pile.DUE_TODAY)
    tasks.work()
    assert view.state.pile is Pile.DUE_TODAY


def test_an_unfinished_draft_is_offered_with_its_procedure(desk, presenter, view, navigator):
    leave_a_draft(desk)
    presenter.enter()
    (begun,) = view.state.unfinished
    assert begun.procedure == "Đăng ký khai sinh"
    presenter.continue_draft(begun.draft)
    assert navigator.last("begin_intake") == begun.draft


def test_a_draft_of_a_procedure_that_is_no_more_is_still_offered(desk, presenter, view):
    leave_a_draft(desk, procedure="9.999999")
    presenter.enter()
    assert [begun.procedure for begun in view.state.unfinished] == ["9.999999"]


def test_a_discarded_draft_can_be_had_back(desk, presenter, view, navigator):
    leave_a_draft(desk)
    presenter.enter()
    presenter.drop_draft(view.state.unfinished[0].draft)
    assert view.state.unfinished == []
    navigator.actions["Hoàn tác"]()
    assert len(view.state.unfinished) == len(unfinished(desk)) == 1


class Broken(AtOnce):
    """Lanes to a disk that cannot be read."""

    def read(self, work, *, done, failed):
        failed(StoreDamaged(reason="…"))


def test_a_failing_store_is_said_and_the_tile_is_let_go(desk, navigator, view):
    presenter = HomePresenter(desk, Broken(), navigator)
    presenter.attach(view)
    presenter.choose_pile(Pile.TO_COLLECT)
    assert isinstance(navigator.last("refuse"), StoreDamaged)
    assert view.state.pile is Pile.RECEIVED
    presenter.choose_pile(Pile.TO_COLLECT)
    assert len(navigator.asked) == 2


@pytest.fixture
def screen(qtbot, desk, tasks, navigator):
    presenter = HomePresenter(desk, tasks, navigator)
    widget = home.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.resize(1150, 600)
        widget.show()
    presenter.enter()
    yield widget


def test_enter_opens_the_chosen_dossier(desk, screen, navigator):
    receive(desk, 0)
    newest = receive(desk, 1)
    screen.refreshed.emit()
    press(screen.table, Qt.Key.Key_Return)
    assert navigator.last("open_dossier") == newest


def test_a_tile_lists_what_it_counts_from_the_most_urgent(qtbot, desk, clock, screen):
    a_fortnight(desk, clock, 20)
    screen.refreshed.emit()
    press(screen.table, Qt.Key.Key_End)
    tile = screen.tiles.tile(Pile.PRESSING)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert tile.isChecked()
    assert screen.table.currentIndex().row() == 0
    assert "quá hạn" in tile.accessibleDescription()


def test_the_empty_day_says_what_to_do_next(screen, navigator):
    assert screen.empty.sentence.text() == "Chưa có hồ sơ hôm nay. Quét thẻ căn cước hoặc nhấn F2."
    screen.empty.action.click()
    assert navigator.asked[-1] == ("begin_intake", None)


def test_the_strip_of_drafts_shows_only_when_there_are_some(desk, clock, screen, navigator):
    assert screen.drafts.isHidden()
    for number in range(900, 904):
        clock.at += timedelta(minutes=1)
        leave_a_draft(desk, number)
    screen.refreshed.emit()
    assert screen.drafts.heading.text() == "Bản nháp chưa xong (4)"
    screen.drafts.continued.emit(unfinished(desk)[0])
    assert navigator.last("begin_intake").intake.applicant == an_application(903).applicant


def test_the_receipts_of_some_lines_are_printed_in_one_go(desk, presenter, navigator, view):
    for number in range(3):
        receive(desk, number)
    presenter.enter()
    ids = list(view.state.listing.ids)[:2]
    presenter.print_stack(ids)
    sheets = [given for what, given in navigator.asked if what == "print_sheet"]
    assert [each.dossier_id for each in sheets] == [
        view.state.listing.rows[row_id].dossier_id for row_id in ids
    ]


def test_several_lines_are_marked_and_printed_by_one_key(qtbot, desk, presenter, navigator):
    for number in range(3):
        receive(desk, number)
    presenter.enter()
    shown = home.build(presenter)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.table.setFocus()
    assert not shown.stack.isVisible()
    qtbot.keyClick(shown.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert shown.stack.isVisible()
    assert shown.isAncestorOf(shown.stack)
    shown.stack.click()
    assert sum(what == "print_sheet" for what, _given in navigator.asked) == 2
