"""What is known before an entry is made: usual words, last units, and the hour that will follow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec.structs import replace as changed

from counter_app.domain import operation as op
from counter_app.domain.deadline import Deadline
from counter_app.domain.extension import proposed_extension
from counter_app.domain.officer import Role
from counter_app.domain.papers import MissingPaper, PaperTaken
from counter_app.domain.workflow import TRANSITIONS
from counter_app.errors import ExtendedAlready, ExtendedTooLate
from counter_app.services.acting import act, look_up
from counter_app.services.preparing import barred_now, prepare
from tests.desktop.sample import receive
from tests.office import MONDAY, register

UNIT = "Bộ phận tư pháp - hộ tịch"


@pytest.fixture
def desk(desk):
    """A desk whose officer may do everything."""
    return replace(desk, officer=changed(desk.officer, roles=frozenset(Role)))


def test_usual_reasons_are_for_kinds_that_there_are(catalogue):
    assert {each.kind for each in catalogue.reasons.reason} <= set(TRANSITIONS)
    assert len(catalogue.reasons.of("supplement_requested")) > 1


def test_the_last_unit_of_the_same_field_comes_first(desk):
    for number, unit in ((0, UNIT), (5, "Bộ phận địa chính")):
        act(desk, receive(desk, number), op.Forwarded(unit=unit))
    units = prepare(desk, receive(desk, 3), "forwarded").units
    assert [each.unit for each in units] == [UNIT, "Bộ phận địa chính"]


def test_the_hour_that_is_told_is_the_one_that_will_hold(desk, clock):
    dossier = receive(desk, 5)
    act(desk, dossier, op.Forwarded(unit=UNIT))
    missing = (MissingPaper(name="Giấy chứng sinh", originals=1),)
    act(desk, dossier, op.SupplementRequested(missing=missing, reason="Thiếu"))
    clock.at += timedelta(days=3)
    later = replace(desk, business_date=clock.at.date())
    told = prepare(later, dossier, "supplement_received").new_due
    brought = (PaperTaken(id="chung_sinh", name="Giấy chứng sinh", originals=1),)
    done = act(later, dossier, op.SupplementReceived(papers=brought))
    assert done.due_at == told.at
    assert told.reasons


@pytest.mark.parametrize(
    ("deadline", "days"),
    [
        (Deadline(unit="working_days", value=10, extension=3), 3),
        (Deadline(unit="working_days", value=5), 5),
        (Deadline(unit="same_day"), 1),
    ],
)
def test_a_new_date_is_later_by_what_the_procedure_knows_of(catalogue, deadline, days):
    calendar = catalogue.calendar
    promised = calendar.closing(date(2026, 11, 30))
    proposed = proposed_extension(deadline, promised, calendar).at
    assert proposed.date() == calendar.add_working_days(date(2026, 11, 30), days)


def test_why_a_date_cannot_be_put_off_is_known_beforehand(desk):
    today, slow = register(desk), receive(desk, 5)
    assert isinstance(barred_now(desk, today)["extended"], ExtendedTooLate)
    assert barred_now(desk, look_up(desk, slow)) == {}
    act(desk, slow, op.Extended(due_at=MONDAY + timedelta(days=30), reason="Cần xác minh"))
    assert isinstance(barred_now(desk, look_up(desk, slow))["extended"], ExtendedAlready)
