"""The daily summary of this desk, counted from the journal and put on paper."""

from datetime import date, datetime, time, timedelta

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.domain.business_date import check_business_date
from counter_app.domain.paper import SummaryPaper
from counter_app.domain.reports.daily import DailySummary, summarise
from counter_app.printing import render
from counter_app.store.day_facts import day_facts

FORM = "daily-summary"


def daily_summary(desk: Desk, day: date) -> DailySummary:
    """Count one business date; of a day that is over, the same figures come out for ever.

    What is overdue is judged by the end of the day, or by now as long as it lasts.

    Raises:
        ImpossibleClock: no dossier can be of that day.
    """
    check_business_date(day)
    zone = desk.catalogue.calendar.zone
    midnight = datetime.combine(day + timedelta(days=1), time.min, zone)
    with desk.store.read() as connection:
        facts = day_facts(connection, day, cut=min(midnight, desk.now()))
    if not desk.sends:  # nothing waits for a centre that is not there
        received = tuple(replace(fact, unsent=False) for fact in facts.received)
        facts = replace(facts, received=received)
    return summarise(facts)


def summary_pdf(desk: Desk, summary: DailySummary) -> bytes:
    """Return the summary as a printed form."""
    form = desk.catalogue.print_form(FORM, summary.day).form
    paper = SummaryPaper(
        summary=summary,
        office=desk.profile.office,
        desk_name=desk.profile.name,
        officer_name=desk.officer.name,
        printed_at=desk.now(),
    )
    return render(form, paper, size="a4")
