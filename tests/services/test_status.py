"""What the status line is told."""

from datetime import UTC, timedelta
from uuid import UUID

import pytest

from counter_app.domain.desk_profile import CentreLink
from counter_app.services.status import centre_contact, desk_status
from counter_app.wire.delivery import Verdict
from tests.office import MONDAY, register
from tests.store.test_outbox import answer, judged

LINK = CentreLink(
    url="http://127.0.0.1:9",
    centre_id=UUID(int=1),
    root_key=bytes(32),
    generation=1,
    enrolled_at=MONDAY,
)


@pytest.fixture
def linked(desk):
    """A desk that is a centre's, without any road to it."""
    with desk.store.begin() as uow:
        uow.enrol(LINK, (), today=desk.business_date, tracking_url="")
    return desk


def test_of_a_desk_that_stands_alone_no_centre_is_told(desk):
    register(desk)
    status = desk_status(desk)
    assert status.unsent > 0
    assert (status.linked, status.waiting, status.heard_at, status.trouble) == (False, 0, None, "")


def test_dossiers_wait_since_the_first_thing_that_was_done_to_them(linked, clock):
    clock.at += timedelta(hours=1)
    register(linked)
    clock.at += timedelta(hours=2)
    register(linked)
    status = desk_status(linked)
    assert (status.linked, status.waiting) == (True, 2)
    assert status.oldest_waiting == (MONDAY + timedelta(hours=1)).astimezone(UTC)
    assert status.oldest_unsent < status.oldest_waiting


def test_what_was_sent_does_not_wait_and_what_was_contested_is_counted(linked):
    register(linked)
    with linked.store.read() as connection:
        last = connection.exec_driver_sql("SELECT max(seq) FROM chain").scalar_one()
    flagged = judged(linked.store, last, Verdict.FLAGGED, reason="code_clash")
    told = answer(linked.store, last, flagged, now=MONDAY + timedelta(minutes=7))
    with linked.store.begin() as uow:
        uow.record_answer(told, now=MONDAY)
    status = desk_status(linked)
    assert (status.unsent, status.waiting, status.flagged) == (0, 0, 1)
    assert (status.heard_at, status.ahead) == (MONDAY, timedelta(minutes=7))
    assert centre_contact(linked).high_water == last


def test_trouble_is_told_by_its_class(linked):
    with linked.store.begin() as uow:
        uow.record_trouble("CentreUnreachable", now=MONDAY)
    status = desk_status(linked)
    assert (status.trouble, status.trouble_at) == ("CentreUnreachable", MONDAY)


def test_an_enrolment_that_was_given_up_changes_nothing(desk):
    before = desk.profile
    with pytest.raises(RuntimeError), desk.store.begin() as uow:
        uow.enrol(LINK, (), today=desk.business_date, tracking_url="")
        raise RuntimeError("the power goes")
    assert desk.profile == before
    assert not desk.sends
