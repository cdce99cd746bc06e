"""How the figures of a day are said, so that anybody can add them up again; without Qt."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from counter_app.desktop.navigator import Tone
from counter_app.domain.channel import Channel
from counter_app.domain.reports.daily import DailySummary, DossierFact, Figure, Share
from counter_app.i18n import N_, _, format_count, format_money, law

_REST: Final = (
    "supplement",
    "not_accepted",
    "stopped",
    "charged_unknown",
    "exempted",
    "reversed",
    "owed",
    "guided",
    "turned_down",
    "reprinted",
    "unsent",
)
_CHANNELS: Final = {
    Channel.DIRECT.value: N_("at the desk"),
    Channel.ONLINE.value: N_("online"),
    Channel.POST.value: N_("by public post"),
}


class Tile(Struct, frozen=True, kw_only=True):
    """One of the main figures, and below it what it is made of."""

    caption: str
    number: str
    made_of: str = ""
    tone: Tone = "neutral"


def tiles(summary: DailySummary) -> tuple[Tile, ...]:
    """Return the main figures of a day."""
    late = summary.value("open_overdue")
    return (
        _tile(summary, "received"),
        _tile(summary, "finished"),
        _tile(summary, "returned"),
        Tile(
            caption=_("Overdue"),
            number=format_count(late),
            made_of=open_sum(summary),
            tone="danger" if late else "neutral",
        ),
        Tile(
            caption=_("Fees paid"),
            number=format_money(summary.value("paid")),
            made_of=_("{amount} charged for what came in").format(
                amount=charged_words(summary.value("charged"), summary.value("charged_unknown"))
            ),
        ),
    )


def sum_of(summary: DailySummary, whole: str) -> str:
    """Return a figure as the sum of its parts: “12 = 9 at the desk + 3 by public post”."""
    parts = [figure for figure in summary.figures if figure.within == whole and figure.value]
    if not parts:
        return ""
    added = " + ".join(f"{_value(part)} {_(part.label)}" for part in parts)
    return f"{_value(next(each for each in summary.figures if each.id == whole))} = {added}"


def open_sum(summary: DailySummary) -> str:
    """Return what is still open at the end of the day as a sum."""
    added = sum_of(summary, "open")
    return _("Still open: {sum}").format(sum=added) if added else _("Nothing is still open")


def codes(summary: DailySummary) -> str:
    """Return which dossier codes the day has used, and how many; "" if none."""
    if summary.first_code is None or summary.last_code is None:
        return ""
    kept, voided = summary.value("received"), summary.value("voided")
    span: str = summary.first_code
    if summary.last_code != summary.first_code:
        span = _("{first} to {last}").format(first=summary.first_code, last=_end(summary.last_code))
    if not voided:
        return _("Codes used: {span}").format(span=span)
    words = _("Codes used: {span} ({all} = {kept} dossiers + {voided} void)")
    return words.format(
        span=span,
        all=format_count(kept + voided),
        kept=format_count(kept),
        voided=format_count(voided),
    )


def rest(summary: DailySummary) -> str:
    """Return the smaller figures of the day, those that are not nothing."""
    named = {figure.id: figure for figure in summary.figures}
    came = sum_of(summary, "paid")
    said = [named[name] for name in _REST if named[name].value]
    told = [f"{_(named['paid'].label)}: {came}"] if came else []
    told += [f"{_(figure.label)}: {_value(figure)}" for figure in said]
    if summary.receipts:
        told.append(_("Receipts: {numbers}").format(numbers=", ".join(summary.receipts)))
    return " · ".join(told)


def _value(figure: Figure) -> str:
    return format_money(figure.value) if figure.money else format_count(figure.value)


def charged_words(amount: int, unknown: int) -> str:
    """Return what is charged; “+ ?” stands for what nobody has entered, `rest` says for how many.

    Where nothing else is charged, it is said in words.
    """
    if not unknown:
        return format_money(amount)
    return f"{format_money(amount)} + ?" if amount else _("not entered")


def share_lines(shares: Sequence[Share]) -> list[tuple[str, ...]]:
    """Return the lines of a table by procedure, field or officer, below their total."""
    lines = [
        (
            law(_channel(share.name)),
            format_count(share.received),
            charged_words(share.charged, share.unknown),
        )
        for share in shares
    ]
    received = sum(share.received for share in shares)
    charged = charged_words(
        sum(share.charged for share in shares), sum(share.unknown for share in shares)
    )
    # First, where it is in sight however long the table is.
    return [(_("Total"), format_count(received), charged), *lines]


def dossier_line(fact: DossierFact) -> tuple[str, ...]:
    """Return the line of one dossier in the list of the day."""
    return (
        fact.code,
        fact.applicant,
        law(fact.procedure),
        f"{fact.received_at:%H:%M}",
        _short(fact.due_at, fact.received_at.year) if fact.due_at else "—",
        _("Void") if fact.voided else charged_words(fact.charged, int(fact.unknown)),
    )


def _channel(name: str) -> str:
    return _(_CHANNELS[name]) if name in _CHANNELS else name


def _tile(summary: DailySummary, whole: str) -> Tile:
    label = next(figure.label for figure in summary.figures if figure.id == whole)
    number = format_count(summary.value(whole))
    return Tile(caption=_(label), number=number, made_of=sum_of(summary, whole))


def _short(instant: datetime, year: int) -> str:
    """Return an instant without the year that everybody is in."""
    return format(instant, "%H:%M %d/%m" if instant.year == year else "%H:%M %d/%m/%Y")


def _end(code: str) -> str:
    """Return the running number of a code, which is all that differs within a day."""
    return code.rpartition("-")[2]
