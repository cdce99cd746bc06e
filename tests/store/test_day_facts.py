"""The facts of a day are cut from the journal, and stay what they were."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from counter_app.domain.operation import Finished
from counter_app.domain.reports.daily import summarise
from counter_app.store.day_facts import day_facts
from tests.factories import DAY, EXAMPLES, NOON, VIETNAM, a_code, a_procedure_ref
from tests.store.conftest import done, registered, sql

TOMORROW = DAY + timedelta(days=1)
CUT = datetime(2026, 8, 4, tzinfo=VIETNAM)


@pytest.fixture
def facts(store):
    def facts(day=DAY, cut=CUT):
        with store.read() as connection:
            return day_facts(connection, day, cut=cut)

    return facts


def test_a_day_without_anything_has_no_facts(facts):
    empty = facts()
    assert (empty.received, empty.events, empty.open_due) == ((), (), ())


def test_the_dossiers_of_the_day_are_told_as_they_stood_at_its_end(store, facts):
    registered(store, 1, procedure=a_procedure_ref(field="Đất đai"))
    registered(store, 2, day=TOMORROW)
    done(store, 1, EXAMPLES["voided"], business_date=TOMORROW)
    [fact] = facts().received
    assert (fact.code, fact.field, fact.officer) == (a_code(1), "Đất đai", "Lê Thị Thử")
    assert (fact.charged, fact.voided, fact.unsent) == (16_000, False, True)
    assert [f.code for f in facts(TOMORROW).received] == [a_code(1, TOMORROW)]


def test_a_dossier_that_was_sent_is_not_unsent(store, facts):
    registered(store, 1)
    sql(store, "UPDATE delivery SET state = 'acked'")
    assert not facts().received[0].unsent


def test_what_happened_on_the_day_is_told_in_its_order(store, facts):
    registered(store, 1)
    registered(store, 2)
    done(store, 2, EXAMPLES["fee_paid"], EXAMPLES["receipt_printed"])
    done(store, 1, EXAMPLES["fee_reversed"])
    done(store, 1, EXAMPLES["record_viewed"], dossier_id=UUID(int=1))
    done(store, 1, EXAMPLES["noted"], business_date=TOMORROW)
    events = facts().events
    assert [e.kind for e in events] == [
        "received",
        "received",
        "fee_paid",
        "receipt_printed",
        "fee_reversed",
    ]
    assert [e.amount for e in events] == [0, 0, 16_000, 0, 6_000]


def test_guidance_is_told_though_it_is_of_no_dossier(store, facts):
    done(store, 7, EXAMPLES["guidance_given"], dossier_id=UUID(int=7))
    told = facts()
    assert [(e.kind, e.outcome) for e in told.events] == [("guidance_given", "supplement")]
    assert told.received == ()
    assert told.open_due == ()
    assert facts(TOMORROW).events == ()


def test_what_was_finished_counts_from_when_it_was_issued(store, facts):
    registered(store, 1)
    issued = NOON - timedelta(hours=3)
    done(store, 1, EXAMPLES["forwarded"], Finished(result="x", issued_at=issued))
    assert facts().events[-1].at == issued
    done(store, 1, Finished(result="x"))
    assert facts().events[-1].at == NOON


def test_what_was_open_at_the_end_of_a_day_stays_so_whatever_came_later(store, facts):
    due = NOON + timedelta(days=3)
    for number, due_at in ((1, due), (2, None), (3, due), (4, due)):
        registered(store, number, due_at=due_at)
    done(store, 3, EXAMPLES["forwarded"], EXAMPLES["finished"])
    registered(store, 5, day=TOMORROW)
    before = facts()
    assert sorted(before.open_due, key=str) == [due, due, None]
    done(store, 1, EXAMPLES["extended"], business_date=TOMORROW)
    done(store, 4, EXAMPLES["forwarded"], EXAMPLES["finished"], business_date=TOMORROW)
    assert summarise(facts()) == summarise(before)
    assert len(facts(TOMORROW).open_due) == 3


def test_a_day_in_2099_does_not_stick(store, facts):
    registered(store, 1, day=DAY.replace(year=2099))
    registered(store, 2)
    assert [fact.code for fact in facts().received] == [a_code(1)]
    assert len(facts().open_due) == 1


def test_the_summary_counts_what_the_journal_holds(store, facts):
    registered(store, 1)
    registered(store, 2)
    done(store, 1, EXAMPLES["voided"])
    done(store, 2, EXAMPLES["fee_paid"])
    summary = summarise(facts())
    figures = ("received", "voided", "charged", "paid", "open")
    assert [summary.value(name) for name in figures] == [1, 1, 16_000, 16_000, 1]
