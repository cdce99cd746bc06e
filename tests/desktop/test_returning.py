"""Handing results out: slips and cards are scanned, the collector compared, a stack returned."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt

from counter_app.desktop import returning as screens
from counter_app.desktop.returning import ReturningPresenter
from counter_app.domain import operation as op
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.collecting import Collector
from counter_app.domain.officer import Role
from counter_app.domain.party import AuthorityKind
from counter_app.domain.receipt_code import receipt_code_for
from counter_app.domain.status import Status
from counter_app.services.acting import act, look_up
from counter_app.wire.signing import sign_receipt
from tests.desktop.sample import a_person, token_of
from tests.desktop.typing import type_text
from tests.factories import a_party
from tests.office import register

CTRL = Qt.KeyboardModifier.ControlModifier
UNIT = "Bộ phận tư pháp - hộ tịch"
OWN = "001090000001||Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm, phường Phú Thử|01012022"
OTHER = "001185000009||Lê Thị Lạ Thử|15031985|Nữ|Số 2 ngõ Thử Nghiệm|01012022"


class RecordingView:
    """Keeps the state it is shown."""

    awaited = 0

    def show_state(self, state):
        self.state = state

    def await_slip(self):
        self.awaited += 1


@pytest.fixture
def desk(desk):
    """A desk whose officer may do everything."""
    return replace(desk, officer=changed(desk.officer, roles=frozenset(Role)))


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = ReturningPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def finished(desk):
    """Receive an application and enter its result."""

    def finished(**intake):
        dossier = register(desk, **intake)
        act(desk, dossier.id, op.Forwarded(unit=UNIT))
        return act(desk, dossier.id, op.Finished(result="Giấy khai sinh; Trích lục"))

    return finished


def returned(desk, dossier):
    """Return what was noted of the return of a result."""
    from counter_app.services.viewing import open_dossier

    return open_dossier(desk, dossier.id).entries[0].operation.body


def test_a_slip_brings_its_documents_and_whoever_usually_collects(presenter, view, finished):
    assert presenter.takes_scan(finished().received.receipt)
    (slip,) = view.state.slips
    assert slip.ready
    assert slip.receipt_shown
    assert slip.documents == ("Giấy khai sinh", "Trích lục")
    assert view.state.choice is Collector.APPLICANT
    assert view.state.collector.full_name == "Trần Văn Thử"


def test_the_applicant_s_own_card_agrees_and_it_goes_out(desk, presenter, view, finished):
    dossier = finished()
    presenter.takes_scan(dossier.received.receipt)
    assert presenter.takes_scan(OWN)
    assert not view.state.strange_to
    presenter.submit()
    body = returned(desk, dossier)
    assert (body.identified, body.receipt_shown, body.authority) == (True, True, None)
    assert body.collector.full_name == "Trần Văn Thử"
    assert look_up(desk, dossier.id).status is Status.RETURNED
    assert view.state.slips == ()
    assert dossier.code in view.state.told
    assert view.awaited == 1


def test_a_stranger_s_card_asks_for_the_paper_that_lets_them(desk, presenter, view, finished):
    dossier = finished()
    presenter.takes_scan(dossier.received.receipt)
    presenter.takes_scan(OTHER)
    assert len(view.state.strange_to) == 1
    presenter.submit()
    assert "Lê Thị Lạ Thử" in view.state.problems["authority.document"]
    assert look_up(desk, dossier.id).status is Status.FINISHED
    presenter.authorise(AuthorityKind.SPOUSE, "Giấy chứng nhận kết hôn số 5")
    presenter.submit()
    body = returned(desk, dossier)
    assert (body.identified, body.authority.kind) == (False, AuthorityKind.SPOUSE)
    assert body.collector.id_number == "001185000009"


def test_without_a_card_the_officer_chooses_who_it_is(desk, presenter, view, finished):
    named = a_party(full_name="Bùi Văn Thử", id_number="001090000077")
    dossier = finished(collector=named)
    presenter.takes_scan(dossier.code)
    assert view.state.choice is Collector.NAMED
    presenter.choose(Collector.OTHER)
    presenter.submit()
    assert view.state.problems == {"collector": "Chưa nhập mục này."}
    presenter.choose(Collector.APPLICANT)
    presenter.submit()
    body = returned(desk, dossier)
    assert (body.collector.full_name, body.identified) == ("Trần Văn Thử", False)
    assert not body.receipt_shown


def test_what_is_not_ready_says_where_it_is(desk, presenter, view, navigator):
    from counter_app.desktop.returning.state import where_it_is

    dossier = register(desk)
    presenter.takes_scan(dossier.code)
    assert "17:00 23/11/2026" in where_it_is(view.state.slips[0])
    act(desk, dossier.id, op.Forwarded(unit=UNIT))
    presenter.enter()
    assert UNIT in where_it_is(view.state.slips[0])
    presenter.submit()
    assert view.state.trouble
    assert look_up(desk, dossier.id).status is Status.PROCESSING


def test_a_stack_goes_out_together_and_what_stays_is_told(desk, presenter, view, finished):
    ready, not_yet = [finished(), finished()], register(desk)
    for dossier in (*ready, not_yet):
        presenter.takes_scan(dossier.received.receipt)
    presenter.takes_scan(OWN)
    presenter.submit()
    assert [look_up(desk, each.id).status for each in ready] == [Status.RETURNED] * 2
    assert look_up(desk, not_yet.id).status is Status.RECEIVED
    first, second = view.state.told.split("\n")
    assert all(each.code in first for each in ready)
    assert not_yet.code in second


def test_a_slip_twice_is_one_slip(presenter, view, finished):
    dossier = finished()
    presenter.takes_scan(dossier.code)
    presenter.takes_scan(dossier.received.receipt)
    (slip,) = view.state.slips
    assert slip.receipt_shown
    presenter.leave_out(dossier.id)
    assert view.state.slips == ()


def test_a_card_alone_brings_all_results_that_wait(presenter, view, finished):
    finished()
    finished(applicant=a_person(5), submitter=a_party())
    assert presenter.takes_scan(OWN)
    assert len(view.state.slips) == 2
    assert not view.state.strange_to
    presenter.forget()
    presenter.takes_scan(OTHER)
    assert "Lê Thị Lạ Thử" in view.state.trouble
    assert view.state.card is None


def test_a_document_may_stay_and_the_post_has_a_number(desk, presenter, view, finished):
    dossier = finished(return_channel=ReturnChannel.POST)
    presenter.takes_scan(dossier.code)
    assert view.state.channel is ReturnChannel.POST
    presenter.number(" VN123456789 ")
    presenter.tick_document(dossier.id, "Trích lục", False)
    presenter.submit()
    body = returned(desk, dossier)
    assert (body.number, body.documents) == ("VN123456789", ("Giấy khai sinh",))


def test_a_genuine_receipt_of_what_is_not_known_here_is_enough(desk, presenter, view):
    code = receipt_code_for(
        "H57.132-261123-0900", key_id=desk.key.key_id, due_on=None, token=token_of(900)
    )
    presenter.takes_scan(sign_receipt(desk.key, code).digits)
    (slip,) = view.state.slips
    assert slip.ready
    assert slip.dossier.received is None
    presenter.choose(Collector.OTHER)
    presenter.name("full_name", "Bùi Văn Thử")
    presenter.submit()
    assert look_up(desk, slip.dossier.id).status is Status.RETURNED


def test_the_slip_to_sign_is_printed_if_it_is_wanted(presenter, navigator, finished):
    presenter.takes_scan(finished().code)
    presenter.choose_printing(True)
    presenter.submit()
    assert navigator.last("print_sheet").form == "control-slip"


def test_what_is_no_slip_is_left_to_others_or_told(presenter, view):
    assert not presenter.takes_scan("xin chào")
    presenter.typed("xin chào")
    assert "xin chào" in view.state.trouble
    presenter.typed("H57.132-261123-0999")
    assert "H57.132-261123-0999" in view.state.trouble


def test_esc_leaves_the_stack_first(presenter, finished):
    presenter.takes_scan(finished().code)
    assert presenter.forget()
    assert not presenter.forget()


@pytest.fixture
def screen(qtbot, desk, tasks, navigator):
    presenter = ReturningPresenter(desk, tasks, navigator)
    widget = screens.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.resize(1150, 640)
        widget.show()
        widget.activateWindow()
        widget.setFocus()
    yield widget, presenter
    presenter.attach(RecordingView())


def test_from_a_typed_code_to_the_next_slip(qtbot, desk, screen, finished):
    widget, _presenter = screen
    dossier = finished(submitter=a_person(4))
    type_text(widget.line, dossier.code)
    qtbot.keyClick(widget.line, Qt.Key.Key_Return)
    assert widget.line.text() == ""
    (card,) = widget.slips.cards
    qtbot.waitUntil(card.isVisible)
    assert [widget.panel.who.itemData(i) for i in range(widget.panel.who.count())] == [
        "applicant",
        "submitter",
        "other",
    ]
    qtbot.keyClick(widget, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(widget.line.hasFocus)
    assert look_up(desk, dossier.id).status is Status.RETURNED
    assert dossier.code in widget.told.message.text()


def test_the_cursor_goes_where_a_paper_has_to_be_named(qtbot, screen, finished):
    widget, presenter = screen
    presenter.takes_scan(finished().code)
    presenter.takes_scan(OTHER)
    qtbot.waitUntil(widget.panel.document.hasFocus)
    assert not widget.panel.ground_field.isHidden()
