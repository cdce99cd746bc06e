"""The window around the screens: who is let in, what is hidden, what stays, how it ends."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from counter_app import i18n
from counter_app.desktop.hall.window import HallWindow
from counter_app.desktop.idle import IdleWatch
from counter_app.desktop.main_window import MainWindow
from counter_app.domain.enrol_code import print_enrol_code
from counter_app.domain.officer import Officer, Role
from counter_app.domain.receipt_code import receipt_code_for
from counter_app.errors import NoCodesLeft, NotPermitted, SignInRefused
from counter_app.keys.officers import add_officer, change_password
from counter_app.keys.throttle import Uptime
from counter_app.services.drafts import unfinished
from counter_app.settings import BACKUPS, load, save
from counter_app.wire.messages import KnownDesk, Reference
from counter_app.wire.signing import SigningKey, sign_receipt
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.linked import link
from tests.desktop.road import a_standing
from tests.desktop.typing import press, type_text
from tests.desktop.walking import Way
from tests.office import MONDAY, OFFICER, PASSWORD, kinds, register

CLERK = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))
CLERKS_PASSWORD = "ba chiếc ghe xanh"
CARD = "001090000001||Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm, phường Phú Thử|01012022"
NOW = Uptime(boot="test", seconds=1000)


@pytest.fixture
def window(qtbot, undressed, folder, enter, tasks):
    """The window on a desk that was set up, as it is when the program has started."""
    window = MainWindow(Way(folder, enter), load(folder), tasks, RecordingPrinter)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted), qtbot.waitActive(window):
        window.open()
        window.activateWindow()
    undressed.processEvents()  # what is done after the first paint
    yield window
    window.rest()


def step(window):
    """Return what the window shows."""
    return window._pages.currentWidget()


def sign_in(window, password=PASSWORD):
    type_text(step(window).password.edit, password)
    press(step(window).password.edit, Qt.Key.Key_Return, "\r")


@pytest.fixture
def working(window):
    """The window of an officer who has signed in and confirmed the day."""
    sign_in(window)
    step(window).confirm_button.click()
    return window


def see(window, place):
    """Go to a screen, and return its view."""
    window.workplace.go(place)
    return window.workplace._views[place]


def type_a_name(window):
    """Begin an intake by hand."""
    see(window, "intake")
    window.workplace.screens.intake.edit("applicant.full_name", "Trần Văn Thử")


def a_clerk(working):
    """Give a second officer an account."""
    desk = working.workplace.desk
    add_officer(desk.store.folder, desk.store.key, CLERK, "bốn cây đèn dầu")
    change_password(desk.store.folder, CLERK.id, "bốn cây đèn dầu", CLERKS_PASSWORD, NOW)


# From the door to the work


def test_after_the_password_it_is_asked_what_day_it_is(window):
    sign_in(window)
    assert not window.is_working
    assert step(window)._day.text() == "Hôm nay là Thứ Hai, 23/11/2026 — đúng không?"
    press(step(window).confirm_button, Qt.Key.Key_Return, "\r")
    assert window.is_working
    assert window.workplace.desk.business_date == MONDAY.date()


def test_a_day_that_was_confirmed_is_not_asked_for_again(window, desk):
    desk.store.close()
    sign_in(window)
    assert window.is_working


def test_the_title_names_the_desk_only_while_somebody_works(working):
    assert "Quầy 1" in working.windowTitle()
    working.lock()
    assert "Quầy 1" not in working.windowTitle()


def test_who_signed_in_last_is_remembered(working, folder):
    assert load(folder).last_officer == OFFICER.id


def test_wrong_passwords_of_before_are_told_in_the_window(window, enter, folder):
    with pytest.raises(SignInRefused):
        enter(folder, OFFICER.id, "không phải mật khẩu này")
    window.sign_in._failures.clear()  # as if it had been before the window was opened
    window.sign_in.enter()
    sign_in(window)
    step(window).confirm_button.click()
    assert "1 lần nhập sai" in window.workplace.banner.message.text()


# The lock


def test_the_lock_hides_all_and_keeps_all(working):
    type_a_name(working)
    before = working.workplace
    working.lock()
    assert not before.isVisible()
    sign_in(working, "không phải mật khẩu này")
    assert not working.is_working
    sign_in(working)
    assert working.workplace is before
    assert before.isVisible()
    assert before.screens.intake.state.intake.applicant.full_name == "Trần Văn Thử"


def test_f12_locks_at_once(qtbot, working):
    qtbot.keyClick(working.windowHandle(), Qt.Key.Key_F12)
    assert not working.is_working


def test_a_scan_at_the_lock_opens_nothing(working):
    working.lock()
    working.wedge.scanned.emit(CARD)
    sign_in(working)
    assert working.workplace.screens.intake.state.intake.is_blank


def test_what_was_typed_is_kept_as_a_draft_when_the_screen_locks(working):
    type_a_name(working)
    working.lock()
    assert len(unfinished(working.workplace.desk)) == 1


def test_another_officer_takes_over_and_the_draft_stays_with_its_author(qtbot, working):
    a_clerk(working)
    type_a_name(working)
    before = working.workplace
    working.lock()
    working.sign_in.choose(CLERK.id)
    sign_in(working, CLERKS_PASSWORD)
    assert working.is_working
    assert working.workplace is not before
    assert working.workplace.desk.officer == CLERK
    assert working.workplace.desk.store is before.desk.store
    assert unfinished(working.workplace.desk) == []
    assert len(unfinished(before.desk)) == 1
    assert kinds(before.desk).count("officer_signed_in") == 2


def test_after_a_night_at_the_lock_the_day_is_asked_for(working, clock):
    working.lock()
    clock.at = MONDAY.replace(day=24)
    sign_in(working)
    assert not working.is_working
    step(working).confirm_button.click()
    assert working.workplace.desk.business_date == MONDAY.replace(day=24).date()


def test_a_clock_that_went_back_is_doubted_in_words(window, desk, clock):
    desk.store.close()
    clock.at = MONDAY.replace(day=20)
    sign_in(window)
    assert "20/11/2026" in step(window)._why.text()
    assert "23/11/2026" in step(window)._day.text()
    step(window).confirm_button.click()
    assert window.workplace.desk.business_date == MONDAY.date()


def test_another_day_than_the_pcs_can_be_chosen(qtbot, window):
    sign_in(window)
    step(window).other_button.click()
    edit = step(window).edit
    edit.setDate(MONDAY.replace(day=25).date())
    assert "23/11/2026" in step(window)._why.text()
    press(edit, Qt.Key.Key_Return, "\r")
    assert window.workplace.desk.business_date == MONDAY.replace(day=25).date()


# Nobody there


class Hands:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_before_the_lock_there_is_a_warning_and_a_touch_takes_it_back(qtbot, qapp):
    now = Hands()
    watch = IdleWatch(qapp, now)
    said = []
    watch.warned.connect(said.append)
    watch.resumed.connect(lambda: said.append("there"))
    watch.expired.connect(lambda: said.append("lock"))
    watch.start(5)
    for now.seconds in (0, 269, 270, 276):
        watch.look()
    press(QApplication.instance(), Qt.Key.Key_Shift)
    for now.seconds in (300, 546, 576):
        watch.look()
    watch.stop()
    watch.deleteLater()
    assert said == [30, 24, "there", 30, "lock"]


def test_the_window_locks_itself_and_says_so_before(working):
    working.idle.warned.emit(24)
    assert "24 giây" in working._idle_banner.message.text()
    working.idle.resumed.emit()
    assert not working._idle_banner.isVisible()
    working.idle.expired.emit()
    assert not working.is_working


# Scans


def test_a_card_opens_an_intake_from_any_screen(working):
    see(working, "help")
    working.wedge.scanned.emit(CARD)
    assert working.workplace._here == "intake"
    assert working.workplace.screens.intake.state.intake.applicant.full_name == "Trần Văn Thử"


def test_a_receipt_opens_its_dossier(working):
    dossier = register(working.workplace.desk)
    working.wedge.scanned.emit(dossier.received.receipt)
    assert working.workplace._here == "dossier"
    assert working.workplace.screens.dossier._state.dossier_id == dossier.id


def test_what_was_said_of_one_dossier_does_not_stand_above_the_next(working):
    work = working.workplace
    work.refuse(NotPermitted(role=Role.SUPERVISOR))
    working.wedge.scanned.emit(register(work.desk).received.receipt)
    assert not work.banner.isVisible()


def test_a_forged_receipt_is_called_forged(working):
    dossier = register(working.workplace.desk)
    digits = dossier.received.receipt
    forged = digits[:-30] + ("1" if digits[-30] != "1" else "2") + digits[-29:]
    working.wedge.scanned.emit(forged)
    assert "giả" in working.workplace.banner.message.text()


def test_anything_else_is_searched_for(working):
    working.workplace.scan_box.setText("Trần Văn Thử")
    working.workplace.scan_box.returnPressed.emit()
    assert working.workplace._here == "search"
    assert working.workplace.scan_box.text() == ""


def test_while_the_scanner_is_tested_a_card_opens_nothing(working):
    view = see(working, "preferences")
    view.scanner_button.click()
    working.wedge.scanned.emit(CARD)
    assert working.workplace._here == "preferences"
    assert CARD[:12] in view._scan_text.text()


# Places and keys


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Qt.Key.Key_F2, "intake"),
        (Qt.Key.Key_F3, "search"),
        (Qt.Key.Key_F6, "home"),
        (Qt.Key.Key_F7, "summary"),
        (Qt.Key.Key_F1, "help"),
    ],
)
def test_every_place_has_its_key(qtbot, working, key, place):
    see(working, "preferences")
    qtbot.keyClick(working.windowHandle(), key)
    assert working.workplace._here == place


def test_ctrl_l_leads_to_the_scan_box_and_escape_home(qtbot, working):
    see(working, "help")
    handle = working.windowHandle()
    qtbot.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert working.workplace.scan_box.hasFocus()
    qtbot.keyClick(handle, Qt.Key.Key_Escape)
    assert working.workplace._here == "home"


PLACES = (
    "home",
    "intake",
    "search",
    "summary",
    "centre",
    "enrolment",
    "preferences",
    "help",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_screen_takes_the_cursor(qtbot, working, place):
    view = see(working, place)
    qtbot.waitUntil(lambda: view.isAncestorOf(QApplication.focusWidget()))


def test_how_the_desk_stands_is_said_in_words(working):
    status = working.workplace.status
    assert status.state.text() == "Quầy độc lập: mọi dữ liệu lưu trên máy này"
    assert "chưa có" in status.backup.text()
    assert status.warning.text() == ""
    assert status.clock.text() == "09:30"


def test_the_halls_display_is_there_again_with_the_next_officer(qtbot, folder, request):
    save(folder, replace(load(folder), hall_open=True))
    request.getfixturevalue("working")

    def is_there():
        return any(isinstance(each, HallWindow) for each in QApplication.topLevelWidgets())

    qtbot.waitUntil(is_there)


# Language and looks


def test_another_language_makes_the_views_anew_and_keeps_what_was_typed(working):
    type_a_name(working)
    before = working.workplace._views["intake"]
    working.workplace.apply_settings(replace(working.settings, language="en"))
    after = working.workplace._views["intake"]
    assert after is not before
    assert i18n.spoken() == "en"
    assert working.workplace.screens.intake.state.intake.applicant.full_name == "Trần Văn Thử"
    assert working.workplace.scan_box.placeholderText().startswith("Scan an ID card")
    assert load(working.workplace.desk.store.folder).language == "en"


def test_larger_letters_come_with_ctrl_plus_and_go_with_ctrl_minus(qtbot, working):
    handle = working.windowHandle()
    qtbot.keyClick(handle, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert working.settings.scale == 125
    assert working.workplace._here == "home"
    qtbot.keyClick(handle, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert working.settings.scale == 100


# The end


def test_closing_makes_a_backup_and_lets_go_of_the_store(qtbot, working, folder, enter):
    type_a_name(working)
    with qtbot.waitSignal(working.closed):
        working.close()
    assert list((folder / BACKUPS).iterdir())
    again = enter(folder)
    assert len(unfinished(again)) == 1


def test_closing_at_the_lock_saves_as_well(qtbot, working, folder, enter):
    working.lock()
    with qtbot.waitSignal(working.closed):
        working.close()
    assert list((folder / BACKUPS).iterdir())
    enter(folder)


def test_without_a_backup_the_window_asks_before_it_closes(qtbot, working, folder):
    for name in ("keys.json", "keys.json.previous"):  # a backup without them would be no use
        (folder / name).unlink()
    working.close()
    assert working.isVisible()
    assert step(working).again_button.isVisible()
    with qtbot.waitSignal(working.closed):
        step(working).without_button.click()


def test_closing_before_anybody_has_signed_in_needs_no_backup(qtbot, window, folder):
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not (folder / BACKUPS).exists()


def test_an_hour_later_there_is_a_backup_beside_the_papers(working, folder):
    working._tasks.paper = None  # no paper waits for it, however large the store
    working._hourly.timeout.emit()
    assert list((folder / BACKUPS).iterdir())
    assert "chưa có" not in working.workplace.status.backup.text()


def test_used_up_numbers_are_followed_by_those_of_the_reserve(working):
    desk = working.workplace.desk
    with desk.store.begin() as uow:
        uow.raise_counter(desk.agency, desk.business_date, 9949)
    with pytest.raises(NoCodesLeft) as used_up:
        register(desk)
    working.workplace.refuse(used_up.value)
    banner = working.workplace.banner
    (offer,) = [b for b in banner.findChildren(QPushButton) if b.text() == "Mở dải mã dự phòng"]
    offer.click()
    assert "9950" in banner.message.text()
    assert register(desk).code.endswith("-9950")


# The centre


def test_a_desk_that_stands_alone_sends_nothing_and_says_so(working):
    working.workplace.send_now()
    see(working, "centre")
    assert working.workplace._post is None
    assert "độc lập" in working.workplace.status.state.text()


def test_a_desk_that_was_just_connected_goes_on_at_once(working):
    work = working.workplace
    see(working, "enrolment")
    link(work.desk)
    work.enrolled()
    assert work._here == "centre"
    assert "đã kết nối" in work.banner.message.text()
    assert work._views["centre"].sentence.text()


def test_whoever_has_gone_on_to_a_citizen_is_not_called_back_to_the_centre(working):
    work = working.workplace
    see(working, "enrolment")
    see(working, "intake")
    link(work.desk)
    work.enrolled()
    assert work._here == "intake"
    assert "đã kết nối" in work.banner.message.text()


def test_another_officer_goes_on_sending_and_nobody_sends_twice(working):
    link(working.workplace.desk)
    working.workplace.enrolled()
    before = working.workplace
    a_clerk(working)
    working.lock()
    working.sign_in.choose(CLERK.id)
    sign_in(working, CLERKS_PASSWORD)
    assert before._post.courier._stopped
    assert working.workplace._post is not None


def test_a_desk_with_a_centre_that_is_gone_closes_as_quickly_as_any(qtbot, working, folder, enter):
    link(working.workplace.desk)
    working.workplace.enrolled()
    with qtbot.waitSignal(working.closed):
        working.close()
    assert working.workplace._post.courier._stopped
    enter(folder)


def test_a_code_that_is_scanned_where_it_is_wanted_is_taken_there(working):
    see(working, "enrolment")
    code = print_enrol_code(bytes(14), bytes(32))
    working.wedge.scanned.emit(code)
    assert working.workplace._views["enrolment"].lines["code"].text() == code


def known(desk, key, *, revoked=False):
    """Let the centre have told of another desk."""
    other = KnownDesk(public_key=key.public, desk_name="Quầy 3", agency="H57.140", revoked=revoked)
    with desk.store.begin() as uow:
        uow.record_reference(
            Reference(
                version=1, standing=a_standing(), leases=(), desks=(other,), agencies=(), law=()
            ),
            now=desk.clock.now(),
        )


@pytest.mark.parametrize(
    ("revoked", "words"), [(False, "là thật: do Quầy 3"), (True, "đã thu hồi")]
)
def test_another_desks_receipt_is_told_by_whom_it_was_given(working, revoked, words):
    desk = working.workplace.desk
    link(desk)
    key = SigningKey.generate()
    known(desk, key, revoked=revoked)
    code = receipt_code_for(
        "H57.140-261123-0007", key_id=key.key_id, due_on=None, token=bytes(range(16))
    )
    working.wedge.scanned.emit(sign_receipt(key, code).digits)
    assert words in working.workplace.banner.message.text()
