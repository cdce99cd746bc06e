"""The table of dossiers: all ids at once, rows by the page, and the words beside a date."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.desktop import theme
from counter_app.desktop.listing import Listing, listing
from counter_app.desktop.widgets.dossier_model import PAGE, Column
from counter_app.desktop.widgets.dossier_table import DossierTable
from counter_app.desktop.wording import due_tag, masked, status_tag
from counter_app.domain.status import Status
from counter_app.i18n import speak
from counter_app.store.rows import DossierRow
from tests.desktop.typing import press
from tests.factories import VIETNAM, a_code

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)


def a_row(number, **changes):
    return DossierRow(
        **{
            "id": number,
            "dossier_id": UUID(int=number),
            "code": a_code(number),
            "status": Status.RECEIVED,
            "applicant_name": f"Trần Văn Thử {number}",
            "id_number": "001090000001",
            "phone": "0900000001",
            "procedure_code": "1.001193",
            "procedure_name": "Đăng ký khai sinh",
            "received_on": NOW.date(),
            "received_at": NOW,
            "due_at": NOW + timedelta(days=3),
            "finished_at": None,
            "returned_at": None,
            "charged": 0,
            "paid": 0,
            "fee_unknown": False,
            "voided": False,
            "needs_newer_program": False,
            "unsent": True,
        }
        | changes
    )


def all_of(count):
    return Listing(now=NOW, ids=range(count, 0, -1))


@pytest.fixture
def table(qtbot):
    theme.choose(QApplication.instance(), dark=False, scale=100)
    widget = DossierTable()
    theme.dress(widget, scale=100)
    qtbot.addWidget(widget)
    widget.resize(1100, 500)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.asked = []
    widget.page_wanted.connect(widget.asked.append)
    return widget


def words(table, place, column=Column.CODE, role=Qt.ItemDataRole.DisplayRole):
    return table.model().index(place, column).data(role)


def test_all_lines_are_there_before_any_row_has_come(table):
    table.show_listing(all_of(100_000))
    assert table.model().rowCount() == 100_000
    assert words(table, 99_999) == "…"


def test_only_the_pages_in_sight_are_asked_for_and_each_once(qtbot, table):
    table.show_listing(all_of(100_000))
    qtbot.waitUntil(lambda: bool(table.asked))
    table.viewport().repaint()
    assert [list(ids) for ids in table.asked] == [list(range(100_000, 100_000 - PAGE, -1))]


def test_what_has_come_replaces_the_dots(qtbot, table):
    shown = all_of(1000)
    table.show_listing(shown)
    qtbot.waitUntil(lambda: bool(table.asked))
    table.show_listing(shown.with_rows([a_row(number) for number in table.asked[0]]))
    assert words(table, 0, Column.APPLICANT) == "Trần Văn Thử 1000"
    assert words(table, PAGE) == "…"


def test_a_refresh_leaves_the_choice_where_it_was(table):
    table.show_listing(listing(NOW, [3, 2, 1], [a_row(n) for n in (3, 2, 1)]))
    press(table, Qt.Key.Key_Down)
    table.show_listing(listing(NOW, [4, 3, 2, 1], [a_row(n) for n in (4, 3, 2, 1)]))
    assert table.currentIndex().row() == 2


def test_a_choice_that_is_gone_falls_to_the_first_line(table):
    table.show_listing(listing(NOW, [3, 2, 1], [a_row(n) for n in (3, 2, 1)]))
    press(table, Qt.Key.Key_End)
    table.show_listing(listing(NOW, [3, 2], [a_row(n) for n in (3, 2)]))
    assert table.currentIndex().row() == 0


def test_home_and_end_go_to_the_ends_of_the_list_and_enter_opens(table):
    opened = []
    table.opened.connect(opened.append)
    table.show_listing(listing(NOW, [3, 2, 1], [a_row(n) for n in (3, 2, 1)]))
    press(table, Qt.Key.Key_End)
    press(table, Qt.Key.Key_Return)
    press(table, Qt.Key.Key_Home)
    press(table, Qt.Key.Key_Enter)
    assert opened == [UUID(int=1), UUID(int=3)]


def test_a_line_that_has_not_come_cannot_be_opened(table):
    opened = []
    table.opened.connect(opened.append)
    table.show_listing(all_of(5))
    press(table, Qt.Key.Key_Return)
    assert opened == []


@pytest.mark.parametrize("width", [500, 700, 900, 1100, 1400])
def test_the_columns_fill_the_width_exactly(table, width):
    table.resize(width, 500)
    columns = [column for column in Column if not table.isColumnHidden(column)]
    assert sum(table.columnWidth(column) for column in columns) == table.viewport().width()


def test_where_it_is_narrow_the_date_is_left_to_the_tooltip(table):
    table.show_listing(listing(NOW, [1], [a_row(1)]))
    table.resize(620, 500)
    whole = words(table, 0, Column.DUE, Qt.ItemDataRole.ToolTipRole)
    assert whole == "09:30 26/11/2026 – Còn 3 ngày"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (timedelta(days=5), "Còn 5 ngày"),
        (timedelta(days=1), "Còn 1 ngày"),
        (timedelta(hours=3), "Hôm nay 12:30"),
        (timedelta(hours=-1), "Quá hạn từ 08:30"),
        (timedelta(days=-2), "Quá hạn 2 ngày"),
    ],
)
def test_a_due_date_says_how_long_it_is_till_then(due, said):
    assert due_tag(NOW + due, NOW, Status.RECEIVED).text == said


def test_days_are_counted_by_the_clock_of_the_office():
    late_in_london = datetime(2026, 11, 23, 17, tzinfo=VIETNAM).astimezone(None)
    assert due_tag(late_in_london, NOW, Status.RECEIVED).text == "Hôm nay 17:00"


@pytest.mark.parametrize("status", [Status.STOPPED, Status.NOT_ACCEPTED])
def test_nobody_waits_for_what_has_ended(status):
    assert due_tag(NOW - timedelta(days=9), NOW, status) is None


def test_what_was_finished_is_no_longer_late_but_may_have_been():
    due = NOW - timedelta(days=3)
    in_time, late = due - timedelta(hours=1), due + timedelta(hours=1)
    assert due_tag(due, NOW, Status.FINISHED, finished_at=in_time) is None
    assert due_tag(due, NOW, Status.FINISHED, finished_at=late).text == "Trễ hẹn"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_status_has_a_short_name_of_its_own(language):
    speak(language)
    names = [status_tag(status).text for status in (*Status, None)]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 18 for name in names)


def test_a_void_dossier_is_called_so_whatever_its_status():
    assert status_tag(Status.STOPPED, voided=True).text == "Đã hủy mã"


def test_of_a_masked_number_only_the_end_can_be_read():
    assert masked("001090000001") == "••••••••0001"
    assert masked("012") == "012"
    assert masked("") == ""
