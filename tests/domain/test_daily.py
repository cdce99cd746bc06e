"""The figures of a day."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.channel import Channel
from counter_app.domain.operation import GuidanceOutcome, PaymentMeans
from counter_app.domain.reports.daily import DayFacts, DossierFact, EventFact, summarise
from tests.factories import DAY, NOON, a_code


def a_fact(serial=1, **changes):
    return DossierFact(
        **{
            "code": a_code(serial),
            "applicant": "Trần Văn Thử",
            "procedure": "Đăng ký khai sinh",
            "field": "Hộ tịch",
            "channel": Channel.DIRECT,
            "officer": "Lê Thị Thử",
            "received_at": NOON,
            "due_at": NOON,
            "charged": 8_000,
        }
        | changes
    )


def the_day(received=(), events=(), open_due=()):
    facts = DayFacts(
        day=DAY,
        cut=NOON,
        received=tuple(received),
        events=tuple(events),
        open_due=tuple(open_due),
    )
    return summarise(facts)


facts = st.builds(
    a_fact,
    serial=st.integers(1, 9999),
    channel=st.sampled_from(Channel),
    voided=st.booleans(),
    charged=st.integers(0, 10**6),
)


@given(st.lists(facts))
def test_the_parts_make_the_whole(received):
    summary = the_day(received)
    by_channel = [summary.value(f"received_{channel.value}") for channel in Channel]
    assert sum(by_channel) == summary.value("received")
    assert summary.value("received") + summary.value("voided") == len(received)
    for shares in (summary.by_procedure, summary.by_field, summary.by_officer):
        assert sum(share.received for share in shares) == summary.value("received")
        assert sum(share.charged for share in shares) == summary.value("charged")


@given(st.lists(st.none() | st.integers(-100, 100).map(lambda h: NOON + timedelta(hours=h))))
def test_what_is_open_is_in_time_due_soon_or_overdue(open_due):
    summary = the_day(open_due=open_due)
    parts = [summary.value(f"open_{name}") for name in ("in_time", "due_soon", "overdue")]
    assert sum(parts) == summary.value("open") == len(open_due)


def test_a_voided_dossier_keeps_its_code_and_counts_for_nothing():
    summary = the_day([a_fact(1), a_fact(2, voided=True)])
    assert (summary.value("received"), summary.value("charged")) == (1, 8_000)
    assert summary.last_code == a_code(2)


def test_without_a_due_date_it_was_finished_in_time():
    finished = EventFact(kind="finished", at=NOON, due_at=None)
    late = EventFact(kind="finished", at=NOON, due_at=NOON - timedelta(hours=1))
    summary = the_day(events=[finished, late])
    assert (summary.value("finished_in_time"), summary.value("finished_late")) == (1, 1)


def test_an_empty_day_has_no_codes_and_only_zeros():
    summary = the_day()
    assert summary.first_code is None
    assert {figure.value for figure in summary.figures} == {0}


def test_guidance_is_counted_apart_and_never_as_received():
    told = [EventFact(kind="guidance_given", at=NOON, outcome=o) for o in GuidanceOutcome]
    summary = the_day(events=told)
    assert summary.value("guided") == 2
    assert summary.value("turned_down") == 1
    assert summary.value("received") == 0
    assert summary.value("not_accepted") == 0


def test_what_was_served_at_once_is_finished_and_returned():
    summary = the_day(events=[EventFact(kind="served", at=NOON, due_at=NOON)])
    assert summary.value("finished_in_time") == summary.value("returned") == 1


means = st.sampled_from([each.value for each in PaymentMeans])
moves = st.builds(
    EventFact,
    kind=st.sampled_from(("fee_paid", "fee_reversed", "fee_exempted", "obligation_set")),
    at=st.just(NOON),
    amount=st.integers(1, 10**6),
    means=means,
)


@given(st.lists(moves))
def test_the_money_of_the_day_is_the_sum_of_how_it_came(events):
    summary = the_day(events=events)
    by_means = [figure.value for figure in summary.figures if figure.within == "paid"]
    taken = sum(event.amount for event in events if event.kind == "fee_paid")
    assert sum(by_means) == summary.value("paid") == taken - summary.value("reversed")
    assert summary.value("payments") == sum(event.kind == "fee_paid" for event in events)


def test_what_nobody_has_entered_is_counted_apart_from_what_is_charged():
    summary = the_day([a_fact(1, unknown=True, charged=0), a_fact(2, owed=8_000)])
    assert (summary.value("charged"), summary.value("charged_unknown")) == (8_000, 1)
    assert summary.value("owed") == 8_000
    assert [share.unknown for share in summary.by_procedure] == [1]


def test_receipts_are_told_in_unbroken_rows():
    numbers = ("0000009", "0000011", "0000010", "12", "9999999", "10000000", "0000009", "")
    events = [EventFact(kind="fee_paid", at=NOON, receipt=number) for number in numbers]
    assert the_day(events=events).receipts == ("12", "0000009–0000011", "9999999", "10000000")


def test_the_desk_s_own_numbers_are_told_from_the_first_to_the_last():
    paid = [EventFact(kind="fee_paid", at=NOON, number=f"PT26-AAAA-{n:06}") for n in (4, 5)]
    summary = the_day(events=paid)
    assert (summary.first_payment, summary.last_payment) == (
        "PT26-AAAA-000004",
        "PT26-AAAA-000005",
    )


def test_a_rare_figure_that_came_to_nothing_is_not_told():
    told = [figure.id for figure in the_day().figures if figure.is_told]
    assert "paid" in told
    assert not {"paid_cash", "reversed", "exempted", "charged_unknown"} & set(told)
