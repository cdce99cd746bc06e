"""What a printed form may ask for, by name: nothing but what stands here can be filled in.

Values are put in once and never read again: braces that a citizen has typed stay braces.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Literal, get_args

from msgspec import Struct

from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.deadline import Unit
from counter_app.domain.fee import FeeKind, total_of
from counter_app.domain.money_words import money_words
from counter_app.domain.operation import Received
from counter_app.domain.paper import Paper, ReceiptPaper, RecoverySheet, SummaryPaper
from counter_app.domain.party import Party
from counter_app.domain.receipt_code import parse_receipt_code
from counter_app.domain.reports.daily import Figure
from counter_app.i18n import _, format_count, format_date, format_instant, format_long_date

PaperKind = Literal["receipt", "summary", "recovery"]
Terms = Mapping[str, Mapping[str, str]]
Value = Callable[[Any, Terms], str]
Cell = Callable[[int, Any, Terms], str]

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


class Rows(Struct, frozen=True):
    """A source of a table's rows, and what a cell may say of one; rows count from 1."""

    of: Callable[[Any], Iterable[Any]]
    cells: Mapping[str, Cell]


def problem(text: str, names: Set[str]) -> str:
    """Return what is wrong with the placeholders in `text`, or ""."""
    for name in _PLACEHOLDER.findall(text):
        if name not in names:
            return f"unknown placeholder {{{name}}}"
    rest = _PLACEHOLDER.sub("", text)
    return "a brace that belongs to no placeholder" if "{" in rest or "}" in rest else ""


def fill(text: str, value_of: Callable[[str], str]) -> str:
    """Return `text` with what `value_of` says for each placeholder in it."""
    pieces = _pieces(text)
    if len(pieces) == 1:
        return text
    return "".join(value_of(piece) if n % 2 else piece for n, piece in enumerate(pieces))


def names_in(text: str) -> tuple[str, ...]:
    """Return the placeholders in `text`, in its order."""
    return _pieces(text)[1::2]


def values_of(paper: Paper, terms: Terms) -> Callable[[str], str]:
    """Return what tells the value of each placeholder for one paper."""
    known = PLACEHOLDERS[kind_of(paper)]
    return cache(lambda name: known[name](paper, terms))


def kind_of(paper: Paper) -> PaperKind:
    """Return for which forms `paper` holds the values."""
    return _KINDS[type(paper)]


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """Return text and placeholders by turns; only texts of forms come here."""
    return tuple(_PLACEHOLDER.split(text))


def _office(of: Callable[[Any], Any], desk_name: Callable[[Any], str]) -> dict[str, Value]:
    """Return the placeholders that every paper of an office has."""
    return {
        "parent_agency": lambda paper, _terms: of(paper).parent_name,
        "agency": lambda paper, _terms: of(paper).name,
        "parent_agency_capitals": lambda paper, _terms: of(paper).parent_name.upper(),
        "agency_capitals": lambda paper, _terms: of(paper).name.upper(),
        "unit": lambda paper, _terms: of(paper).unit,
        "unit_capitals": lambda paper, _terms: of(paper).unit.upper(),
        "office_address": lambda paper, _terms: of(paper).address,
        "hotline": lambda paper, _terms: of(paper).hotline,
        "working_hours": lambda paper, _terms: of(paper).working_hours,
        "desk": lambda paper, _terms: desk_name(paper),
    }


def _place_date(place: str, day: date) -> str:
    return ", ".join(part for part in (place, format_long_date(day)) if part)


def _two_digits(count: int) -> str:
    """Return a number as official papers have it: before one below ten nobody can add a digit."""
    return f"{count:02d}"


def _deadline(received: Received, terms: Terms) -> str:
    deadline, words = received.deadline, terms["deadline"]
    if not deadline.value:
        return words[deadline.unit]
    text = f"{_two_digits(deadline.value)} {words[deadline.unit]}"
    if not deadline.extension:
        return text
    return f"{text} ({words['extension']} {_two_digits(deadline.extension)} {words[deadline.unit]})"


def _fee_total(received: Received) -> int | None:
    """Return what is owed, or None as long as a council's sum is not known here."""
    known = all(line.amount is not None for line in received.fees)
    return total_of(received.fees) if received.fees and known else None


def _sum(amount: int | None, terms: Terms) -> str:
    return terms["fee"]["unknown"] if amount is None else format_count(amount)


def _fee_total_words(received: Received) -> str:
    total = _fee_total(received)
    return "" if total is None else money_words(total)


def _applicant(field: str) -> Value:
    return lambda paper, _terms: getattr(paper.received.applicant, field)  # a name in this file


def _other_submitter(received: Received) -> Party:
    """Return who came for the applicant, or nobody."""
    submitter = received.submitter
    return Party() if submitter is None or submitter == received.applicant else submitter


def _signer(received: Received) -> str:
    return _other_submitter(received).full_name or received.applicant.full_name


def _receipt(value: Callable[[Received], str]) -> Value:
    return lambda paper, _terms: value(paper.received)


def _pin(received: Received) -> str:
    code = parse_receipt_code(received.receipt)
    return code.pin if code else ""


def _tracking_address(received: Received) -> str:
    """Return what a citizen types who cannot scan, or "" where there is no such page."""
    return received.receipt.rpartition("/T/")[0].lower().removeprefix("https://")


def _clock(instant: datetime | None, what: str) -> str:
    return format(instant, what) if instant else ""


def _date(instant: datetime | None) -> str:
    return format_long_date(instant.date()) if instant else ""


_RECEIPT: Final[Mapping[str, Value]] = {
    **_office(lambda paper: paper.received.office, lambda paper: paper.received.desk_name),
    "place_date": _receipt(lambda r: _place_date(r.office.place, r.received_at.date())),
    "dossier_code": _receipt(lambda r: r.code),
    "officer": _receipt(lambda r: r.officer_name),
    "applicant": _applicant("full_name"),
    "applicant_id": _applicant("id_number"),
    "applicant_address": _applicant("address"),
    "applicant_phone": _applicant("phone"),
    "applicant_email": _applicant("email"),
    "submitter": _receipt(lambda r: _other_submitter(r).full_name),
    "submitter_id": _receipt(lambda r: _other_submitter(r).id_number),
    "submitter_phone": _receipt(lambda r: _other_submitter(r).phone),
    "signer": _receipt(_signer),
    "procedure": _receipt(lambda r: r.procedure.name),
    "procedure_code": _receipt(lambda r: r.procedure.code),
    "field": _receipt(lambda r: r.procedure.field),
    "case": _receipt(lambda r: r.case_name),
    "competent_agency": _receipt(lambda r: r.competent_agency),
    "sets": _receipt(lambda r: _two_digits(r.sets)),
    "deadline": lambda paper, terms: _deadline(paper.received, terms),
    "received_hour": _receipt(lambda r: _clock(r.received_at, "%H")),
    "received_minute": _receipt(lambda r: _clock(r.received_at, "%M")),
    "received_date": _receipt(lambda r: _date(r.received_at)),
    "due_hour": _receipt(lambda r: _clock(r.due_at, "%H")),
    "due_minute": _receipt(lambda r: _clock(r.due_at, "%M")),
    "due_date": _receipt(lambda r: _date(r.due_at)),
    "return_channel": lambda p, terms: terms["return_channel"][p.received.return_channel.value],
    "channel": lambda p, terms: terms["channel"][p.received.channel.value],
    "fee_total": lambda p, terms: _sum(_fee_total(p.received), terms) if p.received.fees else "",
    "fee_total_words": _receipt(_fee_total_words),
    "note": _receipt(lambda r: r.note),
    "receipt_payload": _receipt(lambda r: r.receipt),
    "tracking_address": _receipt(_tracking_address),
    "pin": _receipt(_pin),
    "reprint": lambda paper, _terms: str(paper.copy) if paper.copy else "",
    "practice": lambda paper, terms: terms["mark"]["practice"] if paper.received.practice else "",
}


def _summary(value: Callable[[SummaryPaper], str]) -> Value:
    return lambda paper, _terms: value(paper)


_SUMMARY: Final[Mapping[str, Value]] = {
    **_office(lambda paper: paper.office, lambda paper: paper.desk_name),
    "place_date": _summary(lambda p: _place_date(p.office.place, p.summary.day)),
    "day": _summary(lambda p: format_date(p.summary.day)),
    "day_in_words": _summary(lambda p: format_long_date(p.summary.day)),
    "received": _summary(lambda p: format_count(p.summary.value("received"))),
    "charged": _summary(lambda p: format_count(p.summary.value("charged"))),
    "charged_words": _summary(lambda p: money_words(p.summary.value("charged"))),
    "paid": _summary(lambda p: format_count(p.summary.value("paid"))),
    "paid_words": _summary(lambda p: money_words(p.summary.value("paid"))),
    "first_code": _summary(lambda p: p.summary.first_code or ""),
    "last_code": _summary(lambda p: p.summary.last_code or ""),
    "officer": _summary(lambda p: p.officer_name),
    "printed_at": _summary(lambda p: format_instant(p.printed_at)),
}


def _recovery(value: Callable[[RecoverySheet], str]) -> Value:
    return lambda paper, _terms: value(paper)


def _key_lines(key: str) -> tuple[str, str]:
    groups = key.split("-")
    half = (len(groups) + 1) // 2
    return "-".join(groups[:half]), "-".join(groups[half:])


_RECOVERY: Final[Mapping[str, Value]] = {
    **_office(lambda paper: paper.office, lambda paper: paper.desk_name),
    "place_date": _recovery(lambda p: _place_date(p.office.place, p.made_on)),
    "day": _recovery(lambda p: format_date(p.made_on)),
    # Two lines of the same length, whatever letters the key has: a key is not broken anywhere else.
    "recovery_key_above": _recovery(lambda p: _key_lines(p.recovery_key)[0]),
    "recovery_key_below": _recovery(lambda p: _key_lines(p.recovery_key)[1]),
}

# A name once given stays: receipts are reprinted for ever from the form that they were given on.
PLACEHOLDERS: Final[Mapping[PaperKind, Mapping[str, Value]]] = {
    "receipt": _RECEIPT,
    "summary": _SUMMARY,
    "recovery": _RECOVERY,
}

TERMS: Final[Mapping[PaperKind, frozenset[str]]] = {
    "receipt": frozenset(
        [f"deadline.{unit}" for unit in (*get_args(Unit), "extension")]
        + [f"return_channel.{channel.value}" for channel in ReturnChannel]
        + [f"channel.{channel.value}" for channel in Channel]
        + [f"fee.{kind.value}" for kind in FeeKind]
        + ["fee.unknown", "mark.practice", "paper.shown"]
    ),
    "summary": frozenset(
        [f"channel.{channel.value}" for channel in Channel] + ["money.unit", "remark.voided"]
    ),
    "recovery": frozenset(),
}
"""The words that every form of a kind has to bring along, as group.term."""


def _row_number(number: int, _row: object, _terms: Terms) -> str:
    return str(number)


def _count(count: int) -> str:
    return _two_digits(count) if count else ""


_PAPER_CELLS: Final[Mapping[str, Cell]] = {
    "row": _row_number,
    "name": lambda _n, paper, _terms: paper.name,
    "originals": lambda _n, paper, _terms: _count(paper.originals),
    "copies": lambda _n, paper, _terms: _count(paper.copies),
    "shown": lambda _n, paper, terms: terms["paper"]["shown"] if paper.shown else "",
}
_FEE_CELLS: Final[Mapping[str, Cell]] = {
    "row": _row_number,
    "name": lambda _n, line, _terms: line.name,
    "kind": lambda _n, line, terms: terms["fee"][line.kind.value],
    "unit_amount": lambda _n, line, terms: _sum(line.unit_amount, terms),
    "quantity": lambda _n, line, _terms: _two_digits(line.quantity),
    "amount": lambda _n, line, terms: _sum(line.amount, terms),
}
_FIGURE_CELLS: Final[Mapping[str, Cell]] = {
    "row": _row_number,
    "label": lambda _n, figure, terms: _figure_label(figure, terms),
    "value": lambda _n, figure, terms: _figure_value(figure, terms),
}
_SHARE_CELLS: Final[Mapping[str, Cell]] = {
    "row": _row_number,
    "name": lambda _n, share, _terms: share.name,
    "received": lambda _n, share, _terms: format_count(share.received),
    "charged": lambda _n, share, _terms: format_count(share.charged),
}
_DOSSIER_CELLS: Final[Mapping[str, Cell]] = {
    "row": _row_number,
    "code": lambda _n, fact, _terms: fact.code,
    "applicant": lambda _n, fact, _terms: fact.applicant,
    "procedure": lambda _n, fact, _terms: fact.procedure,
    "field": lambda _n, fact, _terms: fact.field,
    "channel": lambda _n, fact, terms: terms["channel"][fact.channel.value],
    "officer": lambda _n, fact, _terms: fact.officer,
    "received": lambda _n, fact, _terms: f"{fact.received_at:%H:%M}",
    "due": lambda _n, fact, _terms: f"{fact.due_at:%H:%M %d/%m/%Y}" if fact.due_at else "",
    "charged": lambda _n, fact, _terms: format_count(fact.charged),
    "remark": lambda _n, fact, terms: terms["remark"]["voided"] if fact.voided else "",
}


def _figure_label(figure: Figure, terms: Terms) -> str:
    """Return what the form calls a figure, or else what the screen does."""
    label = terms.get("figure", {}).get(figure.id) or _(figure.label)
    return f"– {label}" if figure.within else label


def _figure_value(figure: Figure, terms: Terms) -> str:
    value = format_count(figure.value)
    return f"{value} {terms['money']['unit']}" if figure.money else value


ROWS: Final[Mapping[PaperKind, Mapping[str, Rows]]] = {
    "receipt": {
        "papers": Rows(lambda paper: paper.received.papers, _PAPER_CELLS),
        "fees": Rows(lambda paper: paper.received.fees, _FEE_CELLS),
    },
    "summary": {
        "figures": Rows(lambda paper: paper.summary.figures, _FIGURE_CELLS),
        "procedures": Rows(lambda paper: paper.summary.by_procedure, _SHARE_CELLS),
        "fields": Rows(lambda paper: paper.summary.by_field, _SHARE_CELLS),
        "officers": Rows(lambda paper: paper.summary.by_officer, _SHARE_CELLS),
        "channels": Rows(
            lambda paper: paper.summary.by_channel,
            {
                **_SHARE_CELLS,
                "name": lambda _n, share, terms: terms["channel"][share.name],
            },
        ),
        "dossiers": Rows(lambda paper: paper.summary.dossiers, _DOSSIER_CELLS),
    },
    "recovery": {},
}

_KINDS: Final[Mapping[type, PaperKind]] = {
    ReceiptPaper: "receipt",
    SummaryPaper: "summary",
    RecoverySheet: "recovery",
}
