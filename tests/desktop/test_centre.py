"""The centre's screen: what it says, what it lists, and where it leads."""

import pytest
from PySide6.QtCore import Qt

from counter_app.desktop import centre
from counter_app.desktop.centre import CentrePresenter
from counter_app.desktop.courier import Traffic
from counter_app.desktop.standing import Standing
from counter_app.domain import operation as op
from counter_app.domain.officer import Role
from counter_app.errors import CentreUnreachable
from counter_app.services.acting import act
from counter_app.services.status import desk_status
from counter_app.wire.delivery import Verdict
from tests.desktop.conftest import RecordingView
from tests.desktop.linked import ADDRESS, acknowledge, link
from tests.desktop.sample import receive
from tests.desktop.typing import press
from tests.office import MONDAY, with_roles


@pytest.fixture
def view():
    return RecordingView()


def presenter_of(desk, tasks, navigator, view):
    presenter = CentrePresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.enter()
    return presenter


def standing_of(desk, **traffic):
    return Standing(
        now=MONDAY, status=desk_status(desk), backed_up_at=None, traffic=Traffic(**traffic)
    )


@pytest.fixture
def reported(desk):
    """A dossier of which the centre has flagged the reception and refused what followed."""
    link(desk)
    dossier_id = receive(desk, 0)
    act(desk, dossier_id, op.Noted(text="Công dân hẹn đến sau 15 giờ."))
    verdicts = [
        (dossier_id, "received", Verdict.FLAGGED, "code_clash"),
        (dossier_id, "noted", Verdict.REFUSED, "role"),
    ]
    acknowledge(desk, verdicts)
    return dossier_id


def test_a_desk_that_stands_alone_says_so_and_leads_on(desk, tasks, navigator, view):
    presenter = presenter_of(desk, tasks, navigator, view)
    assert view.state.address == ""
    assert view.state.may_enrol
    presenter.begin_enrolment()
    assert navigator.asked == [("begin_enrolment", None)]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_supervisor_and_administrator_may_connect_the_desk(desk, tasks, navigator, view, role):
    presenter_of(with_roles(desk, role), tasks, navigator, view)
    assert view.state.may_enrol


def test_nobody_else_may(desk, tasks, navigator, view):
    presenter = presenter_of(with_roles(desk, Role.RECEPTION), tasks, navigator, view)
    presenter.begin_enrolment()
    assert not view.state.may_enrol
    assert navigator.asked == []


def test_address_and_fingerprint_are_shown_as_soon_as_there_is_a_centre(
    desk, tasks, navigator, view
):
    presenter = presenter_of(desk, tasks, navigator, view)
    link(desk)
    presenter.enter()
    assert view.state.address == ADDRESS
    assert len(view.state.fingerprint.split()) == 8
    assert view.state.reported == []


def test_what_the_centre_has_not_taken_as_it_came_is_listed_latest_first(
    desk, tasks, navigator, view, reported
):
    presenter = presenter_of(desk, tasks, navigator, view)
    listed = [(each.operation.header.kind, each.verdict) for each in view.state.reported]
    assert listed == [("noted", Verdict.REFUSED), ("received", Verdict.FLAGGED)]
    presenter.open_dossier(reported)
    assert navigator.asked == [("open_dossier", reported)]


# The wires


@pytest.fixture
def screen(qtbot, desk, tasks, navigator):
    shown = []

    def screen():
        presenter = CentrePresenter(desk, tasks, navigator)
        widget = centre.build(presenter)
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.resize(1130, 600)
            widget.show()
        presenter.enter()
        shown.append(presenter)  # Qt does not keep it alive, this frame does
        return presenter, widget

    yield screen


def test_the_chosen_line_is_explained_and_enter_opens_its_dossier(screen, navigator, reported):
    _presenter, widget = screen()
    reports = widget.reports
    assert reports.table.rowCount() == 2
    assert reports._verdict.text() == "Bị từ chối"
    press(reports.table, Qt.Key.Key_Down)
    assert reports._verdict.text() == "Cần kiểm tra"
    assert "-0001 · " in reports._what.text()
    assert reports._why.text()
    press(reports.table, Qt.Key.Key_Return)
    assert navigator.asked == [("open_dossier", reported)]


def test_looking_again_leaves_the_chosen_line(screen, desk, reported):
    presenter, widget = screen()
    press(widget.reports.table, Qt.Key.Key_Down)
    other = receive(desk, 1)
    acknowledge(desk, [(other, "received", Verdict.FLAGGED, "not_leased")])
    presenter.enter()
    assert widget.reports.table.rowCount() == 3
    assert widget.reports._verdict.text() == "Cần kiểm tra"
    assert widget.reports.table.currentRow() == 2


def test_what_stands_in_the_way_is_said_and_can_be_tried_at_once(screen, desk, navigator):
    link(desk)
    receive(desk, 0)
    presenter, widget = screen()
    presenter.show_standing(standing_of(desk, trouble=CentreUnreachable(reason="…")))
    assert widget.sentence.text().startswith("Ngoại tuyến — 1 hồ sơ chờ gửi")
    widget.send_button.click()
    assert navigator.asked == [("send_now", None)]


def test_the_cursor_stays_on_the_button_while_it_is_being_sent(screen, desk):
    link(desk)
    presenter, widget = screen()
    widget.activateWindow()
    widget.setFocus()
    presenter.show_standing(standing_of(desk))
    presenter.show_standing(standing_of(desk, working=True, sending=3))
    assert widget.sentence.text() == "Đang gửi 3…"
    assert widget.focusWidget() is widget.send_button


def test_when_all_is_well_it_says_so(screen, desk):
    link(desk)
    acknowledge(desk)
    presenter, widget = screen()
    presenter.show_standing(standing_of(desk, heard_at=MONDAY))
    assert widget.sentence.text() == "Đã gửi hết lúc 09:30"
    assert widget.nothing.sentence.text() == "Trung tâm không báo lại mục nào cần người xử lý."
