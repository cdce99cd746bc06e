"""What an office chooses about a PC, and what it tries out."""

import pytest
from msgspec.structs import replace

from counter_app.desktop import preferences
from counter_app.desktop.preferences.presenter import PreferencesPresenter
from counter_app.domain.scanned import ScanKind
from counter_app.keys.signin import unlock
from counter_app.keys.throttle import Uptime
from counter_app.settings import BACKUPS, PaperChoice
from tests.desktop.conftest import Waiting
from tests.desktop.typing import type_text
from tests.office import OFFICER, PASSWORD

NEW = "năm dòng suối nhỏ"
CARD = "001090000001|012345678|Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm|01012022"
NOW = Uptime(boot="test", seconds=1000)


class RecordingView:
    def __init__(self):
        self.states = []

    def show_state(self, state):
        self.states.append(state)

    @property
    def state(self):
        return self.states[-1]


@pytest.fixture
def presenter(desk, tasks, navigator):
    presenter = PreferencesPresenter(desk, tasks, navigator, now=lambda: NOW)
    presenter.enter()
    return presenter


@pytest.fixture
def view(presenter):
    view = RecordingView()
    presenter.attach(view)
    return view


def test_a_choice_holds_at_once(presenter, navigator):
    presenter.change(replace(navigator.settings, printer="Máy in B", paper="a4"))
    assert (navigator.settings.printer, navigator.settings.paper) == ("Máy in B", "a4")


def test_the_printers_of_the_pc_are_offered(view):
    assert view.state.outlets.names == ("Máy in A", "Máy in B")


def test_a_test_page_goes_to_the_printer_that_was_chosen(presenter, navigator):
    presenter.change(replace(navigator.settings, printer="Máy in B"))
    presenter.print_test_page()
    assert [(printer, title) for _pdf, printer, title in navigator.printer.printed] == [
        ("Máy in B", "Trang in thử")
    ]


def test_a_form_has_a_printer_and_a_paper_of_its_own(presenter, view, navigator):
    forms = {form.id: form.sizes for form in view.state.forms}
    assert next(iter(forms)) == "receipt"
    assert "roll80" in forms["ticket"]
    assert "recovery-sheet" not in forms
    own = {"ticket": PaperChoice(printer="Máy in B", paper="roll80")}
    presenter.change(replace(navigator.settings, printer="Máy in A", forms=own))
    assert navigator.settings.choice("ticket") == own["ticket"]
    assert navigator.settings.choice("receipt") == PaperChoice(printer="Máy in A", paper="a5")


def test_the_test_page_is_for_the_form_that_is_being_looked_at(presenter, navigator):
    sizes = []
    navigator.printer.print_test_page = lambda printer, size, _lines: sizes.append((printer, size))
    own = {"ticket": PaperChoice(printer="Máy in B")}
    presenter.change(replace(navigator.settings, printer="Máy in A", forms=own))
    presenter.print_test_page()
    presenter.edit_form("ticket")
    presenter.print_test_page()
    assert sizes == [("Máy in A", "a5"), ("Máy in B", "roll80")]


def test_what_is_chosen_for_one_form_is_shown_and_can_be_taken_back(qtbot, presenter, navigator):
    widget = preferences.build(presenter)
    qtbot.addWidget(widget)
    cards = widget.printing

    def choose(box, value):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    choose(cards.forms, "ticket")
    choose(cards.printers, "Máy in B")
    assert navigator.settings.forms == {"ticket": PaperChoice(printer="Máy in B")}
    assert navigator.settings.printer == ""
    assert "Phiếu số thứ tự: Máy in B" in cards._exceptions.text()
    choose(cards.printers, "")
    assert navigator.settings.forms == {}
    choose(cards.forms, "")
    choose(cards.sizes, "a4")
    assert navigator.settings.paper == "a4"


def test_how_papers_look_is_the_offices_to_say(qtbot, presenter, navigator):
    widget = preferences.build(presenter)
    qtbot.addWidget(widget)
    widget.printing.copies._buttons["2"].click()
    widget.printing.numbering._buttons["tt01-2018"].click()
    widget.printing.languages._buttons["two"].click()
    chosen = navigator.settings
    assert (chosen.receipt_copies, chosen.numbering, chosen.bilingual) == (2, "tt01-2018", True)


def test_a_printer_that_is_off_is_said(presenter, view, navigator):
    navigator.printer.works = False
    presenter.print_test_page()
    assert "Máy in A" in str(navigator.last("refuse"))
    assert not view.state.printing


def test_a_scan_is_shown_only_while_the_scanner_is_tested(presenter, view):
    assert not presenter.takes_scan(CARD)
    presenter.test_scanner(True)
    assert presenter.takes_scan(CARD)
    assert (view.state.read.kind, view.state.read.length) == (ScanKind.ID_CARD, len(CARD))
    assert not view.state.read.doubtful
    presenter.test_scanner(False)
    assert view.state.read is None


def test_letters_that_did_not_come_through_are_noticed(presenter, view):
    presenter.test_scanner(True)
    presenter.takes_scan("001090000001|012345678|Tran Van Thu|15031990|Nam|So 1|01012022")
    assert view.state.read.doubtful


def test_a_long_scan_is_cut_on_the_screen_but_counted_whole(presenter, view):
    presenter.test_scanner(True)
    presenter.takes_scan("9" * 1000)
    assert view.state.read.length == 1000
    assert len(view.state.read.text) < 200


def test_the_test_ends_when_one_comes_back_to_the_screen(presenter, view):
    presenter.test_scanner(True)
    presenter.enter()
    assert not presenter.takes_scan(CARD)


def test_a_backup_is_made_and_its_hour_shown(presenter, view, desk):
    assert view.state.backed_up_at is None
    presenter.back_up()
    assert list((desk.store.folder / BACKUPS).iterdir())
    assert view.state.backed_up_at is not None
    assert not view.state.backing_up


def test_a_second_press_makes_no_second_backup(desk, navigator):
    lanes = Waiting()
    presenter = PreferencesPresenter(desk, lanes, navigator)
    presenter.back_up()
    presenter.back_up()
    assert len(lanes.waiting) == 1


def test_the_officer_chooses_another_password(presenter, view, folder):
    presenter.change_password(PASSWORD, NEW, NEW)
    assert view.state.password_changes == 1
    assert unlock(folder, OFFICER.id, NEW, NOW).officer == OFFICER


@pytest.mark.parametrize(
    ("old", "new", "again", "place"),
    [
        ("", NEW, NEW, "old"),
        (PASSWORD, "", "", "new"),
        (PASSWORD, NEW, "", "again"),
        (PASSWORD, NEW, NEW + "!", "again"),
        (PASSWORD, PASSWORD, PASSWORD, "new"),
        (PASSWORD, "abc", "abc", "new"),
        ("không phải mật khẩu này", NEW, NEW, "old"),
    ],
)
def test_what_is_wrong_with_a_password_is_said_where_it_stands(
    presenter, view, old, new, again, place
):
    presenter.change_password(old, new, again)
    assert view.state.password_problem
    assert view.state.problem_at == place
    assert view.state.password_changes == 0


def test_the_office_is_there_to_be_read(view):
    assert view.state.office.code == "H57.132"
    assert view.state.desk_name == "Quầy 1"


def test_from_a_press_to_the_settings(qtbot, presenter, navigator, folder):
    widget = preferences.build(presenter)
    qtbot.addWidget(widget)
    widget.show()
    widget.idle.setValue(9)
    assert navigator.settings.idle_minutes == 9
    widget.scales._buttons["125"].click()
    assert navigator.settings.scale == 125
    widget.printing.printers.setCurrentIndex(2)
    widget.printing.printers.activated.emit(2)
    assert navigator.settings.printer == "Máy in B"
    type_text(widget.old.edit, PASSWORD)
    type_text(widget.new.edit, NEW)
    type_text(widget.again.edit, NEW)
    widget.password_button.click()
    assert unlock(folder, OFFICER.id, NEW, NOW).officer == OFFICER
    assert (widget.old.text, widget.new.text, widget.again.text) == ("", "", "")
