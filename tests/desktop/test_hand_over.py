"""The hand-over screen: what goes today is ticked, the usual unit is named, one key does it."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt

from counter_app.desktop import hand_over as screens
from counter_app.desktop.hand_over import HandOverPresenter
from counter_app.domain.officer import Role
from counter_app.domain.status import Status
from counter_app.services.acting import look_up
from counter_app.services.hand_over import hand_over
from tests.desktop.sample import receive
from tests.desktop.typing import press, type_text
from tests.office import register

UNIT = "Bộ phận tư pháp - hộ tịch"
CTRL = Qt.KeyboardModifier.ControlModifier


class RecordingView:
    """Keeps the state it is shown."""

    def show_state(self, state):
        self.state = state


@pytest.fixture
def desk(desk):
    """A desk whose officer may do everything."""
    return replace(desk, officer=changed(desk.officer, roles=frozenset(Role)))


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = HandOverPresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.choose_printing(False)
    return presenter


def test_what_goes_today_is_ticked_and_the_usual_unit_named(desk, clock, presenter, view):
    hand_over(desk, [register(desk).id], unit=UNIT, receiver="Bùi Văn Thử")
    today = register(desk)
    clock.at = clock.at.replace(hour=15, minute=30)
    register(desk)
    presenter.enter()
    assert (view.state.unit, view.state.receiver) == (UNIT, "Bùi Văn Thử")
    assert [each.dossier_id for each in view.state.chosen] == [today.id]
    presenter.tick_all()
    assert len(view.state.chosen) == 2


def test_another_unit_takes_what_usually_goes_there(desk, presenter, view):
    birth, land = register(desk), receive(desk, 5)
    hand_over(desk, [birth.id], unit=UNIT)
    hand_over(desk, [land], unit="Bộ phận địa chính")
    birth, land = register(desk), receive(desk, 17)
    presenter.enter()
    assert [each.dossier_id for each in view.state.chosen] == [birth.id]
    presenter.name_unit("Bộ phận địa chính")
    assert [each.dossier_id for each in view.state.chosen] == [land]


def test_one_list_goes_and_the_rest_stays(desk, presenter, view, navigator):
    first, second = register(desk), register(desk)
    presenter.enter()
    presenter.tick(second.id, False)
    presenter.name_unit(UNIT)
    presenter.submit()
    assert "01/2026" in view.state.told
    assert look_up(desk, first.id).status is Status.PROCESSING
    assert [each.dossier_id for each in view.state.found.waiting] == [second.id]
    assert ("changed", None) in navigator.asked


def test_without_a_unit_nothing_goes_and_the_field_says_so(desk, presenter, view):
    dossier = register(desk)
    presenter.enter()
    presenter.submit()
    assert view.state.problem == "Chưa nhập mục này."
    assert look_up(desk, dossier.id).status is Status.RECEIVED


def test_by_keys_from_the_list_to_the_number(qtbot, desk, tasks, navigator):
    first, second = register(desk), register(desk)
    presenter = HandOverPresenter(desk, tasks, navigator)
    widget = screens.build(presenter)
    qtbot.addWidget(widget)
    presenter.choose_printing(False)
    with qtbot.waitActive(widget):
        widget.resize(1150, 600)
        widget.show()
        widget.activateWindow()
        widget.setFocus()
    presenter.enter()
    assert widget.table.hasFocus()
    press(widget.table, Qt.Key.Key_Space, " ")
    type_text(widget.unit, UNIT)
    qtbot.keyClick(widget, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "01/2026" in widget.told.message.text())
    assert look_up(desk, first.id).status is Status.RECEIVED
    assert look_up(desk, second.id).status is Status.PROCESSING
    presenter.attach(RecordingView())
