"""Keys do the same wherever the cursor is, and the cursor is where one goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.desktop.intake import IntakeView
from tests.desktop.sample import receive
from tests.desktop.typing import scan
from tests.desktop.walking import CARD, CTRL, NONE, Walk
from tests.office import PASSWORD

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLACES = {
    "intake": (K.Key_F2, K.Key_1),
    "search": (K.Key_F3, K.Key_2),
    "home": (K.Key_F6, K.Key_4),
    "summary": (K.Key_F7, K.Key_5),
}
SCREENS = ("home", "intake", "search", "dossier", "paper", "summary", "preferences", "help")


@pytest.fixture
def walk(qtbot, undressed, folder, enter, tasks):
    walk = Walk(qtbot, folder, enter, tasks)
    list(walk.sign_in())
    walk.settle()
    yield walk
    walk.close()


@pytest.fixture
def intake(walk, qtbot):
    """The intake as it is when card and procedure are known, and the papers are to be looked at."""
    walk.key(K.Key_F2)
    scan(CARD)
    qtbot.waitUntil(lambda: bool(walk.view.applicant.name.line.text()))
    walk.settle()
    walk.choose("1.001193")
    walk.settle()
    return walk.view


def stations(view):
    """Return where Tab stops on a screen, in its order."""
    found, here = [], view
    for _step in range(1_000):
        here = here.nextInFocusChain()
        if here is view:
            break
        stops = here.isVisible() and here.isEnabled() and here.focusProxy() is None
        if stops and here.focusPolicy() & Qt.FocusPolicy.TabFocus and view.isAncestorOf(here):
            found.append(here)
    return found


def cursor():
    return QApplication.focusWidget()


# The intake


def test_tab_goes_through_the_intake_as_one_reads(walk, intake):
    intake.applicant.number.line.setFocus()
    lines = list(intake.papers.lines.values())
    expected = [
        intake.applicant.name.line,
        intake.applicant.born.line,
        intake.applicant.sex.box,
        intake.applicant.phone.line,
        intake.applicant.email.line,
        intake.applicant.address.line,
        intake.second,
        intake.channel,
        intake.procedure.box,
        intake.procedure.case.box,
        intake.procedure.way,
        *(field.editor for field in intake.procedure.questions.values()),
        intake.anew,
        intake.papers.all,
        *(line.box for line in lines),
        intake.note_box,
        intake.save,
        intake.register,
    ]
    passed = []
    for _station in expected:
        walk.key(K.Key_Tab)
        passed.append(cursor())
    assert passed == expected
    walk.key(K.Key_Backtab, SHIFT)
    assert cursor() is intake.save


def test_ctrl_enter_registers_from_wherever_the_cursor_is(walk, intake):
    places = [each for each in stations(intake) if each.isVisible()]
    assert len(places) > 20
    for place in places:
        place.setFocus()
        assert cursor() is place
        walk.key(K.Key_Return, CTRL)
        # Nothing was ticked: it is said what is missing, and so the key was heard.
        assert intake.problems.links[0].hasFocus(), place.accessibleName()


def test_enter_in_a_field_neither_registers_nor_leaves_the_screen(walk, intake):
    fields = [each for each in stations(intake) if not hasattr(each, "click") or each.isCheckable()]
    for place in fields:
        place.setFocus()
        walk.key(K.Key_Return)
        assert walk.view is intake
        assert not intake.problems.isVisible(), place.accessibleName()
        assert intake.applicant.name.line.text() == "Trần Văn Thử"


def test_what_was_missing_and_is_there_gives_the_cursor_back(walk, intake):
    walk.key(K.Key_Return, CTRL)
    assert intake.problems.links[0].hasFocus()
    walk.key(K.Key_F9)
    assert not intake.problems.isVisible()
    assert intake.isAncestorOf(cursor())


# From everywhere


@pytest.fixture
def screen(walk, request):
    """One of the screens, with something on it."""
    made = [receive(walk.window.workplace.desk, number) for number in range(2)]
    work = walk.window.workplace
    if request.param == "dossier":
        work.open_dossier(made[0])
    elif request.param == "paper":
        work.look_at_receipt(made[0])
    else:
        work.go(request.param)
    walk.settle()
    return request.param


@pytest.mark.parametrize("screen", SCREENS, indirect=True)
def test_every_screen_begins_with_the_cursor_on_it(walk, screen):
    assert walk.view.isAncestorOf(cursor())
    assert cursor().isVisible()


@pytest.mark.parametrize("screen", SCREENS, indirect=True)
def test_every_place_is_one_key_away(walk, screen):
    work = walk.window.workplace
    for place, keys in PLACES.items():
        for key in keys:
            work.go(screen)
            walk.settle()
            walk.key(key, NONE if key >= K.Key_F1 else CTRL)
            assert walk.view is work._views[place], (place, key)
            assert walk.view.isAncestorOf(cursor())


@pytest.mark.parametrize("screen", SCREENS, indirect=True)
def test_the_scan_box_is_one_key_away_and_every_card_is_taken(walk, qtbot, screen):
    walk.key(K.Key_L, CTRL)
    assert cursor() is walk.window.workplace.scan_box
    walk.window.workplace.go(screen)
    walk.settle()
    scan(CARD)
    qtbot.waitUntil(lambda: isinstance(walk.view, IntakeView))
    qtbot.waitUntil(lambda: walk.view.applicant.name.line.text() == "Trần Văn Thử")
    walk.settle()
    assert cursor() is walk.view.procedure.box


@pytest.mark.parametrize("screen", SCREENS, indirect=True)
def test_behind_the_lock_the_cursor_is_where_it_was(walk, screen):
    before = cursor()
    walk.key(K.Key_F12)
    assert cursor() is walk.shown.password.edit
    walk.give(PASSWORD)
    assert cursor() is before


def test_escape_leads_back_step_by_step(walk):
    work = walk.window.workplace
    dossier_id = receive(work.desk, 0)
    work.search_for("thu")
    walk.settle()
    walk.key(K.Key_Return)
    assert walk.view is work._views["dossier"]
    work.look_at_receipt(dossier_id)
    walk.settle()
    walk.key(K.Key_Escape)
    assert walk.view is work._views["dossier"]
    walk.key(K.Key_Escape)
    assert walk.view is work._views["home"]
    assert cursor() is walk.view.table
