"""The day on the screen: figures that add up, any day that has been, and its way to paper."""

from dataclasses import replace as moved
from datetime import timedelta

import pypdfium2
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app import i18n
from counter_app.desktop import summary
from counter_app.desktop.summary import SummaryPresenter
from counter_app.desktop.summary.words import codes, open_sum, rest, share_lines, tiles
from counter_app.domain import operation as op
from counter_app.domain.channel import Channel
from counter_app.domain.officer import Officer, Role
from counter_app.errors import PrinterUnavailable
from counter_app.services.acting import act
from counter_app.services.registration import register_dossier
from counter_app.services.summary import daily_summary
from tests.desktop.conftest import RecordingView, Waiting
from tests.desktop.sample import an_application, receive, token_of
from tests.office import MONDAY

TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = SummaryPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def dossiers(desk):
    """Five of today: three at the desk, two by post; one of them is void."""
    made = []
    for number in range(5):
        channel = Channel.POST if number in {1, 4} else Channel.DIRECT
        intake = replace(an_application(number), channel=channel)
        made.append(register_dossier(desk, intake, token=token_of(number)).id)
    everybody = Officer(id="lan", name="Lê Thị Thử", roles=frozenset(Role))
    act(moved(desk, officer=everybody), made[4], op.Voided(reason="Nhập hai lần"))
    act(desk, made[0], op.FeePaid(amount=8000, means=op.PaymentMeans.CASH, beyond=True))
    return made


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_it_begins_with_the_day_that_the_desk_works_on(presenter, view, dossiers):
    presenter.enter()
    assert view.state.day == TODAY
    assert view.state.summary.value("received") == 4


def test_coming_back_counts_again(presenter, view, desk, dossiers):
    presenter.enter()
    receive(desk, 7)
    presenter.enter()
    assert view.state.summary.value("received") == 5


def test_figures_are_said_as_sums(desk, dossiers):
    counted = daily_summary(desk, TODAY)
    received, _finished, _returned, overdue, money = tiles(counted)
    assert received.number == "4"
    assert received.made_of == "4 = 3 trực tiếp tại quầy + 1 qua bưu chính công ích"
    assert (overdue.number, overdue.tone) == ("0", "neutral")
    assert money.number == "8.000 ₫"
    assert codes(counted).endswith("(5 = 4 hồ sơ + 1 mã hủy)")
    assert "Chưa gửi" not in rest(counted)  # there is no centre


def test_a_table_adds_up_to_what_was_received(desk, dossiers):
    counted = daily_summary(desk, TODAY)
    for shares in (counted.by_procedure, counted.by_field, counted.by_officer, counted.by_channel):
        total, *lines = share_lines(shares)
        assert total[:2] == ("Tổng cộng", "4")
        assert sum(int(line[1]) for line in lines) == 4


def test_what_is_late_alarms(desk, clock, dossiers):
    clock.at += 30 * DAY
    later = moved(desk, business_date=clock.at.date())
    overdue = tiles(daily_summary(later, clock.at.date()))[3]
    assert (overdue.number, overdue.tone) == ("4", "danger")
    assert overdue.made_of == "Đang giải quyết: 4 = 4 quá hạn"


def test_what_is_due_later_today_is_not_late_yet(desk, clock, dossiers):
    assert daily_summary(desk, TODAY).value("open_overdue") == 0
    tomorrow = moved(desk, business_date=TODAY + DAY)
    assert daily_summary(tomorrow, TODAY).value("open_overdue") > 0


def test_a_day_without_anything_says_nothing(desk):
    counted = daily_summary(desk, TODAY)
    assert codes(counted) == rest(counted) == ""
    assert open_sum(counted) == "Không còn hồ sơ đang giải quyết"
    assert tiles(counted)[0].made_of == ""


def test_the_days_before_can_be_looked_at_and_those_to_come_cannot(presenter, view, dossiers):
    presenter.enter()
    presenter.step(-1)
    assert view.state.day == TODAY - DAY
    assert view.state.summary.dossiers == ()
    presenter.choose_today()
    assert view.state.summary.value("received") == 4
    presenter.step(1)
    assert view.state.day == TODAY


def test_a_count_that_comes_late_is_not_shown_for_another_day(desk, navigator, view, dossiers):
    tasks = Waiting()
    presenter = SummaryPresenter(desk, tasks, navigator)
    presenter.attach(view)
    presenter.enter()
    presenter.step(-1)
    tasks.work()
    assert view.state.summary.day == TODAY - DAY


def test_a_dossier_of_the_day_can_be_opened(presenter, view, navigator, dossiers):
    presenter.enter()
    presenter.open(view.state.summary.dossiers[2].code)
    assert navigator.last("open_dossier") == dossiers[2]


def test_the_preview_shows_the_pages_that_will_be_printed(presenter, view, navigator, dossiers):
    presenter.enter()
    presenter.make_room(400, 0)
    presenter.preview()
    assert view.state.previewing
    assert view.state.page.number == 1
    assert view.state.page.image.width == pytest.approx(400, abs=1)
    presenter.print()
    ((pdf, printer, title),) = navigator.printer.printed
    assert "BÁO CÁO TỔNG HỢP" in text_of(pdf)
    assert (printer, title) == ("Máy in A", "Tổng hợp ngày 23/11/2026")
    assert navigator.last("print_sheet").form == "daily-summary"


def test_a_printer_that_fails_is_said(presenter, view, navigator, dossiers):
    navigator.printer.works = False
    presenter.enter()
    presenter.preview()
    presenter.print()
    assert isinstance(navigator.last("refuse"), PrinterUnavailable)
    assert not view.state.busy


def test_the_summary_can_be_kept_as_a_file(presenter, navigator, dossiers, tmp_path):
    presenter.enter()
    presenter.preview()
    presenter.save(tmp_path / "a.pdf")
    assert "BÁO CÁO TỔNG HỢP" in text_of(tmp_path / "a.pdf")
    assert str(tmp_path / "a.pdf") in navigator.last("say")[0]


def test_another_day_closes_the_preview(presenter, view, dossiers):
    presenter.enter()
    presenter.make_room(400, 0)
    presenter.preview()
    presenter.step(-1)
    assert not view.state.previewing
    assert view.state.page is None


@pytest.fixture
def screen(qtbot, presenter):
    view = summary.build(presenter)
    qtbot.addWidget(view)
    view.resize(1154, 622)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    presenter.enter()
    view.setFocus()
    return view


def test_the_screen_shows_a_day_and_leads_to_its_paper_and_back(
    qtbot, presenter, dossiers, screen, navigator
):
    presenter.enter()
    assert screen.figures.tiles[0].number.text() == "4"
    assert screen.figures.dossiers.model().rowCount() == 5
    screen.preview_button.click()
    qtbot.waitUntil(lambda: screen.pages.page_size.height() > 300)
    assert screen.focusWidget() is screen.outlet.print_button
    qtbot.keyClick(screen.outlet.print_button, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(navigator.printer.printed) == 1)
    qtbot.keyClick(screen.outlet.print_button, Qt.Key.Key_Escape)
    assert screen.preview_button.isVisible()


def test_a_line_is_opened_by_enter(qtbot, dossiers, screen, navigator):
    screen.figures.dossiers.selectRow(1)
    qtbot.keyClick(screen.figures.dossiers, Qt.Key.Key_Return)
    assert navigator.last("open_dossier") == dossiers[1]


def test_the_day_is_chosen_by_hand_and_an_empty_one_says_what_to_do(screen, navigator):
    assert "Quét" in screen.figures.empty.sentence.text()
    screen.figures.empty.action.click()
    assert navigator.last("begin_intake") is None
    screen.day.setDate(QDate(2026, 11, 20))
    assert screen.figures.empty.sentence.text() == "Ngày 20/11/2026 không tiếp nhận hồ sơ nào."
    screen.figures.empty.action.click()
    assert screen.day.date() == QDate(2026, 11, 23)
    assert not screen.after.isEnabled()


def test_the_file_is_called_by_its_day(screen, presenter, dossiers):
    presenter.enter()
    presenter.preview()
    screen.outlet.save_button.click()
    dialog = screen.findChild(QFileDialog)
    (proposed,) = dialog.selectedFiles()
    dialog.close()
    assert proposed.endswith("/tong-hop-ngay-2026-11-23.pdf")


def test_the_screen_speaks_the_language_of_now(qtbot, presenter, dossiers):
    i18n.speak("en")
    presenter.enter()
    english = summary.build(presenter)
    qtbot.addWidget(english)
    assert english.figures.tiles[0].made_of.text() == "4 = 3 at the desk + 1 by public post"


class Windows(QObject):
    """Notes every window that comes up, however short."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_building_the_screen_lets_no_window_flash(qtbot, qapp, presenter, dossiers):
    windows = Windows()
    qapp.installEventFilter(windows)
    presenter.enter()
    qtbot.addWidget(summary.build(presenter))
    qapp.removeEventFilter(windows)
    assert windows.seen == []
