"""Keys do the same wherever the cursor is, and the cursor is where one goes on."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.desktop.intake import IntakeView
from tests.desktop.sample import receive
from tests.desktop.typing import scan, type_text
from tests.desktop.walking import CARD, CTRL, NONE, Walk
from tests.office import PASSWORD

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLACES = {
    "intake": (K.Key_F2, K.Key_1),
    "search": (K.Key_F3, K.Key_2),
    "returning": (K.Key_F4, K.Key_3),
    "home": (K.Key_F6, K.Key_4),
    "summary": (K.Key_F7, K.Key_5),
    "centre": (K.Key_F8, K.Key_6),
    "queue": (K.Key_F11, K.Key_7),
}
SCREENS = (
    "home",
    "intake",
    "search",
    "dossier",
    "returning",
    "hand_over",
    "paper",
    "summary",
    "centre",
    "queue",
    "guidance",
    "batch",
    "enrolment",
    "preferences",
    "help",
)
# The certification counter takes the card itself: its citizen stands there for many copies. Where
# results are handed out, it is that of whoever collects.
OWN_CARDS = {"batch", "returning"}


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
    """Return where Tab stops on a screen."""
    return [
        each
        for each in view.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and each.isVisible()
        and each.isEnabled()
    ]


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
        intake.people.third,
        intake.channel,
        intake.procedure.box,
        intake.procedure.case.box,
        intake.procedure.way,
        intake.procedure.deciding.elsewhere,
        *(field.editor for field in intake.procedure.questions.values()),
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
    places = stations(intake)
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
def test_wherever_one_is_the_keys_lead_where_they_lead_everywhere(walk, qtbot, screen):
    assert_the_cursor_is_on_the_screen(walk)
    assert_the_lock_gives_the_cursor_back(walk)
    assert_every_place_is_one_key_away(walk, screen)
    assert_the_scan_box_is_one_key_away(walk)
    if screen not in OWN_CARDS:
        assert_a_card_begins_an_intake(walk, qtbot, screen)


def assert_the_cursor_is_on_the_screen(walk):
    assert walk.view.isAncestorOf(cursor())
    assert cursor().isVisible()


def assert_the_lock_gives_the_cursor_back(walk):
    before = cursor()
    walk.key(K.Key_F12)
    assert cursor() is walk.shown.password.edit
    walk.give(PASSWORD)
    assert cursor() is before


def assert_every_place_is_one_key_away(walk, screen):
    work = walk.window.workplace
    for place, (key, other) in PLACES.items():
        # Both are the window's own: the second is pressed from one screen, for all.
        for pressed, modifiers in ((key, NONE), (other, CTRL))[: 2 if screen == "help" else 1]:
            work.go(screen)
            walk.settle()
            walk.key(pressed, modifiers)
            assert walk.view is work._views[place], (place, pressed)
            assert walk.view.isAncestorOf(cursor())


def assert_the_scan_box_is_one_key_away(walk):
    walk.key(K.Key_L, CTRL)
    assert cursor() is walk.window.workplace.scan_box


def assert_a_card_begins_an_intake(walk, qtbot, screen):
    walk.window.workplace.go(screen)
    walk.settle()
    scan(CARD)
    qtbot.waitUntil(lambda: isinstance(walk.view, IntakeView))
    qtbot.waitUntil(lambda: walk.view.applicant.name.line.text() == "Trần Văn Thử")
    walk.settle()
    assert cursor() is walk.view.procedure.box


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


# Another language, other letters


@pytest.mark.parametrize("change", [{"language": "en"}, {"scale": 150}, {"dark": True}], ids=str)
def test_nothing_typed_is_lost_when_the_window_is_dressed_anew(walk, intake, change):
    born = intake.procedure.questions["answers.child_birth_date"].line
    born.setFocus()
    type_text(born, "15/3")
    intake.note_box.setPlainText("Gọi trước khi đến")
    walk.window.apply_settings(replace(walk.window.settings, **change))
    walk.settle()
    assert walk.view is not intake
    born = walk.view.procedure.questions["answers.child_birth_date"].line
    assert born.text() == "15/3"
    assert cursor() is born
    assert walk.view.note_box.toPlainText() == "Gọi trước khi đến"
    assert walk.view.applicant.name.line.text() == "Trần Văn Thử"


def test_a_language_is_chosen_by_arrows_and_the_cursor_stays(walk):
    walk.key(K.Key_Comma, CTRL)
    walk.key(K.Key_Right)
    assert walk.window.settings.language == "en"
    assert cursor().text() == "English"


# The first run


@pytest.fixture
def office(qtbot, undressed, tmp_path, enter, tasks):
    """The second step of the first run."""
    walk = Walk(qtbot, tmp_path / "new", enter, tasks)
    walk.key(K.Key_Return)
    yield walk
    walk.close()


def test_after_the_last_field_of_the_first_run_comes_the_way_on(office):
    page = office.shown.office
    for line in page.lines.values():
        assert cursor() is line
        office.key(K.Key_Tab)
    assert cursor() is office.shown.next_button


def test_whoever_mends_one_field_is_not_led_to_the_next(office):
    page = office.shown.office
    office.key(K.Key_Return)
    assert cursor() is page.lines["code"]
    for letter in (K.Key_H, K.Key_5, K.Key_7):
        office.key(letter)
    assert cursor() is page.lines["code"]
    assert page.lines["code"].text() == "h57"
    office.key(K.Key_Return)
    assert cursor() is page.lines["name"]
