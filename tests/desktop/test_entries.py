"""What is done to a dossier from its screen: what is offered, asked, refused, done and printed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.desktop import dossier as screens
from counter_app.desktop.dossier import DossierPresenter
from counter_app.desktop.dossier.entries import ENTRIES, ORDER, RETURN
from counter_app.desktop.dossier.facts import sections
from counter_app.domain import operation as op
from counter_app.domain.kind_name import kind_name
from counter_app.domain.officer import Officer, Role
from counter_app.domain.papers import MissingPaper
from counter_app.domain.status import Status
from counter_app.i18n import languages, speak
from counter_app.services.acting import BY_HAND, act, look_up
from tests.desktop.sample import receive
from tests.desktop.typing import press, type_text
from tests.factories import a_party
from tests.office import register

LAW = Path(__file__).parents[1] / "forms"
UNIT = "Bộ phận tư pháp - hộ tịch"
CARD = "001185000009||Lê Thị Thử|15031985|Nữ|Số 2 ngõ Thử Nghiệm|01012022"
ELSEWHERE = {
    "fee_paid", "fee_reversed", "fee_assessed", "fee_exempted", "transfer_requested",
    "receipt_linked", "scans_arranged", "scan_withdrawn", "exemption_reversed",
}  # fmt: skip
K = Qt.Key


class RecordingView:
    """Keeps the state it is shown."""

    def show_state(self, state):
        self.state = state


@pytest.fixture
def desk(desk):
    """A desk whose officer may do everything."""
    return replace(desk, officer=changed(desk.officer, roles=frozenset(Role)))


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = DossierPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def open_(presenter):
    """Open a dossier, and begin an entry of a kind on it."""

    def open_(dossier_id, kind=None):
        presenter.open(dossier_id)
        presenter.enter()
        if kind:
            presenter.begin(kind)

    return open_


@pytest.fixture
def received(desk):
    return receive(desk, 0)


@pytest.fixture
def examined(desk, received):
    act(desk, received, op.Forwarded(unit=UNIT, receiver="Bùi Văn Thử"))
    return received


def tick(presenter, view, name, place=0):
    lines = list(view.state.entry.values[name])
    lines[place] = changed(lines[place], ticked=True)
    presenter.edit(name, tuple(lines))


def test_every_kind_of_entry_has_its_place():
    assert set(ENTRIES) | {RETURN} == set(ORDER)
    assert set(ORDER) <= set(BY_HAND) <= set(ORDER) | ELSEWHERE


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_kind_asks_in_both_languages(desk, open_, presenter, view, received, kind):
    open_(received)
    said = []
    for language in languages():
        speak(language)
        presenter.begin(kind)
        asks = view.state.entry.asks
        said.append([ask.caption for ask in asks])
        assert len({ask.id for ask in asks}) == len(asks)
    assert not said[0] or said[0] != said[1]


def test_only_what_is_possible_now_is_offered(desk, open_, view, received):
    open_(received)
    kinds = {each.kind for each in view.state.possible}
    assert "forwarded" in kinds
    assert not kinds & {"finished", "supplement_received", RETURN}


def test_what_a_rule_stands_against_is_told_with_the_rule(desk, open_, view, examined, clock):
    open_(examined)
    assert "không" not in view.state.barred
    assert "hẹn" in str(view.state.barred["extended"])


def test_what_is_handed_over_goes_on_a_list_and_the_last_unit_comes_again(
    desk, open_, presenter, view, navigator, examined
):
    other = receive(desk, 3)
    open_(other, "forwarded")
    assert view.state.entry.values == {"unit": UNIT, "receiver": "Bùi Văn Thử"}
    presenter.choose_printing(False)
    presenter.carry_out()
    assert look_up(desk, other).status is Status.PROCESSING
    assert view.state.entry is None
    body = view.state.opened.entries[0].operation.body
    assert (body.unit, body.hand_over[:8]) == (UNIT, "01/2026-")
    assert navigator.last("say")[1] == "good"


def test_a_supplement_takes_ticked_papers_and_written_ones(desk, open_, presenter, view, examined):
    open_(examined, "supplement_requested")
    tick(presenter, view, "missing")
    presenter.add_line("missing", "  Giấy xác nhận  cư trú ")
    presenter.edit("until", "1/12/2026")
    presenter.choose_printing(False)
    presenter.carry_out()
    body = view.state.opened.entries[0].operation.body
    assert [paper.name for paper in body.missing][1] == "Giấy xác nhận cư trú"
    assert f"{body.until}" == "2026-12-01"
    assert body.reason.startswith("Thành phần hồ sơ")


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    desk, open_, presenter, view, examined
):
    open_(examined, "supplement_requested")
    presenter.edit("until", "31/02/2026")
    presenter.carry_out()
    assert "31/02/2026" in view.state.entry.problems["until"]
    presenter.edit("until", "")
    presenter.carry_out()
    assert view.state.entry.problems == {"missing": "Chưa nhập mục này."}
    assert view.state.entry.values["reason"]
    assert look_up(desk, examined).status is Status.PROCESSING


def test_what_is_brought_was_asked_for_and_the_new_hour_is_told_before(
    desk, open_, presenter, view, clock, examined
):
    missing = (
        MissingPaper(name="Giấy chứng sinh", originals=1),
        MissingPaper(name="Ảnh", copies=2),
    )
    act(desk, examined, op.SupplementRequested(missing=missing, reason="Thiếu"))
    clock.at += timedelta(days=2)
    later = replace(desk, business_date=clock.at.date())
    presenter._desk = later
    open_(examined, "supplement_received")
    entry = view.state.entry
    told = entry.row.told(entry.situation)
    assert "23/11/2026" in told[0]
    assert "26/11/2026" in told[0] or "25/11/2026" in told[0]
    assert any("bổ sung" in line for line in told[1:])
    assert [line.ticked for line in entry.values["papers"]] == [False, False]
    presenter.tick_all()
    presenter.carry_out()
    dossier = look_up(later, examined)
    assert [paper.name for paper in dossier.papers[-2:]] == ["Giấy chứng sinh", "Ảnh"]
    assert str(f"{dossier.due_at.astimezone(clock.at.tzinfo):%d/%m/%Y}") in told[0]


def test_an_apology_proposes_a_date_by_the_calendar_and_may_come_once(desk, open_, presenter, view):
    slow = receive(desk, 5)
    act(desk, slow, op.Forwarded(unit=UNIT))
    open_(slow, "extended")
    proposed = view.state.entry.values["due_at"]
    assert proposed.startswith(("0", "1"))
    presenter.choose_printing(False)
    presenter.carry_out()
    assert look_up(desk, slow).extensions == 1
    assert "extended" not in {each.kind for each in view.state.possible}
    assert "1" in str(view.state.barred["extended"])


def test_a_correction_shows_the_old_value_and_begins_from_it(
    desk, open_, presenter, view, received
):
    open_(received, "amended")
    presenter.edit("field", "applicant.phone")
    old = look_up(desk, received).received.applicant.phone
    assert view.state.entry.values["new"] == old
    assert old in view.state.entry.asks[1].hint
    presenter.edit("new", "0900099999")
    presenter.carry_out()
    body = view.state.opened.entries[0].operation.body
    assert (body.old, body.new) == (old, "0900099999")


def test_persons_and_rows_among_the_answers_are_corrected_too(desk, open_, presenter, view):
    desk_of_all = replace(desk, catalogue=load_catalogue(LAW))
    answers = {
        "purpose": "Thử",
        "form": "family",
        "head": a_party(full_name="Trần Văn Mẫu"),
        "members": ({"name": "Lê Thị Thử", "kin": "child"},),
    }
    made = register(desk_of_all, procedure="9.000001", answers=answers)
    open_(made.id, "amended")
    offered = dict(view.state.entry.asks[0].choices)
    assert offered["answers.head.full_name"] == "Chủ hộ: Họ và tên"
    assert "2" in offered["answers.members[1].name"]
    presenter.edit("field", "answers.members[0].kin")
    assert view.state.entry.asks[1].choices == (("spouse", "Vợ hoặc chồng"), ("child", "Con"))
    presenter.edit("new", "spouse")
    presenter.carry_out()
    told = sections(view.state.opened, numbers_shown=True)
    facts = {fact.caption: fact for section in told for fact in section.facts}
    number = made.received.answers["head"].id_number
    assert number in facts["Chủ hộ"].value
    hidden = [f for each in sections(view.state.opened, numbers_shown=False) for f in each.facts]
    assert not any(number in fact.value + fact.was for fact in hidden)
    rows = facts["Thành viên hộ gia đình"]
    assert ("Vợ hoặc chồng" in rows.value, "Con" in rows.was) == (True, True)


def test_what_ends_a_dossier_has_no_presumed_reason(desk, open_, presenter, view, received):
    open_(received, "voided")
    presenter.carry_out()
    assert view.state.entry.problems == {"reason": "Chưa nhập mục này."}
    presenter.edit("reason", "Nhập hai lần cùng một hồ sơ.")
    presenter.carry_out()
    assert look_up(desk, received).voided


def test_money_is_read_as_it_is_written_here(desk, open_, presenter, view, examined):
    open_(examined, "obligation_set")
    presenter.edit("amount", "1.250.000 ₫")
    assert "1.250.000" in view.state.entry.asks[0].hint
    presenter.carry_out()
    assert view.state.opened.entries[0].operation.body.amount == 1_250_000


def test_a_scanned_card_is_the_person_who_is_asked_for(desk, open_, presenter, view):
    at_once = receive(desk, 1)
    open_(at_once, "served")
    assert not presenter.takes_scan("H57.132-261123-0001")
    assert presenter.takes_scan(CARD)
    assert view.state.entry.values["collector"].full_name == "Lê Thị Thử"
    presenter.edit("result", "Bản sao đã chứng thực")
    presenter.carry_out()
    assert look_up(desk, at_once).status is Status.RETURNED


def test_esc_leaves_it_undone_and_another_dossier_forgets_it(
    desk, open_, presenter, view, examined
):
    open_(examined, "noted")
    presenter.edit("text", "Gọi trước")
    presenter.open(examined)
    presenter.enter()
    assert view.state.entry.values["text"] == "Gọi trước"
    assert presenter.leave_entry()
    assert not presenter.leave_entry()
    presenter.begin("noted")
    assert view.state.entry.values["text"] == ""
    open_(receive(desk, 3))
    assert view.state.entry is None


def test_the_result_is_handed_out_on_its_own_screen(desk, open_, presenter, navigator, examined):
    act(desk, examined, op.Finished(result="Giấy khai sinh"))
    open_(examined, RETURN)
    assert navigator.last("begin_return") == examined


def test_a_supplement_is_one_key_away_or_told_to_be_impossible(
    desk, open_, presenter, view, navigator, received
):
    open_(received)
    presenter.begin_supplement()
    assert "Không thể" in str(navigator.last("refuse")) or str(navigator.last("refuse"))
    act(desk, received, op.Forwarded(unit=UNIT))
    presenter.enter()
    presenter.begin_supplement()
    assert view.state.entry.kind == "supplement_requested"


def test_papers_are_handed_back_to_a_person(desk, open_, presenter, view, received):
    open_(received, "papers_returned")
    tick(presenter, view, "papers")
    presenter.edit("to", "")
    presenter.carry_out()
    assert view.state.entry.problems == {"to": "Chưa nhập mục này."}
    presenter.edit("to", a_party().full_name)
    presenter.carry_out()
    body = view.state.opened.entries[0].operation.body
    assert (body.to, len(body.papers)) == ("Trần Văn Thử", 1)


PRINTED = {
    "supplement_requested": ["supplement-request"],
    "refused": ["rejection"],
    "finished": [],
}


@pytest.mark.parametrize("kind", PRINTED)
def test_what_goes_with_an_entry_is_printed(open_, presenter, view, navigator, examined, kind):
    open_(examined, kind)
    presenter.edit("reason", "Không đủ điều kiện")
    presenter.tick_all()
    presenter.carry_out()
    assert view.state.entry is None
    assert [sheet.form for what, sheet in navigator.asked if what == "print_sheet"] == PRINTED[kind]


def test_a_list_and_a_slip_go_with_a_dossier(open_, presenter, navigator, received):
    open_(received, "forwarded")
    presenter.edit("unit", UNIT)
    presenter.carry_out()
    forms = [sheet.form for what, sheet in navigator.asked if what == "print_sheet"]
    assert forms == ["hand-over-list", "control-slip"]


def test_a_stop_and_an_apology_have_their_papers(desk, open_, presenter, navigator):
    slow = receive(desk, 5)
    act(desk, slow, op.Forwarded(unit=UNIT))
    open_(slow, "extended")
    presenter.carry_out()
    assert navigator.last("print_sheet").form == "extension"
    act(desk, slow, op.WithdrawalRequested(reason="Không còn nhu cầu"))
    open_(slow, "stopped")
    presenter.edit("reason", "Người nộp hồ sơ đề nghị")
    presenter.carry_out()
    assert navigator.last("print_sheet").form == "stop-notice"
    assert look_up(desk, slow).status is Status.STOPPED


@pytest.fixture
def screen(qtbot, desk, tasks, navigator):
    presenter = DossierPresenter(desk, tasks, navigator)
    widget = screens.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.resize(1150, 640)
        widget.show()
        widget.activateWindow()

    def show(dossier_id):
        presenter.open(dossier_id)
        presenter.enter()
        widget.setFocus()
        return widget

    yield show
    presenter.attach(RecordingView())


def test_from_the_buttons_to_a_note_by_keys_alone(qtbot, desk, screen, received):
    widget = screen(received)
    assert widget.bar.buttons["forwarded"].text().endswith(kind_name("forwarded"))
    widget.begun.emit("noted")
    box = widget.panel.fields["text"].box
    qtbot.waitUntil(box.hasFocus)
    type_text(box, "Hẹn đến sau 15 giờ")
    qtbot.keyClick(widget, K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(widget.panel.isHidden)
    body = look_up(desk, received)
    assert body.status is Status.RECEIVED
    assert widget.tabs.tabBar().hasFocus()


def test_papers_are_ticked_by_space_and_walked_by_arrows(qtbot, desk, screen, examined):
    widget = screen(examined)
    qtbot.keyClick(widget, K.Key_U, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "missing" in widget.panel.fields)
    papers = widget.panel.fields["missing"]
    qtbot.waitUntil(papers.rows[0].box.hasFocus)
    press(papers.rows[0].box, K.Key_Down)
    assert papers.rows[1].box.hasFocus()
    press(papers.rows[1].box, K.Key_Space, " ")
    assert [row.box.isChecked() for row in papers.rows][:2] == [False, True]


def test_who_may_do_the_rest_is_told_in_the_menu(qtbot, desk, tasks, navigator, examined):
    clerk = replace(desk, officer=Officer(id="binh", name="B", roles=frozenset({Role.RECEPTION})))
    presenter = DossierPresenter(clerk, tasks, navigator)
    widget = screens.build(presenter)
    qtbot.addWidget(widget)
    presenter.open(examined)
    presenter.enter()
    told = [a.text() for a in widget.bar.menu.actions() if not a.isEnabled() and a.text()]
    assert any("lãnh đạo" in text and kind_name("refused") in text for text in told)
