"""From the desk's key to the citizen's telephone: what is pushed is what the page shows."""

from datetime import datetime, timedelta

import pytest

from counter_app import i18n
from counter_app.central.enrolment import revoke
from counter_app.central.tracking.wording import WORDS
from counter_app.domain import operation as op
from counter_app.domain.officer import Role
from counter_app.domain.receipt_code import parse_receipt_code
from counter_app.domain.tracking import PageState
from tests.central.line import NOW, DeskOnTheLine, enrolled, push
from tests.central.public import Visitor, a_runner
from tests.factories import EXAMPLES, VIETNAM, a_party

LATER = datetime(2026, 8, 20, 17, tzinfo=VIETNAM)


@pytest.fixture(scope="module")
def runner():
    with a_runner() as runner:
        yield runner


@pytest.fixture
def visitor(runner, database, centre):
    visitor = Visitor(runner, database.url, centre, now=NOW)
    yield visitor
    visitor.leave()


@pytest.fixture
def desk(database, centre):
    return enrolled(database, centre)


def says(answer, state):
    return f"<h1>{i18n._(WORDS[state].headline)}</h1>" in answer.text


def test_a_receipt_is_genuine_before_the_push_and_known_after_it(database, centre, desk, visitor):
    receipt = parse_receipt_code(desk.receive().body.receipt)
    before = visitor.scan(receipt)
    assert says(before, PageState.NOT_YET)
    assert visitor.ask(receipt.dossier_code, receipt.pin).status_code == 404
    push(database, centre, desk)
    assert says(visitor.scan(receipt), PageState.RECEIVED)
    assert says(visitor.ask(receipt.dossier_code, receipt.pin), PageState.RECEIVED)


def test_the_page_goes_along_with_the_dossier(database, centre, desk, visitor):
    received = desk.receive()
    receipt = received.body.receipt.rpartition("/")[2]
    for kind, role, state in (
        ("forwarded", Role.RECEPTION, PageState.WORKED_ON),
        ("supplement_requested", Role.RECEPTION, PageState.SUPPLEMENT),
        ("supplement_received", Role.RECEPTION, PageState.WORKED_ON),
        ("obligation_set", Role.SPECIALIST, PageState.OBLIGATION),
        ("obligation_met", Role.RECEPTION, PageState.WORKED_ON),
        ("finished", Role.SPECIALIST, PageState.READY),
        ("result_returned", Role.RETURN, PageState.RETURNED),
    ):
        desk.act(EXAMPLES[kind], received, role=role)
        push(database, centre, desk)
        answer = visitor.scan(receipt)
        assert says(answer, state), kind
        assert a_party().full_name not in answer.text


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((("forwarded", Role.RECEPTION), ("refused", Role.LEADER)), PageState.REFUSED),
        (
            (("withdrawal_requested", Role.RECEPTION), ("stopped", Role.SUPERVISOR)),
            PageState.STOPPED,
        ),
        ((("withdrawal_requested", Role.RECEPTION),), PageState.WITHDRAWAL),
        ((("voided", Role.SUPERVISOR),), PageState.VOIDED),
    ],
)
def test_what_ends_otherwise_is_said_as_it_is(database, centre, desk, visitor, kinds, state):
    received = desk.receive()
    for kind, role in kinds:
        desk.act(EXAMPLES[kind], received, role=role)
    push(database, centre, desk)
    assert says(visitor.scan(received.body.receipt.rpartition("/")[2]), state)


def test_a_dossier_that_was_extended_has_a_new_date(database, centre, desk, visitor):
    received = desk.receive()
    extended = op.Extended(due_before=received.body.due_at, due_at=LATER, reason="Hồ sơ phức tạp")
    desk.act(extended, received, role=Role.LEADER)
    push(database, centre, desk)
    answer = visitor.scan(received.body.receipt.rpartition("/")[2])
    assert "20/08/2026" in answer.text
    assert "Trên giấy tiếp nhận: 06/08/2026" in answer.text
    assert extended.reason not in answer.text


def test_a_revoked_desks_new_receipts_are_not_confirmed(database, centre, desk, visitor):
    digits = desk.receive().body.receipt.rpartition("/")[2]
    with database.begin() as connection:
        revoke(connection, desk.id, NOW)
    assert says(visitor.scan(digits), PageState.UNCONFIRMED)


def test_a_desk_that_was_never_enrolled_is_not_known(database, centre, desk, visitor):
    digits = DeskOnTheLine().receive().body.receipt.rpartition("/")[2]
    assert says(visitor.scan(digits), PageState.UNKNOWN_KEY)


def test_a_number_that_was_not_leased_is_not_confirmed(database, centre, desk, visitor):
    digits = desk.receive(serial=9999).body.receipt.rpartition("/")[2]
    assert says(visitor.scan(digits), PageState.UNCONFIRMED)


def test_the_office_is_late_when_its_time_has_passed(database, centre, desk, visitor):
    received = desk.receive()
    push(database, centre, desk)
    visitor.now = received.body.due_at + timedelta(minutes=1)
    assert "Hồ sơ đã trễ hẹn" in visitor.scan(received.body.receipt.rpartition("/")[2]).text
