"""Guidance, certified copies and a scanned paper, by the keys that docs/keys.md counts."""

import pytest
from PySide6.QtCore import Qt

from counter_app.desktop.batch import BatchView
from counter_app.desktop.guidance import GuidanceView
from counter_app.desktop.intake import IntakeView
from counter_app.domain.operation import GuidanceOutcome
from counter_app.services.guidance import guidances
from counter_app.services.search import search_ids
from tests.desktop.officer import CARD, CTRL, at_work
from tests.office import counts, kinds

ALT = Qt.KeyboardModifier.AltModifier
F10, ENTER = Qt.Key.Key_F10, Qt.Key.Key_Return


@pytest.fixture
def officer(qtbot, qapp, desk):
    with at_work(qtbot, qapp, desk) as officer:
        yield officer


def begin(officer):
    """Scan a card, and take the registration of a birth: four keys."""
    officer.scan(CARD)
    intake = wait_for(officer, IntakeView)
    officer.wait(intake.procedure.box.hasFocus)
    officer.type("dks")
    officer.enter()
    officer.wait(lambda: bool(intake.papers.lines))
    return intake


def wait_for(officer, kind):
    officer.wait(lambda: isinstance(officer.view, kind))
    return officer.view


def test_a_supplement_takes_six_keys_from_the_card_to_the_paper(officer, desk):
    intake = begin(officer)
    officer.shortcut(F10)
    wait_for(officer, GuidanceView)
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    assert officer.keys == 6
    (given,) = guidances(desk)
    assert given.given.outcome is GuidanceOutcome.SUPPLEMENT
    assert given.given.missing
    assert wait_for(officer, IntakeView) is intake
    officer.wait(lambda: not intake.applicant.name.line.text())
    assert counts(desk)["dossier"] == 0


def test_a_refusal_takes_four_keys_from_the_application_to_the_paper(officer, desk):
    begin(officer)
    before = officer.keys
    officer.shortcut(F10)
    wait_for(officer, GuidanceView)
    officer.shortcut(Qt.Key.Key_3, ALT)
    officer.wait(officer.view.reasons_box.hasFocus)
    officer.shortcut(Qt.Key.Key_Down)
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    assert officer.keys - before == 4
    (given,) = guidances(desk)
    assert given.given.outcome is GuidanceOutcome.REFUSAL
    assert given.given.reason == desk.catalogue.reasons.of("guidance_given")[0]


def test_its_paper_brings_the_application_back_without_a_key(officer, desk):
    intake = begin(officer)
    officer.shortcut(F10)
    wait_for(officer, GuidanceView)
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(officer.printer.printed) == 1)
    before = officer.keys
    officer.window.show_place("home")
    officer.scan(guidances(desk)[0].digits)
    wait_for(officer, IntakeView)
    officer.wait(lambda: intake.applicant.name.line.text() == "Nguyễn Thị Thử")
    officer.wait(lambda: bool(intake.papers.lines))
    assert officer.keys == before
    officer.shortcut(Qt.Key.Key_F9)
    officer.shortcut(ENTER, CTRL)
    officer.wait(intake.registered.isVisible)
    assert kinds(desk).count("received") == 1
    assert guidances(desk)[0].received


def test_esc_leads_back_to_the_application_as_it_was(officer, desk):
    intake = begin(officer)
    officer.shortcut(F10)
    wait_for(officer, GuidanceView)
    officer.shortcut(Qt.Key.Key_Escape)
    assert wait_for(officer, IntakeView) is intake
    assert intake.applicant.name.line.text() == "Nguyễn Thị Thử"
    assert list(guidances(desk)) == []


def test_without_an_application_the_key_shows_what_was_given(officer):
    officer.shortcut(F10)
    view = wait_for(officer, GuidanceView)
    officer.wait(view.given.isVisible)


def test_a_further_document_to_certify_takes_two_keys(officer, desk):
    officer.shortcut(Qt.Key.Key_B, CTRL)
    view = wait_for(officer, BatchView)
    officer.wait(lambda: view.counter.procedure_box.count() > 0)
    officer.scan(CARD)
    officer.wait(view.counter.pages_line.hasFocus)
    officer.type("3")
    officer.enter()
    before = officer.keys
    officer.type("5")
    officer.enter()
    assert officer.keys - before == 2
    officer.shortcut(ENTER, CTRL)
    officer.wait(lambda: len(search_ids(desk, "001190012345")) == 2)
    officer.wait(lambda: kinds(desk).count("fee_paid") == 2)
    assert officer.keys == 6
    officer.wait(view.counter.name_line.hasFocus)


def test_the_same_key_again_turns_to_the_group(officer):
    officer.shortcut(Qt.Key.Key_B, CTRL)
    view = wait_for(officer, BatchView)
    officer.wait(view.counter.isVisible)
    officer.shortcut(Qt.Key.Key_B, CTRL)
    officer.wait(view.group.isVisible)
