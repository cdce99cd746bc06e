"""What is rare at the intake: folded behind one line, in words, and unfolded when it is needed."""

import pytest
from PySide6.QtCore import Qt

from counter_app.desktop import intake
from counter_app.desktop.intake import IntakePresenter
from tests.desktop.taking import fill

NAME = "Lê Thị Mẫu"


@pytest.fixture
def presenter(desk, tasks, navigator):
    return IntakePresenter(desk, tasks, navigator)


@pytest.fixture
def screen(qtbot, presenter):
    widget = intake.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    presenter.enter()
    fill(presenter)
    return widget


@pytest.fixture
def submitter(presenter, screen):
    presenter.bring_submitter(True)
    presenter.edit("submitter.full_name", NAME)
    return screen.people.of_submitter


def test_who_comes_for_the_applicant_is_folded_away_by_a_key_and_told_in_words(
    qtbot, screen, submitter
):
    assert screen.submitter.isVisible()
    submitter.line.setFocus()
    qtbot.keyClick(submitter.line, Qt.Key.Key_Space)
    assert not screen.submitter.isVisible()
    assert submitter.said.isVisible()
    assert submitter.said.text() == f"{NAME} · Theo giấy ủy quyền"
    qtbot.keyClick(submitter.line, Qt.Key.Key_Space)
    assert screen.submitter.isVisible()


def test_what_is_wrong_unfolds_by_itself(presenter, screen, submitter):
    submitter.turn()
    presenter.edit("submitter.full_name", "")
    presenter.submit()
    assert screen.submitter.isVisible()


def test_a_problem_that_is_followed_leads_into_what_is_folded(presenter, screen, submitter):
    presenter.submit()
    submitter.turn()
    screen.focus_on("authority.document")
    assert screen.people.ground.document.line.hasFocus()


def test_another_agency_is_asked_for_on_demand_and_folded_away_again(qtbot, screen):
    deciding = screen.procedure.deciding
    assert not deciding.code.isVisible()
    qtbot.mouseClick(deciding.elsewhere, Qt.MouseButton.LeftButton)
    assert deciding.code.editor.hasFocus()
    qtbot.mouseClick(deciding.elsewhere, Qt.MouseButton.LeftButton)
    assert not deciding.code.isVisible()


def test_the_agency_that_decides_is_in_sight_in_a_draft_and_told_in_words(presenter, screen):
    deciding = screen.procedure.deciding
    presenter.edit("competent_agency", "H57.133")
    assert deciding.code.isVisible()
    deciding.elsewhere.click()
    assert not deciding.code.isVisible()
    assert deciding.line.text().endswith("H57.133")
    assert deciding.line.isVisible()
