"""Many at once: the certification counter, and a group's sheet."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from counter_app.desktop.batch import BatchPresenter
from counter_app.domain.group_sheet import columns_of
from counter_app.domain.officer import Role
from counter_app.domain.status import Status
from counter_app.services.on_the_spot import counting_of, countings
from counter_app.services.search import dossier_rows, search_ids
from counter_app.services.viewing import open_dossier
from tests.desktop.conftest import Waiting
from tests.office import MONDAY, counts, is_sound, kinds, with_roles

CARD = (
    "001190012345||Nguyễn Thị Thử|15031990|Nữ|"
    "Số 12 ngõ 34 phố Thử Nghiệm, Phường Phú Xuân, Thành phố Huế|01062021"
)
COPIES = "2.000815"


class RecordingView:
    def __init__(self):
        self.counters, self.groups, self.sides, self.focused = [], [], [], []
        self.show_counter = self.counters.append
        self.show_group = self.groups.append
        self.show_side = self.sides.append
        self.focus_on = self.focused.append


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def open_screen(tasks, navigator, view):
    def open_screen(desk, tasks=tasks):
        presenter = BatchPresenter(desk, tasks, navigator)
        presenter.counter.attach(view)
        presenter.group.attach(view)
        presenter.attach(view)
        presenter.enter()
        return presenter

    return open_screen


@pytest.fixture
def screen(open_screen, desk):
    return open_screen(desk)


@pytest.fixture
def counter(screen):
    return screen.counter


def enter(counter, *lines):
    for pages, copies in lines:
        counter.edit("pages", str(pages))
        counter.edit("copies", str(copies))
        counter.add()


# The certification counter


def test_the_counter_is_for_what_is_done_at_once_and_costs_by_page_or_copy(desk):
    found = {each.procedure.code: each for each in countings(desk)}
    assert COPIES in found
    assert found[COPIES].pages
    birth = desk.catalogue.procedure("1.001193", MONDAY.date()).form
    assert counting_of(birth) is None


def test_the_fee_runs_along_with_the_lines(counter, view):
    enter(counter, (3, 2), (1, 1))
    state = view.counters[-1]
    assert state.costs == (10_000, 2_000)  # 2 × (2,000 + 2,000 + 1,000), and one page
    assert state.total == 12_000
    assert state.pages == ""
    assert state.copies == "1"


def test_a_line_that_cannot_be_is_told_and_the_cursor_is_where_it_is_wrong(counter, view):
    for pages, copies, place in (("", "1", "pages"), ("3", "0", "copies"), ("x", "1", "pages")):
        counter.edit("pages", pages)
        counter.edit("copies", copies)
        assert not counter.add()
        assert view.counters[-1].problem
        assert view.focused[-1] == place
    assert view.counters[-1].lines == ()


def test_a_scanned_card_fills_the_person_in_and_goes_nowhere_else(screen, view):
    assert screen.takes_scan(CARD)
    assert view.counters[-1].person.full_name == "Nguyễn Thị Thử"
    assert view.focused[-1] == "pages"
    assert not screen.takes_scan("H57.132-260803-0001")
    screen.choose("group")
    assert not screen.takes_scan(CARD)


def test_all_lines_are_received_served_and_paid_in_one_go(desk, screen, navigator, view):
    screen.takes_scan(CARD)
    enter(screen.counter, (3, 2), (1, 1))
    screen.counter.edit("tendered", "20.000")
    assert view.counters[-1].change == 8_000
    screen.submit()
    done = dossiers(desk)
    assert [each.status for each in done] == [Status.RETURNED] * 2
    assert [each.owed for each in done] == [0, 0]
    assert sum(each.paid for each in done) == 12_000
    assert len({each.received.batch for each in done}) == 1
    said, tone = navigator.last("say")
    assert tone == "good"
    assert "12.000" in said
    assert "8.000" in said
    assert view.counters[-1].lines == ()
    assert view.focused[-1] == "person"
    assert is_sound(desk)


def test_what_stands_in_the_entry_is_not_forgotten(desk, counter, view):
    counter.takes_scan(CARD)
    counter.edit("pages", "2")
    counter.submit()
    assert counts(desk)["dossier"] == 1


@pytest.mark.parametrize(
    ("prepare", "place"),
    [
        (lambda counter: enter(counter, (1, 1)), "person"),
        (lambda counter: counter.takes_scan(CARD), "pages"),
    ],
)
def test_without_a_person_or_a_line_nothing_happens(desk, counter, view, prepare, place):
    prepare(counter)
    counter.submit()
    assert view.focused[-1] == place
    assert counts(desk)["dossier"] == 0


def test_less_money_than_it_costs_is_said_before_anything_is_noted(desk, counter, view):
    counter.takes_scan(CARD)
    enter(counter, (3, 2))
    counter.edit("tendered", "5000")
    counter.submit()
    assert view.focused[-1] == "tendered"
    assert counts(desk)["dossier"] == 0


def test_an_officer_who_takes_no_money_certifies_all_the_same(desk, open_screen, navigator):
    counter = open_screen(with_roles(desk, Role.RECEPTION)).counter
    counter.takes_scan(CARD)
    enter(counter, (1, 1), (2, 1))
    counter.submit()
    assert kinds(desk).count("served") == 2
    assert "fee_paid" not in kinds(desk)
    assert navigator.last("say")[1] == "warning"


def test_pressed_twice_nothing_is_done_twice(desk, open_screen):
    waiting = Waiting()
    screen = open_screen(desk, tasks=waiting)
    waiting.work()
    screen.counter.takes_scan(CARD)
    enter(screen.counter, (1, 1))
    screen.submit()
    screen.submit()
    waiting.work()
    assert kinds(desk).count("received") == kinds(desk).count("fee_paid") == 1


def test_a_line_is_taken_out_again(counter, view):
    enter(counter, (1, 1), (5, 1))
    counter.remove(0)
    assert [line.pages for line in view.counters[-1].lines] == [5]
    assert view.counters[-1].total == len([1, 2]) * 2_000 + 3 * 1_000


def test_the_next_citizen_begins_with_nothing(counter, view):
    counter.takes_scan(CARD)
    enter(counter, (1, 1))
    before = view.counters[-1].batch
    counter.begin_anew()
    state = view.counters[-1]
    assert state.lines == ()
    assert state.person.full_name == ""
    assert state.batch != before


# A group's sheet


@pytest.fixture
def sheet(tmp_path, catalogue):
    def sheet(*names) -> Path:
        form = catalogue.procedure(COPIES, MONDAY.date()).form
        book = Workbook()
        columns = columns_of(form)
        book.active.append([column.heading for column in columns])
        for name in names:
            line = {"applicant.full_name": name, "components.original": "x"}
            book.active.append([line.get(column.field) for column in columns])
        path = tmp_path / "nhom.xlsx"
        book.save(path)
        return path

    return sheet


def test_a_sheet_is_looked_through_before_anything_is_registered(desk, screen, view, sheet):
    screen.choose("group")
    screen.group.choose(COPIES)
    screen.group.look_through(str(sheet("Trần Văn Thử", "", "Lê Thị Thử")))
    state = view.groups[-1]
    assert len(state.left) == 2
    assert [line.number for line in state.group.wrong] == [3]
    assert counts(desk)["dossier"] == 0


def test_without_a_procedure_the_sheet_waits_for_one(screen, view, sheet):
    screen.group.look_through(str(sheet("Trần Văn Thử")))
    assert view.groups[-1].problem
    screen.group.choose(COPIES)
    assert len(view.groups[-1].left) == 1


def test_the_sound_lines_are_registered_and_their_receipts_printed(
    desk, screen, navigator, view, sheet
):
    screen.choose("group")
    screen.group.choose(COPIES)
    screen.group.look_through(str(sheet("Trần Văn Thử", "", "Lê Thị Thử")))
    screen.submit()
    state = view.groups[-1]
    assert [each.number for each in state.received] == [2, 4]
    assert state.left == ()
    assert counts(desk)["dossier"] == 2
    screen.group.print_all()
    sheets = [given for what, given in navigator.asked if what == "print_sheet"]
    assert [each.dossier_id for each in sheets] == [e.dossier.id for e in state.received]
    screen.group.open_line(0)
    assert navigator.last("open_dossier") == state.received[0].dossier.id


def test_it_can_be_stopped_between_two_lines_and_gone_on_with(desk, open_screen, view, sheet):
    waiting = Waiting()
    group = open_screen(desk, tasks=waiting).group
    group.choose(COPIES)
    group.look_through(str(sheet(*(f"Trần Văn Thử {n}" for n in range(5)))))
    waiting.work()
    group.submit()
    waiting.waiting.pop(0)()
    group.stop()
    waiting.work()
    assert not view.groups[-1].busy
    assert 0 < counts(desk)["dossier"] < 5
    group.submit()
    waiting.work()
    assert counts(desk)["dossier"] == 5


def test_a_sheet_that_was_received_is_received_again_only_if_that_is_meant(
    desk, screen, view, sheet
):
    path = str(sheet("Trần Văn Thử", "Lê Thị Thử"))
    screen.choose("group")
    screen.group.choose(COPIES)
    screen.group.look_through(path)
    assert not view.groups[-1].is_known_whole
    screen.submit()
    screen.group.look_through(path)
    assert view.groups[-1].is_known_whole
    screen.submit()
    assert counts(desk)["dossier"] == 2
    screen.group.look_once_more()
    assert len(view.groups[-1].left) == 2
    screen.submit()
    assert counts(desk)["dossier"] == 4


def test_what_is_no_sheet_is_told_beside_it(screen, view, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing")
    screen.group.choose(COPIES)
    screen.group.look_through(str(path))
    assert "x.xlsx" in view.groups[-1].problem


def test_the_empty_sheet_is_written_and_read_again(screen, view, tmp_path):
    path = tmp_path / "mau.xlsx"
    screen.group.choose(COPIES)
    screen.group.write_template(str(path))
    screen.group.look_through(str(path))
    assert view.groups[-1].group.lines == ()


def test_the_key_turns_from_one_side_to_the_other(screen, view):
    screen.turn()
    screen.turn()
    assert view.sides[-2:] == ["group", "counter"]


def dossiers(desk):
    """Return all dossiers of the citizen with the card."""
    rows = dossier_rows(desk, search_ids(desk, "001190012345"))
    return [open_dossier(desk, row.dossier_id).dossier for row in rows]
