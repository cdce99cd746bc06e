"""The intake: from a scanned card to a durable dossier, and nothing typed is ever lost."""

import unicodedata

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from counter_app import i18n
from counter_app.desktop import intake, theme
from counter_app.desktop.intake import IntakePresenter
from counter_app.desktop.widgets.basics import row
from counter_app.domain.finding import Finding
from counter_app.domain.officer import Role
from counter_app.domain.party import PartyKind, Sex
from counter_app.errors import NotPermitted
from counter_app.services.drafts import keep_draft, unfinished
from counter_app.services.search import search_ids
from counter_app.services.viewing import open_dossier
from tests.desktop.conftest import Waiting
from tests.desktop.taking import (
    CARD,
    OTHER_CARD,
    RecordingView,
    choose,
    fields_of,
    fill,
    scan,
)
from tests.desktop.typing import press, type_text
from tests.office import with_roles

BIRTH = "1.001193"


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    made = IntakePresenter(desk, tasks, navigator)
    made.attach(view)
    made.enter()
    return made


@pytest.fixture
def slow(desk, navigator, view):
    """An intake whose lanes work when the test says so, and those lanes."""
    lanes = Waiting()
    made = IntakePresenter(desk, lanes, navigator)
    made.attach(view)
    return made, lanes


# People


def test_a_scanned_card_fills_in_the_applicant_and_asks_for_the_procedure(presenter, view):
    scan(presenter)
    applicant = view.state.intake.applicant
    assert applicant.full_name == "Nguyễn Thị Thử"
    assert applicant.id_number == "001190012345"
    assert (applicant.birth_date, applicant.sex) == ("1990-03-15", Sex.FEMALE)
    assert view.focused[-1] == "procedure"


def test_a_card_scanned_after_the_procedure_was_chosen_leads_on_to_the_papers(presenter, view):
    choose(presenter, "dks")
    scan(presenter)
    assert view.state.procedure.code == BIRTH
    assert view.focused[-1] == "components"


def test_what_the_scanner_has_spoilt_is_to_be_compared_until_it_is_typed_again(presenter, view):
    scan(presenter, CARD.replace("Nguyễn Thị Thử", "Nguyen Thi Thu").replace("Nữ", "Nu"))
    assert view.state.hints["applicant.full_name"] == (Finding.ACCENTS_LOST,)
    presenter.edit("applicant.full_name", "Nguyễn Thị Thử")
    assert "applicant.full_name" not in view.state.hints


def test_an_odd_number_is_a_hint_and_no_problem(presenter, view):
    fill(presenter)
    presenter.edit("applicant.sex", "male")
    assert view.state.hints["applicant.id_number"] == (Finding.SEX_DIFFERS,)
    presenter.submit()
    assert view.state.registered is not None


def test_a_returning_applicant_is_recognised_and_need_not_say_the_phone_again(presenter, view):
    fill(presenter)
    presenter.edit("applicant.phone", "0912 345 678")
    presenter.submit()
    scan(presenter)
    assert view.state.returning == 1
    assert view.state.intake.applicant.phone == "0912345678"
    assert view.state.recalled == {"applicant.phone"}


def test_a_number_that_is_typed_brings_back_who_it_belongs_to(presenter, view):
    fill(presenter)
    presenter.submit()
    presenter.edit("applicant.id_number", "001 190 012 345")
    presenter.leave("applicant.id_number")
    assert view.state.intake.applicant.full_name == "Nguyễn Thị Thử"
    assert "applicant.full_name" in view.state.recalled


def test_what_came_with_a_number_goes_with_it(presenter, view):
    fill(presenter)
    presenter.edit("applicant.phone", "0912345678")
    presenter.submit()
    scan(presenter)
    presenter.edit("applicant.email", "thu@example.vn")
    presenter.edit("applicant.id_number", "00119001234")
    applicant = view.state.intake.applicant
    assert (applicant.phone, applicant.email) == ("", "thu@example.vn")
    assert view.state.returning == 0


def test_an_answer_about_somebody_else_comes_too_late(presenter, slow, view):
    fill(presenter)
    presenter.edit("applicant.phone", "0912345678")
    presenter.submit()
    late, lanes = slow
    scan(late)
    scan(late, OTHER_CARD)
    lanes.work()
    assert view.state.intake.applicant.full_name == "Trần Văn Mẫu"
    assert view.state.intake.applicant.phone == ""


def test_the_card_of_somebody_who_came_for_the_applicant_goes_to_the_second_person(presenter, view):
    scan(presenter)
    presenter.bring_submitter(True)
    assert view.focused[-1] == "submitter.id_number"
    scan(presenter, OTHER_CARD)
    assert view.state.intake.applicant.full_name == "Nguyễn Thị Thử"
    assert view.state.intake.submitter.full_name == "Trần Văn Mẫu"


def test_the_second_person_comes_back_as_they_were(presenter, view):
    presenter.bring_submitter(True)
    presenter.edit("submitter.full_name", "Trần Văn Mẫu")
    presenter.bring_submitter(False)
    assert view.state.intake.submitter is None
    presenter.bring_submitter(True)
    assert view.state.intake.submitter.full_name == "Trần Văn Mẫu"


def test_who_was_scanned_for_a_business_is_its_submitter(presenter, view):
    scan(presenter)
    presenter.edit("applicant.kind", "business")
    assert view.state.intake.applicant.kind is PartyKind.BUSINESS
    assert view.state.intake.applicant.full_name == ""
    assert view.state.intake.submitter.full_name == "Nguyễn Thị Thử"
    presenter.edit("applicant.kind", "person")
    assert view.state.intake.applicant.full_name == "Nguyễn Thị Thử"
    assert view.state.intake.submitter is None


def test_an_address_is_offered_from_a_few_letters(presenter, view):
    presenter.edit("applicant.address", "12 Lê Lợi, px hue")
    assert view.state.addresses[0] == "12 Lê Lợi, Phường Phú Xuân, thành phố Huế"
    presenter.take_address(0)
    assert view.state.intake.applicant.address == "12 Lê Lợi, Phường Phú Xuân, thành phố Huế"
    assert view.state.addresses == ()


# Procedure and papers


def test_three_letters_and_enter_bring_papers_due_date_and_fee(presenter, view):
    scan(presenter)
    presenter.find("dks")
    assert view.state.matches[0].procedure.code == BIRTH
    presenter.take()
    state = view.state
    assert state.procedure.name == "Đăng ký khai sinh"
    assert state.due.at.isoformat() == "2026-11-23T17:00:00+07:00"
    assert [paper.given for paper in state.papers] == [False] * 6
    assert view.focused[-1] == "components"


def test_what_is_asked_for_most_is_offered_before_anything_is_typed(presenter, view):
    fill(presenter, procedure="sao tu so goc")
    presenter.submit()
    scan(presenter)
    assert view.state.matches[0].procedure.name == "Cấp bản sao từ sổ gốc"


def test_keys_that_are_quicker_than_the_list_lose_nothing(slow, view):
    presenter, lanes = slow
    scan(presenter)
    lanes.work()
    presenter.find("d")
    presenter.find("dk")
    presenter.find("dks")
    presenter.take()
    presenter.tick_required()
    presenter.submit()
    assert view.state.procedure is None
    lanes.work()
    assert view.state.registered.received.procedure.code == BIRTH


def test_an_answer_to_what_stood_there_before_is_not_shown(slow, view):
    presenter, lanes = slow
    presenter.find("kết hôn")
    presenter.find("dks")
    lanes.work()
    assert (view.state.matched, view.state.matches[0].procedure.code) == ("dks", BIRTH)


def test_leaving_the_box_shows_again_what_was_chosen(presenter, view):
    choose(presenter, "dks")
    presenter.find("kết")
    presenter.leave_search()
    assert view.state.query is None
    assert view.state.procedure.code == BIRTH


def test_one_key_ticks_what_must_be_there_and_nothing_else(presenter, view):
    choose(presenter, "dks")
    presenter.tick("residence", True)
    presenter.tick_required()
    ticked = {paper.component.id for paper in view.state.papers if paper.given}
    assert ticked == {"application", "birth_note", "identity", "residence"}
    assert (view.state.attested, view.state.required) == (3, 3)


def test_ticks_stay_where_the_papers_of_two_cases_agree(presenter, view):
    choose(presenter, "dks")
    presenter.tick_required()
    presenter.edit("case", "witness")
    ticked = {paper.component.id for paper in view.state.papers if paper.given}
    assert ticked == {"application", "identity"}


def test_no_tick_moves_to_another_procedure(presenter, view):
    choose(presenter, "dks")
    presenter.tick_required()
    choose(presenter, "kết hôn")
    assert view.state.attested == 0


def test_originals_and_copies_are_counted(presenter, view, desk):
    fill(presenter)
    presenter.count("application", 1, 2)
    presenter.submit()
    papers = {paper.id: paper for paper in view.state.registered.papers}
    assert (papers["application"].originals, papers["application"].copies) == (1, 2)


def test_the_fee_follows_the_answers(presenter, view):
    choose(presenter, "chung thuc ban sao")
    assert [line.amount for line in view.state.fees] == [2000]
    presenter.edit("answers.pages", "3")
    presenter.edit("answers.copies", "2")
    assert [line.amount for line in view.state.fees] == [10000]


def test_a_number_that_is_none_stays_as_typed_and_is_named(presenter, view):
    choose(presenter, "chung thuc ban sao")
    presenter.edit("answers.copies", "hai")
    presenter.leave("answers.copies")
    assert view.state.intake.answers["copies"] == "hai"
    assert fields_of(view.state) == ["answers.copies"]


def test_a_date_is_kept_in_iso_form_however_it_is_typed(presenter, view):
    for typed in ("15/3/1990", "15-03-1990", "15031990", "1990-03-15"):
        presenter.edit("applicant.birth_date", typed)
        assert view.state.intake.applicant.birth_date == "1990-03-15"
    presenter.edit("applicant.birth_date", "15/3/19")
    assert view.state.intake.applicant.birth_date == "15/3/19"


# Registering


def test_registering_makes_a_durable_dossier_and_room_for_the_next_citizen(
    presenter, view, desk, navigator
):
    fill(presenter)
    token = view.state.token
    presenter.submit()
    dossier = view.state.registered
    assert dossier.code == "H57.132-261123-0001"
    assert open_dossier(desk, dossier.id).dossier.code == dossier.code
    assert view.state.intake.is_blank
    assert view.state.token != token
    assert ("await_scan", None) in navigator.asked
    assert navigator.last("print_receipt") == (dossier.id, False)
    assert ("changed", None) in navigator.asked


def test_code_and_due_date_are_said_over_the_preview_too(presenter, navigator):
    fill(presenter)
    presenter.submit()
    words, tone = navigator.last("say")
    assert "H57.132-261123-0001" in words
    assert "17:00 Thứ Hai 23/11/2026" in words
    assert tone == "good"


def test_a_key_held_down_makes_one_dossier(slow, view, desk):
    presenter, lanes = slow
    fill(presenter)
    lanes.work()
    choose(presenter, "dks")
    lanes.work()
    presenter.tick_required()
    presenter.submit()
    assert view.state.busy
    presenter.submit()
    presenter.submit()
    lanes.work()
    presenter.submit()
    assert view.state.registered is not None
    assert len(search_ids(desk, "001190012345")) == 1


def test_the_next_card_may_come_while_the_dossier_is_still_being_written(slow, view):
    presenter, lanes = slow
    scan(presenter)
    choose(presenter, "dks")
    lanes.work()
    presenter.tick_required()
    presenter.submit()
    scan(presenter, OTHER_CARD)
    assert view.state.busy
    lanes.work()
    assert view.state.intake.applicant.full_name == "Trần Văn Mẫu"
    assert view.state.procedure is None


def test_what_is_missing_is_listed_and_what_was_typed_stays(presenter, view):
    presenter.edit("applicant.phone", "12")
    choose(presenter, "dks")
    presenter.submit()
    assert fields_of(view.state) == [
        "applicant.full_name",
        "applicant.phone",
        "components.application",
        "components.birth_note",
        "components.identity",
    ]
    assert view.focused[-1] == "problems"
    assert view.state.intake.applicant.phone == "12"
    assert not view.state.busy


def test_a_problem_goes_as_soon_as_it_is_put_right(presenter, view):
    scan(presenter)
    choose(presenter, "dks")
    presenter.submit()
    presenter.tick_required()
    assert view.state.problems == ()


def test_without_a_procedure_that_is_what_is_missing(presenter, view):
    scan(presenter)
    presenter.submit()
    assert fields_of(view.state) == ["procedure"]


def test_nothing_is_called_wrong_while_it_is_being_typed(presenter, view):
    presenter.edit("applicant.id_number", "00119001234")
    assert view.state.problems == ()
    presenter.leave("applicant.id_number")
    assert fields_of(view.state) == ["applicant.id_number"]


def test_what_the_store_refuses_is_said_and_the_intake_stays(desk, tasks, navigator, view):
    presenter = IntakePresenter(with_roles(desk, Role.CASHIER), tasks, navigator)
    presenter.attach(view)
    fill(presenter)
    presenter.submit()
    assert isinstance(navigator.last("refuse"), NotPermitted)
    assert view.state.intake.applicant.full_name == "Nguyễn Thị Thử"
    assert not view.state.busy
    assert len(unfinished(with_roles(desk, Role.CASHIER))) == 1


@pytest.mark.parametrize(
    "name",
    [
        "N" * 255,
        "<b>Thử</b> & =1+1 {applicant}",
        "\u202eThử",
        "Thử 😀",
        unicodedata.normalize("NFD", "Nguyễn Thị Thử"),
    ],
)
def test_an_unusual_name_is_registered_letter_by_letter(presenter, view, name):
    fill(presenter)
    presenter.edit("applicant.full_name", name)
    presenter.submit()
    registered = view.state.registered.received.applicant.full_name
    assert registered == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("applicant.full_name", "N" * 500),
        ("applicant.full_name", "   "),
        ("applicant.full_name", "Thử\0"),
        ("applicant.id_number", "00119001234"),
        ("applicant.birth_date", "30/02/1990"),
        ("applicant.birth_date", "24/11/2026"),
        ("applicant.email", "thu"),
        ("note", "a" * 5_000_000),
    ],
)
def test_what_cannot_be_true_is_named_at_its_field_and_stays_as_typed(presenter, view, path, typed):
    fill(presenter)
    presenter.edit(path, typed)
    presenter.submit()
    assert view.state.registered is None
    assert fields_of(view.state) == [path]
    _party, _dot, name = path.partition(".")
    kept = getattr(view.state.intake.applicant, name) if name else view.state.intake.note
    assert kept in {typed, "2026-11-24"}


# Drafts


def test_a_draft_is_kept_when_typing_stops_and_gone_when_registered(presenter, view, desk):
    fill(presenter)
    presenter.keep()
    assert [draft.intake for draft in unfinished(desk)] == [view.state.intake]
    assert view.state.kept_at == desk.now()
    presenter.submit()
    assert unfinished(desk) == []


def test_a_draft_comes_back_after_a_crash_as_it_was(presenter, view, desk, tasks, navigator):
    fill(presenter)
    presenter.edit("case", "witness")
    presenter.edit("note", "Gọi trước khi trả")
    presenter.keep()
    before = view.state
    after = IntakePresenter(desk, tasks, navigator)
    after.attach(view)
    after.begin(draft=unfinished(desk)[0])
    assert view.state.intake == before.intake
    assert view.state.token == before.token
    assert view.state.papers == before.papers
    after.tick_required()
    after.submit()
    assert view.state.registered is not None
    assert unfinished(desk) == []


def test_a_draft_for_a_procedure_that_is_gone_keeps_the_person(presenter, view, desk, navigator):
    scan(presenter)
    gone = replace(view.state.intake, procedure="9.999999")
    keep_draft(desk, gone, token=b"0123456789abcdef")
    presenter.renew()
    presenter.begin(draft=unfinished(desk)[0])
    assert view.state.intake.applicant.full_name == "Nguyễn Thị Thử"
    presenter.submit()
    assert fields_of(view.state) == ["procedure"]


def test_a_new_form_asks_nothing_and_offers_the_old_one_back(presenter, view, desk, navigator):
    fill(presenter)
    left = view.state
    presenter.renew()
    assert view.state.intake.is_blank
    assert navigator.last("say")[1] == "info"
    navigator.actions["Mở lại"]()
    draft = navigator.last("begin_intake")
    presenter.begin(draft=draft)
    assert (view.state.intake, view.state.token) == (left.intake, left.token)


def test_what_was_put_aside_can_be_thrown_away(presenter, desk, navigator):
    fill(presenter)
    presenter.renew()
    assert len(unfinished(desk)) == 1
    navigator.actions["Xóa bản nháp"]()
    assert unfinished(desk) == []


def test_the_card_of_the_next_citizen_puts_an_unfinished_intake_aside(presenter, view, desk):
    fill(presenter)
    scan(presenter, OTHER_CARD)
    assert view.state.intake.applicant.full_name == "Trần Văn Mẫu"
    assert view.state.procedure is None
    assert [draft.intake.applicant.full_name for draft in unfinished(desk)] == ["Nguyễn Thị Thử"]


def test_a_draft_can_be_kept_at_once(presenter, desk, navigator):
    presenter.save_draft()
    assert unfinished(desk) == []
    scan(presenter)
    presenter.save_draft()
    assert len(unfinished(desk)) == 1
    assert navigator.last("say")[1] == "good"


# The window


@pytest.fixture
def screen(qtbot, qapp, presenter):
    theme.choose(qapp, dark=False, scale=100)
    made = intake.build(presenter)
    theme.dress(made, scale=100)
    made.resize(1154, 612)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_from_keystrokes_to_a_code(qtbot, screen):
    type_text(screen.applicant.name.line, "Nguyễn Thị Thử")
    screen.procedure.box.setFocus()
    qtbot.keyClicks(screen.procedure.box, "dks")
    assert screen.procedure.matches.isVisible()
    press(screen.procedure.box, Qt.Key.Key_Return)
    assert screen.procedure.box.text() == "Đăng ký khai sinh"
    assert screen.procedure.due.text() == "Hẹn trả: 17:00 Thứ Hai 23/11/2026"
    first = screen.papers.lines["application"].box
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert screen.papers.counter.text() == "1/3 bắt buộc"
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert screen.papers.lines["birth_note"].box.hasFocus()
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert screen.papers.counter.text() == "3/3 bắt buộc"
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.registered.isVisible()
    assert screen.registered.code.text() == "H57.132-261123-0001"
    assert screen.applicant.name.line.text() == ""


def test_each_line_of_the_list_of_problems_leads_to_its_field(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.problems.isVisible()
    assert [link.path for link in screen.problems.links] == ["applicant.full_name", "procedure"]
    assert screen.problems.links[0].hasFocus()
    qtbot.keyClick(screen.problems.links[0], Qt.Key.Key_Space)
    assert screen.applicant.name.line.hasFocus()
    type_text(screen.applicant.name.line, "Thử")
    assert [link.path for link in screen.problems.links] == ["procedure"]


def test_the_arrows_choose_from_the_list_and_escape_closes_it(qtbot, screen):
    box = screen.procedure.box
    box.setFocus()
    qtbot.keyClicks(box, "dk")
    second = screen.procedure.matches.item(1).text()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Return)
    assert box.text() == second
    box.setFocus()
    qtbot.keyClicks(box, "dk")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not screen.procedure.matches.isVisible()


def test_a_half_typed_date_is_left_alone_and_written_out_on_leaving(qtbot, screen):
    line = screen.applicant.born.line
    line.setFocus()
    qtbot.keyClicks(line, "5/3/1990")
    assert line.text() == "5/3/1990"
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "05/03/1990"


def test_a_draft_is_kept_when_the_keys_are_quiet(qtbot, screen, desk):
    type_text(screen.applicant.name.line, "Nguyễn Thị Thử")
    with qtbot.waitSignal(screen.paused, timeout=5000):
        pass
    assert len(unfinished(desk)) == 1
    assert screen.kept.text() == "Đã lưu nháp 09:30"


def test_a_new_view_shows_what_the_old_one_did(qtbot, screen, presenter):
    type_text(screen.applicant.name.line, "Nguyễn Thị Thử")
    choose(presenter, "dks")
    i18n.speak("en")
    again = intake.build(presenter)
    qtbot.addWidget(again)
    assert again.applicant.name.line.text() == "Nguyễn Thị Thử"
    assert again.procedure.box.text() == "Birth registration"
    assert list(again.papers.lines) == list(screen.papers.lines)


def test_no_part_of_the_screen_flashes_up_as_a_window_of_its_own(qtbot, qapp, presenter):
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
                shown.append(watched)
            return False

    shown, watch = [], Watch()
    qapp.installEventFilter(watch)
    made = intake.build(presenter)
    qtbot.addWidget(made)
    made.show()
    scan(presenter)
    presenter.bring_submitter(True)
    presenter.edit("applicant.kind", "business")
    for procedure in ("dks", "chung thuc ban sao", "ho kinh doanh"):
        choose(presenter, procedure)
        presenter.submit()
    qapp.removeEventFilter(watch)
    assert shown == [made]


def test_the_wheel_changes_no_box_that_one_only_scrolls_past(screen, presenter):
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    screen.channel.wheelEvent(event)
    assert screen.channel.currentIndex() == 0


@pytest.mark.parametrize(
    ("scale", "language"), [(100, "vi"), (100, "en"), (125, "vi"), (150, "vi"), (150, "en")]
)
def test_nothing_is_wider_than_its_column(qtbot, qapp, presenter, desk, scale, language):
    i18n.speak(language)
    theme.choose(qapp, dark=False, scale=scale)
    host = QWidget()
    qtbot.addWidget(host)
    screen = intake.build(presenter)
    row(screen, into=host)
    theme.dress(host, scale=scale)
    host.resize(1366 - 184 * scale // 100 - 28, 612)
    host.show()
    scan(presenter)
    presenter.bring_submitter(True)
    presenter.keep()
    wide = []
    for file in desk.catalogue.procedures(desk.business_date):
        choose(presenter, file.form.code)
        qapp.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for area in screen.scrolling:
            inside = area.widget().minimumSizeHint().width()
            if inside > area.viewport().width():
                wide.append((file.form.code, inside, area.viewport().width()))
    assert wide == []
    assert host.minimumSizeHint().width() <= host.width()
