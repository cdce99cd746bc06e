"""The daily summary: what came in, what went out, what is waiting and what was paid.

The figures are those that the offices count today; no decree prescribes a form for them.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from counter_app.domain.channel import Channel
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.operation import GuidanceOutcome, PaymentMeans
from counter_app.i18n import N_

_MEANS: Final = {
    PaymentMeans.CASH: N_("in cash"),
    PaymentMeans.TRANSFER: N_("by transfer"),
    PaymentMeans.ONLINE: N_("paid online"),
    PaymentMeans.POST: N_("through the post"),
}

DUE_SOON: Final = timedelta(hours=24)


class DossierFact(Struct, frozen=True, kw_only=True):
    """A dossier received on the day, as it stood at the end of it; money in whole dong.

    `charged` and `owed` are what is known of it; `unknown` says that there are fees besides that
    nobody has entered an amount for.
    """

    code: DossierCode
    applicant: str
    procedure: str
    field: str
    channel: Channel
    officer: str
    received_at: datetime
    due_at: datetime | None
    charged: int
    owed: int = 0
    unknown: bool = False
    voided: bool = False
    unsent: bool = True


class EventFact(Struct, frozen=True, kw_only=True):
    """One operation of the day; `due_at` is its dossier's, `amount` in whole dong.

    `means` is how money came or went, `number` the desk's own number of a payment and `receipt`
    that of the receipt of record. `outcome` is how somebody was guided who could not be received.
    `voided`: its dossier was, that day.
    """

    kind: str
    at: datetime
    due_at: datetime | None = None
    amount: int = 0
    copy: int = 0
    outcome: str = ""
    means: str = ""
    number: str = ""
    receipt: str = ""
    voided: bool = False


class DayFacts(Struct, frozen=True, kw_only=True):
    """All that a daily summary is counted from, cut at the end of one business date.

    `open_due` holds the promised hour, or none, of every dossier still open at the cut.
    """

    day: date
    cut: datetime
    received: tuple[DossierFact, ...]
    events: tuple[EventFact, ...]
    open_due: tuple[datetime | None, ...]


class Figure(Struct, frozen=True, kw_only=True):
    """One named number of the summary; `money` means whole dong.

    A `rare` one is left out where a person reads the figures and it is nothing.
    """

    id: str
    label: str
    value: int
    money: bool = False
    within: str = ""
    rare: bool = False

    @property
    def is_told(self) -> bool:
        """Say whether a person is told of it."""
        return bool(self.value) or not self.rare


class Share(Struct, frozen=True, kw_only=True):
    """How many of the day's dossiers fall to one procedure, field, channel or officer.

    Of `unknown` of them not all that is charged is known.
    """

    name: str
    received: int
    charged: int
    unknown: int = 0


class DailySummary(Struct, frozen=True, kw_only=True):
    """One desk's day, ready to be shown or printed.

    `receipts` are the numbers of receipts of record, a span for each unbroken row of them.
    """

    day: date
    figures: tuple[Figure, ...]
    by_procedure: tuple[Share, ...]
    by_field: tuple[Share, ...]
    by_channel: tuple[Share, ...]
    by_officer: tuple[Share, ...]
    first_code: DossierCode | None
    last_code: DossierCode | None
    first_payment: str = ""
    last_payment: str = ""
    receipts: tuple[str, ...] = ()
    dossiers: tuple[DossierFact, ...]

    def value(self, figure: str) -> int:
        """Return one figure by its name."""
        return next(found.value for found in self.figures if found.id == figure)


def summarise(facts: DayFacts) -> DailySummary:
    """Count the day."""
    kept = [fact for fact in facts.received if not fact.voided]
    codes = sorted(fact.code for fact in facts.received)
    numbers = [e.number for e in facts.events if e.kind == "fee_paid" and e.number]
    return DailySummary(
        day=facts.day,
        figures=(*_received(facts, kept), *_done(facts), *_open(facts), *_money(facts, kept)),
        by_procedure=_shares(kept, lambda fact: fact.procedure),
        by_field=_shares(kept, lambda fact: fact.field),
        by_channel=_shares(kept, lambda fact: fact.channel.value),
        by_officer=_shares(kept, lambda fact: fact.officer),
        first_code=codes[0] if codes else None,
        last_code=codes[-1] if codes else None,
        first_payment=numbers[0] if numbers else "",
        last_payment=numbers[-1] if numbers else "",
        receipts=_spans(event.receipt for event in facts.events),
        dossiers=tuple(sorted(facts.received, key=lambda fact: fact.code)),
    )


def _received(facts: DayFacts, kept: list[DossierFact]) -> Iterable[Figure]:
    by = Counter(fact.channel for fact in kept)
    whole = "received"
    yield Figure(id=whole, label=N_("Received"), value=len(kept))
    yield _figure("received_direct", N_("at the desk"), by[Channel.DIRECT], whole)
    yield _figure("received_online", N_("online"), by[Channel.ONLINE], whole)
    yield _figure("received_post", N_("by public post"), by[Channel.POST], whole)
    voided = len(facts.received) - len(kept)
    yield _figure("voided", N_("Voided"), voided)
    late = sum(event.kind == "voided" for event in facts.events) - voided
    yield _rare("voided_earlier", N_("Voided, of earlier days"), late)
    yield _figure("unsent", N_("Not yet sent"), sum(fact.unsent for fact in facts.received))
    reprints = sum(e.kind == "receipt_printed" and e.copy > 0 for e in facts.events)
    yield _figure("reprinted", N_("Receipts reprinted"), reprints)


def _done(facts: DayFacts) -> Iterable[Figure]:
    count = Counter(event.kind for event in facts.events if not event.voided)
    finished = [e for e in facts.events if e.kind in {"finished", "served"} and not e.voided]
    late = sum(event.due_at is not None and event.at > event.due_at for event in finished)
    yield _figure("finished", N_("Finished"), len(finished))
    yield _figure("finished_in_time", N_("in time"), len(finished) - late, "finished")
    yield _figure("finished_late", N_("late"), late, "finished")
    returned = count["result_returned"] + count["served"]
    yield _figure("returned", N_("Results returned"), returned)
    yield _figure("supplement", N_("Supplements requested"), count["supplement_requested"])
    yield _figure("not_accepted", N_("Not accepted"), count["not_accepted"])
    yield _figure("stopped", N_("Stopped"), count["stopped"] + count["refused"])
    guided = Counter(e.outcome for e in facts.events if e.kind == "guidance_given")
    turned_down = guided[GuidanceOutcome.REFUSAL]
    yield _figure("guided", N_("Guidance given"), guided.total() - turned_down)
    yield _figure("turned_down", N_("Refused before reception"), turned_down)


def _open(facts: DayFacts) -> Iterable[Figure]:
    late = sum(due is not None and due < facts.cut for due in facts.open_due)
    soon = sum(
        due is not None and facts.cut <= due < facts.cut + DUE_SOON for due in facts.open_due
    )
    whole = "open"
    yield Figure(id=whole, label=N_("Still open"), value=len(facts.open_due))
    in_time = len(facts.open_due) - late - soon
    yield _figure("open_in_time", N_("in time"), in_time, whole)
    yield _figure("open_due_soon", N_("due within 24 hours"), soon, whole)
    yield _figure("open_overdue", N_("overdue"), late, whole)


def _money(facts: DayFacts, kept: list[DossierFact]) -> Iterable[Figure]:
    yield _sum("charged", N_("Fees charged"), sum(fact.charged for fact in kept))
    unknown = sum(fact.unknown for fact in kept)
    yield _rare("charged_unknown", N_("Dossiers with a fee not entered"), unknown)
    exempted = _total(facts, "fee_exempted") - _total(facts, "exemption_reversed")
    yield _rare("exempted", N_("Fees exempted"), exempted, money=True)
    taken, back = _total(facts, "fee_paid"), _total(facts, "fee_reversed")
    yield _sum("paid", N_("Fees paid"), taken - back)
    for means, label in _MEANS.items():
        net = _total(facts, "fee_paid", means) - _total(facts, "fee_reversed", means)
        yield _rare(f"paid_{means.value}", label, net, "paid", money=True)
    yield _rare("reversed", N_("Money given back"), back, money=True)
    yield _rare("owed", N_("Still to be paid"), sum(fact.owed for fact in kept), money=True)
    payments = sum(event.kind == "fee_paid" for event in facts.events)
    yield _rare("payments", N_("Payments"), payments)


def _total(facts: DayFacts, kind: str, means: PaymentMeans | None = None) -> int:
    return sum(
        event.amount
        for event in facts.events
        if event.kind == kind and (means is None or event.means == means.value)
    )


def _spans(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of receipts in order, those that follow one another as “1–3”."""
    ordered = sorted({(len(n), n) for n in numbers if n.isascii() and n.isdigit()})
    spans: list[list[str]] = []
    for _length, number in ordered:
        last = spans[-1][-1] if spans else ""
        if last and len(last) == len(number) and int(number) == int(last) + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return tuple(f"{s[0]}–{s[-1]}" if len(s) > 1 else s[0] for s in spans)


def _figure(figure: str, label: str, value: int, within: str = "") -> Figure:
    return Figure(id=figure, label=label, value=value, within=within)


def _sum(figure: str, label: str, value: int) -> Figure:
    return Figure(id=figure, label=label, value=value, money=True)


def _rare(figure: str, label: str, value: int, within: str = "", *, money: bool = False) -> Figure:
    return Figure(id=figure, label=label, value=value, within=within, money=money, rare=True)


def _shares(kept: list[DossierFact], name_of: Callable[[DossierFact], str]) -> tuple[Share, ...]:
    received: Counter[str] = Counter()
    charged: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for fact in kept:
        received[name_of(fact)] += 1
        charged[name_of(fact)] += fact.charged
        unknown[name_of(fact)] += fact.unknown
    names = sorted(received, key=lambda name: (-received[name], name))
    return tuple(
        Share(name=n, received=received[n], charged=charged[n], unknown=unknown[n]) for n in names
    )
