"""Paper: a receipt, and the list of a whole day, against Typst and against a PDF made by hand."""

import subprocess
import sys
from datetime import timedelta
from itertools import chain
from random import Random
from statistics import median

from msgspec import structs

from counter_app.domain.channel import Channel
from counter_app.domain.dossier_code import make_dossier_code
from counter_app.domain.paper import ReceiptPaper, SummaryPaper
from counter_app.domain.reports.daily import DayFacts, DossierFact, summarise
from counter_app.printing import prepare, render
from tests.benchmarks._hand import HandPdf, receipt_lines
from tests.benchmarks._measure import against, in_turn, median_ms, skipped, within
from tests.benchmarks._stores import somebody
from tests.benchmarks._typst import find_typst
from tests.factories import AGENCY, a_received, an_office
from tests.office import MONDAY
from tests.proofs._office import load_law

RECEIPT_TARGET = 1.2  # × Typst
SIZE_TARGET = 40  # KiB
FIRST_TARGET = 100  # ms
SUMMARY_TARGET = 1.6  # × Typst
GROWTH_TARGET = 12  # ten times the dossiers

_RECEIPTS = 200
_WARM = 10
_FIRST = 7
_SUMMARIES = 3
_HEAD = ("STT", "Mã hồ sơ", "Chủ hồ sơ", "Thủ tục", "Nhận", "Hẹn trả", "Phải thu")
_WIDTHS = (28, 95, 96, 116, 28, 51, 48)
_MAKE_THE_FIRST = """
import time
from counter_app.printing import render
from tests.benchmarks.paper import a_receipt, receipt_form
from random import Random
form, paper = receipt_form(), a_receipt(Random(1))
began = time.perf_counter()
render(form, paper, size="a5")
print(time.perf_counter() - began)
"""


def run(_dossiers):
    """Measure both papers, and yield the lines."""
    prepare()
    typst, hand = find_typst(), HandPdf()
    try:
        yield from chain(_receipts(typst, hand), _summaries(typst, hand))
    finally:
        if typst:
            typst.close()


def receipt_form():
    """Return the form of the receipt."""
    return load_law().print_form("receipt", MONDAY.date()).form


def a_receipt(rng):
    """Return a receipt as they are given every day."""
    token = "".join(rng.choices("0123456789", k=240))
    applicant = structs.replace(a_received().applicant, **somebody(rng))
    return ReceiptPaper(received=a_received(applicant=applicant, receipt=token))


def _receipts(typst, hand):
    rng, form, sizes = Random(1), receipt_form(), []

    def ours(_number):
        paper = a_receipt(rng)
        return lambda: sizes.append(len(render(form, paper, size="a5")))

    def by_hand(_number):
        received = a_receipt(rng).received
        lines = receipt_lines(received)
        return lambda: len(hand.receipt(lines, received.receipt))

    def by_typst(_number):
        received = a_receipt(rng).received
        return lambda: typst.receipt(receipt_lines(received), received.receipt)

    contenders = {"ours": ours, "hand": by_hand} | ({"typst": by_typst} if typst else {})
    times = in_turn(_WARM + _RECEIPTS, **contenders)
    yield _line("receipt, warm", times, _WARM, RECEIPT_TARGET)
    yield within("receipt, size", round(max(sizes) / 1024, 1), "kib", SIZE_TARGET)
    first = median(_first_receipt() for _ in range(_FIRST))
    yield within("receipt, first after start", round(first * 1000, 1), "median_ms", FIRST_TARGET)


def _summaries(typst, hand):
    form = load_law().print_form("daily-summary", MONDAY.date()).form

    def ours(paper):
        return lambda: len(render(form, paper, size="a4"))

    for dossiers in (1000, 10_000):

        def by_us(number, dossiers=dossiers):
            return ours(_a_summary(Random(number), dossiers))

        def by_hand(number, dossiers=dossiers):
            rows = _rows(_a_summary(Random(number), dossiers))
            return lambda: len(hand.table(_HEAD, _WIDTHS, rows))

        def by_typst(number, dossiers=dossiers):
            rows = _rows(_a_summary(Random(number), dossiers))
            return lambda: typst.table(_HEAD, _WIDTHS, rows)

        contenders = {"ours": by_us, "hand": by_hand} | ({"typst": by_typst} if typst else {})
        times = in_turn(_SUMMARIES, **contenders)
        yield _line(f"daily summary of {dossiers} dossiers", times, 0, SUMMARY_TARGET)
    yield _growth(ours)


def _growth(ours):
    """Return the line of one long summary against ten short ones, which take as long as it."""

    def long(number):
        return ours(_a_summary(Random(number), 10_000))

    def short(number):
        works = [ours(_a_summary(Random(number * 10 + n), 1000)) for n in range(10)]
        return lambda: [work() for work in works]

    times = in_turn(_SUMMARIES, long=long, short=short)
    return against(
        "daily summary, ten times the dossiers",
        times["long"],
        "the summary of 1,000",
        [seconds / 10 for seconds in times["short"]],
        GROWTH_TARGET,
    )


def _line(name, times, warm, target):
    """Return a line against Typst, or without it the figures alone."""
    ours, by_hand = times["ours"][warm:], times["hand"][warm:]
    limit = {"hand_ms": median_ms(by_hand), "x_hand": round(median(ours) / median(by_hand), 2)}
    if "typst" not in times:
        reason = "typst and segno cannot be installed here"
        return skipped(name, reason) | {"median_ms": median_ms(ours), **limit}
    return against(name, ours, "typst", times["typst"][warm:], target, **limit)


def _first_receipt():
    command = [sys.executable, "-c", _MAKE_THE_FIRST]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _a_summary(rng, dossiers):
    """Return the summary of a day on which so many dossiers came in."""
    law = load_law()
    procedures = [file.form for file in law.procedures(MONDAY.date())]
    received = tuple(_a_fact(rng, number, rng.choice(procedures)) for number in range(dossiers))
    due = tuple(fact.due_at for fact in received)
    cut = MONDAY + timedelta(hours=9)
    facts = DayFacts(day=MONDAY.date(), cut=cut, received=received, events=(), open_due=due)
    return SummaryPaper(
        summary=summarise(facts),
        office=an_office(),
        desk_name="Quầy 1",
        officer_name="Lê Thị Thử",
        printed_at=cut,
    )


def _a_fact(rng, number, procedure):
    return DossierFact(
        code=make_dossier_code(AGENCY, MONDAY.date(), number + 1),
        applicant=somebody(rng)["full_name"],
        procedure=procedure.name,
        field=procedure.field,
        channel=Channel.DIRECT,
        officer="Lê Thị Thử",
        received_at=MONDAY + timedelta(seconds=number),
        due_at=MONDAY + timedelta(days=rng.randrange(1, 30)),
        charged=rng.randrange(50) * 1000,
    )


def _rows(paper):
    return [
        [
            str(number),
            fact.code,
            fact.applicant,
            fact.procedure,
            f"{fact.received_at:%H:%M}",
            f"{fact.due_at:%d/%m/%Y}",
            f"{fact.charged:,}".replace(",", "."),
        ]
        for number, fact in enumerate(paper.summary.dossiers, 1)
    ]
