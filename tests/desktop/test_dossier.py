"""One dossier: what is told of it, what has happened to it, and who may read its numbers."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from counter_app.desktop import dossier as screens
from counter_app.desktop.dossier import DossierPresenter
from counter_app.desktop.dossier.facts import sections
from counter_app.domain import operation as op
from counter_app.domain.officer import Officer, Role
from counter_app.domain.party import Authority
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.domain.sentence import sentence
from counter_app.errors import UnknownDossier
from counter_app.i18n import speak
from counter_app.services.acting import act
from counter_app.services.viewing import open_dossier
from tests.desktop.conftest import RecordingView
from tests.desktop.sample import (
    a_person,
    note_on_unknown,
    receive,
    token_of,
    touch_by_newer_program,
)
from tests.desktop.typing import press
from tests.factories import EXAMPLES
from tests.office import register

NUMBER = a_person(3).id_number


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = DossierPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def dossier(desk):
    """A dossier that somebody else has handed in for the applicant."""
    return receive(desk, 3)


def told(opened, *, numbers_shown=False):
    facts = [
        fact for section in sections(opened, numbers_shown=numbers_shown) for fact in section[1]
    ]
    return {fact.caption: fact for fact in facts}


def looks(desk):
    with desk.store.read() as connection:
        query = "SELECT count(*) FROM operation WHERE kind = 'record_viewed'"
        return connection.exec_driver_sql(query).scalar_one()


def test_a_look_is_noted_once_a_day_for_each_officer(desk, clock, presenter, dossier):
    presenter.open(dossier)
    presenter.enter()
    presenter.enter()
    assert looks(desk) == 1
    open_dossier(
        replace(desk, officer=Officer(id="binh", name="B", roles=frozenset(Role))), dossier
    )
    assert looks(desk) == 2
    clock.at += timedelta(days=1)
    open_dossier(replace(desk, business_date=clock.at.date()), dossier)
    assert looks(desk) == 3


def test_the_look_itself_is_no_part_of_the_timeline(presenter, view, dossier):
    presenter.open(dossier)
    presenter.enter()
    kinds = [entry.operation.header.kind for entry in view.state.opened.entries]
    assert kinds == ["received"]


def test_the_newest_stands_on_top(desk, presenter, view, dossier):
    act(desk, dossier, op.Noted(text="Gọi trước"))
    presenter.open(dossier)
    presenter.enter()
    kinds = [entry.operation.header.kind for entry in view.state.opened.entries]
    assert kinds == ["noted", "received"]


def test_identity_numbers_are_masked_until_they_are_asked_for(presenter, view, dossier):
    presenter.open(dossier)
    presenter.enter()
    assert not view.state.numbers_shown
    assert told(view.state.opened)["Số định danh"].value.endswith("0503")
    assert "•" in told(view.state.opened)["Số định danh"].value
    presenter.toggle_numbers()
    assert view.state.numbers_shown
    shown = sections(view.state.opened, numbers_shown=True)
    assert NUMBER in [fact.value for fact in shown[0].facts]


def test_a_dossier_opened_anew_has_its_numbers_masked_again(presenter, view, dossier):
    presenter.open(dossier)
    presenter.enter()
    presenter.toggle_numbers()
    presenter.open(dossier)
    assert not view.state.numbers_shown


def test_answers_are_told_in_the_words_of_the_form_under_which_it_was_received(desk):
    opened = open_dossier(desk, receive(desk, 2))
    assert told(opened)["Mục đích sử dụng"].value == "Đăng ký kết hôn"


def test_who_acts_for_whom_and_who_may_collect_is_told(desk):
    dossier = register(
        desk,
        submitter=a_person(7),
        authority=Authority(document="Giấy ủy quyền số 12", issued_on="2026-11-20"),
        collector=a_person(9),
    )
    opened = open_dossier(desk, dossier.id)
    assert told(opened)["Tư cách"].value == "Theo giấy ủy quyền: Giấy ủy quyền số 12, 20/11/2026"
    titles = [section.title for section in sections(opened, numbers_shown=False)]
    assert "Người được cử nhận" in titles
    assert a_person(7).full_name in sentence(opened.entries[0].operation)


def test_guidance_before_it_stands_at_its_beginning(desk):
    token = token_of(77)
    with desk.store.begin() as uow:
        guided = changed(EXAMPLES["guidance_given"], token=token)
        blank = uow.dossier(dossier_id_of(token))
        uow.append(desk.operation(guided, role=Role.RECEPTION, on=blank))
    with pytest.raises(UnknownDossier):
        open_dossier(desk, blank.id)
    register(desk, token=token)
    kinds = [entry.operation.body.kind for entry in open_dossier(desk, blank.id).entries]
    assert kinds == ["received", "guidance_given"]


def test_captions_and_law_follow_the_language(desk, dossier):
    opened = open_dossier(desk, dossier)
    speak("en")
    assert told(opened)["Civil status event"].value == "Birth"


def test_a_corrected_field_shows_the_old_value_too(desk, dossier):
    body = op.Amended(field="applicant.phone", old="0900000003", new="0900099999", reason="Nhầm")
    act(desk, dossier, body)
    sheet = sections(open_dossier(desk, dossier), numbers_shown=False)[0]
    assert ("Điện thoại", "0900099999", "0900000003") in sheet.facts


def test_a_dossier_that_was_not_received_here_shows_what_is_known(desk, presenter, view):
    unknown = note_on_unknown(desk)
    presenter.open(unknown)
    presenter.enter()
    assert told(view.state.opened)["Đã thu"].value == "50.000 ₫"
    presenter.print_receipt()
    assert not presenter._navigator.asked


def test_what_this_desk_has_never_seen_is_said_to_be_unknown(presenter, view):
    presenter.open(UUID(int=5))
    presenter.enter()
    assert view.state.opened is None
    assert "không có hồ sơ" in view.state.problem


def test_a_note_alone_makes_a_dossier_known(desk):
    act(desk, UUID(int=6), op.Noted(text="Giấy hẹn nhặt được"))
    assert len(open_dossier(desk, UUID(int=6)).entries) == 1
    with pytest.raises(UnknownDossier):
        open_dossier(desk, UUID(int=7))


def test_the_receipt_can_be_printed_again_and_looked_at(presenter, navigator, dossier):
    presenter.open(dossier)
    presenter.enter()
    presenter.print_receipt()
    presenter.look_at_receipt()
    assert navigator.asked == [
        ("print_receipt", (dossier, True)),
        ("look_at_receipt", dossier),
    ]


@pytest.fixture
def screen(qtbot, desk, tasks, navigator):
    presenter = DossierPresenter(desk, tasks, navigator)
    widget = screens.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.resize(1150, 600)
        widget.show()
        widget.activateWindow()

    def show(dossier_id):
        presenter.open(dossier_id)
        presenter.enter()
        widget.setFocus()
        return widget

    yield show


def test_the_head_says_which_it_is_and_how_long_it_may_take(qtbot, screen, dossier):
    widget = screen(dossier)
    assert widget.head.code.text() == "H57.132-261123-0001"
    assert widget.head.status.text() == "Đã tiếp nhận"
    assert widget.head.left.text() == "Hôm nay 17:00"
    qtbot.mouseClick(widget.head.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "H57.132-261123-0001"
    assert widget.head.copy_button.text() == "Đã sao chép"


def test_ctrl_p_prints_and_ctrl_h_shows_the_numbers(qtbot, screen, dossier, navigator):
    widget = screen(dossier)
    qtbot.keyClick(widget, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ("print_receipt", (dossier, True)) in navigator.asked)
    qtbot.keyClick(widget, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: widget.eye.accessibleName() == "Ẩn số định danh")


def test_the_arrows_turn_the_sheets(screen, dossier):
    widget = screen(dossier)
    press(widget.tabs.tabBar(), Qt.Key.Key_Right)
    assert widget.tabs.currentWidget() is widget.papers
    assert widget.tabs.tabText(1) == "Giấy tờ (2)"


def test_what_a_newer_program_has_touched_can_only_be_read(desk, screen, dossier):
    touch_by_newer_program(desk, dossier)
    widget = screen(dossier)
    assert not widget.warning.isHidden()
    assert "phiên bản phần mềm mới hơn" in widget.warning.message.text()


def test_nothing_can_be_printed_of_what_was_not_received_here(desk, screen):
    widget = screen(note_on_unknown(desk))
    assert widget.head.print_button.isHidden()
    assert widget.eye.isHidden()
    assert widget.head.code.text() == "Chưa biết mã hồ sơ"


def test_other_papers_are_offered_and_printed_once_more(presenter, view, navigator, desk, dossier):
    presenter.open(dossier)
    presenter.enter()
    (slip,) = view.state.offers
    assert (slip.form, slip.printed) == ("control-slip", 0)
    presenter.print_other(slip)
    presenter.enter()
    assert view.state.offers[0].printed == 1
    presenter.print_other(slip)
    sheets = [what for name, what in navigator.asked if name == "print_sheet"]
    assert [(sheet.form, sheet.copy) for sheet in sheets] == [
        ("control-slip", 0),
        ("control-slip", 1),
    ]


def test_the_menu_of_papers_says_what_each_tells_of(qtbot, presenter, dossier):
    screen = screens.build(presenter)
    qtbot.addWidget(screen)
    presenter.open(dossier)
    presenter.enter()
    (action,) = screen.head.papers.actions()
    assert action.text() == "Phiếu kiểm soát (mẫu 06)"
    action.trigger()
    presenter.enter()
    (action,) = screen.head.papers.actions()
    assert action.text() == "Phiếu kiểm soát (mẫu 06) · đã in: 1"
