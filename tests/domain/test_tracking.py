"""What a citizen is told: each state has its words, and the clock of Vietnam decides."""

from datetime import UTC, date, datetime, timedelta

import pytest

from counter_app.domain.status import Status
from counter_app.domain.tracking import STEPS, Issuer, PageState, Reported, Step, unreported
from tests.factories import NOON, VIETNAM

TODAY = date(2026, 8, 4)
AN_HOUR = timedelta(hours=1)


@pytest.mark.parametrize("status", Status)
def test_every_national_state_is_shown_as_something(status):
    assert Reported(status=status).state in PageState


def test_the_five_steps_are_reached_in_their_order():
    way = (Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT, Status.FINISHED, Status.RETURNED)
    assert [STEPS[Reported(status=status).state] for status in way] == list(Step)


@pytest.mark.parametrize("status", [None, Status.SUBMITTED])
def test_what_has_not_been_reported_is_not_guessed(status):
    assert Reported(status=status).state is PageState.UNCLEAR


def test_what_ended_otherwise_stands_at_no_step():
    for ended in (
        Reported(status=Status.NOT_ACCEPTED),
        Reported(status=Status.STOPPED),
        Reported(status=Status.STOPPED, refused=True),
        Reported(status=Status.STOPPED, voided=True),
    ):
        assert ended.state not in STEPS


def test_a_cancelled_entry_is_not_called_refused():
    assert Reported(status=Status.STOPPED, voided=True, refused=True).state is PageState.VOIDED


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.PROCESSING])
def test_an_office_that_is_late_is_late_to_the_second(status):
    dossier = Reported(status=status, due_at=NOON)
    assert not dossier.is_overdue(NOON)
    assert dossier.is_overdue(NOON + timedelta(seconds=1))


@pytest.mark.parametrize("status", set(Status) - {Status.RECEIVED, Status.PROCESSING})
def test_nobody_is_late_while_the_applicant_is_waited_for_or_all_is_done(status):
    assert not Reported(status=status, due_at=NOON).is_overdue(NOON + AN_HOUR)


def test_without_a_promise_nobody_is_late():
    assert not Reported(status=Status.PROCESSING).is_overdue(NOON)


def test_the_promised_day_is_compared_by_the_clock_of_vietnam():
    evening = datetime(2026, 8, 5, 17, 30, tzinfo=UTC)  # half past midnight on the 6th
    assert not Reported(status=None, due_on=date(2026, 8, 6), due_at=evening).was_moved
    assert Reported(status=None, due_on=date(2026, 8, 5), due_at=evening).was_moved


def test_a_first_date_after_none_is_a_new_one():
    due_at = datetime(2026, 8, 6, 17, tzinfo=VIETNAM)
    assert Reported(status=None, due_at=due_at).was_moved
    assert not Reported(status=None, due_on=date(2026, 8, 6)).was_moved


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (-1, PageState.UNCONFIRMED),
        (0, PageState.NOT_YET),
        (45, PageState.NOT_YET),
        (46, PageState.UNCONFIRMED),
    ],
)
def test_a_receipt_is_waited_for_for_45_days(age, state):
    received_on = TODAY - timedelta(days=age)
    assert unreported(Issuer(revoked=False, leased=True), received_on, TODAY) is state


@pytest.mark.parametrize(
    "issuer", [Issuer(revoked=True, leased=True), Issuer(revoked=False, leased=False)]
)
def test_a_stolen_key_makes_no_receipt_genuine(issuer):
    assert unreported(issuer, TODAY, TODAY) is PageState.UNCONFIRMED
