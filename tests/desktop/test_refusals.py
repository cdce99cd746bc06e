"""What the desk cannot do is said, loses nothing that was typed, and is done when it can be."""

import pytest

from counter_app.desktop.intake import IntakePresenter
from counter_app.domain.id_card import parse_id_card
from counter_app.errors import StoreFull
from counter_app.services.drafts import unfinished
from counter_app.services.receipts import preview_receipt
from counter_app.services.search import search_ids
from tests.desktop.conftest import AtOnce, RecordingNavigator
from tests.office import counts, is_sound, kinds, register

CARD = (
    "001190012345||Nguyễn Thị Thử|15031990|Nữ|"
    "Số 12 ngõ 34 phố Thử Nghiệm, Phường Phú Xuân, Thành phố Huế|01062021"
)


class View:
    state = None

    def show_state(self, state):
        self.state = state

    def focus_on(self, path):
        pass


class Window:
    """One intake on the screen, with all that the window would be asked for."""

    def __init__(self, desk):
        self.navigator, self.view = RecordingNavigator(), View()
        self.presenter = IntakePresenter(desk, AtOnce(), self.navigator)
        self.presenter.attach(self.view)

    def fill(self, note=""):
        self.presenter.begin(card=parse_id_card(CARD))
        self.presenter.find("dks")
        self.presenter.take()
        self.presenter.tick_required()
        if note:
            self.presenter.edit("note", note)

    @property
    def refused(self):
        return [error for what, error in self.navigator.asked if what == "refuse"]


@pytest.fixture
def window(desk):
    return Window(desk)


@pytest.fixture
def disk(desk):
    """The disk of the desk: it can be filled, and space can be made on it."""
    return Disk(desk)


class Disk:
    def __init__(self, desk):
        self._desk = desk

    def fill(self):
        pages = self._pragma("page_count")
        self._pragma(f"max_page_count = {pages}")
        with pytest.raises(StoreFull):  # what is left in the last pages
            while True:
                register(self._desk, note="Ghi chú thử. " * 100)

    def make_space(self):
        self._pragma("max_page_count = 1000000")

    def _pragma(self, statement):
        with self._desk.store.begin() as uow:
            return uow.connection.exec_driver_sql(f"PRAGMA {statement}").scalar_one()


def test_a_full_disk_is_said_loses_nothing_and_is_worked_on_without_a_restart(desk, window, disk):
    disk.fill()
    before = counts(desk)
    note = "Gọi trước khi trả. " * 200
    window.fill(note)
    for _try in range(3):
        window.presenter.submit()
    assert {str(error) for error in window.refused} == {str(StoreFull())}
    assert "đầy" in str(StoreFull())
    assert not window.view.state.busy
    assert window.view.state.registered is None
    assert window.view.state.intake.applicant.full_name == "Nguyễn Thị Thử"
    assert window.view.state.intake.note == note
    assert not [what for what, _ in window.navigator.asked if what == "print_receipt"]
    assert counts(desk) == before

    disk.make_space()
    window.presenter.submit()
    dossier = window.view.state.registered
    assert dossier.received.note == note.strip()
    assert len(search_ids(desk, "001190012345")) == 1
    assert window.navigator.last("print_receipt") == (dossier.id, False)
    assert is_sound(desk)


def test_on_a_full_disk_the_day_can_still_be_read(desk, disk):
    known = register(desk)
    disk.fill()
    assert search_ids(desk, known.code)
    assert preview_receipt(desk, known.id, size="a5").pdf.startswith(b"%PDF")


def test_what_was_typed_on_a_full_disk_becomes_a_draft_when_there_is_space(desk, window, disk):
    disk.fill()
    window.fill("Gọi trước khi trả. " * 200)
    window.presenter.keep()
    assert not unfinished(desk)
    disk.make_space()
    window.presenter.keep()
    (draft,) = unfinished(desk)
    assert draft.intake.applicant.full_name == "Nguyễn Thị Thử"


def test_one_draft_in_two_windows_makes_one_dossier(desk):
    first, second = Window(desk), Window(desk)
    first.fill()
    first.presenter.save_draft()
    (draft,) = unfinished(desk)
    second.presenter.begin(draft=draft)
    second.presenter.edit("applicant.full_name", "Nguyễn Thị Mẫu")
    for window in (first, second, first, second):
        window.presenter.submit()
    assert first.view.state.registered.id == second.view.state.registered.id
    assert second.view.state.registered.received.applicant.full_name == "Nguyễn Thị Thử"
    assert kinds(desk).count("received") == 1
    assert not unfinished(desk)
    assert register(desk).code.endswith("-0002")
