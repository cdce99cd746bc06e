"""The first run: nothing is written too early, and nobody begins without the recovery key."""

import re

import pypdfium2
import pytest

from counter_app.desktop import first_run
from counter_app.desktop.first_run.presenter import FirstRunPresenter
from counter_app.desktop.first_run.state import Step
from counter_app.domain.agency import AgencyKind
from counter_app.domain.typed_secret import GROUPS
from counter_app.keys.roster import list_officers
from counter_app.keys.signin import unlock, unlock_with_recovery
from counter_app.keys.throttle import Uptime
from counter_app.settings import Settings, has_desk, load
from counter_app.store import open_store
from tests.desktop.conftest import RecordingPrinter, Waiting
from tests.desktop.typing import type_text

PASSWORD = "bảy con sếu bay"
OFFICE = {
    "code": "h57.132",
    "name": " Ủy ban nhân dân phường Phú Thử ",
    "desk": "Quầy 1",
    "hotline": "0900 000 001",
}


class Window:
    """Notes whether one may go on to sign-in."""

    def __init__(self):
        self.settings = Settings()
        self.printer = RecordingPrinter()
        self.is_founded = False

    def founded(self):
        self.is_founded = True

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


@pytest.fixture
def window():
    return Window()


@pytest.fixture
def place(tmp_path):
    return tmp_path / "new"


@pytest.fixture
def presenter(place, tasks, window):
    return FirstRunPresenter(place, tasks, window)


@pytest.fixture
def view(presenter):
    view = RecordingView()
    presenter.attach(view)
    return view


def type_in(presenter, values):
    for name, text in values.items():
        presenter.edit(name, text)
        presenter.leave(name)


def come_to_the_account(presenter):
    presenter.advance()
    type_in(presenter, OFFICE)
    presenter.advance()
    type_in(presenter, {"full_name": "Lê Thị Thử"})


def come_to_the_key(presenter):
    come_to_the_account(presenter)
    presenter.found(PASSWORD, PASSWORD)


def test_the_name_of_the_office_tells_the_rest(presenter, view):
    presenter.advance()
    type_in(presenter, OFFICE)
    assert view.state.value("unit") == "Trung tâm Phục vụ hành chính công"
    assert view.state.value("place") == "Phú Thử"


def test_what_somebody_typed_is_not_guessed_over(presenter, view):
    presenter.advance()
    type_in(presenter, {"place": "Thử Nghiệm", "unit": ""} | OFFICE)
    assert view.state.value("place") == "Thử Nghiệm"


def test_a_guess_follows_the_name_as_long_as_nobody_touches_it(presenter, view):
    presenter.advance()
    type_in(presenter, OFFICE)
    type_in(presenter, {"name": "Ủy ban nhân dân xã Xuân Thử"})
    assert view.state.value("place") == "Xuân Thử"


def test_an_office_without_code_name_and_desk_is_not_gone_on_from(presenter, view):
    presenter.advance()
    presenter.advance()
    assert view.state.step is Step.OFFICE
    assert set(view.state.problems) == {"code", "name", "desk"}


def test_a_problem_is_gone_as_soon_as_something_is_typed(presenter, view):
    presenter.advance()
    presenter.advance()
    presenter.edit("code", "H")
    assert set(view.state.problems) == {"name", "desk"}


@pytest.mark.parametrize(
    ("name", "text"),
    [("code", "không phải mã"), ("name", "N" * 500), ("hotline", "1" * 500), ("desk", "   ")],
)
def test_what_cannot_be_printed_is_said_beside_its_field(presenter, view, name, text):
    presenter.advance()
    type_in(presenter, OFFICE | {name: text})
    presenter.advance()
    assert view.state.step is Step.OFFICE
    assert set(view.state.problems) == {name}


def test_going_back_keeps_what_was_typed(presenter, view):
    come_to_the_account(presenter)
    presenter.go_back()
    assert view.state.step is Step.OFFICE
    assert view.state.value("desk") == "Quầy 1"


def test_the_short_name_is_made_of_the_full_one(presenter, view):
    come_to_the_account(presenter)
    assert view.state.value("officer") == "thu"
    presenter.edit("officer", "lethithu")
    type_in(presenter, {"full_name": "Lê Thị Thử Hai"})
    assert view.state.value("officer") == "lethithu"


@pytest.mark.parametrize(
    ("password", "said"),
    [("abc", "ngắn"), ("matkhau1", "bị dò"), ("lethithu", "tên"), ("aaaaaaaa", "lặp")],
)
def test_what_is_weak_about_a_password_is_said_while_it_is_typed(presenter, view, password, said):
    come_to_the_account(presenter)
    presenter.weigh(password)
    assert said in view.state.weakness
    presenter.weigh(PASSWORD)
    assert view.state.weakness == ""


def test_the_second_password_must_be_the_first(presenter, view, place):
    come_to_the_account(presenter)
    presenter.found(PASSWORD, PASSWORD + "!")
    assert set(view.state.problems) == {"again"}
    assert not has_desk(place)


def test_nothing_is_written_before_the_account_is_complete(presenter, view, place):
    come_to_the_account(presenter)
    presenter.found("abc", "abc")
    assert set(view.state.problems) == {"password"}
    assert not place.exists()


def test_the_desk_is_as_it_was_described(presenter, view, place):
    come_to_the_key(presenter)
    assert view.state.step is Step.RECOVERY
    assert [each.officer.name for each in list_officers(place)] == ["Lê Thị Thử"]
    now = Uptime(boot="test", seconds=1000)
    store = open_store(place, unlock(place, "thu", PASSWORD, now).key)
    office = store.profile.office
    store.close()
    assert (office.code, office.name, office.kind) == (
        "H57.132",
        "Ủy ban nhân dân phường Phú Thử",
        AgencyKind.COMMUNE,
    )
    assert store.profile.name == "Quầy 1"
    assert load(place).desk_name == "Quầy 1"


def test_while_the_desk_is_being_set_up_a_second_press_does_nothing(place, window):
    lanes = Waiting()
    presenter = FirstRunPresenter(place, lanes, window)
    view = RecordingView()
    presenter.attach(view)
    presenter.advance()
    type_in(presenter, OFFICE)
    presenter.advance()
    type_in(presenter, {"full_name": "Lê Thị Thử"})
    lanes.work()
    presenter.found(PASSWORD, PASSWORD)
    assert view.state.busy
    presenter.found(PASSWORD, PASSWORD)
    presenter.go_back()
    assert len(lanes.waiting) == 1
    lanes.work()
    assert view.state.step is Step.RECOVERY


def test_a_disk_that_cannot_be_written_is_said_and_nothing_is_lost(tmp_path, tasks, window):
    blocked = tmp_path / "file"
    blocked.write_text("")
    presenter = FirstRunPresenter(blocked / "desk", tasks, window)
    view = RecordingView()
    presenter.attach(view)
    come_to_the_key(presenter)
    assert view.state.step is Step.ACCOUNT
    assert view.state.trouble
    assert view.state.value("full_name") == "Lê Thị Thử"


def test_nobody_begins_before_the_key_is_on_paper(presenter, view, window):
    come_to_the_key(presenter)
    presenter.finish("")
    assert "in hoặc lưu phiếu" in view.state.trouble
    assert not presenter.lets_go()
    assert not window.is_founded


def test_one_group_is_typed_back_from_the_sheet(presenter, view, window):
    come_to_the_key(presenter)
    presenter.print_sheet()
    assert presenter.lets_go()
    presenter.finish("WRONG")
    assert set(view.state.problems) == {"group"}
    group = view.state.recovery_key.split("-")[view.state.asked_group - 1]
    presenter.finish(f" {group.lower()} ")
    assert window.is_founded


def test_the_sheet_holds_the_key_that_opens_the_data(presenter, view, window, place):
    come_to_the_key(presenter)
    presenter.print_sheet()
    pdf, _printer, _title = window.printer.printed[0]
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    line = r"-".join([r"[0-9A-Z]{5}"] * (GROUPS // 2))
    found = re.search(rf"^({line})\s+({line})\s*$", text, re.MULTILINE)
    assert found is not None
    assert "-".join(found.groups()) == view.state.recovery_key
    assert unlock_with_recovery(place, "-".join(found.groups()))


def test_the_sheet_can_be_saved_where_there_is_no_printer(presenter, view, window, tmp_path):
    window.printer.works = False
    come_to_the_key(presenter)
    presenter.print_sheet()
    assert "Máy in A" in view.state.trouble
    assert not view.state.on_paper
    presenter.save_sheet(tmp_path / "phiếu.pdf")
    assert view.state.on_paper
    assert (tmp_path / "phiếu.pdf").read_bytes().startswith(b"%PDF")


def test_another_language_is_spoken_from_the_first_step_on(presenter, window):
    presenter.speak("en")
    presenter.resize_letters(150)
    assert (window.settings.language, window.settings.scale) == ("en", 150)


def test_from_the_first_page_to_the_key(qtbot, presenter, window, place):
    widget = first_run.build(presenter)
    qtbot.addWidget(widget)
    widget.show()
    widget.next_button.click()
    for name, text in OFFICE.items():
        type_text(widget.office.lines[name], text)
    widget.next_button.click()
    type_text(widget.account.lines["full_name"], "Lê Thị Thử")
    widget.account.lines["full_name"].editingFinished.emit()
    for field in (widget.account.password, widget.account.again):
        type_text(field.edit, PASSWORD)
    widget.next_button.click()
    assert has_desk(place)
    assert "".join(label.text() for label in widget.recovery._shown).isalnum()
    widget.recovery.print_button.click()
    state = presenter._state
    asked = widget.recovery._shown[state.asked_group - 1]
    assert set(asked.text()) == {"•"}
    type_text(widget.recovery.group, state.recovery_key.split("-")[state.asked_group - 1])
    widget.next_button.click()
    assert window.is_founded
