"""The door: a name and a password, a wait after too many wrong ones, a lock in between."""

import subprocess
import sys

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from counter_app import i18n
from counter_app.desktop import sign_in
from counter_app.desktop.sign_in.presenter import SignInPresenter
from counter_app.domain.officer import Officer, Role
from counter_app.errors import InvalidForm
from counter_app.keys.officers import add_officer, change_password, reset_password
from counter_app.keys.throttle import Uptime
from counter_app.services import opening as services
from counter_app.settings import Settings
from tests.desktop.conftest import Waiting
from tests.desktop.typing import press, type_text
from tests.office import OFFICER, PASSWORD

CLERK = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))
CLERKS_PASSWORD = "ba chiếc ghe xanh"


class Here:
    """The way into the desk of one folder, as the composition root makes it."""

    def __init__(self, folder, catalogue, clock, now):
        self.folder = folder
        self.desks = []
        self.steps, self.looked = (), lambda: None
        self._means = {"catalogue": catalogue, "clock": clock}
        self._now = now

    def prepare(self):
        pass

    def law(self):
        return self._means["catalogue"]

    def enter(self, officer, password, progress):
        for step in self.steps:
            progress(*step)
            self.looked()
        desk = services.sign_in(self.folder, officer, password, uptime=self._now(), **self._means)
        self.desks.append(desk)
        return desk


class Window:
    """Notes who was let in."""

    def __init__(self):
        self.settings = Settings(office_name="UBND phường Phú Thử", desk_name="Quầy 1")
        self.entered_by = []

    def entered(self, desk, notice=""):
        self.entered_by.append((desk, notice))

    def apply_settings(self, settings):
        self.settings = settings


class RecordingView:
    def __init__(self):
        self.states = []

    def show_state(self, state):
        self.states.append(state)

    @property
    def state(self):
        return self.states[-1]


class Uptimes:
    """Time since the PC was started, which a test moves."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return Uptime(boot="test", seconds=self.seconds)


@pytest.fixture
def opening(folder, catalogue, clock, now):
    here = Here(folder, catalogue, clock, now)
    yield here
    for desk in here.desks:
        desk.store.close()


@pytest.fixture
def window():
    return Window()


@pytest.fixture
def now():
    return Uptimes()


@pytest.fixture
def presenter(opening, tasks, window, now):
    presenter = SignInPresenter(opening, tasks, window, now=now)
    presenter.attach(RecordingView())
    presenter.enter()
    return presenter


@pytest.fixture
def view(presenter):
    view = RecordingView()
    presenter.attach(view)
    return view


def a_clerk(folder, enter):
    """Give a second officer an account, with a password that he has chosen himself."""
    desk = enter(folder, OFFICER.id, PASSWORD)
    add_officer(folder, desk.store.key, CLERK, "bốn cây đèn dầu")
    now = Uptime(boot="test", seconds=1000)
    change_password(folder, CLERK.id, "bốn cây đèn dầu", CLERKS_PASSWORD, now)
    return desk


def test_the_officer_of_last_time_is_chosen(view):
    assert view.state.chosen == OFFICER.id
    assert view.state.officer.officer.name == OFFICER.name


def test_the_right_password_lets_in(presenter, window):
    presenter.submit(PASSWORD)
    assert [desk.officer for desk, _notice in window.entered_by] == [OFFICER]


def test_how_far_the_data_of_an_older_release_is_prepared_is_said_meanwhile(
    opening, presenter, view, window
):
    opening.steps, opening.looked = ((0, 400), (100, 400), (400, 400)), presenter.tick
    presenter.submit(PASSWORD)
    said = [state.upgraded for state in view.states if state.busy]
    assert said == [None, 0, 25, 100]
    assert view.state.upgraded is None
    assert len(window.entered_by) == 1


def test_while_the_password_is_looked_at_nothing_else_can_be_pressed(opening, window, now):
    lanes = Waiting()
    presenter = SignInPresenter(opening, lanes, window, now=now)
    view = RecordingView()
    presenter.attach(view)
    presenter.enter()
    lanes.work()
    presenter.submit(PASSWORD)
    presenter.submit(PASSWORD)
    assert view.state.busy
    lanes.work()
    assert len(window.entered_by) == 1
    assert not view.state.busy


def test_an_empty_password_costs_no_try(presenter, view):
    presenter.submit("")
    assert view.state.problem == "Chưa nhập mật khẩu."
    assert view.state.officer.throttle.failures == 0


def test_a_wrong_password_is_refused_in_words(presenter, view, window):
    presenter.submit("không phải mật khẩu này")
    assert "không đúng" in view.state.problem
    assert window.entered_by == []


def test_after_five_wrong_passwords_the_wait_is_counted_down(presenter, view, window, now):
    for _ in range(5):
        presenter.submit("không phải mật khẩu này")
    assert view.state.wait == 32
    presenter.submit(PASSWORD)
    assert window.entered_by == []
    now.seconds += 31
    presenter.tick()
    assert view.state.wait == 1
    now.seconds += 1
    presenter.tick()
    assert (view.state.wait, view.state.problem) == (0, "")
    presenter.submit(PASSWORD)
    assert len(window.entered_by) == 1


def test_wrong_passwords_of_others_are_told_when_one_signs_in(
    presenter, view, window, opening, tasks, now
):
    presenter.submit("không phải mật khẩu này")
    later = SignInPresenter(opening, tasks, window, now=now)
    later.enter()
    later.submit(PASSWORD)
    assert "1 lần nhập sai" in window.entered_by[0][1]


def test_slips_of_ones_own_are_no_news(presenter, window):
    presenter.submit("không phải mật khẩu này")
    presenter.submit(PASSWORD)
    assert window.entered_by[0][1] == ""


def test_a_password_that_somebody_else_chose_must_be_changed(
    presenter, view, window, folder, enter
):
    desk = enter(folder, OFFICER.id, PASSWORD)
    reset_password(folder, desk.store.key, OFFICER.id, "bốn cây đèn dầu")
    desk.store.close()
    presenter.enter()
    presenter.submit("bốn cây đèn dầu")
    assert view.state.must_change
    presenter.change_password("mật khẩu", "mật mã")
    assert "không giống nhau" in view.state.new_problem
    presenter.change_password("bốn cây đèn dầu", "bốn cây đèn dầu")
    assert "cần đổi" in view.state.new_problem
    presenter.change_password("abc", "abc")
    assert "ngắn" in view.state.new_problem
    assert window.entered_by == []
    presenter.change_password("năm dòng suối nhỏ", "năm dòng suối nhỏ")
    assert len(window.entered_by) == 1


def test_behind_the_lock_the_same_officer_comes_back_to_the_same_desk(
    presenter, view, window, desk
):
    presenter.lock(desk)
    assert view.state.locked_by == OFFICER.name
    presenter.submit("không phải mật khẩu này")
    assert window.entered_by == []
    presenter.submit(PASSWORD)
    assert window.entered_by[0][0] is desk


def test_behind_the_lock_another_officer_takes_over_the_open_store(
    presenter, view, window, folder, enter
):
    desk = a_clerk(folder, enter)
    presenter.lock(desk)
    presenter.choose(CLERK.id)
    presenter.submit(CLERKS_PASSWORD)
    taken = window.entered_by[0][0]
    assert taken.officer == CLERK
    assert taken.store is desk.store


def test_a_second_window_is_told_that_the_desk_is_open(presenter, view, folder, desk):
    presenter.submit(PASSWORD)
    assert "đang mở ở một cửa sổ khác" in view.state.problem


def test_what_keeps_everybody_out_is_said(opening, tasks, window, folder):
    for name in ("keys.json", "keys.json.previous"):
        (folder / name).write_bytes(b"{")
    presenter = SignInPresenter(opening, tasks, window)
    view = RecordingView()
    presenter.attach(view)
    presenter.enter()
    assert "keys.json" in view.state.trouble


def test_a_form_that_is_wrong_is_said_before_anybody_signs_in(presenter, view):
    presenter.warn(InvalidForm(file="rules/calendar.toml", reason="$.zone"))
    assert "calendar.toml" in view.state.trouble


def test_where_the_secret_lies_is_said(view):
    assert "device.secret" in "".join(map(str, view.state.findings))


def test_language_letters_and_colours_are_kept(presenter, window):
    presenter.speak("en")
    presenter.resize_letters(125)
    presenter.darken(True)
    assert (window.settings.language, window.settings.scale, window.settings.dark) == (
        "en",
        125,
        True,
    )


@pytest.fixture
def screen(qtbot, presenter):
    widget = sign_in.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    yield widget
    presenter.detach()


def test_from_keystrokes_to_the_desk(qtbot, screen, window):
    qtbot.waitUntil(screen.password.edit.hasFocus)
    type_text(screen.password.edit, PASSWORD)
    press(screen.password.edit, Qt.Key.Key_Return, "\r")
    assert [desk.officer for desk, _notice in window.entered_by] == [OFFICER]


def test_the_screen_says_how_far_the_data_is_prepared_and_then_no_more(screen, presenter):
    screen.show_state(replace(presenter._state, busy=True, upgraded=25))
    assert "25" in screen.upgrade.words.text()
    assert screen.upgrade.bar.value() == 25
    assert screen.upgrade.isVisible()
    screen.show_state(presenter._state)
    assert not screen.upgrade.isVisible()


def test_after_the_wait_the_next_password_takes_the_place_of_the_wrong_one(
    qtbot, screen, presenter, window, now
):
    type_text(screen.password.edit, "không phải mật khẩu này")
    for _ in range(5):
        presenter.submit("không phải mật khẩu này")
    assert not screen.password.isEnabled()
    now.seconds += 32
    presenter.tick()
    qtbot.waitUntil(screen.password.edit.hasFocus)
    type_text(screen.password.edit, PASSWORD)
    press(screen.password.edit, Qt.Key.Key_Return, "\r")
    assert len(window.entered_by) == 1


def test_the_eye_shows_the_password_and_hides_it_again(qtbot, screen):
    edit = screen.password.edit
    type_text(edit, "mật khẩu")
    assert edit.displayText() != "mật khẩu"
    qtbot.keyClick(edit, Qt.Key.Key_F8, Qt.KeyboardModifier.AltModifier)
    assert edit.displayText() == "mật khẩu"
    screen.password._eye.click()
    assert edit.displayText() != "mật khẩu"
    screen.password._eye.click()
    screen.password.clear()
    assert edit.echoMode() == edit.EchoMode.Password


def test_caps_lock_is_noticed(qtbot, screen):
    press(screen.password.edit, Qt.Key.Key_A, "A")
    assert "Caps Lock" in screen.password._below.text()
    press(screen.password.edit, Qt.Key.Key_A, "a")
    assert "Caps Lock" not in screen.password._below.text()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_field_has_a_name_for_those_who_do_not_see_it(qtbot, presenter, language):
    i18n.speak(language)
    widget = sign_in.build(presenter)
    qtbot.addWidget(widget)
    for part in (widget.officers, widget.password.edit, widget.password._eye):
        assert part.accessibleName()
    presenter.detach()


def test_the_window_is_there_before_the_database():
    code = (
        "import sys, counter_app.bootstrap, counter_app.desktop.app;"
        "heavy = ('sqlalchemy', 'alembic', 'reportlab', 'cryptography', 'argon2', 'sqlcipher3',"
        "'httpx', 'zstandard');"
        "sys.exit(' '.join(name for name in heavy if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_the_work_is_there_before_the_network():
    code = (
        "import sys, counter_app.desktop.workplace;"
        "heavy = ('httpx', 'zstandard', 'counter_app.sync', 'PySide6.QtNetwork');"
        "sys.exit(' '.join(name for name in heavy if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
